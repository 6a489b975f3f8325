"""What a rule's condition is written over: a column of a frame, or the value of one row, by the same words.

`Columns` gives Polars' expressions, `Values` plain values with Polars' three-valued logic: whatever is asked of an unknown
value is unknown, and `&` and `|` are decided by the side that suffices. One return alone costs microseconds by `Values`,
where a frame of one row costs milliseconds. Which conditions there are is `checks`' business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

import polars as pl

#: A condition: `polars.Expr`, or `Value` of True, False or None (unknown).
Test = Any


class Cells(Protocol):
    """The words of conditions. Sums leave unknown values out; the greatest and least of unknown values only are unknown."""

    def __call__(self, name: str) -> Any:
        """The cell of that name."""
        ...

    def total(self, names: Sequence[str]) -> Any:
        """The sum; 0 where nothing is known."""
        ...

    def most(self, names: Sequence[str]) -> Any:
        """The greatest."""
        ...

    def least(self, names: Sequence[str]) -> Any:
        """The least."""
        ...

    def all_known(self, names: Sequence[str]) -> Test:
        """Whether none of them is unknown."""
        ...

    def told(self, names: Sequence[str], known: Mapping[str, float]) -> Any:
        """The number of the first of the named words that has one; unknown where none has."""
        ...

    def holds(self, name: str, pattern: str) -> Test:
        """Whether the text has a place that fits the pattern."""
        ...

    def length(self, name: str) -> Any:
        """Letters of the text."""
        ...

    def never(self) -> Test:
        """No row."""
        ...


class Columns:
    """Cells of a frame's rows, all at once."""

    def __call__(self, name: str) -> pl.Expr:
        return pl.col(name)

    def total(self, names: Sequence[str]) -> pl.Expr:
        return pl.sum_horizontal(names)

    def most(self, names: Sequence[str]) -> pl.Expr:
        return pl.max_horizontal(names)

    def least(self, names: Sequence[str]) -> pl.Expr:
        return pl.min_horizontal(names)

    def all_known(self, names: Sequence[str]) -> pl.Expr:
        return pl.all_horizontal([pl.col(name).is_not_null() for name in names])

    def told(self, names: Sequence[str], known: Mapping[str, float]) -> pl.Expr:
        if not known:
            return pl.lit(None, dtype=pl.Float64)
        words = dict(known)
        return pl.coalesce(pl.col(name).replace_strict(words, default=None, return_dtype=pl.Float64) for name in names)

    def holds(self, name: str, pattern: str) -> pl.Expr:
        return pl.col(name).str.contains(pattern)

    def length(self, name: str) -> pl.Expr:
        return pl.col(name).str.len_chars()

    def never(self) -> pl.Expr:
        return pl.lit(value=False)


class Value:
    """One value, or None for unknown, with the operators that conditions use."""

    __slots__ = ("held",)
    __hash__ = None  # type: ignore[assignment]  # `==` asks of values, it does not tell whether two are one

    def __init__(self, held: Any) -> None:
        self.held = held

    @property
    def is_true(self) -> bool:
        """Unknown is no."""
        return self.held is True

    def is_null(self) -> Value:
        return Value(self.held is None)

    def is_not_null(self) -> Value:
        return Value(self.held is not None)

    def __gt__(self, other: Any) -> Value:
        other = other.held if type(other) is Value else other
        return UNKNOWN if self.held is None or other is None else Value(self.held > other)

    def __lt__(self, other: Any) -> Value:
        other = other.held if type(other) is Value else other
        return UNKNOWN if self.held is None or other is None else Value(self.held < other)

    def __ge__(self, other: Any) -> Value:
        other = other.held if type(other) is Value else other
        return UNKNOWN if self.held is None or other is None else Value(self.held >= other)

    def __ne__(self, other: object) -> Value:  # type: ignore[override]  # a condition, as Polars' own
        there = other.held if type(other) is Value else other
        return UNKNOWN if self.held is None or there is None else Value(self.held != there)

    def __mul__(self, other: Any) -> Value:
        other = other.held if type(other) is Value else other
        return UNKNOWN if self.held is None or other is None else Value(self.held * other)

    def __and__(self, other: Value) -> Value:
        if self.held is False or other.held is False:
            return NO
        return UNKNOWN if self.held is None or other.held is None else YES

    def __or__(self, other: Value) -> Value:
        if self.held is True or other.held is True:
            return YES
        return UNKNOWN if self.held is None or other.held is None else NO


UNKNOWN, YES, NO = Value(None), Value(True), Value(False)


class Values:
    """Cells of one row of plain values."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.row = row

    def __call__(self, name: str) -> Value:
        return Value(self.row[name])

    def total(self, names: Sequence[str]) -> Value:
        return Value(sum(self.row[name] or 0 for name in names))

    def most(self, names: Sequence[str]) -> Value:
        return Value(max((self.row[name] for name in names if self.row[name] is not None), default=None))

    def least(self, names: Sequence[str]) -> Value:
        return Value(min((self.row[name] for name in names if self.row[name] is not None), default=None))

    def all_known(self, names: Sequence[str]) -> Value:
        return Value(all(self.row[name] is not None for name in names))

    def told(self, names: Sequence[str], known: Mapping[str, float]) -> Value:
        return Value(next((known[word] for name in names if (word := self.row[name]) in known), None))

    def holds(self, name: str, pattern: str) -> Value:
        text = self.row[name]
        return UNKNOWN if text is None else Value(_compiled(pattern).search(text) is not None)

    def length(self, name: str) -> Value:
        text = self.row[name]
        return UNKNOWN if text is None else Value(len(text))

    def never(self) -> Value:
        return NO


@lru_cache(maxsize=16)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
