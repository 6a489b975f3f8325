"""What is laid down about commodities on a day, named as people name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from lontar.registry.models import Commodity, Region
from lontar.registry.states import CommoditySector
from lontar.selection.models import CommodityTrait
from lontar.selection.states import TraitKind


@dataclass(frozen=True, slots=True)
class TraitStands:
    """One trait: of a commodity or a sector (`subject` in words), within a region ("" everywhere), half-open in time."""

    pk: int
    kind: TraitKind
    code: str
    sector: str
    subject: str
    region_code: str
    region: str
    reason: str
    source: str
    valid_from: date
    valid_until: date | None


def traits_as_at(day: date) -> list[TraitStands]:
    """The traits in force on `day`, by kind, subject and region."""
    rows = list(CommodityTrait.objects.as_at(day))
    names = dict(Commodity.objects.values_list("code", "name"))
    regions = dict(Region.objects.filter(code__in={one.region_code for one in rows}).values_list("code", "name"))
    found = [
        TraitStands(
            one.pk, TraitKind(one.kind), one.code, one.sector,
            names.get(one.code, one.code) if one.code else str(CommoditySector(one.sector).label), one.region_code,
            regions.get(one.region_code, one.region_code), one.reason, one.source, one.valid_from, one.valid_until,
        )
        for one in rows
    ]  # fmt: skip
    order = list(TraitKind)
    return sorted(found, key=lambda one: (order.index(one.kind), one.subject, one.region_code))


class Prohibitions:
    """What is unlawful on a day, read once at the first question: a page that asks nothing pays nothing."""

    def __init__(self, day: date) -> None:
        self._day = day

    @cached_property
    def _rows(self) -> list[CommodityTrait]:
        return list(CommodityTrait.objects.as_at(self._day).filter(kind=TraitKind.UNLAWFUL).order_by("pk"))

    def told(self, commodity: Commodity | None, village_code: str) -> str:
        """Reason and source of what forbids the commodity in the village, the nearest rule first; "" when none is on record.

        A prohibition that was taken back since the ranking was made still stands for the ranking's own day.
        """
        if commodity is None:
            return ""
        found = [
            one
            for one in self._rows
            if (one.code == commodity.code if one.code else one.sector == commodity.sector)
            and village_code.startswith(one.region_code)
        ]
        best = max(found, key=lambda one: (len(one.region_code), bool(one.code)), default=None)
        return "" if best is None else _("%(reason)s (%(source)s).") % {
            "reason": best.reason.rstrip("."), "source": best.source.rstrip("."),
        }  # fmt: skip
