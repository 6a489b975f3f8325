"""Training: from lists whose pairs are known to a model.

Splink counts how often each level of agreement comes up among known pairs (m) and among any two rows (u). The
second judgement learns from the candidate pairs of the same lists, scored by that model. Lists of several worlds
are trained together, so that weights do not cling to the habits of one clerk. Where lists come from is the
caller's; reviewers' decisions are as good as invented lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from lontar.engines.linkage.comparing import READ, untrained
from lontar.engines.linkage.details import details
from lontar.engines.linkage.linking import Scene, scene
from lontar.engines.linkage.model import Model
from lontar.engines.linkage.weighing import learn


@dataclass(frozen=True)
class Example:
    """Two lists and their true pairs (`left_id`, `right_id`)."""

    left: pl.DataFrame
    right: pl.DataFrame
    pairs: pl.DataFrame


def train(examples: Sequence[Example], *, about: str = "") -> Model:
    """A model from examples. Raises ValueError where they hold no true pair.

    Deterministic for the same examples: Splink's random sampling is seeded.
    """
    known = [_labelled(example) for example in examples]
    if not sum(labels.height for _, labels in known):
        raise ValueError("examples without a true pair")
    settings = _counted(known)
    seen = [_seen(place, labels, settings=settings) for place, labels in known]
    levels = {name: np.concatenate([one[name] for one, _ in seen]) for name in seen[0][0]}
    same = np.concatenate([truth for _, truth in seen])
    return Model(splink=settings, weights=learn(levels, same), about=about)


def _labelled(example: Example) -> tuple[Scene, pl.DataFrame]:
    """The lists made ready, and their true pairs as numbers of rows."""
    place = scene(example.left, example.right)
    numbers = place.ids.with_row_index("row")
    sides = (numbers.head(place.left), numbers.slice(place.left))
    pairs = example.pairs.select(pl.col("left_id", "right_id").cast(pl.String))
    pairs = pairs.join(sides[0].select(left_id="id", l="row"), on="left_id")
    return place, pairs.join(sides[1].select(right_id="id", r="row"), on="right_id").select("l", "r")


def _counted(known: Sequence[tuple[Scene, pl.DataFrame]]) -> dict[str, Any]:
    """Splink's settings with m from the true pairs and u from random pairs of all examples."""
    import duckdb
    from splink import DuckDBAPI, Linker

    parts, offset, label = [], 0, 0
    for place, pairs in known:
        clusters = pl.concat(
            [pairs.select(row=side, cluster=pl.int_range(pl.len()) + label) for side in ("l", "r")]
        ).unique("row", maintain_order=True)
        label += pairs.height
        rows = place.rows.join(clusters, on="row", how="left", maintain_order="left")
        parts.append(rows.with_columns(pl.col("row") + offset).select(*READ, "cluster"))
        offset += place.rows.height
    with duckdb.connect() as connection:
        api = DuckDBAPI(connection=connection)
        linker: Any = Linker(api.register(pl.concat(parts).to_arrow()), untrained(), log_level=None)
        linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
        linker.training.estimate_m_from_label_column("cluster")
        settings: dict[str, Any] = linker.misc.save_model_to_json()
    return settings


def _seen(place: Scene, labels: pl.DataFrame, *, settings: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    pairs = place.pairs(settings)
    same = pairs.join(labels.with_columns(same=True), on=["l", "r"], how="left", maintain_order="left")["same"]
    return details(place.rows, pairs), same.fill_null(value=False).to_numpy()
