"""Event studies where producers join at different times: Sun and Abraham (2021), estimated by pyfixest.

Every cohort has a coefficient for every period before and after its start but the one just before; these are averaged with
the shares of the cohorts. Producers never in the programme are the comparison; where there are none, the cohort that starts
last is, and the periods from its start on are left out. Standard errors are clustered by village. The degrees of freedom are
those of the smaller side, villages in the programme or beside it, less one: what few villages tell is not made up for by many
on the other side. The joint test before the start takes Hotelling's correction and the periods that every cohort has.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
import polars as pl
from scipy import stats

from lontar.engines.impact.panel import Floats, PanelError

LEVEL = 0.95
POWER = 0.80
_ONE = Lock()  # the filters of warnings are the process's: two that set them aside at once put back each other's
_NAME = re.compile(r"step::(-?\d+)(?:\.0)?:.*::(\d+)(?:\.0)?$")


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect on the scale of the panel with its 95 % interval, standard error, p (two-sided) and degrees of freedom."""

    value: float
    low: float
    high: float
    error: float
    p: float
    freedom: int

    @property
    def detectable(self) -> float:
        """The smallest effect that this design would have found with 80 % power at 5 %, on the same scale."""
        return detectable(self.error, freedom=self.freedom)


@dataclass(frozen=True, slots=True)
class Point:
    """The effect so many periods after the start (0: the period of the start; −1 is nought by construction)."""

    step: int
    effect: Estimate
    producers: int


@dataclass(frozen=True, slots=True)
class JointTest:
    """Are all effects before the start nought: F with its degrees of freedom; p None where nothing can be tested."""

    f: float
    steps: int
    freedom: int
    p: float | None


@dataclass(frozen=True, slots=True)
class Study:
    """What an event study found: the curve, the average after the start, and whether the groups went together before."""

    points: tuple[Point, ...]
    average: Estimate
    before: JointTest
    treated: int
    controls: int
    clusters: int
    treated_clusters: int


def detectable(error: float, *, freedom: int, level: float = LEVEL, power: float = POWER) -> float:
    """Minimum detectable effect: (t at the level + t at the power) × standard error (Bloom 1995)."""
    return float((stats.t.ppf(1 - (1 - level) / 2, freedom) + stats.t.ppf(power, freedom)) * error)


def event_study(panel: pl.DataFrame, *, until: int | None = None) -> Study:
    """Estimate from a valued panel (`panel.valued`), with `weight` where it was matched.

    `until` leaves out what lies more than so many periods after the start. Raises PanelError when there is nobody in the
    programme, nobody beside it, no period before the start, or fewer than three villages.
    """
    rows = prepared(panel, until=until)
    names, beta, spread = _saturated(rows)
    cells = _cells(rows)
    where = {name: at for at, name in enumerate(names)}
    freedom = _freedom(rows)
    steps = sorted({step for step, _ in where})
    points = []
    mixes = {}
    for step in steps:
        mix = _mix(where, cells, steps=[step], size=len(beta))
        mixes[step] = mix
        count = sum(number for (at, _), number in cells.items() if at == step)
        points.append(Point(step, _combined(mix, beta, spread, freedom=freedom), count))
    after = [step for step in steps if step >= 0]
    if not after:
        raise PanelError("Belum ada periode sesudah penetapan.")
    average = _combined(_mix(where, cells, steps=after, size=len(beta)), beta, spread, freedom=freedom)
    treated = rows.filter(pl.col("cohort") > 0)
    cohorts = {cohort for _, cohort in where}
    shared = [one for one in steps if one < -1 and all((one, cohort) in where for cohort in cohorts)]
    return Study(
        tuple(points), average, _joint([mixes[one] for one in shared], beta, spread, freedom=freedom),
        treated=treated["unit"].n_unique(), controls=rows.filter(pl.col("cohort") == 0)["unit"].n_unique(),
        clusters=rows["cluster"].n_unique(), treated_clusters=treated["cluster"].n_unique(),
    )  # fmt: skip


def placebo(panel: pl.DataFrame, *, early: int = 2) -> Study | None:
    """The same study as if everyone had started so many periods earlier, from what lies before the true start only.

    An effect here is an effect before the cause. None where too few periods lie before.
    """
    before = panel.filter(pl.col("start").is_null() | (pl.col("period") < pl.col("start")))
    treated = before.filter(pl.col("start").is_not_null())
    if not len(treated):
        return None
    last = int(treated["period"].max())  # type: ignore[arg-type]  # whole numbers by the schema
    moved = before.filter(pl.col("period") <= last).with_columns(start=pl.col("start") - early)
    try:
        return event_study(moved)
    except PanelError:
        return None


