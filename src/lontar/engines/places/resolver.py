"""The scalar questions: ``resolve`` one written place, ``search`` while somebody types.

Both read a ``Gazetteer`` and change nothing. Whole tables go through ``frame``, which asks the same decision.
"""

from dataclasses import dataclass
from typing import Final

from lontar.engines.places.code_reading import CodeSystem
from lontar.engines.places.free_text import Written, readings
from lontar.engines.places.gazetteer import NAMED_LEVELS, Gazetteer, NameHits
from lontar.engines.places.guessing import Guess
from lontar.engines.places.messages import REASONS, message_for
from lontar.engines.places.resolving import Finding, Names, Status, decide, fitting
from lontar.engines.regions import Level

Memory = dict[tuple[Level, str], NameHits | None]

_READINGS_COMPARED: Final = 5
_RANK_OF_STATUS: Final[dict[Status, int]] = {"exact": 0, "unique": 1, "ambiguous": 2, "conflict": 3, "unknown": 4}


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """A place as written: any of a code, three names, and one free text; ``text`` fills what the others leave open."""

    code: str | None = None
    village: str | None = None
    district: str | None = None
    regency: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be meant: dotted code, name with title, whole path, score 0-100, reason in Indonesian."""

    code: str
    name: str
    path_text: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer: ``code`` only when ``status`` is exact or unique; ``rule`` a stable word; ``message`` Indonesian."""

    status: Status
    code: str | None
    candidates: tuple[Candidate, ...]
    message: str
    rule: str


def resolve(gazetteer: Gazetteer, query: PlaceQuery, *, system: CodeSystem | None = None, limit: int = 5) -> Resolution:
    """Decide which region a written place is; ``system`` settles codes valid in both systems.

    Never guesses: a code comes back only when the written parts are equal (after spelling) to one region alone.
    """
    finding = find(gazetteer, written_of(query), text=query.text or "", system=system, limit=limit)
    place = None if finding.index is None else gazetteer.places[finding.index]
    return Resolution(
        status=finding.status,
        code=None if place is None else place.code,
        candidates=tuple(candidate(gazetteer, item) for item in finding.guesses),
        message=message_for(gazetteer, finding),
        rule=finding.rule,
    )


def candidate(gazetteer: Gazetteer, item: Guess) -> Candidate:
    """A guess in words."""
    place = gazetteer.places[item.place]
    return Candidate(place.code, place.label, gazetteer.path_text(item.place), item.score, REASONS[item.reason])


def written_of(query: PlaceQuery) -> Written:
    """The written parts of a query with blanks for what is missing."""
    return Written(query.code or "", query.village or "", query.district or "", query.regency or "")


def find(
    gazetteer: Gazetteer,
    written: Written,
    *,
    text: str,
    system: CodeSystem | None = None,
    limit: int = 5,
    memory: Memory | None = None,
) -> Finding:
    """The finding for written parts and a free text; the text is only read for parts that are blank.

    ``memory`` keeps names already looked up; give the same one for many questions in a row.
    """
    memory = {} if memory is None else memory
    alternatives = [written]
    if text.strip() and not all(written[1:]):
        alternatives = list(dict.fromkeys(_filled(written, reading) for reading in readings(text))) or [written]
    named = [(one, look_up_names(gazetteer, one, memory=memory)) for one in alternatives]
    if len(named) > 1:
        fits = _fits(gazetteer, named)
        if len({index for index, _ in fits}) > 1:
            guesses = [Guess(index, 100.0, "same-name") for index in sorted({index for index, _ in fits})]
            return Finding("ambiguous", "text-shared", guesses=guesses[:limit], names=named[fits[0][1]][1])
        named = [named[place] for _, place in fits] or _likeliest(named)
    findings = [decide(gazetteer, names, code=one.code, system=system, limit=limit) for one, names in named]
    return min(findings, key=_preference)


def _filled(written: Written, reading: Written) -> Written:
    return Written(*(part if part.strip() else other for part, other in zip(written, reading, strict=True)))


def look_up_names(gazetteer: Gazetteer, written: Written, *, memory: Memory) -> Names:
    """The written names, looked up; blank ones left out."""
    return Names(
        *(
            _look_up(gazetteer, text, level=level, memory=memory)
            for level, text in zip(NAMED_LEVELS, written[1:], strict=True)
        )
    )


def _look_up(gazetteer: Gazetteer, text: str, *, level: Level, memory: Memory) -> NameHits | None:
    if not text:
        return None
    key = (level, text)
    if key not in memory:
        hits = gazetteer.look_up(text, level)
        memory[key] = None if hits.spelling.is_blank else hits
    return memory[key]


def _fits(gazetteer: Gazetteer, named: list[tuple[Written, Names]]) -> list[tuple[int, int]]:
    """Regions that readings without a code mean, each with the place of its reading."""
    return [
        (index, place)
        for place, (written, names) in enumerate(named)
        if names.given() and not written.code
        for index in fitting(gazetteer, names)
    ]


def _likeliest(named: list[tuple[Written, Names]]) -> list[tuple[Written, Names]]:
    """The few readings with most known names: only these are worth comparing for likeness."""

    def unknown(item: tuple[Written, Names]) -> tuple[int, int]:
        given = item[1].given()
        return sum(not hits.every for hits in given), -len(given)

    return sorted(named, key=unknown)[:_READINGS_COMPARED]


def _preference(finding: Finding) -> tuple[int, float]:
    """Sure findings first, then the one whose best candidate is likest."""
    best = max((item.score for item in finding.guesses), default=0.0)
    return min(_RANK_OF_STATUS[finding.status], 2), -best
