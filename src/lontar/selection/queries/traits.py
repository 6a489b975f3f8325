"""What is laid down about commodities on a day, named as people name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
