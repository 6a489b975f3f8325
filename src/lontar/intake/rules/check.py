"""The whole check of a batch: columns, places, rows. Pure: frame in, normalised values and findings out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from lontar.engines.measures import HeaderMeasure
from lontar.engines.places import Gazetteer
from lontar.intake.datasets import Column, Dataset, Kind
from lontar.intake.rules import measures, places, rows
from lontar.intake.rules.findings import Findings
from lontar.intake.rules.kinds import Settings, check_kind
from lontar.intake.states import Severity

SHIFTED = "is_shifted"
"""A column of the frame beside the keys: the row has more cells than the header, so its values may have moved."""

_SILENT = HeaderMeasure()
_WITH_THE_ROW = frozenset({Kind.LICENCE, Kind.COORDINATE})  # judged together with other cells, in `rows`


@dataclass(frozen=True)
class Context:
    """What a check needs besides the rows: the day, the places, what the agency's own spellings mean, the scope, and per
    column what its header says of its figures."""

    settings: Settings
    gazetteer: Gazetteer
    aliases: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""
    region_names: Mapping[str, str] = field(default_factory=dict)
    commodities: Mapping[str, int] = field(default_factory=dict)
    headers: Mapping[str, HeaderMeasure] = field(default_factory=dict)

    def header(self, key: str) -> HeaderMeasure:
        """The units and the multiplier that the header of a column announces."""
        return self.headers.get(key, _SILENT)


@dataclass(frozen=True)
class Verdict:
    """`values`: one column per mapped key, normalised text or null, and `village_id`; `is_waiting`: rows with an error."""

    values: pl.DataFrame
    findings: pl.DataFrame
    is_waiting: pl.Series


def check_rows(
    dataset: Dataset,
    frame: pl.DataFrame,
    numeric: pl.DataFrame,
    context: Context,
    tick: Callable[[str], None] = lambda _what: None,
) -> Verdict:
    """Check every row of `frame` (text columns named by the dataset's keys; missing columns are simply absent)."""
    findings = Findings()
    values: dict[str, pl.Series] = {}
    for column in dataset.columns:
        if column.key not in frame.columns or _is_place(dataset, column) or column.kind in _WITH_THE_ROW:
            continue
        tick(column.label)
        raw = frame[column.key]
        header = context.header(column.key)
        check = check_kind(column, raw, numeric[column.key], context.settings, header)
        findings.add_column(column, raw, check)
        values[column.key] = check.value
        if column.kind is Kind.MONEY and header.scale > 1:
            measures.note_scale(column, raw, check.value, scale=header.scale, findings=findings)
        _bounds(column, raw, values[column.key], findings)
    _units(dataset, frame, values, context, findings)
    if dataset.place is not None:
        values |= places.resolve(dataset, frame, context, findings)
    if SHIFTED in frame.columns:
        _shifted(dataset, frame, findings)
    checked = pl.DataFrame(values) if values else pl.DataFrame({"village_id": [None] * frame.height})
    checked = rows.check(dataset, frame, checked, context, findings)
    found = findings.frame()
    errors = found.filter(pl.col("severity") == Severity.ERROR.value)["index"].unique()
    waiting = (
        pl.Series("is_waiting", [False]).new_from_index(0, frame.height)
        if frame.height
        else pl.Series([], dtype=pl.Boolean)
    )
    if errors.len():
        waiting = waiting.scatter(errors, True)
    return Verdict(values=checked, findings=found, is_waiting=waiting)


def _is_place(dataset: Dataset, column: Column) -> bool:
    return dataset.place is not None and column.key in dataset.place.keys


def _shifted(dataset: Dataset, frame: pl.DataFrame, findings: Findings) -> None:
    column = next(column for column in dataset.columns if column.key in frame.columns)
    findings.add(
        column,
        pl.Series([None], dtype=pl.String).new_from_index(0, frame.height),
        frame[SHIFTED],
        rule="row.shifted",
        severity=Severity.ERROR,
        message="Baris ini berisi lebih banyak sel daripada judul kolom, sehingga isinya bergeser. Beri tanda petik ganda pada "
        "nilai yang memuat pemisah kolom, misalnya “1,500,000”, atau simpan ulang sebagai .xlsx.",
    )


def _units(
    dataset: Dataset, frame: pl.DataFrame, values: dict[str, pl.Series], context: Context, findings: Findings
) -> None:
    """The column `unit` completed by what stands behind the figures or in their header."""
    for column in dataset.columns:
        if column.measure != "quantity" or column.key not in frame.columns:
            continue
        written = values.get("unit", pl.Series([None], dtype=pl.String).new_from_index(0, frame.height))
        header = context.header(column.key)
        values["unit"] = measures.units(column, frame[column.key], written, header=header, findings=findings)


def _bounds(column: Column, raw: pl.Series, value: pl.Series, findings: Findings) -> None:
    """Declared limits of a number, inclusive."""
    if column.kind not in {Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.MONEY}:
        return
    number = value.cast(pl.Float64, strict=False)
    low = column.minimum if column.minimum is not None else float("-inf")
    high = column.maximum if column.maximum is not None else float("inf")
    outside = ((number < low) | (number > high)).fill_null(value=False)
    findings.add(
        column,
        raw,
        outside,
        rule=f"{column.key}.range",
        severity=Severity.ERROR,
        message=pl.format(
            "{} “{}” di luar batas {} sampai {}. Periksa angka dan satuannya.",
            pl.lit(column.label),
            pl.lit("****") if column.is_personal else pl.col("value"),
            pl.lit(_shown(low)),
            pl.lit(_shown(high)),
        ),
    )


def _shown(bound: float) -> str:
    return f"{bound:,.0f}".replace(",", ".") if abs(bound) != float("inf") else "tak terbatas"
