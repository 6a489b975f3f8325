"""Chainable reads of versions, runs and rankings."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from lontar.access.scope import bounds
from lontar.selection.states import OPEN, RunState

if TYPE_CHECKING:
    from lontar.selection.models import CandidateRun, CommodityTrait, Ranking, SetVersion
else:  # the models import these classes, so the names exist only for the type checker
    CandidateRun = CommodityTrait = Ranking = SetVersion = models.Model


class SetVersionQuerySet(models.QuerySet["SetVersion"]):
    """Reads of versions of criteria sets."""

    def as_at(self, day: date) -> Self:
        """Versions in force on `day`."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)

    def of(self, set_key: str) -> Self:
        """All versions of one set, newest first."""
        return self.filter(criteria_set__key=set_key).order_by("-number")


class CommodityTraitQuerySet(models.QuerySet["CommodityTrait"]):
    """Reads of what is laid down about commodities."""

    def as_at(self, day: date) -> Self:
        """Traits in force on `day`."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)


class CandidateRunQuerySet(models.QuerySet["CandidateRun"]):
    """Reads of runs."""

    def open(self) -> Self:
        """Runs that may still move."""
        return self.filter(state__in=OPEN)

    def done(self) -> Self:
        """Runs whose rankings can be read."""
        return self.filter(state=RunState.DONE)

    def quiet_since(self, instant: datetime) -> Self:
        """Open runs that have not moved since `instant`."""
        return self.open().filter(moved_at__lt=instant)


class RankingQuerySet(models.QuerySet["Ranking"]):
    """Reads of rankings."""

    def within(self, region_code: str) -> Self:
        """Units that lie at or beneath `region_code`."""
        low, high = bounds(region_code)
        return self.filter(village_id__gte=low, village_id__lt=high)

    def current(self) -> Self:
        """The rankings in force: those of the newest finished run of each set."""
        return self.filter(run__is_current=True)
