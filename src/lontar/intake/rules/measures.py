"""Figures whose unit stands in the cell ("1,5 ton"), in a column, or in the header ("Produksi (kg)", "Omzet (juta Rp)").

What is beyond doubt is read: areas become hectares, amounts rupiah, a unit in the cell or header fills an empty unit column.
Where two places name different units the row waits. How figures and unit words are read is `engines.money` and
`engines.measures`.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from lontar.engines import measures, money
from lontar.engines.measures import HeaderMeasure
from lontar.engines.money import NumberColumnCheck
from lontar.intake.datasets import Column
from lontar.intake.rules.findings import Findings
from lontar.intake.states import Severity

_WITH_UNIT = r"^(.*?[0-9])\s*([\p{L}%][\p{L}0-9² .]*)$"
_BARE_AMOUNT = r"^(?i:rp\.?\s*)?([0-9][0-9., ]*?)(?:\s*,?-+)?$"
_NUMERIC = r"^[0-9]+(?:\.[0-9]+)?$"
_SCALE_WORDS = {1_000: "ribu", 1_000_000: "juta", 1_000_000_000: "miliar"}
_IMPLAUSIBLE = (
    50_000_000_000  # an enterprise above is beyond UMKM (PP 7/2021): its cell was hardly written in the header's unit
)


def split(raw: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The cells without the known unit behind their figure, and that unit in its one spelling (null: none)."""
    parts = pl.DataFrame({"raw": raw.cast(pl.String).str.strip_chars()}).select(
        "raw", figure=pl.col("raw").str.extract(_WITH_UNIT, 1), word=pl.col("raw").str.extract(_WITH_UNIT, 2)
    )
    known = {word: measures.unit_of(word) for word in parts["word"].drop_nulls().unique().to_list()}
    unit = parts["word"].replace_strict(known, default=None, return_dtype=pl.String)
    return parts["raw"].zip_with(unit.is_null(), parts["figure"]), unit


def check_area(column: Column, raw: pl.Series, numeric: pl.Series, header: HeaderMeasure) -> NumberColumnCheck:
    """Areas in hectares: a unit in the cell counts before the header's; other units of area are converted and flagged."""
    figures, unit = split(raw)
    is_area = unit.is_in(list(measures.HECTARES)).fill_null(value=False)
    figures = raw.cast(pl.String).zip_with(~is_area, figures)
    check = money.decimal_column(figures, was_number=numeric, convention=money.detect_convention(figures))
    announced = header.units[0] if len(header.units) == 1 and header.units[0] in measures.HECTARES else "ha"
    unit = unit.zip_with(is_area, pl.Series([announced]).new_from_index(0, raw.len()))
    if not (unit != "ha").any():
        return check
    factor = unit.replace_strict(
        {name: str(factor) for name, factor in measures.HECTARES.items()}, return_dtype=pl.String
    )
    frame = pl.DataFrame({"value": check.value, "factor": factor.cast(pl.Decimal(12, 4)), "unit": unit})
    value = frame.select((pl.col("value") * pl.col("factor")).cast(check.value.dtype)).to_series()
    converted = is_area & (unit != "ha") & check.value.is_not_null() & (check.severity.cast(pl.String) == "ok")
    told = frame.select(
        pl.format(
            "{} ditulis dalam {}; dicatat sebagai {} hektare.", pl.lit(column.label), "unit", value.cast(pl.Float64)
        )
    ).to_series()
    return NumberColumnCheck(
        value=value,
        severity=pl.Series(["warning"])
        .new_from_index(0, raw.len())
        .cast(check.severity.dtype)
        .zip_with(converted, check.severity),
        rule=pl.Series([f"{column.key}.converted"]).new_from_index(0, raw.len()).zip_with(converted, check.rule),
        message=told.zip_with(converted, check.message),
    )


def check_quantity(raw: pl.Series, numeric: pl.Series) -> NumberColumnCheck:
    """A quantity of which the unit may stand in the cell; which unit it is decides `units`."""
    figures, _ = split(raw)
    return money.decimal_column(figures, was_number=numeric, convention=money.detect_convention(figures))


def check_percent(column: Column, raw: pl.Series, numeric: pl.Series) -> NumberColumnCheck:
    """Per cents with or without the sign; a bare figure between 0 and 1 can be a share as well, and is asked about."""
    figures, unit = split(raw)
    marked = (unit == "%").fill_null(value=False)
    figures = raw.cast(pl.String).zip_with(~marked, figures)
    check = money.decimal_column(figures, was_number=numeric, convention=money.detect_convention(figures))
    doubtful = ((check.value > 0) & (check.value < 1) & ~marked).fill_null(value=False)
    if not doubtful.any():
        return check
    height = raw.len()
    message = pl.DataFrame({"raw": raw.cast(pl.String)}).select(
        pl.format(
            "{} “{}” dapat berarti bagian (0,8 = 80%) atau persen. Tulis dengan tanda persen, misalnya 80%.",
            pl.lit(column.label),
            pl.col("raw").str.head(20),
        )
    )
    return NumberColumnCheck(
        value=check.value.set(doubtful, None),
        severity=pl.Series(["error"])
        .new_from_index(0, height)
        .cast(check.severity.dtype)
        .zip_with(doubtful, check.severity),
        rule=pl.Series([f"{column.key}.share"]).new_from_index(0, height).zip_with(doubtful, check.rule),
        message=message.to_series().zip_with(doubtful, check.message),
    )


