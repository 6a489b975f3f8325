"""What a report is made of, gathered from the closed quarter: figures as they stood at an instant, and what explains them.

Everything that is published passes here; what is closed (returns, producers) is read only to draw anonymous records.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import User
from lontar.access.policies import Refused
from lontar.audit.queries import parameter_as_at
from lontar.engines.periods import Quarter
from lontar.engines.reporting import ASSUMPTIONS, CELLS, CHAINS, FIGURES, RECORDS, Limits, Table, anonymised, cells_of
from lontar.engines.reporting import manifest as manifests
from lontar.engines.reporting.tables import TYPES
from lontar.monitoring.models import QuarterRun
from lontar.monitoring.queries.stored import folder_of, quarters, restated_figures
from lontar.monitoring.states import OPEN, Check
from lontar.registry.models import Region
from lontar.reports.models import Report
from lontar.reports.steps import chaining, tables
from lontar.returns.actions import move_periods
from lontar.returns.states import PeriodState
from lontar.value.queries.flows import kept_lines
from lontar.verdicts.queries import newest

TURNOVER = "O1T"


class NotClosed(Refused):
    """A quarter has no report before it is closed."""


class BeingRestated(Refused):
    """Somebody is restating the quarter at this moment."""


class SnapshotLost(Refused):
    """The closed copy from which the figures were computed is not in its folder."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The tables of a package, the definitions, and from what they were taken."""

    tables: Sequence[tuple[Table, pl.DataFrame]]
    definitions: Sequence[Mapping[str, Any]]
    basis: Mapping[str, Any]


def _run(quarter: Quarter, at: datetime) -> QuarterRun:
    """The run whose figures stood at an instant. Raises `NotClosed` and `BeingRestated`."""
    runs = QuarterRun.objects.filter(quarter=quarter.label)
    found = runs.filter(state="done", finished_at__lte=at).order_by("-number").first()
    if found is None:
        raise NotClosed(_("%(quarter)s belum ditutup. Tutup triwulan itu dahulu.") % {"quarter": quarter})
    if runs.filter(state__in=OPEN).exists():
        raise BeingRestated(
            _("%(quarter)s sedang dinyatakan ulang; tunggu sampai selesai, lalu coba lagi.") % {"quarter": quarter}
        )
    return found


def stamp_of(quarter: Quarter, *, at: datetime) -> str:
    """What the closed quarter said at an instant; changes with every restatement. Raises `NotClosed`, `BeingRestated`."""
    run = _run(quarter, at)
    return f"{run.quarter}/{run.number}/{run.pk}"


def waiting() -> list[Quarter]:
    """Closed quarters without a report, oldest first: what comes earlier is published earlier."""
    out = set(Report.objects.values_list("quarter", flat=True))
    return sorted(one.quarter for one in quarters() if one.is_closed and one.quarter.label not in out)


def mark_published(quarter: Quarter, *, by: User | None, at: datetime) -> None:
    """Tell the quarter that its report is out, so that its figures are public."""
    state = next((one.state for one in quarters() if one.quarter == quarter), None)
    if state == PeriodState.CLOSED:
        move_periods([quarter], to=PeriodState.PUBLISHED, by=by, post=None, at=at)


def gather(quarter: Quarter, *, at: datetime) -> Gathered:
    """Everything a report of the quarter holds, as it stood at an instant.

    Raises `NotClosed`, `BeingRestated`, `SnapshotLost`, `chaining.AssumptionLost`.
    """
    run = _run(quarter, at)
    folder = folder_of(quarter.label, run.number)
    if not (folder / "figures.parquet").is_file():
        raise SnapshotLost(
            _("Salinan tertutup %(quarter)s tidak ada di folder %(folder)s. Pulihkan folder itu dari cadangan.")
            % {"quarter": quarter, "folder": folder.name}
        )
    assumed = chaining.assumptions(quarter, at=at)
    rule = chaining.rule_on(timezone.localdate(at))
    made = [
        *from_snapshot(quarter, folder, _limits(quarter)),
        (tables.RESTATEMENTS, restatements(quarter, at)),
        (tables.QUALITY, checks(run)),
        (tables.VERDICTS, verdicts(quarter)),
        (tables.VALUE, value_kept(quarter)),
        (CHAINS, chaining.chains(quarter, folder, assumed, rule=rule)),
        (ASSUMPTIONS, assumed),
    ]
    basis = {
        "run": run.number,
        "closed_at": timezone.localtime(run.finished_at).isoformat(),
        "snapshot": _prints(folder),
    }
    return Gathered(made, definitions_of(folder), basis)


