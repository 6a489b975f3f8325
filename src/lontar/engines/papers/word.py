"""Lays the mapping document out for Word, so that an office can go on writing in it. Same words as the PDF.

Rows of tables are written as XML at once: python-docx needs a second for each hundred rows when asked cell by cell. The
package is written anew with fixed dates, so that equal content gives equal bytes. The font is one that offices have;
Word does not carry ours.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from lontar.engines.papers.model import MappingPaper
from lontar.engines.papers.pdf import map_png, qr_png
from lontar.engines.papers.words import texts

if TYPE_CHECKING:
    from docx.document import Document

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FONT, _NILA, _TULANG, _RULE = "Calibri", "1F2F54", "FBF8F2", "CFC7B6"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def make_docx(paper: MappingPaper) -> bytes:
    """The document as DOCX."""
    import docx

    said = texts(paper)
    book = docx.Document()
    _styles(book)
    _properties(book, paper, said)
    _cover(book, paper, said)
    _body(book, paper, said)
    raw = io.BytesIO()
    book.save(raw)
    return repacked(raw.getvalue())


def repacked(content: bytes) -> bytes:
    """The same package with the dates of its members fixed and the members in the order of their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED, 6)
    return target.getvalue()


def _styles(book: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    page = book.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin = page.bottom_margin = Mm(22)
    for name, size in (("Normal", 10), ("Title", 24), ("Heading 1", 15), ("Heading 2", 12)):
        style: Any = book.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for slot in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(slot), None)
        fonts.set(qn("w:hAnsi"), _FONT)
        fonts.set(qn("w:cs"), _FONT)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(_NILA)
    normal: Any = book.styles["Normal"]
    normal.paragraph_format.space_after = Pt(4)
    language = normal.element.rPr.makeelement(qn("w:lang"), {qn("w:val"): "id-ID"})
    normal.element.rPr.append(language)


def _properties(book: Document, paper: MappingPaper, said: Any) -> None:
    about = book.core_properties
    about.title, about.author = f"{said['title']} – {said['region']}", said["issuer"]
    about.subject, about.keywords = said["number"], said["code"]
    about.comments, about.last_modified_by, about.revision = "", said["issuer"], 1
    about.created = about.modified = paper.issued_at.replace(tzinfo=None)
    about.language = "id-ID"


def _cover(book: Document, paper: MappingPaper, said: Any) -> None:
    from docx.enum.text import WD_BREAK
    from docx.shared import Mm, Pt

    book.add_paragraph("Program satu desa satu produk (One Village One Product, OVOP)")
    book.add_paragraph(said["title"], style="Title")
    region = book.add_paragraph().add_run(said["region"])
    region.font.size, region.bold = Pt(18), True
    facts = [
        ["Nomor dokumen", said["number"]],
        ["Versi", said["version"]],
        ["Diterbitkan", said["issued"]],
        ["Keadaan data", said["as_of"]],
        ["Oleh", said["issuer"]],
        ["Kode wilayah", said["region_code"]],
    ]
    _table(book, rows=facts, widths=(30, 70))
    book.add_paragraph()
    book.add_paragraph("Penetapan", style="Heading 2")
    book.add_paragraph(
        "Diisi ketika dokumen ini ditetapkan dengan keputusan. Tanpa nomor keputusan, dokumen ini adalah bahan penetapan."
    )
    _table(book, rows=[[name, ""] for name in ("Keputusan nomor", "Tanggal", "Pejabat")], widths=(30, 70))
    if said["demo"]:
        book.add_paragraph().add_run(said["demo"]).bold = True
    book.add_paragraph()
    book.add_picture(io.BytesIO(qr_png(paper.address)), width=Mm(34))
    book.add_paragraph(
        f"Periksa keaslian dokumen ini: pindai kode QR atau buka {said['address']} (kode periksa {said['code']}). "
        "Naskah Word ini untuk disunting; yang dicocokkan sebagai asli adalah berkas yang diunduh, sebelum diubah."
    )
    book.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _footer(book, said)


