"""Linking two lists, or a list with itself: from frames to pairs with their probability.

Rows are made ready, candidate pairs found by keys, weighed by Splink column by column, weighed again for what
columns mean together, and assigned one to one. Reading and writing files is the command's; what is done with pairs
the intake's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from lontar.engines.linkage.arrays import Floats, Ints
from lontar.engines.linkage.assigning import against_rivals, one_to_one
from lontar.engines.linkage.coding import Coded, coded
from lontar.engines.linkage.comparing import columns, weighed
from lontar.engines.linkage.details import details
from lontar.engines.linkage.engine import load
from lontar.engines.linkage.glancing import AT_ONCE, among_the_best, glances
from lontar.engines.linkage.keys import candidates, candidates_within
from lontar.engines.linkage.model import Model, shipped
from lontar.engines.linkage.portions import in_portions
from lontar.engines.linkage.rows import Prepared, checked, prepared
from lontar.engines.linkage.weighing import Weights

#: At and above it pairs are linked without asking: measured precision at least 0.995 on lists never trained on.
AUTOMATIC: Final = 0.99
#: From here to `AUTOMATIC` a person looks at the pair; below it the rows are different enterprises.
REVIEW: Final = 0.15
#: What `link` keeps when nobody says otherwise: a wrong link costs more than a missing one.
DEFAULT: Final = 0.65
#: The same for `dedupe`, chosen on lists that train: in one list neighbours and an owner's other businesses are more alike.
DEFAULT_WITHIN: Final = 0.75

#: Pairs less likely than this are not assigned at all.
HOPELESS: Final = 0.04

SCHEMA: Final = {"left_id": pl.String, "right_id": pl.String, "probability": pl.Float64}
Report = Callable[[str], None]


@dataclass(frozen=True)
class Scene:
    """Both lists made ready under one numbering: the first `left` rows are the left list's."""

    ids: pl.DataFrame
    ready: Prepared
    codes: Coded
    left: int
    within: bool = False

    @property
    def rows(self) -> pl.DataFrame:
        """The prepared rows."""
        return self.ready.rows

    def candidates(self) -> tuple[Ints, Ints]:
        """Pairs worth looking at, as numbers of rows."""
        if self.within:
            return candidates_within(self.codes)
        lefts, rights = candidates(self.codes.take(slice(self.left)), self.codes.take(slice(self.left, None)))
        return lefts, rights + self.left

    def glanced(self, glance: Weights, *, least: float) -> pl.DataFrame:
        """Candidates that a first glance does not rule out: `l`, `r`."""
        lefts, rights = self.candidates()

        def hopeful(portion: slice) -> tuple[Ints, Floats]:
            seen = glances(self.codes, lefts=lefts[portion], rights=rights[portion])
            odds = glance.odds(seen)
            rows = np.flatnonzero(odds >= least)
            return portion.start + rows, odds[rows].astype(np.float32)

        parts = in_portions(hopeful, len(lefts), size=AT_ONCE)
        rows, odds = (np.concatenate([part[which] for part in parts]) for which in range(2))
        lefts, rights = lefts[rows], rights[rows]
        best = among_the_best(lefts, odds) & among_the_best(rights, odds)
        return pl.DataFrame({"l": lefts[best].astype(np.uint32), "r": rights[best].astype(np.uint32)})


def scene(left: pl.DataFrame, right: pl.DataFrame | None = None) -> Scene:
    """Make one list, or two, ready. Raises `rows.ListProblem`."""
    sides = [checked(left)] + ([checked(right)] if right is not None else [])
    both = pl.concat(sides)
    ready = prepared(both)
    return Scene(ids=both.select("id"), ready=ready, codes=coded(ready), left=sides[0].height, within=right is None)


