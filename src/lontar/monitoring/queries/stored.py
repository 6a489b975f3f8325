"""Figures in force, states of quarters, restatements, and where the snapshot of a closed quarter lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from lontar.engines.periods import Quarter, parse_quarter
from lontar.host import places
from lontar.monitoring import models
from lontar.monitoring.models import QuarterRun, RestatedFigure
from lontar.monitoring.querysets import FigureQuerySet
from lontar.monitoring.states import RunState
from lontar.returns.models import Period
from lontar.returns.states import PeriodKind, PeriodState

#: The closed folder of the installation; only its own user may enter it.
CLOSED_FOLDER = "triwulan-tertutup"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure (adr/0016). Numbers are None where there are none (M) or none are shown (S)."""

    quarter: str
    indicator: str
    level: str
    region: str
    by: str
    part: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    numerator: int | None
    denominator: int | None
    n: int | None
    missing: Decimal | None
    status: str
    unit: str
    restated: int = 0


COLUMNS = tuple(Figure.__slots__)


@dataclass(frozen=True, slots=True)
class QuarterState:
    """How a quarter stands: state of its period, its closing (None: not closed), and how many restatements followed."""

    quarter: Quarter
    state: PeriodState
    closing: QuarterRun | None
    open_run: QuarterRun | None
    restatements: int

    @property
    def is_closed(self) -> bool:
        """Whether its figures stand."""
        return self.closing is not None


def figures(
    quarter: str, *, indicator: str = "", level: str = "", region: str = "", by: str | None = ""
) -> list[Figure]:
    """Figures in force of a quarter, in the order of indicator, level, region and part; `by=None` for every breakdown.

    `region` is one code, not what lies beneath it (`figures_within`). Empty where the quarter is not closed.
    """
    wanted = {"quarter": quarter, "indicator": indicator, "level": level, "region": region}
    rows = models.Figure.objects.filter(**{name: given for name, given in wanted.items() if given})
    if by is not None:
        rows = rows.filter(by=by)
    return _read(rows)


def figures_within(
    quarter: str, region: str, *, indicator: str = "", level: str = "", by: str | None = ""
) -> list[Figure]:
    """The same of a region and everything beneath it."""
    rows = models.Figure.objects.of(quarter).within(region)
    given = {"indicator": indicator, "level": level}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    return _read(rows if by is None else rows.filter(by=by))


def trend(indicator: str, region: str, *, by: str = "", part: str = "") -> list[Figure]:
    """One figure through all quarters, oldest first."""
    rows = models.Figure.objects.filter(indicator=indicator, region=region, by=by, part=part).order_by("quarter")
    return [Figure(*row) for row in rows.values_list(*COLUMNS)]


def _read(rows: FigureQuerySet) -> list[Figure]:
    ordered = rows.order_by("indicator", "level", "region", "by", "part")
    return [Figure(*row) for row in ordered.values_list(*COLUMNS)]


def quarters() -> list[QuarterState]:
    """Every quarter that was opened, newest first."""
    closings = {one.quarter: one for one in QuarterRun.objects.closings()}
    running = {one.quarter: one for one in QuarterRun.objects.running()}
    restated: dict[str, int] = {}
    for label in QuarterRun.objects.restatements().values_list("quarter", flat=True):
        restated[label] = restated.get(label, 0) + 1
    found = []
    for period in Period.objects.filter(kind=PeriodKind.QUARTER).order_by("-start"):
        span = Quarter.from_date(period.start)
        label = span.label
        found.append(
            QuarterState(
                span, PeriodState(period.state), closings.get(label), running.get(label), restated.get(label, 0)
            )
        )
    return found


def state_of(quarter: str) -> QuarterState | None:
    """How one quarter stands; None where it was never opened, or is no quarter."""
    return next((one for one in quarters() if one.quarter.label == quarter), None)


def is_published(quarter: str) -> bool:
    """Whether anybody may read its figures."""
    start = parse_quarter(quarter).start
    return Period.objects.filter(kind=PeriodKind.QUARTER, start=start, state=PeriodState.PUBLISHED).exists()


def published_among(quarters: Iterable[str]) -> frozenset[str]:
    """Those of the quarters (labels) whose figures are published; all others may still change."""
    starts = {parse_quarter(one).start: one for one in quarters}
    rows = Period.objects.filter(kind=PeriodKind.QUARTER, start__in=list(starts), state=PeriodState.PUBLISHED)
    return frozenset(starts[start] for start in rows.values_list("start", flat=True))


def computed_at(quarter: str) -> datetime | None:
    """When the newest closing or restatement of a quarter was done; None where it is not closed."""
    done = QuarterRun.objects.filter(quarter=quarter, state=RunState.DONE).order_by("-number")
    return done.values_list("finished_at", flat=True).first()


def closed_root() -> Path:
    """The closed folder of this installation."""
    return places.data() / CLOSED_FOLDER


def folder_of(quarter: str, number: int = 0) -> Path:
    """Where the snapshot of a closing, or of a restatement, lies; it need not be there yet."""
    name = quarter if not number else f"{quarter}.{number}"
    return closed_root() / name


def snapshot(quarter: str) -> Path:
    """The newest snapshot of a closed quarter: `producers`, `returns` (never published), `products`, `licences`,
    `units`, `stars` and `figures` (Parquet), `definitions.json`, `inputs.json`. Raises `FileNotFoundError` where the
    quarter is not closed.
    """
    newest = QuarterRun.objects.filter(quarter=quarter, state="done").order_by("-number").first()
    if newest is None:
        raise FileNotFoundError(f"{quarter} belum ditutup.")
    return folder_of(quarter, newest.number)


@dataclass(frozen=True, slots=True)
class Restatement:
    """A restatement with its reason; `changed` figures have new numbers, `held_back` change too few producers to be shown."""

    quarter: str
    number: int
    words: str
    at: datetime | None
    changed: int
    held_back: int


def restatements(quarter: str = "") -> list[Restatement]:
    """Of a quarter, or of all, newest first."""
    rows = QuarterRun.objects.restatements().order_by("-quarter", "-number")
    if quarter:
        rows = rows.filter(quarter=quarter)
    return [
        Restatement(one.quarter, one.number, one.words, one.finished_at, one.figures, one.held_back) for one in rows
    ]


def restated_figures(quarter: str, number: int) -> list[RestatedFigure]:
    """Old and new numbers of a restatement, province first."""
    levels = {"province": 0, "regency": 1, "district": 2, "village": 3}
    rows = RestatedFigure.objects.filter(run__quarter=quarter, run__number=number, run__state="done")
    return sorted(rows, key=lambda one: (levels[one.level], one.by, one.indicator, one.region, one.part))


def last_failure(quarter: str) -> str:
    """Why the newest run of a quarter failed; nothing where it did not."""
    newest = QuarterRun.objects.filter(quarter=quarter).order_by("-pk").first()
    return newest.problem if newest is not None and newest.state == RunState.FAILED else ""
