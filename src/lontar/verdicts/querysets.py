"""Verdicts in the order in which they were made, and their findings by what they are about."""

from __future__ import annotations

from django.db import models


class VerdictQuerySet(models.QuerySet["Verdict"]):  # type: ignore[name-defined]  # the model imports this module
    """Verdicts of quarters."""

    def newest_first(self) -> VerdictQuerySet:
        """The latest quarter, and in it the latest number, first."""
        return self.order_by("-quarter", "-number")

    def of_quarter(self, label: str) -> VerdictQuerySet:
        """Every verdict on a quarter."""
        return self.filter(quarter=label)


class FindingQuerySet(models.QuerySet["Finding"]):  # type: ignore[name-defined]  # the model imports this module
    """Findings of verdicts."""

    def of_programme(self) -> FindingQuerySet:
        """What was found for the whole programme."""
        return self.filter(unit_key="").order_by("outcome")

    def of_units(self) -> FindingQuerySet:
        """What was found for single units."""
        return self.exclude(unit_key="").order_by("village_id", "unit_key", "outcome", "months")

    def of_unit(self, key: str) -> FindingQuerySet:
        """What was found for one unit."""
        return self.filter(unit_key=key).order_by("outcome", "months")
