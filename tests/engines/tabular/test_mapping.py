"""Header texts: their normal form, and which target a column is proposed for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.tabular import normalise_header, suggest_mapping
from lontar.engines.tabular.mapping import THRESHOLD


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("No.", "nomor"),
        ("No. Urut", "nomor urut"),
        ("NAMA  USAHA *", "nama usaha"),
        ("No. Telp/HP", "nomor telepon"),
        ("Nomor WA", "nomor telepon"),
        ("Tlp/HP/WA", "telepon"),
        ("Kab/Kota", "kabupaten kota"),
        ("Kec.", "kecamatan"),
        ("Ds/Kel", "desa kelurahan"),
        ("Desa / Kelurahan", "desa kelurahan"),
        ("Jml TK (org)", "jumlah tenaga kerja"),
        ("Jumlah Tenaga Kerja", "jumlah tenaga kerja"),
        ("L/P", "jenis kelamin"),
        ("Jns Kel.", "jenis kelamin"),
        ("JK", "jenis kelamin"),
        ("JKN", "jkn"),
        ("J:K:A", "jka"),
        ("P: IRT", "pirt"),
        ("Omset (Rp)", "omzet"),
        ("Rp", "rp"),
        ("Thn Berdiri", "tahun berdiri"),
        ("Tgl. Lahir", "tanggal lahir"),
        ("E-mail", "email"),
        ("P-IRT", "pirt"),
        ("Café", "cafe"),
        ("Tenaga Kerja / Dibayar", "tenaga kerja dibayar"),
        ("N I K", "nik"),
        ("N.P.W.P", "npwp"),
        ("***", ""),
    ],
)
def test_headers_that_mean_the_same_have_one_form(written: str, normal: str) -> None:
    assert normalise_header(written) == normal


@given(st.text(max_size=40) | st.text(alphabet="jklpneirtmaorp .:-/()", max_size=16))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    once = normalise_header(text)

    assert normalise_header(once) == once


TARGETS = {
    "nik": ["NIK", "No. KTP", "Nomor Induk Kependudukan"],
    "business_name": ["Nama Usaha", "Nama Perusahaan", "Nama IKM"],
    "owner_name": ["Nama Pemilik", "Nama Pengusaha"],
    "phone": ["No. HP", "Telepon", "Kontak"],
    "village": ["Desa/Kelurahan", "Desa"],
    "village_code": ["Kode Desa", "Kode Wilayah"],
    "district": ["Kecamatan"],
    "turnover": ["Omzet", "Omzet per Tahun"],
    "workers_paid": ["Tenaga Kerja Dibayar"],
    "workers_unpaid": ["Tenaga Kerja Tidak Dibayar"],
}


def test_columns_of_an_agency_find_their_targets() -> None:
    columns = [
        "No",
        "N I K",
        "NAMA IKM",
        "Nama Pemilik Usaha",
        "No. Tlp/WA",
        "Ds/Kel",
        "Kecamtan",
        "Kode Desa",
        "Omset (Rp)",
        "Tenaga Kerja / Dibayar",
    ]
    columns += ["Tenaga Kerja / Tidak Dibayar", "Keterangan"]

    found = suggest_mapping(columns, TARGETS)

    assert {at: suggestion.target for at, suggestion in found.items()} == {
        1: "nik",
        2: "business_name",
        3: "owner_name",
        4: "phone",
        5: "village",
        6: "district",
        7: "village_code",
        8: "turnover",
        9: "workers_paid",
        10: "workers_unpaid",
    }
    assert (found[2].score, found[2].reason) == (1.0, "nama kolom sama")
    assert found[3].reason == "kata yang sama"
    assert found[6].reason == "ejaan mirip"


def test_a_target_goes_to_its_best_column_only() -> None:
    found = suggest_mapping(["Nama Desa", "Desa/Kelurahan"], TARGETS)

    assert {at: suggestion.target for at, suggestion in found.items()} == {1: "village"}


def test_the_part_under_a_group_is_enough() -> None:
    found = suggest_mapping(["Letak Usaha / Kecamatan", "Letak Usaha / Desa"], TARGETS)

    assert [(at, found[at].target, found[at].score) for at in found] == [(0, "district", 0.97), (1, "village", 0.97)]


@pytest.mark.parametrize("header", ["Nama", "Nama Produk", "Alamat", "Kode", "", "Dosa"])
def test_what_is_only_vaguely_alike_is_not_proposed(header: str) -> None:
    assert suggest_mapping([header], TARGETS) == {}


@given(
    st.lists(
        st.sampled_from(["NIK", "Nama Usaha", "nama usha", "Desa", "Kec", "Hal lain", "No HP", "kontak"]), max_size=10
    )
)
def test_proposals_are_one_to_one_and_above_the_threshold(columns: list[str]) -> None:
    found = suggest_mapping(columns, TARGETS)

    targets = [suggestion.target for suggestion in found.values()]
    assert len(targets) == len(set(targets))
    assert all(THRESHOLD <= suggestion.score <= 1 for suggestion in found.values())
    assert set(found) <= set(range(len(columns)))


@pytest.mark.parametrize(
    ("header", "target", "score"),
    [
        ("Nama Pemilik/Penanggung Jawab", "owner_name", 0.93),
        ("Nama Usaha/Pemilik", "business_name", 0.93),
        ("Desa/Kecamatan", "village", 0.82),
        ("NIK (16 digit)", "nik", 1.0),
        ("Nama Pemilik (sesuai KTP)", "owner_name", 1.0),
    ],
)
def test_parts_of_a_header_and_what_explains_it_are_understood(header: str, target: str, score: float) -> None:
    found = suggest_mapping([header], TARGETS)[0]

    assert (found.target, found.score) == (target, score)


def test_the_usual_name_of_a_target_goes_before_its_other_names() -> None:
    found = suggest_mapping(["Nama", "Nama Pemilik"], {"owner_name": ["Nama Pemilik", "Nama"]})

    assert {at: hit.target for at, hit in found.items()} == {1: "owner_name"}
