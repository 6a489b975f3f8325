"""A stand-in for the region list: 3,442 invented villages in the 22 regencies, with the official count in each.

The generator takes the real list from its caller; tests need one that is always there. The other tests of the demo
province import `stand_in`, `whole` and `part` from here.
"""

from functools import cache

import polars as pl

from lontar.engines.demo import REGENCIES, Frames, Regency, province

_HEADS = ("Oe", "Golo ", "Wae", "Fatu", "Lewo", "Wolo", "Tana ", "Nun", "Raba", "Kota ")
_TAILS = ("contoh", "rekaan", "peraga", "misal", "andai", "uji", "coba", "tiru", "reka", "umpama")


def _village(regency: Regency, *, row: int, number: int) -> dict[str, object]:
    town = regency.kind == "kota" or number % 11 == 0
    return {
        "code": f"{regency.code}.{number // 12 + 1:02d}.{(1001 if town else 2001) + number % 12}",
        "name": f"{_HEADS[number % 10]}{_TAILS[number // 10 % 10]}{'' if number < 100 else ' II'}",
        "kind": "kelurahan" if town else "desa",
        "district_name": f"Kecamatan Contoh {number // 12 + 1}",
        "regency_code": regency.code,
        "regency_name": f"{regency.kind.capitalize()} {regency.name}",
        "lat": None if number == 1 else -8.5 - row // 11 * 1.2 - number // 16 * 0.03,
        "lon": None if number == 1 else 119.0 + row % 11 * 0.55 + number % 16 * 0.03,
    }


@cache
def stand_in() -> pl.DataFrame:
    """All villages: a square of villages per regency, one village in each without a point."""
    return pl.DataFrame(
        [
            _village(regency, row=row, number=number)
            for row, regency in enumerate(REGENCIES)
            for number in range(regency.villages)
        ],
        schema_overrides={"lat": pl.Float64, "lon": pl.Float64},
    )


@cache
def whole() -> Frames:
    """The whole demo province under seed 1."""
    return province(stand_in(), 1)


@cache
def part() -> Frames:
    """Sumba Tengah and Ngada alone under seed 1: 4,032 enterprises, quick to write."""
    return province(stand_in().filter(pl.col("regency_code").is_in(["53.17", "53.09"])), 1)


def test_the_stand_in_has_the_villages_of_table_1() -> None:
    villages = stand_in()

    counted = dict(villages.group_by("regency_code").len().iter_rows())

    assert counted == {regency.code: regency.villages for regency in REGENCIES}
    assert villages["code"].n_unique() == villages.height == 3_442
