"""What is laid down about commodities on the day: forbidden, storable, part of the culture, with a geographical indication."""

from __future__ import annotations

import polars as pl

from lontar.selection.states import TraitKind
from lontar.selection.steps.reading import Facts


def with_traits(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """A column for each kind of trait: whether one in force covers the candidate's commodity or sector in its region."""
    return rows.with_columns(
        _covered(facts.traits.filter(pl.col("kind") == kind)).alias(kind) for kind in TraitKind.values
    )


def _covered(traits: pl.DataFrame) -> pl.Expr:
    found = pl.lit(False)
    for _kind, code, sector, region in traits.iter_rows():
        what = pl.col("code") == code if code else pl.col("sector") == sector
        found = found | (what & pl.col("village").str.starts_with(region)).fill_null(False)
    return found
