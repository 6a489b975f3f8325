"""The verdict on one value: what was written, what it means, which rule speaks, and what the person should do.

Every identifier check answers with a `Checked`; messages are Indonesian and mask personal numbers. The words that
people write for "nothing" are listed here once. Which numbers are valid is left to the modules beside this one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

# What agencies write into a cell that has no value. Compared in lower case, inner spaces squeezed.
BLANK_WORDS = frozenset(
    {
        *("", "-", "--", "---", "–", "—", "_", ".", "?", "x", "xx"),
        *("tidak ada", "tdk ada", "tak ada", "tidak punya", "belum ada", "blm ada", "belum punya", "belum", "tidak"),
        *("nihil", "kosong", "n/a", "na", "#n/a", "null", "none", "nan", "nil"),
    }
)
# An identifier is never zero; an amount or a count may well be.
BLANK_IDENTIFIERS = BLANK_WORDS | {"0", "0.0"}

NO_PARTS: Mapping[str, str] = MappingProxyType({})

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_QUOTES = ("'", "`", "‘", "’", "\u02bc")
# Sixteen digits beginning like a province, or something that reads as an Indonesian telephone number.
_PERSONAL = re.compile(r"(?<![0-9])(?:[1-9][0-9]{15}|(?:\+?62|0)8[0-9]{7,12})(?![0-9])")


class Severity(StrEnum):
    """How a row fares: `ok` passes, `warning` passes and is flagged, `error` waits for a correction."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on one written value.

    `value` is the normalised form, None when blank or refused. `rule` is stable and dotted (`nik.length`), `ok` or
    `blank` where nothing is wrong. `parts` is the structure decoded from the number. The representation keeps quiet
    about the value, so that a log line never carries personal data.
    """

    raw: str = field(repr=False)
    value: str | None = field(repr=False)
    severity: Severity
    rule: str
    message: str
    parts: Mapping[str, str] = field(default_factory=lambda: NO_PARTS, repr=False)


def accepted(raw: str, value: str, parts: Mapping[str, str] = NO_PARTS) -> Checked:
    """Return the verdict "fine" with its normalised value."""
    return Checked(raw=raw, value=value, severity=Severity.OK, rule="ok", message="", parts=parts)


def blank(raw: str) -> Checked:
    """Return the verdict "nothing written", which is no fault of the format."""
    return Checked(raw=raw, value=None, severity=Severity.OK, rule="blank", message="")


def flagged(raw: str, value: str, *, rule: str, message: str, parts: Mapping[str, str] = NO_PARTS) -> Checked:
    """Return a warning: the value is taken, and a person should look at it."""
    return Checked(raw=raw, value=value, severity=Severity.WARNING, rule=rule, message=message, parts=parts)


def refused(raw: str, *, rule: str, message: str) -> Checked:
    """Return an error: the value is not taken until somebody corrects it."""
    return Checked(raw=raw, value=None, severity=Severity.ERROR, rule=rule, message=message)


def plain(raw: str) -> str:
    """Return the text without what only machines see: odd spaces, full-width digits, Excel's text apostrophe."""
    text = raw if raw.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFKC", raw))
    text = " ".join(text.split())
    return text.lstrip("".join(_QUOTES)).strip() if text.startswith(_QUOTES) else text


def is_blank(text: str, *, words: frozenset[str] = BLANK_IDENTIFIERS) -> bool:
    """Tell whether a text, already made `plain`, stands for "nothing"."""
    return text.casefold() in words


def mask(text: str) -> str:
    """Hide the middle of a personal number: `5303********0001`; short ones vanish altogether."""
    if len(text) < 12:
        return "*" * len(text)
    return text[:4] + "*" * (len(text) - 8) + text[-4:]


def quoted(text: str, *, limit: int = 40) -> str:
    """Return the text in Indonesian quotation marks for a message, shortened, personal numbers masked."""
    compact = re.sub(r"[ .\-]", "", text)
    if _PERSONAL.search(compact):
        text = _PERSONAL.sub(lambda found: mask_personal(found.group()), compact)
    return f"“{text if len(text) <= limit else text[: limit - 1] + '…'}”"


def mask_personal(number: str) -> str:
    """Mask a number found inside a text: a NIK keeps four digits at each end, a telephone number less."""
    if len(number) >= 16:
        return mask(number)
    return number[:4] + "*" * (len(number) - 7) + number[-3:]
