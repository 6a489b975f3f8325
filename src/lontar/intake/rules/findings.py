"""Collecting findings: one frame of them, values masked where personal."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from lontar.engines.identifiers import ColumnCheck
from lontar.engines.money import NumberColumnCheck
from lontar.intake.datasets import Column, Kind
from lontar.intake.states import Severity

SCHEMA = pl.Schema(
    {
        "index": pl.UInt32(),
        "field": pl.String(),
        "rule": pl.String(),
        "severity": pl.String(),
        "value": pl.String(),
        "message": pl.String(),
        "suggestion": pl.String(),
        "words": pl.String(),
    }
)
VALUE_LENGTH = 200


def masked(value: pl.Expr) -> pl.Expr:
    """A personal value as it may be shown: four characters at each end when long, else only its length in stars."""
    long = value.str.head(4) + "*" * 8 + value.str.tail(4)
    return pl.when(value.str.len_chars() >= 12).then(long).otherwise(pl.lit("****"))


# A number of a person may stand in any column, and a message may quote it: its ends stay. Twice, because two numbers side by
# side share what stands between them.
_NUMBERS_OF_PEOPLE = (
    (r"(^|[^0-9])([0-9]{4})[0-9]{7,8}([0-9]{4})([^0-9]|$)", "${1}${2}********${3}${4}"),
    (r"(^|[^0-9])((?:62|0)8[0-9]{2})[0-9]{4,7}([0-9]{2})([^0-9]|$)", "${1}${2}******${3}${4}"),
) * 2


def without_people(text: pl.Expr) -> pl.Expr:
    """A text in which 15 and 16 digit numbers (NIK, NPWP) and mobile numbers keep only their ends."""
    for pattern, shown in _NUMBERS_OF_PEOPLE:
        text = text.str.replace_all(pattern, shown)
    return text


@dataclass
class Findings:
    """The findings of one batch, in the order in which the checks ran. `index` is the 0-based row of the frame."""

    frames: list[pl.DataFrame] = field(default_factory=list)

    def add_column(self, column: Column, raw: pl.Series, check: ColumnCheck | NumberColumnCheck) -> None:
        """Take the warnings and errors of a checked column."""
        frame = pl.DataFrame(
            {
                "value": raw.cast(pl.String),
                "severity": check.severity.cast(pl.String),
                "rule": check.rule,
                "message": check.message,
            }
        ).with_row_index("index")
        frame = frame.filter(pl.col("severity") != "ok")
        if frame.height:
            self._take(frame, column)

    def add(
        self,
        column: Column,
        raw: pl.Series,
        where: pl.Series,
        *,
        rule: str,
        severity: Severity,
        message: pl.Expr | str,
        suggestion: pl.Expr | None = None,
    ) -> None:
        """Take one rule's findings: the rows where the boolean `where` is true; `message` may use the column `value`."""
        text = pl.lit(message) if isinstance(message, str) else message
        frame = pl.DataFrame({"value": raw.cast(pl.String), "where": where}).with_row_index("index").filter("where")
        if not frame.height:
            return
        frame = frame.with_columns(
            severity=pl.lit(severity.value),
            rule=pl.lit(rule),
            message=text,
            suggestion=suggestion if suggestion is not None else pl.lit(None, dtype=pl.String),
        )
        self._take(frame, column)

    def add_frame(self, frame: pl.DataFrame, column: Column) -> None:
        """Take findings that already have index, value, severity, rule, message and perhaps suggestion and words."""
        if frame.height:
            self._take(frame, column)

    def _take(self, frame: pl.DataFrame, column: Column) -> None:
        shown = masked(pl.col("value")) if column.is_personal else pl.col("value")
        clear = column.kind is Kind.LICENCE  # a P-IRT number has 15 digits and belongs to a product
        absent = [name for name in ("suggestion", "words") if name not in frame.columns]
        frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)
        self.frames.append(
            frame.select(
                pl.col("index").cast(pl.UInt32),
                field=pl.lit(column.key),
                rule=pl.col("rule"),
                severity=pl.col("severity").cast(pl.String),
                value=(shown if clear else without_people(shown)).str.head(VALUE_LENGTH),
                message=pl.col("message") if clear else without_people(pl.col("message")),
                suggestion=pl.col("suggestion").str.head(VALUE_LENGTH),
                words=pl.when(without_people(pl.col("words")) == pl.col("words")).then("words"),
            )
        )

    def frame(self) -> pl.DataFrame:
        """All findings, ordered by row."""
        if not self.frames:
            return pl.DataFrame(schema=SCHEMA)
        return pl.concat(self.frames).sort("index", maintain_order=True)
