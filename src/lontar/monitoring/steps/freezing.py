"""Freezing the input of a quarter in the closed folder, and reading it again.

The folder is of this user alone (mode 0700, files 0600) and its path is shown to nobody. It is written beside its place and
moved there whole, so that a folder that is there is complete.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl

from lontar.engines.indicators import Snapshot, held_cells, read_snapshot, window, write_snapshot
from lontar.engines.indicators.snapshots import EARLIER_FILE, FIGURES_FILE, HELD_FILE
from lontar.engines.periods import Quarter
from lontar.monitoring.queries.facts import definitions_of, facts_of, parameters_of, prices_of
from lontar.monitoring.queries.returned import accepted
from lontar.monitoring.queries.stored import folder_of
from lontar.returns.queries import frames


def freeze(quarter: Quarter, *, root: str, number: int = 0, kept: Path | None = None) -> Path:
    """Write the snapshot of a closing, or of restatement `number` with everything but returns and producers from `kept`."""
    place = folder_of(quarter.label, number)
    first, last = window(quarter)
    returns, producers = accepted(first, last), frames.producers(first, last)
    if kept is None:
        held = Snapshot(
            quarter=quarter, returns=returns, producers=producers, facts=facts_of(quarter, root=root),
            cpi=prices_of(first.start, last.end), definitions=definitions_of(quarter), parameters=parameters_of(quarter),
        )  # fmt: skip
    else:
        old = read_snapshot(kept)
        held = Snapshot(
            quarter=quarter, returns=returns, producers=producers, facts=old.facts, cpi=old.cpi,
            definitions=old.definitions, parameters=old.parameters,
        )  # fmt: skip
    beside = place.with_name(f".{place.name}.baru")
    shutil.rmtree(beside, ignore_errors=True)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside.mkdir(mode=0o700)
    write_snapshot(beside, held)
    if kept is not None:
        _keep_earlier(beside, kept)
    seal(beside)
    if place.exists():
        shutil.rmtree(place)
    beside.rename(place)
    return place


def _keep_earlier(beside: Path, kept: Path) -> None:
    """The figures before a restatement, and the cells whose change may not be shown."""
    shutil.copyfile(kept / FIGURES_FILE, beside / EARLIER_FILE)
    old, new = read_snapshot(kept), read_snapshot(beside)
    gone = old.producers.join(new.producers, on="producer_id", how="anti")
    held = held_cells(
        old.returns, new.returns, producers=pl.concat([new.producers, gone]), stars=new.facts.frames()["stars"],
        parameters=new.parameters,
    )  # fmt: skip
    held.write_parquet(beside / HELD_FILE)


def seal(folder: Path) -> None:
    """Only the user of the installation may read what is in the folder."""
    folder.chmod(0o700)
    for one in folder.iterdir():
        one.chmod(0o600)
