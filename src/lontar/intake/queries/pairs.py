"""Reads of the review queue and of what matching found: lists, one pair side by side, the rows of a batch.

Row-level security keeps out pairs of which one record lies beyond the reader's scope. Nothing here opens a sealed value: NIK
and phone are compared by their indexes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from django.db.models import Count, Min, Q, QuerySet

from lontar.access.models import Post, User
from lontar.access.queries import region_names
from lontar.engines.linkage import AUTOMATIC, DEFAULT
from lontar.engines.regions import is_code, scope_bounds
from lontar.intake.models import Batch, BatchRow, Pair, RowMatch
from lontar.intake.querysets import PairQuerySet
from lontar.intake.states import Outcome, PairState
from lontar.registry.models import Enterprise

T = TypeVar("T")
#: How likely a pair is, in words: key → from, below. The first is what may be merged in bulk.
BANDS: dict[str, tuple[float, float]] = {
    "pasti": (AUTOMATIC, 2.0),
    "besar": (DEFAULT, AUTOMATIC),
    "mungkin": (0.35, DEFAULT),
    "kecil": (0.0, 0.35),
}
MINE = "saya"  # the filter "my decisions", beside the states


@dataclass(frozen=True, slots=True)
class PairFilter:
    """What is asked of the queue; empty means all. `state` is a state of a pair, or `MINE`."""

    region: str = ""
    batch: int | None = None
    agency: str = ""
    band: str = ""
    state: str = PairState.OPEN.value


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a pair as a person compares it. `source` is who sent it, and in which batch (0: none)."""

    pk: int
    name: str
    owner: str
    village: str
    village_code: str
    nib: str
    birth_year: int | None
    sex: str
    kbli: str
    product: str
    start_year: int | None
    workers: int | None
    turnover: Decimal | None
    status: str
    agency: str
    batch: int
    recorded_at: datetime
    nik_index: bytes | None
    phone_index: bytes | None


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair with its records; one that is gone, or lies beyond the scope now, is None."""

    pair: Pair
    first: Record | None
    second: Record | None


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A row of a batch: its number, what it went to and what that is called, how likely and why."""

    sheet_no: int
    row_no: int
    target: int | None
    name: str
    probability: float | None
    reasons: str


def pairs(asked: PairFilter, *, person: User | None = None) -> PairQuerySet:
    """The pairs that are asked for; `person` is whose decisions `MINE` means."""
    found: PairQuerySet = Pair.objects.all()
    if asked.state == MINE:
        found = found.filter(decided_by=person, state__in=(PairState.SAME, PairState.DIFFERENT))
    elif asked.state:
        found = found.filter(state=asked.state)
    if is_code(asked.region):
        low, high = scope_bounds(asked.region)
        inside = [Q(**{f"{name}__gte": low, f"{name}__lt": high}) for name in ("village_low", "village_high")]
        found = found.filter(inside[0] | inside[1])
    if asked.batch is not None:
        found = found.filter(batch=asked.batch)
    if asked.agency:
        found = found.filter(batch__agency__code=asked.agency)
    if asked.band in BANDS:
        least, below = BANDS[asked.band]
        found = found.filter(probability__gte=least, probability__lt=below)
    return found


def lines(found: Sequence[Pair]) -> list[PairLine]:
    """The pairs with their records, in their order."""
    records = records_of(number for pair in found for number in (pair.first_id, pair.second_id))
    return [PairLine(pair, records.get(pair.first_id), records.get(pair.second_id)) for pair in found]


def records_of(ids: Iterable[int]) -> dict[int, Record]:
    """Records within the scope by their numbers."""
    rows = list(
        Enterprise.objects.filter(pk__in=sorted(set(ids))).select_related("owner", "source_agency").defer("search")
    )
    names = region_names({row.village_id for row in rows} | {row.village_id[:8] for row in rows})
    return {row.pk: _record(row, names) for row in rows}


def _record(row: Enterprise, names: dict[str, str]) -> Record:
    owner = row.owner
    return Record(
        pk=row.pk,
        name=row.name,
        owner=owner.name if owner else row.owner_name,
        village=f"{names[row.village_id]}, {names[row.village_id[:8]]}",
        village_code=row.village_id,
        nib=row.nib or "",
        birth_year=owner.birth_year if owner else None,
        sex=owner.sex if owner else "",
        kbli=row.kbli,
        product=row.main_product,
        start_year=row.start_year,
        workers=row.workers,
        turnover=row.annual_turnover,
        status=row.status,
        agency=row.source_agency.short_name if row.source_agency else "",
        batch=row.source_batch or 0,
        recorded_at=row.recorded_at,
        nik_index=_bytes(owner.nik_index if owner else None),
        phone_index=_bytes(owner.phone_index if owner else None),
    )


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return bytes(value) if value is not None else None


def waiting_count(person: User) -> int:
    """How many pairs wait that the person has not passed on, those on loan included."""
    return Pair.objects.awaiting_review().exclude(passed_by__contains=[person.pk]).count()


def pairs_waiting(post: Post) -> tuple[int, datetime | None]:
    """How many pairs wait within the post's region, and since when the oldest does."""
    low, high = scope_bounds(post.region_code)
    found = Pair.objects.awaiting_review().filter(village_low__gte=low, village_high__lt=high)
    told = found.aggregate(number=Count("pk"), since=Min("created_at"))
    return int(told["number"]), told["since"]


@dataclass(frozen=True, slots=True)
class MatchCounts:
    """What became of the rows of a batch by matching: linked without asking, waiting for people, decided, new."""

    linked: int
    waiting: int
    decided: int
    new: int


def match_counts(batch: Batch) -> MatchCounts | None:
    """The counts of a batch that was matched; None for others."""
    if not hasattr(batch, "matching"):
        return None
    states = dict(Pair.objects.filter(batch=batch).values_list("state").annotate(n=Count("pk")).order_by())
    return MatchCounts(
        linked=linked_rows(batch).count(),
        waiting=states.get(PairState.OPEN, 0),
        decided=states.get(PairState.SAME, 0) + states.get(PairState.DIFFERENT, 0),
        new=batch.rows_new,
    )


def linked_rows(batch: Batch) -> QuerySet[RowMatch]:
    """Rows that matching linked, the unlikeliest first: those are worth a look."""
    return RowMatch.objects.filter(batch=batch, is_linked=True).order_by("probability", "sheet_no", "row_no")


def new_rows(batch: Batch) -> QuerySet[BatchRow]:
    """Rows that went in as new."""
    return BatchRow.objects.filter(batch=batch, outcome=Outcome.NEW).order_by("sheet_no", "row_no")


def linked_lines(found: Sequence[RowMatch]) -> list[MatchLine]:
    """The linked rows with the names of their enterprises."""
    names = _names(one.enterprise_id for one in found)
    return [
        MatchLine(
            one.sheet_no, one.row_no, one.enterprise_id, names.get(one.enterprise_id, ""), one.probability, one.reasons
        )
        for one in found
    ]


def new_lines(found: Sequence[BatchRow]) -> list[MatchLine]:
    """The new rows with the names of their enterprises."""
    names = _names(one.target_id for one in found)
    return [
        MatchLine(one.sheet_no, one.row_no, one.target_id, names.get(one.target_id or 0, ""), None, "") for one in found
    ]


def in_pieces(found: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of up to `size`, so that what belongs to them can be read for many at once."""
    rest = iter(found)
    while piece := list(islice(rest, size)):
        yield piece


def _names(ids: Iterable[int | None]) -> dict[int, str]:
    return dict(Enterprise.objects.filter(pk__in=[one for one in ids if one]).values_list("pk", "name"))
