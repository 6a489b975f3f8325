"""A point on the map as people type it: decimal degrees with a point or a comma, or degrees, minutes and seconds.

Latitude and longitude get swapped, lose their minus sign or their decimal point; inside a known envelope each of these
shows itself. The verdict offers the likely point. Whether the point lies in the village named beside it is left to
the registry, which has the boundaries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import polars as pl

from lontar.engines.identifiers.checked import BLANK_WORDS, Severity, is_blank, plain
from lontar.engines.identifiers.columns import SEVERITIES


@dataclass(frozen=True, slots=True)
class Envelope:
    """A rectangle in WGS 84 degrees, edges included."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Tell whether a point lies inside."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


# Nusa Tenggara Timur with a generous margin (DOMAIN §3).
NTT_ENVELOPE = Envelope(south=-11.1, north=-7.9, west=118.8, east=125.3)


@dataclass(frozen=True, slots=True)
class CheckedPoint:
    """The verdict on a latitude and a longitude; both None when blank or refused. The home of a person may be one."""

    latitude: float | None = field(repr=False)
    longitude: float | None = field(repr=False)
    severity: Severity
    rule: str
    message: str


_DECIMAL = re.compile(r"[+\-]?[0-9]{1,3}(?:[.,][0-9]+)?°?")
_SEXAGESIMAL = re.compile(
    r"([+\-]?[0-9]{1,3})\s*[°ºd:\s]\s*([0-9]{1,2})\s*['’′:\s]\s*([0-9]{1,2}(?:[.,][0-9]+)?)\s*(?:[\"”″]|''|′′)?"
)
_MISPLACED = re.compile(r"[+\-]?[0-9]{1,3}(?:\.?[0-9]{3}){2,4}|[+\-]?[0-9]{5,12}")
# LS lintang selatan, LU lintang utara, BT bujur timur, BB bujur barat, and the English letters.
_SIDES = re.compile(r"(?:\b|(?<=[0-9°'\"”″]))(LS|LU|BT|BB|[NSEW])$|^(LS|LU|BT|BB|[NSEW])(?:\b|(?=[0-9+\-]))")
_NEGATIVE_SIDES = frozenset({"LS", "S", "BB", "W"})


def check_coordinates(latitude: str, longitude: str, *, envelope: Envelope = NTT_ENVELOPE) -> CheckedPoint:
    """Check a point; degrees in WGS 84.

    Errors: coordinates.incomplete (one of the two is missing), .characters, .decimal (the decimal point is lost),
    .outside. Warnings, with the corrected point: coordinates.swapped, .sign.
    """
    texts = (plain(latitude), plain(longitude))
    missing = [is_blank(text, words=BLANK_WORDS) for text in texts]
    if all(missing):
        return CheckedPoint(latitude=None, longitude=None, severity=Severity.OK, rule="blank", message="")
    if any(missing):
        absent = "Lintang" if missing[0] else "Bujur"
        return _refused("coordinates.incomplete", f"{absent} belum diisi. Isi keduanya atau kosongkan keduanya.")
    degrees = [_degrees(text) for text in texts]
    if degrees[0] is None or degrees[1] is None:
        if all(
            _MISPLACED.fullmatch(text.replace(" ", ""))
            for text, value in zip(texts, degrees, strict=True)
            if value is None
        ):
            return _refused(
                "coordinates.decimal",
                "Koordinat kehilangan tanda desimal. Tulis derajat desimal, misalnya -8.787654 dan 120.598150.",
            )
        return _refused(
            "coordinates.characters",
            "Koordinat tidak terbaca. Tulis derajat desimal, misalnya -8.787654 dan 120.598150.",
        )
    return _judge_point(degrees[0], degrees[1], envelope=envelope)


def _degrees(text: str) -> float | None:
    """Return signed degrees, or None when the text is none."""
    text = text.upper().replace("\u2212", "-")
    side = _SIDES.search(text)
    if side is not None:
        text = (text[: side.start()] + text[side.end() :]).strip()
    value = _unsigned(text)
    if value is None:
        return None
    return -abs(value) if side is not None and side.group().strip() in _NEGATIVE_SIDES else value


