"""What the invented schools (OSOP) and communities (OCOP) make: one to three products each, of what their line of work is.

Who they are comes from the caller; names carry the weight of a pack, as labels do. Most makers have none written down yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo.draws import happens, rounded, stream

#: Columns of `institution_goods`; price in rupiah, `capacity` units a month.
GOODS_SCHEMA: Final = {
    "maker_id": pl.Int64, "village": pl.String, "name": pl.String, "commodity": pl.String, "category": pl.String,
    "stage": pl.String, "unit": pl.String, "price": pl.Int64, "capacity": pl.Int64,
}  # fmt: skip
#: The share of makers of a kind that have products in the registry.
WRITTEN_DOWN: Final = {"school": 0.7, "community": 0.3}


@dataclass(frozen=True, slots=True)
class Good:
    """A product: commodity code, category, stage, unit, price in thousand rupiah, units a month."""

    name: str
    commodity: str
    category: str
    stage: str
    unit: str
    price: float
    capacity: float


# name | commodity | category | stage | unit | price | a month
_GOODS: Final = """
Keripik pisang 200 g|pisang|food|packaged|bungkus|16|150
Teh kelor 100 g|kelor|drink|packaged|kotak|35|90
Tas tenun ikat|tenun-ikat|weaving|processed|buah|180|12
Kue jagung 250 g|jagung|food|packaged|bungkus|18|120
Abon ikan 100 g|ikan|food|packaged|bungkus|35|110
Sabun minyak kelapa 80 g|kelapa|cosmetic|packaged|buah|15|140
Kopi bubuk arabika 200 g|kopi-arabika|drink|packaged|bungkus|45|100
Kopi bubuk robusta 200 g|kopi-robusta|drink|packaged|bungkus|30|100
Kerajinan bambu|anyaman-bambu|craft|processed|buah|85|14
Kue kering 250 g|kue|food|packaged|bungkus|25|160
Selendang tenun ikat|tenun-ikat|weaving|processed|lembar|250|5
Ikan kering 500 g|ikan|food|processed|bungkus|45|90
Gula lontar 500 g|lontar|food|packaged|bungkus|25|80
Kacang mete 250 g|mete|food|packaged|bungkus|55|60
Tikar anyaman lontar|anyaman-daun|wicker|processed|buah|60|16
"""
GOODS: Final = tuple(
    Good(name, commodity, category, stage, unit, float(price), float(capacity))
    for name, commodity, category, stage, unit, price, capacity in (
        row.split("|") for row in _GOODS.strip().splitlines()
    )
)
#: Places in `GOODS` by line of work: schools, and the kinds of community.
LINES: Final[dict[str, tuple[int, ...]]] = {
    "school": (0, 1, 2, 3, 4, 5, 6, 7),
    "women": (9, 10, 2, 0, 14),
    "church": (0, 6, 7, 9),
    "youth": (8, 6, 7, 0),
    "fishers": (11, 4),
    "farmers": (3, 10, 13),
    "students": (1, 5),
    "other": (10, 14, 12, 13),
}


def institution_goods(makers: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Products under `GOODS_SCHEMA` of makers (`maker_id`, `village`, `kind` school or community, `line` the kind of community
    or ""); the same makers and seed give the same products. A maker has no product twice."""
    rng = stream(seed, name="institution goods")
    rate = makers["kind"].replace_strict(WRITTEN_DOWN, return_dtype=pl.Float64).to_numpy()
    chosen = makers.filter(pl.Series(happens(rng, len(makers), rate=rate)))
    rows = []
    for maker, village, kind, line in chosen.select("maker_id", "village", "kind", "line").iter_rows():
        pool = LINES["school" if kind == "school" else line]
        count = min(1 + int(rng.random() * 3), len(pool))
        for at in rng.choice(pool, count, replace=False):
            good = GOODS[int(at)]
            price = rounded(np.array([good.price * 1000 * rng.lognormal(0, 0.25)]))[0]
            capacity = max(1, round(good.capacity * rng.lognormal(0, 0.5)))
            rows.append(
                (maker, village, good.name, good.commodity, good.category, good.stage, good.unit, int(price), capacity)
            )
    return pl.DataFrame(rows, schema=GOODS_SCHEMA, orient="row")
