"""What a file really is, told by its first bytes and not by its name.

Refuses at once what can never be a table (PDF, pictures, Word files, databases …), each with the cure that helps. What is
inside a zipped workbook is `archive`'s; this module reads only the beginning of the file.
"""

from __future__ import annotations

import struct
from enum import StrEnum
from pathlib import Path

from lontar.engines.tabular.table import MEBIBYTE, Limits, UnreadableFile


class Kind(StrEnum):
    """How the file must be read."""

    ZIP = "zip"
    XLS = "xls"
    HTML = "html"
    TEXT = "text"


_HEAD = 4096
_LAST_SECTOR = 0xFFFFFFFA
DAMAGED = (
    "Berkas ini rusak atau terpotong. Buka di Excel; bila Excel menawarkan perbaikan, terima, simpan sebagai .xlsx, "
    "lalu unggah. Bila tidak dapat dibuka, minta salinan baru kepada pengirimnya."
)
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TOO_MUCH = (
    "Isi berkas ini terlalu besar atau terlalu tersebar untuk dibaca. Biasanya ada isi jauh di bawah atau di kanan tabel: "
    "di Excel tekan Ctrl+End, hapus baris dan kolom kosong di luar tabel, simpan, lalu unggah lagi. "
    "Bila datanya memang sebanyak itu, pecah per kabupaten."
)
_SAVE_AS = "Buka di Excel, pilih Simpan Sebagai, jenis “Buku Kerja Excel (.xlsx)”, lalu unggah hasilnya."
_PICTURE = "Berkas ini gambar, bukan tabel; foto dan hasil pindai tidak dapat dibaca. Unggah berkas Excel atau CSV."
_PACKED = "Berkas ini arsip terkompresi. Keluarkan dulu isinya, lalu unggah berkas Excel atau CSV di dalamnya."

_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "Berkas ini PDF, bukan tabel. Minta berkas Excel atau CSV aslinya dari pembuat PDF, lalu unggah itu."),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"{\\rtf", "Berkas ini dokumen teks (RTF). Salin tabelnya ke Excel, simpan sebagai .xlsx, lalu unggah."),
    (b"\x1f\x8b", _PACKED),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ", _PACKED),
    (b"\x00\x01\x00\x00Standard ", "Berkas ini basis data Access. Ekspor tabelnya ke Excel (.xlsx), lalu unggah hasilnya."),
    (b"SQLite format 3", "Berkas ini basis data SQLite. Ekspor tabelnya ke CSV atau Excel, lalu unggah hasilnya."),
    (b"PAR1", "Berkas ini Parquet. Ekspor tabelnya ke CSV atau Excel, lalu unggah hasilnya."),
    (b"MIME-Version:", "Berkas ini halaman web tersimpan (MHTML), walau namanya Excel. " + _SAVE_AS),
    (b"\x7fELF", "Berkas ini program, bukan tabel. Unggah berkas Excel atau CSV."),
    (b"MZ", "Berkas ini program, bukan tabel. Unggah berkas Excel atau CSV."),
)  # fmt: skip
_CFB_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "file-locked", "Buku kerja ini dikunci kata sandi. Di Excel pilih File › Info › Lindungi Buku Kerja › "
     "Enkripsi dengan Kata Sandi, kosongkan kata sandinya, simpan, lalu unggah lagi."),
    ("_VBA_PROJECT_CUR", "file-macro", "Buku kerja ini berisi makro, dan makro tidak diterima. " + _SAVE_AS),
    ("WordDocument", "file-not-table", "Berkas ini dokumen Word, bukan tabel. Salin tabelnya ke Excel, lalu unggah."),
    ("PowerPoint Document", "file-not-table", "Berkas ini salindia PowerPoint, bukan tabel. Unggah berkas Excel atau CSV."),
    ("__substg1.0_", "file-not-table", "Berkas ini surat Outlook. Simpan lampirannya, lalu unggah berkas itu."),
)  # fmt: skip
_HTML_STARTS = ("<html", "<!doctype html", "<table", "<head", "<meta", "<style", "<body", "<div", "<center")