def _footer(book: Document, said: Any) -> None:
    from docx.oxml import parse_xml

    line = book.sections[0].footer.paragraphs[0]
    line.text = f"{said['number']} · versi {said['version']} · kode periksa {said['code']} · halaman "
    line._p.append(parse_xml(f'<w:fldSimple {_W} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def _body(book: Document, paper: MappingPaper, said: Any) -> None:
    book.add_heading("1. Ringkasan", 1)
    _bullets(book, said["summary"])
    if said["changes"]:
        book.add_heading("Yang berubah sejak versi sebelumnya", 2)
        _bullets(book, said["changes"])
    book.add_heading(f"2. Cakupan per {said['beneath']}", 1)
    heads = ["Kode", "Nama", "Desa/kel.", "Angka resmi", "Terdaftar", "Terdaftar dari resmi", "Terverifikasi", "Bagian terverifikasi"]  # fmt: skip  # noqa: E501
    _table(
        book, heads=heads, rows=said["coverage"], total=said["coverage_total"], numeric=range(2, 8),
        widths=(11, 25, 9, 10, 11, 12, 12, 12),
    )  # fmt: skip
    book.add_paragraph(
        f"Angka resmi: {said['official_source']}. Tanda – berarti tidak diterbitkan atau tidak dapat dihitung."
    )
    _map(book, paper, said)
    book.add_heading("4. Komoditas yang paling banyak tercatat", 1)
    _table(book, heads=["Komoditas", "Desa/kelurahan"], rows=said["leading"], numeric=(1,), widths=(75, 25))
    book.add_heading("5. Desa dan kelurahan", 1)
    village = ["Kode", "Desa/kelurahan", "Terdaftar", "Terverifikasi", "Komoditas utama", "Produk utama"]
    for section in said["sections"]:
        if section["title"]:
            book.add_heading(section["title"], 2)
        _table(book, heads=village, rows=_grouped(section["groups"]), numeric=(2, 3), widths=(16, 19, 10, 12, 21, 22))
    _lacking(book, said)


def _grouped(groups: Iterable[Any]) -> list[Sequence[str]]:
    """A row of one cell names the kecamatan whose villages follow."""
    return [row for group in groups for row in ([group["title"]], *group["rows"])]


def _map(book: Document, paper: MappingPaper, said: Any) -> None:
    from docx.shared import Mm

    picture = map_png(paper)
    book.add_heading("3. Peta", 1)
    if picture is None:
        book.add_paragraph("Belum ada titik desa/kelurahan untuk digambar.")
        return
    book.add_paragraph().add_run(said["question"]).bold = True
    book.add_picture(io.BytesIO(picture), width=Mm(172))
    from docx.shared import RGBColor

    legend = book.add_paragraph()
    for colour, label, number in said["legend"]:
        legend.add_run("● ").font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())
        legend.add_run(f"{label} ({number})    ")
    book.add_paragraph(f"Angka dalam kurung: jumlah desa/kelurahan. Sumber: {said['map_source']}.")


def _lacking(book: Document, said: Any) -> None:
    book.add_heading("6. Yang belum ada", 1)
    heads = ["Nama", "Desa tanpa potensi", "Desa tanpa usaha", "Usaha belum terverifikasi", "Desa tanpa titik sendiri"]
    _table(
        book, heads=heads, rows=said["lacking"], total=said["lacking_total"], numeric=range(1, 5),
        widths=(36, 16, 16, 16, 16),
    )  # fmt: skip
    for key, title in (
        ("bare", "Desa/kelurahan yang potensinya belum tercatat"),
        ("empty", "Desa/kelurahan tanpa usaha terdaftar"),
    ):
        if said[key]:
            book.add_heading(title, 2)
            _bullets(book, [f"{one['title']}: {one['names']}" for one in said[key]])
    book.add_heading("7. Sumber data", 1)
    _table(book, heads=["Instansi", "Isi", "Baris", "Terbaru"], rows=said["sources"], numeric=(2,), widths=(44, 20, 14, 22))  # fmt: skip  # noqa: E501
    book.add_heading("8. Catatan cara menghitung", 1)
    _bullets(book, said["method"])


def _bullets(book: Document, lines: Iterable[str]) -> None:
    for line in lines:
        book.add_paragraph(line, style="List Bullet")


def _cell(text: str, *, width: int, is_right: bool, is_strong: bool = False, span: int = 1) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_TULANG}"/>' if is_strong else ""
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    bold = '<w:rPr><w:b/><w:sz w:val="18"/></w:rPr>' if is_strong else '<w:rPr><w:sz w:val="18"/></w:rPr>'
    side = '<w:jc w:val="right"/>' if is_right else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{shade}</w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:before="20" w:after="20"/>{side}</w:pPr><w:r>{bold}<w:t xml:space="preserve">{escape(text)}</w:t>'
        "</w:r></w:p></w:tc>"
    )


def _row(cells: Sequence[str], *, widths: Sequence[int], numeric: Iterable[int], is_head: bool, is_total: bool) -> str:
    repeated = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else "<w:trPr><w:cantSplit/></w:trPr>"
    if len(cells) == 1:
        return f"<w:tr>{repeated}{_cell(cells[0], width=sum(widths), is_right=False, is_strong=True, span=len(widths))}</w:tr>"
    right, strong = set(numeric), is_head or is_total
    made = "".join(
        _cell(text, width=widths[place], is_right=place in right, is_strong=strong) for place, text in enumerate(cells)
    )
    return f"<w:tr>{repeated}{made}</w:tr>"


def _table(
    book: Document,
    *,
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
    heads: Sequence[str] = (),
    total: Sequence[str] = (),
    numeric: Iterable[int] = (),
) -> None:
    """A table across the page; `widths` in per cent, `numeric` the columns that stand right."""
    from docx.oxml import parse_xml

    wide, right = [share * 9865 // 100 for share in widths], tuple(numeric)
    lines = [_row(heads, widths=wide, numeric=right, is_head=True, is_total=False)] if heads else []
    lines += [_row(row, widths=wide, numeric=right, is_head=False, is_total=False) for row in rows]
    lines += [_row(total, widths=wide, numeric=right, is_head=False, is_total=True)] if total else []
    if not lines:
        return
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>' for side in ("top", "bottom", "insideH")
    )
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in wide)
    table = parse_xml(
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{sum(wide)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>'
    )
    book.element.body.insert_element_before(table, "w:sectPr")
