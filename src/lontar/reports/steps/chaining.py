"""The price chains of a report from the closed snapshot, and the assumptions behind them, each with its day and source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from lontar.access.policies import Refused
from lontar.audit.queries import ParameterValue, parameters_with_prefix
from lontar.engines.periods import Quarter
from lontar.engines.reporting.chaining import ASSUMPTIONS, CHAINS, MADE, STEPS, chains_differing, numbers_of, valued
from lontar.engines.reporting.tables import TYPES
from lontar.registry.models import Commodity
from lontar.value.actions.counting import hiding_rule
from lontar.value.queries.flows import reckoning_of
from lontar.value.rules.assumptions import AssumptionMissing
from lontar.value.rules.counting import Price, prices
from lontar.value.rules.hiding import Rule

SHARE = "disclosure.max_share"
_READ = (
    "producer_id",
    "month",
    "village",
    "commodity",
    "unit",
    "turnover",
    "price_raw",
    "price_processed",
    "price_packed",
)


class AssumptionLost(Refused):
    """A parameter without which nothing may be shown is not set."""


def assumptions(quarter: Quarter, *, at: datetime) -> pl.DataFrame:
    """Every number that is assumed in the quarter, by `ASSUMPTIONS`: as it was counted with, else as in force on its last day.

    The two limits below which prices are hidden are those of the day of the report. Raises `AssumptionLost`.
    """
    day = timezone.localdate(at)
    made = reckoning_of(quarter.label)
    counted = {one.key: one for one in made.assumed.all()} if made else {}
    with override("id"):
        told = parameters_with_prefix("value", quarter.last_day)
        rows = {key: _row(one) for key, one in told.items()}
        for key, one in counted.items():
            if key not in told or told[key].number != one.number:  # set anew since the quarter was counted
                rows[key] = (key, told[key].label if key in told else key, float(one.number), one.unit, "", one.source)
        rows |= {key: _row(one) for key, one in parameters_with_prefix("disclosure", day).items()}
    return _frame([rows[key] for key in sorted(rows)])


def _row(one: ParameterValue) -> tuple[object, ...]:
    return (one.key, one.label, float(one.number), one.unit, one.valid_from.isoformat(), one.source)


def _frame(rows: Sequence[Sequence[object]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={one.name: TYPES[one.kind] for one in ASSUMPTIONS.columns}, orient="row")


def rule_on(day: date) -> Rule:
    """Below what a price is hidden. Raises `AssumptionLost`."""
    try:
        return hiding_rule(day)
    except AssumptionMissing as problem:
        raise AssumptionLost(str(problem)) from None


def chains(quarter: Quarter, folder: Path, assumed: pl.DataFrame, *, rule: Rule) -> pl.DataFrame:
    """The chains of the quarter from a snapshot's folder, by `CHAINS`; a row per place, commodity and unit."""
    rows = pl.scan_parquet(folder / "returns.parquet").select(_READ)
    now = rows.filter(pl.col("month").is_between(quarter.start, quarter.last_day)).collect()
    names = dict(Commodity.objects.values_list("code", "name"))
    return valued(_wide(prices(now, root=settings.PROGRAMME_ROOT, rule=rule), names), numbers_of(assumed))


def _wide(found: Sequence[Price], names: Mapping[str, str]) -> pl.DataFrame:
    """A row per chain from a line per step."""
    rows: dict[tuple[str, str, str], dict[str, object]] = {}
    for one in found:
        row = rows.setdefault(
            (one.region_code, one.commodity, one.unit),
            {"level": one.level, "region": one.region_code, "commodity": one.commodity, "unit": one.unit,
             "name": names.get(one.commodity, one.commodity)},
        )  # fmt: skip
        row[f"{one.step}_status"] = "S" if one.n is None else "A"
        row[f"{one.step}_n"] = one.n
        row |= {f"{one.step}{end}": _plain(value) for end, value in
                (("_low", one.low), ("", one.price), ("_high", one.high))}  # fmt: skip
    schema = {one.name: TYPES[one.kind] for one in CHAINS.columns if one.name not in MADE}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows.values()], schema=schema)


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def unlike_snapshot(quarter: Quarter, package: Path, folder: Path) -> pl.DataFrame:
    """Numbers of a published package's chains that the snapshot does not give again, by its own assumptions and limits."""
    assumed = pl.read_parquet(package / "data/assumptions.parquet")
    numbers = numbers_of(assumed)
    share = numbers[SHARE]
    rule = Rule(int(numbers["disclosure.min_producers"]), share / 100 if share > 1 else share)
    again = chains(quarter, folder, assumed, rule=rule)
    compared = (*(f"{step}{end}" for step in STEPS for end in ("_n", "_low", "", "_high")), *MADE)
    return chains_differing(pl.read_parquet(package / "data/chains.parquet"), again, compared)
