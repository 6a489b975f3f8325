"""Linkage beside plain Splink and rapidfuzz on lists that the shipped weights never saw: `python -m bench.linkage`.

Each matcher is a process of its own that reads the same two CSV files and writes its pairs; ours is the command `lontar link`.
Time and processor time are those of the whole process with its children, memory is their peak. The references choose their best
threshold by the truth, ours keeps its default. Where several rounds are run the matchers take turns and the best round counts.

`--quick` leaves out the full size; `--ten` adds ten times the rows in ten times the villages, `--same-villages` ten times the rows
in the same villages (both want a quiet machine; `--times N` makes it N instead of ten). `--only a,b` measures
those lists alone and keeps the other results. `--train` makes the shipped weights anew from
training worlds (other names, other noises, other seeds).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import polars as pl

from bench import curve as picture
from bench.lists import HELD_OUT, Lists, draw, training_mix
from bench.lists.dice import Dice
from bench.lists.drawing import Plan
from bench.lists.names import FIRST, SECOND
from bench.lists.scoring import Quality, best, by_noise, curve, quality
from bench.lists.worlds import Size
from bench.measuring import Figure, PeakMemory, table, tree

MATCHERS = ("ours", "splink", "rapidfuzz")
RESULTS = Path(__file__).with_name("linkage.json")
WEIGHTS = Path("src/lontar/engines/linkage/weights.json")
#: Worlds that train, and enterprises in each. Their seeds begin at 1000; measuring draws from 77 on with other words.
TRAINING_WORLDS, TRAINING_SIZE = 24, 5_000
#: The province: rows of the two lists, villages.
LEFT, RIGHT, VILLAGES = 168_002, 120_000, 3_442


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
class Cost:
    """What a process took: seconds on the clock, seconds of processors, MiB at its peak."""

    seconds: float
    processor: float
    megabytes: float


def run(matcher: str, folder: Path) -> Cost:
    """Run a matcher on `left.csv` and `right.csv` of a folder; its pairs are in `<matcher>.csv` afterwards."""
    left, right, out = (str(folder / f"{name}.csv") for name in ("left", "right", matcher))
    if matcher == "ours":
        command = [
            str(Path(sys.executable).with_name("lontar")),
            "link",
            left,
            right,
            "--out",
            out,
            "--threshold",
            "0.01",
        ]
    else:
        command = [sys.executable, "-m", "bench.linkage", "--one", matcher, left, right, out]
    before, begun = _used(), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        memory = PeakMemory(lambda: tree(process.pid))
        memory.start()
        _, said = process.communicate()
    peak = memory.stop()
    if process.returncode:
        raise SystemExit(f"{matcher}: {said}")
    return Cost(time.perf_counter() - begun, _used() - before, peak)


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def one(matcher: str, left: str, right: str, out: str) -> None:
    """The process of a reference."""
    from bench.lists import references

    work = {"splink": references.plain_splink, "rapidfuzz": references.rapidfuzz_by_hand}[matcher]
    work(*(pl.read_csv(path, infer_schema=False) for path in (left, right))).write_csv(out)


def compare(name: str, lists: Lists, *, matchers: tuple[str, ...] = MATCHERS, rounds: int = 1) -> dict[str, object]:
    """All matchers on the same lists, taking turns; prints a line each and gives the figures."""
    told: dict[str, object] = {"left": lists.left.height, "right": lists.right.height, "same": lists.truth.height}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        lists.left.write_csv(folder / "left.csv")
        lists.right.write_csv(folder / "right.csv")
        costs = [{matcher: run(matcher, folder) for matcher in matchers} for _ in range(rounds)]
        for matcher in matchers:
            pairs = pl.read_csv(
                folder / f"{matcher}.csv", schema_overrides={"left_id": pl.String, "right_id": pl.String}
            )
            cost = min((round_[matcher] for round_ in costs), key=lambda cost: cost.seconds)
            told[matcher] = _line(name, matcher, pairs=pairs, truth=lists.truth, cost=cost)
            if matcher == "ours":
                told |= _of_ours(name, pairs, lists.truth)
    return told


def _line(name: str, matcher: str, *, pairs: pl.DataFrame, truth: pl.DataFrame, cost: Cost) -> dict[str, float]:
    from lontar.engines.linkage import DEFAULT

    reached = quality(_from(pairs, DEFAULT), truth) if matcher == "ours" else best(pairs, truth)
    print(f"{name:<14} {matcher:<10} P {reached.precision:.4f}  R {reached.recall:.4f}  F1 {reached.f1:.4f}  {cost.seconds:6.1f} s  "
          f"{cost.processor:6.1f} s of processors  {cost.megabytes:6.0f} MiB", flush=True)  # fmt: skip
    return {**asdict(reached), "f1": reached.f1, **asdict(cost)}


def _of_ours(name: str, pairs: pl.DataFrame, truth: pl.DataFrame) -> dict[str, object]:
    from lontar.engines.linkage import AUTOMATIC, DEFAULT

    sure: Quality = quality(_from(pairs, AUTOMATIC), truth)
    print(f"{name:<14} automatic  P {sure.precision:.4f}  R {sure.recall:.4f}", flush=True)
    return {
        "automatic": asdict(sure),
        "curve": curve(pairs, truth),
        "recall_by_noise": by_noise(_from(pairs, DEFAULT), truth),
    }


def _from(pairs: pl.DataFrame, threshold: float) -> pl.DataFrame:
    return pairs.filter(pl.col("probability") >= threshold)


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
            error, precise = (1 - ours["f1"]) / (1 - plain["f1"]), ours["precision"] >= plain["precision"]
            took = ours["seconds"] / plain["seconds"]
            told.append(
                Figure(f"error beside plain Splink, {name}", error, "", "≤ 0.75", met=error <= 0.75 and precise)
            )
            told.append(Figure(f"time beside plain Splink, {name}", took, "", "≤ 1.5", met=took <= 1.5,
                               reference=f"{ours['processor'] / plain['processor']:.2f} of its processor time"))  # fmt: skip
        at_ease = sure["precision"] >= 0.995
        told.append(Figure(f"precision when automatic, {name}", sure["precision"], "", "≥ 0.995", met=at_ease))
    for name, (seconds, megabytes) in LIMITS.items():
        ours = results.get(name, {}).get("ours")
        if isinstance(ours, dict):
            told.append(Figure(f"time, {name}", ours["seconds"], "s", f"≤ {seconds}", met=ours["seconds"] <= seconds))
            told.append(
                Figure(
                    f"memory, {name}", ours["megabytes"], "MiB", f"≤ {megabytes}", met=ours["megabytes"] <= megabytes
                )
            )
    return told


#: Seconds and MiB that the tenfold province may take.
LIMITS = {"tenfold": (120, 6144)}


def _grown(times: int, *, villages: int, seed: int) -> Lists:
    drawn = draw(SECOND, mixes=HELD_OUT["usual"], size=Size(198_500 * times, villages), seed=seed)
    return cut(drawn, left=LEFT * times, right=RIGHT * times)


def legs(arguments: list[str]) -> dict[str, Callable[[], dict[str, object]]]:
    """What can be measured, by its name in the results; heavy legs where they were asked for."""
    found: dict[str, Callable[[], dict[str, object]]] = {name: partial(_held_out, name) for name in HELD_OUT}
    found["crowded"] = _crowded
    if "--quick" not in arguments:
        found["province"] = lambda: compare("province", _grown(1, villages=VILLAGES, seed=79), rounds=2)
    times = int(_after("--times", arguments) or 10)
    if "--ten" in arguments:
        label = "tenfold" if times == 10 else f"{times} times"
        lists = partial(_grown, times, villages=VILLAGES * times, seed=80)
        found[label] = lambda: compare(label, lists(), matchers=("ours",))
    if "--same-villages" in arguments:
        same = f"{times} times in the same villages"
        found[same] = lambda: compare(same, _grown(times, villages=VILLAGES, seed=81), matchers=("ours",))
    only = _after("--only", arguments)
    return {name: leg for name, leg in found.items() if only is None or name in only.split(",")}


def _after(flag: str, arguments: list[str]) -> str | None:
    return arguments[arguments.index(flag) + 1] if flag in arguments else None


def _held_out(name: str) -> dict[str, object]:
    lists = draw(SECOND, mixes=HELD_OUT[name], size=Size(24_000, 340), seed=77)
    return compare(name, lists) | {"within": _within(name, lists)}


def _within(name: str, lists: Lists) -> dict[str, object]:
    """Both lists as one, searched for duplicates: at what `dedupe` keeps by default, and at the automatic threshold."""
    from lontar.engines.linkage import AUTOMATIC, DEFAULT_WITHIN, dedupe

    found = dedupe(pl.concat([lists.left, lists.right], how="diagonal"), threshold=AUTOMATIC / 2)
    told: dict[str, object] = {}
    for label, threshold in (("default", DEFAULT_WITHIN), ("automatic", AUTOMATIC)):
        reached = quality(_from(found, threshold), lists.truth)
        print(f"{name:<14} one list, {label:<9}  P {reached.precision:.4f}  R {reached.recall:.4f}", flush=True)
        told[label] = asdict(reached)
    return told


def _crowded() -> dict[str, object]:
    """One village holds 5,000 rows."""
    return compare("crowded", draw(SECOND, mixes=HELD_OUT["usual"], size=Size(14_000, 120, in_first=6_000), seed=78))


def main(arguments: list[str]) -> int:
    """Exit status: 1 when a target was missed."""
    if arguments[:1] == ["--one"]:
        one(*arguments[1:5])
        return 0
    if "--train" in arguments:
        make_weights(WEIGHTS)
        return 0
    kept = json.loads(RESULTS.read_text()) if "--only" in arguments and RESULTS.exists() else {}
    results: dict[str, dict[str, object]] = {}
    for name, leg in legs(arguments).items():
        results[name] = leg()
        RESULTS.write_text(json.dumps(kept | results, indent=1) + "\n")
    picture.draw(kept | results)
    found = figures(results)
    table(found)
    return 1 if any(figure.met is False for figure in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
