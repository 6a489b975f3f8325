"""Chainable reads of parameters and reveals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from lontar.audit.models import Parameter, Reveal
else:  # the models import these classes, so the names exist only for the type checker
    Parameter = Reveal = models.Model


class ParameterQuerySet(models.QuerySet["Parameter"]):
    """Reads of parameters."""

    def as_at(self, day: date) -> Self:
        """Values in force on `day`."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)

    def under(self, prefix: str) -> Self:
        """The parameter `prefix` itself and those whose key continues it after a dot."""
        return self.filter(Q(key=prefix) | Q(key__startswith=f"{prefix.rstrip('.')}."))


class RevealQuerySet(models.QuerySet["Reveal"]):
    """Reads of the reveal log."""

    def within(self, region_code: str) -> Self:
        """Reveals at or beneath a region."""
        return self.filter(region_code__gte=region_code, region_code__lt=region_code + "/")

    def between(self, first: date | None, last: date | None) -> Self:
        """Reveals from `first` to `last`, both days included, in the time zone of the installation."""
        chosen = self
        if first:
            chosen = chosen.filter(at__date__gte=first)
        if last:
            chosen = chosen.filter(at__date__lte=last)
        return chosen
