"""From a file to a `Table`: choose the sheets, name the columns, keep the rows.

`parse_table` does the work in this process; `isolation.read_table` does the same in a bounded one and is what uploads use.
Checks of values belong to the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from lontar.engines.tabular.body import find_body
from lontar.engines.tabular.delimited import read_delimited
from lontar.engines.tabular.headers import normalise_header
from lontar.engines.tabular.joining import ASIDE, alike, meaning_of, meanings_of
from lontar.engines.tabular.raw import RawSheet
from lontar.engines.tabular.shape import Header, find_header
from lontar.engines.tabular.sniff import Kind, check_size, sniff
from lontar.engines.tabular.table import (
    KEY_HEADER,
    REMARK_HEADER,
    Column,
    Limits,
    SheetInfo,
    Table,
    UnreadableFile,
    column_letter,
)
from lontar.engines.tabular.webpage import read_webpage
from lontar.engines.tabular.workbook import read_workbook

_LISTED = 8


@dataclass(slots=True)
class _Part:
    """One sheet as a table."""

    name: str
    header: Header
    columns: list[Column]
    frame: pl.DataFrame
    numeric: pl.DataFrame
    rows: pl.Series
    keys: pl.Series | None
    notes: list[str]


def parse_table(
    path: Path,
    *,
    filename: str,
    limits: Limits | None = None,
    sheet: str | None = None,
    known_headers: Collection[str] | Mapping[str, str] = (),
) -> Table:
    """Read a file into a table, in this process. Arguments and errors as `isolation.read_table`."""
    limits = limits or Limits()
    meanings = meanings_of(known_headers)
    known = frozenset(meanings)
    check_size(path, limits)
    kind = sniff(path)
    raws, infos = _raw_sheets(path, kind, limits=limits, sheet=sheet, known=known)
    headed = [(raw, header) for raw in raws if (header := find_header(raw, known)) is not None]
    if not headed:
        raise _nothing(raws)
    best = max(headed, key=lambda pair: _fit(*pair))
    parts = [part for raw, header in alike(best, headed, meanings) if (part := _part(raw, header)).rows.len()]
    if not parts:
        raise UnreadableFile(
            "no-rows",
            "Judul kolom ditemukan, tetapi di bawahnya tidak ada satu baris data pun. Isi datanya, lalu unggah lagi.",
        )
    table = _table(parts, infos, headed, meanings=meanings)
    if kind is Kind.TEXT:
        table = replace(table, shifted=_shifted(table))
    first = parts[0].header
    extra = []
    if kind is Kind.TEXT and filename.casefold().endswith((".xls", ".xlsx", ".ods")):
        extra.append("Berkas ini bernama Excel, tetapi isinya teks CSV; dibaca sebagai CSV.")
    if known and not first.known:
        extra.append(
            f"Tidak ada judul kolom yang dikenali; baris {first.rows[0] + 1} dianggap judul. Periksa pemetaan kolom."
        )
    return replace(table, notes=(*extra, *table.notes))


def _shifted(table: Table) -> tuple[int, ...]:
    """Rows of a text file (0-based, of the frame) with more cells than the header: a separator stands inside a value."""
    last = max((at for at, column in enumerate(table.columns) if column.header), default=0)
    beyond = [column.name for column in table.columns[last + 1 :]]
    if not beyond:
        return ()
    found = table.frame.select(pl.any_horizontal(pl.col(beyond).is_not_null()).alias("n"))["n"]
    return tuple(found.arg_true().to_list())


def _raw_sheets(
    path: Path, kind: Kind, *, limits: Limits, sheet: str | None, known: frozenset[str]
) -> tuple[list[RawSheet], list[SheetInfo]]:
    if kind in {Kind.ZIP, Kind.XLS}:
        book = read_workbook(path, kind, limits=limits, sheet=sheet)
        return book.sheets, book.infos
    raw = (
        read_webpage(path, limits=limits)
        if kind is Kind.HTML
        else read_delimited(path, limits=limits, known_headers=known)
    )
    return [raw], [SheetInfo(raw.name, hidden=False, rows=raw.cells.height, used=True)]


def _nothing(raws: list[RawSheet]) -> UnreadableFile:
    if any(raw.cells.select(pl.any_horizontal(pl.all().is_not_null()).any()).item() for raw in raws if raw.cells.width):
        return UnreadableFile(
            "no-header",
            "Baris judul kolom tidak ditemukan. Beri judul pada setiap kolom di satu baris, lalu unggah lagi.",
        )
    return UnreadableFile(
        "no-rows", "Berkas ini tidak berisi data pada lembar yang terlihat. Periksa lagi isinya, lalu unggah ulang."
    )


def _fit(raw: RawSheet, header: Header) -> tuple[int, bool, int, float]:
    """Order sheets by how well they fit: known headers, not an aside such as "Petunjuk", then size."""
    return header.known, normalise_header(raw.name) not in ASIDE, raw.cells.height, header.score


def _part(raw: RawSheet, header: Header) -> _Part:
    filled = _fill_merges(raw, header)
    body = find_body(raw, header)
    cells, numeric = raw.cells[body.rows], raw.numeric[body.rows]
    columns: list[Column] = []
    places: list[str] = []
    keys: pl.Series | None = None
    names: dict[str, int] = {}
    beyond: list[str] = []
    last = max((at for at, label in enumerate(header.labels) if label), default=0)
    for at, place in enumerate(raw.cells.columns):
        label = header.labels[at] if at < len(header.labels) else None
        if label == KEY_HEADER:
            keys = cells[place].rename("row_keys")
        elif label == REMARK_HEADER or (label is None and cells[place].null_count() == cells.height):
            continue
        else:
            if label is None and at > last:
                beyond.append(place)
            columns.append(
                Column(_unique(label or f"Kolom {column_letter(at)}", names), label or "", column_letter(at))
            )
            places.append(place)
    naming = {place: column.name for place, column in zip(places, columns, strict=True)}
    notes = [*raw.notes, *header.notes, *body.notes, *filled, *_fact_notes(raw), *_beyond(cells, beyond, body.rows)]
    doubled = [column.name for column in columns if column.header and column.name != column.header]
    if doubled:
        notes.append(f"Judul kolom kembar diberi nomor: {', '.join(doubled[:_LISTED])}.")
    return _Part(
        raw.name,
        header,
        columns,
        cells.select(places).rename(naming),
        numeric.select(places).rename(naming),
        body.rows,
        keys,
        notes,
    )


def _unique(name: str, names: dict[str, int]) -> str:
    count = names[name] = names.get(name, 0) + 1
    return name if count == 1 else _unique(f"{name} ({count})", names)


def _beyond(cells: pl.DataFrame, places: list[str], rows: pl.Series) -> list[str]:
    """Tell which rows have more cells than the header: usually a separator inside a value that shifted the row."""
    if not places:
        return []
    found = rows.filter(cells.select(pl.any_horizontal(pl.col(places).is_not_null()).alias("n"))["n"])
    listed = ", ".join(str(row + 1) for row in found.head(_LISTED).to_list())
    more = " dan lainnya" if found.len() > _LISTED else ""
    return [
        f"Ada sel lebih banyak daripada judul kolom di baris {listed}{more} ({found.len()}); periksa apakah isinya bergeser."
    ]


def _fill_merges(raw: RawSheet, header: Header) -> list[str]:
    """Give every row of a cell merged downwards its value, as people read it."""
    places: dict[int, list[tuple[int, int]]] = {}
    for top, left, bottom, _ in raw.facts.merges:
        if top >= header.body and bottom > top and left < raw.cells.width and top < raw.cells.height:
            places.setdefault(left, []).append((top, min(bottom, raw.cells.height - 1)))
    for column, spans in places.items():
        name = str(column)
        text, stored = raw.cells[name], raw.numeric[name]
        tops = [top for top, bottom in spans for _ in range(top + 1, bottom + 1)]
        rows = [row for top, bottom in spans for row in range(top + 1, bottom + 1)]
        if rows:
            raw.cells = raw.cells.with_columns(text.scatter(rows, text.gather(tops)))
            raw.numeric = raw.numeric.with_columns(stored.scatter(rows, stored.gather(tops)))
    if not places:
        return []
    letters = ", ".join(column_letter(column) for column in sorted(places)[:_LISTED])
    return [f"Sel gabungan di kolom {letters} diisikan ke setiap barisnya."]


def _fact_notes(raw: RawSheet) -> list[str]:
    facts, notes = raw.facts, []
    if facts.uncached:
        row, column = facts.uncached[0]
        notes.append(
            f"{len(facts.uncached)} rumus tersimpan tanpa hasil (mulai {column_letter(column)}{row + 1}) dan terbaca kosong. "
            "Buka di Excel, simpan, lalu unggah lagi."
        )
    if facts.errors:
        row, column = min(facts.errors)
        notes.append(
            f"{len(facts.errors)} sel berisi galat, misalnya {facts.errors[row, column]} di {column_letter(column)}{row + 1}."
        )
    if facts.hidden_rows:
        notes.append(f"{facts.hidden_rows} baris tersembunyi ikut dibaca.")
    return notes


def _table(
    parts: list[_Part],
    infos: list[SheetInfo],
    headed: list[tuple[RawSheet, Header]],
    *,
    meanings: Mapping[str, str],
) -> Table:
    used = {part.name for part in parts}
    first = parts[0]
    parts, columns = _aligned(parts, meanings)
    names = [column.name for column in columns]
    several = len(parts) > 1
    notes = [f"Lembar {part.name}: {note}" if several else note for part in parts for note in part.notes]
    keys = [
        part.keys if part.keys is not None else pl.Series([None] * part.rows.len(), dtype=pl.String) for part in parts
    ]
    return Table(
        frame=pl.concat([part.frame.select(names) for part in parts]),
        row_numbers=pl.concat([(part.rows + 1).cast(pl.UInt32) for part in parts]).rename("row"),
        row_sheets=pl.concat([pl.repeat(part.name, part.rows.len(), eager=True) for part in parts]).rename("sheet"),
        columns=tuple(columns),
        numeric=pl.concat([part.numeric.select(names) for part in parts]),
        sheet=first.name,
        sheets=tuple(replace(info, used=info.name in used) for info in infos),
        notes=(*_sheet_notes(parts, infos, headed), *notes),
        row_keys=pl.concat(keys).rename("row_keys") if any(part.keys is not None for part in parts) else None,
    )


def _aligned(parts: list[_Part], meanings: Mapping[str, str]) -> tuple[list[_Part], list[Column]]:
    """Give sheets of alike headers, perhaps written or ordered differently, the columns of the first.

    A column that only a later sheet has is added at the end.
    """
    columns = list(parts[0].columns)
    renamed = [parts[0]]
    for part in parts[1:]:
        own = {column.name for column in part.columns}
        known = {column.name for column in columns}
        free: dict[str, list[str]] = {}
        for column in columns:
            if column.name not in own:
                free.setdefault(meaning_of(column.name, meanings), []).append(column.name)
        naming = {
            column.name: names.pop(0)
            for column in part.columns
            if column.name not in known and (names := free.get(meaning_of(column.name, meanings)))
        }
        part = replace(part, frame=part.frame.rename(naming), numeric=part.numeric.rename(naming))
        columns += [column for column in part.columns if column.name not in naming and column.name not in known]
        renamed.append(part)
    return [_widened(part, columns) for part in renamed], columns


def _widened(part: _Part, columns: list[Column]) -> _Part:
    missing = [column.name for column in columns if column.name not in part.frame.columns]
    frame = part.frame.with_columns(pl.lit(None, pl.String).alias(name) for name in missing)
    return replace(
        part, frame=frame, numeric=part.numeric.with_columns(pl.lit(value=False).alias(name) for name in missing)
    )


def _sheet_notes(parts: list[_Part], infos: list[SheetInfo], headed: list[tuple[RawSheet, Header]]) -> list[str]:
    notes = []
    used = [part.name for part in parts]
    hidden = [info.name for info in infos if info.hidden and info.name not in used]
    if len(used) > 1:
        notes.append(f"{len(used)} lembar berjudul kolom sama dibaca bersama: {_names(used)}.")
    elif len(infos) - len(hidden) > 1:
        notes.append(f"Lembar yang dibaca: {used[0]}.")
    others = [raw.name for raw, _ in headed if raw.name not in used and normalise_header(raw.name) not in ASIDE]
    if others:
        notes.append(f"Lembar lain tidak dibaca karena judul kolomnya berbeda: {_names(others)}.")
    if hidden:
        notes.append(f"Lembar tersembunyi tidak dibaca: {_names(hidden)}.")
    return notes


def _names(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names[:_LISTED]) + (" dan lainnya" if len(names) > _LISTED else "")
