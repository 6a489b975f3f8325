"""Candidates by likeness: what was probably meant when equality decided nothing. A guess is never an answer.

Each candidate gets a score from 0 to 100: the likeness of the written names to its own name and its parents' names,
weighted 60 : 25 : 15 for village, district, regency over the names that were written. Only places under a likely
parent are compared, plus those that bear the written name elsewhere.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz import fuzz, process

from lontar.engines.places.code_reading import CodeReading
from lontar.engines.places.gazetteer import NAMED_LEVELS, Gazetteer, NameHits
from lontar.engines.regions import Level

if TYPE_CHECKING:
    from lontar.engines.places.resolving import Names

_WEIGHTS: Final[dict[Level, float]] = {"village": 0.60, "district": 0.25, "regency": 0.15}
_LIKELY_PARENT: Final = 70.0
_LIKELY_NAME: Final = 60.0
_LEAST_SCORE: Final = 50.0
_CONVINCING: Final = 75.0
_PARENTS_TRIED: Final = 4
_COMPARED: Final = 8


class Guess(NamedTuple):
    """A candidate: place index, score 0-100, and a stable word for why it is offered."""

    place: int
    score: float
    reason: str


def guess(gazetteer: Gazetteer, names: "Names", *, scope: int | None, limit: int) -> list[Guess]:
    """The best candidates for written names that fit no place, best first; ``scope`` is the parent that is sure."""
    given = names.given()
    target = given[0]
    pool = set(_same_name_elsewhere(target))
    for parent in _likely_parents(gazetteer, given[1:], scope=scope):
        pool.update(_alike(gazetteer, target, parent=parent))
    if len(pool) < limit:
        pool.update(_alike(gazetteer, target, parent=_regency_of(gazetteer, given, scope=scope)))
    guesses = [
        Guess(index, _score(gazetteer, given, index=index), _reason(gazetteer, given, index=index)) for index in pool
    ]
    if target.level == "village":
        guesses.extend(_swapped(gazetteer, names))
    if max((item.score for item in guesses), default=0.0) < _CONVINCING:
        guesses.extend(_other_levels(gazetteer, given))
    best: dict[int, Guess] = {}
    for item in guesses:
        if item.score >= _LEAST_SCORE and (item.place not in best or best[item.place].score < item.score):
            best[item.place] = item
    return sorted(best.values(), key=lambda item: (-item.score, item.place))[:limit]


def _same_name_elsewhere(target: NameHits) -> frozenset[int]:
    return target.every


def _likely_parents(gazetteer: Gazetteer, parents: list[NameHits], *, scope: int | None) -> list[int]:
    """Parents whose children are worth comparing: the sure one, those of that name, else those of a like name."""
    if scope is not None and (not parents or gazetteer.places[scope].level == parents[0].level):
        return [scope]
    if not parents:
        return [-1]
    nearest = parents[0]
    chosen = list(nearest.every)[:_PARENTS_TRIED]
    outer = -1 if scope is None else scope
    pool = gazetteer.pool(outer, nearest.level)
    for key in nearest.spelling.joined:
        matches = process.extract(key, pool.keys, scorer=fuzz.ratio, score_cutoff=_LIKELY_PARENT, limit=_PARENTS_TRIED)
        chosen.extend(pool.indexes[position] for _, _, position in matches)
    return list(dict.fromkeys(chosen))


def _regency_of(gazetteer: Gazetteer, given: list[NameHits], *, scope: int | None) -> int:
    """The widest sure region to compare in: the regency of the scope, the one regency written, or everything."""
    if scope is not None:
        return gazetteer.places[scope].chain.get("regency", scope)
    for hits in given[1:]:
        if hits.level == "regency" and len(hits.every) == 1:
            return next(iter(hits.every))
    return -1


def _alike(gazetteer: Gazetteer, target: NameHits, *, parent: int) -> list[int]:
    pool = gazetteer.pool(parent, target.level)
    found: list[int] = []
    for key in target.spelling.joined:
        matches = process.extract(key, pool.keys, scorer=fuzz.ratio, score_cutoff=_LIKELY_NAME, limit=_COMPARED)
        found.extend(pool.indexes[position] for _, _, position in matches)
    return found


def _score(gazetteer: Gazetteer, given: Iterable[NameHits], *, index: int) -> float:
    chain = gazetteer.places[index].chain
    total = weight_sum = 0.0
    for hits in given:
        weight = _WEIGHTS[hits.level]
        weight_sum += weight
        own = chain.get(hits.level)
        if own is None:
            continue
        if own in hits.every:
            total += weight * 100.0
        else:
            key = gazetteer.places[own].key
            total += weight * max(fuzz.ratio(reading, key) for reading in hits.spelling.joined)
    return round(total / weight_sum, 1)


def _reason(gazetteer: Gazetteer, given: list[NameHits], *, index: int) -> str:
    chain = gazetteer.places[index].chain
    if index not in given[0].every:
        return "alike"
    wrong = [hits for hits in given[1:] if chain.get(hits.level) not in hits.every]
    if not wrong:
        return "same-name"
    return f"other-{wrong[0].level}" if wrong[0].every else "alike-parent"


def _swapped(gazetteer: Gazetteer, names: "Names") -> list[Guess]:
    """Village and district written in each other's column."""
    if names.village is None or names.district is None:
        return []
    districts = gazetteer.look_up_as(names.village, "district")
    villages = gazetteer.look_up_as(names.district, "village")
    regencies = names.regency.every if names.regency is not None and names.regency.every else None
    return [
        Guess(index, 95.0, "swapped")
        for index in villages.every
        if (chain := gazetteer.places[index].chain)["district"] in districts.every
        and (regencies is None or chain["regency"] in regencies)
    ]


def _other_levels(gazetteer: Gazetteer, given: list[NameHits]) -> list[Guess]:
    """A written name that belongs to a place of another level."""
    found: list[Guess] = []
    for hits in given:
        if hits.every:
            continue
        for level in NAMED_LEVELS:
            if level != hits.level:
                found.extend(Guess(index, 60.0, "other-level") for index in gazetteer.look_up_as(hits, level).every)
    return found


def guess_sibling_codes(gazetteer: Gazetteer, reading: CodeReading, *, scope: int | None, limit: int) -> list[Guess]:
    """Codes most like a Kemendagri code that does not exist, among those under its nearest existing parent."""
    if reading.kemendagri is None or scope is None:
        return []
    wanted = reading.kemendagri
    siblings = [place.code for place in gazetteer.children(scope) if len(place.code) == len(wanted)]
    matches = process.extract(wanted, siblings, scorer=fuzz.ratio, score_cutoff=_LEAST_SCORE, limit=limit)
    return [Guess(gazetteer.by_code[code], round(score, 1), "code-alike") for code, score, _ in matches]
