"""Chainable reads of sections, sign-offs and returned fields."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from lontar.access.scope import bounds
from lontar.verification.states import LIVE, WITH_KEEPER, ReturnState

if TYPE_CHECKING:
    from lontar.verification.models import FieldReturn, SectionDuty, SectionTerm, SignOff
else:  # the models import these classes, so the names exist only for the type checker
    FieldReturn = SectionDuty = SectionTerm = SignOff = models.Model


def _as_at(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gt=day))


class SectionTermQuerySet(models.QuerySet["SectionTerm"]):
    """Reads of what sections hold."""

    def as_at(self, day: date) -> Self:
        """In force on that day."""
        return self.filter(_as_at(day))


class SectionDutyQuerySet(models.QuerySet["SectionDuty"]):
    """Reads of who signs."""

    def as_at(self, day: date) -> Self:
        """In force on that day."""
        return self.filter(_as_at(day))


class SignOffQuerySet(models.QuerySet["SignOff"]):
    """Reads of sign-offs."""

    def standing(self) -> Self:
        """In force: not withdrawn, replaced or undone."""
        return self.filter(ended_act__isnull=True)


class FieldReturnQuerySet(models.QuerySet["FieldReturn"]):
    """Reads of returned fields."""

    def live(self) -> Self:
        """Not yet accepted or withdrawn."""
        return self.filter(state__in=LIVE)

    def with_keeper(self) -> Self:
        """Waiting for whoever keeps the record."""
        return self.filter(state__in=WITH_KEEPER)

    def answered(self) -> Self:
        """Waiting for whoever returned it."""
        return self.filter(state=ReturnState.ANSWERED)

    def within(self, region_code: str) -> Self:
        """In villages at or beneath `region_code`."""
        low, high = bounds(region_code)
        return self.filter(village_id__gte=low, village_id__lt=high)