def check_size(path: Path, limits: Limits) -> None:
    """Refuse an empty file and one above `limits.file_bytes`."""
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile("file-empty", "Berkas ini kosong (0 bita). Periksa lagi berkasnya, lalu unggah ulang.")
    if size > limits.file_bytes:
        raise UnreadableFile(
            "file-too-large",
            f"Berkas ini {_mebibytes(size)} MB, sedangkan batasnya {_mebibytes(limits.file_bytes)} MB. "
            "Pecah menjadi beberapa berkas, misalnya satu per kabupaten, lalu unggah satu per satu.",
        )


def sniff(path: Path) -> Kind:
    """Return how to read the file; raises `UnreadableFile` for what is no table."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return Kind.ZIP
    if head.startswith(_CFB):
        _check_compound(path)
        return Kind.XLS
    if head.startswith(
        (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
    ):
        raise UnreadableFile("file-old-format", "Berkas ini Excel versi sangat lama. " + _SAVE_AS)
    for magic, message in _REFUSED:
        if head.startswith(magic):
            raise UnreadableFile("file-not-table", message)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise UnreadableFile("file-not-table", _PICTURE)
    return _sniff_text(head)


def _sniff_text(head: bytes) -> Kind:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "latin-1", errors="replace").lstrip("\ufeff\xef\xbb\xbf \t\r\n").casefold()
    if text.startswith("<?xml") and "spreadsheet" in text:
        raise UnreadableFile("file-old-format", "Berkas ini “XML Spreadsheet 2003”, walau namanya Excel. " + _SAVE_AS)
    if text.startswith(_HTML_STARTS) or (text.startswith(("<?xml", "<!--")) and "<html" in text):
        return Kind.HTML
    if text.startswith(("<?xml", "<")):
        raise UnreadableFile(
            "file-not-table",
            "Berkas ini XML, bukan tabel. Ekspor datanya sebagai Excel atau CSV, lalu unggah hasilnya.",
        )
    if text.startswith(("{", "[{")):
        raise UnreadableFile(
            "file-not-table",
            "Berkas ini JSON, bukan tabel. Ekspor datanya sebagai Excel atau CSV, lalu unggah hasilnya.",
        )
    return Kind.TEXT


def _check_compound(path: Path) -> None:
    """Refuse compound files that are locked, carry macros, or are not Excel."""
    names = _compound_names(path.read_bytes())
    for name, rule, message in _CFB_STREAMS:
        if any(entry.startswith(name) for entry in names):
            raise UnreadableFile(rule, message)
    if not names & {"Workbook", "Book"}:
        raise UnreadableFile(
            "file-not-table", "Berkas ini bukan buku kerja Excel. Unggah berkas Excel (.xlsx) atau CSV."
        )


def _compound_names(data: bytes) -> set[str]:
    """Return the names of the streams and storages of a compound file (MS-CFB 2.2–2.6), without trusting its chains."""
    try:
        size = 1 << struct.unpack_from("<H", data, 30)[0]
        table = [
            number
            for sector in struct.unpack_from("<109I", data, 76)
            if sector < _LAST_SECTOR and (sector + 2) * size <= len(data)
            for number in struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
        ]
        names: set[str] = set()
        sector, seen = struct.unpack_from("<I", data, 48)[0], 0
        while sector < len(table) and seen < len(table):
            for start in range((sector + 1) * size, (sector + 2) * size, 128):
                length = struct.unpack_from("<H", data, start + 64)[0]
                names.add(data[start : start + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace"))
            sector, seen = table[sector], seen + 1
    except (struct.error, MemoryError, OverflowError) as error:
        raise UnreadableFile("file-damaged", DAMAGED) from error
    return names


def _mebibytes(size: int) -> str:
    return f"{size / MEBIBYTE:.1f}".rstrip("0").rstrip(".").replace(".", ",")
