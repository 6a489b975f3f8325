"""Prices raw → processed → packed of a commodity, at a place, in a quarter; where no return tells one, from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.conf import settings

from lontar.registry.models import Commodity, Product
from lontar.registry.states import Stage
from lontar.value.models import ChainPrice
from lontar.value.queries.flows import reckoning_of
from lontar.value.states import Level, Status, Step

_STAGES = {Step.RAW: Stage.RAW, Step.PROCESSED: Stage.PROCESSED, Step.PACKED: Stage.PACKAGED}
LEAST_LISTED = 3


@dataclass(frozen=True, slots=True)
class StepPrice:
    """The price of a step: median of `n` producers with quartiles, or hidden; `is_listed` from the registry, not returns."""

    step: Step
    price: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    n: int | None = None
    is_hidden: bool = False
    is_listed: bool = False
    level: str = ""
    region_code: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps of a commodity that are known, per one unit; a step that nobody told is missing."""

    commodity: str
    name: str
    unit: str
    region_code: str
    steps: tuple[StepPrice, ...]

    def of(self, step: Step) -> StepPrice | None:
        """One step; None where nobody told a price."""
        return next((one for one in self.steps if one.step == step), None)

    def times(self, step: Step) -> Decimal | None:
        """How many times the raw price this step's is; None where either is not known or hidden."""
        raw, other = self.of(Step.RAW), self.of(step)
        if raw is None or other is None or not raw.price or other.price is None:
            return None
        return (other.price / raw.price).quantize(Decimal("0.01"))


def chains(quarter: str, *, region: str = "") -> list[Chain]:
    """Every commodity's chain of a quarter at one place (the province by default), by name; [] when it was not counted.

    Of several units of a commodity each is a chain of its own, for a price per piece and one per kg do not compare.
    """
    made = reckoning_of(quarter)
    if made is None:
        return []
    rows = made.prices.filter(region_code=region or settings.PROGRAMME_ROOT)
    return _chains(rows)


def _chains(rows: Iterable[ChainPrice]) -> list[Chain]:
    names = dict(Commodity.objects.values_list("code", "name"))
    order = {step: place for place, step in enumerate(Step)}
    found: dict[tuple[str, str, str], list[StepPrice]] = {}
    for row in rows:
        found.setdefault((row.commodity, row.unit, row.region_code), []).append(_step(row))
    made = [
        Chain(code, names.get(code, code), unit, region, tuple(sorted(steps, key=lambda one: order[one.step])))
        for (code, unit, region), steps in found.items()
    ]
    return sorted(made, key=lambda one: (one.name, one.unit))


def _step(row: ChainPrice) -> StepPrice:
    return StepPrice(
        Step(row.step), row.price, row.low, row.high, row.n, row.status == Status.HIDDEN, level=row.level,
        region_code=row.region_code,
    )  # fmt: skip


def chain_at(quarter: str, *, place: str, commodity: str) -> Chain:
    """The chain for a calculator: each step from the nearest place that shows one (village, kabupaten, province), else from
    the registry's own price lists of the kabupaten, else of the province, else missing.

    Per kg where anybody tells prices per kg, else per the unit that most steps are told in.
    """
    name = Commodity.objects.filter(code=commodity).values_list("name", flat=True).first() or commodity
    places = list(dict.fromkeys([place, place[:5], settings.PROGRAMME_ROOT]))
    made = reckoning_of(quarter) if quarter else None
    rows = list(made.prices.filter(region_code__in=places, commodity=commodity, status=Status.SHOWN)) if made else []
    units = [row.unit for row in rows]
    unit = "kg" if "kg" in units or not units else max(sorted(set(units)), key=units.count)
    rows = [row for row in rows if row.unit == unit]
    near = {Level.VILLAGE: 0, Level.REGENCY: 1, Level.PROVINCE: 2}
    steps = []
    for step in Step:
        told = sorted((row for row in rows if row.step == step), key=lambda row: near[Level(row.level)])
        found = _step(told[0]) if told else _listed(step, commodity=commodity, unit=unit, places=places[1:])
        if found is not None:
            steps.append(found)
    return Chain(commodity, name, unit, place, tuple(steps))


def _listed(step: Step, *, commodity: str, unit: str, places: list[str]) -> StepPrice | None:
    """The median of the registry's prices of a stage, of the nearest place with enough products that list one."""
    for place in places:
        found = list(
            Product.objects.filter(
                commodity__code=commodity,
                stage=_STAGES[step],
                unit__iexact=unit,
                price__gt=0,
                village_id__startswith=place,
            ).values_list("price", flat=True)
        )
        if len(found) >= LEAST_LISTED:
            middle = Decimal(median(one for one in found if one is not None)).quantize(Decimal("0.01"))
            level = Level.PROVINCE if place == settings.PROGRAMME_ROOT else Level.REGENCY
            return StepPrice(step, middle, n=len(found), is_listed=True, level=level, region_code=place)
    return None
