"""Which column of a boundary file holds the code and which the name, told by content rather than by header.

Official files name their columns in many ways (KDEPUM, IDDESA, kode_desa, PROVNO + KABKOTNO + ...), so values decide: a code
column is one whose values have the form of region codes of one level. With a gazetteer the share of known codes and
names decides between several. Which code *system* it is, is left to ``matching``.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from lontar.engines.places import Gazetteer, meanings, read_code
from lontar.engines.regions import LEVELS, Level

_PROVINCES: Final = frozenset(
    {*range(11, 22), *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 97)}
)
_DOTTED: Final[dict[int, Level]] = {5: "regency", 8: "district", 13: "village"}
_DIGITS: Final[dict[int, Level]] = {4: "regency", 6: "district", 7: "district", 10: "village"}
_SHAPE: Final = re.compile(r"[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?)?|[0-9]{4,10}|[0-9.]{8,13}")
_SCIENTIFIC: Final = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]{1,2}")
_SPLIT: Final[tuple[tuple[frozenset[str], int], ...]] = (
    (frozenset({"provno", "kdprov", "kdpprov", "idprov"}), 2),
    (frozenset({"kabkotno", "kabno", "kdkab", "kdkabkot", "kdkabkota"}), 2),
    (frozenset({"kecno", "kdkec"}), 3),
    (frozenset({"desano", "kddesa", "kddes", "kdkel"}), 3),
)
_NAME_HINTS: Final[dict[Level, tuple[str, ...]]] = {
    "village": ("wadmkd", "namobj", "namadesa", "nmdesa", "desa", "kelurahan", "namakel", "village", "name", "nama"),
    "district": ("wadmkc", "namakecamatan", "nmkec", "kecamatan", "district", "namobj", "name", "nama"),
    "regency": (
        "wadmkk",
        "namakabupaten",
        "nmkab",
        "kabkot",
        "kabupaten",
        "kabkota",
        "regency",
        "namobj",
        "name",
        "nama",
    ),
    "province": ("wadmpr", "provinsi", "nmprov", "name", "nama"),
}
_CODE_HINT: Final = re.compile(r"kode|code|^kd|^id|pum|bps|kemendagri|dagri")
_MOST_SAMPLED: Final = 400
_ENOUGH: Final = 0.8
_ENOUGH_HINTED: Final = 0.5
_ENOUGH_NAMES: Final = 0.3


@dataclass(frozen=True, slots=True)
class CodeColumn:
    """A column of codes: its values (``""`` where blank), the level they tell and how well it was recognised.

    ``mixed`` when the column holds codes of other levels too, left blank here.
    """

    header: str
    values: Sequence[str]
    level: Level
    score: float
    mixed: bool = False


def is_province(digits: str) -> bool:
    """Whether two digits are the number of an Indonesian province."""
    return digits.isascii() and digits.isdecimal() and int(digits) in _PROVINCES


def texts_of(array: Any) -> list[str]:
    """A column's values as text: blank for null, whole numbers without ``.0``, ``53.1`` as ``53.10`` among codes."""
    values = array.tolist()
    numbers = [value for value in values if isinstance(value, float) and value == value]
    hundredths = bool(numbers) and all(11 <= n < 100 and abs(n * 100 - round(n * 100)) < 1e-6 for n in numbers)
    hundredths = hundredths and any(n != int(n) for n in numbers)
    return [_text(value, hundredths=hundredths) for value in values]


def _text(value: object, *, hundredths: bool) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        if hundredths:
            return f"{value:.2f}"
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).strip()


def code_key(text: str) -> str:
    """The digits of a code, for telling pieces of one region: dots, blanks and ``.0`` do not count."""
    reading = read_code(text)
    if reading.bps is not None:
        return reading.bps
    return (reading.kemendagri or text.strip()).replace(".", "")


def code_columns(table: Mapping[str, Sequence[str]], gazetteer: Gazetteer | None) -> list[CodeColumn]:
    """Every column that holds codes, best first within its level, deepest level first.

    A column with codes of several levels counts once for each of them, blank where the others stand.
    """
    columns = list(table.items())
    composed = _composed(table)
    if composed is not None:
        columns.append(composed)
    found = [column for header, values in columns for column in _as_codes(header, values, gazetteer=gazetteer)]
    return sorted(found, key=lambda column: (-LEVELS.index(column.level), -column.score))


