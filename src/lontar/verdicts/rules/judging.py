"""The verdict of a quarter: the programme as a whole, every unit, classes, and the evidence that stands behind the words."""

from __future__ import annotations

from typing import Any

import polars as pl

from lontar.engines.impact import (
    TURNOVER,
    WORKERS,
    Assessment,
    Evidence,
    Matching,
    PanelError,
    Plan,
    Study,
    assess,
    claim_for,
    word_for,
)
from lontar.verdicts.rules.classes import class_moves
from lontar.verdicts.rules.panels import attributes, changes, panel, usable
from lontar.verdicts.rules.results import Found, Inputs, Result
from lontar.verdicts.rules.units import Amount, unit_findings

AMOUNTS = (Amount("turnover", "turnover", TURNOVER), Amount("workers", "workers", WORKERS))
PLAN = Plan(
    columns=("level", "trend", "workers", "firms", "index", "services", "seat"), exact=("category", "kind", "status")
)
#: Edges of the distribution of yearly growth (shares): fell by more than a tenth, about the same, rose by …
EDGES = (-0.10, 0.10, 0.25, 0.50)
_NO_PAIRS = pl.DataFrame(schema={"treated": pl.Int64, "control": pl.Int64, "distance": pl.Float64})


def judge(inputs: Inputs, *, region: str) -> Result:
    """Compute everything. The same inputs give the same result; nothing is read from anywhere else."""
    rows = usable(inputs)
    findings: list[Found] = []
    evidence: dict[str, Any] = {"ring_km": inputs.numbers.ring, "plan": _plan()}
    matching: Matching | None = None
    for amount in AMOUNTS:
        try:
            found = assess(
                panel(rows, column=amount.column),
                attributes(rows),
                treatment=amount.treatment,
                plan=PLAN,
                matching=matching,
            )
        except PanelError as refused:
            findings.append(_untold(rows, amount, region=region))
            evidence[amount.outcome] = {"problem": str(refused)}
        else:
            matching = matching or found.matching
            findings.append(_whole(found, amount, inputs, region=region))
            evidence[amount.outcome] = _evidence(found)
        pairs = matching.pairs if matching else _NO_PAIRS
        findings.extend(unit_findings(rows, inputs, amount=amount, pairs=pairs))
    evidence["distribution"] = _distribution(rows, inputs)
    joined = rows.filter(pl.col("joined").is_not_null())
    return Result(
        findings=tuple(findings), moves=tuple(class_moves(rows, inputs, region=region)), evidence=evidence,
        producers=joined["producer_id"].n_unique(), units=joined["unit_key"].n_unique(), returns=len(rows),
    )  # fmt: skip


def _whole(found: Assessment, amount: Amount, inputs: Inputs, *, region: str) -> Found:
    study = found.study
    value, low, high = found.shares(study.average)
    evidence = Evidence(
        low,
        high,
        study.treated,
        study.clusters - study.treated_clusters,
        study.before.p,
        found.permutation.p,
        found.wild.p if found.wild else None,
    )
    said, because = word_for(evidence, rule=inputs.numbers.rule)
    return Found(
        unit_key="", village=region, since=None, months=0, outcome=amount.outcome, said=said.value, because=because.value,
        called=claim_for(has_baseline=True).value, producers=study.treated, controls=study.controls,
        villages=study.clusters - study.treated_clusters, value=value, low=low, high=high, baseline=found.base,
        p=study.average.p, permutation_p=found.permutation.p,
        detectable=amount.treatment.share(study.average.detectable, base=found.base),
    )  # fmt: skip


def _untold(rows: pl.DataFrame, amount: Amount, *, region: str) -> Found:
    """Nothing to compare with, or nothing from before."""
    joined = rows.filter(pl.col("joined").is_not_null())
    ahead = joined.filter(pl.col("at") < pl.col("joined"))
    return Found(
        unit_key="", village=region, since=None, months=0, outcome=amount.outcome, said="cannot_tell",
        because="few" if len(ahead) else "no_baseline", called=claim_for(has_baseline=bool(len(ahead))).value,
        producers=joined["producer_id"].n_unique(), controls=rows.filter(pl.col("joined").is_null())["producer_id"].n_unique(),
        villages=rows.filter(pl.col("joined").is_null())["village"].n_unique(),
    )  # fmt: skip


def _plan() -> dict[str, Any]:
    return {
        "columns": list(PLAN.columns), "exact": list(PLAN.exact), "ratio": PLAN.ratio, "caliper": PLAN.caliper,
        "draws": PLAN.draws, "seed": PLAN.seed, "few": PLAN.few, "winsor": TURNOVER.winsor, "turnover": "log(1 + Rp/1.000)",
        "workers": "orang",
    }  # fmt: skip


def _evidence(found: Assessment) -> dict[str, Any]:
    study, matching = found.study, found.matching
    return {
        "curve": [
            {"step": one.step, "value": value, "low": low, "high": high, "producers": one.producers}
            for one in study.points
            for value, low, high in [found.shares(one.effect)]
        ],
        "before": {"p": study.before.p, "f": study.before.f, "quarters": study.before.steps},
        "placebo": _placebo(found, found.placebo),
        "permutation": {"p": found.permutation.p, "draws": found.permutation.draws, "villages": found.permutation.villages},
        "wild": found.wild and {"p": found.wild.p, "draws": found.wild.draws, "villages": found.wild.villages},
        "matching": {"treated": matching.treated, "controls": matching.controls, "unmatched": matching.unmatched},
        "balance": [
            {"column": one.column, "treated": one.treated, "control": one.control, "matched": one.matched,
             "before": one.before, "after": one.after, "unknown": one.unknown}
            for one in matching.balance
        ],
        "unknown": list(matching.unknown),
        "attrition": [
            {"group": one.group, "before": one.before, "after": one.after, "lost": one.lost} for one in found.attrition
        ],
        "villages": {"treated": study.treated_clusters, "all": study.clusters},
    }  # fmt: skip


def _placebo(found: Assessment, study: Study | None) -> dict[str, float] | None:
    if study is None:
        return None
    value, low, high = found.shares(study.average)
    return {"value": value, "low": low, "high": high, "p": study.average.p}


def _distribution(rows: pl.DataFrame, inputs: Inputs) -> dict[str, Any]:
    """How many producers fell and rose from a year ago to this quarter, in the programme and beside it."""
    first = inputs.quarter.start.year * 12 + inputs.quarter.start.month - 1
    after, ahead = range(first, first + 3), range(first - 12, first - 9)
    grown = changes(rows, column="turnover", treatment=TURNOVER, after=after, ahead=ahead)
    grown = grown.join(rows.select("producer_id", joined=pl.col("joined").is_not_null()).unique(), on="producer_id")
    share = pl.col("change").exp() - 1
    place = sum((share >= edge).cast(pl.Int64) for edge in EDGES)
    counted = grown.with_columns(place=place)
    groups = {
        name: [len(counted.filter(side & (pl.col("place") == at))) for at in range(len(EDGES) + 1)]
        for name, side in (("programme", pl.col("joined")), ("comparison", ~pl.col("joined")))
    }
    return {"edges": list(EDGES), **groups}
