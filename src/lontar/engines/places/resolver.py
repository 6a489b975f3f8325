"""The scalar questions: ``resolve`` one written place, ``search`` while somebody types.

Both read a ``Gazetteer`` and change nothing. Whole tables go through ``frame``, which asks the same decision.
"""

from dataclasses import dataclass
from typing import Final

from lontar.engines.places.code_reading import CodeSystem
from lontar.engines.places.free_text import Written, readings
from lontar.engines.places.gazetteer import Gazetteer, NameHits
from lontar.engines.places.guessing import Guess
from lontar.engines.places.messages import REASONS, message_for
from lontar.engines.places.resolving import Finding, Names, Status, decide, fitting
from lontar.engines.regions import Level

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
    gazetteer: Gazetteer, written: Written, *, text: str, system: CodeSystem | None = None, limit: int = 5
) -> Finding:
    """The finding for written parts and a free text; the text is only read for parts that are blank."""
    if not text.strip() or all(written[1:]):
        return _decide(gazetteer, written, system=system, limit=limit)
    alternatives = [_filled(written, reading) for reading in readings(text)] or [written]
    if len(alternatives) == 1:
        return _decide(gazetteer, alternatives[0], system=system, limit=limit)
    return _best_reading(gazetteer, list(dict.fromkeys(alternatives)), system=system, limit=limit)


def _filled(written: Written, reading: Written) -> Written:
    return Written(*(part if part.strip() else other for part, other in zip(written, reading, strict=True)))


def look_up_names(gazetteer: Gazetteer, written: Written) -> Names:
    """The written names, looked up; blank ones left out."""
    return Names(
        _look_up(gazetteer, written.village, level="village"),
        _look_up(gazetteer, written.district, level="district"),
        _look_up(gazetteer, written.regency, level="regency"),
    )


def _look_up(gazetteer: Gazetteer, text: str, *, level: Level) -> NameHits | None:
    if not text.strip():
        return None
    hits = gazetteer.look_up(text, level)
    return None if hits.spelling.is_blank else hits


def _decide(gazetteer: Gazetteer, written: Written, *, system: CodeSystem | None, limit: int) -> Finding:
    return decide(gazetteer, look_up_names(gazetteer, written), code=written.code, system=system, limit=limit)


def _best_reading(
    gazetteer: Gazetteer, alternatives: list[Written], *, system: CodeSystem | None, limit: int
) -> Finding:
    """Alternatives of one text: a single region over all of them decides, several are ambiguous, none are guesses."""
    fits: dict[int, Names] = {}
    for written in alternatives:
        names = look_up_names(gazetteer, written)
        if names.given() and not written.code:
            fits.update((index, names) for index in fitting(gazetteer, names))
    if len(fits) > 1:
        guesses = [Guess(index, 100.0, "same-name") for index in sorted(fits)]
        return Finding("ambiguous", "text-shared", guesses=guesses[:limit], names=next(iter(fits.values())))
    findings = [_decide(gazetteer, written, system=system, limit=limit) for written in alternatives]
    return min(findings, key=_preference)


def _preference(finding: Finding) -> tuple[int, float]:
    """Sure findings first, then the one whose best candidate is likest."""
    best = max((item.score for item in finding.guesses), default=0.0)
    rank = _RANK_OF_STATUS[finding.status]
    return (rank, -best) if rank < 2 else (2, -best)
