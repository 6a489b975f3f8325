"""The list of enterprises: what it shows, how the address filters and orders it, its files, its side panel, saved views."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from tests.factories import Member, make_enterprise
from tests.office.world import BENA, LANGA, World

from lontar.access import scope
from lontar.engines.tabular import stream_csv
from lontar.office.models import SavedView
from lontar.office.presenters.enterprises import sheet
from lontar.office.queries.enterprises import all_rows
from lontar.registry.queries import EnterpriseFilter
from lontar.ui.presenters import Query

LIST = "/kantor/usaha/"


def page(member: Member, query: str = "") -> str:
    answer = member.client().get(LIST + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def names(text: str) -> list[str]:
    """The names of the rows, in order."""
    return [part.partition("</a>")[0].rpartition(">")[2] for part in text.split('<th role="rowheader"')[1:]]


def file_rows(member: Member, query: str) -> list[list[str]]:
    answer = member.client().get(LIST + query)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_list_shows_the_region_of_the_post_in_the_order_of_villages(agency_officer: Member, world: World) -> None:
    text = page(agency_officer)
    assert names(text) == ["Tenun Ikat Contoh", "=Kopi Contoh", "Anyaman Contoh"]
    assert '<strong class="l-num">3</strong> usaha' in text
    for words in (
        "Maria Contohina",
        "Kain tenun",
        "Bena Contoh",
        "48.000.000",
        "Terverifikasi",
        "Tutup",
    ):
        assert words in text


def test_the_csv_of_the_database_equals_the_table_in_every_column(agency_officer: Member, world: World) -> None:
    columns = [column.key for column in sheet().columns[1:]]
    query = "".join(f"&kolom={key}" for key in columns)
    head, *rows = file_rows(agency_officer, f"?format=csv{query}")
    scope.enter("53.09")
    asked = EnterpriseFilter()
    lines = sheet().lines(
        Query(LIST, tuple(("kolom", key) for key in columns)), all_rows(asked, within="53.09", sort="village")
    )
    by_hand = list(csv.reader(io.StringIO(b"".join(stream_csv(lines, head)).decode("utf-8-sig"))))
    assert [head, *rows] == by_hand
    assert len(head) == len(sheet().columns)
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?wilayah=53.09.01.2001", ["Tenun Ikat Contoh"]),
        ("?wilayah=Langa+Contoh", ["=Kopi Contoh", "Anyaman Contoh"]),
        ("?imk=mikro", ["Tenun Ikat Contoh"]),
        ("?umkm=mikro", ["Tenun Ikat Contoh"]),
        ("?kbli=10", ["=Kopi Contoh"]),
        ("?nib=ada", ["Tenun Ikat Contoh"]),
        ("?nib=tidak", ["=Kopi Contoh", "Anyaman Contoh"]),
        ("?verifikasi=sudah", ["=Kopi Contoh"]),
        ("?verifikasi=belum", ["Tenun Ikat Contoh", "Anyaman Contoh"]),
        ("?status=closed", ["Anyaman Contoh"]),
        ("?q=contohina", ["Tenun Ikat Contoh"]),
        ("?q=kopi+bub", ["=Kopi Contoh"]),
        ("?q=1234567890123", ["Tenun Ikat Contoh"]),
        ("?urut=-nama", ["Tenun Ikat Contoh", "Anyaman Contoh", "=Kopi Contoh"]),
        ("?urut=-omzet", ["Tenun Ikat Contoh", "Anyaman Contoh", "=Kopi Contoh"]),
        ("?urut=tidak-ada", ["Tenun Ikat Contoh", "=Kopi Contoh", "Anyaman Contoh"]),
    ],
)
def test_the_address_filters_and_orders(agency_officer: Member, world: World, query: str, found: list[str]) -> None:
    assert names(page(agency_officer, query)) == found


def test_what_is_filtered_stands_in_words_and_can_be_taken_off(agency_officer: Member, world: World) -> None:
    text = page(agency_officer, f"?wilayah={BENA}&imk=mikro")
    assert "Wilayah: Desa Bena Contoh, Kecamatan Contoh 53.09.01, Kabupaten Contoh 53.09" in text
    assert "Kelas IMK: Mikro (1–4 tenaga kerja)" in text
    assert f'href="{LIST}?wilayah={BENA}"' in text


def test_a_place_that_nobody_knows_is_answered_with_the_cure(agency_officer: Member, world: World) -> None:
    assert "“Xyzzy” tidak ditemukan dalam daftar wilayah." in page(agency_officer, "?wilayah=Xyzzy")


def test_an_empty_list_says_what_to_do(agency_officer: Member) -> None:
    assert "Belum ada usaha di wilayah Anda." in page(agency_officer)
    assert "Longgarkan saringan" in page(agency_officer, "?imk=besar")


def test_pages_go_on_where_the_last_one_ended(agency_officer: Member, world: World) -> None:
    scope.enter("53")
    for number in range(60):
        make_enterprise(LANGA, name=f"Usaha Contoh {number:02d}")
    seen = [name for hal in (1, 2, 3) for name in names(page(agency_officer, f"?urut=nama&per=25&hal={hal}"))]
    assert seen == sorted(seen)
    assert len(seen) == len(set(seen)) == 63
    assert names(page(agency_officer, "?urut=nama&per=25&hal=99")) == seen[50:]


def test_files_hold_the_rows_and_columns_of_the_table(agency_officer: Member, world: World) -> None:
    head, *rows = file_rows(agency_officer, "?format=csv&urut=nama&kolom=produk&kolom=omzet&kolom=verifikasi")
    assert head == ["Nama usaha", "Produk utama", "Omzet setahun (Rp)", "Verifikasi"]
    assert rows == [
        ["'=Kopi Contoh", "Kopi bubuk", "", "Terverifikasi"],
        ["Anyaman Contoh", "", "", "Belum"],
        ["Tenun Ikat Contoh", "Kain tenun", "48000000", "Belum"],
    ]


def test_the_workbook_equals_the_csv(agency_officer: Member, world: World) -> None:
    query = "?urut=nama&verifikasi=belum"
    head, *rows = file_rows(agency_officer, f"{query}&format=csv")
    answer = agency_officer.client().get(f"{LIST}{query}&format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    written = [[("" if cell is None else str(cell)) for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert written == [head, *rows]
    assert len(rows) == 2


def test_a_file_is_read_in_pieces_without_losing_or_doubling_a_row(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lontar.office.queries.enterprises.PIECE", 2)
    scope.enter("53.09")
    for order in ("name", "-name", "village", "-turnover", "workers", "recorded"):
        rows = all_rows(EnterpriseFilter(), within="53.09", sort=order)
        assert sorted(row["name"] for row in rows) == ["=Kopi Contoh", "Anyaman Contoh", "Tenun Ikat Contoh"], order


def test_the_side_panel_has_its_own_address_and_can_be_fetched_alone(agency_officer: Member, world: World) -> None:
    address = f"{LIST}?buka={world.tenun.pk}"
    whole = agency_officer.client().get(address).content.decode()
    alone = agency_officer.client().get(address, headers={"HX-Request": "true", "HX-Target": "panel"}).content.decode()
    for text in (whole, alone):
        assert '<aside id="panel" class="l-panel" aria-label="Rincian">' in text
        assert "Dua ukuran yang berbeda" in text
    assert "daftar" in whole
    assert '<section id="daftar"' not in alone


def test_a_view_is_saved_replaced_shared_and_dropped(agency_officer: Member, viewer: Member, world: World) -> None:
    browser = agency_officer.client()
    form = {
        "list_key": "usaha",
        "name": "Tenun Bena",
        "query": f"wilayah={BENA}&urut=-omzet&hal=3",
        "columns": ["produk"],
    }
    answer = browser.post("/kantor/tampilan/", form)
    assert answer["Location"] == f"{LIST}?wilayah={BENA}&urut=-omzet&kolom=produk"
    one = SavedView.objects.get()
    assert (one.user, one.query, one.columns) == (agency_officer.user, f"wilayah={BENA}&urut=-omzet", ["produk"])
    assert 'aria-current="true">Tenun Bena</a>' in browser.get(answer["Location"]).content.decode()

    browser.post("/kantor/tampilan/", {**form, "query": "imk=mikro", "columns": []})
    again = SavedView.objects.get()
    assert (again.pk, again.slug, again.query, again.columns) == (one.pk, one.slug, "imk=mikro", [])

    shared = viewer.client().get(f"/kantor/tampilan/{one.slug}/")
    assert shared["Location"] == f"{LIST}?imk=mikro"
    assert "Tenun Bena" not in viewer.client().get(LIST).content.decode()
    assert viewer.client().post(f"/kantor/tampilan/{one.slug}/hapus/").status_code == 404
    assert SavedView.objects.count() == 1

    assert browser.post(f"/kantor/tampilan/{one.slug}/hapus/").status_code == 302
    assert SavedView.objects.count() == 0
