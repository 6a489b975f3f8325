"""What a report says, the same on the page, on paper and on the page of one place: answers, ranking, what rose, quality.

Figures come from the package; how they look is left to templates and layouts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.engines.periods import Quarter, parse_quarter
from lontar.reports.queries.reading import Figure, Package, Place
from lontar.reports.rules import QUESTIONS, Answer, Question, answer_of, first_of, sentence
from lontar.ui import formats

RANKED = "O1"
CHANNELS = ("M1.direct", "M1.fair", "M1.mart", "M1.marketplace", "M1.catalogue", "M1.outside")
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Told:
    """One question answered: the figure behind it, the sentence, and (quarter, figure) of all quarters so far."""

    question: Question
    answer: Answer
    figure: Figure | None
    sentence: str
    trend: tuple[tuple[str, Figure | None], ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A kabupaten in the ranking; `moved` is how many places up since the quarter before, None where it cannot be said."""

    rank: int | None
    place: Place
    figure: Figure
    before: Figure | None
    moved: int | None


def short_quarter(quarter: Quarter | str) -> str:
    """`Tw III 2026`."""
    held = parse_quarter(quarter) if isinstance(quarter, str) else quarter
    return _("Tw %(number)s %(year)s") % {"number": ROMAN[held.quarter - 1], "year": held.year}


Chain = Sequence[tuple[str, Package]]  # reports up to the one told of, oldest first, by quarter


def headlines(chain: Chain, region: str) -> list[Told]:
    """The three answers for a region; the last of `chain` is the report told of."""
    codes = [*dict.fromkeys(code for question in QUESTIONS for code in question.indicators)]
    rows = {quarter: held.figures(region=region, indicators=codes) for quarter, held in chain}
    last = chain[-1][0]
    told = []
    for question in QUESTIONS:
        figure = first_of(rows[last], question.indicators)
        code = figure.indicator if figure else question.indicators[0]
        nominal = first_of(rows[last], ["O1"]) if code == "O1R" else None
        trend = tuple((quarter, first_of(found, [code])) for quarter, found in rows.items())
        told.append(Told(question, answer_of(figure), figure, sentence(question, figure, nominal), trend))
    return told


def ranking(chain: Chain, indicator: str = RANKED) -> list[Ranked]:
    """Kabupaten by growth, highest first; those without a figure last, by name."""
    held = chain[-1][1]
    places = held.places()
    now = {one.region: one for one in held.figures(level="regency", indicators=[indicator])}
    before: dict[str, Figure] = {}
    if len(chain) > 1:
        before = {one.region: one for one in chain[-2][1].figures(level="regency", indicators=[indicator])}
    ranks, earlier = _ranks(now), _ranks(before)
    rows = [
        Ranked(
            ranks.get(code),
            places.get(code, Place(code, code, "regency", None, None)),
            figure,
            before.get(code),
            earlier[code] - ranks[code] if code in ranks and code in earlier else None,
        )
        for code, figure in now.items()
    ]
    return sorted(rows, key=lambda one: (one.rank is None, one.rank or 0, one.place.name))


def _ranks(figures: dict[str, Figure]) -> dict[str, int]:
    known = sorted(((code, one.value) for code, one in figures.items() if one.value is not None), key=lambda it: -it[1])
    values = [value for _code, value in known]
    return {code: values.index(value) + 1 for code, value in known}


def moved_words(one: Ranked) -> str:
    """`▲ 3`, `▼ 2`, `tetap`, or a dash."""
    if one.moved is None:
        return formats.NONE
    if one.moved == 0:
        return pgettext("peringkat", "tetap")
    return f"{'▲' if one.moved > 0 else '▼'} {abs(one.moved)}"


def rose_and_fell(held: Package, region: str) -> list[Figure]:
    """Growth by product category, highest first; only those that may be shown."""
    found = held.figures(region=region, indicators=[RANKED], by="category")
    return sorted((one for one in found if one.value is not None), key=lambda one: -(one.value or 0))


def by_code(figures: Sequence[Figure]) -> dict[str, Figure]:
    """Figures of one cell by indicator."""
    return {one.indicator: one for one in figures}
