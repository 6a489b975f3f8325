"""Indicators of a quarter: definitions as data, one set-based computation of all figures, and the snapshot they are
computed from.

Plain frames in, the shared table of figures out. Where returns come from, who may see what is hidden, and when a
quarter is closed is left to the apps.
"""

from lontar.engines.indicators.cells import BREAKDOWNS, BROKEN_DOWN, LEVELS
from lontar.engines.indicators.computing import FIGURES, ORDER, compute, compute_all
from lontar.engines.indicators.definitions import Definition, shipped
from lontar.engines.indicators.given import SCHEMAS, Facts, IndicatorError, Parameters
from lontar.engines.indicators.hidden import hide
from lontar.engines.indicators.producing import OPTIONAL, PRODUCERS, RETURNS, window
from lontar.engines.indicators.recipes import RECIPES
from lontar.engines.indicators.restating import changed_producers, differing, held_cells, restated
from lontar.engines.indicators.snapshots import Snapshot, read_snapshot, recompute, write_snapshot

__all__ = [
    "BREAKDOWNS",
    "BROKEN_DOWN",
    "FIGURES",
    "LEVELS",
    "OPTIONAL",
    "ORDER",
    "PRODUCERS",
    "RECIPES",
    "RETURNS",
    "SCHEMAS",
    "Definition",
    "Facts",
    "IndicatorError",
    "Parameters",
    "Snapshot",
    "changed_producers",
    "compute",
    "compute_all",
    "differing",
    "held_cells",
    "hide",
    "read_snapshot",
    "recompute",
    "restated",
    "shipped",
    "window",
    "write_snapshot",
]
