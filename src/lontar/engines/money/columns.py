"""Reading whole columns of figures: vector expressions for what is plain, the scalar check for the rest.

Also guesses, from the unmistakable cells of a column, which marks its writer uses, so that `12.500` beside
`1.250.000,00` is no longer in doubt. The rules and words are those of the scalar checks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import polars as pl

from lontar.engines.identifiers.checked import Checked
from lontar.engines.identifiers.columns import NUMBER, TEXT, FastPath, check_column
from lontar.engines.money.amounts import AMOUNT_LIMIT, check_amount
from lontar.engines.money.counts import COUNT_LIMIT, MEASURE_LIMIT, PEOPLE, check_count, check_decimal
from lontar.engines.money.figures import Convention
from lontar.engines.money.verdicts import CheckedNumber

AMOUNT_TYPE = pl.Decimal(20, 2)
MEASURE_TYPE = pl.Decimal(24, 6)
_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class NumberColumnCheck:
    """The verdicts on a column of figures, all series as long as it.

    `value` is Decimal(20, 2) for amounts, Int64 for counts, Decimal(24, 6) for measures, null when blank or refused;
    the rest as in `ColumnCheck`.
    """

    value: pl.Series
    severity: pl.Series
    rule: pl.Series
    message: pl.Series


def amount_column(
    series: pl.Series,
    *,
    was_number: pl.Series | None = None,
    convention: Convention = Convention.UNKNOWN,
    maximum: Decimal = AMOUNT_LIMIT,
) -> NumberColumnCheck:
    """Read a column of amounts; see `check_amount`. A numeric column counts as numeric cells."""
    scalar = partial(check_amount, convention=convention, maximum=maximum)
    fast = _amount_fast_path(convention=convention, maximum=maximum)
    return _check(series, was_number=was_number, fast=fast, scalar=scalar, dtype=AMOUNT_TYPE)


def _amount_fast_path(*, convention: Convention, maximum: Decimal) -> FastPath:
    bare = TEXT.str.replace(r"^[Rr][Pp]\.? ?", "")
    with_currency = bare.str.len_bytes() != TEXT.str.len_bytes()
    digits = bare.str.contains(r"^[0-9]{1,15}$")
    grouped = bare.str.contains(r"^[0-9]{1,3}(?:\.[0-9]{3}){2,4}(?:,[0-9]{2}|,-)?$")
    one_group = bare.str.contains(r"^[1-9][0-9]{0,2}\.[0-9]{3}(?:,[0-9]{2}|,-)?$")
    sure = with_currency | bare.str.contains(r"\.000(?:,-)?$|,[0-9]{2}$")
    if convention is Convention.INDONESIAN:
        sure = pl.lit(value=True)
    if convention is Convention.ENGLISH:
        sure = bare.str.contains(r",[0-9]{2}$")
    indonesian = (grouped | (one_group & sure)) & ~NUMBER
    sen = bare.str.contains(r"^[0-9]{4,15}\.[0-9]{1,2}$")
    value = (
        pl.when(sen)
        .then(bare)
        .otherwise(
            bare.str.replace(",-", "", literal=True).str.replace_all(".", "", literal=True).str.replace(",", ".")
        )
    )
    number = value.cast(AMOUNT_TYPE, strict=False)
    fits = (number <= pl.lit(maximum, dtype=AMOUNT_TYPE)) & (~sen | (number >= 1000))
    return FastPath(accepts=(digits | indonesian | sen) & fits, value=value)


def count_column(
    series: pl.Series,
    *,
    was_number: pl.Series | None = None,
    units: Collection[str] = PEOPLE,
    maximum: int = COUNT_LIMIT,
) -> NumberColumnCheck:
    """Read a column of counts; see `check_count`."""
    scalar = partial(check_count, units=units, maximum=maximum)
    figure = (
        TEXT.str.extract(r"^([0-9]{1,10})(?: orang)?$") if "orang" in units else TEXT.str.extract("^([0-9]{1,10})$")
    )
    accepts = figure.is_not_null() & (figure.cast(pl.Int64, strict=False) <= maximum)
    return _check(
        series, was_number=was_number, fast=FastPath(accepts=accepts, value=figure), scalar=scalar, dtype=pl.Int64()
    )


def decimal_column(
    series: pl.Series,
    *,
    was_number: pl.Series | None = None,
    units: Collection[str] = (),
    convention: Convention = Convention.UNKNOWN,
    maximum: Decimal = MEASURE_LIMIT,
) -> NumberColumnCheck:
    """Read a column of measures; see `check_decimal`. Values keep six places, rounded half up."""
    scalar = partial(check_decimal, units=units, convention=convention, maximum=maximum)
    shape = TEXT.str.contains(r"^[0-9]{1,11}$|^[0-9]{1,11}[.,](?:[0-9]{1,2}|[0-9]{4,6})$")
    shape = shape | (NUMBER & TEXT.str.contains(r"^[0-9]{1,11}\.[0-9]{1,6}$"))
    value = TEXT.str.replace(",", ".", literal=True)
    accepts = shape & (value.cast(MEASURE_TYPE, strict=False) <= pl.lit(maximum, dtype=MEASURE_TYPE))
    return _check(
        series, was_number=was_number, fast=FastPath(accepts=accepts, value=value), scalar=scalar, dtype=MEASURE_TYPE
    )


def _check(
    series: pl.Series,
    *,
    was_number: pl.Series | None,
    fast: FastPath,
    scalar: Callable[..., CheckedNumber[Decimal]] | Callable[..., CheckedNumber[int]],
    dtype: pl.DataType,
) -> NumberColumnCheck:
    def as_text(raw: str, *, was_number: bool) -> Checked:
        verdict = scalar(raw, was_number=was_number)
        value = None if verdict.value is None else _text_of(verdict.value)
        return Checked(raw=raw, value=value, severity=verdict.severity, rule=verdict.rule, message=verdict.message)

    checked = check_column(series, was_number=was_number, fast=fast, scalar=as_text)
    return NumberColumnCheck(
        value=checked.value.cast(dtype), severity=checked.severity, rule=checked.rule, message=checked.message
    )


def _text_of(value: Decimal | int) -> str:
    """Return the digits of a value; no more than the six places that a measure keeps."""
    number = Decimal(value)
    if number != number.to_integral_value():
        number = number.quantize(_PLACES, rounding=ROUND_HALF_UP)
    return f"{number:f}" if isinstance(value, Decimal) else str(value)


def detect_convention(series: pl.Series) -> Convention:
    """Return the convention that the unmistakable cells of a text column agree on; UNKNOWN if none or both appear."""
    text = pl.col("text").str.strip_chars().str.replace(r"^(?i:rp|idr)\.?\s*", "")
    frame = pl.DataFrame({"text": series.cast(pl.String)}).select(
        indonesian=text.str.contains(r"^[0-9]{1,3}(?:\.[0-9]{3})+,(?:[0-9]+|-)$|^[0-9]{1,3}(?:\.[0-9]{3}){2,}$").any(),
        english=text.str.contains(r"^[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+$|^[0-9]{1,3}(?:,[0-9]{3}){2,}$").any(),
    )
    indonesian, english = frame.row(0)
    if indonesian == english:
        return Convention.UNKNOWN
    return Convention.INDONESIAN if indonesian else Convention.ENGLISH
