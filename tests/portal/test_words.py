"""Small wordings: months, places, hidden digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.portal.presenters import words
from lontar.registry.rules import public_text


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
    assert words.months_said(months) == said


@given(st.sets(st.integers(1, 12), min_size=1, max_size=11))
def test_the_months_said_are_the_months_meant(months: set[int]) -> None:
    names = list(words.MONTHS)
    read: set[int] = set()
    for run in words.months_said(months).split(", "):
        first, _dash, last = run.partition("–")
        place, end = names.index(first), names.index(last or first)
        read |= {(place + step) % 12 + 1 for step in range((end - place) % 12 + 1)}

    assert read == months


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kios Mama 081234567890", "Kios Mama •••"),
        ("WA +62 812-3456-7890 ya", "WA ••• ya"),
        ("5309014101909001", "•••"),
        ("Toko 24 Jam", "Toko 24 Jam"),
        ("Kelompok Tani 1234567", "Kelompok Tani 1234567"),
        ("(0380) 821 234 5", "(•••"),
        ("", ""),
    ],
)
def test_long_runs_of_digits_are_hidden_and_short_ones_kept(text: str, shown: str) -> None:
    assert public_text(text) == shown


@given(
    st.text(alphabet="abc .-", max_size=20),
    st.text(alphabet="0123456789", min_size=8, max_size=16),
    st.text(alphabet="abc .-", max_size=20),
)
def test_no_telephone_number_gets_through(before: str, number: str, after: str) -> None:
    assert number not in public_text(before + number + after)


@pytest.mark.parametrize(
    ("name", "kind", "titled"),
    [
        ("Bena", "desa", "Desa Bena"),
        ("Foa", "kelurahan", "Kelurahan Foa"),
        ("Kabupaten Ngada", "kabupaten", "Kabupaten Ngada"),
        ("Kota Kupang", "kota", "Kota Kupang"),
        ("Nusa Tenggara Timur", "provinsi", "Provinsi Nusa Tenggara Timur"),
    ],
)
def test_a_place_carries_its_kind_once(name: str, kind: str, titled: str) -> None:
    assert words.titled(name, kind) == titled
