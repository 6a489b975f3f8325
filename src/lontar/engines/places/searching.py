"""Places while somebody types: the best few for an unfinished text, by beginnings of words, then by likeness.

Nothing is decided here; the person chooses.
"""

from typing import Final

from rapidfuzz import fuzz, process

from lontar.engines.places.gazetteer import NAMED_LEVELS, Gazetteer
from lontar.engines.places.guessing import Guess
from lontar.engines.places.resolver import Candidate, candidate
from lontar.engines.places.spelling import spell
from lontar.engines.regions import LEVELS, InvalidRegionCode, Level, normalise_code

_LIKELY: Final = 65.0


def search(
    gazetteer: Gazetteer, text: str, *, limit: int = 10, level: Level | None = None, within: str | None = None
) -> list[Candidate]:
    """Up to ``limit`` places for an unfinished text or code, best first; ``within`` is the code of an outer region.

    A place fits when each word begins a word of its own name, its kind or its parents' names, one of them its own;
    wider regions come first among equals. When too few fit, likely misspellings follow. An unknown ``within`` gives nothing.
    """
    scope = -1 if within is None else gazetteer.by_code.get(within.strip())
    if scope is None or not text.strip():
        return []
    by_code = _by_code(gazetteer, text.strip(), limit=limit, level=level, scope=scope)
    if by_code:
        return [candidate(gazetteer, item) for item in by_code]
    spelling = spell(text, level or "village")
    words = spelling.words[0].split(" ")
    key = spelling.joined[0]
    if not key:
        return []
    found: list[tuple[float, int, int]] = []
    for place in gazetteer.places:
        if _admitted(gazetteer, place.index, level=level, scope=scope):
            score = _score(gazetteer, place.index, words=words, key=key)
            if score:
                found.append((-score, LEVELS.index(place.level), place.index))
    guesses = [Guess(index, -score, "search") for score, _, index in sorted(found)[:limit]]
    if len(guesses) < limit:
        guesses.extend(
            _alike(gazetteer, key, level=level, scope=scope, limit=limit, taken={item.place for item in guesses})
        )
    return [candidate(gazetteer, item) for item in guesses[:limit]]


def _admitted(gazetteer: Gazetteer, index: int, *, level: Level | None, scope: int) -> bool:
    place = gazetteer.places[index]
    return (level is None or place.level == level) and (scope < 0 or gazetteer.within(index, scope))


def _by_code(gazetteer: Gazetteer, text: str, *, limit: int, level: Level | None, scope: int) -> list[Guess]:
    """Places whose Kemendagri code begins with what was typed, or whose BPS code is it."""
    if not text.replace(".", "").replace(" ", "").isdecimal() or len(text) < 2:
        return []
    try:
        prefix = normalise_code(text)
    except InvalidRegionCode:
        prefix = text.replace(" ", "")
    found = [place.index for place in gazetteer.places if place.code.startswith(prefix)]
    guesses = [
        Guess(index, 100.0, "code-kemendagri")
        for index in found
        if _admitted(gazetteer, index, level=level, scope=scope)
    ]
    bps = gazetteer.by_bps.get(text)
    if bps is not None and _admitted(gazetteer, bps, level=level, scope=scope):
        guesses.insert(1, Guess(bps, 100.0, "code-bps"))
    return list({item.place: item for item in guesses}.values())[:limit]


def _score(gazetteer: Gazetteer, index: int, *, words: list[str], key: str) -> float:
    place = gazetteer.places[index]
    if place.key == key:
        return 100.0
    if place.key.startswith(key):
        return 95.0 - min(10.0, (len(place.key) - len(key)) / 2)
    own = gazetteer.words_of(index)
    hits = sum(any(name.startswith(word) for name in own) for word in words)
    if hits == 0:
        return 80.0 if len(key) >= 4 and key in place.key else 0.0
    if hits == len(words):
        return 84.0
    rest = [word for word in words if not any(name.startswith(word) for name in own)]
    outer = [place.row.kind, *(name for level in NAMED_LEVELS for name in _outer_words(gazetteer, index, level=level))]
    return 82.0 if all(any(name.startswith(word) for name in outer) for word in rest) else 0.0


def _outer_words(gazetteer: Gazetteer, index: int, *, level: Level) -> list[str]:
    outer = gazetteer.places[index].chain.get(level)
    return [] if outer is None or outer == index else gazetteer.words_of(outer)


def _alike(
    gazetteer: Gazetteer, key: str, *, level: Level | None, scope: int, limit: int, taken: set[int]
) -> list[Guess]:
    found: list[Guess] = []
    for compared in [level] if level is not None else NAMED_LEVELS:
        pool = gazetteer.pool(scope, compared)
        matches = process.extract(key, pool.keys, scorer=fuzz.ratio, score_cutoff=_LIKELY, limit=limit)
        found.extend(Guess(pool.indexes[at], round(score * 0.75, 1), "alike") for _, score, at in matches)
    fresh = [item for item in found if item.place not in taken]
    return sorted(fresh, key=lambda item: (-item.score, item.place))[:limit]
