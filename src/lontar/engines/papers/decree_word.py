"""The decree as Word: filled into the office's own template, or into the one that is made here.

The shipped template is an ordinary document with places in it: offices download it, edit it in Word and upload it again.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from lontar.engines.papers.decree import Decree, said
from lontar.engines.papers.filling import Shape, fill
from lontar.engines.papers.marks import Marks
from lontar.engines.papers.pdf import qr_png

if TYPE_CHECKING:
    from docx.document import Document

_FONT = "Bookman Old Style"
_NUMBERED: Final[Shape] = [{"angka": None, "isi": None}]
SHAPE: Final[dict[str, Shape]] = {
    "pemerintah": None,
    "kantor": None,
    "alamat_kantor": None,
    "jabatan": None,
    "nomor": None,
    "tentang": None,
    "menimbang": [{"huruf": None, "isi": None}],
    "mengingat": _NUMBERED,
    "memperhatikan": _NUMBERED,
    "keputusan": [{"urutan": None, "isi": None}],
    "tempat": None,
    "tanggal": None,
    "penanda_tangan": {"jabatan": None, "nama": None, "nip": None, "pangkat": None},
    "tanda_tangan": None,
    "kode": None,
    "alamat_periksa": None,
    "lampiran": [{"angka": None, "judul": None, "kepala": [None], "baris": [[None]], "catatan": None}],
    "tembusan": _NUMBERED,
    "contoh": None,
}
#: Every place with what it holds, for the screen where templates are changed.
PLACES: Final = (
    ("pemerintah", "Nama pemerintah di kop, misalnya Pemerintah Provinsi …"),
    ("kantor", "Nama dinas di kop"),
    ("alamat_kantor", "Alamat di kop"),
    ("jabatan", "Jabatan yang menetapkan, misalnya Kepala Dinas …"),
    ("nomor", "Nomor keputusan"),
    ("tentang", "Judul keputusan"),
    ("menimbang", "Daftar: huruf, isi"),
    ("mengingat", "Daftar: angka, isi"),
    ("memperhatikan", "Daftar: angka, isi; boleh kosong"),
    ("keputusan", "Daftar diktum: urutan (KESATU, KEDUA, …), isi"),
    ("tempat", "Tempat ditetapkan"),
    ("tanggal", "Tanggal ditetapkan"),
    ("penanda_tangan.jabatan", "Jabatan penanda tangan"),
    ("penanda_tangan.nama", "Nama penanda tangan"),
    ("penanda_tangan.nip", "NIP penanda tangan; boleh kosong"),
    ("penanda_tangan.pangkat", "Pangkat penanda tangan; boleh kosong"),
    ("tanda_tangan", "Kalimat tentang tanda tangan elektronik; kosong bila ditandatangani dengan pena"),
    ("qr", "Gambar kode QR ke halaman periksa"),
    ("kode", "Kode periksa"),
    ("alamat_periksa", "Alamat halaman periksa"),
    ("lampiran", "Daftar: angka, judul, kepala (daftar), baris (daftar dari daftar sel), catatan"),
    ("tembusan", "Daftar: angka, isi; boleh kosong"),
    ("contoh", "Pemberitahuan data contoh; kosong pada data sungguhan"),
)


def make_decree_docx(decree: Decree, marks: Marks, *, template: bytes | None = None) -> bytes:
    """The decree as DOCX. Raises `TemplateProblem` when the template cannot be filled."""
    words, pictures = said(decree, marks), {"qr": qr_png(marks.address, scale=6)}
    return fill(template or default_template(), words, shape=SHAPE, pictures=pictures)


@lru_cache(maxsize=1)
def default_template() -> bytes:
    """The shipped template as DOCX; equal bytes each time."""
    import docx

    from lontar.engines.papers.word import repacked

    book = docx.Document()
    _page(book)
    _head(book)
    _parts(book)
    _closing(book)
    _annexes(book)
    raw = io.BytesIO()
    book.save(raw)
    return repacked(raw.getvalue())


def _page(book: Document) -> None:
    from datetime import datetime

    from docx.shared import Mm, Pt

    page = book.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(28), Mm(22), Mm(20), Mm(22)
    normal: Any = book.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(4)
    about = book.core_properties
    about.title, about.author, about.comments = "{{ tentang }}", "{{ kantor }}", ""
    about.created = about.modified = datetime(2026, 1, 1)
    line = page.footer.paragraphs[0]
    line.text = "{{ nomor }} · kode periksa {{ kode }}"


def _centred(book: Document, text: str, *, bold: bool = True, size: float = 0) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    line = book.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    return line


def _head(book: Document) -> None:
    _centred(book, "{{ pemerintah | upper }}", size=12)
    _centred(book, "{{ kantor | upper }}", size=14)
    _centred(book, "{{ alamat_kantor }}", bold=False, size=9)
    _centred(book, "")
    for text in ("KEPUTUSAN {{ jabatan | upper }}", "NOMOR {{ nomor }}", "TENTANG", "{{ tentang | upper }}"):
        _centred(book, text)
    _centred(book, "{{ jabatan | upper }},")
    book.add_paragraph("{%p if contoh %}")
    _centred(book, "{{ contoh }}", bold=False, size=9)
    book.add_paragraph("{%p endif %}")


def _listed(book: Document, title: str, name: str, mark: str) -> None:
    book.add_paragraph(f"{{%p if {name} %}}")
    book.add_paragraph().add_run(f"{title}:").bold = True
    book.add_paragraph(f"{{%p for butir in {name} %}}")
    _hanging(book, f"{{{{ butir.{mark} }}}}.\t{{{{ butir.isi }}}}")
    book.add_paragraph("{%p endfor %}")
    book.add_paragraph("{%p endif %}")


def _hanging(book: Document, text: str, *, millimetres: float = 9) -> None:
    from docx.shared import Mm

    line = book.add_paragraph(text)
    line.paragraph_format.left_indent = Mm(millimetres)
    line.paragraph_format.first_line_indent = Mm(-millimetres)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(millimetres))


def _parts(book: Document) -> None:
    _listed(book, "Menimbang", "menimbang", "huruf")
    _listed(book, "Mengingat", "mengingat", "angka")
    _listed(book, "Memperhatikan", "memperhatikan", "angka")
    _centred(book, "MEMUTUSKAN:")
    book.add_paragraph("Menetapkan: KEPUTUSAN {{ jabatan | upper }} TENTANG {{ tentang | upper }}.")
    book.add_paragraph("{%p for diktum in keputusan %}")
    _hanging(book, "{{ diktum.urutan }}\t: {{ diktum.isi }}", millimetres=36)
    book.add_paragraph("{%p endfor %}")


def _closing(book: Document) -> None:
    from docx.shared import Mm

    lines = (
        "Ditetapkan di {{ tempat }}", "pada tanggal {{ tanggal }}", "", "{{ penanda_tangan.jabatan | upper }},",
        "{{ tanda_tangan }}", "", "{{ penanda_tangan.nama }}", "{{ penanda_tangan.pangkat }}",
    )  # fmt: skip
    for text in lines:
        line = book.add_paragraph(text)
        line.paragraph_format.left_indent = Mm(85)
        line.paragraph_format.keep_with_next = True
    last = book.add_paragraph("{% if penanda_tangan.nip %}NIP {{ penanda_tangan.nip }}{% endif %}")
    last.paragraph_format.left_indent = Mm(85)
    book.add_paragraph("{{ qr }}")
    book.add_paragraph("Periksa keaslian: {{ alamat_periksa }} (kode {{ kode }})")
    _listed(book, "Tembusan", "tembusan", "angka")


def _annexes(book: Document) -> None:
    book.add_paragraph("{%p for satu in lampiran %}")
    first = book.add_paragraph("LAMPIRAN {{ satu.angka }} KEPUTUSAN {{ jabatan | upper }} NOMOR {{ nomor }}")
    first.paragraph_format.page_break_before = True
    _centred(book, "{{ satu.judul | upper }}")
    table = book.add_table(rows=4, cols=3)
    table.style = "Table Grid"
    _row(table.rows[0], "{%tc for sel in satu.kepala %}", "{{ sel }}", "{%tc endfor %}", is_head=True)
    table.rows[1].cells[0].text = "{%tr for baris in satu.baris %}"
    _row(table.rows[2], "{%tc for sel in baris %}", "{{ sel }}", "{%tc endfor %}")
    table.rows[3].cells[0].text = "{%tr endfor %}"
    book.add_paragraph("{{ satu.catatan }}")
    book.add_paragraph("{%p endfor %}")


def _row(row: Any, *texts: str, is_head: bool = False) -> None:
    from docx.oxml import parse_xml

    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text
        for run in cell.paragraphs[0].runs:
            run.bold = is_head
    if is_head:
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {space}/>"))
