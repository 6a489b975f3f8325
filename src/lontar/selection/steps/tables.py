"""Frames of place, commodity and value as tables (places × commodities), as the engines of economy read them."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Index = dict[object, int]


def table(frame: pl.DataFrame, value: str, *, by: str) -> tuple[Floats, Index, Index]:
    """Sums of `value` by place (column `by`) and commodity, with the index of either axis."""
    rows: Index = {key: place for place, key in enumerate(frame[by].unique().sort().to_list())}
    columns: Index = {key: place for place, key in enumerate(frame["commodity"].unique().sort().to_list())}
    made = np.zeros((len(rows), len(columns)))
    np.add.at(made, places(frame, rows=rows, columns=columns, by=by), frame[value].to_numpy())
    return made, rows, columns


def places(frame: pl.DataFrame, *, rows: Index, columns: Index, by: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row and column of every line of a frame; −1 for one that is in neither."""
    one = np.array([rows.get(key, -1) for key in frame[by].to_list()], dtype=np.int64)
    other = np.array([columns.get(key, -1) for key in frame["commodity"].to_list()], dtype=np.int64)
    return one, other


def numbered(frame: pl.DataFrame, *, by: str) -> tuple[tuple[NDArray[np.int64], NDArray[np.int64]], tuple[int, int]]:
    """Where every line of a frame stands in the table of all of its places and commodities, and the table's shape."""
    rows: Index = {key: place for place, key in enumerate(frame[by].unique().sort().to_list())}
    columns: Index = {key: place for place, key in enumerate(frame["commodity"].unique().sort().to_list())}
    return places(frame, rows=rows, columns=columns, by=by), (len(rows), len(columns))
