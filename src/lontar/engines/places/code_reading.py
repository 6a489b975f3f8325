"""What a written code can mean: the two systems, Kemendagri and BPS, look alike and their short forms collide.

A code with dots is Kemendagri; 6 digits are a Kemendagri kecamatan and 7 a BPS one; 4 and 10 digits can be both. This
module lists the meanings; which holds (after names, or the rest of the file) is left to ``resolving`` and ``frame``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from lontar.engines.places.gazetteer import Gazetteer
from lontar.engines.regions import InvalidRegionCode, Level, is_code, level_of, normalise_code

CodeSystem = Literal["kemendagri", "bps"]

_FLOAT_TAIL: Final = re.compile(r"^([0-9]+)[.,]0+$")
_SCIENTIFIC: Final = re.compile(r"^([0-9])[.,]?([0-9]*)[eE]\+?0*([0-9]{1,2})$")
_BPS_GROUPED: Final = re.compile(r"^([0-9]{2})[. -]([0-9]{2})[. -]([0-9]{3})(?:[. -]([0-9]{3}))?$")
_BPS_LEVELS: Final[dict[int, Level]] = {2: "province", 4: "regency", 7: "district", 10: "village"}
_ENOUGH_EVIDENCE: Final = 20


@dataclass(frozen=True, slots=True)
class CodeReading:
    """Meanings of a written code: ``kemendagri`` dotted and ``bps`` digits where the form allows, ``damaged`` when a
    spreadsheet rounded it away."""

    text: str
    kemendagri: str | None
    bps: str | None
    damaged: bool = False

    @property
    def is_code(self) -> bool:
        """Whether the text has the form of a code in any system."""
        return self.kemendagri is not None or self.bps is not None


def read_code(text: str) -> CodeReading:
    """The meanings that the form of a written code allows; whether such a region exists is not asked here."""
    cleaned = text.strip().strip("'’").strip()
    scientific = _SCIENTIFIC.match(cleaned)
    if scientific is not None:
        restored = _restored(scientific)
        if restored is None:
            return CodeReading(text, None, None, damaged=True)
        cleaned = restored
    tail = _FLOAT_TAIL.match(cleaned)
    if tail is not None and len(tail[1]) in (4, 6, 7, 10):
        cleaned = tail[1]
    grouped = _BPS_GROUPED.match(cleaned)
    if grouped is not None:
        return CodeReading(text, None, "".join(part for part in grouped.groups() if part))
    try:
        kemendagri = normalise_code(cleaned)
    except InvalidRegionCode:
        kemendagri = None
    bare = cleaned.isascii() and cleaned.isdecimal()
    return CodeReading(text, kemendagri, cleaned if bare and len(cleaned) in _BPS_LEVELS else None)


def _restored(scientific: re.Match[str]) -> str | None:
    """The digits of ``5.312042003E+09`` when all ten are still there."""
    digits, power = scientific[1] + scientific[2], int(scientific[3])
    return digits if len(digits) == power + 1 and power in (5, 6, 9) else None


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """One region that a written code means in one system; ``retired`` when a successor stands for it."""

    system: CodeSystem
    index: int
    retired: bool = False


def meanings(gazetteer: Gazetteer, reading: CodeReading, *, system: CodeSystem | None = None) -> list[CodeMeaning]:
    """Regions of the gazetteer that the code means, Kemendagri first; ``system`` settles a code valid in both."""
    found: list[CodeMeaning] = []
    if reading.kemendagri is not None:
        index = gazetteer.by_code.get(reading.kemendagri)
        if index is not None:
            found.append(CodeMeaning("kemendagri", index))
        else:
            follow = gazetteer.successors.get(reading.kemendagri, ())
            found.extend(CodeMeaning("kemendagri", new, retired=True) for new in follow)
    if reading.bps is not None:
        index = gazetteer.by_bps.get(reading.bps)
        if index is not None and all(meaning.index != index for meaning in found):
            found.append(CodeMeaning("bps", index))
    chosen = [meaning for meaning in found if meaning.system == system]
    return chosen or found


def prefix_collision(gazetteer: Gazetteer, reading: CodeReading) -> tuple[int, int] | None:
    """The two regencies that the first four digits mean, Kemendagri and BPS, when they are different ones."""
    digits = reading.bps or (reading.kemendagri or "").replace(".", "")
    if len(digits) < 4:
        return None
    by_code = gazetteer.by_code.get(f"{digits[:2]}.{digits[2:4]}")
    by_bps = gazetteer.by_bps.get(digits[:4])
    if by_code is None or by_bps is None or by_code == by_bps:
        return None
    return by_code, by_bps


def detect_system(gazetteer: Gazetteer, codes: Iterable[str]) -> CodeSystem | None:
    """The system of a whole column, told by the distinct codes that exist in one system only.

    At least 20 codes must speak for it and fewer than one in fifty against; else ``None``: undecided.
    """
    only = {"kemendagri": 0, "bps": 0}
    for code in set(codes):
        systems = {meaning.system for meaning in meanings(gazetteer, read_code(code))}
        if len(systems) == 1:
            only[systems.pop()] += 1
    kemendagri, bps = only["kemendagri"], only["bps"]
    if kemendagri >= _ENOUGH_EVIDENCE and bps * 50 < kemendagri:
        return "kemendagri"
    if bps >= _ENOUGH_EVIDENCE and kemendagri * 50 < bps:
        return "bps"
    return None


def nearest_parent(gazetteer: Gazetteer, reading: CodeReading) -> int | None:
    """The region that encloses a Kemendagri code which itself does not exist, or ``None``."""
    code = reading.kemendagri
    while code is not None and is_code(code):
        if code in gazetteer.by_code:
            return gazetteer.by_code[code]
        code = code.rpartition(".")[0] or None
    return None


def level_of_reading(reading: CodeReading) -> Level | None:
    """The level that the form of the code tells, ``None`` for a text that is no code."""
    if reading.kemendagri is not None:
        return level_of(reading.kemendagri)
    return _BPS_LEVELS[len(reading.bps)] if reading.bps is not None else None
