"""Files for the tests, made by hand where no library writes them: XLSX from its XML, ODS, XLS (BIFF8 in a compound file)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

_SHEET = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Cell = str | int | float | bool | None
Rows = Sequence[Sequence[Cell]]


def xlsx(
    path: Path, rows: Rows, *, more: dict[str, Rows] | None = None, hidden: Sequence[str] = (), name: str = "Data"
) -> Path:
    """Write a workbook; texts stay texts, numbers numbers."""
    with xlsxwriter.Workbook(str(path)) as book:
        for title, lines in {name: rows, **(more or {})}.items():
            sheet = book.add_worksheet(title)
            if title in hidden:
                sheet.hide()
            for at, line in enumerate(lines):
                for column, value in enumerate(line):
                    if isinstance(value, str):
                        sheet.write_string(at, column, value)
                    elif value is not None:
                        sheet.write(at, column, value)
    return path


def xlsx_of_xml(
    path: Path, sheet_data: str, *, before: str = "", after: str = "", extra: dict[str, bytes] | None = None
) -> Path:
    """Write a workbook of one sheet "Data" whose `sheetData` is given as XML."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": (
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Target="xl/workbook.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
        ),
        "xl/workbook.xml": (
            '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Target="worksheets/sheet1.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": f"{_SHEET}{before}<sheetData>{sheet_data}</sheetData>{after}</worksheet>",
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for member, content in parts.items():
            zipped.writestr(member, content)
    return path


def text_cell(place: str, text: str) -> str:
    """Return the XML of a text cell."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def ods(path: Path, rows: Rows) -> Path:
    """Write an OpenDocument spreadsheet of one sheet."""
    lines = "".join(
        f"<table:table-row>{''.join(_ods_cell(value) for value in line)}</table:table-row>" for line in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{lines}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        zipped.writestr("content.xml", content)
        zipped.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def _ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'


def compound(path: Path, streams: dict[str, bytes]) -> Path:
    """Write a compound file (the container of .xls) with the given streams, each padded to at least 4096 bytes."""
    size, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    bodies = [data.ljust(max(4096, -(-len(data) // size) * size), b"\0") for data in streams.values()]
    entries = [_entry("Root Entry", kind=5, child=1 if bodies else free, right=free, start=end, length=0)]
    fat = [0xFFFFFFFD, end]
    for number, (name, body) in enumerate(zip(streams, bodies, strict=True), start=1):
        start, count = len(fat), len(body) // size
        right = number + 1 if number < len(bodies) else free
        entries.append(_entry(name, kind=2, child=free, right=right, start=start, length=len(body)))
        fat += [*range(start + 1, start + count), end]
    entries += [bytes(128)] * (-len(entries) % 4)
    assert len(entries) == 4, "one directory sector holds four entries"
    assert len(fat) <= size // 4, "one FAT sector holds 128 numbers"
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    path.write_bytes(
        header + struct.pack("<128I", *fat, *[free] * (128 - len(fat))) + b"".join(entries) + b"".join(bodies)
    )
    return path


def _entry(name: str, *, kind: int, child: int, right: int, start: int, length: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written), kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, length)
    )


def biff(rows: Rows, *, locked: bool = False) -> bytes:
    """Return the Workbook stream of an .xls (BIFF8) with one sheet "Data"."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    cells = b""
    for at, line in enumerate(rows):
        for column, value in enumerate(line):
            if isinstance(value, str):
                cells += record(0x0204, struct.pack("<HHHHB", at, column, 0, len(value), 1) + value.encode("utf-16-le"))
            elif value is not None:
                cells += record(0x0203, struct.pack("<HHHd", at, column, 0, float(value)))
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1996, 0, 6)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1996, 0, 6)) + cells + record(0x000A, b"")
    start = record(0x0809, begin) + (record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48)) if locked else b"")
    start += record(0x0042, struct.pack("<H", 1200)) + record(0x00E0, bytes(20))
    bound = len(start) + 4 + 8 + 4 + 4
    return start + record(0x0085, struct.pack("<IBBBB", bound, 0, 0, 4, 0) + b"Data") + record(0x000A, b"") + sheet


def xls(path: Path, rows: Rows) -> Path:
    """Write an Excel 97 workbook."""
    return compound(path, {"Workbook": biff(rows)})
