"""The second agency's list and the truth about it."""

import numpy as np
import polars as pl
import pytest
from tests.engines.test_demo_stand_in import part, stand_in, whole

from lontar.engines.demo import HEADERS, NOISES, Noise, enterprises_second, second_truth
from lontar.engines.demo.second import OWNER_SHARE, REPEAT_SHARE, SAME_SHARE


def _beside_the_first() -> pl.DataFrame:
    """Rows that are the same enterprise as one of the first list, with what both lists say and the flags."""
    frames = whole()
    same = frames.truth.filter(pl.col("primary_id").is_not_null())
    listed = same.join(frames.second, left_on="row", right_on="No")
    return listed.join(frames.enterprises, left_on="primary_id", right_on="ID Sumber", suffix="_first")


def test_the_list_has_its_own_headers_and_a_running_number() -> None:
    listed = whole().second

    assert tuple(listed.columns) == HEADERS["second"]
    assert listed.height == 120_000
    assert listed["No"].to_list() == list(range(1, 120_001))


def test_three_quarters_overlap_and_the_rest_is_unknown_to_the_first_list() -> None:
    truth = whole().truth
    counted = dict(truth["relation"].value_counts().iter_rows())

    assert counted == {"same": 88_800, "repeat": 1_200, "owner": 3_600, "new": 26_400}
    assert SAME_SHARE + REPEAT_SHARE == 0.75
    assert OWNER_SHARE == 0.03
    unknown = truth.filter(pl.col("relation").is_in(["owner", "new"]))
    assert unknown["primary_id"].null_count() == unknown.height
    assert truth.filter(pl.col("relation") == "new")["owner_id"].null_count() == 26_400


def test_each_enterprise_stands_once_and_a_repeated_one_twice() -> None:
    truth = whole().truth
    known = set(whole().enterprises["ID Sumber"])
    times = truth.filter(pl.col("primary_id").is_not_null()).group_by("primary_id").len()

    assert set(times["primary_id"]) <= known
    assert times["len"].max() == 2
    assert times.filter(pl.col("len") == 2).height == 1_200
    assert truth["row"].to_list() == whole().second["No"].to_list()


def test_a_row_without_a_flag_says_what_the_first_list_says() -> None:
    rows = _beside_the_first()
    nik = rows.filter(~pl.any_horizontal("nik_missing", "nik_mistyped", "nik_rounded"))
    village = rows.filter(~pl.any_horizontal("village_missing", "village_neighbour", "village_spelling"))
    business = rows.filter(~pl.any_horizontal("business_missing", "business_reworded", "capitals"))
    names = rows.filter(
        ~pl.any_horizontal(
            "clan_missing", "clan_first", "given_short", "given_variant", "middle_dropped", "middle_initial"
        )
        & ~pl.any_horizontal("title", "capitals", "typo")
    )

    assert nik["NIK"].equals(nik["NIK Pemilik"], check_names=False)
    assert village["Desa"].equals(village["Desa/Kelurahan"], check_names=False)
    assert business["Nama Usaha"].equals(business["Nama Usaha_first"], check_names=False)
    assert names["Nama Lengkap"].equals(names["Nama Pemilik"], check_names=False)
    assert min(nik.height, village.height, business.height, names.height) > 10_000


def test_a_flag_means_that_the_row_deviates() -> None:
    rows = _beside_the_first()

    assert rows.filter("nik_missing")["NIK"].null_count() == rows.filter("nik_missing").height
    rounded = rows.filter("nik_rounded")
    assert rounded["NIK"].str.ends_with("0").all()
    assert (rounded["NIK"].str.slice(0, 15) == rounded["NIK Pemilik"].str.slice(0, 15)).all()
    mistyped = rows.filter("nik_mistyped")
    assert (mistyped["NIK"] != mistyped["NIK Pemilik"]).all()
    assert mistyped["NIK"].str.contains(r"^\d{16}$").all()
    assert rows.filter("village_missing")["Desa"].null_count() == rows.filter("village_missing").height
    spelt = rows.filter(pl.col("village_spelling") & ~pl.col("village_neighbour"))
    assert (spelt["Desa"] != spelt["Desa/Kelurahan"]).mean() > 0.97
    capitals = rows.filter("capitals")["Nama Lengkap"]
    assert (capitals == capitals.str.to_uppercase()).all()
    assert rows.filter("business_missing")["Nama Usaha"].null_count() == rows["business_missing"].sum()


@pytest.mark.parametrize("noise", NOISES, ids=lambda noise: noise.key)
def test_each_kind_of_noise_comes_at_its_stated_rate(noise: Noise) -> None:
    rows = _beside_the_first()
    needs = {
        "middle": rows["Nama Pemilik"].str.split(" ").list.len() == 3,
        "nik": rows["NIK Pemilik"].is_not_null(),
        "nib": rows["NIB_first"].is_not_null(),
        "phone": rows["No. HP"].is_not_null(),
        "turnover": rows["Omzet Setahun (Rp)"].is_not_null(),
    }
    possible = np.ones(rows.height, dtype=bool) if noise.needs is None else needs[noise.needs].to_numpy()
    for other in noise.unless:
        possible &= ~rows[other].to_numpy()

    happened = rows[noise.key].to_numpy()

    bound = 4 * (noise.rate * (1 - noise.rate) / possible.sum()) ** 0.5
    assert not happened[~possible].any()
    assert abs(happened[possible].mean() - noise.rate) < bound


def test_turnover_is_of_a_month_unless_the_flag_says_of_a_year() -> None:
    rows = _beside_the_first().filter(pl.col("Omset per Bulan").is_not_null())
    ratio = rows["Omzet Setahun (Rp)"] / rows["Omset per Bulan"]

    assert (ratio.filter(rows["turnover_of_year"]) == 1.0).all()
    assert ratio.filter(~rows["turnover_of_year"]).median() == pytest.approx(12, rel=0.03)


def test_a_neighbouring_village_is_another_of_the_same_regency() -> None:
    rows = _beside_the_first().filter(pl.col("village_neighbour") & ~pl.col("village_spelling"))
    places = set(stand_in().select(pl.col("code").str.slice(0, 5), "name").iter_rows())

    told = rows.select(pl.col("village_code").str.slice(0, 5), "Desa").iter_rows()

    assert set(told) <= places
    assert (rows["village_code"] == rows["Kode Desa"]).all()


def test_businesses_keep_a_mark_of_invention() -> None:
    named = whole().second["Nama Usaha"].drop_nulls()

    assert named.str.to_uppercase().str.contains(r"\b(CONTOH|PERAGA|REKAAN)\b").all()


def test_the_same_seed_gives_the_same_list_and_truth() -> None:
    frames = part()
    villages = stand_in().filter(pl.col("regency_code").is_in(["53.17", "53.09"]))
    rows = frames.second.height

    assert enterprises_second(frames.enterprises, 1, villages=villages, rows=rows).equals(frames.second)
    assert second_truth(frames.enterprises, 1, villages=villages, rows=rows).equals(frames.truth)
    assert not second_truth(frames.enterprises, 2, villages=villages, rows=rows).equals(frames.truth)


def test_a_list_longer_than_the_first_allows_is_refused() -> None:
    frames = part()

    with pytest.raises(ValueError, match="need"):
        enterprises_second(frames.enterprises, 1, villages=stand_in(), rows=10_000)
