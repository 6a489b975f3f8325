"""Which column of a file holds which target: suggestions for the mapping screen.

Which targets exist and what else they are called is given by the caller; whether a suggestion is taken is decided by a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from lontar.engines.tabular.headers import normalise_header

THRESHOLD = 0.72
"""Below this score nothing is suggested."""

_SAME = "nama kolom sama"
_WEAK = {
    "nama": 0.3,
    "nomor": 0.3,
    "data": 0.2,
    "jumlah": 0.4,
    "dan": 0.1,
    "atau": 0.1,
    "yang": 0.1,
    "per": 0.3,
    "urut": 0.5,
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed target for a column: `score` in 0…1, `reason` in Indonesian for the screen."""

    target: str
    score: float
    reason: str


def suggest_mapping(columns: Sequence[str], targets: Mapping[str, Sequence[str]]) -> dict[int, Suggestion]:
    """Propose for each column (by position) the target that its header names.

    `targets` maps a target to its synonyms, the usual one first; the target's own name counts as one. A synonym hit in full
    scores 1, shared words at most 0.95, spelling likeness at most 0.9; of "Nama Usaha/Merek" each part counts too. Each
    column and each target is used once, the best pairs first, the usual name before other synonyms; nothing below
    `THRESHOLD` is proposed.
    """
    forms = {
        target: tuple(dict.fromkeys(filter(None, map(normalise_header, (*synonyms, target.replace("_", " "))))))
        for target, synonyms in targets.items()
    }
    owners = {form: target for target, synonyms in forms.items() for form in synonyms}
    pairs: list[tuple[float, bool, int, int, Suggestion]] = []
    for position, header in enumerate(columns):
        form, apart = normalise_header(header), _apart(header, owners)
        for rank, (target, synonyms) in enumerate(forms.items()):
            score, reason = max(_best(header, synonyms), (apart.get(target, 0.0), _SAME))
            if score >= THRESHOLD:
                unusual = synonyms[:1] != (form,)
                pairs.append((-score, unusual, position, rank, Suggestion(target, round(score, 3), reason)))
    chosen: dict[int, Suggestion] = {}
    taken: set[str] = set()
    for *_, position, _, suggestion in sorted(pairs, key=lambda pair: pair[:4]):
        if position not in chosen and suggestion.target not in taken:
            chosen[position] = suggestion
            taken.add(suggestion.target)
    return dict(sorted(chosen.items()))


def _apart(header: str, owners: Mapping[str, str]) -> dict[str, float]:
    """Targets that a part of "Nama Pemilik/Penanggung Jawab" names in full: surer when no other part names another one."""
    parts = [normalise_header(part) for part in header.split("/")]
    named = [owners[part] for part in parts if part in owners]
    if len(parts) < 2 or " / " in header or not named:
        return {}
    sole = len(set(named)) == 1
    return {named[0]: 0.93 if sole and parts[0] in owners else 0.82}


def _best(header: str, synonyms: Sequence[str]) -> tuple[float, str]:
    """Return the best score and its reason; under joined header rows the lower one alone counts nearly as much."""
    readings = [(normalise_header(header), 1.0)]
    if " / " in header:
        readings.append((normalise_header(header.rsplit(" / ", 1)[1]), 0.97))
    best = (0.0, "")
    for form, factor in readings:
        for synonym in synonyms if form else ():
            score, reason = _likeness(form, synonym)
            best = max(best, (score * factor, reason))
    return best


def _likeness(form: str, synonym: str) -> tuple[float, str]:
    if form == synonym:
        return 1.0, _SAME
    tokens, others = set(form.split()), set(synonym.split())
    weight = _weight(tokens) + _weight(others)
    shared = 2 * _weight(tokens & others) / weight if weight else 0.0
    spelled = fuzz.ratio(form, synonym) / 100 if min(len(form), len(synonym)) >= 4 else 0.0
    if min(0.95, shared) >= 0.9 * spelled or spelled < 0.84:
        return min(0.95, shared), "kata yang sama"
    return 0.9 * spelled, "ejaan mirip"


def _weight(tokens: set[str]) -> float:
    return sum(_WEAK.get(token, 1.0) for token in tokens)
