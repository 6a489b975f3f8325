"""The slips of a clerk, one by one."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.demo import noise
from lontar.engines.demo.draws import stream


@given(st.text(alphabet="0123456789", min_size=16, max_size=16))
def test_a_swapped_number_has_the_same_digits_and_differs_where_it_can(number: str) -> None:
    swapped = noise.swapped(number)

    assert sorted(swapped) == sorted(number)
    assert (swapped != number) == (len(set(number[1:])) > 1)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", min_size=3, max_size=30), st.integers(0, 2**16))
def test_a_misspelt_name_is_one_slip_away(name: str, seed: int) -> None:
    misspelt = noise.misspelt(stream(seed, name="test"), pl.Series([name]), which=np.array([True]))[0]

    assert abs(len(misspelt) - len(name)) <= 1
    assert sum(a != b for a, b in zip(misspelt, name, strict=False)) <= len(name)
    assert misspelt[0] == name[0]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Oecontoh", ("Oe Contoh", "Ucontoh", "Ds. Oecontoh")),
        ("Golo Peraga", ("Goloperaga", "Golo Piraga", "Ds. Golo Peraga")),
        ("Contoh II", ("Contohii", "Cuntoh II", "Ds. Contoh 2")),
        ("Contoh Timur", ("Contohtimur", "Cuntoh Timur", "Ds. Contoh Tim.")),
    ],
)
def test_villages_are_spelt_as_people_spell_them(name: str, written: tuple[str, str, str]) -> None:
    assert noise.village_spellings(pl.Series([name])) == [written]


def test_years_move_by_one_to_three_and_never_into_the_future() -> None:
    years = np.array([2025] * 500 + [1990] * 500)

    moved = noise.off_by(stream(3, name="test"), years, which=np.ones(1000, dtype=bool), latest=2025)

    assert moved.max() <= 2025
    assert set(np.abs(moved - years).tolist()) == {1, 2, 3}


def test_an_address_loses_its_numbers_or_gives_way_to_another() -> None:
    addresses = pl.Series(["Dusun II, RT 003 RW 001", "Jl. Contoh Melati No. 12, RT 003 RW 001", "Dusun A", "Dusun B"])
    happened = {
        "address_missing": np.array([False, False, True, False]),
        "address_short": np.array([True, True, False, False]),
        "address_other": np.array([False, False, False, True]),
    }

    written = noise.write_addresses(addresses, pl.Series(["Dusun IV"] * 4), happened=happened)

    assert written.to_list() == ["Dusun II", "Jl. Contoh Melati", None, "Dusun IV"]
