"""Rows going out as a workbook that leaves while it is written: the first bytes at once, and never more than a few rows held.

For long lists on their way to a browser. The workbook is plain: one sheet, a header that stays in sight, a filter on every
column, texts as texts. Workbooks with styles of their own, drop-downs or marks are made by the other modules of this package.
Format: ECMA-376 (Office Open XML), part 1, chapter 18; texts stand inline, so that no table of strings has to be made first.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from lontar.engines.tabular.export import Kind
from lontar.engines.tabular.neutral import neutralise

MOST_ROWS = 1_048_575
_BLOCK = 2_000
_TEXT = 32_767
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY_ZERO = date(1899, 12, 30)
# Position of each kind in `cellXfs` of the styles below.
_STYLE: dict[Kind, int] = {"text": 1, "integer": 2, "decimal": 3, "money": 2, "date": 4, "datetime": 5, "boolean": 1}
_NS = "http://schemas.openxmlformats.org"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = f"{_NS}/spreadsheetml/2006/main"
_OFFICE = f"{_NS}/officeDocument/2006/relationships"
_PACKAGE = f"{_NS}/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = "".join(
    f'<xf numFmtId="{form}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyNumberFormat="1"/>'
    for form, font, fill in ((0, 0, 0), (49, 0, 0), (3, 0, 0), (164, 0, 0), (165, 0, 0), (166, 0, 0), (0, 1, 2))
)
_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.######"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FF1F3A34"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="7">{_STYLES}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}  # fmt: skip


class _Flow(io.RawIOBase):
    """A place to write to that cannot go back; what was written is taken away in pieces."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._gone = 0

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        return self._gone + len(self._held)

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # any buffer
        self._held += piece
        return len(piece)

    def take(self) -> bytes:
        """What was written since the last time."""
        piece = bytes(self._held)
        self._gone += len(piece)
        self._held.clear()
        return piece


def stream_xlsx(
    rows: Iterable[Sequence[object]], header: Sequence[str], *, kinds: Sequence[Kind], title: str = "Data"
) -> Iterator[bytes]:
    """Yield a workbook of one sheet in pieces; `kinds` says for each column how its values are shown.

    Texts that a spreadsheet would run get an apostrophe, truth values are "Ya" and "Tidak", numbers of more than fifteen digits
    are texts. Raises `ValueError` when the lengths of `header` and `kinds` differ or a sheet cannot hold the rows.
    """
    if len(header) != len(kinds):
        raise ValueError(f"{len(header)} headers but {len(kinds)} kinds")
    flow = _Flow()
    with zipfile.ZipFile(flow, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, text in (*_PARTS.items(), ("xl/workbook.xml", _workbook(title))):
            package.writestr(name, text)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_opening(header).encode())
            yield flow.take()
            count = 0
            writers = [_writer(kind, _letters(at)) for at, kind in enumerate(kinds)]
            source = iter(rows)
            while block := list(islice(source, _BLOCK)):
                if count + len(block) > MOST_ROWS:
                    raise ValueError("a sheet holds at most 1,048,575 rows below its header")
                sheet.write(_block(block, writers, first=count + 2).encode())
                count += len(block)
                if piece := flow.take():
                    yield piece
            last = f"{_letters(len(header) - 1)}{count + 1}"
            sheet.write(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'.encode())
    yield flow.take()


def _workbook(title: str) -> str:
    name = escape(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "Data", quote=True)
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>"
    )


def _opening(header: Sequence[str]) -> str:
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{max(10, min(40, len(name) + 4))}" customWidth="1"/>'
        for at, name in enumerate(header, start=1)
    )
    cells = "".join(
        f'<c r="{_letters(at)}1" s="6" t="inlineStr"><is><t>{escape(name)}</t></is></c>'
        for at, name in enumerate(header)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData><row r="1">{cells}</row>'
    )


def _block(rows: Sequence[Sequence[object]], writers: Sequence[Callable[[object, str], str]], *, first: int) -> str:
    parts = []
    for at, row in enumerate(rows):
        number = str(first + at)
        parts.append(f'<row r="{number}">')
        for write, value in zip(writers, row, strict=True):
            if value is not None and value != "":
                parts.append(write(value, number))
        parts.append("</row>")
    return "".join(parts)


def _writer(kind: Kind, letters: str) -> Callable[[object, str], str]:
    """What writes the values of one column: (value, row number) to a cell."""
    style = _STYLE[kind]
    text_start, text_end = f'<c r="{letters}', '" s="1" t="inlineStr"><is><t>'
    number_end = f'" s="{style}"><v>'

    def write(value: object, number: str) -> str:
        if isinstance(value, str):
            return f"{text_start}{number}{text_end}{escape(value)}</t></is></c>"
        if isinstance(value, bool):
            return f"{text_start}{number}{text_end}{'Ya' if value else 'Tidak'}</t></is></c>"
        if isinstance(value, int | float | Decimal):
            plain = format(value, "f") if isinstance(value, Decimal) else repr(value)
            if len(plain.lstrip("-").partition(".")[0]) > 15:
                return f"{text_start}{number}{text_end}{plain}</t></is></c>"
            return f"{text_start}{number}{number_end}{plain}</v></c>"
        if isinstance(value, date):
            return f"{text_start}{number}{number_end}{_serial(value)}</v></c>"
        return f"{text_start}{number}{text_end}{escape(str(value))}</t></is></c>"

    return write


def _serial(value: date) -> str:
    """A day or instant as spreadsheets count them: days since 30 December 1899, the time of day as a fraction."""
    if not isinstance(value, datetime):
        return str((value - _DAY_ZERO).days)
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return f"{(value.date() - _DAY_ZERO).days + seconds / 86_400:.10f}"


def escape(text: str, *, quote: bool = False) -> str:
    """A text for XML: no letter that XML forbids, no formula, at most what a cell holds."""
    if not text.isprintable():
        text = _ILLEGAL.sub("", text)
    text = neutralise(text)[:_TEXT]
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if quote else text


def _letters(at: int) -> str:
    """The letters of a column by its position from 0: A … Z, AA …"""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
