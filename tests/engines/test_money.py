"""Rupiah, counts and measures as workbooks carry them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import NamedTuple

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lontar.engines.money import (
    CheckedNumber,
    Convention,
    NumberColumnCheck,
    RupiahError,
    amount_column,
    check_amount,
    check_count,
    check_decimal,
    count_column,
    decimal_column,
    detect_convention,
    format_number,
    format_rupiah,
    format_rupiah_short,
    round_rupiah,
    rupiah,
)


def test_rupiah_is_exact_and_never_a_float() -> None:
    assert rupiah(1_250_000) == Decimal("1250000.00")
    assert str(rupiah("1250000.5")) == "1250000.50"
    assert rupiah(Decimal("-0.01")) == Decimal("-0.01")
    for value in (1.5, 1250000.0, True):
        with pytest.raises(TypeError):
            rupiah(value)  # type: ignore[arg-type]  # the point of the test
    for text in ("1.250.000", "Rp1", "1e6", "", "1250000.005", "NaN"):
        with pytest.raises(RupiahError):
            rupiah(text)
    for number in (Decimal("NaN"), Decimal("Infinity"), Decimal("1.005"), Decimal(10) ** 18):
        with pytest.raises(RupiahError):
            rupiah(number)


def test_rounding_is_half_up_and_asked_for() -> None:
    assert round_rupiah(Decimal("2.5")) == Decimal(3)
    assert round_rupiah(Decimal("1.005"), places=2) == Decimal("1.01")
    assert round_rupiah(Decimal("-2.5")) == Decimal(-3)
    with pytest.raises(RupiahError):
        round_rupiah(Decimal(1), places=3)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Rp 1.250.000,-", "1250000.00"),
        ("Rp. 1.250.000,00", "1250000.00"),
        ("IDR 1,250,000.00", "1250000.00"),
        ("1.250.000 rupiah", "1250000.00"),
        ("1.250.000 (satu juta dua ratus lima puluh ribu rupiah)", "1250000.00"),
        ("1 250 000", "1250000.00"),
        ("1,5 juta", "1500000.00"),
        ("1.5 jt", "1500000.00"),
        ("2 jt", "2000000.00"),
        ("500rb", "500000.00"),
        ("500k", "500000.00"),
        ("1 juta 250 ribu", "1250000.00"),
        ("1,25 miliar", "1250000000.00"),
        ("1.250.000,50", "1250000.50"),
        ("1250000.00", "1250000.00"),
        ("250.000", "250000.00"),
        ("Rp12.500", "12500.00"),
        ("0", "0.00"),
    ],
)
def test_an_amount_is_read_however_it_is_written(written: str, value: str) -> None:
    checked = check_amount(written)

    assert (str(checked.value), checked.severity, checked.rule) == (value, "ok", "ok")


@pytest.mark.parametrize(
    ("written", "value", "rule"),
    [
        ("1.250", "1250.00", "amount.ambiguous"),
        ("12.500", "12500.00", "amount.ambiguous"),
        ("1,250", "1250.00", "amount.ambiguous"),
        ("250,000", "250000.00", "amount.ambiguous"),
        ("1.250 juta", "1250000000.00", "amount.ambiguous"),
        ("1,250 juta", "1250000.00", "amount.ambiguous"),
        ("12.5", "12.50", "amount.unit_missing"),
        ("1,25", "1.25", "amount.unit_missing"),
        ("2 M", "2000000000.00", "amount.billion"),
        ("± 500.000", "500000.00", "amount.approximate"),
        ("2 jutaan", "2000000.00", "amount.approximate"),
        ("1.234.567,891", "1234567.89", "amount.rounded"),
    ],
)
def test_a_doubtful_amount_is_taken_and_flagged(written: str, value: str, rule: str) -> None:
    checked = check_amount(written)

    assert (str(checked.value), checked.severity, checked.rule) == (value, "warning", rule)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("-5000", "amount.negative"),
        ("(1.250.000)", "amount.negative"),
        ("-Rp5.000", "amount.negative"),
        ("1-2 juta", "amount.range"),
        ("500.000 s/d 1.000.000", "amount.range"),
        (">1 juta", "amount.bound"),
        ("kurang dari 300 juta", "amount.bound"),
        ("1 juta/bulan", "amount.per"),
        ("Rp500.000 per hari", "amount.per"),
        ("1,25E+09", "amount.scientific"),
        ("$500", "amount.currency"),
        ("2026-03-02 00:00:00", "amount.date"),
        ("1.25.000", "amount.text"),
        ("dua juta", "amount.text"),
        ("5 juta 2 juta", "amount.text"),
        ("9999999999999999", "amount.too_large"),
    ],
)
def test_an_unreadable_amount_is_sent_back_with_its_rule(written: str, rule: str) -> None:
    checked = check_amount(written)

    assert (checked.value, checked.severity, checked.rule) == (None, "error", rule)
    assert written not in checked.message


@pytest.mark.parametrize("written", ["", "-", "Rp -", "Rp", "tidak ada", "nihil"])
def test_a_cell_without_an_amount_is_blank_but_zero_is_a_figure(written: str) -> None:
    assert (check_amount(written).value, check_amount(written).rule) == (None, "blank")


@pytest.mark.parametrize(
    ("written", "value", "rule"),
    [
        ("1250000.0", "1250000.00", "ok"),
        ("1.25E+9", "1250000000.00", "ok"),
        ("1250000.1000000001", "1250000.10", "ok"),
        ("1234567.891", "1234567.89", "amount.rounded"),
        ("12.5", "12.50", "amount.unit_missing"),  # "12.500" typed into an English Excel
        ("-3.0", "None", "amount.negative"),
    ],
)
def test_a_number_cell_always_uses_a_decimal_point(written: str, value: str, rule: str) -> None:
    checked = check_amount(written, was_number=True)

    assert (str(checked.value), checked.rule) == (value, rule)


def test_a_known_convention_settles_the_doubt() -> None:
    assert check_amount("12.500", convention=Convention.INDONESIAN).rule == "ok"
    assert check_amount("12.500", convention=Convention.INDONESIAN).value == Decimal(12500)
    assert check_amount("12,500", convention=Convention.ENGLISH).value == Decimal(12500)
    assert check_amount("12.500", convention=Convention.ENGLISH).value == Decimal("12.50")


def test_a_column_tells_its_convention_by_its_unmistakable_cells() -> None:
    assert detect_convention(pl.Series(["12.500", "Rp 1.250.000", None])) is Convention.INDONESIAN
    assert detect_convention(pl.Series(["12,500", "1,250,000"])) is Convention.ENGLISH
    assert detect_convention(pl.Series(["1,250.50"])) is Convention.ENGLISH
    assert detect_convention(pl.Series(["1.250,-"])) is Convention.INDONESIAN
    assert detect_convention(pl.Series(["1.250.000", "1,250,000"])) is Convention.UNKNOWN
    assert detect_convention(pl.Series(["12.500", "1250000"])) is Convention.UNKNOWN
    assert detect_convention(pl.Series([], dtype=pl.String)) is Convention.UNKNOWN


@pytest.mark.parametrize(
    ("written", "value", "rule"),
    [
        ("3 orang", 3, "ok"),
        ("tiga orang", 3, "ok"),
        ("3 (tiga) orang", 3, "ok"),
        ("dua belas org.", 12, "ok"),
        ("1.250", 1250, "ok"),
        ("3.0", 3, "ok"),
        ("0", 0, "ok"),
        ("±5", 5, "count.approximate"),
        ("2-3", None, "count.range"),
        ("2 s.d. 3 orang", None, "count.range"),
        ("2,5", None, "count.fraction"),
        ("-1", None, "count.negative"),
        ("3 orang/hari", None, "count.per"),
        ("5 kg", None, "count.unit"),
        ("L=2, P=3", None, "count.text"),
        ("2026-03-02 00:00:00", None, "count.date"),
        ("4,6E+04", None, "count.scientific"),
        ("minimal 3", None, "count.bound"),
        ("tidak ada", None, "blank"),
    ],
)
def test_a_count_is_one_whole_number(written: str, value: int | None, rule: str) -> None:
    checked = check_count(written)

    assert (checked.value, checked.rule) == (value, rule)


def test_a_range_that_excel_made_a_date_is_caught_by_the_greatest_plausible_count() -> None:
    checked = check_count("46083.0", was_number=True, maximum=5000)

    assert (checked.value, checked.rule) == (None, "count.too_large")
    assert "2-3" in checked.message


@pytest.mark.parametrize(
    ("written", "value", "rule"),
    [
        ("2,5 ha", "2.5", "ok"),
        ("2.5", "2.5", "ok"),
        ("1.234,5", "1234.5", "ok"),
        ("0,125", "0.125", "ok"),
        ("1.250", "1250", "decimal.ambiguous"),
        ("1,250", "1.250", "decimal.ambiguous"),
        ("12 kg", "None", "decimal.unit"),
        ("1 1/2", "None", "decimal.text"),
        ("-2", "None", "decimal.negative"),
    ],
)
def test_a_measure_takes_the_decimal_comma(written: str, value: str, rule: str) -> None:
    checked = check_decimal(written, units={"ha"})

    assert (str(checked.value), checked.rule) == (value, rule)


def test_no_representation_shows_a_figure() -> None:
    assert "1250000" not in repr(check_amount("Rp 1.250.000"))


def test_figures_are_written_the_indonesian_way() -> None:
    assert format_number(168_002) == "168.002"
    assert format_number(Decimal("3.030")) == "3,03"
    assert format_number(Decimal("3.035"), places=2) == "3,04"
    assert format_number(-1500) == "−1.500"
    assert format_rupiah(1_250_000) == "Rp1.250.000"
    assert format_rupiah(Decimal("1250000.50")) == "Rp1.250.000,50"
    assert format_rupiah(Decimal("-5.00")) == "−Rp5"
    with pytest.raises(TypeError):
        format_rupiah(1.5)  # type: ignore[arg-type]  # the point of the test


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_250_000, "Rp1,25 juta"),
        (2_000_000_000, "Rp2 miliar"),
        (12_760_000_000, "Rp12,76 miliar"),
        (999_999_999, "Rp1 miliar"),
        (999_999_999_999, "Rp1 triliun"),
        (59_000_000_000_000, "Rp59 triliun"),
        (995_000_000, "Rp995 juta"),
        (999_994_999, "Rp999,99 juta"),
        (999_999, "Rp999.999"),
        (950_000, "Rp950.000"),
        (0, "Rp0"),
        (-1_500_000, "−Rp1,5 juta"),
    ],
)
def test_the_short_form_carries_into_the_next_word(value: int, text: str) -> None:
    assert format_rupiah_short(value) == text


@given(st.decimals(0, 10**14, places=2))
def test_what_is_written_as_rupiah_is_read_back_the_same(value: Decimal) -> None:
    checked = check_amount(format_rupiah(value), convention=Convention.INDONESIAN)

    assert checked.value == value
    assert check_amount(str(value), was_number=True).value == value


class Case(NamedTuple):
    """A column check and its single twin."""

    column: Callable[..., NumberColumnCheck]
    single: Callable[..., CheckedNumber[Decimal] | CheckedNumber[int]]


CASES = {
    **{
        f"amount {convention.name}": Case(
            partial(amount_column, convention=convention, maximum=Decimal(2_000_000)),
            partial(check_amount, convention=convention, maximum=Decimal(2_000_000)),
        )
        for convention in Convention
    },
    "count": Case(partial(count_column, maximum=5000), partial(check_count, maximum=5000)),
    **{
        f"measure {convention.name}": Case(
            partial(decimal_column, convention=convention, units={"ha"}, maximum=Decimal(5000)),
            partial(check_decimal, convention=convention, units={"ha"}, maximum=Decimal(5000)),
        )
        for convention in Convention
    },
}

EDGES = [
    f"{lead}{figure}{tail}"
    for lead in ("", "Rp", "Rp. ", "rp ", " ", "-", "+", "±")
    for figure in (
        *("0", "1", "4999", "5000", "5001", "1250", "1250000", "2000000", "2000001", "999999999999999", "0012"),
        *("1.250", "12.500", "250.000", "0.125", "1.250.000", "2.000.001", "001.250.000", "1.25.000", "1250.000"),
        *("1,250", "1,250,000", "1,250.50", "1.250,50", "1.250.000,5", "1.250.000,50", "1.250.000,505"),
        *(
            "1.25",
            "1,5",
            "1250.5",
            "1250.50",
            "999.99",
            "0999.99",
            "1000.00",
            "0.1234565",
            "1.0000005",
            "2.5",
            "0.1234",
            "1250.1234567",
            "1250000.005",
        ),
        *("1e3", "1.25E+6", "5000.0", "5001.0", "2000000.0", "2-3", "nan", "x"),
    )
    for tail in ("", ",-", ",00", ".0", " orang", " ha", " juta", "rb")
]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("number", [False, True])
def test_a_column_says_of_every_edge_what_the_single_check_says(name: str, number: bool) -> None:
    checked = CASES[name].column(pl.Series(EDGES), was_number=pl.Series([number] * len(EDGES)))

    _assert_same(checked, [CASES[name].single(text, was_number=number) for text in EDGES])


@pytest.mark.parametrize("name", CASES)
@given(st.lists(st.tuples(st.text("0123456789., -RprpjtuaE+", max_size=14) | st.none(), st.booleans()), max_size=30))
@settings(max_examples=30, deadline=None)
def test_a_column_says_of_any_cell_what_the_single_check_says(name: str, cells: list[tuple[str | None, bool]]) -> None:
    texts = pl.Series([text for text, _ in cells], dtype=pl.String)
    numbers = pl.Series([number for _, number in cells], dtype=pl.Boolean)

    checked = CASES[name].column(texts, was_number=numbers)

    _assert_same(
        checked, [None if text is None else CASES[name].single(text, was_number=number) for text, number in cells]
    )


def _assert_same(checked: NumberColumnCheck, singles: list[CheckedNumber[Decimal] | CheckedNumber[int] | None]) -> None:
    values = [None if single is None else single.value for single in singles]
    places = Decimal("0.000001")
    assert [None if value is None else round(Decimal(value), 6) for value in checked.value] == [
        None if value is None else Decimal(value).quantize(places, rounding="ROUND_HALF_UP") for value in values
    ]
    told = [None if single is None or single.severity == "ok" else single for single in singles]
    assert checked.severity.to_list() == ["ok" if single is None else single.severity.value for single in told]
    assert checked.rule.to_list() == [None if single is None else single.rule for single in told]
    assert checked.message.to_list() == [None if single is None else single.message for single in told]


def test_a_column_of_floats_counts_as_number_cells() -> None:
    checked = amount_column(pl.Series([1250000.0, 12.5, None, -1.0]))

    assert checked.value.to_list() == [Decimal("1250000.00"), Decimal("12.50"), None, None]
    assert checked.rule.to_list() == [None, "amount.unit_missing", None, "amount.negative"]
    assert checked.value.dtype == pl.Decimal(20, 2)
    assert count_column(pl.Series([3.0, 2.5])).value.to_list() == [3, None]
