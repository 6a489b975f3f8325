"""Closing a quarter at full size: 168,002 producers of 3,442 villages with two years of returns, all indicators at all levels.

`python -m bench.quarter` draws the returns (seeded), freezes them as a closing does, and computes, hides and writes every
figure; it prints wall time, CPU time and the peak of memory. Reading the returns out of the database and storing the figures
there is left out (`--rows` for a smaller panel).
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from bench.measuring import Figure
from lontar.engines.indicators import Facts, Parameters, Snapshot, recompute, shipped, write_snapshot
from lontar.engines.periods import Month, Quarter

PRODUCERS, MONTHS, SEED = 168_002, 24, 5
QUARTER = Quarter.of(2026, 3)
CHANNELS = ("mart", "catalogue", "marketplace", "fair", "direct", "outside")
PARAMETERS = Parameters(
    least=3, dominance=85, full_days=25, sales=(2_000_000_000, 15_000_000_000, 50_000_000_000), workers=(4, 19, 99),
    rungs=(50_000_000, 300_000_000), required={"food": ("halal", "nib", "pirt")},
)  # fmt: skip


def villages() -> list[str]:
    """3,442 codes in 22 kabupaten and 315 kecamatan."""
    districts = [f"53.{1 + place % 22:02d}.{1 + place // 22:02d}" for place in range(315)]
    return [f"{districts[place % 315]}.{2001 + place // 315}" for place in range(3_442)]


def producers(number: int, draw: np.random.Generator) -> pl.DataFrame:
    """Who is asked: spread unevenly over villages, categories, sexes and pillars."""
    codes = np.array(villages())
    return pl.DataFrame(
        {
            "producer_id": np.arange(1, number + 1),
            "village": codes[(draw.power(2, number) * len(codes)).astype(int)],
            "pillar": draw.choice(["village", "school", "community"], number, p=[0.9, 0.05, 0.05]),
            "is_comparison": np.zeros(number, dtype=bool),
            "category": draw.choice(["food", "drink", "weaving", "craft", "wicker", "fresh"], number),
            "sex": draw.choice(["F", "M", ""], number, p=[0.6, 0.35, 0.05]),
        }
    ).with_columns(first_month=pl.lit(date(2024, 10, 1)), until_month=pl.lit(None, dtype=pl.Date))


def month_of(day: date, asked: pl.DataFrame, draw: np.random.Generator) -> pl.DataFrame:
    """Returns of one month: nineteen of twenty answer, one answer of twenty is missing."""
    number = asked.height
    usual = np.exp(14 + (asked["producer_id"].to_numpy() * 7919 % 1000) / 400)
    turnover = np.round(usual * np.exp(draw.normal(0, 0.3, number))).astype(np.int64)
    workers = draw.integers(0, 4, (4, number))
    columns: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]] = {
        "quantity": turnover // 20_000, "price_raw": np.full(number, 20_000), "price_processed": np.full(number, 45_000),
        "price_packed": np.full(number, 60_000), "paid_women": workers[0], "paid_men": workers[1],
        "unpaid_women": workers[2], "unpaid_men": workers[3], "youth": workers[0], "worker_days": workers.sum(axis=0) * 20,
        "material_inside": turnover // 4, "material_outside": turnover // 9,
        **{f"channel_{name}": turnover // 7 for name in CHANNELS},
    }  # fmt: skip
    missing = {name: draw.random(number) < 0.05 for name in columns}
    frame = pl.DataFrame({"producer_id": asked["producer_id"], "turnover": turnover, **columns}).with_columns(
        pl.lit(day).alias("month"),
        *(pl.when(pl.Series(gone)).then(None).otherwise(pl.col(name)).alias(name) for name, gone in missing.items()),
    )
    return frame.filter(pl.Series(draw.random(number) < 0.95))


def draw_snapshot(folder: Path, number: int) -> int:
    """Write the input of a quarter; how many returns."""
    draw = np.random.default_rng(SEED)
    asked = producers(number, draw)
    last = Month.from_date(QUARTER.last_day)
    returns = pl.concat([month_of(last.shift(-step).start, asked, draw) for step in range(MONTHS)])
    cpi = pl.DataFrame(
        [(last.shift(-step).start, 110.0 - step * 0.25) for step in range(MONTHS)],
        schema={"month": pl.Date, "index": pl.Float64}, orient="row",
    )  # fmt: skip
    write_snapshot(folder, Snapshot(QUARTER, returns, asked, Facts(), cpi, shipped(), PARAMETERS))
    return returns.height


def measure(number: int = PRODUCERS) -> list[Figure]:
    """Seconds of a closing's computation (best of three), and the peak of memory of the process that did nothing else."""
    from multiprocessing import get_context

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with get_context("spawn").Pool(1) as drawing:
            rows = drawing.apply(draw_snapshot, (folder, number))
        with get_context("spawn").Pool(1) as computing:
            wall, cpu, peak, figures = computing.apply(timed, (folder,))
    done = f"quarter: {rows:,} returns, {figures:,} figures at all levels"
    return [
        Figure(done, wall, "s", "<= 15", wall <= 15),
        Figure("quarter: processor time of it", cpu, "s"),
        Figure("quarter: peak of memory", peak, "GB", "<= 3", peak <= 3),
    ]


def timed(folder: Path) -> tuple[float, float, float, int]:
    """Wall and CPU seconds of the best of three, peak GB, and how many figures."""
    best = (float("inf"), 0.0)
    for _round in range(3):
        wall, cpu = time.perf_counter(), time.process_time()
        figures = recompute(folder)
        figures.write_parquet(folder / "figures.parquet")
        best = min(best, (time.perf_counter() - wall, time.process_time() - cpu))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    return *best, peak, figures.height


if __name__ == "__main__":
    from bench.measuring import table

    asked_for = argparse.ArgumentParser(description=__doc__)
    asked_for.add_argument("--rows", type=int, default=PRODUCERS, help="producers")
    table(measure(asked_for.parse_args().rows))
