"""A small world for quarters: twelve producers in three villages of two kabupaten, two quarters of returns; all invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
from tests.factories import MORNING, make_enterprise, make_person, make_region

from lontar.access.scope import acting_in
from lontar.engines.periods import Month, Quarter
from lontar.monitoring import actions
from lontar.monitoring.models import (
    Figure,
    IndicatorDefinition,
    PriceIndex,
    PriceSeries,
    QuarterRun,
    RestatedFigure,
)
from lontar.monitoring.steps.run import carry
from lontar.returns import actions as reporting
from lontar.returns.models import Producer
from lontar.returns.states import Maker

QUARTER = Quarter.of(2026, 3)
NOW = datetime(2026, 10, 20, 1, tzinfo=UTC)
VILLAGES = ("53.09.01.2001", "53.09.02.2001", "53.12.01.2001")
MILLION = 1_000_000


@dataclass(frozen=True)
class World:
    """Producers in the order of the villages: six of the first, three of each other."""

    producers: tuple[int, ...]


def make_world(*, missing: int = 0) -> World:
    """Write it: every producer sold 1 million a month in 2025 and 1.2 in 2026; `missing` producers did not answer in 2026."""
    reporting.open_periods(Month.of(2025, 7), Month.of(2026, 9), by=None, at=MORNING)
    with acting_in("53"):
        for code in VILLAGES:
            make_region(code)
        wanted = []
        for place in range(12):
            code = VILLAGES[max(0, place // 3 - 1)]
            owner = make_person(code, name=f"Mama Contoh {place + 1}", sex="P" if place % 2 else "L")
            firm = make_enterprise(code, name=f"Usaha Contoh {place + 1}", owner=owner)
            wanted.append(
                reporting.NewProducer(
                    maker=Maker.ENTERPRISE, maker_id=firm.pk, name=firm.name, village=code, category="food", unit="kg",
                    commodity_id=None, unit_key=f"village:{code}",
                )
            )  # fmt: skip
        reporting.enrol_producers(wanted, first=Month.of(2025, 7), by=None, post=None, at=MORNING)
        keys = tuple(Producer.objects.order_by("pk").values_list("pk", flat=True))
        before = [(key, date(2025, month, 1), MILLION) for key in keys for month in (7, 8, 9)]
        now = [(key, date(2026, month, 1), MILLION * 12 // 10) for key in keys[missing:] for month in (7, 8, 9)]
        frame = pl.DataFrame(
            before + now, schema={"producer_id": pl.Int64, "month": pl.Date, "turnover": pl.Int64}, orient="row"
        )
        reporting.receive_frame(frame, by=None, post=None, at=NOW)
    return World(keys)


def make_price_series(**over: Any) -> PriceSeries:
    """Prices of both quarters: 100 and 110."""
    months = [(one.start, Decimal(100)) for one in QUARTER.same_last_year().months()]
    months += [(one.start, Decimal(110)) for one in QUARTER.months()]
    values = {"name": "IHK contoh", "source": "Berita resmi contoh", "issued_date": date(2026, 10, 1)}
    return actions.import_prices(months, by=None, post=None, at=NOW, **(values | over))


def make_price_index(**over: Any) -> PriceIndex:
    """The first month of a series."""
    return make_price_series(**over).months.order_by("month")[0]


def make_indicator_definition(**over: Any) -> IndicatorDefinition:
    """A second version of O1."""
    values: dict[str, Any] = {
        "fields": {"name": "Kenaikan omzet"},
        "words": "Nama lebih jelas",
        "valid_from": date(2026, 12, 1),
    }
    return actions.define_indicator("O1", by=None, post=None, at=NOW, **(values | over))


def make_quarter_run(**over: Any) -> QuarterRun:
    """A closing that waits."""
    values = {"quarter": QUARTER.label, "kind": "close", "asked_at": NOW, "moved_at": NOW}
    return QuarterRun.objects.create(**(values | over))


def make_figure(**over: Any) -> Figure:
    """Growth of a kabupaten, 20 %."""
    values = {
        "quarter": QUARTER.label, "indicator": "O1", "level": "regency", "region": "53.09", "value": Decimal("0.2"),
        "n": 9, "missing": 0, "status": "A", "unit": "rasio",
    }  # fmt: skip
    return Figure.objects.create(**(values | over))


def make_restated_figure(**over: Any) -> RestatedFigure:
    """The same, as it was before a restatement."""
    values = {
        "quarter": QUARTER.label, "indicator": "O1", "level": "regency", "region": "53.09", "value": Decimal("0.1"),
        "n": 9, "missing": 0, "status": "A", "unit": "rasio", "new_value": Decimal("0.2"), "new_n": 9, "new_status": "A",
    }  # fmt: skip
    run = over.pop("run", None) or make_quarter_run(kind="restate", number=1, words="Nota terlambat")
    return RestatedFigure.objects.create(run=run, **(values | over))


def close(words: str = "", *, quarter: Quarter = QUARTER, **over: Any) -> QuarterRun:
    """Ask for the closing of the quarter and carry it to its end."""
    given = {"by": None, "post": None, "at": NOW, "queued": False} | over
    with acting_in("53"):
        run = actions.request_closing(quarter, words=words, **given)
        carry(run.pk, clock=lambda: NOW)
    run.refresh_from_db()
    return run
