"""The first agency's list: the numbers of Table 1, plausible shape, sound and unissued identifiers."""

import hashlib
from datetime import date

import polars as pl
import pytest
from tests.engines.test_demo_stand_in import stand_in, whole

from lontar.engines.demo import HEADERS, enterprises_primary, official_totals
from lontar.engines.demo.names import ALL_GIVEN, CLANS

GIVEN = {entry.name for entry in ALL_GIVEN}
CLAN = {clan for area in CLANS.values() for clan in area}
MARK = r"\b(Contoh|Peraga|Rekaan)\b"


def _digest(frame: pl.DataFrame) -> str:
    return hashlib.sha256(frame.write_csv().encode()).hexdigest()


def test_every_regency_has_exactly_the_enterprises_of_table_1() -> None:
    frame = whole().enterprises

    counted = dict(frame.group_by(pl.col("Kode Desa").str.slice(0, 5)).len().iter_rows())

    assert frame.height == 168_002
    assert counted == official_totals()


def test_the_list_has_the_twenty_headers_with_text_but_for_numbers() -> None:
    schema = whole().enterprises.schema
    numbers = {name for name, kind in schema.items() if kind == pl.Int64}

    assert tuple(schema) == HEADERS["enterprises"]
    assert len(schema) == 20
    assert numbers == {
        "Tahun Lahir",
        "Tahun Mulai",
        "Tenaga Kerja Dibayar",
        "Tenaga Kerja Tidak Dibayar",
        "Omzet Setahun (Rp)",
        "Modal Usaha (Rp)",
    }
    assert all(kind == pl.String for name, kind in schema.items() if name not in numbers)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    again = enterprises_primary(stand_in(), 1)
    other = enterprises_primary(stand_in(), 2)

    assert _digest(again) == _digest(whole().enterprises)
    assert _digest(other) != _digest(again)
    assert other.height == again.height


def test_places_are_those_of_the_region_list() -> None:
    frame = whole().enterprises
    villages = stand_in().select(
        pl.col("code").alias("Kode Desa"),
        pl.col("name").alias("Desa/Kelurahan"),
        pl.col("district_name").alias("Kecamatan"),
        pl.col("regency_name").alias("Kabupaten/Kota"),
    )

    strangers = frame.join(villages, on=villages.columns, how="anti")

    assert strangers.is_empty()


def test_every_nik_is_sound_unique_and_beyond_the_serials_that_are_issued() -> None:
    frame = whole().enterprises.filter(pl.col("NIK Pemilik").is_not_null())
    nik = frame["NIK Pemilik"]
    day = nik.str.slice(6, 2).cast(pl.Int64)
    woman = frame["Jenis Kelamin"] == "Perempuan"

    assert nik.str.contains(r"^\d{16}$").all()
    assert nik.n_unique() == len(nik)
    assert ((day > 40) == woman).all()
    assert (nik.str.slice(12, 4).cast(pl.Int64) >= 9_000).all()
    written = pl.concat_str(
        frame["Tahun Lahir"].cast(pl.String),
        nik.str.slice(8, 2),
        (day - 40 * woman.cast(pl.Int64)).cast(pl.String).str.zfill(2),
    )
    born = pl.select(written.str.to_date("%Y%m%d", strict=True)).to_series()
    assert (born.dt.year() % 100 == nik.str.slice(10, 2).cast(pl.Int64)).all()
    assert born.max() < date(2007, 1, 1)
    assert set(nik.str.slice(0, 2).unique()) == {"53", "73", "35", "31", "51"}


def test_nib_phone_and_kbli_have_their_formats_in_ranges_that_nobody_holds() -> None:
    frame = whole().enterprises

    assert frame["NIB"].drop_nulls().str.contains(r"^99\d{11}$").all()
    assert frame["NIB"].drop_nulls().is_unique().all()
    assert frame["No. HP"].drop_nulls().str.contains(r"^0844\d{8}$").all()
    assert frame["KBLI"].str.contains(r"^(10|11|13|14|16|23|25|31|32)\d{3}$").all()
    assert frame["ID Sumber"].is_unique().all()


