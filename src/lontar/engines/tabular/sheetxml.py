"""What the XML of a sheet says beyond its cell values, gathered while it streams past.

Merged ranges, error cells, formulas saved without a result, hidden rows, and the cells whose number format changes what a
person sees (percentages, leading zeros). It looks for plain patterns, never builds a tree, and a sheet written in an unusual
style only loses these remarks: values and safety do not depend on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from xml.etree import ElementTree

from lontar.engines.tabular.table import MEBIBYTE, column_index

_TAIL = 32 * MEBIBYTE
_END = b"</sheetData>"
_KEPT = 64 * 1024
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]+)"[^<>]*\bt="e"[^<>]*>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v>([^<]{1,20})</v>'
)
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3})([0-9]+)"([^<>]*)>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')
_HIDDEN_ROW = re.compile(rb'<row [^<>]*hidden="1"')
_MERGE = re.compile(rb'<mergeCell ref="\$?([A-Z]{1,3})\$?([0-9]+):\$?([A-Z]{1,3})\$?([0-9]+)"')
_PERCENT_IDS = frozenset({9, 10})
_ZEROS = re.compile(r"^0{2,40}$")

PERCENT = 0
"""Marks a cell shown as a percentage in `SheetFacts.shown`; any other number is the width with leading zeros."""


@dataclass(slots=True)
class SheetFacts:
    """Positions are (row, column), 0-based. `shown` maps a cell to `PERCENT` or to its width in digits."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    shown: dict[tuple[int, int], int] = field(default_factory=dict)
    uncached: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: int = 0


def special_styles(styles: bytes) -> dict[bytes, int]:
    """Return the cell styles that show a percentage or a fixed number of digits: style number → `PERCENT` or width.

    `styles` is the part `xl/styles.xml`, already known to hold no DTD. Raises `ElementTree.ParseError` when damaged.
    """
    root = ElementTree.fromstring(styles)  # noqa: S314 - the caller refuses DTDs and large parts
    formats = {node.get("numFmtId", ""): node.get("formatCode", "") for node in root.iter() if _name(node) == "numFmt"}
    cells = next((node for node in root.iter() if _name(node) == "cellXfs"), None)
    special: dict[bytes, int] = {}
    for position, node in enumerate(cells if cells is not None else ()):
        shown = _shown_as(node.get("numFmtId", "0"), formats)
        if shown is not None:
            special[str(position).encode()] = shown
    return special


def _shown_as(identifier: str, formats: dict[str, str]) -> int | None:
    code = formats.get(identifier, "").split(";")[0]
    if (identifier.isdigit() and int(identifier) in _PERCENT_IDS) or code.rstrip().endswith("%"):
        return PERCENT
    return len(code) if _ZEROS.match(code) else None


def _name(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


class SheetScanner:
    """Takes a sheet's XML in chunks and keeps its facts."""

    def __init__(self, styles: dict[bytes, int]) -> None:
        self._styles = styles
        self._facts = SheetFacts()
        self._carry = b""
        self._formulas = False
        self._tail: bytearray | None = None
        self._special: re.Pattern[bytes] | None = None
        if styles:
            numbers = b"|".join(sorted(styles))
            self._special = re.compile(rb'<c r="([A-Z]{1,3})([0-9]+)" s="(' + numbers + rb')"(?: t="n")?>')

    def feed(self, chunk: bytes) -> None:
        """Look at the next bytes. Cells cut by the end of a chunk wait for the next."""
        if self._tail is not None:
            if len(self._tail) < _TAIL:
                self._tail += chunk
            return
        end = chunk.find(_END)
        if end < 0 and _END in self._carry[-len(_END) :] + chunk[: len(_END)]:
            chunk, self._carry = self._carry + chunk, b""
            end = chunk.find(_END)
        if end >= 0:
            self._look(self._carry + chunk[:end], 0, len(self._carry) + end)
            self._tail = bytearray(chunk[end:])
            return
        first, last = chunk.find(b"<c "), chunk.rfind(b"<c ")
        if first < 0:
            self._carry = (self._carry + chunk)[-_KEPT:]
            return
        self._look(self._carry + chunk[:first], 0, len(self._carry) + first)
        self._look(chunk, first, last)
        self._carry = chunk[last:] if len(chunk) - last <= _KEPT else b""

    def finish(self) -> SheetFacts:
        """Return the facts once the sheet has passed."""
        if self._tail:
            self._facts.merges = [
                (int(top) - 1, column_index(left.decode()), int(bottom) - 1, column_index(right.decode()))
                for left, top, right, bottom in _MERGE.findall(bytes(self._tail))
            ]
        return self._facts

    def _look(self, data: bytes, start: int, end: int) -> None:
        facts = self._facts
        if data.find(b' t="e"', start, end) >= 0:
            for found in _ERROR.finditer(data, start, end):
                facts.errors[_position(found)] = unescape(found[3].decode("utf-8", errors="replace"))
        self._formulas = self._formulas or data.find(b"</f>", start, end) >= 0
        if self._formulas:
            facts.uncached += [
                _position(found) for found in _FORMULA.finditer(data, start, end) if b't="str"' not in found[3]
            ]
        if data.find(b' hidden="1"', start, end) >= 0:
            facts.hidden_rows += sum(1 for _ in _HIDDEN_ROW.finditer(data, start, end))
        if self._special is not None:
            for found in self._special.finditer(data, start, end):
                facts.shown[_position(found)] = self._styles[found[3]]


def _position(found: re.Match[bytes]) -> tuple[int, int]:
    return int(found[2]) - 1, column_index(found[1].decode())
