"""Linkage beside plain Splink and rapidfuzz on lists that the shipped weights never saw: `python -m bench.linkage`.

Each matcher runs in a process of its own on the same two CSV files; time is that of the whole process, memory its
peak. The references choose their best threshold by the truth, ours keeps its default. `--quick` leaves out the full
size; `--train` makes the shipped weights anew from training worlds (other names, other noises, other seeds).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from bench.lists import HELD_OUT, Lists, draw, training_mix
from bench.lists.dice import Dice
from bench.lists.drawing import Plan
from bench.lists.names import FIRST, SECOND
from bench.lists.worlds import Size
from bench.measuring import Figure, report

MATCHERS = ("ours", "splink", "rapidfuzz")
RESULTS = Path(__file__).with_name("linkage.json")
WEIGHTS = Path("src/lontar/engines/linkage/weights.json")
#: Worlds that train, and enterprises in each. Their seeds begin at 1000; measuring draws from 77 on with other words.
TRAINING_WORLDS, TRAINING_SIZE = 24, 5_000


def training_lists(worlds: int = TRAINING_WORLDS, size: int = TRAINING_SIZE) -> Iterator[Lists]:
    """The lists that the shipped weights are learnt from: other names, noises and rates than those that measure."""
    for number in range(worlds):
        dice = Dice(1000 + number)
        both = 0.25 + 0.45 * dice.roll()
        plan = Plan(both=both, left=(1 - both) * 0.6 * dice.roll() + 0.05, right=(1 - both) * 0.3 * dice.roll() + 0.05)
        villages = max(size // (20 + dice.below(90)), 4)
        mixes = (training_mix(dice), training_mix(dice))
        yield draw(FIRST, mixes=mixes, size=Size(size, villages), seed=1000 + number, plan=plan)


def make_weights(path: Path) -> None:
    """Train and write the shipped weights."""
    from lontar.engines.linkage import Example, train

    examples = [Example(lists.left, lists.right, lists.truth) for lists in training_lists()]
    train(examples, about=f"{TRAINING_WORLDS} worlds of {TRAINING_SIZE} enterprises, bench.linkage").write(path)


@dataclass(frozen=True)
class Found:
    """What one matcher made of two lists."""

    pairs: pl.DataFrame
    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Quality:
    """Precision, recall and their harmonic mean, one to one."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean; 0 where nothing was right."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision else 0.0


