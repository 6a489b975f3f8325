"""Files that must not be read: each gets its rule and a cure; the dangerous ones in the bounded process that uploads use."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.engines.tabular.files import Rows, biff, compound, ods, text_cell, xlsx, xlsx_of_xml

from lontar.engines.tabular import Limits, Table, UnreadableFile, parse_table, read_table
from lontar.engines.tabular.table import MEBIBYTE

ROWS: Rows = [["No", "Nama Usaha", "Desa"], [1, "Contoh Uji", "Obe"]]
XML_ROWS = f'<row r="1">{text_cell("A1", "Nama")}{text_cell("B1", "Desa")}</row>'
XML_ROWS += f'<row r="2">{text_cell("A2", "Contoh Uji")}{text_cell("B2", "Obe")}</row>'
XML_2003 = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
XML_2003 += b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaa">]><sst>&a;</sst>'
SMALL = Limits(
    file_bytes=MEBIBYTE,
    unpacked_bytes=8 * MEBIBYTE,
    ratio_from_bytes=2 * MEBIBYTE,
    memory_bytes=1024 * MEBIBYTE,
    seconds=30,
)


def read(path: Path, limits: Limits = SMALL) -> Table:
    return read_table(path, filename=path.name, limits=limits)


def refusal_of(path: Path, limits: Limits = SMALL) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refusal:
        read(path, limits)
    assert refusal.value.message == str(refusal.value)
    assert refusal.value.message.endswith(".")
    assert "Traceback" not in refusal.value.message
    return refusal.value


def test_a_good_file_comes_back_whole_through_the_bounded_process(tmp_path: Path) -> None:
    table = read(xlsx(tmp_path / "data.xlsx", ROWS, more={"Lama": ROWS}, hidden=["Lama"]))

    assert table.frame.rows() == [("1", "Contoh Uji", "Obe")]
    assert table.numeric.rows() == [(True, False, False)]
    assert table.row_numbers.to_list() == [2]
    assert table.row_sheets.to_list() == ["Data"]
    assert [column.letter for column in table.columns] == ["A", "B", "C"]
    assert [(info.name, info.hidden) for info in table.sheets] == [("Data", False), ("Lama", True)]
    assert table.notes == ("Lembar tersembunyi tidak dibaca: “Lama”.",)
    assert table.row_keys is None


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return path


def _raw(content: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def _cut(path: Path) -> Path:
    xlsx(path, ROWS)
    path.write_bytes(path.read_bytes()[:-200])
    return path


def _flipped(path: Path) -> Path:
    """Spoil the compressed bytes of the sheet."""
    xlsx(path, ROWS)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as zipped:
        place = zipped.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    data[place : place + 40] = bytes(40)
    path.write_bytes(bytes(data))
    return path


def _nothing_but_a_zip_of_zips(path: Path) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("x", bytes(MEBIBYTE))
    return _zip(path, {f"{number}.zip": inner.getvalue() for number in range(5)})


def _with_entities(path: Path) -> Path:
    return xlsx_of_xml(path, XML_ROWS, extra={"xl/sharedStrings.xml": ENTITIES})


REFUSED: list[tuple[str, str, str, Callable[[Path], Path]]] = [
    ("kosong.xlsx", "file-empty", "kosong", _raw(b"")),
    ("besar.csv", "file-too-large", "1,1 MB", _raw(b"a" * (MEBIBYTE + 100_000))),
    ("laporan.xlsx", "file-not-table", "PDF", _raw(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")),
    ("foto.xlsx", "file-not-table", "gambar", _raw(b"\x89PNG\r\n\x1a\n")),
    ("foto.xls", "file-not-table", "gambar", _raw(b"\xff\xd8\xff\xe0\0\x10JFIF")),
    ("data.csv", "file-not-table", "arsip", _raw(b"\x1f\x8b\x08\0")),
    ("data.xls", "file-not-table", "MHTML", _raw(b"MIME-Version: 1.0\r\n")),
    ("data.xls", "file-not-table", "JSON", _raw(b'{"nama": "Contoh"}')),
    ("galat.xls", "file-not-table", "unduh ulang", _raw(b"<html><body>Sesi habis</body></html>")),
    ("data.xls", "file-old-format", ".xlsx", _raw(XML_2003)),
    ("surat.xlsx", "file-not-table", "Word", lambda path: _zip(path, {"word/document.xml": b"<w/>"})),
    ("isi.xlsx", "file-not-table", "ZIP", lambda path: _zip(path, {"data.csv": b"a;b"})),
    ("isi.xlsx", "file-not-table", "ZIP", _nothing_but_a_zip_of_zips),
    ("tabel.xlsx", "file-not-table", "Numbers", lambda path: _zip(path, {"Index/Document.iwa": b""})),
    ("data.xlsb", "file-old-format", ".xlsb", lambda path: _zip(path, {"xl/workbook.bin": b""})),
    ("makro.xlsm", "file-macro", ".xlsx", lambda path: xlsx_of_xml(path, XML_ROWS, extra={"xl/vbaProject.bin": b"x"})),
    ("makro.xls", "file-macro", ".xlsx", lambda path: compound(path, {"Workbook": biff(ROWS), "_VBA_PROJECT_CUR": b"x"})),
    ("kunci.xlsx", "file-locked", "kata sandi", lambda path: compound(path, {"EncryptedPackage": b"x"})),
    ("kunci.xls", "file-locked", "kata sandi", lambda path: compound(path, {"Workbook": biff(ROWS, locked=True)})),
    ("surat.xls", "file-not-table", "Word", lambda path: compound(path, {"WordDocument": b"x"})),
    ("lain.xls", "file-not-table", "bukan buku kerja", lambda path: compound(path, {"Contents": b"x"})),
    ("potong.xls", "file-damaged", "rusak", _raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20)),
    ("potong.xlsx", "file-damaged", "rusak", _cut),
    ("rusak.xlsx", "file-damaged", "rusak", _flipped),
    ("entitas.xlsx", "file-entities", "entitas", _with_entities),
    ("nul.csv", "file-nul", "NUL", _raw(b"nama,desa\nContoh\0Uji,Obe\n")),
    ("biner.csv", "file-not-table", "bukan teks", _raw(bytes(range(1, 32)) * 100)),
    ("kode.csv", "file-encoding", "Pengodean", _raw(b"nama,desa\nContoh\x81\x8d\x90,Obe\n")),
    ("petik.csv", "file-quotes", "baris 3", _raw(b'nama,desa\nContoh Uji,Obe\n"Contoh Dua,Obe\nTiga,Obe\n')),
    ("petik.csv", "file-quotes", "baris 2", _raw(b'nama,desa\n"Toko "Maju"",Obe\nTiga,Obe\n')),
    ("lebar.csv", "file-too-wide", "2000 kolom", _raw(b"nama,desa\n" + b"a," * 1999 + b"a\n")),
    ("judul.csv", "no-rows", "tidak ada satu baris data", _raw(b"nama,desa\n")),
    ("spasi.csv", "no-rows", "tidak berisi data", _raw(b"\n \n\n")),
    ("lembar.xlsx", "no-rows", "tidak berisi data", lambda path: xlsx(path, [])),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "rule", "words", "make"),
    REFUSED,
    ids=[f"{rule}-{name}-{number}" for number, (name, rule, *_) in enumerate(REFUSED)],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_rule_and_a_cure(
    tmp_path: Path, name: str, rule: str, words: str, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path / name)

    with pytest.raises(UnreadableFile) as refusal:
        parse_table(path, filename=name, limits=SMALL)

    assert refusal.value.rule == rule
    assert words in refusal.value.message
    assert refusal.value.message.endswith(".")


def _bomb(path: Path, size: int, *, lie: bool) -> Path:
    """Write a workbook whose sheet unpacks to `size` bytes; with `lie` every header declares a thousandth of it."""
    xlsx_of_xml(path, XML_ROWS + " " * size)
    if lie:
        data = bytearray(path.read_bytes())
        with zipfile.ZipFile(path) as zipped:
            info = zipped.getinfo("xl/worksheets/sheet1.xml")
        real, told = struct.pack("<I", info.file_size), struct.pack("<I", info.file_size // 1000)
        path.write_bytes(bytes(data).replace(real, told))
    return path


def test_a_declared_bomb_is_refused_by_its_size_and_by_its_ratio(tmp_path: Path) -> None:
    assert refusal_of(_bomb(tmp_path / "ukuran.xlsx", 9 * MEBIBYTE, lie=False)).rule == "file-bomb"
    assert refusal_of(_bomb(tmp_path / "nisbah.xlsx", 7 * MEBIBYTE, lie=False)).rule == "file-bomb"


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    assert refusal_of(_bomb(tmp_path / "bohong.xlsx", 64 * MEBIBYTE, lie=True)).rule in {"file-damaged", "file-bomb"}


def test_a_bomb_of_repeated_cells_in_ods_ends_at_the_memory_bound(tmp_path: Path) -> None:
    path = ods(tmp_path / "ulang.ods", ROWS)
    with zipfile.ZipFile(path) as zipped:
        members = {name: zipped.read(name) for name in zipped.namelist()}
    cell = b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000" '
    cell += b'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    members["content.xml"] = members["content.xml"].replace(b"</table:table>", cell)
    _zip(path, members)

    assert refusal_of(path).rule in {"file-memory", "file-too-wide", "file-time"}


def test_a_cell_at_the_far_corner_ends_at_the_memory_bound(tmp_path: Path) -> None:
    far = f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'

    refusal = refusal_of(xlsx_of_xml(tmp_path / "sudut.xlsx", XML_ROWS + far))

    assert refusal.rule == "file-memory"
    assert "Ctrl+End" in refusal.message


def test_a_cell_far_to_the_right_is_named(tmp_path: Path) -> None:
    refusal = refusal_of(xlsx_of_xml(tmp_path / "kanan.xlsx", XML_ROWS + f'<row r="3">{text_cell("XFD3", "x")}</row>'))

    assert refusal.rule == "file-too-wide"
    assert "kolom XFD" in refusal.message


def test_a_dimension_that_lies_does_no_harm(tmp_path: Path) -> None:
    table = read(xlsx_of_xml(tmp_path / "dimensi.xlsx", XML_ROWS, before='<dimension ref="A1:XFD1048576"/>'))

    assert table.frame.rows() == [("Contoh Uji", "Obe")]


def test_a_million_formatted_empty_rows_do_no_harm(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="B{row}" s="0"/></row>' for row in range(3, 1_048_577))

    table = read(xlsx_of_xml(tmp_path / "kosong.xlsx", XML_ROWS + empty), Limits())

    assert table.frame.rows() == [("Contoh Uji", "Obe")]
    assert table.notes == ()


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    assert refusal_of(xlsx(tmp_path / "data.xlsx", ROWS), Limits(seconds=0)).rule == "file-time"


def test_every_single_flipped_byte_gives_a_table_or_a_refusal(tmp_path: Path) -> None:
    good = xlsx(tmp_path / "baik.xlsx", ROWS).read_bytes()
    path = tmp_path / "uji.xlsx"
    outcomes = []
    for place in range(0, len(good), len(good) // 6):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :])
        outcomes.append(_outcome(path))
    assert set(outcomes) <= {"read", "file-damaged", "file-nul"}
    assert "file-damaged" in outcomes


def _outcome(path: Path) -> str:
    try:
        table = read(path)
    except UnreadableFile as refusal:
        return refusal.rule
    return "read" if table.frame.height == 1 else "wrong"


def test_a_zip_without_a_directory_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "z.xlsx"
    path.write_bytes(b"PK\x03\x04" + zlib.compress(bytes(MEBIBYTE)))

    assert refusal_of(path).rule == "file-damaged"


def test_a_nul_that_a_workbook_spells_out_is_left_out(tmp_path: Path) -> None:
    cells = f'<row r="1">{text_cell("A1", "Nama Usaha")}</row><row r="2">{text_cell("A2", "Kopi_x0000_ Contoh")}</row>'
    path = xlsx_of_xml(tmp_path / "nul.xlsx", cells)

    table = parse_table(path, filename=path.name)

    assert table.frame["Nama Usaha"].to_list() == ["Kopi Contoh"]
