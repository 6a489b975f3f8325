"""How regions are called."""

from __future__ import annotations

import pytest

from lontar.registry.presenters import level_word, titled
from lontar.registry.states import Level


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("Bena", "desa", "Desa Bena"),
        ("Foa", "kelurahan", "Kelurahan Foa"),
        ("Kabupaten Ngada", "kabupaten", "Kabupaten Ngada"),
        ("Kota Kupang", "kota", "Kota Kupang"),
        ("Nusa Tenggara Timur", "provinsi", "Provinsi Nusa Tenggara Timur"),
    ],
)
def test_a_place_carries_its_kind_once(name: str, kind: str, said: str) -> None:
    assert titled(name, kind) == said


def test_regions_of_a_level_have_a_word_in_a_sentence() -> None:
    assert [level_word(one) for one in (Level.REGENCY, Level.DISTRICT, Level.VILLAGE, Level.PROVINCE)] == [
        "kabupaten/kota",
        "kecamatan",
        "desa/kelurahan",
        "wilayah",
    ]
