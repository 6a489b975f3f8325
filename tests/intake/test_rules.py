"""Every rule of the checks, provoked: the row, the field, the value as shown, and the message with its cure, word for word."""

from __future__ import annotations

import pytest
from tests.intake.checking import VILLAGE, context, told, verdict

NIK, NIB = "5309014101909001", "9120000000017"
GOOD: dict[str, dict[str, object]] = {
    "enterprises": {"owner_name": "Contoh Uji", "name": "Usaha Contoh", "village_code": VILLAGE},
    "potential": {"village_code": VILLAGE, "year": "2025", "commodity": "Kopi arabika"},
    "products": {"name": "Kopi Contoh", "category": "Minuman", "stage": "Kemasan", "village_code": VILLAGE},
    "licences": {"kind": "SPP-IRT", "number": "P-IRT 2105371010001-29", "enterprise_nib": NIB},
    "schools": {"npsn": "50300001", "name": "SMK Contoh", "kind": "SMK", "village_code": VILLAGE},
    "communities": {"name": "Pemuda Contoh", "kind": "Komunitas", "community_kind": "Pemuda", "village_code": VILLAGE},
}
AIMERE = "Desa Waesae Uji, Kecamatan Aimere, Kabupaten Ngada (53.09.01.2001)"
LONG = "x" * 201
NOT_A_NUMBER = "Isian ini tidak terbaca sebagai satu angka. Tulis angkanya saja, misalnya 3."
NEGATIVE = "Nilai negatif tidak dapat diterima. Isi 0 bila tidak ada."
RETYPE = "Cocokkan dengan dokumen aslinya lalu ketik ulang."

