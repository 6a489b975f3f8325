"""A small world for value kept: nine coffee producers in three kabupaten, a quarter of returns, a list of trade; invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from tests.factories import make_enterprise, make_region

from lontar.access.scope import acting_in
from lontar.engines.periods import Month, Quarter
from lontar.registry.models import Commodity
from lontar.returns import actions as returns
from lontar.returns.states import Maker
from lontar.value.actions import count_quarter, load_trade
from lontar.value.models import Assumed, ChainPrice, KeptLine, Reckoning, TradeFigure, TradeLoad
from lontar.value.rules.trade import COLUMNS, FIRST, read_rows

QUARTER = Quarter.of(2026, 2)
NOW = datetime(2026, 8, 3, 1, tzinfo=UTC)
VILLAGES = ("53.09.01.2001", "53.12.01.2001", "53.13.01.2001")
COFFEE = "kopi-arabika"


@dataclass(frozen=True)
class World:
    """Keys of what the tests ask for."""

    producers: tuple[int, ...]


def one_return(producer: int, village: str, **over: Any) -> dict[str, Any]:
    """A return as `returns.queries.frames.accepted` gives it: the row of the worked table."""
    return {
        "producer_id": producer, "village": village, "month": date(2026, 4, 1), "commodity": COFFEE, "unit": "kg",
        "is_comparison": False, "turnover": 10_000_000, "material_inside": 3_000_000, "material_outside": 1_000_000,
        "worker_days": 20, "channel_outside": 2_000_000, "price_raw": 40_000, "price_processed": 120_000,
        "price_packed": 200_000, "accepted_at": NOW,
    } | over  # fmt: skip


def frame_of(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a frame, columns of money whole numbers."""
    return pl.DataFrame(rows, infer_schema_length=None)


def make_world() -> World:
    """Three producers in each of three villages, each with the return of the worked table."""
    returns.open_periods(Month.of(2026, 4), Month.of(2026, 6), by=None, at=NOW)
    with acting_in("53"):
        for code in VILLAGES:
            make_region(code)
        coffee, _made = Commodity.objects.get_or_create(
            code=COFFEE, defaults={"name": "Kopi arabika", "unit": "ton", "source": "katalog contoh"}
        )
        firms = [
            make_enterprise(code, name=f"Kopi Contoh {code[3:5]} {number}", commodity=coffee)
            for code in VILLAGES
            for number in range(3)
        ]
        wanted = [
            returns.NewProducer(
                maker=Maker.ENTERPRISE, maker_id=firm.pk, name=firm.name, village=firm.village_id, category="drink",
                unit="kg", commodity_id=coffee.pk, unit_key=f"village:{firm.village_id}",
            )
            for firm in firms
        ]  # fmt: skip
        made = returns.enrol_producers(wanted, first=Month.of(2026, 4), by=None, post=None, at=NOW)
        from lontar.returns.models import Producer

        del made
        producers = tuple(Producer.objects.order_by("pk").values_list("pk", flat=True))
        rows = [
            {
                k: v
                for k, v in one_return(pk, "").items()
                if k not in ("village", "commodity", "is_comparison", "accepted_at")
            }
            for pk in producers
        ]
        returns.receive_frame(frame_of(rows), by=None, post=None, at=NOW)
    return World(producers)


def make_reckoning() -> Reckoning:
    """The quarter counted."""
    return count_quarter(quarter=QUARTER, by=None, at=NOW)


def make_load(**over: str) -> TradeLoad:
    """The quoted figure, with what a test changes in each of its rows."""
    rows = [(number, {**row, **over}) for number, row in enumerate(FIRST, 2)]
    reading = read_rows(rows, COLUMNS, commodities=(COFFEE,), today=date(2026, 8, 3))
    with acting_in("53"):
        return load_trade(reading=reading, file_name="neraca-contoh.csv", sha256=repr(over)[:64], by=None, at=NOW)


def first_price() -> ChainPrice:
    """Any price."""
    return ChainPrice.objects.earliest("pk")


def first_line() -> KeptLine:
    """Any line."""
    return KeptLine.objects.earliest("pk")


def first_assumed() -> Assumed:
    """Any assumption."""
    return Assumed.objects.earliest("pk")


def first_figure() -> TradeFigure:
    """Any figure."""
    return TradeFigure.objects.earliest("pk")
