"""The frozen input of a closed quarter as a folder, and the figures computed from nothing but that folder.

`returns.parquet` and `producers.parquet` tell of single producers and are never published; `products`, `licences`,
`units` and `stars` (Parquet), `definitions.json` and `inputs.json` (quarter, numbers in force, consumer prices)
complete what the computation needs.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from lontar.engines.indicators import definitions as meaning
from lontar.engines.indicators.computing import compute, compute_all
from lontar.engines.indicators.definitions import Definition
from lontar.engines.indicators.given import SCHEMAS, Facts, IndicatorError, Parameters
from lontar.engines.indicators.restating import restated
from lontar.engines.periods import Quarter, parse_quarter

RETURNS_FILE, PRODUCERS_FILE, FIGURES_FILE = "returns.parquet", "producers.parquet", "figures.parquet"
#: Only in the snapshot of a restatement: the figures before it, and the cells whose change is held back.
EARLIER_FILE, HELD_FILE = "earlier.parquet", "held.parquet"
DEFINITIONS_FILE, INPUTS_FILE = "definitions.json", "inputs.json"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that the figures of a quarter are computed from.

    `returns` may be a path, so that millions of rows stay on the disk.
    """

    quarter: Quarter
    returns: pl.DataFrame | Path
    producers: pl.DataFrame
    facts: Facts
    cpi: pl.DataFrame
    definitions: tuple[Definition, ...]
    parameters: Parameters


def write_snapshot(folder: Path, snapshot: Snapshot) -> None:
    """Write all of the input into `folder`, which must exist. The mode of the files is left to the caller."""
    if isinstance(snapshot.returns, pl.DataFrame):
        snapshot.returns.write_parquet(folder / RETURNS_FILE, compression="zstd", compression_level=1)
    snapshot.producers.write_parquet(folder / PRODUCERS_FILE)
    for name, frame in snapshot.facts.frames().items():
        frame.write_parquet(folder / f"{name}.parquet")
    (folder / DEFINITIONS_FILE).write_text(meaning.write(snapshot.definitions), encoding="utf-8")
    inputs = {
        "quarter": snapshot.quarter.label,
        "parameters": snapshot.parameters.as_json(),
        "cpi": [
            {"month": month.isoformat(), "index": str(index)}
            for month, index in snapshot.cpi.select("month", "index").sort("month").iter_rows()
        ],
    }
    (folder / INPUTS_FILE).write_text(json.dumps(inputs, ensure_ascii=False, indent=1), encoding="utf-8")


def read_snapshot(folder: Path) -> Snapshot:
    """Read what `write_snapshot` wrote. Raises `IndicatorError` naming the file that is not there."""
    needed = (RETURNS_FILE, PRODUCERS_FILE, DEFINITIONS_FILE, INPUTS_FILE, *(f"{one}.parquet" for one in SCHEMAS))
    missing = [one for one in needed if not (folder / one).is_file()]
    if missing:
        raise IndicatorError(
            f"Berkas {', '.join(missing)} tidak ada di {folder.name}. Ambil lagi salinan triwulan ini."
        )
    inputs = json.loads((folder / INPUTS_FILE).read_text(encoding="utf-8"))
    months = [(date.fromisoformat(one["month"]), float(one["index"])) for one in inputs["cpi"]]
    return Snapshot(
        quarter=parse_quarter(inputs["quarter"]),
        returns=folder / RETURNS_FILE,
        producers=pl.read_parquet(folder / PRODUCERS_FILE),
        facts=Facts(**{name: pl.read_parquet(folder / f"{name}.parquet") for name in SCHEMAS}),
        cpi=pl.DataFrame(months, schema={"month": pl.Date, "index": pl.Float64}, orient="row"),
        definitions=meaning.read((folder / DEFINITIONS_FILE).read_text(encoding="utf-8")),
        parameters=Parameters.from_json(inputs["parameters"]),
    )


def recompute(folder: Path, *, definitions: Collection[Definition] | None = None) -> pl.DataFrame:
    """The published figures computed again from a snapshot's folder alone; equal to its `figures.parquet`, row by row.

    A restatement's folder keeps the figures before it: there the changes that may be shown are put in their place.
    """
    held = read_snapshot(folder)
    figures = compute(
        held.quarter, returns=held.returns, producers=held.producers, facts=held.facts, cpi=held.cpi,
        definitions=held.definitions if definitions is None else definitions, parameters=held.parameters,
    )  # fmt: skip
    if not (folder / EARLIER_FILE).is_file():
        return figures
    return restated(pl.read_parquet(folder / EARLIER_FILE), figures, pl.read_parquet(folder / HELD_FILE))


def recompute_all(folder: Path) -> pl.DataFrame:
    """Every figure of a snapshot before anything is hidden; for the office only."""
    held = read_snapshot(folder)
    return compute_all(
        held.quarter, returns=held.returns, producers=held.producers, facts=held.facts, cpi=held.cpi, parameters=held.parameters
    )  # fmt: skip
