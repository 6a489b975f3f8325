"""The inputs of a verdict: accepted returns with the facts of their producers, and the numbers in force; kept sealed.

What was read is kept as Parquet under its SHA-256, because returns may be corrected later: whoever checks a verdict computes it
from what it was made of.
"""

from __future__ import annotations

import hashlib
import io
from datetime import date
from importlib.metadata import version
from pathlib import Path

import polars as pl
from django.conf import settings

import lontar.engines.impact
import lontar.verdicts.rules
from lontar.audit.queries import parameter_as_at, parameters_with_prefix
from lontar.engines import sizes
from lontar.engines.impact import Rule
from lontar.engines.periods import Month, Quarter
from lontar.intake.steps import storage
from lontar.monitoring.queries.returned import accepted
from lontar.registry.rules.sizes import bands_as_at
from lontar.returns.queries import frames
from lontar.verdicts.rules.results import INPUT_SCHEMA, Inputs, Numbers
from lontar.verdicts.steps.villages import villages

QUARTERS = 8


def read(quarter: Quarter) -> Inputs:
    """What is known now up to the end of a quarter, two years back. Enter the programme's scope first."""
    first, last = Month.from_date(quarter.shift(1 - QUARTERS).start), Month.from_date(quarter.last_day)
    workers = pl.sum_horizontal("paid_women", "paid_men", "unpaid_women", "unpaid_men", ignore_nulls=False)
    returns = accepted(first, last).select("producer_id", "month", "turnover", workers=workers)
    producers = frames.producers(first, last).select(
        "producer_id", "village", "unit_key", "is_comparison", "category", "designated_from"
    )
    began = producers.filter(pl.col("designated_from") <= quarter.last_day)["designated_from"].min()
    about = villages(producers["village"].unique().to_list(), before=began if isinstance(began, date) else None)
    frame = returns.join(producers, on="producer_id").join(about, on="village", how="left")
    return Inputs(
        frame.select(pl.col(name).cast(kind) for name, kind in INPUT_SCHEMA.items()), quarter, numbers(quarter)
    )


def numbers(quarter: Quarter) -> Numbers:
    """The numbers in force on the last day of the quarter."""
    day = quarter.last_day
    value = {
        key: parameter_as_at(key, day).number
        for key in (
            "verdict.matters", "verdict.producers", "verdict.villages", "verdict.ring", "disclosure.min_producers",
            "disclosure.max_share",
        )
    }  # fmt: skip
    bands = bands_as_at(day)
    rule = Rule(
        matters=float(value["verdict.matters"]), producers=int(value["verdict.producers"]),
        villages=int(value["verdict.villages"]),
    )  # fmt: skip
    return Numbers(
        rule=rule, cell=int(value["disclosure.min_producers"]), dominance=float(value["disclosure.max_share"]),
        ring=float(value["verdict.ring"]), sales=bands.sales, workers=bands.workers, rungs=_rungs(quarter),
    )  # fmt: skip


def _rungs(quarter: Quarter) -> sizes.SizeBands[sizes.MicroRung]:
    """The rungs within micro with the bounds of the parameters; the last one ends where micro ends."""
    from dataclasses import replace

    given = parameters_with_prefix("micro.rung", quarter.last_day)
    shape = sizes.DEFAULT_MICRO_RUNGS
    bands = list(shape.bands)
    for place, name in enumerate(("seed", "growing")):
        found = given.get(f"micro.rung.{name}")
        if found is not None:
            bands[place] = replace(bands[place], upper=found.number)
    micro = bands_as_at(quarter.last_day).sales.bands[0].upper
    bands[-1] = replace(bands[-1], upper=micro)
    return replace(shape, bands=tuple(bands))


def keep(inputs: Inputs) -> str:
    """Keep the frame sealed; its SHA-256."""
    held = io.BytesIO()
    inputs.frame.write_parquet(held, compression="zstd")
    held.seek(0)
    return storage.keep(held).sha256


def kept(sha256: str, quarter: Quarter) -> Inputs:
    """The inputs of a verdict again. Raises FileNotFoundError or `SealBroken` where they are gone or damaged.

    Columns that were not read yet when it was made are unknown (null) for everybody.
    """
    with storage.opened(sha256, suffix=".parquet") as path:
        frame = pl.read_parquet(path)
    new = {name: kind for name, kind in INPUT_SCHEMA.items() if name not in frame.columns}
    frame = frame.with_columns(pl.lit(None, dtype=kind).alias(name) for name, kind in new.items())
    return Inputs(frame, quarter, numbers(quarter))


def code_version() -> str:
    """The release, and a digest of the code that computes verdicts: another digest may give another result."""
    digest = hashlib.sha256()
    for package in (lontar.engines.impact, lontar.verdicts.rules):
        for path in sorted(Path(str(package.__file__)).parent.glob("*.py")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{version('lontar')}+{digest.hexdigest()[:12]}"


def region() -> str:
    """The region of the programme."""
    return str(settings.PROGRAMME_ROOT)