def check_scaled(
    raw: pl.Series, numeric: pl.Series, scale: int, check: Callable[..., NumberColumnCheck]
) -> NumberColumnCheck:
    """Amounts under a header that announces thousands or millions: figures without a word of their own are multiplied."""
    frame = pl.DataFrame({"raw": raw.cast(pl.String).str.strip_chars(), "number": numeric})
    stored = pl.col("number") & pl.col("raw").str.contains(_NUMERIC)
    whole = pl.col("raw").cast(pl.Decimal(30, 6), strict=False) * scale
    bare = pl.col("raw").str.extract(_BARE_AMOUNT, 1)
    frame = frame.with_columns(
        text=pl.when(stored)
        .then(whole.cast(pl.String))
        .when(bare.is_not_null() & ~pl.col("number"))
        .then(bare.str.strip_chars(" ,.") + f" {_SCALE_WORDS[scale]}")
        .otherwise("raw"),
    )
    return check(frame["text"], was_number=numeric)


def note_scale(column: Column, raw: pl.Series, value: pl.Series, *, scale: int, findings: Findings) -> None:
    """Say once that a column was multiplied, and ask about cells that were hardly written in the header's unit."""
    word = _SCALE_WORDS[scale]
    bare = raw.cast(pl.String).str.contains(_BARE_AMOUNT).fill_null(value=False)
    amount = value.cast(pl.Float64)
    first = (bare & amount.is_not_null()).arg_true().head(1)
    findings.add(
        column,
        raw,
        pl.Series([False]).new_from_index(0, raw.len()).scatter(first, values=True) if raw.len() else bare,
        rule="header.scale",
        severity=Severity.WARNING,
        message=f"Judul kolom menyebut {word} rupiah; angka di seluruh kolom ini dibaca dalam {word} rupiah.",
    )
    findings.add(
        column,
        raw,
        (bare & (amount > _IMPLAUSIBLE)).fill_null(value=False),
        rule="header.scale_doubt",
        severity=Severity.ERROR,
        message=f"Judul kolom menyebut {word} rupiah, padahal angka ini tampak sudah rupiah penuh. "
        "Tulis satuannya di sel, misalnya “48 juta”, atau perbaiki judul kolomnya.",
    )


def units(
    quantity: Column, raw: pl.Series, written: pl.Series, *, header: HeaderMeasure, findings: Findings
) -> pl.Series:
    """The unit of each row, in one spelling: from the cell, else the unit column (`written`), else the header.

    Rows wait whose cell and unit column differ, or whose header names several units and nothing else tells.
    """
    _, cell = split(raw)
    known = {word: measures.unit_of(word) or word for word in written.drop_nulls().unique().to_list()}
    told = written.replace_strict(known, default=None, return_dtype=pl.String)
    has_figure = raw.is_not_null() & raw.cast(pl.String).str.contains("[0-9]")
    findings.add(
        quantity,
        raw,
        (has_figure & (cell != told)).fill_null(value=False),
        rule="unit.differs",
        severity=Severity.ERROR,
        message="Satuan di belakang angka berbeda dari kolom Satuan. Samakan keduanya.",
    )
    if len(header.units) > 1:
        findings.add(
            quantity,
            raw,
            (has_figure & cell.is_null() & told.is_null()).fill_null(value=False),
            rule="unit.header",
            severity=Severity.ERROR,
            message=f"Judul kolom menyebut lebih dari satu satuan ({', '.join(header.units)}). "
            "Isi kolom Satuan, atau tulis satuannya di belakang angka.",
        )
    announced = pl.Series([header.units[0] if len(header.units) == 1 else None], dtype=pl.String)
    announced = announced.new_from_index(0, raw.len()) if raw.len() else announced.head(0)
    own = cell.zip_with(cell.is_not_null(), told)
    findings.add(
        quantity,
        raw,
        (has_figure & (own != announced)).fill_null(value=False),
        rule="unit.other",
        severity=Severity.WARNING,
        message="Satuan baris ini berbeda dari satuan pada judul kolom; dipakai satuan barisnya. Mohon diperiksa.",
    )
    return own.zip_with(own.is_not_null() | ~has_figure.fill_null(value=False), announced)
