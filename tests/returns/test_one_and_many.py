"""One return alone is looked at without a frame, by the rules that serve many: both ways say the same of everything."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from lontar.returns.queries.frames import RETURN_COLUMNS
from lontar.returns.rules.checks import KNOWN, RULES, check, check_one, normalised, normalised_one
from lontar.returns.rules.limits import Limits
from lontar.returns.rules.schema import CHANNELS, PRICES, VALUES, WORKERS

LIMITS = Limits(
    {
        "jump.month": 3.0, "jump.year": 5.0, "jump.from": 500_000.0, "turnover.most": 2_000_000_000.0,
        "channels.share": 0.02, "match.factor": 4.0, "price.drink.least": 10_000.0, "price.drink.most": 200_000.0,
        "price.K01.least": 40_000.0, "price.K01.most": 90_000.0,
    }
)  # fmt: skip
MONEY = st.none() | st.sampled_from([0, 1, 9_999, 10_000, 300_000, 900_000, 10**13]) | st.integers(-5, 3_000_000)
PEOPLE = st.none() | st.integers(-1, 5) | st.just(100_001)
BEFORE = st.none() | st.sampled_from([0.0, 100_000.0, 300_000.0]) | st.floats(0, 3_000_000)
WRITTEN = {
    "quantity": st.none() | st.floats(-1, 2_000) | st.sampled_from([2.6755, 0.285, 1e9 + 1]),
    "unit": st.sampled_from([None, "", " ", "kg", "KG ", "kilogram", "gram", "botol", "liter"]),
    "worker_days": st.none() | st.integers(-1, 200),
    "problems": st.sampled_from([None, "", "hujan", "081234567890", "NIK 5301010101010001.", "x" * 500, "é" * 501]),
    "youth": PEOPLE,
}
ASKED = {
    "category": st.sampled_from(["drink", "food"]), "commodity": st.sampled_from(["", "K01", "K02"]),
    "usual_unit": st.sampled_from(["kg", "Kg", "lembar"]), "days": st.sampled_from([28, 31]),
    "last_turnover": BEFORE, "year_turnover": BEFORE, **{f"last_{name}": BEFORE for name in PRICES},
}  # fmt: skip
ROW = st.fixed_dictionaries({name: WRITTEN.get(name, PEOPLE if name in WORKERS else MONEY) for name in VALUES} | ASKED)


def frame_of(row: dict[str, Any]) -> pl.DataFrame:
    """The row as a frame."""
    schema = {**{name: RETURN_COLUMNS[name] for name in VALUES}, **KNOWN}
    return pl.DataFrame({name: [row[name]] for name in schema}, schema=schema)


@given(row=ROW, limits=st.sampled_from([LIMITS, Limits({})]))
def test_one_row_gets_the_same_remarks_and_values_as_in_a_frame(row: dict[str, Any], limits: Limits) -> None:
    frame = normalised(frame_of(row))
    many = frame.row(0, named=True)
    one = normalised_one(row)

    assert one is None or {name: one[name] for name in VALUES} == {name: many[name] for name in VALUES}
    assert check_one(many, limits) == check(frame, limits)


@given(row=ROW)
def test_only_another_unit_needs_a_frame(row: dict[str, Any]) -> None:
    own = {"kg": ("kg", "KG ", "kilogram"), "Kg": ("kg", "KG ", "kilogram"), "lembar": ()}[row["usual_unit"]]

    assert (normalised_one(row) is None) == (row["unit"] not in (None, "", " ", *own))


def test_every_rule_is_met_by_some_row_both_ways() -> None:
    bad: dict[str, Any] = {name: None for name in VALUES} | {
        "category": "drink", "commodity": "K01", "usual_unit": "kg", "days": 31, "last_turnover": 300_000.0,
        "year_turnover": 300_000.0, **{f"last_{name}": 30_000.0 for name in PRICES},
    }  # fmt: skip
    much = 10**13
    rows = [
        bad,
        bad | {name: much for name in VALUES if name not in ("unit", "problems", "quantity", "youth", "worker_days", *WORKERS)}
        | dict.fromkeys((*WORKERS, "youth"), 100_001) | {"worker_days": 10**8, "quantity": 2e9, "problems": "x" * 501},
        bad | {"turnover": 100_000, "problems": "081234567890", "unit": "botol", "youth": 2, "worker_days": 9},
        bad | {"turnover": 9_000_000, "quantity": 1.0, "price_raw": 50_000, "price_packed": 45_000}
        | dict.fromkeys(CHANNELS, 1),
    ]  # fmt: skip
    found = [(check(frame_of(one), LIMITS), check_one(frame_of(one).row(0, named=True), LIMITS)) for one in rows]

    assert all(many == single for many, single in found)
    assert {one.rule for many, _ in found for one in many} == {rule.key for rule in RULES}
