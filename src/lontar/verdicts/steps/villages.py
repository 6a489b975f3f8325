"""What is recorded of the villages of a verdict, as it stood before the programme began there.

A figure that came out after the first designation could itself be an effect and is not read. A village index is taken from one
edition for all villages (the newest before that day), never from several: the index of 2024 and that of later years are counted
differently (DOMAIN trap 14). What is not recorded stays null.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import polars as pl
from django.db.models import Count, Max, QuerySet

from lontar.registry.models import Region, RegionAttribute, VillageFacility

INDEX, STATUS = "idm", "status"
SCHEMA: dict[str, pl.DataType] = {
    "village": pl.String(),
    "lat": pl.Float64(),
    "lon": pl.Float64(),
    "firms": pl.Int64(),
    "kind": pl.String(),
    "index": pl.Float64(),
    "index_status": pl.String(),
    "services": pl.Int64(),
    "seat_km": pl.Float64(),
}
_EARTH_KM = 6371.0


def villages(codes: Collection[str], *, before: date | None) -> pl.DataFrame:
    """A row of `SCHEMA` per village: place, registered enterprises, desa or kelurahan, and what was recorded before a day.

    `index` (IDM, 0 to 1) and `index_status` (its word) of one edition; `services`: how many kinds of facilities it had in the
    newest recorded year that was over; `seat_km`: kilometres to the point that the region list gives for its kabupaten/kota.
    With `before` None whatever is recorded counts.
    """
    held = RegionAttribute.objects.filter(region_id__in=codes)
    facilities = VillageFacility.objects.filter(village_id__in=codes)
    if before is not None:
        held, facilities = held.filter(as_of__lt=before), facilities.filter(year__lt=before.year)
    index = _edition(held.filter(key=INDEX))
    words = {code: word for code, (_number, word) in index.items() if word}
    status = words or {code: word for code, (_number, word) in _edition(held.filter(key=STATUS)).items()}
    services = _services(facilities)
    rows = [
        (code, lat, lon, firms, kind, index.get(code, (None, ""))[0], status.get(code) or None, services.get(code))
        for code, lat, lon, firms, kind in Region.objects.filter(code__in=codes).values_list(
            "code", "lat", "lon", "tally__registered", "kind"
        )
    ]
    found = pl.DataFrame(rows, schema={key: kind for key, kind in SCHEMA.items() if key != "seat_km"}, orient="row")
    return _with_distance(found).sort("village")


def _edition(rows: QuerySet[RegionAttribute]) -> dict[str, tuple[float | None, str]]:
    """Figure and word by region, of the newest day on which any of them has one."""
    newest = rows.aggregate(day=Max("as_of"))["day"]
    found = rows.filter(as_of=newest).values_list("region_id", "number", "word")
    return {code: (None if number is None else float(number), word) for code, number, word in found}


def _services(rows: QuerySet[VillageFacility]) -> dict[str, int]:
    """Kinds of facilities that a village has at least one of, in its newest recorded year."""
    newest = dict(rows.values_list("village_id").annotate(year=Max("year")).order_by())
    counted = rows.filter(number__gt=0).values_list("village_id", "year").annotate(kinds=Count("kind")).order_by()
    found = {village: kinds for village, year, kinds in counted if newest[village] == year}
    return {village: found.get(village, 0) for village in newest}


def _with_distance(rows: pl.DataFrame) -> pl.DataFrame:
    """With `seat_km`, the great-circle distance to the point of the kabupaten/kota; null where either has none."""
    regencies = Region.objects.filter(code__in=rows["village"].str.head(5).unique().to_list())
    seats = pl.DataFrame(
        list(regencies.values_list("code", "lat", "lon")),
        schema={"regency": pl.String, "seat_lat": pl.Float64, "seat_lon": pl.Float64}, orient="row",
    )  # fmt: skip
    joined = rows.with_columns(regency=pl.col("village").str.head(5)).join(seats, on="regency", how="left")
    here, there, east = pl.col("lat").radians(), pl.col("seat_lat").radians(), pl.col("lon") - pl.col("seat_lon")
    half = ((here - there) / 2).sin() ** 2 + here.cos() * there.cos() * (east.radians() / 2).sin() ** 2
    return joined.with_columns(seat_km=2 * _EARTH_KM * half.sqrt().arcsin()).select(list(SCHEMA))
