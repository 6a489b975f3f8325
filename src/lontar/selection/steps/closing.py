"""Answers of the gates for all candidates at once; their questions and words are `rules.gates`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: (1 yes, 0 no, −1 unknown; the figure looked at) for rows and a limit.
Answer = tuple[NDArray[np.int8], Floats]


def _lawful(rows: pl.DataFrame, _limit: float) -> Answer:
    unknown = (rows["code"].fill_null("") == "").to_numpy()
    said = np.where(rows["unlawful"].to_numpy(), 0, np.where(unknown, -1, 1))
    return said.astype(np.int8), np.full(len(rows), np.nan)


def _material(rows: pl.DataFrame, limit: float) -> Answer:
    months = rows.select(pl.coalesce("months", "usual").cast(pl.Float64).fill_null(float("nan"))).to_series().to_numpy()
    long = np.nan_to_num(months, nan=0.0) >= limit
    said = np.where(long | rows["storable"].to_numpy(), 1, np.where(np.isnan(months), -1, 0))
    return said.astype(np.int8), months


def _producers(rows: pl.DataFrame, limit: float) -> Answer:
    """Of a village: enterprises; those that are only likely may pass it, none recorded at all leaves it open. A school or a
    community is one producer by nature."""
    number, unsure = rows["number"].to_numpy(), rows["unsure"].to_numpy()
    counted = rows["all_here"].is_not_null().to_numpy()
    alone = (rows["kind"] != "village").to_numpy()
    said = np.where(alone | (number >= limit), 1, np.where(~counted | (number + unsure >= limit), -1, 0))
    return said.astype(np.int8), np.where(alone | ~counted, np.nan, number.astype(np.float64))


GATES: Final[dict[str, Callable[[pl.DataFrame, float], Answer]]] = {
    "lawful": _lawful,
    "material": _material,
    "producers": _producers,
}
