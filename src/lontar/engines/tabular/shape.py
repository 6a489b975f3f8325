"""Where the table begins: the header rows of a sheet, whatever stands above them.

Each of the first rows is scored as a header; the best one takes the rows next to it that group or divide it (merged headers)
and the numbering row "(1) (2) (3)" beneath. What lies below the header is `body`'s.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

from lontar.engines.tabular.headers import normalise_header
from lontar.engines.tabular.raw import RawSheet

_LOOK = 60
_DEPTH = 3
_LONG = 90
_DIGITS = re.compile(r"^[\s\-+().,/:%']*[0-9][0-9\s\-+().,/:%]*$")
_YEAR = re.compile(r"^(?:19|20)[0-9]{2}$")
_UNIT = re.compile(r"^\([^()0-9]{1,20}\)$")
_NUMBERED = re.compile(r"^\(?\s*([0-9]{1,3})\s*\)?(?:\s*=.*)?$")

Merge = tuple[int, int, int, int]


@dataclass(slots=True)
class Header:
    """`rows` are the 0-based rows of the header, `labels` its text per column (None: none), `body` the first row below."""

    rows: list[int]
    labels: list[str | None]
    body: int
    known: int
    score: float
    numbering: int | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Top:
    """The first rows of a sheet as lists, with their merged ranges."""

    cells: list[list[str | None]]
    numeric: list[list[bool]]
    merges: list[Merge]
    known: frozenset[str]

    def filled(self, row: int) -> list[int]:
        return [at for at, cell in enumerate(self.cells[row]) if cell is not None] if 0 <= row < len(self.cells) else []

    def is_label(self, row: int, column: int) -> bool:
        cell = self.cells[row][column]
        return cell is not None and not self.numeric[row][column] and len(cell) <= _LONG and not _DIGITS.match(cell)

    def is_heading(self, row: int, column: int) -> bool:
        """Tell whether a cell may stand under a group: a label, or a year, which stands as a number."""
        return self.is_label(row, column) or bool(_YEAR.match(self.cells[row][column] or ""))


def find_header(sheet: RawSheet, known_headers: Collection[str]) -> Header | None:
    """Return the header of the sheet, or None when no row can be one.

    `known_headers` are normal forms (`normalise_header`) of texts that the caller expects; they outweigh the shape.
    """
    rows = sheet.cells.head(_LOOK).rows()
    merges = [merge for merge in sheet.facts.merges if merge[0] < _LOOK]
    top = _Top(
        [list(row) for row in rows],
        [list(row) for row in sheet.numeric.head(_LOOK).rows()],
        merges,
        frozenset(known_headers),
    )
    width = max((len(top.filled(row)) for row in range(len(rows))), default=0)
    scored = [(_score(top, row, width), -row) for row in range(len(rows)) if top.filled(row)]
    if not scored:
        return None
    score, negative = max(scored)
    if score <= 0:
        return None
    first = next(row for row in range(-negative + 1) if top.cells[row] == top.cells[-negative])
    return _build(top, first, score)


def _score(top: _Top, row: int, width: int) -> float:
    """Score a row as a header: known names most, then labels across the table's width, unlike the rows beneath."""
    filled = top.filled(row)
    labels = [at for at in filled if top.is_label(row, at)]
    if not labels or (len(filled) == 1 and width > 1):
        return 0.0
    texts = [normalise_header(top.cells[row][at] or "") for at in labels]
    known = len({text for text in texts if text in top.known})
    coverage = len(labels) / width
    distinct = len(set(texts)) / len(texts)
    strange = (len(filled) - len(labels)) / len(filled)
    if known == 0 and (coverage < 0.4 or strange > 0.5):
        return 0.0
    return 3.0 * known + 2.0 * coverage + distinct + 2.0 * _contrast(top, row, labels) - 2.0 * strange - 0.04 * row


def _contrast(top: _Top, row: int, labels: list[int]) -> float:
    """Return how many of the labels stand above values that are no labels, as a share."""
    below = [at for at in range(row + 1, min(row + 8, len(top.cells))) if top.filled(at)]
    if not below:
        return -0.5
    unlike = sum(
        any(top.cells[at][column] is not None for at in below)
        and not any(top.is_label(at, column) for at in below if top.cells[at][column] is not None)
        for column in labels
    )
    return unlike / len(labels)


def _build(top: _Top, row: int, score: float) -> Header:
    rows = [row]
    while len(rows) < _DEPTH and _divides(top, rows[0] - 1, rows[0]):
        rows.insert(0, rows[0] - 1)
    while len(rows) < _DEPTH and _divides(top, rows[-1], rows[-1] + 1):
        rows.append(rows[-1] + 1)
    labels = _join(top, rows)
    known = sum(_is_known(label, top.known) for label in labels if label)
    header = Header(rows, labels, rows[-1] + 1, known, score)
    if _is_numbering(top, header.body, labels):
        header.numbering = header.body
        header.body += 1
        header.notes.append(f"Baris {header.body} (nomor kolom) dilewati.")
    if rows[0] > 0:
        header.notes.insert(0, f"Judul kolom ditemukan di baris {rows[0] + 1}.")
    if len(rows) > 1:
        header.notes.append(f"{len(rows)} baris judul (baris {rows[0] + 1}–{rows[-1] + 1}) digabung.")
    return header


