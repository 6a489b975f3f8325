"""The villages as the generator sees them: in order, with neighbours, and with a guess at coast, hills and town.

The caller brings the real region list. Nothing here claims to know the real shoreline: a village counts as coastal
when its nearest villages all lie to one side of it, which is good enough to keep salt pans out of the mountains in a
demonstration. Villages without a point borrow the middle of their district.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo.draws import Bools, Floats, Ints
from lontar.engines.demo.official import REGENCY_INDEX, TOWN_REGENCY

#: What the caller brings; `code` is the Kemendagri code `53.12.04.2003`, `kind` is `desa` or `kelurahan`.
VILLAGE_SCHEMA: Final[dict[str, type[pl.DataType]]] = {
    "code": pl.String,
    "name": pl.String,
    "kind": pl.String,
    "district_name": pl.String,
    "regency_code": pl.String,
    "regency_name": pl.String,
    "lat": pl.Float64,
    "lon": pl.Float64,
}

NEIGHBOURS: Final = 5
_AROUND: Final = 14
_OPEN_SIDE: Final = np.deg2rad(135)


class UnknownRegency(ValueError):
    """A village stands in a regency that Table 1 does not know."""


@dataclass(frozen=True, slots=True)
class Land:
    """V villages in the order of their codes; every array has length V (`neighbours` is V × 5)."""

    frame: pl.DataFrame
    regency: Ints
    district: Ints
    town: Bools
    coast: Bools
    inland: Floats
    neighbours: Ints

    def __len__(self) -> int:
        return self.frame.height

    def place(self, at: Ints) -> dict[str, pl.Series]:
        """Code, village, district and regency names at the given positions, under the headers of the workbooks."""
        headers = {
            "code": "Kode Desa",
            "name": "Desa/Kelurahan",
            "district_name": "Kecamatan",
            "regency_name": "Kabupaten/Kota",
        }
        return {header: self.frame[column].gather(at).rename(header) for column, header in headers.items()}


def survey(villages: pl.DataFrame) -> Land:
    """Order the villages by code and measure what the generator needs of them.

    `villages` has the columns of `VILLAGE_SCHEMA`; `lat` and `lon` (WGS84 degrees) may be missing.
    Raises `UnknownRegency` for a regency outside Table 1 and polars' own errors for a missing column.
    """
    frame = villages.select(pl.col(name).cast(kind) for name, kind in VILLAGE_SCHEMA.items()).sort("code")
    strangers = sorted(set(frame["regency_code"]) - set(REGENCY_INDEX))
    if strangers:
        raise UnknownRegency(f"Kabupaten/kota {', '.join(strangers)} tidak ada dalam Tabel 1.")
    regency = frame["regency_code"].replace_strict(REGENCY_INDEX, return_dtype=pl.Int64).to_numpy()
    district = frame["code"].str.slice(0, 8).rank("dense").cast(pl.Int64).to_numpy() - 1
    points = _points(frame)
    coast = _coast(points)
    town = ((frame["kind"] == "kelurahan") | (frame["regency_code"] == TOWN_REGENCY)).to_numpy()
    return Land(
        frame=frame,
        regency=regency,
        district=district,
        town=town,
        coast=coast,
        inland=_inland(points, coast),
        neighbours=_neighbours(points, regency),
    )


def _points(frame: pl.DataFrame) -> Floats:
    filled = frame.select(
        pl.coalesce(
            axis,
            pl.col(axis).mean().over(pl.col("code").str.slice(0, 8)),
            pl.col(axis).mean().over("regency_code"),
            pl.lit(0.0),
        )
        for axis in ("lat", "lon")
    )
    # A hair of difference keeps borrowed points apart, in the order of their codes.
    return np.asarray(filled.to_numpy() + np.arange(frame.height)[:, None] * 1e-7, dtype=np.float64)


def _distances(left: Floats, right: Floats) -> Floats:
    across = left[:, None, 0] - right[None, :, 0]
    along = left[:, None, 1] - right[None, :, 1]
    return np.asarray(across * across + along * along, dtype=np.float64)


def _coast(points: Floats) -> Bools:
    """True where some 135° of the horizon hold none of the 14 nearest villages."""
    size = len(points)
    around = min(_AROUND, size - 1)
    if around < 3:
        return np.ones(size, dtype=bool)
    result = np.empty(size, dtype=bool)
    for start in range(0, size, 256):
        block = slice(start, min(start + 256, size))
        apart = _distances(points[block], points)
        apart[np.arange(apart.shape[0]), np.arange(block.start, block.stop)] = np.inf
        near = np.argpartition(apart, around - 1, axis=1)[:, :around]
        offset = points[near] - points[block][:, None, :]
        bearing = np.sort(np.arctan2(offset[:, :, 0], offset[:, :, 1]), axis=1)
        gaps = np.diff(bearing, axis=1, append=bearing[:, :1] + 2 * np.pi)
        result[block] = gaps.max(axis=1) > _OPEN_SIDE
    return result


def _inland(points: Floats, coast: Bools) -> Floats:
    """0 at the coast, towards 1 from about 15 km on."""
    shore = points[coast]
    if not len(shore):
        return np.ones(len(points))
    nearest = np.concatenate(
        [_distances(points[start : start + 256], shore).min(axis=1) for start in range(0, len(points), 256)]
    )
    return np.asarray(np.minimum(np.sqrt(nearest) / 0.135, 1.0), dtype=np.float64)


def _neighbours(points: Floats, regency: Ints) -> Ints:
    """The five nearest villages of the same regency; a regency of fewer repeats the ones it has."""
    result = np.empty((len(points), NEIGHBOURS), dtype=np.int64)
    for which in np.unique(regency):
        members = np.flatnonzero(regency == which)
        apart = _distances(points[members], points[members])
        np.fill_diagonal(apart, np.inf)
        order = np.argsort(apart, axis=1, kind="stable")[:, : max(len(members) - 1, 1)]
        result[members] = members[order[:, np.arange(NEIGHBOURS) % order.shape[1]]]
    return result
