"""Training: from lists whose pairs are known to a model.

Splink counts how often each level of agreement comes up among known pairs (m) and among any two rows (u). The
second judgement learns from the candidate pairs of the same lists, scored by that model. Lists of several worlds
are trained together, so that weights do not cling to the habits of one clerk. Where lists come from is the
caller's; reviewers' decisions are as good as invented lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import polars as pl

from lontar.engines.linkage.arrays import Bools, Smalls
from lontar.engines.linkage.coding import coded
from lontar.engines.linkage.comparing import columns, untrained, weighed
from lontar.engines.linkage.details import details
from lontar.engines.linkage.glancing import GLANCES, glances
from lontar.engines.linkage.linking import Scene, judge, scene, settled
from lontar.engines.linkage.model import Model
from lontar.engines.linkage.rows import checked, prepared
from lontar.engines.linkage.weighing import CROSSES, SIZES, Weights, learn

#: Share of the true candidate pairs that the first glance may lose.
_LOST: Final = 0.03


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
    glance, least = _glance(known)
    settings = _counted(examples, [labels for _, labels in known])
    paired = [place.glanced(glance, least=least) for place, _ in known]
    judged = [
        weighed(columns(place.ready, place.codes), pairs, settings=settings)
        for (place, _), pairs in zip(known, paired, strict=True)
    ]
    seen = [details(place.ready, place.codes, pairs) for (place, _), pairs in zip(known, judged, strict=True)]
    same = np.concatenate([_same(pairs, labels) for pairs, (_, labels) in zip(judged, known, strict=True)])
    weights = learn(_joined(seen), same, sizes=SIZES, crosses=CROSSES)
    model = Model(glance=glance, least=least, splink=settings, weights=weights, about=about)
    return replace(model, finish=_finish(model, known, judged))


def _joined(seen: Sequence[dict[str, Smalls]]) -> dict[str, Smalls]:
    return {name: np.concatenate([one[name] for one in seen]) for name in seen[0]}


def _same(pairs: pl.DataFrame, labels: pl.DataFrame) -> Bools:
    told = pairs.join(labels.with_columns(same=True), on=["l", "r"], how="left", maintain_order="left")["same"]
    return told.fill_null(value=False).to_numpy()


def _glance(known: Sequence[tuple[Scene, pl.DataFrame]]) -> tuple[Weights, float]:
    """Weights of the first glance, and the limit that all but `_LOST` of the true candidate pairs reach."""
    seen, same = [], []
    for place, labels in known:
        lefts, rights = place.candidates()
        seen.append(glances(place.codes, lefts=lefts, rights=rights))
        pairs = pl.DataFrame({"l": lefts.astype(np.uint32), "r": rights.astype(np.uint32)})
        same.append(_same(pairs, labels))
    levels, truth = _joined(seen), np.concatenate(same)
    weights = learn(levels, truth, sizes=GLANCES)
    return weights, round(float(np.quantile(weights.odds(levels)[truth], _LOST)), 3)


def _finish(
    model: Model, known: Sequence[tuple[Scene, pl.DataFrame]], judged: Sequence[pl.DataFrame]
) -> tuple[float, float]:
    """Line from the log-odds of assigned pairs to those that experience bears out (Platt's scaling)."""
    from scipy.optimize import minimize

    chances, hits = [], []
    for (place, labels), pairs in zip(known, judged, strict=True):
        kept = settled(judge(place, pairs, model=model), within=False)
        chances.append(kept["probability"].to_numpy())
        hits.append(_same(kept, labels))
    chance, hit = np.clip(np.concatenate(chances), 1e-9, 1 - 1e-9), np.concatenate(hits)
    odds = np.log(chance) - np.log1p(-chance)

    def loss(line: Any) -> float:
        told = line[0] + line[1] * odds
        return float(np.sum(np.logaddexp(0, told) - hit * told))

    found = minimize(loss, np.array([0.0, 1.0]), method="Nelder-Mead")
    return round(float(found.x[0]), 4), round(float(found.x[1]), 4)


def _labelled(example: Example) -> tuple[Scene, pl.DataFrame]:
    """The lists made ready, and their true pairs as numbers of rows."""
    place = scene(example.left, example.right)
    numbers = place.ids.with_row_index("row")
    sides = (numbers.head(place.left), numbers.slice(place.left))
    pairs = example.pairs.select(pl.col("left_id", "right_id").cast(pl.String))
    pairs = pairs.join(sides[0].select(left_id="id", l="row"), on="left_id")
    return place, pairs.join(sides[1].select(right_id="id", r="row"), on="right_id").select("l", "r")


def _counted(examples: Sequence[Example], labels: Sequence[pl.DataFrame]) -> dict[str, Any]:
    """Splink's settings with m from the true pairs and u from random pairs of all examples, made ready together."""
    import duckdb
    from splink import DuckDBAPI, Linker

    both = [pl.concat([checked(example.left), checked(example.right)]) for example in examples]
    ready = prepared(pl.concat(both))
    clusters, first, label = [], 0, 0
    for rows, pairs in zip(both, labels, strict=True):
        number = pl.int_range(pl.len()) + label
        ends = [pairs.select(row=pl.col(side) + first, cluster=number) for side in ("l", "r")]
        clusters.append(pl.concat(ends).unique("row", maintain_order=True))
        first, label = first + rows.height, label + pairs.height
    known = columns(ready, coded(ready)).join(pl.concat(clusters), on="row", how="left", maintain_order="left")
    with duckdb.connect() as connection:
        api = DuckDBAPI(connection=connection)
        linker: Any = Linker(api.register(known.to_arrow()), untrained(), log_level=None)
        linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
        linker.training.estimate_m_from_label_column("cluster")
        settings: dict[str, Any] = linker.misc.save_model_to_json()
    return settings