# dataset, what differs from the good row, field, rule, severity, the value as shown, the message
Case = tuple[str, dict[str, object], str, str, str, str | None, str]
CASES: list[Case] = [
    ("enterprises", {"nik": "123"}, "nik", "nik.length", "error", "****",
     f"NIK harus 16 angka; yang tertulis 3 angka (***). {RETYPE}"),
    ("enterprises", {"nik": NIK, "sex": "L"}, "sex", "nik.sex", "warning", "L",
     "Jenis kelamin tidak sesuai dengan NIK. Periksa keduanya pada KTP."),
    ("enterprises", {"nik": NIK, "birth_year": "1991"}, "birth_year", "nik.birth_year", "warning", "1991",
     "Tahun lahir tidak sesuai dengan NIK. Periksa keduanya pada KTP."),
    ("enterprises", {"nib": "123"}, "nib", "nib.length", "error", "123",
     f"NIB harus 13 angka; yang tertulis 3 angka (“123”). {RETYPE}"),
    ("enterprises", {"nib": NIK}, "nib", "nib.is_nik", "error", "5309********9001",
     "Yang tertulis 16 angka, tampaknya NIK. NIB terdiri dari 13 angka dan ada pada dokumen OSS."),
    ("enterprises", {"npwp": "12"}, "npwp", "npwp.length", "error", "****",
     f"NPWP harus 15 atau 16 angka; yang tertulis 2 angka (**). {RETYPE}"),
    ("enterprises", {"kbli": "13"}, "kbli", "kbli.length", "error", "13",
     f"Kode KBLI harus 5 angka; yang tertulis 2 angka (“13”). {RETYPE}"),
    ("enterprises", {"phone": "0812"}, "phone", "phone.length", "error", "****",
     "Panjang nomor telepon tidak wajar (3 angka). Periksa angka yang kurang atau lebih."),
    ("enterprises", {"phone": "081234567001/081234567002"}, "phone", "phone.several", "error", "0812********7002",
     "Sel ini berisi lebih dari satu nomor telepon. Tulis satu nomor saja, yang paling mudah dihubungi."),
    ("enterprises", {"name": None}, "name", "name.from_owner", "warning", None,
     "Nama usaha kosong; dipakai “Usaha” dan nama pemilik. Lengkapi bila usaha punya nama."),
    ("enterprises", {"name": None, "owner_name": None}, "name", "required.one_of", "error", None,
     "Isi paling sedikit salah satu: Nama Usaha, Nama Pemilik."),
    ("enterprises", {"name": "-", "owner_name": "-"}, "name", "name.missing", "error", "-",
     "Nama usaha dan nama pemilik tidak ada. Isi paling sedikit salah satu."),
    ("enterprises", {"name": LONG}, "name", "text.length", "error", LONG[:200],
     "Nama Usaha terlalu panjang: 201 huruf, paling banyak 200. Persingkat."),
    ("enterprises", {"address": "Jalan Contoh " * 30}, "address", "text.length", "error", "Jala********toh ",
     "Alamat terlalu panjang: 389 huruf, paling banyak 300. Persingkat."),
    ("enterprises", {"status": "entah"}, "status", "status.choice", "error", "entah",
     "Status Usaha “entah” tidak dikenal. Pilih salah satu: Aktif, Tidak aktif sementara, Tutup."),
    ("enterprises", {"status": NIK}, "status", "status.choice", "error", "5309********9001",
     "Status Usaha “5309********9001” tidak dikenal. Pilih salah satu: Aktif, Tidak aktif sementara, Tutup."),
    ("enterprises", {"birth_year": "1850"}, "birth_year", "year.range", "error", "1850",
     "Tahun Lahir 1850 di luar kewajaran (1900–2027). Periksa kembali tahunnya."),
    ("enterprises", {"birth_year": "dua ribu"}, "birth_year", "year.unreadable", "error", "dua ribu",
     "Tahun Lahir “dua ribu” tidak terbaca sebagai tahun. Tulis empat angka, misalnya 2015."),
    ("enterprises", {"start_year": "2027"}, "start_year", "start_year.future", "error", "2027",
     "Tahun mulai berada di masa depan (sekarang 2026). Perbaiki tahunnya."),
    ("enterprises", {"village_code": None}, "village_code", "required.one_of", "error", None,
     "Isi paling sedikit salah satu: Kode Desa, Desa/Kelurahan, Lokasi."),
    ("enterprises", {"village_code": "53.09.01.2099"}, "village", "place.code-missing", "error", "53.09.01.2099",
     f"Kode desa 53.09.01.2099 tidak ada di Kecamatan Aimere. Maksud Anda {AIMERE}?"),
    ("enterprises", {"village_code": None, "village": "Waesai Uji", "district": "Aimere"}, "village",
     "place.village-unknown", "error", "Waesai Uji, Aimere",
     f"Desa/kelurahan “Waesai Uji” tidak ada di Kecamatan Aimere. Maksud Anda {AIMERE}?"),
    ("enterprises", {"village_code": None, "village": "Waesae Uji"}, "village", "place.names-shared", "error", "Waesae Uji",
     "Ada beberapa tempat bernama desa/kelurahan “Waesae Uji”. Lengkapi kecamatan atau kabupaten/kotanya. Pilihannya: "
     f"{AIMERE}; Desa Waesae Uji, Kecamatan Cibal, Kabupaten Manggarai (53.10.01.2002)."),
    ("enterprises", {"village": "Mataloko Uji", "district": "Golewa"}, "village", "place.code-names-differ", "error",
     "53.09.01.2001, Mataloko Uji, Golewa",
     "Kode 53.09.01.2001 adalah Desa Waesae Uji, Kecamatan Aimere, Kabupaten Ngada, sedangkan yang tertulis desa/kelurahan "
     "“Mataloko Uji”, kecamatan “Golewa”. Maksud Anda Desa Mataloko Uji, Kecamatan Golewa, Kabupaten Ngada (53.09.02.2001)?"),
    ("enterprises", {"workers_paid": "-1"}, "workers_paid", "count.negative", "error", "-1", NEGATIVE),
    ("enterprises", {"workers_paid": "2", "workers_unpaid": "1", "workers": "5"}, "workers_paid", "workers.sum", "warning",
     "2", "Tenaga kerja dibayar dan tidak dibayar tidak sama dengan jumlahnya; dipakai rinciannya. Mohon diperiksa."),
    ("enterprises", {"workers_paid": "150"}, "workers_paid", "workers.large", "warning", "150",
     "Tenaga kerja 100 atau lebih: menurut BPS ini bukan usaha mikro atau kecil. Mohon diperiksa."),
    ("enterprises", {"annual_turnover": "banyak"}, "annual_turnover", "amount.text", "error", "****",
     "Nilai ini tidak terbaca. Tulis angkanya saja, misalnya 1250000."),
    ("enterprises", {"annual_turnover": "-5"}, "annual_turnover", "amount.negative", "error", "****", NEGATIVE),
    ("enterprises", {"capital": "99999999999999999"}, "capital", "amount.too_large", "error", "9999********9999",
     "Nilai ini terlalu besar. Periksa jumlah angka nolnya."),
    ("enterprises", {"lat": "0", "lon": "0"}, "lat", "coordinates.outside", "error", "****",
     "Koordinat di luar wilayah: lintang −11,1 sampai −7,9, bujur 118,8 sampai 125,3. Ambil ulang titiknya di lokasi."),
    ("enterprises", {"lat": "123,3795", "lon": "-10,2274"}, "lat", "coordinates.swapped", "warning", "****",
     "Lintang dan bujur tertukar; sudah dibaca terbalik. Mohon diperiksa."),
    ("enterprises", {"lat": "abc", "lon": "123"}, "lat", "coordinates.characters", "error", "****",
     "Koordinat tidak terbaca. Tulis derajat desimal, misalnya -8.787654 dan 120.598150."),
    ("enterprises", {"source_key": "x" * 61}, "source_key", "text.length", "error", "x" * 61,
     "ID Sumber terlalu panjang: 61 huruf, paling banyak 60. Persingkat."),
    ("potential", {"year": None}, "year", "required", "error", None, "Tahun wajib diisi. Tahun data."),
    ("potential", {"year": "1980"}, "year", "year.range", "error", "1980",
     "Tahun 1980 di luar kewajaran (1990–2027). Periksa kembali tahunnya."),
    ("potential", {"commodity": "Kopi arabikka"}, "commodity", "commodity.unknown", "error", "Kopi arabikka",
     "Komoditas “Kopi arabikka” tidak ada dalam daftar komoditas. Maksud Anda “Kopi arabika”? Pakai nama pada lembar "
     "Petunjuk."),
    ("potential", {"area_ha": "luas"}, "area_ha", "decimal.text", "error", "luas", NOT_A_NUMBER),
    ("potential", {"area_ha": "-2"}, "area_ha", "decimal.negative", "error", "-2", NEGATIVE),
    ("potential", {"sold_raw_share": "120"}, "sold_raw_share", "sold_raw_share.range", "error", "120",
     "Dijual Mentah (%) “120” di luar batas 0 sampai 100. Periksa angka dan satuannya."),
    ("potential", {"harvest_months": "Smarch"}, "harvest_months", "months.unreadable", "error", "Smarch",
     "Bulan Panen “Smarch” tidak terbaca. Tulis nama bulan, misalnya “Mei–September” atau “5, 6, 7”."),
    ("products", {"stage": None}, "stage", "required", "error", None, "Tahap wajib diisi. Mentah, olahan, atau kemasan."),
    ("products", {"category": "Batu"}, "category", "category.choice", "error", "Batu",
     "Kelompok “Batu” tidak dikenal. Pilih salah satu: Makanan, Minuman, Kain tenun, Kain batik, Anyaman, Gerabah, Jamu dan "
     "herbal, Kosmetik, Kerajinan lain, Hasil segar, Lainnya."),
    ("products", {"village_code": None}, "village_code", "required.one_of", "error", None,
     "Isi paling sedikit salah satu: Kode Desa, Desa/Kelurahan, Lokasi, NIB Usaha, ID Usaha."),
    ("products", {"commodity": "Kopii"}, "commodity", "commodity.unknown", "warning", "Kopii",
     "Komoditas “Kopii” tidak ada dalam daftar komoditas. Maksud Anda “Kopi arabika”? Pakai nama pada lembar Petunjuk."),
    ("products", {"price": "mahal"}, "price", "amount.text", "error", "mahal",
     "Nilai ini tidak terbaca. Tulis angkanya saja, misalnya 1250000."),
    ("products", {"gtin": "123"}, "gtin", "gtin.length", "error", "123",
     "Kode batang harus 8, 12, 13, atau 14 angka; yang tertulis 3 angka."),
    ("products", {"gtin": "8991234567890"}, "gtin", "gtin.checksum", "error", "8991234567890",
     "Angka pemeriksa kode batang “8991234567890” tidak cocok. Pindai ulang kodenya."),
    ("licences", {"kind": "Paspor"}, "kind", "kind.choice", "error", "Paspor",
     "Jenis Izin “Paspor” tidak dikenal. Pilih salah satu: NIB, SPP-IRT, BPOM MD, BPOM TR, Halal, Merek, Indikasi "
     "geografis, SNI, Lainnya."),
    ("licences", {"number": None}, "number", "required", "error", None,
     "Nomor wajib diisi. Nomor seperti tertulis pada izin."),
    ("licences", {"number": "salah"}, "number", "pirt.characters", "warning", "salah",
     "Nomor P-IRT “SALAH” tidak terbaca. Tulis 15 angkanya, misalnya 1234567890123-45. Nomor dicatat sebagaimana ditulis."),
    ("licences", {"kind": "Halal", "number": "12"}, "number", "halal.format", "warning", "12",
     "Nomor sertifikat halal “12” tidak sesuai. Tulis ID diikuti 17 angka dari BPJPH. Nomor dicatat sebagaimana ditulis."),
    ("licences", {"issued_date": "2024-13-01"}, "issued_date", "date.impossible", "error", "2024-13-01",
     "Tanggal Terbit “2024-13-01” tidak ada dalam kalender. Tulis hari/bulan/tahun, misalnya 27/11/2025."),
    ("licences", {"issued_date": "2025-01-01", "expires_date": "2024-01-01"}, "expires_date", "licence.dates", "error",
     "2024-01-01", "Berlaku sampai lebih awal daripada tanggal terbit. Periksa kedua tanggal."),
    ("licences", {"enterprise_nib": None}, "enterprise_nib", "required.one_of", "error", None,
     "Isi paling sedikit salah satu: NIB Usaha, ID Usaha, Nama Usaha, ID Produk."),
    ("schools", {"npsn": "123"}, "npsn", "npsn.format", "error", "123",
     "NPSN “123” tidak sesuai: NPSN terdiri dari 8 angka. Cocokkan dengan data referensi."),
    ("schools", {"npsn": None}, "npsn", "required", "error", None,
     "NPSN wajib diisi. Nomor Pokok Sekolah Nasional, 8 tanda."),
    ("schools", {"kind": "TK"}, "kind", "kind.choice", "error", "TK",
     "Jenjang “TK” tidak dikenal. Pilih salah satu: SMA, SMK, MA, SMP, SD, SLB."),
    ("schools", {"pupils": "banyak"}, "pupils", "count.text", "error", "banyak", NOT_A_NUMBER),
    ("schools", {"pupils": "99999"}, "pupils", "pupils.range", "error", "99999",
     "Peserta Didik “99999” di luar batas 0 sampai 20.000. Periksa angka dan satuannya."),
    ("communities", {"community_kind": None}, "community_kind", "community_kind.missing", "error", None,
     "Jenis komunitas wajib diisi: gereja, pemuda, perempuan, nelayan, petani, mahasiswa atau lainnya."),
    ("communities", {"community_kind": "Astronot"}, "community_kind", "community_kind.choice", "error", "Astronot",
     "Jenis Komunitas “Astronot” tidak dikenal. Pilih salah satu: Gereja, Pemuda, Perempuan, Nelayan, Petani, Mahasiswa, "
     "Lainnya."),
    ("communities", {"founded_year": "1800"}, "founded_year", "year.range", "error", "1800",
     "Tahun Berdiri 1800 di luar kewajaran (1900–2027). Periksa kembali tahunnya."),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0]}-{case[3]}-{number}" for number, case in enumerate(CASES)])
