"""Regions as paths: codes and their levels, region tables, the packages they come from, and the counts they must have.

The public names of the package. Matching what people write to a region is left to ``lontar.engines.places``, polygons
to ``lontar.engines.boundaries``, storing to the registry.
"""

from lontar.engines.regions.checks import NTT_COUNTS, ExpectedCounts, check_counts
from lontar.engines.regions.codes import (
    LEVELS,
    NTT_ENVELOPE,
    Envelope,
    InvalidRegionCode,
    Kind,
    Level,
    PointQuality,
    RegionRow,
    ancestors_of,
    is_code,
    is_within,
    kind_of,
    level_of,
    make_region,
    normalise_code,
    parent_of,
    scope_bounds,
)
from lontar.engines.regions.names import clean_name, loose_key, plain_key, straight_apostrophes
from lontar.engines.regions.packages import from_packages
from lontar.engines.regions.tables import UnreadableRegions, merge_attributes, read_csv, read_table, write_table

__all__ = [
    "LEVELS",
    "NTT_COUNTS",
    "NTT_ENVELOPE",
    "Envelope",
    "ExpectedCounts",
    "InvalidRegionCode",
    "Kind",
    "Level",
    "PointQuality",
    "RegionRow",
    "UnreadableRegions",
    "ancestors_of",
    "check_counts",
    "clean_name",
    "from_packages",
    "is_code",
    "is_within",
    "kind_of",
    "level_of",
    "loose_key",
    "make_region",
    "merge_attributes",
    "normalise_code",
    "parent_of",
    "plain_key",
    "read_csv",
    "read_table",
    "scope_bounds",
    "straight_apostrophes",
    "write_table",
]
