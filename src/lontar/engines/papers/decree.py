"""The decree (surat keputusan): what one holds, as plain values, and its layout as PDF/A-2b. Its Word file: `decree_word`.

Parts and order are those of Indonesian decrees: letterhead, KEPUTUSAN … NOMOR … TENTANG, Menimbang, Mengingat, Memperhatikan,
MEMUTUSKAN, Menetapkan KESATU …, place and day, signatory, copies, annexes. What is decreed, and whether it may be, is the
caller's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lontar.engines.papers.marks import Drawn, Marks
from lontar.engines.papers.pdf import HERE, compile_pdf
from lontar.engines.papers.words import long_date, plain

DEMO = "Dokumen contoh: wilayahnya nyata; usaha, produk, dan orangnya rekaan. Tidak berkekuatan hukum."


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: the office held, the name, and where they have them NIP and rank."""

    title: str
    name: str
    nip: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """A table behind the decree; its head is repeated on each page. `numeric` are columns (from 0) set to the right."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decree:
    """One decree. `decided_by` is the office that decides (“Kepala Dinas …”); `about` follows TENTANG.

    `considering` gets letters, `recalling` and `noting` numbers, `deciding` KESATU, KEDUA, …; no text repeats these.
    """

    government: str
    office: str
    office_address: str
    decided_by: str
    about: str
    considering: tuple[str, ...]
    recalling: tuple[str, ...]
    deciding: tuple[str, ...]
    place: str
    issued_at: datetime
    signatory: Signatory
    noting: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    copies: tuple[str, ...] = ()
    is_demo: bool = False


def ordinal(place: int) -> str:
    """`KESATU`, `KEDUA`, … `KESEBELAS`, `KEDUA PULUH SATU` (1 to 99)."""
    if not 1 <= place <= 99:
        raise ValueError(f"{place}: a decree has 1 to 99 dictums")
    small = ("", "SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN", "SEPULUH", "SEBELAS")
    if place < len(small):
        words = small[place]
    elif place < 20:
        words = f"{small[place - 10]} BELAS"
    else:
        words = f"{small[place // 10]} PULUH {small[place % 10]}".strip()
    return f"KE{words}"


def letter(place: int) -> str:
    """`a` for 1, … `z`, then `aa`."""
    return (letter((place - 1) // 26) if place > 26 else "") + chr(97 + (place - 1) % 26)


def said(decree: Decree, marks: Marks) -> dict[str, Any]:
    """Every word of the decree, for PDF and Word alike; keys are Indonesian because offices write them in templates."""
    one = decree.signatory
    return {
        "pemerintah": plain(decree.government),
        "kantor": plain(decree.office),
        "alamat_kantor": plain(decree.office_address),
        "jabatan": plain(decree.decided_by),
        "nomor": marks.number,
        "tentang": plain(decree.about),
        "menimbang": [{"huruf": letter(n), "isi": plain(text)} for n, text in enumerate(decree.considering, 1)],
        "mengingat": [{"angka": str(n), "isi": plain(text)} for n, text in enumerate(decree.recalling, 1)],
        "memperhatikan": [{"angka": str(n), "isi": plain(text)} for n, text in enumerate(decree.noting, 1)],
        "keputusan": [{"urutan": ordinal(n), "isi": plain(text)} for n, text in enumerate(decree.deciding, 1)],
        "tempat": plain(decree.place),
        "tanggal": long_date(decree.issued_at),
        "penanda_tangan": {
            "jabatan": plain(one.title),
            "nama": plain(one.name),
            "nip": plain(one.nip),
            "pangkat": plain(one.rank),
        },
        "tanda_tangan": plain(marks.signature),
        "kode": marks.code,
        "alamat_periksa": marks.address,
        "lampiran": [_annex(annex, number) for number, annex in enumerate(decree.annexes, 1)],
        "tembusan": [{"angka": str(n), "isi": plain(text)} for n, text in enumerate(decree.copies, 1)],
        "contoh": DEMO if decree.is_demo else "",
    }


def _annex(annex: Annex, number: int) -> dict[str, Any]:
    return {
        "angka": _roman(number),
        "judul": plain(annex.title),
        "kepala": [plain(cell) for cell in annex.head],
        "baris": [[plain(cell) for cell in row] for row in annex.rows],
        "catatan": plain(annex.note),
    }


def _roman(number: int) -> str:
    out, left = "", number
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while left >= value:
            out, left = out + sign, left - value
    return out


def _check(decree: Decree) -> None:
    for annex in decree.annexes:
        wrong = next((row for row in annex.rows if len(row) != len(annex.head)), None)
        if wrong is not None:
            raise ValueError(f"{annex.title}: a row has {len(wrong)} cells, its head {len(annex.head)}")


def make_decree(decree: Decree, marks: Marks) -> bytes:
    """The decree as PDF/A-2b. Equal content gives equal bytes. Raises `PaperProblem`, ValueError for a crooked table."""
    _check(decree)
    held = said(decree, marks) | {
        "tables": [
            {"numeric": list(annex.numeric), "widths": list(annex.widths or [1.0] * len(annex.head))}
            for annex in decree.annexes
        ]
    }
    inputs = {"decree": json.dumps(held, ensure_ascii=False, sort_keys=True), "qr": marks.qr}
    return compile_pdf((HERE / "decree.typ").read_bytes(), inputs, at=decree.issued_at)


def decree_drawer(decree: Decree, *, word: bytes | None = None, with_word: bool = True) -> Callable[[Marks], Drawn]:
    """What `documents.actions.Draft` wants: PDF and, unless it is not wanted, Word after the template `word`.

    Without a template, the shipped one is used.
    """

    def draw(marks: Marks) -> Drawn:
        from lontar.engines.papers.decree_word import make_decree_docx

        return Drawn(make_decree(decree, marks), make_decree_docx(decree, marks, template=word) if with_word else None)

    return draw


def sample_decree(annex_rows: Sequence[tuple[str, ...]] = ()) -> Decree:
    """An invented decree, recognisable as such, for the preview of templates."""
    rows = tuple(annex_rows) or (("1", "Desa Contoh", "Kecamatan Contoh", "Kopi Contoh"),)
    from datetime import UTC

    return Decree(
        government="Pemerintah Provinsi Contoh",
        office="Dinas Contoh Pemberdayaan Masyarakat dan Desa",
        office_address="Jalan Contoh Nomor 1, Kota Contoh",
        decided_by="Kepala Dinas Contoh",
        about="Penetapan Produk Unggulan Desa Contoh",
        considering=(
            "bahwa setiap desa menetapkan satu produk unggulan melalui musyawarah desa;",
            "bahwa produk pada lampiran telah diperiksa kabupaten dan provinsi;",
        ),
        recalling=("Peraturan Contoh Nomor 1 Tahun 2021;", "Peraturan Contoh Nomor 2 Tahun 2024;"),
        noting=("Berita Acara Musyawarah Desa Contoh tanggal 1 Januari 2026;",),
        deciding=(
            "Menetapkan produk unggulan desa sebagaimana tercantum dalam Lampiran.",
            "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
        ),
        place="Kota Contoh",
        issued_at=datetime(2026, 1, 15, 0, 30, tzinfo=UTC),
        signatory=Signatory("Kepala Dinas Contoh", "Nama Pejabat Contoh", "000000000000000000", "Pembina Contoh"),
        annexes=(
            Annex("Daftar produk unggulan", ("No.", "Desa", "Kecamatan", "Produk unggulan"), rows, (0,), (0.3, 1, 1, 1.4)),
        ),
        copies=("Gubernur Contoh;", "Arsip."),
        is_demo=True,
    )  # fmt: skip
