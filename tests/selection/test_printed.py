"""The worked numbers on paper: every number of the screen, the version of the set, the day, and a QR code to what holds now."""

from __future__ import annotations

import pypdfium2
from tests.factories import MORNING, Member
from tests.selection.world import BARE, ONE, ranked

from lontar.engines.papers.worked import MOST, WorkedGrid, pieces
from lontar.selection.presenters.printed import worked_sheet
from lontar.selection.presenters.unit import numbers_page
from lontar.selection.queries.sheet import unit_sheet

PATH = f"/kantor/unggulan/unit/village:{ONE}/angka.pdf"


def test_the_page_is_a_pdf_with_the_numbers_the_version_and_the_day(province: None, village_officer: Member) -> None:
    ranked()

    answer = village_officer.client().get(f"{PATH}?set=wilayah")
    with pypdfium2.PdfDocument(answer.content) as book:
        told = "\n".join(page.get_textpage().get_text_range() for page in book)

    assert answer["Content-Type"] == "application/pdf"
    assert f"angka-village-{ONE}-wilayah-v1.pdf" in answer["Content-Disposition"]
    assert b"pdfaid:part>2<" in answer.content
    for said in ("Kopi", "Tenun", "Ukuran wilayah, versi 1", "15 Januari 2026", "n = 6"):
        assert said in " ".join(told.split()), said
    assert f"http://testserver/desa/{ONE}" in "".join(told.split())


def test_every_table_of_the_screen_is_on_the_paper(province: None) -> None:
    ranked()
    found = unit_sheet(f"village:{ONE}", set_key="wilayah")
    assert found is not None

    sheet = worked_sheet(found, root="https://contoh.example", at=MORNING)

    page = numbers_page(found)
    assert [one.title for one in sheet.grids] == [one.title for one in page.grids]
    assert [list(map(list, one.rows)) for one in sheet.grids] == [one.rows for one in page.grids]
    assert sheet.address == f"https://contoh.example/desa/{ONE}"


def test_a_unit_without_candidates_has_a_page_that_says_so(province: None, province_officer: Member) -> None:
    ranked()

    answer = province_officer.client().get(f"/kantor/unggulan/unit/village:{BARE}/angka.pdf")

    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_a_wide_table_is_cut_and_nothing_is_lost() -> None:
    heads = ("kriteria", *(f"calon {number}" for number in range(1, 18)))
    grid = WorkedGrid("Nilai", "", heads, (tuple(f"r{column}" for column in range(18)),))

    found = list(pieces(grid))

    assert [one.title for one in found] == ["Nilai (1–7 / 17)", "Nilai (8–14 / 17)", "Nilai (15–17 / 17)"]
    assert [head for one in found for head in one.heads[1:]] == list(heads[1:])
    assert [one.rows[0][0] for one in found] == ["r0"] * 3
    assert max(len(one.heads) for one in found) == MOST + 1