def _is_known(label: str, known: frozenset[str]) -> bool:
    return normalise_header(label) in known or normalise_header(label.rsplit(" / ", 1)[-1]) in known


def _divides(top: _Top, upper: int, lower: int) -> bool:
    """Tell whether `lower` divides `upper`: labels under groups or in its gaps, years, or units such as "(Rp)"."""
    above, below = top.filled(upper), top.filled(lower)
    if not above or not below or not all(top.is_heading(lower, at) for at in below):
        return False
    if len(below) <= len(above) and all(_UNIT.match(top.cells[lower][at] or "") for at in below):
        return len(above) > 1
    if any(merge[0] <= upper and lower <= merge[2] for merge in top.merges):
        return True
    if not all(top.is_label(upper, at) for at in above) or _is_title(top, upper, lower):
        return False
    groups = [merge for merge in top.merges if merge[0] == upper == merge[2]]
    if groups:
        return any(sum(left <= at <= right for at in below) > 1 for _, left, _, right in groups)
    return _fills_gaps(top, upper, lower)


def _fills_gaps(top: _Top, upper: int, lower: int) -> bool:
    """Tell by emptiness alone whether `lower` divides `upper`, for sheets whose merged cells are not known."""
    above, below = top.filled(upper), top.filled(lower)
    if any(":" in (top.cells[upper][at] or "") for at in above):
        return False
    gaps = [at for at in below if top.cells[upper][at] is None]
    covered = [at for at in below if top.cells[upper][at] is not None]
    if not gaps or min(gaps) < min(above) or any(at + 1 not in gaps for at in covered):
        return False
    return len(covered) > 1 or any(top.cells[lower][at] is None for at in above)


def _is_title(top: _Top, row: int, lower: int) -> bool:
    """A title is one cell over the table: alone in its row, at its left edge or merged over most of the width."""
    filled = top.filled(row)
    if len(filled) != 1:
        return False
    spans = [merge[3] - merge[1] + 1 for merge in top.merges if merge[0] == row and merge[1] == filled[0]]
    width = len({at for at in top.filled(lower)} | {at for at in top.filled(lower + 1)})
    return filled[0] <= min(top.filled(lower)) or max(spans, default=1) > 0.7 * width


def _join(top: _Top, rows: list[int]) -> list[str | None]:
    """Return one label per column: group and sub-header joined by " / ", a group reaching over its merged or empty cells."""
    width = len(top.cells[rows[0]])
    spread = [_spread(top, row, rows, width) for row in rows[:-1]] + [[_clean(cell) for cell in top.cells[rows[-1]]]]
    labels: list[str | None] = []
    for column in range(width):
        parts = [line[column] for line in spread]
        parts = [part for at, part in enumerate(parts) if part and part not in parts[:at]]
        labels.append(" / ".join(part for part in parts if part) or None)
    return labels


def _spread(top: _Top, row: int, rows: list[int], width: int) -> list[str | None]:
    """Return the group labels of a row carried over the columns that they span."""
    line = [_clean(cell) for cell in top.cells[row]]
    merged = {at: merge for merge in top.merges if merge[0] == row for at in range(merge[1], min(merge[3] + 1, width))}
    grouped = any(merge[3] > merge[1] for merge in merged.values())
    carried = list(line)
    for column in range(1, width):
        if line[column] is not None:
            continue
        if column in merged:
            carried[column] = line[merged[column][1]]
        elif not grouped and any(top.cells[below][column] for below in rows if below > row):
            carried[column] = carried[column - 1]
    return carried


def _clean(cell: str | None) -> str | None:
    return " ".join(cell.split()) if cell else None


def _is_numbering(top: _Top, row: int, labels: list[str | None]) -> bool:
    """Tell whether a row only counts the columns: 1, 2, 3 … or (1), (2), (3) … across the header."""
    filled = top.filled(row)
    if len(filled) < 3 or len(filled) < 0.6 * sum(label is not None for label in labels):
        return False
    numbers = [_NUMBERED.match(top.cells[row][at] or "") for at in filled]
    if not all(numbers):
        return False
    values = [int(number.group(1)) for number in numbers if number]
    bracketed = sum("(" in (top.cells[row][at] or "") for at in filled) > len(filled) // 2
    return values[0] == 1 and all(b - a == 1 for a, b in pairwise(values)) and (bracketed or len(values) > 3)
