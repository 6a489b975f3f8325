"""Chainable reads of plans, picks and what follows them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from lontar.access.scope import bounds
from lontar.priority.states import IN_FORCE, BlockerState, PlanState, StepState

if TYPE_CHECKING:
    from lontar.priority.models import Blocker, Island, Pick, Plan, RuleSet, Statement, Step
else:  # the models import these classes, so the names exist only for the type checker
    Blocker = Island = Pick = Plan = RuleSet = Statement = Step = models.Model

Row = TypeVar("Row", bound=models.Model)


def _as_at(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gt=day))


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    """Reads of rule sets."""

    def as_at(self, day: date) -> Self:
        """In force on that day."""
        return self.filter(_as_at(day))


class IslandQuerySet(models.QuerySet["Island"]):
    """Reads of islands."""

    def as_at(self, day: date) -> Self:
        """In force on that day."""
        return self.filter(_as_at(day))


class StatementQuerySet(models.QuerySet["Statement"]):
    """Reads of what people stated."""

    def holding(self, day: date) -> Self:
        """Stated until that day and not yet ended."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), stated_on__lte=day)


class PlanQuerySet(models.QuerySet["Plan"]):
    """Reads of plans."""

    def running(self) -> Self:
        """In force and not yet judged."""
        return self.filter(state=PlanState.RUNNING)

    def in_force(self) -> Self:
        """Running or finished: what anyone may see."""
        return self.filter(state__in=IN_FORCE)

    def over_on(self, day: date) -> Self:
        """Running plans whose last day is past."""
        return self.running().filter(end_date__lte=day)

    def touching(self, region_code: str) -> Self:
        """Plans of the region, of regions beneath it, and of the regions that it lies in."""
        low, high = bounds(region_code)
        above = [region_code[:length] for length in (2, 5, 8) if length < len(region_code)]
        return self.filter(Q(region_id__gte=low, region_id__lt=high) | Q(region_id__in=above))


class PickQuerySet(models.QuerySet["Pick"]):
    """Reads of picks."""

    def within(self, region_code: str) -> Self:
        """Picks that lie at or beneath the region."""
        return self.filter(_within(region_code))

    def running(self) -> Self:
        """Of plans that run."""
        return self.filter(plan__state=PlanState.RUNNING)


class OfPickQuerySet(models.QuerySet[Row]):
    """Reads of rows about a pick."""

    def newest(self, *fields: str) -> Self:
        """The newest row of every pick, or of every pick and `fields`."""
        names = ("pick", *fields)
        return self.order_by(*names, "-pk").distinct(*names)


def _within(region_code: str) -> Q:
    low, high = bounds(region_code)
    return Q(village_id__gte=low, village_id__lt=high)


class StepQuerySet(OfPickQuerySet["Step"]):
    """Reads of actions."""

    def open(self) -> Self:
        """Not yet done."""
        return self.filter(state=StepState.OPEN)


class BlockerQuerySet(OfPickQuerySet["Blocker"]):
    """Reads of blockers."""

    def waiting_for(self, agency: Any) -> Self:
        """Open ones that this agency has to answer."""
        return self.filter(state=BlockerState.OPEN, agency=agency)

    def concerning(self, agency: Any, region_code: str) -> Self:
        """Open ones that the agency has to answer, and every one of the region ("": none) that is not closed."""
        mine = Q(state=BlockerState.OPEN, agency=agency)
        return self.live().filter(mine | _within(region_code))

    def answered_within(self, region_code: str) -> Self:
        """Answered ones of the region."""
        return self.filter(_within(region_code), state=BlockerState.ANSWERED)

    def live(self) -> Self:
        """Not yet closed."""
        return self.exclude(state=BlockerState.CLOSED)
