"""Pages of a product and of an enterprise, and what becomes of those that are not there."""

from __future__ import annotations

from django.test import Client
from tests.portal.province import BENA, NIB, Seeded
from tests.portal.reading import Page


def test_a_product_shows_maker_stage_price_and_licences(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get(f"/produk/{province.packaged}"))

    assert "Dibuat di Bena Uji, Aimere, Kabupaten Ngada" in page.words
    assert "Pembuat Kopi Contoh Bena" in page.words
    assert "Bahan baku Kopi arabika" in page.words
    assert "Kapasitas sebulan 120 bungkus Harga Rp35.000 / bungkus" in page.words
    rows = {row[0]: row[1:] for row in page.rows}
    source = "Dinas Koperasi Contoh, 30 Juni 2026"
    assert rows["SPP-IRT"] == ["209530900000130", "Berlaku", "31 Desember 2999", "Belum diperiksa", source]
    assert rows["Sertifikat halal"] == ["ID53110000000000126", "Berlaku", "tanpa batas waktu", "Diperiksa", source]
    assert rows["Izin edar BPOM MD"] == [
        "240953000000027", "Lewat masa berlaku", "31 Januari 2020", "Belum diperiksa", source,
    ]  # fmt: skip
    assert {f"/usaha/{province.firm}", f"/desa/{BENA}"} <= set(page.links)


def test_a_telephone_number_in_a_description_is_hidden(province: Seeded, visitor: Client) -> None:
    words = Page(visitor.get(f"/produk/{province.packaged}")).words

    assert "Pesan ke •••, dari kebun sendiri." in words


def test_the_product_of_a_closed_enterprise_has_no_maker(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get(f"/produk/{province.product}"))

    assert "Pembuat" not in page.words
    assert "Tutup Contoh Lama" not in page.words


def test_an_enterprise_shows_public_fields_and_hides_its_nib(province: Seeded, visitor: Client) -> None:
    answer = visitor.get(f"/usaha/{province.firm}")
    page = Page(answer)

    assert "Produk utama Kopi bubuk Komoditas Kopi arabika" in page.words
    assert "Mikro (1–4 tenaga kerja)" in page.words
    assert "10761 (KBLI 2020)" in page.words
    assert "Keberadaan Terverifikasi" in page.words
    rows = {row[0]: row[1:4] for row in page.rows}
    assert rows["NIB"] == ["–", "–", "Berlaku"]
    assert rows["SPP-IRT"] == ["209530900000130", "Kopi Bubuk Contoh", "Berlaku"]
    assert NIB not in answer.content.decode()
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_a_telephone_number_in_a_name_is_hidden(province: Seeded, visitor: Client) -> None:
    assert "Kios Contoh •••" in Page(visitor.get(f"/usaha/{province.second}")).words


def test_a_closed_enterprise_and_unknown_numbers_are_not_found(province: Seeded, visitor: Client) -> None:
    for path, words in (
        (f"/usaha/{province.closed}", "tidak ada, atau sudah tutup."),
        ("/usaha/987654321", "Usaha nomor 987654321 tidak ada"),
        ("/produk/987654321", "Produk nomor 987654321 tidak ada"),
        ("/produk/99999999999999999999", "Produk nomor"),
    ):
        answer = visitor.get(path)
        assert answer.status_code == 404, path
        assert words in Page(answer).words
