"""What figures are computed from besides returns: numbers in force, and facts of the registry.

Everything here is plain data that goes into the snapshot of a closed quarter, so that anybody can compute the figures again.
Where the numbers and facts come from is left to the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl


class IndicatorError(ValueError):
    """Input from which no figure can be computed; the message names what is wrong, where, and the cure."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """Numbers in force on the last day of the quarter. Rupiah and persons are upper bounds, inside the class.

    `least` producers make a cell that may be shown; one of `dominance` per cent or more hides it. `full_days` is a
    month of full work in days. `sales` are the bounds of micro, small and medium (PP 7/2021), `workers` of micro,
    small and medium (BPS), `rungs` the lower bounds' upper ends within micro. `required` says which licences a
    product of a category needs.
    """

    least: int
    dominance: int
    full_days: int
    sales: tuple[int, int, int]
    workers: tuple[int, int, int]
    rungs: tuple[int, int]
    required: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As `inputs.json` keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Parameters:
        """Read what `as_json` wrote."""
        sales, workers, rungs = (tuple(int(one) for one in kept[key]) for key in ("sales", "workers", "rungs"))
        if len(sales) != 3 or len(workers) != 3 or len(rungs) != 2:
            raise IndicatorError("inputs.json: sales dan workers perlu tiga batas, rungs dua.")
        return cls(
            least=int(kept["least"]),
            dominance=int(kept["dominance"]),
            full_days=int(kept["full_days"]),
            sales=(sales[0], sales[1], sales[2]),
            workers=(workers[0], workers[1], workers[2]),
            rungs=(rungs[0], rungs[1]),
            required={category: tuple(kinds) for category, kinds in kept["required"].items()},
        )


PRODUCTS = {
    "product_id": pl.Int64, "maker": pl.String, "village": pl.String, "pillar": pl.String, "category": pl.String,
    "sex": pl.String, "star": pl.Int64,
}  # fmt: skip
LICENCES = {
    "product_id": pl.Int64, "kind": pl.String, "started": pl.Date, "issued": pl.Date, "expires": pl.Date,
}  # fmt: skip
UNITS = {"village": pl.String, "pillar": pl.String, "units": pl.Int64, "decided": pl.Int64}
STARS = {"producer_id": pl.Int64, "star": pl.Int64}
SCHEMAS: dict[str, dict[str, Any]] = {"products": PRODUCTS, "licences": LICENCES, "units": UNITS, "stars": STARS}


def _empty(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema=SCHEMAS[name])


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of the registry on the last day of the quarter.

    `products`: a row per active product (`maker` tells makers apart, `star` 0 to 5). `licences`: a row per product
    and licence that counts for it; `started` is the day from which days to the licence are counted, null where nobody
    knows. `units`: per village and pillar how many units there are and how many have a decided product. `stars`: the
    best star of a producer's products.
    """

    products: pl.DataFrame = field(default_factory=lambda: _empty("products"))
    licences: pl.DataFrame = field(default_factory=lambda: _empty("licences"))
    units: pl.DataFrame = field(default_factory=lambda: _empty("units"))
    stars: pl.DataFrame = field(default_factory=lambda: _empty("stars"))

    def frames(self) -> dict[str, pl.DataFrame]:
        """By name, with exactly the columns that count."""
        return {name: getattr(self, name).select(SCHEMAS[name].keys()).cast(SCHEMAS[name]) for name in SCHEMAS}
