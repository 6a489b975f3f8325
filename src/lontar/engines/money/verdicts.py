"""The verdict on one written figure, the counterpart of `Checked` for numbers.

Messages never repeat the figure: income and loans are personal data, and the cell is named beside the message anyway.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from lontar.engines.identifiers.checked import Severity

Number = TypeVar("Number", int, Decimal)


@dataclass(frozen=True, slots=True)
class CheckedNumber(Generic[Number]):
    """The verdict on one figure; `value` is None when blank or refused, `rule` is `ok`, `blank` or dotted."""

    raw: str = field(repr=False)
    value: Number | None = field(repr=False)
    severity: Severity
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Note:
    """A rule and what to tell, before it is known whether the figure can be taken."""

    rule: str
    message: str


def nothing(raw: str) -> CheckedNumber[Number]:
    """Return the verdict "nothing written"."""
    return CheckedNumber(raw=raw, value=None, severity=Severity.OK, rule="blank", message="")


def sent_back(raw: str, note: Note) -> CheckedNumber[Number]:
    """Return an error: the figure waits for a correction."""
    return CheckedNumber(raw=raw, value=None, severity=Severity.ERROR, rule=note.rule, message=note.message)


def taken(raw: str, value: Number, note: Note | None = None) -> CheckedNumber[Number]:
    """Return "fine", or a warning when there is a note."""
    if note is None:
        return CheckedNumber(raw=raw, value=value, severity=Severity.OK, rule="ok", message="")
    return CheckedNumber(raw=raw, value=value, severity=Severity.WARNING, rule=note.rule, message=note.message)