def test_each_rule_says_row_field_value_and_cure(case: Case) -> None:
    dataset, differs, field, rule, severity, value, message = case
    good = GOOD[dataset]

    found = told(dataset, good, good | differs, given=context())

    mine = [one for one in found if one[0] == 3 and not one[2].startswith("duplicate.")]
    assert mine == [(3, field, rule, severity, value, message)]


@pytest.mark.parametrize("dataset", list(GOOD))
def test_a_good_row_has_no_finding(dataset: str) -> None:
    checked = verdict(dataset, GOOD[dataset])

    assert (checked.findings.height, checked.is_waiting.to_list()) == (0, [False])


def test_a_nik_that_excel_has_rounded_is_told_from_a_good_one() -> None:
    found = told("enterprises", GOOD["enterprises"] | {"nik": 5309014101909000})

    assert [one[1:5] for one in found] == [("nik", "nik.rounded", "error", "5309********9000")]
    assert "5309014101909000" not in found[0][5]


@pytest.mark.parametrize(
    ("dataset", "differs", "field", "rule", "what"),
    [
        ("enterprises", {"nib": NIB}, "nib", "duplicate.nib", "NIB ini"),
        ("enterprises", {"nik": NIK}, "nik", "duplicate.owner_business", "Usaha dan pemilik yang sama"),
        ("potential", {}, "commodity", "duplicate.potential", "Komoditas yang sama untuk desa dan tahun yang sama"),
        ("products", {"gtin": "8991234567891"}, "gtin", "duplicate.gtin", "Barcode ini"),
        ("schools", {}, "npsn", "duplicate.npsn", "NPSN ini"),
    ],
)
def test_what_may_stand_once_waits_the_second_time_and_names_the_first(
    dataset: str, differs: dict[str, object], field: str, rule: str, what: str
) -> None:
    row = GOOD[dataset] | differs

    checked = verdict(dataset, row, row, row)

    assert checked.is_waiting.to_list() == [False, True, True]
    found = [one for one in told(dataset, row, row, row) if one[2] == rule]
    assert [one[0] for one in found] == [3, 4]
    assert found[0][1] == field
    assert found[0][5] == f"{what} sudah ada pada baris 2 berkas ini. Hapus salah satunya atau perbaiki nomornya."


