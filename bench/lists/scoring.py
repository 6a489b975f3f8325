"""How good pairs are beside the truth: precision, recall, their harmonic mean, the best threshold, the curve, kinds of noise."""

from dataclasses import dataclass

import numpy as np
import polars as pl


@dataclass(frozen=True)
class Quality:
    """Precision, recall and their harmonic mean, one to one."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean; 0 where nothing was right."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision else 0.0


def quality(pairs: pl.DataFrame, truth: pl.DataFrame) -> Quality:
    """How pairs compare with the truth."""
    right = pairs.join(truth, on=["left_id", "right_id"]).height
    return Quality(right / max(pairs.height, 1), right / max(truth.height, 1))


def best(pairs: pl.DataFrame, truth: pl.DataFrame) -> Quality:
    """Quality at the threshold that serves the pairs best."""
    marked = truth.select("left_id", "right_id", hit=1)
    told = pairs.join(marked, on=["left_id", "right_id"], how="left").sort("probability", descending=True)
    hits = np.cumsum(told["hit"].fill_null(0).to_numpy())
    precision, recall = hits / np.arange(1, len(hits) + 1), hits / max(truth.height, 1)
    at = int(np.argmax(2 * precision * recall / np.maximum(precision + recall, 1e-9)))
    return Quality(float(precision[at]), float(recall[at]))


def curve(pairs: pl.DataFrame, truth: pl.DataFrame) -> list[tuple[float, float, float]]:
    """Threshold, precision, recall."""
    steps = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
    reached = [(step, quality(pairs.filter(pl.col("probability") >= step), truth)) for step in steps]
    return [(step, round(found.precision, 4), round(found.recall, 4)) for step, found in reached]


def by_noise(pairs: pl.DataFrame, truth: pl.DataFrame) -> dict[str, float]:
    """Share of the true pairs found, among those that show each kind of noise."""
    hit = truth.join(pairs.select("left_id", "right_id", hit=True), on=["left_id", "right_id"], how="left")
    told = (
        hit.explode("kinds")
        .group_by("kinds")
        .agg(pl.col("hit").fill_null(value=False).mean())
        .drop_nulls()
        .sort("kinds")
    )
    return {kind: round(share, 4) for kind, share in told.iter_rows()}