def _unsigned(text: str) -> float | None:
    if _DECIMAL.fullmatch(text):
        return float(text.rstrip("°").replace(",", "."))
    parts = _SEXAGESIMAL.fullmatch(text)
    if parts is None:
        return None
    minutes, seconds = int(parts.group(2)), float(parts.group(3).replace(",", "."))
    if minutes >= 60 or seconds >= 60:
        return None
    size = abs(int(parts.group(1))) + minutes / 60 + seconds / 3600
    return round(-size if parts.group(1).startswith("-") else size, 7)


def _judge_point(latitude: float, longitude: float, *, envelope: Envelope) -> CheckedPoint:
    if envelope.holds(latitude, longitude):
        return CheckedPoint(latitude=latitude, longitude=longitude, severity=Severity.OK, rule="ok", message="")
    if envelope.holds(-latitude, longitude):
        return CheckedPoint(
            latitude=-latitude,
            longitude=longitude,
            severity=Severity.WARNING,
            rule="coordinates.sign",
            message="Lintang ditulis tanpa tanda minus; dibaca sebagai lintang selatan. Mohon diperiksa.",
        )
    for south in (longitude, -longitude):
        if envelope.holds(south, latitude):
            return CheckedPoint(
                latitude=south,
                longitude=latitude,
                severity=Severity.WARNING,
                rule="coordinates.swapped",
                message="Lintang dan bujur tertukar; sudah dibaca terbalik. Mohon diperiksa.",
            )
    return _refused(
        "coordinates.outside",
        f"Koordinat di luar wilayah: lintang {_degree(envelope.south)} sampai {_degree(envelope.north)}, "
        f"bujur {_degree(envelope.west)} sampai {_degree(envelope.east)}. Ambil ulang titiknya di lokasi.",
    )


def _degree(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").replace("-", "−")


def _refused(rule: str, message: str) -> CheckedPoint:
    return CheckedPoint(latitude=None, longitude=None, severity=Severity.ERROR, rule=rule, message=message)


@dataclass(frozen=True, slots=True)
class PointColumnCheck:
    """The verdicts on two columns; latitude and longitude are float or null, the rest as in `ColumnCheck`."""

    latitude: pl.Series
    longitude: pl.Series
    severity: pl.Series
    rule: pl.Series
    message: pl.Series


def point_columns(latitude: pl.Series, longitude: pl.Series, *, envelope: Envelope = NTT_ENVELOPE) -> PointColumnCheck:
    """Check two columns of equal length; see `check_coordinates`."""
    frame = pl.DataFrame({"latitude": latitude.cast(pl.String), "longitude": longitude.cast(pl.String)})
    read = {name: _fast_degrees(name) for name in ("latitude", "longitude")}
    inside = read["latitude"].is_between(envelope.south, envelope.north) & read["longitude"].is_between(
        envelope.west, envelope.east
    )
    empty = pl.col("latitude").is_null() & pl.col("longitude").is_null()
    values = frame.select(inside=inside.fill_null(value=False), empty=empty, **read)
    rest = values.select((~pl.col("inside") & ~pl.col("empty")).arg_true()).to_series()
    points = [
        check_coordinates(south or "", east or "", envelope=envelope)
        for south, east in frame[rest.to_list()].iter_rows()
    ]
    notes = pl.DataFrame(
        {
            "row": rest,
            "latitude": [point.latitude for point in points],
            "longitude": [point.longitude for point in points],
            "severity": [point.severity.value for point in points],
            "rule": [None if point.severity is Severity.OK else point.rule for point in points],
            "message": [None if point.severity is Severity.OK else point.message for point in points],
        },
        schema={
            "row": pl.UInt32,
            "latitude": pl.Float64,
            "longitude": pl.Float64,
            "severity": SEVERITIES,
            "rule": pl.String,
            "message": pl.String,
        },
    )
    whole = values.with_row_index("row").join(notes, on="row", how="left", maintain_order="left", suffix="_checked")
    whole = whole.select(
        *(pl.when("inside").then(name).otherwise(f"{name}_checked").alias(name) for name in ("latitude", "longitude")),
        severity=pl.col("severity").fill_null(pl.lit(Severity.OK.value, dtype=SEVERITIES)),
        rule="rule",
        message="message",
    )
    return PointColumnCheck(*(whole[name] for name in ("latitude", "longitude", "severity", "rule", "message")))


def _fast_degrees(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars(" ")
    decimal = text.str.contains(r"^-?[0-9]{1,3}(?:[.,][0-9]+)?$")
    return pl.when(decimal).then(text.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False))
