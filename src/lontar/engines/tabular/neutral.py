"""Texts that a spreadsheet would run as a formula, made harmless.

A text that begins with = + - @, a tab or a line break gets an apostrophe before it, unless it is nothing but a negative
number. Numbers given as numbers are never touched. Used by every export; reading takes the apostrophe off again.
"""

from __future__ import annotations

import re

import polars as pl

RISKY = r"^[=+\-@\t\r\n＝＋－＠]"
"""Texts that begin so are read as formulas by some spreadsheet program."""

_NEGATIVE = r"^-[0-9]+(?:[.,][0-9]+)*$"
_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_IS_NEGATIVE = re.compile(_NEGATIVE + r"(?<!\n)")


def neutralise(text: str) -> str:
    """Return the text, with an apostrophe before it where a spreadsheet could run it."""
    return "'" + text if text[:1] in _STARTS and text and not _IS_NEGATIVE.match(text) else text


def neutralised(column: str) -> pl.Expr:
    """Return the same as an expression over a String column."""
    text = pl.col(column)
    return (
        pl.when(text.str.contains(RISKY) & ~text.str.contains(_NEGATIVE)).then("'" + text).otherwise(text).alias(column)
    )
