"""Schools, communities, groups, cooperatives and BUMDes."""

import polars as pl
import pytest
from tests.engines.test_demo_stand_in import part, stand_in, whole

from lontar.engines.demo import HEADERS, communities, groups, schools


@pytest.mark.parametrize(
    ("name", "rows"), [("schools", 900), ("communities", 4_000), ("groups", 3_500)], ids=lambda value: str(value)
)
def test_each_list_has_its_headers_its_size_and_real_places(name: str, rows: int) -> None:
    frame = getattr(whole(), name)
    villages = set(stand_in().select("code", "name", "district_name", "regency_name").iter_rows())

    assert tuple(frame.columns) == HEADERS[name]
    assert frame.height == rows
    assert set(frame.select("Kode Desa", "Desa/Kelurahan", "Kecamatan", "Kabupaten/Kota").iter_rows()) <= villages


def test_schools_have_unissued_npsn_and_invented_names() -> None:
    frame = whole().schools

    assert frame["NPSN"].str.contains(r"^99\d{6}$").all()
    assert frame["NPSN"].is_unique().all()
    assert set(frame["Jenjang"].unique()) == {"SMA", "SMK"}
    assert frame["Nama Sekolah"].str.contains(r"\b(Contoh|Peraga|Rekaan)\b").all()
    assert (
        frame.filter(pl.col("Jenjang") == "SMA")["Program Keahlian"].null_count() == (frame["Jenjang"] == "SMA").sum()
    )
    assert frame["Jumlah Siswa"].min() >= 36


def test_communities_are_of_the_known_kinds_and_have_invented_chairs() -> None:
    frame = whole().communities

    assert frame["Jenis"].unique().to_list() == ["Komunitas"]
    assert set(frame["Jenis Komunitas"].unique()) == {
        "Gereja",
        "Pemuda",
        "Perempuan",
        "Nelayan",
        "Masjid",
        "Mahasiswa",
        "Lainnya",
    }
    assert frame["Ketua"].str.contains(r" \w+q\w+$").all()
    assert (frame["Anggota Perempuan"] <= frame["Jumlah Anggota"]).all()
    assert frame["No. HP"].drop_nulls().str.contains(r"^08444\d{7}$").all()


def test_a_bumdes_stands_in_a_desa_and_only_once() -> None:
    kinds = dict(stand_in().select("code", "kind").iter_rows())
    frame = whole().groups
    bumdes = frame.filter(pl.col("Jenis Kelompok") == "BUMDes")["Kode Desa"]
    merah_putih = frame.filter(pl.col("Jenis Kelompok") == "Koperasi Desa Merah Putih")

    assert len(bumdes) > 200
    assert bumdes.is_unique().all()
    assert {kinds[code] for code in bumdes} == {"desa"}
    assert merah_putih["Kode Desa"].is_unique().all()
    assert merah_putih["Tahun Berdiri"].unique().to_list() == [2025]


def test_only_legal_persons_have_a_deed_and_its_number_is_not_in_use() -> None:
    frame = whole().groups.filter(pl.col("Nomor Badan Hukum").is_not_null())

    assert set(frame["Jenis Kelompok"].unique()) == {"Koperasi", "Koperasi Desa Merah Putih", "BUMDes"}
    assert frame["Nomor Badan Hukum"].str.contains(r"^AHU-99\d{5}\.AH\.01\.(29|33)\.TAHUN 202[1-5]$").all()


def test_the_same_seed_gives_the_same_institutions() -> None:
    villages = stand_in().filter(pl.col("regency_code").is_in(["53.17", "53.09"]))

    assert schools(villages, 1).equals(part().schools)
    assert communities(villages, 1).equals(part().communities)
    assert groups(villages, 1).equals(part().groups)
