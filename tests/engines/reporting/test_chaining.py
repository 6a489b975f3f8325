"""What follows from the prices of a chain and the assumptions: the worked table, what is left empty, what a check finds."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from lontar.engines.reporting.chaining import CHAINS, MADE, STEPS, chain_problems, valued

NUMBERS = {
    "disclosure.min_producers": Decimal(3), "value.conversion": Decimal(1), "value.conversion.kopi_arabika": Decimal("0.84"),
    "value.days": Decimal(5), "value.labour.regency": Decimal(1), "value.labour.village": Decimal("0.9"),
    "value.margin.village": Decimal(1), "value.material.regency": Decimal("0.9"), "value.material.village": Decimal("0.7"),
    "value.others.ntt": Decimal("0.6"), "value.others.packing": Decimal("0.05"),
    "value.others.processing": Decimal("0.05"), "value.others.regency": Decimal("0.5"), "value.wage": Decimal(75_000),
}  # fmt: skip
ASSUMED = pl.DataFrame({"key": list(NUMBERS), "number": [float(one) for one in NUMBERS.values()]})


def prices(**over: object) -> pl.DataFrame:
    """Arabica: 50,000 a kilogram raw, 120,000 processed, 160,000 packed."""
    row: dict[str, object] = {
        "level": "province", "region": "53", "commodity": "kopi-arabika", "name": "Kopi arabika", "unit": "kg",
    }  # fmt: skip
    for step, price in zip(STEPS, (50e3, 120e3, 160e3), strict=True):
        row |= {f"{step}_status": "A", f"{step}_n": 8, f"{step}_low": price, step: price, f"{step}_high": price}
    return pl.DataFrame([row | over], infer_schema_length=None)


def made(frame: pl.DataFrame) -> tuple[object, ...]:
    return valued(frame, NUMBERS).select(MADE).row(0)


def test_the_worked_chain_of_a_kilogram() -> None:
    # processed: 0.84 × 120,000 = 100,800 − 50,000 − 5 % of it; packed: 134,400 − 50,000 − 5,040 − 6,720; labour 3,750
    assert made(prices()) == (0.84, 45_760.0, 72_640.0, 0.798103, 0.919048, 0.965)


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ({"unit": "lembar"}, (1.0, 64_000.0, 96_000.0, None, None, None)),
        ({"packed": None}, (0.84, 45_760.0, None, None, None, None)),
        ({"raw": None}, (0.84, None, None, None, None, None)),
        ({"raw": 200e3}, (0.84, -104_240.0, -77_360.0, None, None, None)),
    ],
    ids=["by the piece", "not packed", "raw price hidden", "a loss"],
)
def test_what_cannot_be_said_is_left_empty(over: dict[str, object], expected: tuple[object, ...]) -> None:
    assert made(prices(**over)) == expected


def test_without_a_number_nothing_is_said() -> None:
    numbers = {key: one for key, one in NUMBERS.items() if key != "value.wage"}
    assert valued(prices(), numbers).select(MADE).row(0) == (None,) * 6


def test_a_published_chain_follows_from_its_prices() -> None:
    assert chain_problems(valued(prices(), NUMBERS), ASSUMED).is_empty()


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [("added_packed", 80e3, "added_packed"), ("kept_village", 0.9, "kept_village"), ("packed", 170e3, "added_packed"),
     ("raw_n", 2, "raw_n"), ("raw_status", "S", "raw_n")],
)  # fmt: skip
def test_a_number_that_does_not_follow_or_should_be_hidden_is_named(column: str, value: object, named: str) -> None:
    touched = valued(prices(), NUMBERS).with_columns(pl.lit(value).alias(column).cast(CHAINS_TYPES[column]))
    found = chain_problems(touched, ASSUMED)
    assert named in found["column"].to_list()
    assert set(found["commodity"]) == {"kopi-arabika"}


CHAINS_TYPES = valued(prices(), NUMBERS).schema


def test_every_step_of_the_table_is_declared() -> None:
    assert {f"{step}{end}" for step in STEPS for end in ("", "_n", "_low", "_high", "_status")} <= set(CHAINS.names)
