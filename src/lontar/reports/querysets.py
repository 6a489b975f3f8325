"""Chainable reads of drafts and published reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from lontar.reports.models import Draft, Report
else:  # the models import these classes, so the names exist only for the type checker
    Draft = Report = models.Model


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
