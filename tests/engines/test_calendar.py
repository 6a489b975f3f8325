"""Days, years and months as lists really write them; what has two meanings or none goes back."""

from __future__ import annotations

import pytest

from lontar.engines.calendar import check_date, check_months, check_year


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("27/11/2025", "2025-11-27"),
        ("27-11-2025 00:00:00", "2025-11-27"),
        ("2025-11-27T10:00:00Z", "2025-11-27"),
        ("27 . 11 . 2025", "2025-11-27"),
        ("27 Nop 25", "2025-11-27"),
        ("27-Nov-2025", "2025-11-27"),
        ("12-Mei-89", "1989-05-12"),
        ("Senin, 27 November 2025", "2025-11-27"),
        ("Kupang, 12-05-1980", "1980-05-12"),
        ("tgl. 5 Mei 2020", "2020-05-05"),
    ],
)
def test_a_day_is_read_however_it_is_written(written: str, day: str) -> None:
    assert check_date(written).value == day


@pytest.mark.parametrize("written", ["November 2025", "5/6/7", "20251127", "1 2 3", "minggu depan"])
def test_what_is_no_day_goes_back(written: str) -> None:
    assert check_date(written).rule == "date.unreadable"


@pytest.mark.parametrize("written", ["Seumur hidup", "SELAMANYA", "Selama menjalankan kegiatan usaha"])
def test_a_licence_without_an_end_has_no_date(written: str) -> None:
    found = check_date(written)

    assert (found.value, found.rule) == (None, "blank")


@pytest.mark.parametrize("written", ["2018", "Thn 2018", "sejak 2018", "th. 2018", "±2018", "Soe, 5 Juni 2018"])
def test_a_year_is_read_through_the_words_before_it(written: str) -> None:
    assert check_year(written, label="Tahun", low=1900, high=2030).value == "2018"


@pytest.mark.parametrize("written", ["85", "1985/1986", "15 tahun", "2"])
def test_what_is_no_year_goes_back(written: str) -> None:
    assert check_year(written, label="Tahun", low=1900, high=2030).rule == "year.unreadable"


@pytest.mark.parametrize(
    "written",
    [
        "Mei, Juni dan Juli.",
        "Bulan Mei - Juli",
        "Mei s.d. Jul.",
        "Mei sampai dengan Juli",
        "Bln 5 s/d 7",
        "Musim panen Mei-Juli",
    ],
)
def test_months_are_read_through_the_words_around_them(written: str) -> None:
    assert check_months(written).value == "5,6,7"


@pytest.mark.parametrize("written", ["2025-05-09", "5.6", "13", "Musim hujan"])
def test_what_is_no_month_goes_back(written: str) -> None:
    assert check_months(written).rule == "months.unreadable"
