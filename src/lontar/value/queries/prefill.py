"""What a calculator begins with for a village and a commodity: prices, losses, wages, shares, harvest, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lontar.audit.queries import ParameterValue, parameters_with_prefix
from lontar.registry.models import Commodity, VillagePotential
from lontar.value.queries.chains import Chain, chain_at
from lontar.value.queries.flows import newest_quarters
from lontar.value.rules.assumptions import Assumptions, conversion_key
from lontar.value.states import Step

_KILOGRAMS = {"kg": Decimal(1), "kuintal": Decimal(100), "ton": Decimal(1000)}
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Harvest:
    """What the village brings in, spread evenly over the months in which it harvests."""

    kg_a_month: Decimal
    year: int
    months: int


@dataclass(frozen=True, slots=True)
class Prefill:
    """Numbers to begin with; `quarter` "" where nothing was counted yet."""

    commodity: str
    name: str
    place: str
    quarter: str
    chain: Chain
    harvest: Harvest | None
    parameters: Mapping[str, ParameterValue]

    @property
    def assumed(self) -> Assumptions:
        """The parameters as numbers."""
        return Assumptions({key: one.number for key, one in self.parameters.items()})

    @property
    def has_conversion(self) -> bool:
        """Whether somebody set how much of this commodity is left after processing."""
        return conversion_key(self.commodity) in self.parameters

    def price(self, step: Step) -> Decimal | None:
        """The price of a step."""
        found = self.chain.of(step)
        return found.price if found else None


def prefill(*, place: str, commodity: str, day: date) -> Prefill:
    """What is known for this place (a village, a kabupaten or the province) and commodity on a day."""
    newest = newest_quarters(1)
    quarter = newest[0].quarter if newest else ""
    chain = chain_at(quarter, place=place, commodity=commodity)
    return Prefill(
        commodity, chain.name, place, quarter, chain, _harvest(place, commodity), parameters_with_prefix("value", day)
    )


def _harvest(village: str, commodity: str) -> Harvest | None:
    rows = VillagePotential.objects.filter(village_id=village, commodity__code=commodity, production__gt=0)
    newest = rows.order_by("-year").first()
    if newest is None or newest.production is None or newest.unit.lower() not in _KILOGRAMS:
        return None
    months = len(newest.harvest_months) or _MONTHS
    whole = newest.production * _KILOGRAMS[newest.unit.lower()]
    return Harvest((whole / months).quantize(Decimal(1)), newest.year, months)


def commodity_choices() -> list[tuple[str, str]]:
    """Codes and names of the catalogue, by name."""
    return list(Commodity.objects.order_by("name").values_list("code", "name"))
