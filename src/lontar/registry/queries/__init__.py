"""Reads of the registry across models; every answer is a frozen dataclass or plain rows ready to be sent."""

from lontar.registry.queries.coverage import RegionCounts, RegionCoverage, counts_within, coverage
from lontar.registry.queries.enterprises import (
    EnterpriseFilter,
    Page,
    count_office,
    count_public,
    csv_office,
    csv_public,
    facets_office,
    list_office,
    list_public,
)
from lontar.registry.queries.listing import BadCursor
from lontar.registry.queries.places import (
    LevelTotals,
    RegionCard,
    gazetteer,
    region_card,
    region_rows,
    region_totals,
)
from lontar.registry.queries.villages import VillageProfile, village_profile

__all__ = [
    "BadCursor",
    "EnterpriseFilter",
    "LevelTotals",
    "Page",
    "RegionCard",
    "RegionCounts",
    "RegionCoverage",
    "VillageProfile",
    "count_office",
    "count_public",
    "counts_within",
    "coverage",
    "csv_office",
    "csv_public",
    "facets_office",
    "gazetteer",
    "list_office",
    "list_public",
    "region_card",
    "region_rows",
    "region_totals",
    "village_profile",
]
