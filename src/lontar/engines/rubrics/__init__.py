"""Rubrics: what assessors score, how points become a star, and which gates cap it.

Pure functions over small frozen trees; points are exact decimals and means exact fractions, so that no band edge depends on
rounding. Who assesses, when a star ends and what a licence is worth are left to the applications.
"""

from lontar.engines.rubrics.checking import Fault, faults_of
from lontar.engines.rubrics.model import Band, Gate, Item, ItemKind, Option, Rubric
from lontar.engines.rubrics.reading import FORMATS, Read, read_json, read_rows, read_workbook, shipped
from lontar.engines.rubrics.scoring import (
    NotScorable,
    Outcome,
    Progress,
    Spread,
    band_of,
    mean_of,
    outcome,
    progress,
    shown,
    spread_of,
    total_of,
)
from lontar.engines.rubrics.writing import as_json, as_rows, as_workbook

__all__ = [
    "FORMATS",
    "Band",
    "Fault",
    "Gate",
    "Item",
    "ItemKind",
    "NotScorable",
    "Option",
    "Outcome",
    "Progress",
    "Read",
    "Rubric",
    "Spread",
    "as_json",
    "as_rows",
    "as_workbook",
    "band_of",
    "faults_of",
    "mean_of",
    "outcome",
    "progress",
    "read_json",
    "read_rows",
    "read_workbook",
    "shipped",
    "shown",
    "spread_of",
    "total_of",
]
