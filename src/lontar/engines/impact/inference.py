"""Inference where few villages have joined: re-drawing who joined, and one unit against villages that did not.

A standard error needs many villages on both sides. With few, the question is how often chance alone would have given as much:
the starts are dealt out again among the villages (Fisher 1935; MacKinnon and Webb 2020 for differences in differences), or
one unit is held against what villages outside the programme did in the same months.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from lontar.engines.impact.panel import Floats, PanelError
from lontar.engines.impact.study import Estimate, estimate

#: A variance that stands for none, where nobody changed at all.
_LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class Permutation:
    """How unusual the observed difference is among so many re-drawn ones: p = (1 + as large ones) ÷ (1 + draws)."""

    observed: float
    p: float
    draws: int
    villages: int


def permuted(panel: pl.DataFrame, *, draws: int = 1_999, seed: int = 1) -> Permutation:
    """Deal the starts out again among the villages of a valued panel and compare mean changes (after less before).

    Raises PanelError where one side is empty. A village counts by the mean of its producers.
    """
    rows = panel if "weight" in panel.columns else panel.with_columns(weight=pl.lit(1.0))
    starts = sorted({one for one in rows["start"].unique() if one is not None})
    if not starts:
        raise PanelError("Belum ada produsen dalam program.")
    changes, sizes = _changes(rows, starts)
    given = rows.group_by("cluster").agg(pl.col("start").min()).sort("cluster")["start"].to_list()
    label = np.array([-1 if one is None else starts.index(one) for one in given])
    if (label < 0).all() or (label >= 0).all():
        raise PanelError("Pembanding belum ada.")
    observed = _difference(label, changes, sizes)
    rng = np.random.default_rng(seed)
    drawn = np.array([_difference(rng.permutation(label), changes, sizes) for _ in range(draws)])
    drawn = drawn[np.isfinite(drawn)]
    as_large = int((np.abs(drawn) >= abs(observed) - 1e-12).sum())
    return Permutation(observed, (1 + as_large) / (1 + len(drawn)), len(drawn), len(label))


def _changes(rows: pl.DataFrame, starts: list[int]) -> tuple[Floats, Floats]:
    """For each village and start the mean change of its producers (nan: cannot be told), and their weight."""
    columns, sizes = [], []
    villages = rows.select(pl.col("cluster").unique()).sort("cluster")
    for start in starts:
        after = pl.col("period") >= start
        unit = rows.group_by("cluster", "unit").agg(
            change=pl.col("value").filter(after).mean() - pl.col("value").filter(~after).mean(),
            weight=pl.col("weight").first(),
        )
        mean = (pl.col("change") * pl.col("weight")).sum() / pl.col("weight").sum()
        village = unit.drop_nulls("change").group_by("cluster").agg(mean.alias("change"), pl.col("weight").sum())
        joined = villages.join(village, on="cluster", how="left").sort("cluster")
        columns.append(joined["change"].fill_null(np.nan).to_numpy())
        sizes.append(joined["weight"].fill_null(0.0).to_numpy())
    return np.column_stack(columns), np.column_stack(sizes)


def _difference(label: np.ndarray[tuple[int, ...], np.dtype[np.int64]], changes: Floats, sizes: Floats) -> float:
    never = label < 0
    total = weight = 0.0
    for start in range(changes.shape[1]):
        one = (label == start) & np.isfinite(changes[:, start])
        other = never & np.isfinite(changes[:, start])
        if not one.any() or not other.any():
            continue
        counter = np.average(changes[other, start], weights=sizes[other, start])
        total += float(((changes[one, start] - counter) * sizes[one, start]).sum())
        weight += float(sizes[one, start].sum())
    return total / weight if weight else float("nan")


@dataclass(frozen=True, slots=True)
class UnitEffect:
    """One unit against villages outside the programme: the difference of changes, and how often chance gives as much.

    `own` and `beside` are the mean changes of the unit's producers and of those beside it, on the scale of the panel.
    """

    key: str
    own: float
    beside: float
    effect: Estimate
    permutation_p: float
    producers: int
    controls: int
    villages: int


def against_villages(changes: pl.DataFrame, *, units: pl.DataFrame) -> dict[str, UnitEffect]:
    """Each unit's mean change against that of comparison villages, with the spread that such villages show.

    `changes` are producers outside the programme (`cluster`, `change`); `units` those of the units (`key`, `change`, and
    `beside`: the change of their own matched comparison producers). A village mean differs from the next by what villages
    share and by chance of few producers; both are estimated from the comparison villages (method of moments), and an
    interval takes t of villages − 1. The permutation p is the rank of the unit among those villages, each held against its
    own size. Units with no change are left out; raises PanelError with fewer than five comparison villages.
    """
    villages = changes.drop_nulls("change").group_by("cluster").agg(
        mean=pl.col("change").mean(), spread=pl.col("change").var(), count=pl.len()
    )  # fmt: skip
    if len(villages) < 5:
        raise PanelError(f"Baru {len(villages)} desa pembanding; perlu sedikitnya lima.")
    counts = villages["count"].to_numpy().astype(np.float64)
    means = villages["mean"].to_numpy().astype(np.float64)
    within, between = _parts(villages, means, counts)
    centre = np.average(means, weights=1 / (between + within / counts))
    shown = (means - centre) / np.sqrt(between + within / counts)
    found = {}
    for key, rows in units.drop_nulls(["change", "beside"]).sort("key").group_by("key", maintain_order=True):
        own, beside = float(rows["change"].mean()), float(rows["beside"].mean())  # type: ignore[arg-type]  # numbers
        error = float(np.sqrt(between + within / len(rows) + (between + within / counts.mean()) / len(villages)))
        effect = estimate(own - beside, error, freedom=len(villages) - 1)
        rank = int((np.abs(shown) >= abs(effect.value) / error).sum())
        found[str(key[0])] = UnitEffect(
            str(key[0]), own, beside, effect, (1 + rank) / (1 + len(villages)), producers=len(rows),
            controls=int(counts.sum()), villages=len(villages),
        )  # fmt: skip
    return found


def _parts(villages: pl.DataFrame, means: Floats, counts: Floats) -> tuple[float, float]:
    """Variance of a producer within its village, and of villages beyond that."""
    several = villages.filter(pl.col("count") > 1)
    spare = several["count"].to_numpy().astype(np.float64) - 1
    spread = several["spread"].to_numpy().astype(np.float64)
    within = float((spread * spare).sum() / spare.sum()) if len(spare) else float(means.var(ddof=1))
    between = float(means.var(ddof=1) - (within / counts).mean())
    return within, max(between, _LEAST)
