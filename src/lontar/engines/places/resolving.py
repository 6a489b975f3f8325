"""The decision: which region a written place is, if it can be said without guessing.

Only equality decides, after the spelling forms of ``spelling`` and within the parents that were written. One region
left: *exact* when the whole path was written (or its code), *unique* when parts were missing; several left: *ambiguous*;
parts that exclude each other: *conflict*; a part that no region bears: *unknown*. The last three carry candidates
from ``guessing``, never a code. Words for people are left to ``messages``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from lontar.engines.places.code_reading import (
    CodeMeaning,
    CodeReading,
    CodeSystem,
    level_of_reading,
    meanings,
    nearest_parent,
    read_code,
)
from lontar.engines.places.gazetteer import NAMED_LEVELS, Gazetteer, NameHits
from lontar.engines.places.guessing import Guess, guess, guess_sibling_codes
from lontar.engines.regions import LEVELS, Level

Status = Literal["exact", "unique", "ambiguous", "unknown", "conflict"]

# A name beside a code may be misspelt this much (0-100) before it contradicts the code.
_CONFIRMING_LIKENESS: Final = 80.0


class Names(NamedTuple):
    """Written names of one place, looked up; ``None`` where nothing was written."""

    village: NameHits | None = None
    district: NameHits | None = None
    regency: NameHits | None = None

    def given(self) -> list[NameHits]:
        """The written names, deepest first."""
        return [hits for hits in self if hits is not None]


@dataclass(slots=True)
class Finding:
    """Outcome in indexes: ``rule`` is a stable word for the reason; ``scope`` the deepest parent that is sure."""

    status: Status
    rule: str
    index: int | None = None
    guesses: Sequence[Guess] = ()
    scope: int | None = None
    failed: Level | None = None
    reading: CodeReading | None = None
    names: Names = field(default_factory=Names)
    meanings: Sequence[CodeMeaning] = ()


def decide(
    gazetteer: Gazetteer, names: Names, *, code: str = "", system: CodeSystem | None = None, limit: int = 5
) -> Finding:
    """Decide one place from its names and its code (either may be missing); ``limit`` candidates at most."""
    if not code.strip():
        return decide_names(gazetteer, names, limit=limit)
    reading = read_code(code)
    if not reading.is_code:
        return _unreadable_code(gazetteer, names, reading=reading, limit=limit)
    found = meanings(gazetteer, reading, system=system)
    if not found:
        return _missing_code(gazetteer, names, reading=reading, limit=limit)
    return _known_code(gazetteer, names, reading=reading, found=found, limit=limit)


# --- names ------------------------------------------------------------------------------------------------------------


def decide_names(gazetteer: Gazetteer, names: Names, *, scope: int | None = None, limit: int = 5) -> Finding:
    """Decide from names alone, within ``scope`` when a code already told the parent."""
    given = names.given()
    if not given:
        return Finding("unknown", "nothing-given", names=names)
    target = given[0]
    chains = fitting(gazetteer, names, scope=scope)
    if len(chains) == 1:
        rivals = _rivals(gazetteer, names, index=chains[0], scope=scope)
        if rivals:
            guesses = [Guess(chains[0], 99.0, "alike"), *(Guess(rival, 95.0, "alike") for rival in rivals)]
            return Finding("ambiguous", "names-alike", guesses=guesses[:limit], scope=scope, names=names)
        place = gazetteer.places[chains[0]]
        missing = [level for level in NAMED_LEVELS if level in place.chain and level != target.level]
        whole = scope is not None or len(given) > len(missing)
        return Finding("exact" if whole else "unique", "names", index=chains[0], names=names)
    if chains:
        guesses = [Guess(index, 100.0, "same-name") for index in chains]
        return Finding("ambiguous", "names-shared", guesses=guesses[:limit], scope=scope, names=names)
    return _no_chain(gazetteer, names, scope=scope, limit=limit)


def fitting(gazetteer: Gazetteer, names: Names, *, scope: int | None = None) -> list[int]:
    """Places that bear the deepest name, in any form, while their ancestors bear the others.

    Siblings are told apart by the stricter form and by the title (in Kupang Timur both a kelurahan and a desa are
    called Oesao). Places of different parents all stay: "Desa Nunleu" may be Nunleu or Nunle'u, and people write
    "desa" for a kelurahan.
    """
    target, *parents = names.given()
    hits = sorted(index for index in target.every if _fits(gazetteer, index, parents=parents, scope=scope))
    if len({gazetteer.places[index].row.parent_code for index in hits}) != 1:
        return hits
    strict = next(filter(None, ([index for index in hits if index in tier] for tier in target.tiers)))
    titled = [index for index in strict if gazetteer.places[index].row.kind == target.spelling.kind]
    return titled or strict


def _fits(gazetteer: Gazetteer, index: int, *, parents: Iterable[NameHits], scope: int | None) -> bool:
    chain = gazetteer.places[index].chain
    if scope is not None and not gazetteer.within(index, scope):
        return False
    return all(chain.get(parent.level) in parent.every for parent in parents)


def _rivals(gazetteer: Gazetteer, names: Names, *, index: int, scope: int | None) -> list[int]:
    """Other places one slip away from a name that fits only because doubled letters are forgiven.

    "Bobaa" may be Boba, but where a Bobawa stands beside it nobody can tell; nor where the name as written stands in
    a neighbouring district ("Wanga" in Kambera: Wangga there, or Wanga next to it).
    """
    target, *parents = names.given()
    written = target.spelling.letters()
    if any(index in tier for tier in target.tiers[:2]) or gazetteer.bears(index, written):
        return []
    pool = gazetteer.pool(-1, target.level)
    near = process.extract(written[0], pool.letters, scorer=OSA.distance, score_cutoff=1, limit=None)
    found = {pool.indexes[at] for _, _, at in near} - {index}
    rivals = {other for other in found if _fits(gazetteer, other, parents=parents, scope=scope)}
    regency = gazetteer.places[index].chain.get("regency")
    rivals.update(other for other in target.tiers[1] if gazetteer.places[other].chain.get("regency") == regency)
    return sorted(rivals)


def _no_chain(gazetteer: Gazetteer, names: Names, *, scope: int | None, limit: int) -> Finding:
    unknown = [hits for hits in reversed(names.given()) if not hits.every]
    sure = _sure_scope(gazetteer, names, scope=scope)
    guesses = guess(gazetteer, names, scope=sure, limit=limit)
    if unknown:
        failed = unknown[0].level
        return Finding("unknown", f"{failed}-unknown", guesses=guesses, scope=sure, failed=failed, names=names)
    return Finding("conflict", "names-differ", guesses=guesses, scope=sure, names=names)


def _sure_scope(gazetteer: Gazetteer, names: Names, *, scope: int | None) -> int | None:
    """The deepest parent that its own name and the names above it single out."""
    for start in (1, 2):
        parents = Names(*(hits if place >= start else None for place, hits in enumerate(names)))
        if parents.given() and parents.given()[0].level == NAMED_LEVELS[start]:
            chains = fitting(gazetteer, parents, scope=scope)
            if len(chains) == 1:
                return chains[0]
    return scope


# --- codes ------------------------------------------------------------------------------------------------------------


def _unreadable_code(gazetteer: Gazetteer, names: Names, *, reading: CodeReading, limit: int) -> Finding:
    """A code that cannot be read leaves the decision to the names, and says so."""
    finding = decide_names(gazetteer, names, limit=limit)
    finding.reading = reading
    damage = "code-damaged" if reading.damaged else "code-unreadable"
    if finding.index is not None:
        return Finding(
            "conflict", damage, guesses=[Guess(finding.index, 100.0, "by-names")], reading=reading, names=names
        )
    if not names.given():
        finding.rule = damage
    return finding


def _missing_code(gazetteer: Gazetteer, names: Names, *, reading: CodeReading, limit: int) -> Finding:
    """A well-formed code of no region: names or sibling codes give candidates, never an answer."""
    scope = nearest_parent(gazetteer, reading)
    level = level_of_reading(reading)
    if names.given():
        by_names = decide_names(gazetteer, names, limit=limit)
        guesses = [Guess(by_names.index, 100.0, "by-names")] if by_names.index is not None else list(by_names.guesses)
        if guesses:
            return Finding("conflict", "code-missing", None, guesses, scope, level, reading, names)
    siblings = guess_sibling_codes(gazetteer, reading, scope=scope, limit=limit)
    return Finding("unknown", "code-missing", None, siblings, scope, level, reading, names)


def _known_code(
    gazetteer: Gazetteer, names: Names, *, reading: CodeReading, found: list[CodeMeaning], limit: int
) -> Finding:
    agreeing = [meaning for meaning in found if agrees(gazetteer, names, index=meaning.index)]
    if len(agreeing) > 1:
        rule = "code-retired" if agreeing[0].retired else "code-two-systems"
        guesses = [Guess(meaning.index, 100.0, _reason(meaning)) for meaning in agreeing]
        return Finding("ambiguous", rule, None, guesses[:limit], None, None, reading, names, agreeing)
    if not agreeing:
        return _contradicted(gazetteer, names, reading=reading, found=found, limit=limit)
    meaning = agreeing[0]
    given = names.given()
    if given and LEVELS.index(given[0].level) > LEVELS.index(gazetteer.places[meaning.index].level):
        return decide_names(gazetteer, names, scope=meaning.index, limit=limit)
    rule = _rule(gazetteer, names, meaning=meaning)
    status: Status = "unique" if meaning.retired else "exact"
    return Finding(status, rule, meaning.index, (), None, None, reading, names, [meaning])


def _rule(gazetteer: Gazetteer, names: Names, *, meaning: CodeMeaning) -> str:
    if meaning.retired:
        return "code-retired"
    chain = gazetteer.places[meaning.index].chain
    if any(chain[hits.level] not in hits.every for hits in names.given() if hits.level in chain):
        return "code-spelling"
    return "code-bps" if meaning.system == "bps" else "code"


def _reason(meaning: CodeMeaning) -> str:
    return "successor" if meaning.retired else f"code-{meaning.system}"


def _contradicted(
    gazetteer: Gazetteer, names: Names, *, reading: CodeReading, found: list[CodeMeaning], limit: int
) -> Finding:
    by_names = decide_names(gazetteer, names, limit=limit)
    guesses = [Guess(by_names.index, 100.0, "by-names")] if by_names.index is not None else list(by_names.guesses)
    known = {item.place for item in guesses}
    by_code = [
        Guess(m.index, _likeness(gazetteer, names, index=m.index), _reason(m)) for m in found if m.index not in known
    ]
    guesses = sorted([*guesses, *by_code], key=lambda item: -item.score)
    return Finding("conflict", "code-names-differ", None, guesses[:limit], None, None, reading, names, found)


def agrees(gazetteer: Gazetteer, names: Names, *, index: int) -> bool:
    """Whether every written name fits the place: the same after spelling, or a likely misspelling of it."""
    chain = gazetteer.places[index].chain
    return all(
        chain.get(hits.level) in hits.every or _misspelt(gazetteer, hits, index=chain[hits.level])
        for hits in names.given()
        if hits.level in chain
    )


def _misspelt(gazetteer: Gazetteer, hits: NameHits, *, index: int) -> bool:
    """A near name that is not the name of a sibling and differs in letters only ("Were I" is not "Were II")."""
    place = gazetteer.places[index]
    if any(gazetteer.places[other].row.parent_code == place.row.parent_code for other in hits.every):
        return False
    written = hits.spelling.words[0].split(" ")
    own = gazetteer.words_of(index)
    if _marks(written) != _marks(own):
        return False
    return max(fuzz.ratio(reading, place.key) for reading in hits.spelling.joined) >= _CONFIRMING_LIKENESS


def _marks(words: Sequence[str]) -> set[str]:
    """Numbers and single letters at the end of a name: what tells twins apart."""
    return {word for word in words[1:] if word.isdecimal() or len(word) == 1}


def _likeness(gazetteer: Gazetteer, names: Names, *, index: int) -> float:
    chain = gazetteer.places[index].chain
    scores = [
        100.0 if chain[hits.level] in hits.every else fuzz.ratio(hits.spelling.joined[0], gazetteer.places[i].key)
        for hits in names.given()
        if (i := chain.get(hits.level)) is not None
    ]
    return round(sum(scores) / len(scores), 1) if scores else 0.0
