"""A small programme for verdicts: units in three waves beside villages without, with returns of two years; invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.factories import make_enterprise, make_region

from lontar.access.scope import acting_in
from lontar.engines.demo.returns import DEMO_EFFECT, Described, two_years
from lontar.engines.periods import Month, Quarter
from lontar.registry.models import Commodity, Region
from lontar.returns import actions
from lontar.returns.queries import frames
from lontar.returns.states import Maker
from lontar.verdicts.models import ClassMove, Finding, Verdict

QUARTER = Quarter.of(2026, 3)
FIRST, LAST = Month.of(2024, 10), Month.of(2026, 9)
NOW = datetime(2026, 10, 20, 1, tzinfo=UTC)  # 20 October 2026, 09.00 WITA
WAVES = (date(2025, 10, 1), date(2026, 1, 2), date(2026, 4, 1))
UNITS, OTHERS, EACH = 18, 18, 8


def village(place: int) -> str:
    """The code of the village at a place."""
    return f"53.{1 + place % 20:02d}.01.{2001 + place}"


def make_programme(*, effect: Described = DEMO_EFFECT, seed: int = 2026) -> None:
    """Producers and their accepted returns."""
    actions.open_periods(FIRST, LAST, by=None, at=NOW)
    with acting_in("53"):
        coffee = Commodity.objects.create(code="kopi-arabika", name="Kopi contoh", unit="kg", source="katalog contoh")
        wanted = []
        for place in range(UNITS + OTHERS):
            code = village(place)
            make_region(code)
            unit = f"village:{code}" if place < UNITS else ""
            for number in range(EACH):
                maker = make_enterprise(code, name=f"Kopi Contoh {place} {number}", commodity=coffee)
                wanted.append(
                    actions.NewProducer(
                        maker=Maker.ENTERPRISE, maker_id=maker.pk, name=maker.name, village=code, category="drink",
                        unit="kg", commodity_id=coffee.pk, unit_key=unit,
                        designated_from=WAVES[place % len(WAVES)] if unit else None,
                    )
                )  # fmt: skip
        actions.enrol_producers(wanted, first=FIRST, by=None, post=None, at=NOW)
        rows = two_years(frames.producers(FIRST, LAST), last=LAST, seed=seed, effect=effect)
        actions.receive_frame(rows, by=None, post=None, at=NOW)


def make_verdict(**over: Any) -> Verdict:
    """A verdict without findings, on the programme of a province with one village."""
    if not Region.objects.filter(code="53.09.01.2001").exists():
        make_region("53.09.01.2001")
    values: dict[str, Any] = {
        "region_id": "53", "quarter": "2026-T3", "number": 1, "made_at": NOW, "code_version": "0+uji",
        "inputs_sha256": "0" * 64, "result_sha256": "1" * 64, "returns": 100, "producers": 40, "units": 4,
        "matters": "0.05", "evidence": {},
    }  # fmt: skip
    return Verdict.objects.create(**(values | over))


def make_finding(verdict: Verdict, **over: Any) -> Finding:
    """Turnover rose by 15 % in the whole programme."""
    values: dict[str, Any] = {
        "village_id": "53", "outcome": "turnover", "said": "rose", "because": "clear", "called": "impact",
        "value": 0.15, "low": 0.1, "high": 0.2, "producers": 40, "controls": 80, "villages": 20,
    }  # fmt: skip
    return Finding.objects.create(verdict=verdict, **(values | over))


def make_class_move(verdict: Verdict, **over: Any) -> ClassMove:
    """Three of forty rose a rung."""
    values: dict[str, Any] = {
        "village_id": "53",
        "group": "programme",
        "ladder": "rung",
        "up": 3,
        "down": 1,
        "same": 36,
    }
    return ClassMove.objects.create(verdict=verdict, **(values | over))