def _as_codes(header: str, values: Sequence[str], *, gazetteer: Gazetteer | None) -> list[CodeColumn]:
    filled = [value for value in values if value]
    hinted = _CODE_HINT.search(header.lower()) is not None
    levels = {value: _level_of_shape(value) for value in filled}
    counts = Counter(level for value in filled if (level := levels[value]) is not None)
    coded = sum(counts.values())
    if not coded or coded < (_ENOUGH_HINTED if hinted else _ENOUGH) * len(filled):
        return []
    main, count = counts.most_common(1)[0]
    if count >= _ENOUGH * coded:
        column = _rated(header, values, main, filled=filled, hinted=hinted, gazetteer=gazetteer)
        return [column] if column is not None else []
    each = (
        _rated(header, held, level, filled=[value for value in held if value], hinted=hinted, gazetteer=gazetteer)
        for level in counts
        for held in [[value if levels.get(value) == level else "" for value in values]]
    )
    return [replace(column, mixed=True) for column in each if column is not None]


def _rated(
    header: str,
    values: Sequence[str],
    level: Level,
    *,
    filled: Sequence[str],
    hinted: bool,
    gazetteer: Gazetteer | None,
) -> CodeColumn | None:
    """The column with how well it was recognised; None when its codes are known to nobody or may be mere numbers."""
    distinct = list(dict.fromkeys(filled))
    score = len(filled) / max(len(values), 1) + min(1.0, len(distinct) / len(filled)) + (0.5 if hinted else 0.0)
    if gazetteer is not None:
        known = sum(_is_known(gazetteer, value) for value in distinct[:_MOST_SAMPLED])
        share = known / min(len(distinct), _MOST_SAMPLED)
        if share == 0.0 and not hinted:
            return None
        score += 3 * share
    elif not hinted and "." not in filled[0] and len(filled[0]) < 10:
        return None  # four to seven bare digits may as well be a population
    return CodeColumn(header, values, level, score)


def _level_of_shape(value: str) -> Level | None:
    reading = read_code(value)
    if _SCIENTIFIC.fullmatch(value):
        value = reading.bps or ""  # 5.312042003E+09: read, where all its digits are still there
    if not _SHAPE.fullmatch(value) or int(value[:2]) not in _PROVINCES:
        return None
    if reading.kemendagri is not None and "." in value:
        return _DOTTED.get(len(reading.kemendagri))
    digits = reading.bps or (reading.kemendagri or "").replace(".", "")
    return _DIGITS.get(len(digits))


def _is_known(gazetteer: Gazetteer, value: str) -> bool:
    return bool(meanings(gazetteer, read_code(value)))


def _composed(table: Mapping[str, Sequence[str]]) -> tuple[str, list[str]] | None:
    """A BPS code put together from its parts, when the file keeps province, regency, district, village apart."""
    parts: list[tuple[str, list[str]]] = []
    for names, width in _SPLIT:
        header = next((header for header in table if re.sub(r"[^a-z]", "", header.lower()) in names), None)
        if header is None:
            break
        values = [value.zfill(width) if value else "" for value in table[header]]
        if any(value and (len(value) != width or not value.isdecimal()) for value in values):
            break
        parts.append((header, values))
    if len(parts) < 2:
        return None
    joined = ["".join(pieces) if all(pieces) else "" for pieces in zip(*(values for _, values in parts), strict=True)]
    return " + ".join(header for header, _ in parts), joined


def name_column(
    table: Mapping[str, Sequence[str]],
    level: Level,
    *,
    gazetteer: Gazetteer | None,
    taken: Sequence[str] = (),
    known_only: bool = False,
) -> str | None:
    """The header of the column with names of a level: most known names first, else the likeliest header.

    ``known_only`` leaves the likeliest header out: without a code column only known names will do.
    """
    texts = {header: values for header, values in table.items() if header not in taken and _is_wordy(values)}
    if gazetteer is not None and texts:
        shares = {header: _known_names(gazetteer, values, level=level) for header, values in texts.items()}
        best = max(shares, key=lambda header: (shares[header], -_hint_rank(header, level)))
        if shares[best] >= _ENOUGH_NAMES:
            return best
    hinted = [] if known_only else [header for header in texts if _hint_rank(header, level) < len(_NAME_HINTS[level])]
    return min(hinted, key=lambda header: _hint_rank(header, level), default=None)


def _is_wordy(values: Sequence[str]) -> bool:
    filled = [value for value in values[:_MOST_SAMPLED] if value]
    return bool(filled) and sum(any(letter.isalpha() for letter in value) for value in filled) > len(filled) / 2


def _known_names(gazetteer: Gazetteer, values: Sequence[str], *, level: Level) -> float:
    distinct = list(dict.fromkeys(value for value in values if value))[:_MOST_SAMPLED]
    return sum(bool(gazetteer.look_up(value, level).every) for value in distinct) / len(distinct)


def _hint_rank(header: str, level: Level) -> int:
    plain = re.sub(r"[^a-z]", "", header.lower())
    hints = _NAME_HINTS[level]
    return next((rank for rank, hint in enumerate(hints) if plain == hint), len(hints))
