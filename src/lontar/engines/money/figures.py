"""Reading digits with points and commas, where Indonesia and spreadsheets disagree on which is which.

`1.250.000,50` and `1,250,000.50` can be read in one way only; `1.250` cannot, so a figure keeps both readings until
somebody who knows the column decides. Units, currency and words around the figure are left to `amounts` and `counts`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Convention(StrEnum):
    """How the writer of a column marks thousands and decimals, where that is known."""

    UNKNOWN = "tidak diketahui"
    INDONESIAN = "1.250,50"
    ENGLISH = "1,250.50"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as read: `value`, and for one mark before three digits (`1.250`) that `mark` and the other reading.

    Then `value` takes the mark for thousands and `as_decimal` for the decimal mark; otherwise both are None.
    """

    value: Decimal
    mark: str | None = None
    as_decimal: Decimal | None = None

    def decide(self, convention: Convention) -> Decimal | None:
        """Return the reading that a known convention gives; None while it stays open."""
        if self.as_decimal is None:
            return self.value
        if convention is Convention.UNKNOWN:
            return None
        thousands = "." if convention is Convention.INDONESIAN else ","
        return self.value if self.mark == thousands else self.as_decimal


_PLAIN = re.compile(r"[0-9]{1,21}")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")
_ONE_MARK = re.compile(r"([0-9]{1,18})([.,])([0-9]{1,9})")
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,9})?")
_COMMAED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,9})?")
_NUMERIC_CELL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]{1,3})?")


def read_figure(text: str) -> Figure | None:
    """Read an unsigned figure of digits, points, commas and grouping spaces; None when its marks make no sense."""
    if _PLAIN.fullmatch(text):
        return Figure(Decimal(text))
    if _SPACED.fullmatch(text):
        return Figure(Decimal(text.replace(" ", "")))
    one = _ONE_MARK.fullmatch(text)
    if one is not None:
        return _read_one_mark(head=one.group(1), mark=one.group(2), tail=one.group(3))
    if _DOTTED.fullmatch(text):
        return Figure(Decimal(text.replace(".", "").replace(",", ".")))
    if _COMMAED.fullmatch(text):
        return Figure(Decimal(text.replace(",", "")))
    return None


def _read_one_mark(*, head: str, mark: str, tail: str) -> Figure | None:
    as_decimal = Decimal(f"{head}.{tail}")
    if len(tail) != 3 or head.startswith("0"):
        return Figure(as_decimal)
    if len(head) > 3:
        return None
    return Figure(Decimal(head + tail), mark=mark, as_decimal=as_decimal)


def read_numeric_cell(text: str) -> Decimal | None:
    """Read the text of a numeric cell, as a program writes it (`1250000.0`, `1.25E+9`); None when it is none."""
    return Decimal(text) if _NUMERIC_CELL.fullmatch(text) else None
