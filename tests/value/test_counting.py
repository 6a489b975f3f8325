"""How a quarter is counted: the worked table of docs/explanation/value-kept.md, what is missing, what is hidden."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.value.factories import COFFEE, VILLAGES, frame_of, one_return

from lontar.engines.economy import Part, Place
from lontar.value.rules.assumptions import AssumptionMissing, Assumptions
from lontar.value.rules.counting import Sums, prices, sums
from lontar.value.rules.hiding import Cell, Rule, hidden

D = Decimal
ASSUMED = Assumptions(
    {
        "value.others": D("0.10"), "value.others.regency": D("0.50"), "value.others.ntt": D("0.60"),
        "value.material.village": D("0.70"), "value.material.regency": D("0.90"), "value.labour.village": D("0.90"),
        "value.labour.regency": D(1), "value.margin.village": D(1), "value.wage": D(75_000), "value.conversion": D(1),
        "value.conversion.kopi_arabika": D("0.84"),
    }
)  # fmt: skip
RULE = Rule(producers=3, share=D("0.85"))


def counted(frame: pl.DataFrame) -> dict[tuple[str, str], Sums]:
    return {(one.region_code, one.commodity): one for one in sums(frame, root="53", rule=RULE, assumed=ASSUMED)}


def three(village: str = VILLAGES[0], *, start: int = 1, **over: Any) -> list[dict[str, Any]]:
    return [one_return(start + number, village, **over) for number in range(3)]


def test_the_worked_table_of_a_quarter() -> None:
    found = counted(frame_of(three()))["53", ""]

    assert found.kept is not None
    assert (found.n, found.returns, found.turnover, found.sold_outside) == (3, 3, D(30_000_000), D(6_000_000))
    assert {part.value: found.kept.part(part) for part in Part} == {
        "material": D(12_000_000), "others": D(3_000_000), "labour": D(4_500_000), "margin": D(10_500_000),
    }  # fmt: skip
    assert {place.value: found.kept.place(place) for place in Place} == {
        "village": D(20_850_000), "regency": D(3_750_000), "ntt": D(1_200_000), "outside": D(4_200_000),
    }  # fmt: skip


def test_what_is_not_told_is_not_nought() -> None:
    rows = [*three(), one_return(4, VILLAGES[0], material_outside=None, channel_outside=None)]

    found = counted(frame_of(rows))["53", ""]

    assert found.kept is not None
    assert (found.turnover, found.kept.output, found.sold_known) == (D(40_000_000), D(30_000_000), D(30_000_000))


def test_the_comparison_group_is_no_part_of_the_programme_but_its_price_counts() -> None:
    rows = [*three(), *three(start=11, is_comparison=True, price_raw=60_000)]

    frame = frame_of(rows)

    assert counted(frame)["53", ""].n == 3
    raw = next(one for one in prices(frame, root="53", rule=RULE) if (one.level, one.step) == ("province", "raw"))
    assert (raw.n, raw.price) == (6, D(50_000))


def test_a_price_is_the_median_of_producers_with_quartiles_each_with_the_median_of_its_months() -> None:
    rows = [
        one_return(number, VILLAGES[0], price_raw=price) for number, price in ((1, 40_000), (2, 42_000), (3, 50_000))
    ]
    rows.append(one_return(3, VILLAGES[0], price_raw=46_000))

    found = {(one.level, one.step): one for one in prices(frame_of(rows), root="53", rule=RULE)}

    raw = found["regency", "raw"]
    assert (raw.region_code, raw.n, raw.low, raw.price, raw.high) == ("53.09", 3, D(41_000), D(42_000), D(45_000))
    assert found["village", "packed"].price == D(200_000)


def test_a_price_of_two_producers_or_of_one_that_dominates_is_hidden() -> None:
    rows = [*three(turnover=1_000), one_return(9, VILLAGES[0], turnover=100_000_000), *three(VILLAGES[1], start=21)[:2]]

    found = {(one.region_code, one.step): one for one in prices(frame_of(rows), root="53", rule=RULE)}

    assert [found[code, "raw"].price for code in ("53.09", "53.12")] == [None, None]
    assert found["53", "raw"].price == D(40_000)


def test_prices_of_different_units_stay_apart() -> None:
    rows = [*three(), *three(start=11, unit="bungkus", price_raw=None, price_processed=None, price_packed=25_000)]

    units = {(one.unit, one.price) for one in prices(frame_of(rows), root="53", rule=RULE) if one.step == "packed"}

    assert units == {("kg", D(200_000)), ("bungkus", D(25_000))}


def test_one_small_kabupaten_takes_another_with_it_so_that_it_cannot_be_subtracted() -> None:
    rows = [*three(), *three(VILLAGES[1], start=11, turnover=20_000_000), one_return(21, VILLAGES[2])]

    found = counted(frame_of(rows))

    shown = {key for key, one in found.items() if one.kept is not None}
    assert shown == {("53", ""), ("53", COFFEE), ("53.12", ""), ("53.12", COFFEE)}


CELLS = st.dictionaries(
    st.tuples(st.sampled_from(["53.01", "53.02", "53.03", "53.04"]), st.sampled_from(["x", "y", "z"])),
    st.integers(1, 9),
    min_size=1,
)


@given(CELLS)
def test_no_line_of_the_table_leaves_a_hidden_cell_to_be_subtracted(inner: dict[tuple[str, str], int]) -> None:
    counts = dict(inner)
    for (row, column), n in inner.items():
        for key in ((row, ""), ("", column), ("", "")):
            counts[key] = counts.get(key, 0) + n
    cells = {key: Cell(n=n, turnover=float(n), top=1 / n) for key, n in counts.items()}

    gone = hidden(cells, RULE, root="53")

    assert {key for key, n in counts.items() if n < RULE.producers} <= gone
    for axis in (0, 1):
        for name in {key[axis] for key in cells}:
            line = [key for key in cells if key[axis] == name]
            lost = [key for key in line if key in gone]
            if len(line) < 2 or any(key[1 - axis] == "" for key in lost):
                continue
            assert not lost or (len(lost) > 1 and sum(cells[key].n for key in lost) >= RULE.producers)


def test_a_parameter_that_is_not_set_is_named() -> None:
    with pytest.raises(AssumptionMissing, match=r"value\.wage: belum ditetapkan"):
        sums(
            frame_of(three()), root="53", rule=RULE,
            assumed=Assumptions({key: one for key, one in ASSUMED.numbers.items() if key != "value.wage"}),
        )  # fmt: skip