def link(
    left: pl.DataFrame,
    right: pl.DataFrame,
    *,
    model: Model | None = None,
    threshold: float | None = None,
    report: Report | None = None,
    spark: Any = None,
) -> pl.DataFrame:
    """Pairs of rows that are the same enterprise, one to one: `left_id`, `right_id`, `probability`, in the left list's order.

    Columns of both lists are those of `rows.COLUMNS`; all but `id` may be blank or absent. `threshold` is the least probability
    that is kept (`DEFAULT`); `report` hears what is being done; `spark` is a Spark session (`spark.session`) for lists beyond
    one machine. Raises `rows.ListProblem` for a list without unique ids.
    """
    with loading():
        place = scene(left, right)
    return _linked(place, model=model or shipped(), threshold=threshold, report=report or _silent, spark=spark)


def dedupe(
    frame: pl.DataFrame, *, model: Model | None = None, threshold: float | None = None, report: Report | None = None
) -> pl.DataFrame:
    """Rows of one list that are the same enterprise: as `link`, `right_id` the later row, each row once as the later one.

    Without a `threshold` from `DEFAULT_WITHIN` on.
    """
    with loading():
        place = scene(frame)
    return _linked(place, model=model or shipped(), threshold=threshold, report=report or _silent)


@contextmanager
def loading() -> Iterator[None]:
    """Loads what weighs pairs beside what is done within."""
    with ThreadPoolExecutor(1) as pool:
        loaded = pool.submit(load)
        yield
        loaded.result()


def _silent(_line: str) -> None:
    """Nobody asked."""


def _linked(place: Scene, *, model: Model, threshold: float | None, report: Report, spark: Any = None) -> pl.DataFrame:
    least = threshold if threshold is not None else DEFAULT_WITHIN if place.within else DEFAULT
    report(f"{place.rows.height} baris siap; mencari calon pasangan")
    found = place.glanced(model.glance, least=model.least)
    report(f"{found.height} calon pasangan; menimbang")
    pairs = weighed(columns(place.ready, place.codes), found, settings=model.splink, spark=spark)
    if pairs.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    report(f"{pairs.height} calon pasangan; menimbang lebih teliti")
    kept = settled(judge(place, pairs, model=model), within=place.within)
    kept = kept.with_columns(probability=pl.Series(model.finished(kept["probability"].to_numpy())))
    kept = kept.filter(pl.col("probability") >= least).sort("l", "r")
    ids = place.ids["id"]
    return pl.DataFrame(
        {
            "left_id": ids.gather(kept["l"]),
            "right_id": ids.gather(kept["r"]),
            "probability": kept["probability"].round(6),
        },
        schema=SCHEMA,
    )


def judge(place: Scene, pairs: pl.DataFrame, *, model: Model) -> pl.DataFrame:
    """Both judgements of each pair: `l`, `r`, `odds` (log-odds by itself), `probability` (beside its rivals), and `worth`: the
    odds, and where these are equal Splink's weight, and then chance (by the ids, so that it is the same next time).
    """
    odds = model.weights.odds(details(place.ready, place.codes, pairs))
    lefts, rights = pairs["l"].to_numpy().astype(np.int64), pairs["r"].to_numpy().astype(np.int64)
    alone = 1 / (1 + np.exp(-odds))
    chance = alone if place.within else against_rivals(lefts, rights, odds)
    drawn = place.ids["id"].hash().to_numpy()
    luck = (drawn[lefts] ^ drawn[rights]) / 2.0**64
    worth = odds + 1e-4 * pairs["weight"].to_numpy() + 1e-6 * luck
    told = {"odds": odds, "probability": chance, "worth": worth}
    return pairs.select("l", "r").with_columns(**{name: pl.Series(values) for name, values in told.items()})


def settled(judged: pl.DataFrame, *, within: bool) -> pl.DataFrame:
    """The pairs that remain when every row is in one pair at most; within one list, when it is the later row once at most."""
    judged = judged.filter(pl.col("probability") >= HOPELESS)
    if within:
        best = judged.sort(["probability", "l"], descending=[True, False])
        return best.unique("r", keep="first", maintain_order=True)
    lefts, rights = judged["l"].to_numpy().astype(np.int64), judged["r"].to_numpy().astype(np.int64)
    # Beyond the least of them, so that every pair kept is worth having.
    worth = judged["worth"].to_numpy()
    worth = worth - worth.min(initial=0.0) + 1e-3
    return judged.filter(pl.Series(one_to_one(lefts, rights, worth)))
