"""Papers: what they say, that equal content gives equal bytes, the marks of PDF/A, the code that leads to the check."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
import segno
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.paper_samples import ADDRESS, group, sample

from lontar.engines.papers import MappingPaper, VillageLine, make_docx, make_pdf, qr_svg
from lontar.engines.papers.picture import draw
from lontar.engines.papers.words import plain, texts


def read(pdf: bytes) -> list[str]:
    """The text of each page."""
    book = pypdfium2.PdfDocument(pdf)
    return [" ".join(book[number].get_textpage().get_text_range().split()) for number in range(len(book))]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return make_pdf(sample())


def test_the_pdf_says_what_it_was_given(pdf: bytes) -> None:
    pages = read(pdf)
    whole = " ".join(pages)

    assert "Kabupaten Contoh" in pages[0]
    assert "22 November 2026 pukul 09.05 WITA" in pages[0]
    assert "PEMETAAN/53.08/1" in pages[0]
    assert ADDRESS in pages[0]
    assert "Keputusan nomor" in pages[0]
    assert "Halaman 1 dari 10" in pages[0]
    assert "9.240 usaha terdaftar di 252 desa/kelurahan; 7.161 di antaranya (77,5 %) terverifikasi." in pages[1]
    assert "Jumlah 252 8.839 9.240 104,5 % 7.161 77,5 %" in pages[1]
    assert "53.08.21.2011 Desa Uji 11 33 22 Kopi, Jambu mete Kopi bubuk, Tenun ikat" in whole
    assert "Dinas Koperasi Contoh Usaha 9.240 20 November 2026" in whole
    assert "Usaha terdaftar bertambah 12 menjadi 9.240." in whole


def test_the_pdf_bears_the_marks_of_an_archive(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as book:
        about = book.open_metadata()
        fonts = {
            str(font.BaseFont): "/FontDescriptor" in font or "/DescendantFonts" in font
            for page in book.pages
            for font in page.Resources.get("/Font", {}).values()
        }
        embedded = [
            "/FontFile2" in inner.FontDescriptor or "/FontFile3" in inner.FontDescriptor
            for page in book.pages
            for font in page.Resources.get("/Font", {}).values()
            for inner in font.get("/DescendantFonts", [font])
        ]
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "B")
        assert not book.is_encrypted
        assert "/OutputIntents" in book.Root
        assert str(book.Root.Lang) == "id"
    assert embedded
    assert all(embedded)
    assert all(re.search(r"Source(Sans|Serif)", name) for name in fonts), fonts


def test_equal_content_gives_equal_files_and_other_content_others() -> None:
    one, two = sample(districts=3), sample(districts=3, version=2)

    assert make_pdf(one) == make_pdf(sample(districts=3)) != make_pdf(two)
    assert make_docx(one) == make_docx(sample(districts=3)) != make_docx(two)


def test_word_says_the_same_and_repeats_its_heads() -> None:
    content = make_docx(sample())
    book = Document(io.BytesIO(content))
    cells = [[cell.text for cell in row.cells] for table in book.tables for row in table.rows]

    assert ["", "Jumlah", "252", "8.839", "9.240", "104,5 %", "7.161", "77,5 %"] in cells
    assert ["53.08.21.2011", "Desa Uji 11", "33", "22", "Kopi, Jambu mete", "Kopi bubuk, Tenun ikat"] in cells
    assert book.core_properties.title.endswith("Kabupaten Contoh")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.read("word/document.xml").count(b"<w:tblHeader/>") == 5
        assert len([name for name in package.namelist() if name.endswith(".png")]) == 2


def test_the_code_leads_to_the_check() -> None:
    drawn = qr_svg(ADDRESS)
    wanted = segno.make(ADDRESS, error="m", micro=False)
    modules = {(x, y) for y, line in enumerate(wanted.matrix) for x, dark in enumerate(line) if dark}
    found, x, y = set(), 0, 0
    for step in re.findall(r"([Mm])([\d.-]+)[ ,]([\d.-]+)h(\d+)|m(-?\d+) (-?[\d.]+)h(\d+)", drawn):
        absolute, *_rest = step
        dx, dy, run = step[1:4] if step[0] else step[4:7]
        x, y = (float(dx), float(dy)) if absolute == "M" else (x + float(dx), y + float(dy))
        found |= {(int(x) - 4 + k, int(y - 0.5) - 4) for k in range(int(run))}
        x += int(run)

    assert found == modules


def test_a_paper_without_map_villages_or_sources_is_still_a_paper() -> None:
    bare = replace(sample(districts=1, with_map=False), groups=(), leading=(), sources=(), changes=(), data_as_of=None)

    whole = " ".join(read(make_pdf(bare)))

    assert "Belum ada data dari instansi." in whole
    assert "Peta" not in whole.split("Cakupan per")[1].split("Catatan cara")[0]
    assert "Belum ada titik desa/kelurahan untuk digambar." in "\n".join(
        line.text for line in Document(io.BytesIO(make_docx(bare))).paragraphs
    )


@given(st.text(max_size=80))
def test_any_name_can_be_set_in_the_shipped_fonts(text: str) -> None:
    said = plain(text)

    assert all(letter in "–—‘’“”…•−" or ord(letter) <= 0x17F for letter in said)
    assert plain(said) == said


def test_words_that_look_like_markup_stay_words() -> None:
    odd = "#panic() <b>$x$</b> *tebal* \\ & \u4f60 Ñ–"
    line = VillageLine("53.08.01.2001", odd, "Desa", 1, 1, (odd,), (odd,))
    paper = replace(sample(districts=1), groups=(replace(group(1), villages=(line,)),))

    whole = " ".join(read(make_pdf(paper)))

    assert "#panic() <b>$x$</b> *tebal* \\ & ? Ñ–" in whole
    assert "#panic() <b>$x$</b> *tebal* \\ & ? Ñ–" in [c.text for t in Document(io.BytesIO(make_docx(paper))).tables for r in t.rows for c in r.cells]  # fmt: skip  # noqa: E501


def test_the_map_keeps_names_apart_and_colours_by_class() -> None:
    picture = sample().picture
    assert picture is not None

    drawn = draw(picture)

    assert drawn.count("<circle") == 12
    assert drawn.count('fill="#1f2f54"') == 4
    heights = {float(y) for y in re.findall(r'<text[^>]* y="([\d.]+)"', drawn)}
    assert len(heights) == 2  # the second name moved a line away from the first


def test_a_province_gathers_kecamatan_under_their_kabupaten() -> None:
    wide: MappingPaper = replace(
        sample(districts=2),
        region_code="53",
        beneath="kabupaten/kota",
        groups=(group(1), replace(group(2), regency="Kota Contoh")),
    )

    said = texts(wide)

    assert [section["title"] for section in said["sections"]] == ["Kabupaten Contoh", "Kota Contoh"]
    assert said["bare"] == []