def _limits(quarter: Quarter) -> Limits:
    day = max(quarter.last_day, FIRST_DAY)
    group, share, dominance = (
        parameter_as_at(f"report.records.{name}", day).number for name in ("group", "share", "dominance")
    )
    return Limits(int(group), float(share) / 100, float(dominance) / 100)


FIRST_DAY = datetime(2025, 5, 27).date()  # when the first values came into force; older quarters go by them, too


def _prints(folder: Path) -> dict[str, str]:
    """SHA-256 of what the figures were computed from: it names the closed files, and shows nothing of them."""
    return {path.name: manifests.file_entry(path)["sha256"] for path in sorted(folder.iterdir()) if path.is_file()}


def recomputed(folder: Path) -> pl.DataFrame | None:
    """The figures of a package made again from the closed snapshot it was taken from; None where that is not here."""
    from lontar.engines.indicators import recompute  # brings statistics and a database engine with it

    closed = snapshot_of(folder)
    return recompute(closed) if closed.is_dir() else None


def snapshot_of(package: Path) -> Path:
    """Where the closed snapshot that a package was taken from should lie."""
    held = manifests.read(package)[0]
    return folder_of(str(held["quarter"]), int(held["basis"].get("run", 0)))


def restatements(quarter: Quarter, at: datetime) -> pl.DataFrame:
    """Figures of earlier reports that were restated since the last report was published, by `tables.RESTATEMENTS`."""
    last = Report.objects.filter(quarter__lt=quarter.label).order_by("-quarter").first()
    rows: list[tuple[object, ...]] = []
    if last is not None:
        runs = QuarterRun.objects.restatements().filter(
            quarter__lte=last.quarter, finished_at__gt=last.published_at, finished_at__lte=at
        )
        for run in runs.order_by("quarter", "number"):
            rows += restated_rows(run)
    schema = dict.fromkeys(tables.RESTATEMENTS.names, pl.String) | {"old": pl.Float64, "new": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def restated_since(quarter: str, instant: datetime) -> list[tuple[object, ...]]:
    """The same rows of one quarter, restated after an instant; newest restatement first."""
    runs = QuarterRun.objects.restatements().filter(quarter=quarter, finished_at__gt=instant).order_by("-number")
    return [row for run in runs for row in restated_rows(run)]


def restated_rows(run: QuarterRun) -> list[tuple[object, ...]]:
    """The figures that a restatement changed, with its reason and day."""
    day = timezone.localdate(run.finished_at).isoformat() if run.finished_at else ""
    return [
        (run.quarter, one.indicator, one.level, one.region, one.by, one.part, _number(one.value), _number(one.new_value),
         run.words, day)
        for one in restated_figures(run.quarter, run.number)
    ]  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def verdicts(quarter: Quarter) -> pl.DataFrame:
    """What the newest verdict on the quarter found, by `tables.VERDICTS`; no rows where there is none."""
    found = newest(quarter.label)
    names = ("unit_key", "unit_name", "village_id", *tables.VERDICTS.names[3:])
    rows = list(found.findings.order_by("pk").values_list(*names)) if found else []
    return _frame(tables.VERDICTS, rows)


def value_kept(quarter: Quarter) -> pl.DataFrame:
    """Where the turnover of the quarter stays, by `tables.VALUE`; what is hidden has no numbers, and stays hidden."""
    names = ("region_code", *tables.VALUE.names[1:])
    return _frame(
        tables.VALUE,
        [[_plain(getattr(one, name)) for name in names] for one in kept_lines(quarter.label, commodity=None)],
    )


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


def _frame(table: Table, rows: Sequence[Sequence[object]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={one.name: TYPES[one.kind] for one in table.columns}, orient="row")


def checks(run: QuarterRun) -> pl.DataFrame:
    """The check-list with which the quarter was closed, by `tables.QUALITY`; the reason of an override with what was missed."""
    closing = run if run.number == 0 else QuarterRun.objects.closings().get(quarter=run.quarter)
    rows = [
        (one["check"], f"{Check(one['check']).label}: {one['words']}", float(one["share"]), float(one["limit"]),
         "ya" if one["is_met"] else "tidak", "" if one["is_met"] else closing.words)
        for one in closing.checks
    ]  # fmt: skip
    schema = dict.fromkeys(tables.QUALITY.names, pl.String) | {"value": pl.Float64, "threshold": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def from_snapshot(quarter: Quarter, folder: Path, limits: Limits) -> list[tuple[Table, pl.DataFrame]]:
    """Figures, their statistics, anonymous records, regions and definitions of a snapshot's folder."""
    figures = pl.read_parquet(folder / "figures.parquet")
    seed = hashlib.sha256((folder / "producers.parquet").read_bytes()).hexdigest()  # nobody outside can guess it
    records = anonymised(
        producers_of(quarter, folder), figures, indicator=TURNOVER, limits=limits, seed=f"{quarter.label}|{seed}"
    )
    return [
        (FIGURES, figures),
        (CELLS, cells_of(figures)),
        (RECORDS, records),
        (tables.REGIONS, regions()),
        (tables.DEFINITIONS, definitions_frame(definitions_of(folder))),
    ]


def producers_of(quarter: Quarter, folder: Path) -> pl.DataFrame:
    """A row per producer that answered: the columns that `anonymised` asks for."""
    before = quarter.same_last_year()
    columns = ["producer_id", "month", "turnover", "paid_women", "paid_men", "unpaid_women", "unpaid_men"]
    rows = pl.scan_parquet(folder / "returns.parquet").select(columns)
    now = rows.filter(pl.col("month").is_between(quarter.start, quarter.last_day))
    people = pl.sum_horizontal("paid_women", "paid_men", "unpaid_women", "unpaid_men", ignore_nulls=False)
    summed = (
        now.with_columns(people=people)
        .group_by("producer_id")
        .agg(pl.col("turnover").sum(), pl.col("people").mean().round().cast(pl.Int64).alias("workers"), months=pl.len())
    )
    past = rows.filter(pl.col("month").is_between(before.start, before.last_day))
    earlier = past.group_by("producer_id").agg(pl.col("turnover").sum().alias("turnover_before"), had=pl.len())
    asked = pl.scan_parquet(folder / "producers.parquet").select("producer_id", "village", "category", "is_comparison")
    joined = summed.join(earlier.filter(pl.col("had") == 3), on="producer_id", how="left").join(asked, on="producer_id")
    return joined.filter(~pl.col("is_comparison")).sort("producer_id").collect()


def regions() -> pl.DataFrame:
    """Regions in force, by the columns of `tables.REGIONS`."""
    found = Region.objects.filter(valid_until__isnull=True).order_by("code")
    rows = list(found.values_list("code", "name", "level", "lat", "lon"))
    schema = {"code": pl.String, "name": pl.String, "level": pl.String, "lat": pl.Float64, "lon": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def definitions_of(folder: Path) -> list[dict[str, Any]]:
    """The metadata of the indicators as the snapshot froze them."""
    return [dict(one) for one in json.loads((folder / "definitions.json").read_bytes())]


def definitions_frame(found: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """The same as a table."""
    names = tables.DEFINITIONS.names
    rows = [[str(one.get(name, "")) for name in names] for one in found]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
