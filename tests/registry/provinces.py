"""An invented whole province in the exact shape of Nusa Tenggara Timur: 22 kabupaten/kota, 315 kecamatan, 3,442 villages.

Codes are dense and names recognisably invented; only the counts are real. For tests that need a complete list.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pytest

from lontar.engines.regions import NTT_COUNTS, RegionRow, make_region

AT = datetime(2026, 1, 15, 0, 30, tzinfo=UTC)
FIELDS = ("kemendagri_code", "bps_code", "level", "kind", "name", "parent_code", "lat", "lon")


@lru_cache(maxsize=1)
def whole_province() -> tuple[RegionRow, ...]:
    """3,780 rows sorted by code; every village has a point, no region a BPS code."""
    return tuple(sorted(_rows(), key=lambda row: row.code))


def _rows() -> Iterator[RegionRow]:
    yield make_region("53", "Provinsi Contoh")
    left = NTT_COUNTS.districts
    regencies = list(NTT_COUNTS.villages_per_regency.items())
    for number, (regency, villages) in enumerate(regencies):
        later = len(regencies) - number - 1
        districts = left if not later else min(15, left - later)
        left -= districts
        yield make_region(regency, f"Kabupaten Contoh {number + 1}")
        for district in range(districts):
            yield make_region(f"{regency}.{district + 1:02d}", f"Kecamatan Contoh {district + 1}")
        for village in range(villages):
            code = f"{regency}.{village % districts + 1:02d}.{2001 + village // districts}"
            yield make_region(code, f"Contoh {village + 1}", point=(-9.0 - number / 100, 120.0 + village / 1000))


def bps_code(row: RegionRow) -> str:
    """An invented BPS code, different for every region and of the right length."""
    digits = row.code.replace(".", "")
    district = f"{digits[:4]}{int(digits[4:6]):03d}" if len(digits) > 4 else digits
    return district + digits[7:] if len(digits) > 6 else district


def write_csv(path: Path, rows: Iterable[RegionRow], *, with_bps: bool = False) -> Path:
    """The rows as an operator's file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(FIELDS)
        for row in rows:
            bps = bps_code(row) if with_bps else row.bps_code or ""
            point = ("", "") if row.lat is None else (row.lat, row.lon)
            writer.writerow((row.code, bps, row.level, row.kind, row.name, row.parent_code or "", *point))
    return path


def store(rows: Iterable[RegionRow]) -> None:
    """Put rows in the table as they are, with BPS codes: for tests that do not try the loading itself."""
    from lontar.registry.models import Region

    Region.objects.bulk_create(
        Region(
            code=row.code,
            level=row.level,
            kind=row.kind,
            name=row.name,
            parent_id=row.parent_code,
            bps_code=bps_code(row),
            lat=row.lat,
            lon=row.lon,
            point_quality="none" if row.lat is None else "exact",
            source="contoh",
        )
        for row in rows
    )


@pytest.fixture
def ngada(db: None) -> None:
    """The province and one of its kabupaten, 53.09, whole: 15 kecamatan and 206 villages."""
    store(row for row in whole_province() if row.code == "53" or row.code.startswith("53.09"))


@pytest.fixture
def province(db: None) -> None:
    """The whole invented province in the table, and the totals of Table 1."""
    from lontar.registry.actions import load_official_totals

    store(whole_province())
    load_official_totals(by=None, at=AT)
