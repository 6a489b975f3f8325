"""What a package says, read from its Parquet files and kept in memory while it is asked for.

A package never changes, so what was read of it holds for good; only how much is kept is bounded.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from lontar.engines.reporting.package import DATA, DEFINITIONS
from lontar.reports.steps import folders

LEVELS = ("province", "regency", "district", "village")
LENGTHS = {2: "province", 5: "regency", 8: "district", 13: "village"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `value`, `low` and `high` are None where it is hidden (S), empty (M), or has no interval."""

    indicator: str
    level: str
    region: str
    by: str
    part: str
    value: float | None
    low: float | None
    high: float | None
    numerator: float | None
    denominator: float | None
    n: int | None
    missing: float | None
    status: str
    unit: str


@dataclass(frozen=True, slots=True)
class Place:
    """A region as the package names it; coordinates None where it has no point."""

    code: str
    name: str
    level: str
    lat: float | None
    lon: float | None


_FIELDS = tuple(Figure.__dataclass_fields__)


class Package:
    """A report's folder. `key` is the SHA-256 of its manifest, under which everything read is kept."""

    def __init__(self, folder: Path, key: str) -> None:
        self.folder, self.key = folder, key

    def figures(
        self, *, region: str = "", level: str = "", indicators: Sequence[str] = (), by: str | None = ""
    ) -> list[Figure]:
        """Figures of a region, or of a level beneath a region; `by` None gives every breakdown."""
        if level in ("district", "village"):  # long lists, seldom asked for twice
            return list(_chosen.__wrapped__(self.folder, self.key, region, level, tuple(indicators), by))
        return list(_chosen(self.folder, self.key, region, level, tuple(indicators), by))

    def places(self) -> dict[str, Place]:
        """Every region by its code."""
        return _places(self.folder, self.key)

    def definitions(self) -> dict[str, dict[str, Any]]:
        """Indicator metadata by code, in their order."""
        return _definitions(self.folder, self.key)

    def table(self, name: str) -> pl.DataFrame:
        """A whole table; an empty frame without columns where the package has none of this name."""
        return _table(self.folder, self.key, name)

    def has(self, name: str) -> bool:
        """Whether the package has rows in this table."""
        return self.table(name).height > 0


def package(quarter: str, manifest_sha256: str) -> Package:
    """The package of a published report. Raises `folders.FolderLost`."""
    return Package(folders.place(quarter, manifest_sha256), manifest_sha256)


def draft_package(manifest_sha256: str) -> Package:
    """The package of a draft that was not published yet."""
    return Package(folders.draft_folder(manifest_sha256), manifest_sha256)


@lru_cache(maxsize=9)
def _figures(folder: Path, _key: str) -> pl.DataFrame:
    frame = pl.read_parquet(folder / DATA / "figures.parquet", columns=list(_FIELDS))
    return frame.select(_FIELDS)


@lru_cache(maxsize=1024)
def _chosen(
    folder: Path, key: str, region: str, level: str, indicators: tuple[str, ...], by: str | None
) -> tuple[Figure, ...]:
    found = _figures(folder, key)
    if level:
        found = found.filter((pl.col("level") == level) & pl.col("region").str.starts_with(region))
    elif region:
        found = found.filter(pl.col("region") == region)
    if indicators:
        found = found.filter(pl.col("indicator").is_in(list(indicators)))
    if by is not None:
        found = found.filter(pl.col("by") == by)
    return tuple(Figure(*row) for row in found.iter_rows())


@lru_cache(maxsize=3)
def _places(folder: Path, _key: str) -> dict[str, Place]:
    if not (folder / DATA / "regions.parquet").is_file():
        return {}
    frame = pl.read_parquet(folder / DATA / "regions.parquet").select("code", "name", "level", "lat", "lon")
    return {row[0]: Place(*row) for row in frame.iter_rows()}


@lru_cache(maxsize=9)
def _definitions(folder: Path, _key: str) -> dict[str, dict[str, Any]]:
    held = json.loads((folder / DEFINITIONS).read_bytes())["definitions"]
    return {one["code"]: one for one in held}


@lru_cache(maxsize=16)
def _table(folder: Path, _key: str, name: str) -> pl.DataFrame:
    path = folder / DATA / f"{name}.parquet"
    return pl.read_parquet(path) if path.is_file() else pl.DataFrame()
