"""Checking a whole column: vector expressions for the values that are plainly fine, the scalar check for the rest.

An identifier gives a `FastPath`, an expression that is true only where its scalar check would say "ok", and the
expression of the normalised value. Everything else, each distinct value once, goes through the scalar check, so that
both ways always agree. Rules and words are left to the scalar checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from lontar.engines.identifiers.checked import Checked, Severity

SEVERITIES = pl.Enum([severity.value for severity in Severity])

# Columns that a fast path may use. `compact` has no spaces, dots, hyphens; `number` says the cell was numeric.
TEXT = pl.col("text")
COMPACT = pl.col("compact")
NUMBER = pl.col("number")


class ScalarCheck(Protocol):
    """A check of one cell, everything else but the cell already given."""

    def __call__(self, raw: str, *, was_number: bool) -> Checked: ...


@dataclass(frozen=True, slots=True)
class FastPath:
    """`accepts` must imply the scalar verdict "ok", and `value` must equal its value there."""

    accepts: pl.Expr
    value: pl.Expr


@dataclass(frozen=True, slots=True)
class ColumnCheck:
    """The verdicts on a column, all series as long as it.

    `value` str or null; `severity` ok, warning or error; `rule` and `message` null where the severity is ok (a row
    with neither value nor rule is blank).
    """

    value: pl.Series
    severity: pl.Series
    rule: pl.Series
    message: pl.Series


def check_column(
    series: pl.Series, *, was_number: pl.Series | None, fast: FastPath, scalar: ScalarCheck
) -> ColumnCheck:
    """Check a column; a null is blank. `was_number` (boolean) marks cells that were numeric, by default none of a
    text column and all of a numeric one.
    """
    # Lazy, so that what both expressions have in common is computed once.
    judged = prepare(series, was_number=was_number).lazy()
    judged = judged.select("raw", "number", accepted=fast.accepts.fill_null(value=False), value=fast.value)
    frame = judged.with_columns(value=pl.when("accepted").then("value")).collect()
    rest = frame.select((~pl.col("accepted") & pl.col("raw").is_not_null()).arg_true()).to_series()
    verdicts = _judge(frame["raw"].gather(rest).to_list(), frame["number"].gather(rest).to_list(), scalar=scalar)
    return assemble(frame["value"], rows=rest, verdicts=verdicts)


def prepare(series: pl.Series, *, was_number: pl.Series | None) -> pl.DataFrame:
    """Return the columns `raw`, `number`, `text` and `compact` of a column; `text` is null where not plain ASCII."""
    raw = series.cast(pl.String)
    number = pl.lit(value=series.dtype.is_numeric()) if was_number is None else was_number.fill_null(value=False)
    frame = pl.DataFrame({"raw": raw}).with_columns(number=number)
    ascii_only = pl.col("raw").str.len_bytes() == pl.col("raw").str.len_chars()
    stripped = pl.when(ascii_only).then(pl.col("raw").str.strip_chars(" "))
    tail = stripped.str.contains(r"^[0-9]+[.,]0$")
    return frame.with_columns(
        number=pl.col("number") | tail.fill_null(value=False),
        text=pl.when(tail).then(stripped.str.head(-2)).otherwise(stripped),
    ).with_columns(compact=TEXT.str.replace_all(r"[ .\-]", ""))


def assemble(value: pl.Series, *, rows: pl.Series, verdicts: Sequence[Checked]) -> ColumnCheck:
    """Put the scalar verdicts of `rows` into a column whose other rows are fine."""
    told = [verdict.severity is not Severity.OK for verdict in verdicts]
    notes = pl.DataFrame(
        {
            "row": rows,
            "value": [verdict.value for verdict in verdicts],
            "severity": [verdict.severity.value for verdict in verdicts],
            "rule": [verdict.rule if tell else None for verdict, tell in zip(verdicts, told, strict=True)],
            "message": [verdict.message if tell else None for verdict, tell in zip(verdicts, told, strict=True)],
        },
        schema={
            "row": pl.UInt32,
            "value": pl.String,
            "severity": SEVERITIES,
            "rule": pl.String,
            "message": pl.String,
        },
    )
    whole = pl.DataFrame({"value": value.alias("value")}).with_row_index("row")
    whole = whole.join(notes, on="row", how="left", maintain_order="left")
    whole = whole.select(
        value=pl.coalesce("value_right", "value"),
        severity=pl.col("severity").fill_null(pl.lit(Severity.OK.value, dtype=SEVERITIES)),
        rule="rule",
        message="message",
    )
    return ColumnCheck(value=whole["value"], severity=whole["severity"], rule=whole["rule"], message=whole["message"])


def _judge(raws: list[str], numbers: list[bool], *, scalar: ScalarCheck) -> list[Checked]:
    """Run the scalar check once for each distinct cell."""
    known: dict[tuple[str, bool], Checked] = {}
    verdicts = []
    for raw, number in zip(raws, numbers, strict=True):
        verdict = known.get((raw, number))
        if verdict is None:
            verdict = known[raw, number] = scalar(raw, was_number=number)
        verdicts.append(verdict)
    return verdicts


def luhn_is_zero(expression: pl.Expr, *, length: int) -> pl.Expr:
    """Tell whether an integer of `length` digits passes the Luhn check (mod 10, doubling from the second last)."""
    total = pl.lit(0, dtype=pl.Int64)
    for place in range(length):
        digit = (expression // 10**place) % 10
        doubled = digit * 2
        total = total + (digit if place % 2 == 0 else doubled - pl.when(doubled > 9).then(9).otherwise(0))
    return total % 10 == 0


def gs1_is_zero(expression: pl.Expr, *, length: int) -> pl.Expr:
    """Tell whether an integer of `length` digits passes the GS1 check (mod 10, weights 1, 3, 1, 3 … from the right)."""
    total = pl.lit(0, dtype=pl.Int64)
    for place in range(length):
        digit = (expression // 10**place) % 10
        total = total + digit * (1 if place % 2 == 0 else 3)
    return total % 10 == 0
