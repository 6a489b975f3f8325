"""One string that holds a whole place: "Ds. Bokonusan Kec. Semau Kab. Kupang", "Bokonusan, Semau, Kupang".

Titles cut a string best; without them commas do; without those every way of cutting the words is offered. The result is
a list of readings, each a written code and up to three written names; choosing among them is left to ``resolver``.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise, product
from typing import Final, NamedTuple

from lontar.engines.places.gazetteer import NAMED_LEVELS
from lontar.engines.regions import Level

_LEVEL_OF_TITLE: Final[dict[str, Level | None]] = {
    **dict.fromkeys(("desa", "ds", "kelurahan", "kel"), "village"),
    **dict.fromkeys(("kecamatan", "kec"), "district"),
    **dict.fromkeys(("kabupaten", "kab", "kodya", "kotamadya"), "regency"),
    "kota": "regency",
    # Parts of an address below the village, and the province: cut off and left out.
    **dict.fromkeys(("dusun", "dsn", "rt", "rw", "rt/rw", "jl", "jln", "jalan", "provinsi", "prov"), None),
}
_TITLE: Final = re.compile(
    r"(?<![\w'])(desa|ds|kelurahan|kel|kecamatan|kec|kabupaten|kab|kodya|kotamadya|dusun|dsn|rt/rw|rt|rw|jln|jl|jalan"
    r"|provinsi|prov|kota(?=\s+kupang\b))(?:\s*\.\s*|\s*:\s*|\s+|(?=\d))",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"(?<![\w.])(?:\d{2}\.\d{2}\.\d{2}\.\d{4}|\d{10})(?![\w.])")
_PROVINCE: Final = re.compile(
    r"[,\s]*\b(?:prov(?:insi)?\b\.?\s*)?\b(?:n\.?t\.?t|nusa\s+tenggara\s+timur|indonesia)\b\.?", re.IGNORECASE
)
_POSTAL: Final = re.compile(r"\b8[5-7]\d{3}\b")
_CUTS: Final = re.compile(r"\s*[,;/|>\n]+\s*|\s+[-–—]+\s+")
_EDGES: Final = " ,;./"
_MOST_WORDS: Final = 9
_ORDERS: Final[dict[int, tuple[tuple[Level, ...], ...]]] = {
    1: (("village",), ("district",), ("regency",)),
    2: (("village", "district"), ("village", "regency"), ("district", "regency")),
    3: (("village", "district", "regency"),),
}


class Written(NamedTuple):
    """One reading of a string: the code and the names as written, empty where there is none."""

    code: str = ""
    village: str = ""
    district: str = ""
    regency: str = ""


def readings(text: str) -> list[Written]:
    """Every reading of a free text, the likeliest kind only: by titles, else by commas, else by words.

    Several readings are alternatives of equal rank. Nothing readable: an empty list.
    """
    code_match = _CODE.search(text)
    code = code_match[0] if code_match is not None else ""
    rest = text.replace(code, " ", 1) if code else text
    rest = _POSTAL.sub(" ", _PROVINCE.sub("", rest)).strip(" ,;-")
    if not rest:
        return [Written(code=code)] if code else []
    titled = _by_titles(rest)
    if titled is not None:
        return [reading._replace(code=code) for reading in titled]
    parts = [part for part in _CUTS.split(rest) if part.strip()]
    if len(parts) > 1:
        return list(_assignments([parts[-3:]], code))
    words = rest.split()[:_MOST_WORDS]
    return list(_assignments(_groupings(words), code))


def _by_titles(text: str) -> list[Written] | None:
    """Readings of a text with titles, or ``None`` when it has none.

    Names stand behind their titles. Names without one stand for levels that no title claims: before the first title
    those below it, behind a title those above it, small to large.
    """
    matches = _named_titles(text)
    titled: dict[Level, str] = {}
    leads = _parts(text[: matches[0][0].start()] if matches else text)
    behind: dict[Level, list[str]] = {}
    last: Level | None = None
    for match, stop in matches:
        level = _LEVEL_OF_TITLE[match[1].lower()]
        parts = _parts(text[match.end() : stop])
        if level is not None and level not in titled:
            keeps_title = level == "regency" or match[1].lower() in ("desa", "kelurahan")
            titled[level] = f"{match[1]} {parts[0]}" if keeps_title else parts[0]
            last = level
        (leads if last is None else behind.setdefault(last, [])).extend(parts[1:])
    if not titled:
        return None
    below = [level for level in NAMED_LEVELS[: NAMED_LEVELS.index(next(iter(titled)))] if level not in titled]
    options = [list(_led(leads, below))]
    for level, parts in behind.items():
        above = [other for other in NAMED_LEVELS[NAMED_LEVELS.index(level) + 1 :] if other not in titled]
        parts = parts[: len(above)]
        options.append([dict(zip(levels, parts, strict=True)) for levels in combinations(above, len(parts))])
    return [
        _written({**titled, **dict(pair for extra in extras for pair in extra.items())}) for extras in product(*options)
    ]


def _parts(text: str) -> list[str]:
    return [part for part in _CUTS.split(text.strip(_EDGES)) if part.strip(_EDGES)]


def _named_titles(text: str) -> list[tuple[re.Match[str], int]]:
    """Titles with where their names stop; a title with nothing behind it ends a name: "Desa Mara Desa Kec. Umbu"."""
    matches = list(_TITLE.finditer(text))
    stops = [match.start() for match in matches[1:]] + [len(text)]
    kept = [match for match, stop in zip(matches, stops, strict=False) if text[match.end() : stop].strip(_EDGES)]
    return list(zip(kept, [match.start() for match in kept[1:]] + [len(text)], strict=False))


def _led(leads: list[str], below: list[Level]) -> Iterator[dict[Level, str]]:
    """Ways of giving the names before the first title to the missing levels, small to large."""
    if not leads or not below:
        yield {}
        return
    groups = _groupings(leads[0].split()[:_MOST_WORDS]) if len(leads) == 1 else [leads[-len(below) :]]
    for parts in groups:
        for levels in combinations(below, len(parts)):
            yield dict(zip(levels, parts, strict=True))


def _written(names: dict[Level, str]) -> Written:
    return Written("", names.get("village", ""), names.get("district", ""), names.get("regency", ""))


def _groupings(words: list[str]) -> Iterator[list[str]]:
    """Every way of cutting words into one, two or three neighbouring groups."""
    for count in range(min(2, len(words) - 1) + 1):
        for cuts in combinations(range(1, len(words)), count):
            edges = (0, *cuts, len(words))
            yield [" ".join(words[start:stop]) for start, stop in pairwise(edges)]


def _assignments(groups: Iterable[list[str]], code: str) -> Iterator[Written]:
    """Groups as names from small to large and from large to small."""
    for parts in groups:
        for levels in _ORDERS[len(parts)]:
            yield Written(code=code, **dict(zip(levels, parts, strict=True)))
            if len(parts) > 1:
                yield Written(code=code, **dict(zip(levels, reversed(parts), strict=True)))
