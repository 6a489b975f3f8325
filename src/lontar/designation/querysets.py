"""Chainable reads of proposals, flagships, decrees and loci, in the tenses of the office."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from lontar.access.scope import bounds
from lontar.designation.states import OPEN

if TYPE_CHECKING:
    from lontar.designation.models import DecreeWording, Flagship, Locus, Proposal
else:  # the models import these classes, so the names exist only for the type checker
    DecreeWording = Flagship = Locus = Proposal = models.Model


def _as_at(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gt=day))


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Reads of proposals."""

    def open(self) -> Self:
        """On the way to a decree."""
        return self.filter(state__in=OPEN)

    def within(self, region_code: str) -> Self:
        """Of units that lie at or beneath `region_code`."""
        low, high = bounds(region_code)
        return self.filter(village_id__gte=low, village_id__lt=high)


class FlagshipQuerySet(models.QuerySet["Flagship"]):
    """Reads of flagships."""

    def as_at(self, day: date) -> Self:
        """Active on `day`."""
        return self.filter(_as_at(day))

    def lasting(self) -> Self:
        """Not ended by any decree yet; at most one for a unit."""
        return self.filter(valid_until__isnull=True)

    def within(self, region_code: str) -> Self:
        """Of units that lie at or beneath `region_code`."""
        low, high = bounds(region_code)
        return self.filter(village_id__gte=low, village_id__lt=high)


class LocusQuerySet(models.QuerySet["Locus"]):
    """Reads of loci."""

    def as_at(self, day: date) -> Self:
        """Active on `day`."""
        return self.filter(_as_at(day))

    def lasting(self) -> Self:
        """Not ended by any decree yet; at most one for a village."""
        return self.filter(valid_until__isnull=True)


class WordingQuerySet(models.QuerySet["DecreeWording"]):
    """Reads of the place and the legal basis that decrees start with."""

    def as_at(self, day: date) -> Self:
        """The row in force on `day`: the newest that had begun."""
        return self.filter(valid_from__lte=day).order_by("-valid_from")[:1]