def test_people_and_businesses_are_recognisably_invented() -> None:
    frame = whole().enterprises
    tokens = frame["Nama Pemilik"].str.split(" ")

    assert set(tokens.list.last().unique()) <= CLAN
    assert set(frame["Nama Pemilik"].str.replace(r" \S+$", "").str.split(" ").explode().unique()) <= GIVEN
    assert all(clan[1:].count("q") == 1 for clan in CLAN)
    assert not any("q" in name.lower() for name in GIVEN)
    assert frame["Nama Usaha"].str.contains(MARK).all()


def test_nearly_all_are_micro_and_none_is_larger_than_small() -> None:
    frame = whole().enterprises
    workers = frame["Tenaga Kerja Dibayar"] + frame["Tenaga Kerja Tidak Dibayar"]

    assert 0.97 <= (workers <= 4).mean() <= 0.99
    assert workers.min() == 1
    assert workers.max() <= 19
    assert (frame["Tenaga Kerja Tidak Dibayar"] >= 1).all()


def test_what_is_missing_is_missing_at_the_usual_rates() -> None:
    share = {name: count / 168_002 for name, count in whole().enterprises.null_count().row(0, named=True).items()}

    assert share["NIB"] == pytest.approx(0.70, abs=0.03)
    assert share["NIK Pemilik"] == pytest.approx(0.05, abs=0.01)
    assert share["No. HP"] == pytest.approx(0.19, abs=0.01)
    assert share["Omzet Setahun (Rp)"] == pytest.approx(0.06, abs=0.01)
    complete = ("ID Sumber", "Nama Pemilik", "Nama Usaha", "Kode Desa", "KBLI", "Produk Utama", "Tahun Mulai")
    assert [share[name] for name in complete] == [0.0] * len(complete)


def test_village_sizes_are_heavy_tailed_and_some_are_empty() -> None:
    sizes = whole().enterprises.group_by("Kode Desa").len()["len"].sort(descending=True)

    assert 80 <= 3_442 - len(sizes) <= 400
    assert sizes.head(344).sum() / 168_002 > 0.4
    assert sizes[0] > 800


def test_trades_follow_the_signature_products() -> None:
    frame = whole().enterprises.with_columns(regency=pl.col("Kode Desa").str.slice(0, 5))
    share = {
        (regency, kbli): count
        for regency, kbli, count in frame.group_by("regency", "KBLI")
        .len()
        .select("regency", "KBLI", pl.col("len") / pl.col("len").sum().over("regency"))
        .iter_rows()
    }

    assert share["53.09", "10761"] > 5 * share["53.07", "10761"]
    assert share["53.14", "10722"] > 0.1
    assert share["53.20", "10722"] > 0.1
    assert all(share[regency, "13122"] > 0.02 for regency in official_totals())
    weavers = frame.filter(pl.col("KBLI") == "13122")["Jenis Kelamin"]
    assert (weavers == "Perempuan").mean() > 0.94


def test_a_second_business_of_an_owner_stands_next_door_without_nik() -> None:
    frame = whole().enterprises
    again = (frame["Nama Pemilik"] == frame["Nama Pemilik"].shift(1)) & (
        frame["Kode Desa"] == frame["Kode Desa"].shift(1)
    )

    assert 0.009 < again.mean() < 0.016
    assert frame.filter(again)["NIK Pemilik"].null_count() > 0.95 * again.sum()


def test_the_scale_multiplies_table_1_for_benchmarks() -> None:
    villages = stand_in().filter(pl.col("regency_code") == "53.17")

    frame = enterprises_primary(villages, 1, scale=3)

    assert frame.height == 3 * 1_008
    assert frame["NIK Pemilik"].drop_nulls().is_unique().all()
