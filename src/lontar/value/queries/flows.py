"""Where the turnover of a quarter goes, by kabupaten and commodity, as it was counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import QuerySet

from lontar.engines.economy import Part, Place
from lontar.monitoring.queries import published_among
from lontar.value.models import KeptLine, Reckoning
from lontar.value.states import Status

NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Flows:
    """The turnover of one place and commodity over one or more quarters; rupiah.

    `counted` is the part that could be taken apart: `parts` add up to it, and so do `places`. `sold_outside` of `sold_known`.
    """

    quarters: tuple[str, ...]
    region_code: str
    commodity: str
    n: int
    returns: int
    turnover: Decimal
    counted: Decimal
    parts: dict[Part, Decimal]
    places: dict[Place, Decimal]
    material_outside: Decimal
    sold_known: Decimal
    sold_outside: Decimal

    @property
    def sold_inside(self) -> Decimal:
        """Sold within NTT, of what is known of channels."""
        return self.sold_known - self.sold_outside

    @property
    def added(self) -> Decimal:
        """Value added: labour and margin."""
        return self.parts[Part.LABOUR] + self.parts[Part.MARGIN]

    def share(self, place: Place) -> Decimal | None:
        """What stays at a place and nearer, as share of what was taken apart; None of nothing."""
        order = list(Place)
        held = sum((self.places[one] for one in order[: order.index(place) + 1]), NOUGHT)
        return held / self.counted if self.counted else None

    @property
    def local_material(self) -> Decimal | None:
        """Share of the raw material that comes from NTT; None where none was bought."""
        material = self.parts[Part.MATERIAL]
        return 1 - self.material_outside / material if material else None

    @property
    def missing(self) -> Decimal | None:
        """Share of the turnover that could not be taken apart."""
        return 1 - self.counted / self.turnover if self.turnover else None


def reckoning_of(quarter: str) -> Reckoning | None:
    """The newest counting of a quarter."""
    return Reckoning.objects.filter(quarter=quarter).order_by("-id").first()


def newest_quarters(most: int = 8) -> list[Reckoning]:
    """The newest counting of each of the newest quarters, newest first."""
    return list(Reckoning.objects.in_force()[:most])


def provisional(quarters: Iterable[str]) -> frozenset[str]:
    """Those of the quarters whose figures are not published yet: what was counted of them may still change."""
    labels = frozenset(quarters)
    return labels - published_among(labels)


def kept_lines(quarter: str, *, commodity: str | None = "", region: str | None = None) -> list[KeptLine]:
    """Lines of a quarter: of one commodity ("" the total, None every one) and one place (None every one), by code."""
    made = reckoning_of(quarter)
    if made is None:
        return []
    found: QuerySet[KeptLine] = made.lines.order_by("region_code", "commodity")
    if commodity is not None:
        found = found.filter(commodity=commodity)
    if region is not None:
        found = found.filter(region_code=region)
    return list(found)


def flows(quarters: str | Sequence[str], *, region: str = "", commodity: str = "") -> Flows | None:
    """The flows of one quarter, or of several together; None where any of them was not counted or is hidden."""
    labels = (quarters,) if isinstance(quarters, str) else tuple(quarters)
    code = region or settings.PROGRAMME_ROOT
    lines = [line for label in labels for line in kept_lines(label, commodity=commodity, region=code)]
    if len(lines) != len(labels) or not lines or any(line.status == Status.HIDDEN for line in lines):
        return None
    return flows_of(lines, labels)


def flows_of(lines: Sequence[KeptLine], quarters: Sequence[str]) -> Flows:
    """Shown lines of one place and commodity together; `n` is the most that reported in any of the quarters."""

    def total(name: str) -> Decimal:
        return sum((getattr(line, name) or NOUGHT for line in lines), NOUGHT)

    return Flows(
        quarters=tuple(quarters),
        region_code=lines[0].region_code,
        commodity=lines[0].commodity,
        n=max(line.n or 0 for line in lines),
        returns=sum(line.returns or 0 for line in lines),
        turnover=total("turnover"),
        counted=total("counted"),
        parts={part: total(part.value) for part in Part},
        places={place: total(place.value) for place in Place},
        material_outside=total("material_outside"),
        sold_known=total("sold_known"),
        sold_outside=total("sold_outside"),
    )
