"""Chainable reads of papers and number patterns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from lontar.access.scope import bounds

if TYPE_CHECKING:
    from lontar.documents.models import NumberPattern, Paper
else:  # the models import these classes, so the names exist only for the type checker
    NumberPattern = Paper = models.Model


class PaperQuerySet(models.QuerySet["Paper"]):
    """Reads of issued papers."""

    def of_kind(self, *kinds: str) -> Self:
        """Papers of these kinds."""
        return self.filter(kind__in=kinds)

    def within(self, region_code: str) -> Self:
        """Papers of regions at or beneath `region_code`."""
        low, high = bounds(region_code)
        return self.filter(region_code__gte=low, region_code__lt=high)

    def in_force(self) -> Self:
        """Papers that were neither replaced nor revoked."""
        return self.filter(fate__isnull=True)


class NumberPatternQuerySet(models.QuerySet["NumberPattern"]):
    """Reads of patterns."""

    def as_at(self, day: date) -> Self:
        """Patterns in force on `day` (half-open)."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)
