"""The list of units with their first candidate: filtered, sorted, a page at a time, or whole for a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import F, Q, QuerySet

from lontar.access.scope import bounds
from lontar.selection.models import CandidateRun, CriteriaSet, Ranking, SetVersion
from lontar.selection.queries.standing import DEFAULT_SET

#: Sort keys of the list and the columns behind them; the code of the village settles what is equal.
SORTS: Final = {
    "desa": "village_id",
    "unit": "name",
    "nilai": "first_score",
    "kepastian": "first_share",
    "calon": "candidates",
    "selisih": "lead",
    "cara": "agreement",
}
#: At and above: sure; below the second: open.
SURE, LIKELY = 0.9, 0.6


@dataclass(frozen=True, slots=True)
class RankingFilter:
    """What is asked. `state`: sure, likely, open (by certainty), none (no candidate ranked), missing (lacks data)."""

    region: str = ""
    kind: str = ""
    set_key: str = DEFAULT_SET
    commodity: int | None = None
    state: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit in the list; scores 0 to 1, `lead` first less second, `agreement` Kendall's τ (−1 to 1); None: nothing to say."""

    unit_key: str
    kind: str
    name: str
    village_code: str
    village: str
    first: str
    score: float | None
    first_share: float | None
    lead: float | None
    agreement: float | None
    candidates: int
    ranked: int
    missing: tuple[str, ...]


def count_rankings(asked: RankingFilter) -> int:
    """How many units the filter leaves."""
    return _found(asked).count()


def list_rankings(asked: RankingFilter, *, sort: str = "-nilai", limit: int = 50, offset: int = 0) -> list[Listed]:
    """One page of the list; `sort` is a key of `SORTS`, "-" in front turns it round; empty values come last either way."""
    rows = _sorted(_found(asked), sort).select_related("village")[offset : offset + limit]
    return [_listed(row) for row in rows]


def all_rankings(asked: RankingFilter, *, sort: str = "-nilai") -> Iterator[Listed]:
    """The whole list, a thousand rows in memory at a time."""
    for row in _sorted(_found(asked), sort).select_related("village").iterator(chunk_size=1000):
        yield _listed(row)


def _found(asked: RankingFilter) -> QuerySet[Ranking]:
    run = (
        CandidateRun.objects.filter(is_current=True, criteria_set__key=asked.set_key)
        .values_list("pk", flat=True)
        .first()
    )
    found = Ranking.objects.filter(run_id=run)  # the number itself, so that the index of the order serves
    if asked.region:
        low, high = bounds(asked.region)
        found = found.filter(village_id__gte=low, village_id__lt=high)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.commodity is not None:
        found = found.filter(first_commodity_id=asked.commodity)
    if asked.text:
        found = found.filter(
            Q(name__icontains=asked.text) | Q(first_label__icontains=asked.text) | Q(village_id=asked.text)
        )
    return found.filter(_state(asked.state))


def _state(state: str) -> Q:
    return {
        "sure": Q(first_share__gte=SURE),
        "likely": Q(first_share__gte=LIKELY, first_share__lt=SURE),
        "open": Q(first_share__lt=LIKELY),
        "none": Q(first_score__isnull=True),
        "missing": ~Q(missing=[]),
    }.get(state, Q())


def _sorted(found: QuerySet[Ranking], sort: str) -> QuerySet[Ranking]:
    column = F(SORTS.get(sort.lstrip("-"), "first_score"))
    order = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return found.order_by(order, "village_id", "pk")


def _listed(row: Ranking) -> Listed:
    return Listed(
        unit_key=str(row.unit_key), kind=row.kind, name=row.name, village_code=row.village_id, village=row.village.name,
        first=row.first_label, score=row.first_score, first_share=row.first_share, lead=row.lead,
        agreement=row.agreement, candidates=row.candidates, ranked=row.ranked, missing=tuple(row.missing),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SetInForce:
    """A set with its version in force and the run that answers for it (None: not ranked yet), and the open run if any."""

    criteria_set: CriteriaSet
    version: SetVersion
    current: CandidateRun | None
    running: CandidateRun | None


def sets_in_force() -> list[SetInForce]:
    """Every set, in its order, with the version that is in force now (the open one) and its runs; four queries."""
    versions = list(
        SetVersion.objects.filter(valid_until__isnull=True)
        .select_related("criteria_set")
        .prefetch_related("criteria", "gates")
        .order_by("criteria_set__position", "criteria_set__key")
    )
    current = {
        one.criteria_set_id: one for one in CandidateRun.objects.filter(is_current=True).select_related("version")
    }
    running = {one.criteria_set_id: one for one in CandidateRun.objects.open()}
    return [
        SetInForce(one.criteria_set, one, current.get(one.criteria_set_id), running.get(one.criteria_set_id))
        for one in versions
    ]
