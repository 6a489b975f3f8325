"""Digits that open pages hide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.registry.rules import public_text


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
