"""Reads of the registry across models; every answer is a frozen dataclass or plain rows ready to be sent."""

from lontar.registry.queries.coverage import RegionCounts, RegionCoverage, counts_within, coverage
from lontar.registry.queries.places import (
    LevelTotals,
    RegionCard,
    gazetteer,
    region_card,
    region_rows,
    region_totals,
)

__all__ = [
    "LevelTotals",
    "RegionCard",
    "RegionCounts",
    "RegionCoverage",
    "counts_within",
    "coverage",
    "gazetteer",
    "region_card",
    "region_rows",
    "region_totals",
]
