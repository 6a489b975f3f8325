"""Region codes as paths: what the dots of a Kemendagri code say, and the row that carries one region.

A Kemendagri code such as ``53.12.04.2003`` is the key of a region and also its path: province 53, regency 53.12,
district 53.12.04, village. Level, kind and parent are therefore derived here and never stored apart. This module leaves
names to ``names``, files to ``tables`` and ``packages``, whole-set checks to ``checks``, and the other code system
(BPS) to ``lontar.engines.places``: a BPS code is an attribute, it cannot be derived from this one.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["province", "regency", "district", "village"]
Kind = Literal["provinsi", "kabupaten", "kota", "kecamatan", "kelurahan", "desa", "desa adat"]
PointQuality = Literal["given", "approximate", "none"]

LEVELS: Final[tuple[Level, ...]] = ("province", "regency", "district", "village")

# Permendagri 58/2021: the first digit of a village's last group tells its kind.
_VILLAGE_KINDS: Final[dict[str, Kind]] = {"1": "kelurahan", "2": "desa", "3": "desa adat"}
_LEVEL_OF_LENGTH: Final[dict[int, Level]] = {2: "province", 5: "regency", 8: "district", 13: "village"}
_GROUPS: Final[dict[int, tuple[int, ...]]] = {2: (2,), 4: (2, 2), 6: (2, 2, 2), 10: (2, 2, 2, 4)}
_CANONICAL: Final = re.compile(r"[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[123][0-9]{3})?)?)?")
_SEPARATORS: Final = re.compile(r"[.\s\-/]+")
_AFTER_DOT: Final = chr(ord(".") + 1)


class InvalidRegionCode(ValueError):
    """A text that is not a Kemendagri region code; the message is Indonesian and says what to write instead."""


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region: ``lat``/``lon`` in WGS84 degrees, ``None`` when unknown; ``parent_code`` ``None`` for a province."""

    code: str
    level: Level
    kind: Kind
    name: str
    parent_code: str | None
    bps_code: str | None = None
    lat: float | None = None
    lon: float | None = None
    point_quality: PointQuality = "none"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A box in WGS84 degrees that every point of a province must fall into."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, lat: float, lon: float) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


# Generous box around Nusa Tenggara Timur. North is -7.7, not the shore of Lembata: the volcano island of Batu Tara
# (Pulau Komba, 7.79 S) belongs to a village of kecamatan Omesuri.
NTT_ENVELOPE: Final = Envelope(south=-11.1, north=-7.7, west=118.8, east=125.3)


def normalise_code(text: str) -> str:
    """Return the dotted form of a Kemendagri code.

    Accepts ``53.12.04.2003``, ``5312042003``, groups separated by spaces, dashes or slashes, surrounding blanks, and
    the ``.0`` that a spreadsheet leaves behind a 10-digit number. Raises ``InvalidRegionCode`` for anything else,
    among it BPS codes (7 digits, or 10 whose seventh digit is not 1-3) and codes that lost a zero (``53.1``).
    """
    cleaned = text.strip().strip("'").strip()
    if re.fullmatch(r"[0-9]{10}\.0+", cleaned):
        cleaned = cleaned[:10]
    if _CANONICAL.fullmatch(cleaned):
        return cleaned
    groups = [group for group in _SEPARATORS.split(cleaned) if group]
    digits = "".join(groups)
    widths = _GROUPS.get(len(digits))
    if widths is None or not digits.isdecimal() or not digits.isascii():
        raise InvalidRegionCode(_refusal(text, digits))
    if len(groups) > 1 and tuple(len(group) for group in groups) != widths:
        raise InvalidRegionCode(_refusal(text, digits))
    if len(digits) == 10 and digits[6] not in _VILLAGE_KINDS:
        raise InvalidRegionCode(_refusal(text, digits))
    return ".".join(_cut(digits, widths))


def _cut(digits: str, widths: tuple[int, ...]) -> list[str]:
    parts, start = [], 0
    for width in widths:
        parts.append(digits[start : start + width])
        start += width
    return parts


def _refusal(text: str, digits: str) -> str:
    shown = text.strip()[:40]
    if digits.isdecimal() and digits == shown and len(digits) in (7, 10):
        return (
            f"“{shown}” bukan kode wilayah Kemendagri; bentuknya seperti kode BPS. Tuliskan kode Kemendagri, "
            "contohnya 53.12.04.2003."
        )
    return f"“{shown}” bukan kode wilayah Kemendagri. Tuliskan seperti 53, 53.12, 53.12.04 atau 53.12.04.2003."


def is_code(text: str) -> bool:
    """Whether the text already is a dotted Kemendagri code, exactly."""
    return _CANONICAL.fullmatch(text) is not None


def level_of(code: str) -> Level:
    """Level of a dotted code; raises ``InvalidRegionCode`` when the text is not one."""
    if not is_code(code):
        raise InvalidRegionCode(_refusal(code, code.replace(".", "")))
    return _LEVEL_OF_LENGTH[len(code)]


def kind_of(code: str) -> Kind:
    """Kind of a dotted code: 01-69 kabupaten, 71-99 kota; last group 1... kelurahan, 2... desa, 3... desa adat."""
    level = level_of(code)
    if level == "village":
        return _VILLAGE_KINDS[code[9]]
    if level == "regency":
        return "kota" if code[3:5] > "70" else "kabupaten"
    return "kecamatan" if level == "district" else "provinsi"


def parent_of(code: str) -> str | None:
    """Code one level up, or ``None`` for a province."""
    level_of(code)
    return code.rpartition(".")[0] or None


def ancestors_of(code: str) -> tuple[str, ...]:
    """All codes above this one, nearest first: ``53.12.04`` gives ``("53.12", "53")``."""
    chain = []
    parent = parent_of(code)
    while parent is not None:
        chain.append(parent)
        parent = parent_of(parent)
    return tuple(chain)


def scope_bounds(prefix: str) -> tuple[str, str]:
    """Half-open range ``lo <= code < hi`` of a region and everything below it, for byte order (collation "C").

    ``53.12`` gives ``("53.12", "53.12/")``: it covers 53.12 and 53.12.*, and neither 53.120 nor 53.13, because the
    slash is the byte after the dot. Raises ``InvalidRegionCode`` when the prefix is not a whole code.
    """
    level_of(prefix)
    return prefix, prefix + _AFTER_DOT


def is_within(code: str, scope: str) -> bool:
    """Whether ``code`` is the region ``scope`` or lies below it."""
    return code == scope or code.startswith(scope + ".")


def make_region(
    code: str,
    name: str,
    *,
    bps_code: str | None = None,
    point: tuple[float, float] | None = None,
    point_quality: PointQuality | None = None,
) -> RegionRow:
    """Build a row from a dotted code and a name; ``point`` is (lat, lon), its quality ``given`` unless told."""
    quality: PointQuality = "none" if point is None else point_quality or "given"
    lat, lon = point if point is not None else (None, None)
    return RegionRow(
        code=code,
        level=level_of(code),
        kind=kind_of(code),
        name=name,
        parent_code=parent_of(code),
        bps_code=bps_code,
        lat=lat,
        lon=lon,
        point_quality=quality,
    )
