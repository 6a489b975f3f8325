"""Chainable reads of definitions, runs and figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from lontar.access.scope import bounds
from lontar.monitoring.states import OPEN, RunKind, RunState

if TYPE_CHECKING:
    from lontar.monitoring.models import Figure, IndicatorDefinition, QuarterRun
else:  # the models import these classes, so the names exist only for the type checker
    Figure = IndicatorDefinition = QuarterRun = models.Model


class DefinitionQuerySet(models.QuerySet["IndicatorDefinition"]):
    """Reads of definitions."""

    def as_at(self, day: date) -> Self:
        """In force on that day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)

    def of_day(self, day: date) -> Self:
        """In force on that day, or the first ones where the day is before all of them; in their order."""
        found = self.as_at(day)
        return (found if found.exists() else self.filter(version=1)).order_by("position")


class RunQuerySet(models.QuerySet["QuarterRun"]):
    """Reads of runs."""

    def running(self) -> Self:
        """Not yet at their end."""
        return self.filter(state__in=OPEN)

    def quiet_since(self, before: datetime) -> Self:
        """Open, and nothing was heard of them."""
        return self.running().filter(moved_at__lt=before)

    def closings(self) -> Self:
        """That closed their quarter."""
        return self.filter(kind=RunKind.CLOSE, state=RunState.DONE)

    def restatements(self) -> Self:
        """That changed figures of a closed quarter."""
        return self.filter(kind=RunKind.RESTATE, state=RunState.DONE)


class FigureQuerySet(models.QuerySet["Figure"]):
    """Reads of figures."""

    def of(self, quarter: str) -> Self:
        """Of a quarter (`2026-T3`)."""
        return self.filter(quarter=quarter)

    def within(self, region_code: str) -> Self:
        """Of the region and beneath."""
        low, high = bounds(region_code)
        return self.filter(region__gte=low, region__lt=high)
