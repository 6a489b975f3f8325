"""How each figure is computed: which columns of a producer, by which estimator, and with which other figures it must
be hidden.

A *family* is a set of figures about the same producers: they are hidden together. Where the sums of a family could be
subtracted from those of another (turnover of the matched panel from all turnover), `is_nested` keeps its sums to
ourselves; the ratio is published, the sums are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lontar.engines.indicators.producing import CHANNELS


class Kind(StrEnum):
    """The estimator."""

    TOTAL = "total"
    SCALED = "scaled"
    SHARE = "share"
    GROWTH = "growth"
    EXPANDED = "expanded"
    RATIO = "ratio"
    COUNTED = "counted"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class Family:
    """Figures about the same producers; `asked` is the column that says whom they should be about.

    Whether one producer dominates is looked up on the first figure of the family: its denominator for a share or
    ratio, else its numerator, both for growth. `is_open`: nothing of single producers can be read from it, as it
    counts who was asked.
    """

    name: str
    is_open: bool = False
    is_nested: bool = False
    asked: str = "is_asked"
    has_dominance: bool = True


@dataclass(frozen=True, slots=True)
class Recipe:
    """A figure: Σ`y`, Σ`y`/Σ`x` or Σ`y`/Σ`x` − 1 over the producers where both are known.

    SCALED divides Σ`y` by the days of full work.
    """

    code: str
    family: Family
    kind: Kind
    y: str
    x: str = ""


OPEN = Family("open", is_open=True)
TURNOVER = Family("turnover")
PANEL = Family("panel", is_nested=True, asked="asked_both")
WORKERS = Family("workers")
WORK_PANEL = Family("work_panel", is_nested=True, asked="asked_both")
YOUTH = Family("youth")
DAYS = Family("days")
PRICES = Family("prices")
MATERIAL = Family("material", is_nested=True)
SALES = Family("sales", is_nested=True)
CLASSES = {name: Family(f"class_{name}", has_dominance=False) for name in ("pp", "bps", "rung")}
PRODUCTS = Family("products", has_dominance=False)
WAITING = Family("waiting", has_dominance=False)
LICENCES = ("nib", "pirt", "md", "tr", "halal", "merek", "ig", "sni")

FROM_RETURNS: tuple[Recipe, ...] = (
    Recipe("R1", OPEN, Kind.COUNTED, "months_answered", "months_asked"),
    Recipe("R2", OPEN, Kind.COUNTED, "gaps", "questions"),
    Recipe("O1T", TURNOVER, Kind.TOTAL, "turnover"),
    Recipe("O1E", TURNOVER, Kind.EXPANDED, "turnover", "months"),
    Recipe("O1", PANEL, Kind.GROWTH, "panel_now", "panel_before"),
    Recipe("O1R", PANEL, Kind.GROWTH, "real_now", "real_before"),
    *(
        Recipe(code, WORKERS, Kind.TOTAL, column)
        for code, column in {
            "O2": "persons", "O2.paid": "paid", "O2.unpaid": "unpaid", "O2.women": "women", "O2.men": "men",
        }.items()
    ),
    Recipe("O2.womenshare", WORKERS, Kind.SHARE, "women", "persons"),
    Recipe("O2.youth", YOUTH, Kind.TOTAL, "youth"),
    Recipe("O2.fte", DAYS, Kind.SCALED, "days"),
    Recipe("O2G", WORK_PANEL, Kind.GROWTH, "work_now", "work_before"),
    *(
        Recipe(f"O3.{name}{part}", CLASSES[name], Kind.SHARE, f"{column}_{name}", "one")
        for name in CLASSES
        for part, column in {"": "step", ".up": "up", ".down": "down"}.items()
    ),
    Recipe("O4", PRICES, Kind.RATIO, "at_processed", "at_raw"),
    Recipe("O4.hayami", MATERIAL, Kind.SHARE, "added", "output"),
    *(Recipe(f"M1.{name}", SALES, Kind.SHARE, f"channel_{name}", "sold") for name in CHANNELS),
)  # fmt: skip
FROM_FACTS: tuple[Recipe, ...] = (
    Recipe("C1", OPEN, Kind.COUNTED, "decided", "units"),
    Recipe("P1", PRODUCTS, Kind.COUNTED, "required"),
    *(Recipe(f"P1.{kind}", PRODUCTS, Kind.COUNTED, kind) for kind in LICENCES),
    Recipe("P2", WAITING, Kind.MEDIAN, "days"),
)
RECIPES: dict[str, Recipe] = {one.code: one for one in (*FROM_RETURNS, *FROM_FACTS)}
