"""The front page: figures with their source, the chain as it is today, what came in lately."""

from __future__ import annotations

from datetime import date

from django.test import Client
from tests.portal.province import RECORDED, TABLE_1, Seeded, next_transaction
from tests.portal.reading import Page

from lontar.portal.presenters import home
from lontar.portal.queries import activity, figures
from lontar.registry.queries import coverage


def test_the_figures_of_the_province_are_exact(province: Seeded) -> None:
    found = figures.figures_within("53", day=date(2026, 7, 1))

    assert (found.villages, found.desa, found.kelurahan, found.districts, found.regencies) == (6, 5, 1, 3, 2)
    assert (found.registered, found.verified, found.with_enterprises, found.with_potential) == (4, 1, 3, 2)
    assert (found.products, found.licences, found.expired) == (2, 3, 1)
    assert found.published == figures.Published(50, date(2023, 9, 29), TABLE_1)


def test_a_licence_that_ends_today_is_still_in_force_and_tomorrow_it_is_not(province: Seeded) -> None:
    last = figures.figures_within("53", day=date(2020, 1, 31))
    after = figures.figures_within("53", day=date(2020, 2, 1))

    assert (last.licences, last.expired) == (4, 0)
    assert (after.licences, after.expired) == (3, 1)


def test_a_region_without_anything_gives_zeros_and_no_total(province: Seeded) -> None:
    found = figures.figures_within("53.12.04.2009", day=date(2026, 7, 1))

    assert (found.villages, found.registered, found.products, found.published) == (1, 0, 0, None)


def test_the_page_shows_each_figure_with_unit_source_and_date(province: Seeded, visitor: Client) -> None:
    words = Page(visitor.get("/")).words

    assert "Desa dan kelurahan 6 5 desa, 1 kelurahan Kode wilayah Kemendagri" in words
    assert "Usaha terdaftar 4 usaha 8,0 % dari 50 menurut angka resmi Registri Lontar, 30 Juni 2026" in words
    assert "Usaha terverifikasi 1 usaha 1 dari 4 (25,0 %) Registri Lontar, 30 Juni 2026" in words
    assert "Produk tercatat 2 produk Registri Lontar, 30 Juni 2026" in words
    assert "Izin dan sertifikat berlaku 3 izin 1 sudah lewat masa berlaku Registri Lontar, 30 Juni 2026" in words
    assert f"Angka resmi: 50 perusahaan industri mikro dan kecil ({TABLE_1})" in words


def test_only_the_first_link_of_the_chain_claims_to_work(province: Seeded, visitor: Client) -> None:
    words = Page(visitor.get("/")).words

    assert [link.name for link in home.chain()] == ["Petakan", "Pilih", "Produksi", "Pasarkan", "Pantau"]
    assert words.count("Sudah berjalan") == 1
    assert words.count("Menyusul") == 4


def test_coverage_is_charted_by_share_and_has_a_table_twin_and_a_csv(province: Seeded, visitor: Client) -> None:
    page = Page(visitor.get("/"))

    assert ["Sumba Barat", "10,0"] in page.rows
    assert ["Ngada", "7,5"] in page.rows
    assert page.rows.index(["Sumba Barat", "10,0"]) < page.rows.index(["Ngada", "7,5"])
    assert "/wilayah/53/cakupan.csv" in page.links
    assert "/wilayah/53.09" in page.links


def test_without_published_totals_there_is_no_coverage_chart(province: Seeded) -> None:
    found = figures.figures_within("53.09.01", day=date(2026, 7, 1))

    assert home.coverage_chart(coverage("53.09.01"), found) is None


def test_what_came_in_lately_names_agency_dataset_and_rows_only(province: Seeded, visitor: Client) -> None:
    words = Page(visitor.get("/")).words

    assert "30 Juni 2026 Dinas Koperasi Contoh mengirim Usaha (IKM/UMK): 5 baris baru." in words
    assert ".xlsx" not in words
    assert len(activity.taken_lately(6)) == 1


def test_demonstration_data_is_called_invented_on_every_page_and_real_data_is_not(
    province: Seeded, visitor: Client
) -> None:
    from lontar.access import scope
    from lontar.intake.models import Batch

    assert "Data contoh." not in Page(visitor.get("/peta")).words
    next_transaction()
    with scope.acting_in("53"):
        Batch.objects.filter(state="running").update(channel="demo", state="done", finished_at=RECORDED)

    for path in ("/", "/peta", "/wilayah", "/desa/53.09.01.2001", "/tentang"):
        assert (
            "Data contoh. Wilayahnya nyata; usaha, produk, izin, dan orangnya rekaan." in Page(visitor.get(path)).words
        )


def test_an_empty_house_says_so(db: None, visitor: Client) -> None:
    answer = visitor.get("/")
    words = Page(answer).words

    assert answer.status_code == 200
    assert "Belum ada kiriman data yang selesai." in words
    assert "Angka resmi per kabupaten/kota belum dimuat" in words


def test_the_front_page_takes_few_queries_and_few_bytes(
    province: Seeded, visitor: Client, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(17):  # type: ignore[operator]  # a fixture that is a function
        packed = visitor.get("/", headers={"accept-encoding": "gzip"})

    assert len(packed.content) < 40_000
