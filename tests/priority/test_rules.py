"""Days and weeks, parts as intervals, verdicts by the stated rule, and plans that cannot be read."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.priority.rules import parts
from lontar.priority.rules.days import Span, share_in_months
from lontar.priority.rules.parts import Good, Site, Value, Weighing
from lontar.priority.rules.verdicts import Shares, Usual, Week, judge
from lontar.priority.rules.wanted import Wanted, WantedInvalid, read_wanted, to_plain
from lontar.priority.states import BaselineKind, Evidence, Part, VerdictKind

START = date(2026, 2, 2)
NINETY = Span(START, START + timedelta(days=90))
SHARES = Shares(Decimal(1), Decimal("0.5"), 7)
FOOD = frozenset({"nib", "pirt", "halal"})


def test_ninety_days_are_thirteen_weeks_the_last_of_six_days() -> None:
    weeks = [NINETY.week(number) for number in range(1, NINETY.weeks + 1)]

    assert [one.days for one in weeks] == [7] * 12 + [6]
    assert [one.end for one in weeks[:-1]] == [one.start for one in weeks[1:]], "half-open: no day twice, none left out"
    assert (weeks[0].start, weeks[-1].end) == (NINETY.start, NINETY.end)


@pytest.mark.parametrize(
    ("day", "number", "week", "due", "over"),
    [(-1, 0, None, 0, False), (0, 1, 1, 1, False), (6, 7, 1, 1, False), (7, 8, 2, 2, False), (89, 90, 13, 13, False),
     (90, 91, None, 13, True)],
)  # fmt: skip
def test_the_day_counter_and_the_week_turn_at_midnight(
    day: int, number: int, week: int | None, due: int, over: bool
) -> None:
    today = START + timedelta(days=day)

    assert (NINETY.day_number(today), NINETY.week_of(today), NINETY.weeks_due(today), NINETY.is_over(today)) == (
        number, week, due, over,
    )  # fmt: skip


def test_the_harvest_is_weighed_by_days() -> None:
    """27 of ninety days from 2 February lie in February."""
    assert share_in_months(NINETY, frozenset({2})) == pytest.approx(27 / 90)
    assert share_in_months(NINETY, frozenset(range(1, 13))) == 1.0


@pytest.mark.parametrize(
    ("goods", "makers", "nib", "listed", "low", "high"),
    [
        ([Good("a", "food", None, frozenset({"nib", "md"}))], 1, 1, True, 2 / 3, 2 / 3),
        ([Good("a", "food", None, frozenset({"nib"}))], 1, 1, False, 1 / 3, 1.0),
        ([], 4, 2, True, 1 / 3, 1.0),
        ([], 0, 0, True, 0.0, 1.0),
    ],
)
def test_a_licence_is_missing_only_where_lists_were_received(
    goods: list[Good], makers: int, nib: int, listed: bool, low: float, high: float
) -> None:
    found = parts.legality(goods, FOOD, makers=makers, with_nib=nib, is_listed=listed)

    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def test_what_nobody_stated_is_unknown_and_never_nought() -> None:
    unknown = [
        parts.capacity([Good("a", "food", None)], 10.0),
        parts.material(0.0, frozenset(), is_recorded=False, production=None),
        parts.finance(Site()),
        parts.legality([], FOOD, makers=0, with_nib=0, is_listed=True),
    ]

    assert [(one.low, one.high) for one in unknown] == [(0.0, 1.0)] * 4
    assert parts.words(unknown[0]) == "Belum ada data; bisa berapa saja."


def test_capacity_season_and_access_are_computed_from_what_is_shown() -> None:
    goods = [Good("a", "food", 4e6), Good("b", "food", None)]
    capacity = parts.capacity(goods, 10e6)
    season = parts.material(0.3, frozenset({2}), is_recorded=True, production=9.0)
    failed = parts.material(0.3, frozenset({2}), is_recorded=True, production=0.0)
    access = parts.access(Site(32.5, {"road": 1, "market": 0}), full=5, reach=60)

    assert (capacity.low, capacity.high) == (0.4, 1.0)
    assert "1 produk belum menyebut kapasitas" in parts.words(capacity)
    assert (season.low, season.high, failed.high) == (0.3, 0.3, 0.0)
    assert (access.low, access.high) == (pytest.approx(0.25 + 0.125), pytest.approx(0.25 + 0.375))


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), min_size=7, max_size=7))
def test_the_whole_lies_within_its_interval_and_grows_with_every_part(values: list[tuple[float, float, float]]) -> None:
    total = sum(weight for _one, _other, weight in values) or 1.0
    rules = [Weighing(part, weight / total, gap_cost=100) for part, (_a, _b, weight) in zip(Part, values, strict=True)]
    found = {part: Value(min(a, b), max(a, b), "unknown") for part, (a, b, _w) in zip(Part, values, strict=True)}
    low, high, cost = parts.index(found, rules)
    better = {part: Value(one.low, 1.0, "unknown") for part, one in found.items()}

    assert 0 <= low <= high + 1e-9 <= 1 + 1e-9
    assert 0 <= cost <= 700
    assert parts.index(better, rules)[1] >= high - 1e-9


USUAL = Usual(BaselineKind.MEASURED, Decimal(3_000_000), START - timedelta(days=30), START)


@pytest.mark.parametrize(
    ("weekly", "count", "usual", "target", "kind", "achieved"),
    [
        (1_700_000, 13, USUAL, 13_000_000, VerdictKind.REACHED, Decimal(13_100_000)),
        (1_200_000, 13, USUAL, 13_000_000, VerdictKind.PARTLY, Decimal(6_600_000)),
        (1_100_000, 13, USUAL, 13_000_000, VerdictKind.MISSED, Decimal(5_300_000)),
        (9_000_000, 6, USUAL, 13_000_000, VerdictKind.NO_EVIDENCE, Decimal(49_800_000)),
        (1_000_000, 13, Usual(BaselineKind.NEW), 13_000_000, VerdictKind.REACHED, Decimal(13_000_000)),
        (9_000_000, 13, Usual(BaselineKind.UNKNOWN), 13_000_000, VerdictKind.NO_EVIDENCE, None),
        (9_000_000, 13, None, 13_000_000, VerdictKind.NO_EVIDENCE, None),
        (9_000_000, 13, USUAL, None, VerdictKind.NO_EVIDENCE, Decimal(108_000_000)),
    ],
)
def test_the_verdict_follows_the_worked_table(
    weekly: int, count: int, usual: Usual | None, target: int | None, kind: VerdictKind, achieved: Decimal | None
) -> None:
    """Usual turnover is Rp100.000 a day: Rp9.000.000 in ninety days; the table stands in docs/explanation/priority.md."""
    weeks = [Week(7 if number < 13 else 6, Decimal(weekly), Evidence.RECEIPTS) for number in range(1, count + 1)]
    found = judge(usual, None if target is None else Decimal(target), weeks, SHARES)

    assert (found.kind, found.achieved, found.weeks) == (kind, achieved, count)


def test_a_week_without_evidence_does_not_count() -> None:
    weeks = [Week(7, Decimal(9_000_000), Evidence.NONE)] * 13

    assert judge(USUAL, Decimal(1), weeks, SHARES).kind == VerdictKind.NO_EVIDENCE


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"siz": 3}, "siz: kunci ini tidak dikenal. Yang dikenal: name, region"),
        ({"region": "9"}, "region: '9' bukan kode provinsi"),
        ({"start": "kemarin"}, "start: 'kemarin' bukan tanggal. Tulis tahun-bulan-hari"),
        ({"size": "tiga"}, "size: 'tiga' bukan bilangan bulat 1 sampai 100"),
        ({"objective": "best"}, "objective: 'best' tidak dikenal. Pilih sure atau middle"),
        ({"pillars": {"opop": 1}}, "pillars.opop: bukan pilar"),
        ({"categories": {"food": {"min": 1}}}, "categories.food.min: kunci ini tidak dikenal"),
        (
            {"categories": {"food": {"least": 3, "most": 2}}},
            "categories.food: paling sedikit 3 melebihi paling banyak 2",
        ),
        ({"must": ["53.09"]}, "must: '53.09' bukan kode desa"),
        ({"region": "53.09", "must": ["53.12.01.2001"]}, "must: 53.12.01.2001 berada di luar wilayah 53.09"),
        ({"must": ["53.09.01.2001"], "must_not": ["53.09.01.2001"]}, "must: village:53.09.01.2001 sekaligus wajib"),
        ({"budget": -1}, "budget: -1 bukan bilangan bulat"),
    ],
)
def test_a_plan_that_cannot_be_read_names_key_value_and_cure(over: dict[str, Any], said: str) -> None:
    with pytest.raises(WantedInvalid) as refused:
        read_wanted({"region": "53", **over}, today=START)

    assert said in str(refused.value)


_NUMBERS = st.none() | st.integers(0, 20)


@given(_NUMBERS, _NUMBERS, _NUMBERS, st.dictionaries(st.sampled_from(["ovop", "osop"]), st.integers(0, 5)))
def test_a_plan_written_down_is_read_back_the_same(
    regency: int | None, island: int | None, budget: int | None, pillars: dict[str, int]
) -> None:
    given_values = {
        "region": "53", "start": START, "per_regency_most": regency, "per_island_most": island, "budget": budget,
        "pillars": pillars, "categories": {"food": {"least": 1}}, "must": ["53.09.01.2001"],
    }  # fmt: skip
    wanted: Wanted = read_wanted(given_values, today=START)

    assert read_wanted(to_plain(wanted), today=START + timedelta(days=5)) == wanted