def prepared(panel: pl.DataFrame, *, until: int | None = None) -> pl.DataFrame:
    """Rows that are estimated from, with `weight`, `cohort` (0: never) and `step` (periods since the start; −1 for never)."""
    if "weight" not in panel.columns:
        panel = panel.with_columns(weight=pl.lit(1.0))
    rows = panel.with_columns(cohort=pl.col("start").fill_null(0)).filter(pl.col("weight") > 0)
    if not len(rows.filter(pl.col("cohort") > 0)):
        raise PanelError("Belum ada produsen dalam program.")
    if not len(rows.filter(pl.col("cohort") == 0)):
        last = int(rows["cohort"].max())  # type: ignore[arg-type]  # whole numbers by the schema
        rows = rows.filter(pl.col("period") < last).with_columns(
            cohort=pl.when(pl.col("cohort") == last).then(0).otherwise(pl.col("cohort"))
        )
    rows = rows.with_columns(step=pl.when(pl.col("cohort") > 0).then(pl.col("period") - pl.col("cohort")).otherwise(-1))
    if until is not None:
        rows = rows.filter(pl.col("step") <= until)
    rows = _usable(rows)
    if rows["cluster"].n_unique() < 3:
        raise PanelError("Kurang dari tiga desa; galat baku tidak dapat dihitung.")
    return rows


def _usable(rows: pl.DataFrame) -> pl.DataFrame:
    """Without producers seen once, and without cohorts or producers that were never seen before their start."""
    ahead = (pl.col("step") < 0).any().over("unit") | (pl.col("cohort") == 0)
    rows = rows.filter((pl.len().over("unit") > 1) & ahead)
    rows = rows.filter((pl.col("cohort") == 0) | (pl.col("step") == -1).any().over("cohort"))
    if not len(rows.filter(pl.col("cohort") > 0)):
        raise PanelError("Tanpa data sebelum penetapan tidak ada garis dasar.")
    if not len(rows.filter(pl.col("cohort") == 0)):
        raise PanelError("Pembanding belum ada.")
    return rows


def _saturated(rows: pl.DataFrame) -> tuple[list[tuple[int, int]], Floats, Floats]:
    """Steps and cohorts of the coefficients, the coefficients, and their clustered covariance."""
    import pyfixest  # it takes two seconds to import, and only here is it needed

    frame: Any = rows.select("value", "unit", "period", "step", "cohort", "cluster", "weight").to_pandas()
    with _ONE, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit: Any = pyfixest.feols(
            "value ~ i(step, cohort, ref=-1, ref2=0) | unit + period",
            data=frame, weights="weight", vcov={"CRV1": "cluster"}, copy_data=False,
        )  # fmt: skip
    names = []
    kept = []
    for at, name in enumerate(fit._coefnames):
        found = _NAME.search(name)
        if found is not None:
            names.append((int(found.group(1)), int(found.group(2))))
            kept.append(at)
    beta = np.asarray(fit._beta_hat, dtype=np.float64)[kept]
    spread = np.asarray(fit._vcov, dtype=np.float64)[np.ix_(kept, kept)]
    return names, beta, spread


def _freedom(rows: pl.DataFrame) -> int:
    """Villages of the smaller side less one, at least one."""
    sides = [rows.filter(side)["cluster"].n_unique() for side in (pl.col("cohort") > 0, pl.col("cohort") == 0)]
    return max(min(sides) - 1, 1)


def _cells(rows: pl.DataFrame) -> dict[tuple[int, int], int]:
    """Producers of the programme by step and cohort."""
    found = rows.filter(pl.col("cohort") > 0).group_by("step", "cohort").agg(pl.col("unit").n_unique())
    return {(step, cohort): count for step, cohort, count in found.rows()}


def _mix(
    where: dict[tuple[int, int], int], cells: dict[tuple[int, int], int], *, steps: list[int], size: int
) -> Floats:
    """Weights of the coefficients for an average over steps: the shares of the producers behind them."""
    mix = np.zeros(size)
    for (step, cohort), at in where.items():
        if step in steps:
            mix[at] = cells.get((step, cohort), 0)
    return np.asarray(mix / mix.sum(), dtype=np.float64) if mix.sum() else mix


def _combined(mix: Floats, beta: Floats, spread: Floats, *, freedom: int) -> Estimate:
    value = float(mix @ beta)
    error = float(np.sqrt(max(float(mix @ spread @ mix), 0.0)))
    return estimate(value, error, freedom=freedom)


def estimate(value: float, error: float, *, freedom: int, level: float = LEVEL) -> Estimate:
    """An estimate with the interval and p that follow from its standard error by Student's t."""
    reach = float(stats.t.ppf(1 - (1 - level) / 2, freedom)) * error
    p = float(2 * stats.t.sf(abs(value) / error, freedom)) if error > 0 else (1.0 if value == 0 else 0.0)
    return Estimate(value, value - reach, value + reach, error, p, freedom)


def _joint(mixes: list[Floats], beta: Floats, spread: Floats, *, freedom: int) -> JointTest:
    """Wald's test that all combinations are nought, as Hotelling's T² with the degrees of freedom of the villages."""
    left = freedom - len(mixes) + 1
    if not mixes or left < 1:
        return JointTest(0.0, len(mixes), max(left, 0), None)
    rows = np.stack(mixes)
    found = rows @ beta
    around = rows @ spread @ rows.T
    f = float(found @ np.linalg.pinv(around) @ found) / len(mixes) * left / freedom
    return JointTest(f, len(mixes), left, float(stats.f.sf(f, len(mixes), left)))
