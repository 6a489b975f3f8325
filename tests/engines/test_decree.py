"""The decree: what it says, over how many pages, as an archive's file; its Word file; templates that would do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import docx
import pikepdf
import pypdfium2
import pytest

from lontar.engines.papers.decree import Annex, Decree, decree_drawer, letter, make_decree, ordinal, sample_decree
from lontar.engines.papers.decree_word import PLACES, SHAPE, default_template, make_decree_docx
from lontar.engines.papers.filling import TemplateProblem, environment
from lontar.engines.papers.marks import Marks
from lontar.engines.papers.pdf import qr_svg

ADDRESS = "https://lontar.example/periksa/K7QF-2M9A-X3TB"
MARKS = Marks("500.3.2/12/DPMD/2026", "K7QF-2M9A-X3TB", ADDRESS, qr_svg(ADDRESS), "Ditandatangani secara elektronik.")


def pages(pdf: bytes) -> list[str]:
    book = pypdfium2.PdfDocument(pdf)
    return [" ".join(book[number].get_textpage().get_text_range().split()) for number in range(len(book))]


def long_decree(rows: int) -> Decree:
    return sample_decree([(str(n), f"Desa Uji {n}", "Kecamatan Uji", "Kopi & <madu>") for n in range(1, rows + 1)])


def test_the_parts_come_in_their_order() -> None:
    first = pages(make_decree(long_decree(60), MARKS))[0]

    order = [
        "PEMERINTAH PROVINSI CONTOH", "KEPUTUSAN KEPALA DINAS CONTOH", "NOMOR 500.3.2/12/DPMD/2026", "TENTANG",
        "PENETAPAN PRODUK UNGGULAN DESA CONTOH", "Tidak berkekuatan hukum", "Menimbang", "a. bahwa setiap desa",
        "b. bahwa produk", "Mengingat", "1. Peraturan Contoh", "Memperhatikan", "MEMUTUSKAN:", "Menetapkan", "KESATU",
        "KEDUA",
    ]  # fmt: skip
    places = [first.index(part) for part in order]
    assert places == sorted(places)
    for part in ("Kota Contoh", "15 Januari 2026", "Nama Pejabat Contoh", "NIP 000000000000000000", "Tembusan"):
        assert part in first
    assert "Ditandatangani secara elektronik." in first
    assert ADDRESS in first.replace(" ", "")


def test_the_annex_repeats_its_head_on_each_page_and_is_signed_at_its_end() -> None:
    found = pages(make_decree(long_decree(500), MARKS))

    annex = found[1:]
    assert len(annex) >= 9
    assert all("No. Desa Kecamatan Produk unggulan" in page for page in annex)
    assert "Desa Uji 500 Kecamatan Uji Kopi & <madu>" in annex[-1]
    assert "Nama Pejabat Contoh" in annex[-1]
    assert "Nama Pejabat Contoh" not in annex[0]


def test_the_file_is_an_archive_s_and_equal_content_gives_equal_bytes() -> None:
    first = make_decree(long_decree(3), MARKS)

    assert first == make_decree(long_decree(3), MARKS)
    with pikepdf.open(io.BytesIO(first)) as book:
        about = book.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "B")


def test_a_decree_signed_by_hand_leaves_room_and_says_nothing_of_electronic_signatures() -> None:
    said = " ".join(pages(make_decree(sample_decree(), replace(MARKS, signature=""))))

    assert "elektronik" not in said


def test_a_crooked_table_is_told() -> None:
    crooked = replace(sample_decree(), annexes=(Annex("Daftar", ("a", "b"), (("1",),)),))

    with pytest.raises(ValueError, match="Daftar: a row has 1 cells, its head 2"):
        make_decree(crooked, MARKS)


@pytest.mark.parametrize(
    ("place", "word"),
    [(1, "KESATU"), (2, "KEDUA"), (10, "KESEPULUH"), (11, "KESEBELAS"), (12, "KEDUA BELAS"), (20, "KEDUA PULUH"),
     (21, "KEDUA PULUH SATU")],
)  # fmt: skip
def test_dictums_are_counted_in_words(place: int, word: str) -> None:
    assert ordinal(place) == word


def test_considerations_are_lettered_beyond_z() -> None:
    assert [letter(place) for place in (1, 26, 27)] == ["a", "z", "aa"]


# --- Word -------------------------------------------------------------------------------------------------------------


def told(content: bytes) -> str:
    book = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in book.paragraphs), *cells])


def test_the_shipped_template_says_all_that_the_pdf_says() -> None:
    content = make_decree_docx(long_decree(40), MARKS)
    said = told(content)

    assert "NOMOR 500.3.2/12/DPMD/2026" in said
    assert "KEDUA\t: Keputusan ini mulai berlaku" in said
    assert said.count("Desa Uji ") == 40
    assert "Kopi & <madu>" in said
    assert "{{" not in said
    assert "{%" not in said
    book = docx.Document(io.BytesIO(content))
    assert len(book.inline_shapes) == 1
    assert book.core_properties.title == "Penetapan Produk Unggulan Desa Contoh"
    assert content == make_decree_docx(long_decree(40), MARKS)


def test_a_drawer_gives_both_files_or_the_pdf_alone() -> None:
    both = decree_drawer(sample_decree())(MARKS)
    assert both.docx is not None
    assert both.docx[:2] == b"PK"
    assert decree_drawer(sample_decree(), with_word=False)(MARKS).docx is None


def test_every_place_is_listed_for_those_who_edit_templates() -> None:
    named = {name.partition(".")[0] for name, _meaning in PLACES}

    assert named == {*SHAPE, "qr"}


def template(*lines: str) -> bytes:
    book = docx.Document()
    for line in lines:
        book.add_paragraph(line)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_an_office_s_own_template_is_filled() -> None:
    own = template(
        "Perihal: {{ tentang }}", "{%p for d in keputusan %}", "{{ loop.index }} {{ d.isi }}", "{%p endfor %}"
    )

    assert "2 Keputusan ini mulai berlaku" in told(make_decree_docx(sample_decree(), MARKS, template=own))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ nomr }}", r"Isian “nomr” tidak dikenal\. Maksud Anda “nomor”\?"),
        ("{{ penanda_tangan.nipp }}", r"Isian “penanda_tangan\.nipp” tidak dikenal\. Maksud Anda “penanda_tangan\.nip”"),
        ("{% for d in keputusan %}{{ d.urut }}{% endfor %}", r"“d\.urut” tidak dikenal\. Maksud Anda “d\.urutan”"),
        ("{{ xyz }}", "Lihat daftar isian"),
        ("{{ nomor.__class__ }}", "tidak dikenal"),
        ("{{ penanda_tangan['nama'] }}", "dengan nama saja"),
        ("{{ ''.__class__.__mro__ }}", "dengan nama saja"),
        ("{{ nomor.format(1) }}", "Perintah “Call” tidak boleh"),
        ("{{ range(9) }}", "Perintah “Call” tidak boleh"),
        ("{{ nomor * 999999999 }}", "Perintah “Mul” tidak boleh"),
        ("{{ nomor | attr('x') }}", "Saringan “attr” tidak boleh"),
        ("{{ lampiran | map(attribute='x') | list }}", "Saringan “(list|map)” tidak boleh"),
        ("{% set x = 1 %}", "Perintah “Assign” tidak boleh"),
        ("{% include 'x' %}", "Perintah “Include” tidak boleh"),
        ("{% macro m() %}{% endmacro %}", "Perintah “Macro” tidak boleh"),
        ("{% for a in keputusan %}{% for b in keputusan %}{% endfor %}{% endfor %}", "di dalam perulangan lain"),
        ("{% for a in nomor %}{% endfor %}", "bukan daftar"),
        ("{% for nomor in keputusan %}{% endfor %}", "sudah dipakai"),
        ("{% for d in keputusan %}", "Isian tidak terbaca"),
        ("{{ nomor", "Isian tidak terbaca"),
        ("{{ self }}", "“self” tidak dikenal"),
    ],
)  # fmt: skip
def test_a_template_that_asks_for_more_than_places_is_refused_and_told_why(line: str, said: str) -> None:
    with pytest.raises(TemplateProblem, match=said):
        make_decree_docx(sample_decree(), MARKS, template=template(line))


def test_nothing_is_left_in_the_language_that_could_be_called() -> None:
    made = environment(SHAPE)

    assert made.globals == {}
    assert set(made.filters) <= {
        "upper", "lower", "title", "capitalize", "trim", "length", "join", "default", "e", "escape",
    }  # fmt: skip


OUTSIDE = (
    b'<R xmlns="x"><Relationship Type="http://x/image" Target="http://192.0.2.1/a.png" TargetMode="External"/></R>'
)


def changed(edit: Callable[[zipfile.ZipFile], None]) -> bytes:
    target = io.BytesIO(default_template())
    with zipfile.ZipFile(target, "a") as package:
        edit(package)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"bukan zip", r"bukan dokumen Word \(\.docx\)"),
        (b"PK\x05\x06" + b"\0" * 18, r"bukan dokumen Word \(\.docx\)"),
        (b"x" * (5 * 1024 * 1024 + 1), "lebih dari 5 MB"),
        (changed(lambda package: package.writestr("word/vbaProject.bin", b"x")), "makro atau objek"),
        (
            changed(lambda package: package.writestr("word/_rels/lain.rels", OUTSIDE)),
            r"dari luar berkas \(image\)",
        ),
        (changed(lambda package: package.writestr("word/besar.xml", b"0" * 61_000_000, zipfile.ZIP_DEFLATED)), "terlalu besar"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_plain_word_document_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(TemplateProblem, match=said):
        make_decree_docx(sample_decree(), MARKS, template=content)