def test_a_village_beyond_the_senders_region_is_refused_by_name() -> None:
    found = told("enterprises", GOOD["enterprises"], given=context(scope="53.10"))

    assert [one[1:] for one in found] == [
        (
            "village",
            "place.out_of_scope",
            "error",
            VILLAGE,
            f"Desa {VILLAGE} berada di luar wilayah Anda (Manggarai). Kirim baris ini melalui instansi di wilayahnya.",
        )
    ]


def test_words_that_an_agency_has_explained_need_no_asking() -> None:
    row = GOOD["enterprises"] | {"village_code": None, "village": "Waesai  UJI", "district": "Aimere"}

    checked = verdict("enterprises", row, given=context(aliases={"| waesai uji | aimere | |": "53.09.01.2002"}))

    assert (checked.findings.height, checked.values["village_id"].to_list()) == (0, ["53.09.01.2002"])


def test_an_explained_word_never_overrules_a_place_that_is_sure() -> None:
    row = GOOD["enterprises"] | {"village_code": None, "village": "Keligejo Uji", "district": "Aimere"}

    checked = verdict("enterprises", row, given=context(aliases={"| keligejo uji | aimere | |": VILLAGE}))

    assert checked.values["village_id"].to_list() == ["53.09.01.2002"]


def test_an_unknown_place_carries_the_words_under_which_it_can_be_explained() -> None:
    row = GOOD["enterprises"] | {"village_code": None, "village": "Waesai Uji", "district": "Aimere"}

    assert verdict("enterprises", row).findings["words"].to_list() == ["| waesai uji | aimere | |"]


