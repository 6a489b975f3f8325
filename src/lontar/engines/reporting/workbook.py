"""A workbook of many tables, written whole by column arithmetic: a sheet of 300,000 rows takes seconds, not minutes.

Only what a table needs: one sheet per table, texts as texts (never formulas), numbers as numbers, a bold heading that stays in
sight, and a filter. Reading it again is `engines.tabular`'s trade; here only the plain way back that verification needs.
"""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import polars as pl

from lontar.engines.reporting.tables import Filled, Table

MOST_ROWS = 1_048_575
_STAMP = (1980, 1, 1, 0, 0, 0)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PART = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def write_workbook(path: Path, tables: Sequence[Filled]) -> None:
    """Write one sheet per table, named as the table; equal tables give equal bytes.

    Raises `ValueError` for a table of more rows than a sheet holds.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        _put(book, "[Content_Types].xml", _types(len(tables)))
        _put(book, "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        sheets = [("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(tables) + 1)]
        _put(book, "xl/_rels/workbook.xml.rels", _relations([*sheets, ("styles", "styles.xml")]))
        _put(book, "xl/workbook.xml", _workbook([one.table.name for one in tables]))
        _put(book, "xl/styles.xml", _STYLES)
        for at, one in enumerate(tables, start=1):
            _put(book, f"xl/worksheets/sheet{at}.xml", _sheet(one))


def read_sheet(path: Path, table: Table) -> pl.DataFrame:
    """A sheet with its texts as texts and its numbers as numbers; a column that holds both comes as texts.

    Raises whatever the reader says of a damaged workbook.
    """
    import fastexcel

    logging.getLogger("fastexcel").setLevel(logging.ERROR)  # it warns of each column without values
    book = fastexcel.read_excel(path)
    written = book.load_sheet(table.name, dtypes="string").to_polars()
    numbers: dict[str | int, Any] = {
        one.name: "float" for one in table.columns if one.kind != "text" and one.name in written.columns
    }
    exact = book.load_sheet(table.name, dtypes=numbers).to_polars() if numbers else written
    taken = {name: exact[name] for name in numbers if exact[name].null_count() == written[name].null_count()}
    return pl.DataFrame({name: taken.get(name, written[name].cast(pl.String)) for name in written.columns})


def _put(book: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    book.writestr(info, text)


def _sheet(one: Filled) -> str:
    frame = one.frame
    if frame.height > MOST_ROWS:
        raise ValueError(f"{one.table.name}: {frame.height} rows, a sheet holds {MOST_ROWS}")
    head = "".join(f'<c s="1" t="inlineStr"><is><t>{escape(name)}</t></is></c>' for name in frame.columns)
    cells = [_cell(name, kind) for name, kind in frame.schema.items()]
    rows = frame.select(pl.concat_str([pl.lit("<row>"), *cells, pl.lit("</row>")])).to_series().to_list()
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{max(10, min(40, len(name) + 4))}" customWidth="1"/>'
        for at, name in enumerate(frame.columns, start=1)
    )
    frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    span = f"A1:{_letters(len(frame.columns))}{frame.height + 1}"
    return (
        f'{_HEAD}<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0">{frozen}</sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData><row>{head}</row>{''.join(rows)}</sheetData>"
        f'<autoFilter ref="{span}"/></worksheet>'
    )


def _cell(name: str, kind: pl.DataType) -> pl.Expr:
    value = pl.col(name)
    if kind == pl.String:
        text = value.str.replace_all("&", "&amp;", literal=True).str.replace_all("<", "&lt;", literal=True)
        whole = pl.concat_str([pl.lit('<c t="inlineStr"><is><t xml:space="preserve">'), text, pl.lit("</t></is></c>")])
        return pl.when(value.fill_null("") == "").then(pl.lit("<c/>")).otherwise(whole)
    number = pl.concat_str([pl.lit("<c><v>"), value.cast(pl.String), pl.lit("</v></c>")])
    return pl.when(value.is_null()).then(pl.lit("<c/>")).otherwise(number)


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _types(sheets: int) -> str:
    parts = [("/xl/workbook.xml", "sheet.main+xml"), ("/xl/styles.xml", "styles+xml")]
    parts += [(f"/xl/worksheets/sheet{at}.xml", "worksheet+xml") for at in range(1, sheets + 1)]
    said = "".join(f'<Override PartName="{name}" ContentType="{_PART}.{kind}"/>' for name, kind in parts)
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    said = "".join(
        f'<Relationship Id="rId{at}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{said}</Relationships>'


def _workbook(names: Sequence[str]) -> str:
    said = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(names, start=1)
    )
    return f'{_HEAD}<workbook {_MAIN} xmlns:r="{_LINKS}"><sheets>{said}</sheets></workbook>'


_STYLES = (
    f'{_HEAD}<styleSheet {_MAIN}><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>'
)