def run(matcher: str, folder: Path) -> Found:
    """Run a matcher on `left.csv` and `right.csv` of a folder, in a process of its own."""
    begun = time.perf_counter()
    out = folder / f"{matcher}.csv"
    told = subprocess.run(
        [sys.executable, "-m", "bench.linkage", "--one", matcher, str(folder), str(out)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - begun
    return Found(
        pl.read_csv(out, schema_overrides={"left_id": pl.String, "right_id": pl.String}),
        seconds,
        float(told.stdout.split()[-1]),
    )


def one(matcher: str, folder: Path, out: Path) -> None:
    """The process of one matcher; prints its peak memory in MiB."""
    left, right = (pl.read_csv(folder / f"{side}.csv", infer_schema=False) for side in ("left", "right"))
    if matcher == "ours":
        from lontar.engines.linkage import link

        pairs = link(left, right, threshold=0.01)
    else:
        from bench.lists import references

        pairs = (references.plain_splink if matcher == "splink" else references.rapidfuzz_by_hand)(left, right)
    pairs.write_csv(out)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


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


def compare(name: str, lists: Lists, *, matchers: tuple[str, ...] = MATCHERS) -> dict[str, object]:
    """All matchers on the same lists; prints a line each and gives the figures."""
    from lontar.engines.linkage import AUTOMATIC, DEFAULT

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        lists.left.write_csv(folder / "left.csv")
        lists.right.write_csv(folder / "right.csv")
        found = {matcher: run(matcher, folder) for matcher in matchers}
    told: dict[str, object] = {"left": lists.left.height, "right": lists.right.height, "same": lists.truth.height}
    for matcher, result in found.items():
        kept = result.pairs.filter(pl.col("probability") >= DEFAULT) if matcher == "ours" else result.pairs
        reached = quality(kept, lists.truth) if matcher == "ours" else best(kept, lists.truth)
        told[matcher] = {"precision": reached.precision, "recall": reached.recall, "f1": reached.f1,
                         "seconds": result.seconds, "megabytes": result.megabytes}  # fmt: skip
        print(f"{name:<14} {matcher:<10} P {reached.precision:.4f}  R {reached.recall:.4f}  F1 {reached.f1:.4f}  "
              f"{result.seconds:6.1f} s  {result.megabytes:7.0f} MiB", flush=True)  # fmt: skip
    ours = found["ours"].pairs
    sure = quality(ours.filter(pl.col("probability") >= AUTOMATIC), lists.truth)
    told["automatic"] = {"precision": sure.precision, "recall": sure.recall}
    told["curve"] = curve(ours, lists.truth)
    told["recall_by_noise"] = by_noise(ours.filter(pl.col("probability") >= DEFAULT), lists.truth)
    print(f"{name:<14} automatic  P {sure.precision:.4f}  R {sure.recall:.4f}", flush=True)
    return told


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


def cut(lists: Lists, *, left: int, right: int) -> Lists:
    """The lists cut to so many rows."""
    one, other = lists.left.head(left), lists.right.head(right)
    truth = lists.truth.join(one.select(left_id="id"), on="left_id", how="semi")
    return Lists(one, other, truth.join(other.select(right_id="id"), on="right_id", how="semi"))


def figures(results: dict[str, dict[str, object]]) -> list[Figure]:
    """The acceptance, list by list."""
    told = []
    for name, result in results.items():
        ours, plain, sure = (result.get(key) for key in ("ours", "splink", "automatic"))
        assert isinstance(ours, dict)
        assert isinstance(sure, dict)
        if isinstance(plain, dict):
            ratio, times = (1 - ours["f1"]) / (1 - plain["f1"]), ours["seconds"] / plain["seconds"]
            told.append(Figure(f"error beside plain Splink, {name}", ratio, "", "≤ 0.75", met=ratio <= 0.75 and ours["precision"] >= plain["precision"],
                               reference=f"{times:.2f} of its time (≤ 1.5)"))  # fmt: skip
        told.append(
            Figure(
                f"precision when automatic, {name}", sure["precision"], "", "≥ 0.995", met=sure["precision"] >= 0.995
            )
        )
    return told


def main(arguments: list[str]) -> int:
    """Exit status: 1 when a target was missed."""
    if arguments[:1] == ["--one"]:
        one(arguments[1], Path(arguments[2]), Path(arguments[3]))
        return 0
    if "--train" in arguments:
        make_weights(WEIGHTS)
        return 0
    results = {}
    for name, mixes in HELD_OUT.items():
        results[name] = compare(name, draw(SECOND, mixes=mixes, size=Size(24_000, 340), seed=77))
    crowded = draw(SECOND, mixes=HELD_OUT["usual"], size=Size(14_000, 120, in_first=6_000), seed=78)
    results["crowded"] = compare("crowded", crowded)
    if "--quick" not in arguments:
        whole = draw(SECOND, mixes=HELD_OUT["usual"], size=Size(198_500, 3_442), seed=79)
        results["province"] = compare("province", cut(whole, left=168_002, right=120_000))
    if "--tenfold" in arguments:
        tenfold = draw(SECOND, mixes=HELD_OUT["usual"], size=Size(1_985_000, 3_442), seed=80)
        results["tenfold"] = compare("tenfold", cut(tenfold, left=1_680_020, right=1_200_000), matchers=("ours",))
    found = figures(results)
    report(found, RESULTS)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    return 1 if any(figure.met is False for figure in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