def test_a_number_of_a_person_in_a_place_column_is_kept_nowhere() -> None:
    found = verdict("enterprises", GOOD["enterprises"] | {"village_code": None, "village": NIK}).findings

    assert NIK not in str(found.rows())
    assert found["words"].to_list() == [None]


@pytest.mark.parametrize(
    ("written", "paid", "unpaid"),
    [
        ({"workers": "5"}, 4, 1),
        ({"workers": "0"}, 0, None),
        ({"workers_male": "2", "workers_female": "3"}, 4, 1),
        ({"workers_paid": "2"}, 2, None),
        ({"workers_paid": "2", "workers_unpaid": "1", "workers": "9"}, 2, 1),
        ({}, None, None),
    ],
)
def test_workers_come_to_paid_and_unpaid_however_they_are_listed(
    written: dict[str, object], paid: int | None, unpaid: int | None
) -> None:
    values = verdict("enterprises", GOOD["enterprises"] | written).values

    assert (values["workers_paid"][0], values["workers_unpaid"][0]) == (paid, unpaid)


@pytest.mark.parametrize(
    ("written", "yearly"),
    [
        ({"monthly_turnover": "1500000"}, 18_000_000),
        ({"monthly_turnover": "1,5 juta"}, 18_000_000),
        ({"annual_turnover": "Rp 20.000.000", "monthly_turnover": "1"}, 20_000_000),
        ({}, None),
    ],
)
def test_turnover_comes_to_rupiah_a_year(written: dict[str, object], yearly: int | None) -> None:
    assert verdict("enterprises", GOOD["enterprises"] | written).values["annual_turnover"][0] == yearly


