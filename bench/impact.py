"""Does the 95 % interval hold the truth 95 times of 100: the verdict's own way on simulated programmes with a known effect.

Every replication draws 44 units that join in three waves and 88 villages that do not, ten producers each, eight quarters,
shocks that villages share, levels and growth that differ between the groups, gaps, and an effect that ramps up. The units were
not picked at random: they sell more to begin with. `python bench/impact.py [replications]` prints a table; a second argument
is the first seed. The results are kept in docs/explanation/verdicts.md.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

import numpy as np
import polars as pl

from lontar.engines.impact import TURNOVER, PanelError, Plan, assess

QUARTERS = 8
WAVES = (4, 5, 6)


@dataclass(frozen=True, slots=True)
class World:
    """A simulated programme: how many join, how much turnover rises in the end (share), how unequal the groups are."""

    name: str
    units: int = 44
    villages: int = 88
    producers: int = 10
    effect: float = 0.22
    picked: float = 0.3
    shared: float = 0.05


WORLDS = (
    World("the demo's effect"),
    World("no effect", effect=0.0),
    World("large shared shocks", shared=0.12),
    World("twelve units", units=12, villages=60),
)


def draw(world: World, *, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A panel, and for every producer and quarter the effect in it (log points)."""
    rng = np.random.default_rng(seed)
    places = world.units + world.villages
    village = np.repeat(np.arange(places), world.producers)
    treated = village < world.units
    start = np.where(treated, np.array(WAVES)[village % len(WAVES)], -1)
    count = len(village)
    quarters = np.arange(QUARTERS)
    level = rng.normal(14.0, 0.8, count) + world.picked * treated
    growth = rng.normal(0.005, 0.01, count)
    shared = rng.normal(0, world.shared, (places, QUARTERS))[village]
    own = np.zeros((count, QUARTERS))
    own[:, 0] = rng.normal(0, 0.2, count)
    for at in range(1, QUARTERS):
        own[:, at] = 0.4 * own[:, at - 1] + np.sqrt(1 - 0.4**2) * rng.normal(0, 0.2, count)
    season = 0.2 * np.sin(quarters * np.pi / 2)
    since = quarters[None, :] - start[:, None]
    effect = np.where(
        (start[:, None] >= 0) & (since >= 0), np.log1p(world.effect * np.clip((since + 0.5) / 2, 0, 1)), 0.0
    )
    log = level[:, None] + growth[:, None] * quarters + season + shared + own + effect
    seen = rng.random(log.shape) > 0.05
    rows = pl.DataFrame(
        {
            "unit": np.repeat(np.arange(count), QUARTERS),
            "cluster": [f"{one:03d}" for one in np.repeat(village, QUARTERS)],
            "period": np.tile(quarters, count),
            "start": pl.Series(np.repeat(start, QUARTERS)).replace(-1, None),
            "amount": np.exp(log).ravel(),
            "effect": effect.ravel(),
        }
    ).filter(pl.Series(seen.ravel()))
    return rows.drop("effect"), rows.select("unit", "period", "start", "effect")


def replicate(world: World, *, seed: int) -> tuple[float, float, float, float, float | None]:
    """Truth, estimate, low, high (log points) and the p of the test before the start, of one simulated programme."""
    panel, truth = draw(world, seed=seed)
    nothing = panel.select(pl.col("unit").unique()).sort("unit")
    found = assess(panel, nothing, treatment=TURNOVER, plan=Plan(draws=1))
    kept = truth.join(found.matching.pairs.select(unit=pl.col("treated").unique()), on="unit")
    after = kept.filter(pl.col("period") >= pl.col("start"))
    average = found.study.average
    return float(after["effect"].mean() or 0.0), average.value, average.low, average.high, found.study.before.p


def cover(world: World, *, replications: int, first: int = 0) -> dict[str, float]:
    """Share of intervals that hold the truth, bias, rejections of the test before the start, share above nought."""
    rows = []
    for seed in range(first, first + replications):
        try:
            rows.append(replicate(world, seed=seed))
        except PanelError:
            continue
    truth, value, low, high = (np.array([row[at] for row in rows], dtype=float) for at in range(4))
    tested = np.array([row[4] for row in rows if row[4] is not None], dtype=float)
    return {
        "replications": len(rows),
        "coverage": float(((low <= truth) & (truth <= high)).mean()),
        "bias": float((value - truth).mean()),
        "spread": float((value - truth).std()),
        "width": float((high - low).mean()),
        "before_rejected": float((tested < 0.05).mean()),
        "rose": float((low > 0).mean()),
        "truth": float(truth.mean()),
    }


def main() -> None:
    """Print the table."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    print("| world | replications | coverage | bias | spread | before rejected | above nought | seconds |")
    print("|---|---|---|---|---|---|---|---|")
    for world in WORLDS:
        started = time.monotonic()
        found = cover(world, replications=replications, first=first)
        print(
            f"| {world.name} | {found['replications']:.0f} | {found['coverage']:.3f} | {found['bias']:+.4f} | "
            f"{found['spread']:.4f} | {found['before_rejected']:.3f} | {found['rose']:.3f} | "
            f"{time.monotonic() - started:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
