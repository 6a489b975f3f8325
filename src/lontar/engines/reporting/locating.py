"""Where two copies of a table differ: the changed cell by row and column, the rows that were added, the ones that are gone.

What a table should be is known by fingerprints of its rows and columns; where another format of the same table is whole, it
tells also which value was expected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from lontar.engines.reporting.tables import Table, column_prints, row_prints

MOST = 20  # findings told one by one per file; what lies beyond is counted


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell, a row (no column) or a column (no row) that is not as published; `expected` is "" where nobody knows it."""

    row: str
    column: str
    found: str
    expected: str
    what: str


def differences(
    table: Table,
    found: pl.DataFrame,
    *,
    rows: Sequence[str],
    columns: Mapping[str, str],
    twin: pl.DataFrame | None = None,
) -> list[Difference]:
    """How the canonical frame `found` differs from the fingerprints; empty when it does not. `twin` is a whole copy."""
    if found.columns != table.names:
        return _other_columns(table, found)
    if column_prints(found) == dict(columns) and found.height == len(rows):
        return []
    if found.height != len(rows):
        return _other_rows(table, found, rows, twin)
    return _cells(table, found, rows=rows, columns=columns, twin=twin)


def _other_columns(table: Table, found: pl.DataFrame) -> list[Difference]:
    gone = [Difference("", name, "", name, "kolom hilang") for name in table.names if name not in found.columns]
    new = [Difference("", name, name, "", "kolom tambahan") for name in found.columns if name not in table.names]
    return gone + new or [Difference("", "", ", ".join(found.columns), ", ".join(table.names), "urutan kolom berubah")]


def _other_rows(table: Table, found: pl.DataFrame, rows: Sequence[str], twin: pl.DataFrame | None) -> list[Difference]:
    """Rows that are there and should not be, and the other way round, as multisets of fingerprints."""
    have = row_prints(found)
    spare, lacking = Counter(have), Counter(rows)
    added = _surplus(have, lacking)
    gone = _surplus(rows, spare)
    told = [Difference(table.label(found, at), "", _line(found, at), "", "baris tambahan") for at in added]
    for at in gone:
        label = table.label(twin, at) if twin is not None else f"baris {at + 1}"
        told.append(Difference(label, "", "", _line(twin, at) if twin is not None else "", "baris hilang"))
    return told


def _surplus(prints: Sequence[str], other: Counter[str]) -> list[int]:
    left = Counter(other)
    places = []
    for at, one in enumerate(prints):
        if left[one]:
            left[one] -= 1
        else:
            places.append(at)
    return places


def _line(frame: pl.DataFrame, at: int) -> str:
    return " | ".join(frame.row(at))


def _cells(
    table: Table,
    found: pl.DataFrame,
    *,
    rows: Sequence[str],
    columns: Mapping[str, str],
    twin: pl.DataFrame | None,
) -> list[Difference]:
    """The crossings of changed rows and changed columns; with a twin only those that really differ."""
    have = row_prints(found)
    changed_rows = [at for at, (one, other) in enumerate(zip(have, rows, strict=True)) if one != other]
    prints = column_prints(found)
    changed_columns = [name for name in table.names if prints[name] != columns.get(name)]
    told = []
    for at in changed_rows:
        for name in changed_columns:
            expected = twin[name][at] if twin is not None else ""
            if twin is not None and expected == found[name][at]:
                continue
            label = table.label(twin if twin is not None else found, at)
            told.append(Difference(label, name, found[name][at], expected, "sel berubah"))
    if not told:
        said = f"{len(changed_rows)} baris, {len(changed_columns)} kolom"
        told.append(Difference("", "", said, "", "sidik tidak cocok dengan isi"))
    return told