def test_a_business_without_a_name_is_called_after_its_owner() -> None:
    assert verdict("enterprises", GOOD["enterprises"] | {"name": None}).values["name"][0] == "Usaha Contoh Uji"


def test_no_rows_are_no_trouble() -> None:
    checked = verdict("schools")

    assert (checked.values.height, checked.findings.height, checked.is_waiting.len()) == (0, 0, 0)


def test_a_failed_formula_is_no_name() -> None:
    found = told("enterprises", {"name": "#REF!", "owner_name": "Contoh Uji", "village_code": VILLAGE})

    assert [(field, rule, severity) for _, field, rule, severity, _, _ in found][:1] == [
        ("name", "text.formula", "error")
    ]


def test_marks_that_turn_or_hide_text_are_left_out_of_names() -> None:
    found = verdict("enterprises", {"name": "Kopi\u202e Contoh\u200b Uji\u00a0Dua", "village_code": VILLAGE})

    assert found.values["name"].to_list() == ["Kopi Contoh Uji Dua"]


def test_schools_are_read_as_schools_are_written() -> None:
    found = verdict(
        "schools",
        {
            "npsn": "50300001",
            "name": "SMK Contoh Uji",
            "kind": "SMK Negeri",
            "village_code": VILLAGE,
            "pupils": "320 siswa",
        },
    )

    assert (found.values["kind"].to_list(), found.values["pupils"].to_list()) == (["SMK"], [320])
