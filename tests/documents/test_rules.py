"""How numbers are written, and which patterns are refused with what cure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.documents.rules import PatternUnclear, check_pattern, write_number


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("500.3.2/{urut}/DPMD/{tahun}", "500.3.2/12/DPMD/2026"),
        ("OVOP-BINTANG/{urut:5}/{tahun}", "OVOP-BINTANG/00012/2026"),
        ("{urut:3}/KEP/{wilayah}/{bulan}/{tahun}", "012/KEP/53.09/XI/2026"),
    ],
)
def test_a_number_is_written_after_its_pattern(pattern: str, written: str) -> None:
    assert write_number(pattern, sequence=12, day=date(2026, 11, 22), region_code="53.09") == written


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("KEP/{nomor}/{tahun}", r"Isian \{nomor\} tidak dikenal\. Yang dapat dipakai: \{urut\}"),
        ("KEP/{urut}", r"\{urut\} satu kali dan \{tahun\}"),
        ("KEP/{tahun}", r"\{urut\} satu kali"),
        ("{urut}/{urut}/{tahun}", r"\{urut\} satu kali"),
        ("<b>{urut}/{tahun}", "hanya memuat huruf"),
        ("{urut}/{tahun}/{0.__class__}", "hanya memuat huruf"),
        ("{urut!r}/{tahun}", "hanya memuat huruf"),
    ],
)
def test_a_pattern_that_cannot_number_is_refused_with_its_cure(pattern: str, said: str) -> None:
    with pytest.raises(PatternUnclear, match=said):
        check_pattern(pattern)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 7))
def test_two_places_of_a_year_never_have_one_number(first: int, second: int, day: date, width: int) -> None:
    pattern = f"K/{{urut:{width}}}/{{tahun}}"

    numbers = {write_number(pattern, sequence=one, day=day, region_code="53") for one in (first, second)}

    assert len(numbers) == len({first, second})
