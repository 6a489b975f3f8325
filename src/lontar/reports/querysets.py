"""Chainable reads of drafts, builds and published reports."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from lontar.reports.states import OPEN, BuildState

if TYPE_CHECKING:
    from lontar.reports.models import Build, Draft, Report
else:  # the models import these classes, so the names exist only for the type checker
    Build = Draft = Report = models.Model


class DraftQuerySet(models.QuerySet["Draft"]):
    """Reads of drafts."""

    def newest_of(self, quarter: str) -> Self:
        """Drafts of a quarter, newest first."""
        return self.filter(quarter=quarter).order_by("-pk")


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads of published reports."""

    def newest_first(self) -> Self:
        """The end of the chain first."""
        return self.order_by("-number")


class BuildQuerySet(models.QuerySet["Build"]):
    """Reads of builds."""

    def running(self) -> Self:
        """Not yet at their end, oldest first."""
        return self.filter(state__in=OPEN).order_by("pk")

    def quiet_since(self, before: datetime) -> Self:
        """Open, and nothing was heard of them."""
        return self.running().filter(moved_at__lt=before)

    def newest_failed(self) -> Self:
        """Failed, with nothing of the same quarter asked for since; newest first."""
        later = self.model.objects.filter(quarter=models.OuterRef("quarter"), pk__gt=models.OuterRef("pk"))
        return self.filter(~models.Exists(later), state=BuildState.FAILED).order_by("-pk")
