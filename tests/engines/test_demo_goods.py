"""Products and licences: they belong to enterprises, and numbers are sound but for the few that are meant not to be."""

import re
from datetime import date

import polars as pl
import pytest
from tests.engines.test_demo_stand_in import part, whole

from lontar.engines.demo import AS_AT, HEADERS, REGENCIES, licences, products
from lontar.engines.demo.licences import LICENCE_KINDS

#: Formats of the domain rules, §3, narrowed to the ranges that no issuer uses.
SOUND = {
    "NIB": r"^99\d{11}$",
    "P-IRT": r"^P-IRT [1-8](0[1-9]|1[0-5])53\d{2}\d{2}9\d{3}-\d{2}$",
    "MD": r"^MD(\d{4}53\d9\d{2}\d{3}|[012]\d53(0[1-9]|1[0-5])9\d{3}99\d{3})$|^MD\d2\d{2}539\d{2}\d{3}$",
    "TR": r"^TR99\d{7}$",
    "Halal": r"^ID53\d{2}99\d{7}(0[1-9]|1[0-2])\d{2}$",
    "Merek": r"^(IDM999\d{6}|DID20\d{2}9\d{5})$",
    "IG": r"^ID G (99\d{7}|000000014|000000097)$",
    "SNI": r"^SNI (8964:2021|3556:2016)$",
}


def _of(kind: str) -> pl.DataFrame:
    return whole().licences.filter((pl.col("Jenis Izin") == kind) & pl.col("Keterangan").is_null())


def test_products_belong_to_enterprises_of_the_first_list_and_their_villages() -> None:
    made, first = whole().products, whole().enterprises
    joined = made.join(first, left_on="ID Sumber Usaha", right_on="ID Sumber", suffix="_first")

    assert tuple(made.columns) == HEADERS["products"]
    assert made.height == joined.height == 9_000
    assert made["ID Produk"].is_unique().all()
    assert joined["Kode Desa"].equals(joined["Kode Desa_first"], check_names=False)
    assert made["ID Sumber Usaha"].n_unique() == 8_000
    assert set(made["Tahap"].unique()) == {"Mentah", "Olahan", "Kemasan"}
    assert made["Harga (Rp)"].min() >= 500


def test_a_second_product_of_a_maker_is_another_of_its_trade_where_there_is_another() -> None:
    pairs = whole().products.filter(pl.col("ID Sumber Usaha").is_duplicated())
    names = pairs.group_by("ID Sumber Usaha").agg(pl.col("Nama Produk").n_unique(), pl.col("Komoditas").n_unique())

    assert pairs.height == 2_000
    assert names["Komoditas"].max() == 1
    assert names["Nama Produk"].min() == 2


def test_pork_and_palm_spirit_are_declared_not_halal_and_never_certified() -> None:
    made = whole().products
    haram = made.filter(pl.col("Komoditas").is_in(["Babi", "Moke dan sopi"]))

    assert haram.height > 100
    assert haram["Status Halal"].unique().to_list() == ["tidak halal"]
    certified = whole().licences.filter(pl.col("Jenis Izin") == "Halal")
    assert set(certified["ID Produk"]).isdisjoint(haram["ID Produk"])
    assert set(certified["ID Produk"]) == set(made.filter(pl.col("Status Halal") == "bersertifikat")["ID Produk"])


@pytest.mark.parametrize("kind", LICENCE_KINDS)
def test_numbers_are_sound_and_in_ranges_that_nobody_holds(kind: str) -> None:
    numbers = _of(kind)["Nomor"]

    assert len(numbers) >= 10
    assert numbers.str.contains(SOUND[kind]).all()


def test_one_number_in_eighty_is_malformed_and_says_so() -> None:
    spoilt = whole().licences.filter(pl.col("Keterangan").is_not_null())

    assert 0.008 < spoilt.height / whole().licences.height < 0.017
    assert not any(re.search(SOUND[kind], number) for kind, number in spoilt.select("Jenis Izin", "Nomor").iter_rows())


def test_a_home_industry_number_carries_its_regency_and_its_year_of_expiry() -> None:
    frame = _of("P-IRT")
    codes = {regency.code.replace(".", "") for regency in REGENCIES}

    assert (
        frame["Nomor"].str.slice(9, 4) == frame["Kode Desa"].str.slice(0, 5).str.replace(".", "", literal=True)
    ).all()
    assert set(frame["Nomor"].str.slice(9, 4)) <= codes
    assert (frame["Nomor"].str.slice(20, 2) == frame["Berlaku Sampai"].dt.strftime("%y")).all()
    assert frame["Nomor"].is_unique().all()


def test_terms_run_as_the_rules_say_and_some_have_run_out() -> None:
    frame = whole().licences
    years = frame["Berlaku Sampai"].dt.year() - frame["Tanggal Terbit"].dt.year()
    dated = dict(zip(frame["Jenis Izin"], years, strict=True))
    terms = frame.with_columns(years=years).drop_nulls("years").group_by("Jenis Izin").agg(pl.col("years").unique())

    assert dict(terms.iter_rows()) == {"P-IRT": [5], "MD": [5], "TR": [5], "Merek": [10], "SNI": [4]}
    assert set(dated) == set(LICENCE_KINDS)
    assert frame["Tanggal Terbit"].max() <= AS_AT
    assert frame["Tanggal Terbit"].min() > date(2014, 1, 1)
    expired = frame.filter(pl.col("Berlaku Sampai") < AS_AT)
    assert 200 < expired.height < 900


def test_about_twelve_thousand_licences_and_nib_as_in_the_first_list() -> None:
    frame = whole().licences
    first = dict(whole().enterprises.select("ID Sumber", "NIB").iter_rows())
    nib = _of("NIB")

    assert tuple(frame.columns) == HEADERS["licences"]
    assert 11_000 < frame.height < 13_500
    assert frame["ID Izin"].is_unique().all()
    assert all(first[holder] == number for holder, number in nib.select("ID Sumber Usaha", "Nomor").iter_rows())
    assert nib["ID Sumber Usaha"].is_unique().all()


def test_the_same_seed_gives_the_same_goods() -> None:
    frames = part()

    again = products(frames.enterprises, 1, rows=frames.products.height)

    assert again.equals(frames.products)
    assert licences(again, frames.enterprises, seed=1).equals(frames.licences)


def test_more_products_than_makers_are_refused() -> None:
    with pytest.raises(ValueError, match="need"):
        products(part().enterprises, 1, rows=9_000)
