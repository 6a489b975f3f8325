"""The panel from which effects are estimated: one row per producer and period, on a stated scale.

Winsorising and the logarithm happen here and are written down, so that a reader knows on which scale a number was estimated.
Matching is left to `matching`, estimation to `study`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import polars as pl

Floats = npt.NDArray[np.float64]

#: Columns of a panel: unit (whole number), cluster (text, the village), period (whole number, consecutive), start (the first
#: period in the programme, null: never), amount (as measured).
PANEL_SCHEMA: dict[str, pl.DataType] = {
    "unit": pl.Int64(),
    "cluster": pl.String(),
    "period": pl.Int64(),
    "start": pl.Int64(),
    "amount": pl.Float64(),
}


class PanelError(ValueError):
    """A panel from which nothing can be estimated; the message names what is missing."""


class Scale(StrEnum):
    """Scale on which an effect is estimated."""

    LOG = "log1p"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Treatment:
    """How amounts become values: `unit` is what one is worth before the logarithm, `winsor` the share cut at each end.

    With `LOG` an effect of 0.1 is a tenth of a log point; `share` turns it into a share. log(1 + x) of an amount that is
    nought depends on the unit (Chen and Roth 2024), therefore the unit is small against what producers sell.
    """

    scale: Scale
    unit: float = 1.0
    winsor: float = 0.01

    def share(self, effect: float, *, base: float) -> float:
        """An effect on this scale as a share of what would have been: exp(effect) − 1, or effect ÷ base."""
        if self.scale is Scale.LOG:
            return float(np.expm1(effect))
        return effect / base if base else 0.0


#: Turnover in rupiah, counted in thousands; workers in persons.
TURNOVER = Treatment(Scale.LOG, unit=1_000.0)
WORKERS = Treatment(Scale.LEVEL, winsor=0.01)


def valued(panel: pl.DataFrame, *, treatment: Treatment) -> pl.DataFrame:
    """The panel with `value`: amounts cut at the quantiles of their period, then on the scale of the treatment.

    Raises PanelError for a missing column, a negative amount, or a producer that stands twice in a period.
    """
    missing = [name for name in PANEL_SCHEMA if name not in panel.columns]
    if missing:
        raise PanelError(f"Kolom {', '.join(missing)} tidak ada dalam panel.")
    rows = panel.filter(pl.col("amount").is_not_null() & pl.col("amount").is_finite())
    if rows.select((pl.col("amount") < 0).any()).item():
        raise PanelError("Panel memuat nilai negatif.")
    if rows.select(pl.struct("unit", "period").is_duplicated().any()).item():
        raise PanelError("Satu produsen tertulis dua kali dalam satu periode.")
    cut = treatment.winsor
    amount = pl.col("amount")
    held = amount.clip(amount.quantile(cut).over("period"), amount.quantile(1 - cut).over("period")) if cut else amount
    value = (held / treatment.unit).log1p() if treatment.scale is Scale.LOG else held
    return rows.with_columns(value=value)


@dataclass(frozen=True, slots=True)
class Attrition:
    """Who is still there: producers with a value before, of these with one after, and the share lost; one group."""

    group: str
    before: int
    after: int

    @property
    def lost(self) -> float:
        """Share of those seen before that was not seen after."""
        return 1 - self.after / self.before if self.before else 0.0


def attrition(panel: pl.DataFrame, *, first: int, last: int) -> tuple[Attrition, Attrition]:
    """Producers seen in the first period and in the last one: in the programme, then never in it."""
    seen = panel.group_by("unit").agg(
        treated=pl.col("start").is_not_null().any(),
        before=(pl.col("period") == first).any(),
        after=(pl.col("period") == last).any(),
    )
    rows = []
    for group, mask in (("treated", pl.col("treated")), ("never", ~pl.col("treated"))):
        there = seen.filter(mask & pl.col("before"))
        rows.append(Attrition(group, len(there), int(there["after"].sum())))
    return rows[0], rows[1]


def within(points: pl.DataFrame, *, centres: pl.DataFrame, km: float) -> set[str]:
    """Keys of the points that lie within so many kilometres of a centre: the ring into which an effect may spill.

    Both frames carry `key`, `lat` and `lon` (degrees); rows without a place are left out.
    """
    there, around = points.drop_nulls(["lat", "lon"]), centres.drop_nulls(["lat", "lon"])
    if km <= 0 or not len(there) or not len(around):
        return set()
    spots, middles = (np.radians(one.select("lat", "lon").to_numpy()) for one in (there, around))
    half = np.sin((spots[:, None, 0] - middles[None, :, 0]) / 2) ** 2
    across = np.cos(spots[:, None, 0]) * np.cos(middles[None, :, 0])
    half = half + across * np.sin((spots[:, None, 1] - middles[None, :, 1]) / 2) ** 2
    near = (2 * 6371.0 * np.arcsin(np.sqrt(half))).min(axis=1) <= km
    return set(there.filter(pl.Series(near))["key"])
