"""The sums that readers of a table of figures know: regions of their parts, and every breakdown of its total.

A cell is `level, region, by, part`. Known sums are: a region is the sum of the regions right beneath it, for every
part of every breakdown that is shown there; and a region is the sum of the parts of each breakdown. Cells that are
not shown are no part of a sum: there nobody was asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

LEVELS = ("province", "regency", "district", "village")
#: How long the code of the region right above is.
PARENT = {"regency": 2, "district": 5, "village": 8}

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Sums:
    """Known sums as a matrix: a row per sum, a column per cell, +1 for a part and −1 for the whole."""

    matrix: sparse.csr_array

    @cached_property
    def members(self) -> sparse.csr_array:
        """1 wherever a cell belongs to a sum."""
        return sparse.csr_array(abs(self.matrix)).astype(np.int64)

    @cached_property
    def parts(self) -> sparse.csr_array:
        """1 wherever a cell is a part of a sum."""
        return sparse.csr_array(self.matrix > 0).astype(np.int64)

    @cached_property
    def wholes(self) -> sparse.csr_array:
        """1 where a cell is the whole of a sum."""
        return sparse.csr_array(self.matrix < 0).astype(np.int64)


def known_sums(cells: pl.DataFrame) -> Sums:
    """The sums among `cells` (columns level, region, by, part; one row per cell, any order)."""
    placed = cells.select("level", "region", "by", "part").with_row_index("cell")
    above = placed.filter(pl.col("level") != LEVELS[0]).with_columns(
        kind=pl.lit("region"),
        top_level=pl.col("level").replace_strict({low: up for up, low in pairwise(LEVELS)}),
        top_region=pl.col("region").str.slice(0, pl.col("level").replace_strict(PARENT, return_dtype=pl.Int64)),
        top_by=pl.col("by"),
        top_part=pl.col("part"),
    )
    across = placed.filter(pl.col("by") != "").with_columns(
        kind=pl.col("by"),
        top_level=pl.col("level"),
        top_region=pl.col("region"),
        top_by=pl.lit(""),
        top_part=pl.lit(""),
    )
    keys = ["top_level", "top_region", "top_by", "top_part"]
    whole = placed.select(
        top=pl.col("cell"), **{f"top_{one}": pl.col(one) for one in ("level", "region", "by", "part")}
    )
    parts = pl.concat([above, across]).join(whole, on=keys, how="inner").select("kind", "top", "cell")
    named = parts.select("kind", "top").unique(maintain_order=True).with_row_index("sum")
    parts = parts.join(named, on=["kind", "top"])
    rows = np.concatenate([parts["sum"].to_numpy(), named["sum"].to_numpy()])
    columns = np.concatenate([parts["cell"].to_numpy(), named["top"].to_numpy()])
    values = np.concatenate([np.ones(parts.height), -np.ones(named.height)])
    return Sums(sparse.csr_array((values, (rows, columns)), shape=(named.height, cells.height)))
