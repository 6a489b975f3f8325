"""The trade balance as its sources tell it, the history of every figure, and the programme's sales beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lontar.value.models import TradeFigure
from lontar.value.queries.flows import Flows, flows, newest_quarters
from lontar.value.states import Direction

YEAR = 4


@dataclass(frozen=True, slots=True)
class Balance:
    """Goods in and out of one period, of all goods; and the programme's sales of `beside`, at most four newest quarters."""

    period: str
    inward: TradeFigure | None
    outward: TradeFigure | None
    beside: Flows | None

    @property
    def net(self) -> Decimal | None:
        """Out less in, rupiah; None unless both are told."""
        if self.inward is None or self.outward is None:
            return None
        return self.outward.amount - self.inward.amount

    @property
    def sales_of_outward(self) -> Decimal | None:
        """The programme's sales outside NTT as share of all goods out."""
        return _share(self.beside.sold_outside if self.beside else None, self.outward)

    @property
    def sales_of_inward(self) -> Decimal | None:
        """Its sales inside NTT as share of all goods in: what it replaces at most, if each of them replaced one."""
        return _share(self.beside.sold_inside if self.beside else None, self.inward)


def _share(part: Decimal | None, whole: TradeFigure | None) -> Decimal | None:
    if part is None or whole is None or not whole.amount:
        return None
    return part / whole.amount


def figures_in_force() -> list[TradeFigure]:
    """Of every direction, period and commodity the newest figure, newest period first, with the file it came in."""
    return list(TradeFigure.objects.in_force().select_related("load"))


def revisions_of(figure: TradeFigure) -> list[TradeFigure]:
    """Every figure ever loaded for the same direction, period and commodity, newest first."""
    return list(
        TradeFigure.objects.filter(
            direction=figure.direction,
            from_date=figure.from_date,
            until_date=figure.until_date,
            commodity_key=figure.commodity_key,
        )
        .select_related("load")
        .order_by("-id")
    )


def balance() -> Balance | None:
    """The newest period for which goods in and out are told, with the programme's newest four counted quarters beside it.

    Where no period has both, the newest one with either. None when nothing was loaded.
    """
    told: dict[tuple[str, str], dict[str, TradeFigure]] = {}
    for one in TradeFigure.objects.in_force().filter(commodity_key=""):
        told.setdefault((str(one.until_date), one.period), {})[one.direction] = one
    if not told:
        return None
    newest = max(told, key=lambda key: (len(told[key]), key))
    found = told[newest]
    quarters = [one.quarter for one in newest_quarters(YEAR)]
    return Balance(
        newest[1], found.get(Direction.INWARD), found.get(Direction.OUTWARD), flows(quarters) if quarters else None
    )
