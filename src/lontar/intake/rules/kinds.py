"""How each kind of column is checked: the identifier and money engines, and the plain kinds (text, choice) here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from lontar.engines import calendar, identifiers, money
from lontar.engines.identifiers import Checked, ColumnCheck, KbliVersion
from lontar.engines.identifiers.checked import BLANK_WORDS, accepted, blank, is_blank, plain, quoted, refused
from lontar.engines.identifiers.columns import SEVERITIES, TEXT, FastPath, check_column
from lontar.engines.measures import HeaderMeasure
from lontar.intake.datasets import Column, Kind
from lontar.intake.rules import measures

_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
# Beyond ASCII also marks that no reader sees but that turn or hide text: soft hyphen, joiners, direction overrides.
_UNSEEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
_FAILED = r"^#(?:REF|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|GETTING_DATA|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN)[!?]?$|^Err:[0-9]{3}$"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the checks need to know from outside: the day, and which KBLI a list means when it does not say."""

    today: date
    kbli_version: KbliVersion = KbliVersion.V2020


_Identifier = Callable[[pl.Series, pl.Series, Settings], ColumnCheck]
_IDENTIFIERS: dict[Kind, _Identifier] = {
    Kind.NIK: lambda series, numeric, given: identifiers.nik_column(series, was_number=numeric, today=given.today),
    Kind.PHONE: lambda series, numeric, _given: identifiers.phone_column(series, was_number=numeric),
    Kind.NIB: lambda series, numeric, _given: identifiers.nib_column(series, was_number=numeric),
    Kind.NPWP: lambda series, numeric, given: identifiers.npwp_column(series, was_number=numeric, today=given.today),
    Kind.KBLI: lambda series, numeric, given: identifiers.kbli_column(
        series, version=given.kbli_version, was_number=numeric
    ),
    Kind.NPSN: lambda series, numeric, _given: identifiers.npsn_column(series, was_number=numeric),
    Kind.GTIN: lambda series, numeric, _given: identifiers.gtin_column(series, was_number=numeric),
}
_SILENT = HeaderMeasure()
_FIGURES = frozenset({Kind.MONEY, Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT})


def check_kind(
    column: Column, series: pl.Series, numeric: pl.Series, settings: Settings, header: HeaderMeasure = _SILENT
) -> ColumnCheck | money.NumberColumnCheck:
    """Check one column of text after its kind; a licence number is judged with its kind in `rows` instead."""
    if column.kind in _IDENTIFIERS:
        return _IDENTIFIERS[column.kind](series, numeric, settings)
    if column.kind in _FIGURES:
        return _figures(column, series, numeric, header)
    if column.kind in {Kind.YEAR, Kind.DATE, Kind.MONTHS}:
        return _calendar(column, series, numeric, settings)
    return choice_column(column, series) if column.kind is Kind.CHOICE else text_column(column, series)


def _figures(column: Column, series: pl.Series, numeric: pl.Series, header: HeaderMeasure) -> money.NumberColumnCheck:
    """A column of figures, read by the marks that its writer plainly uses elsewhere in the column."""
    if column.kind is Kind.INTEGER:
        return money.count_column(series, was_number=numeric)
    if column.kind is Kind.PERCENT:
        return measures.check_percent(column, series, numeric)
    if column.measure == "area":
        return measures.check_area(column, series, numeric, header)
    if column.measure == "quantity":
        return measures.check_quantity(series, numeric)
    convention = money.detect_convention(series)
    if column.kind is Kind.DECIMAL:
        return money.decimal_column(series, was_number=numeric, convention=convention)
    amounts = partial(money.amount_column, convention=convention)
    if header.scale > 1:
        return measures.check_scaled(series, numeric, header.scale, amounts)
    return amounts(series, was_number=numeric)


def _calendar(column: Column, series: pl.Series, numeric: pl.Series, settings: Settings) -> ColumnCheck:
    if column.kind is Kind.YEAR:
        low = int(column.minimum if column.minimum is not None else 1900)
        high = min(int(column.maximum or 9999), settings.today.year + 1)
        return calendar.year_column(series, label=column.label, low=low, high=high, was_number=numeric)
    if column.kind is Kind.DATE:
        return calendar.date_column(series, label=column.label, was_number=numeric)
    return calendar.months_column(series, label=column.label, was_number=numeric)


def text_column(column: Column, series: pl.Series) -> ColumnCheck:
    """Text: unseen characters out, spaces squeezed, blank words to null; too long a text and a failed formula are refused."""
    written = series.cast(pl.String)
    unseen = (
        _CONTROL if written.str.len_bytes().sum() == written.str.len_chars().sum() else _UNSEEN
    )  # most are plain ASCII
    text = written.str.replace_all(unseen, "").str.replace_all(r"\s+", " ").str.strip_chars()
    frame = pl.DataFrame({"text": text}).with_columns(
        value=pl.when(pl.col("text").str.to_lowercase().is_in(list(BLANK_WORDS))).then(None).otherwise(pl.col("text"))
    )
    long = pl.col("value").str.len_chars() > column.length
    message = pl.format(
        "{} terlalu panjang: {} huruf, paling banyak {}. Persingkat.",
        pl.lit(column.label),
        pl.col("value").str.len_chars(),
        pl.lit(column.length),
    )
    may_fail = text.str.starts_with("#").any() or text.str.starts_with("Err:").any()
    failed = pl.col("value").str.contains(_FAILED).fill_null(value=False) if may_fail else pl.lit(value=False)
    formula = pl.format(
        "{} berisi galat rumus {}. Perbaiki rumusnya di Excel, atau ketik isinya.",
        pl.lit(column.label),
        pl.col("value"),
    )
    frame = frame.with_columns(
        value=pl.when(~failed).then("value"),
        severity=pl.when(long | failed).then(pl.lit("error")).otherwise(pl.lit("ok")).cast(SEVERITIES),
        rule=pl.when(failed).then(pl.lit("text.formula")).when(long).then(pl.lit("text.length")),
        message=pl.when(failed).then(formula).when(long).then(message),
    )
    return ColumnCheck(value=frame["value"], severity=frame["severity"], rule=frame["rule"], message=frame["message"])


def choice_column(column: Column, series: pl.Series) -> ColumnCheck:
    """One of the declared choices, in any of the spellings that people use; case and punctuation do not matter."""
    known = spellings(column.choices)

    def scalar(raw: str, *, was_number: bool) -> Checked:
        text = plain(raw)
        if is_blank(text, words=BLANK_WORDS):
            return blank(raw)
        value = known.get(_bare(text))
        if value is not None:
            return accepted(raw, value)
        options = ", ".join(words[0] for words in column.choices.values())
        return refused(
            raw,
            rule=f"{column.key}.choice",
            message=f"{column.label} {quoted(raw)} tidak dikenal. Pilih salah satu: {options}.",
        )

    never = FastPath(accepts=pl.lit(value=False), value=TEXT)  # few distinct spellings: each is judged once
    return check_column(series, was_number=None, fast=never, scalar=scalar)


def spellings(choices: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Every accepted spelling, bare, to its stored value; the stored value itself is a spelling too."""
    known = {_bare(key): key for key in choices}
    for key, words in choices.items():
        for word in words:
            known[_bare(word)] = key
    return known


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
