"""The villages as the generator sees them."""

import numpy as np
import polars as pl
import pytest
from tests.engines.test_demo_stand_in import stand_in

from lontar.engines.demo import REGENCIES, UnknownRegency, official_totals
from lontar.engines.demo.land import NEIGHBOURS, survey


def test_table_1_adds_up_to_its_two_totals() -> None:
    assert sum(official_totals().values()) == 168_002
    assert sum(regency.villages for regency in REGENCIES) == 3_442
    assert len(REGENCIES) == 22


def test_villages_stand_in_the_order_of_their_codes_whatever_order_they_come_in() -> None:
    shuffled = stand_in().sample(fraction=1.0, shuffle=True, seed=5)

    land = survey(shuffled)

    assert land.frame.equals(survey(stand_in()).frame)
    assert land.frame["code"].is_sorted()


def test_neighbours_are_the_nearest_of_the_same_regency_and_never_the_village_itself() -> None:
    land = survey(stand_in())

    assert land.neighbours.shape == (3_442, NEIGHBOURS)
    assert (land.regency[land.neighbours] == land.regency[:, None]).all()
    assert (land.neighbours != np.arange(len(land))[:, None]).all()
    far = land.frame.select("lat", "lon").to_numpy()
    near = np.abs(far[land.neighbours[50]] - far[50]).max()
    assert near <= 0.0301


def test_a_village_inside_the_square_is_not_coastal_and_one_at_its_corner_is() -> None:
    villages = pl.DataFrame(
        {
            "code": [f"53.01.01.{2001 + number}" for number in range(81)],
            "name": "Contoh",
            "kind": "desa",
            "district_name": "Contoh",
            "regency_code": "53.01",
            "regency_name": "Kabupaten Kupang",
            "lat": [-9.0 - number // 9 * 0.02 for number in range(81)],
            "lon": [123.0 + number % 9 * 0.02 for number in range(81)],
        }
    )

    land = survey(villages)

    assert bool(land.coast[0])
    assert not bool(land.coast[40])
    assert land.inland[40] > land.inland[10] > land.inland[0] == 0.0


def test_a_regency_outside_table_1_is_refused_by_name() -> None:
    stranger = stand_in().head(2).with_columns(regency_code=pl.Series(["53.01", "52.01"]))

    with pytest.raises(UnknownRegency, match=r"52\.01"):
        survey(stranger)
