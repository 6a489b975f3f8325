"""Numbers, money, dates and times in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lontar.ui import formats

NOW = datetime(2025, 11, 27, 6, 5, tzinfo=UTC)


def test_numbers_are_written_as_indonesians_write_them() -> None:
    with translation.override("id"):
        assert formats.number(168_002) == "168.002"
        assert formats.number(1283.5) == "1.283,5"
        assert formats.number(Decimal("0.005"), 2) == "0,01"
        assert formats.number(-3, 1) == "−3,0"
        assert formats.number(None) == "–"
        assert formats.number(float("nan")) == "–"
        assert formats.number(Decimal("-0.001"), 2) == "0,00"


def test_numbers_follow_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert formats.number(168_002) == "168,002"
        assert formats.percent(0.0303) == "3.03%"
        assert formats.long_date(date(2025, 11, 27)) == "27 November 2025"
    with translation.override("id"):
        assert formats.percent(0.0303) == "3,03\u00a0%"
        assert formats.short_date(date(2025, 8, 1)) == "1 Agu 2025"


def test_money_is_rupiah_and_a_float_is_refused() -> None:
    with translation.override("id"):
        assert formats.rupiah(1_250_000) == "Rp1.250.000"
        assert formats.rupiah(Decimal("-12.5")) == "−Rp12,50"
        assert formats.rupiah_short(Decimal(1_250_000_000)) == "Rp1,25\u00a0miliar"
        assert formats.rupiah_short(999_999) == "Rp999.999"
        assert formats.rupiah(None) == "–"
    with pytest.raises(TypeError, match="not float"):
        formats.rupiah(1.5)  # type: ignore[arg-type]  # the refusal is what is tested
    with pytest.raises(TypeError, match="not bool"):
        formats.rupiah(True)


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_whole_numbers_keep_every_digit(value: int) -> None:
    with translation.override("id"):
        assert int(formats.number(value).replace(".", "").replace("−", "-")) == value


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_money_keeps_every_cent(value: Decimal) -> None:
    with translation.override("id"):
        text = formats.rupiah(value).replace("Rp", "").replace(".", "").replace(",", ".").replace("−", "-")
    assert Decimal(text) == value


def test_an_instant_is_shown_in_wita_and_a_naive_one_is_refused() -> None:
    with translation.override("id"):
        assert formats.clock(NOW) == "14.05\u00a0WITA"
        assert formats.moment(NOW) == "27 November 2025 pukul 14.05\u00a0WITA"
        assert formats.long_date(datetime(2025, 11, 27, 17, 0, tzinfo=UTC)) == "28 November 2025"
    with pytest.raises(ValueError, match="without a time zone"):
        formats.clock(datetime(2025, 11, 27))


def test_times_past_are_said_in_words_until_they_are_a_date() -> None:
    with translation.override("id"):
        assert formats.ago(NOW - timedelta(seconds=5), now=NOW) == "baru saja"
        assert formats.ago(NOW - timedelta(days=3), now=NOW) == "3 hari yang lalu"
        assert formats.ago(NOW - timedelta(days=40), now=NOW) == "18 Oktober 2025"
        assert formats.duration(190) == "3 menit"


def test_sizes_shares_and_changes_carry_their_unit_and_sign() -> None:
    with translation.override("id"):
        assert formats.size(812) == "812\u00a0byte"
        assert formats.size(60_000_000) == "60,0\u00a0MB"
        assert formats.share(44, 3442) == "44 dari 3.442 (1,3\u00a0%)"
        assert formats.share(0, 0) == "0"
        assert formats.change(12) == "+12"
        assert formats.change(-3.5) == "−3,5"
        assert formats.change(0) == "0"


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ([], ""),
        ([5], "Mei"),
        ([5, 6, 7], "Mei–Juli"),
        ([3, 4, 9, 10, 11, 12], "Maret–April, September–Desember"),
        ([1, 2, 11, 12], "November–Februari"),
        ([1, 12], "Desember–Januari"),
        ([1, 2, 6, 12], "Juni, Desember–Februari"),
        (range(1, 13), "sepanjang tahun"),
        ([7, 7, 7], "Juli"),
    ],
)
def test_months_are_said_in_runs_that_may_pass_the_new_year(months: list[int], said: str) -> None:
    assert formats.months(months) == said


@given(st.sets(st.integers(1, 12), min_size=1, max_size=11))
def test_the_months_said_are_the_months_meant(months: set[int]) -> None:
    names = list(formats.month_names())
    read: set[int] = set()
    for run in formats.months(months).split(", "):
        first, _dash, last = run.partition("–")
        place, end = names.index(first), names.index(last or first)
        read |= {(place + step) % 12 + 1 for step in range((end - place) % 12 + 1)}

    assert read == months
