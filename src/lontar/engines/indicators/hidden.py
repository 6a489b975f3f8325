"""What readers of the figures may not see: the masks of each family, and the sums that stay with us.

Figures about the same producers are hidden by one mask; a cell whose turnover is hidden is hidden in every figure
that comes from returns, so that nothing of it can be put together from elsewhere. A nested family shows its ratio and
never its sums.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from lontar.engines.disclosure import Behind, Limits, primary, protect
from lontar.engines.indicators.given import Parameters
from lontar.engines.indicators.measuring import HIDDEN
from lontar.engines.indicators.recipes import FROM_FACTS, FROM_RETURNS, TURNOVER, Recipe

CELL = ("level", "region", "by", "part")
SUMS = ("numerator", "denominator")
NUMBERS = ("value", "low", "high", "numerator", "denominator", "n", "missing")


def hide(computed: pl.DataFrame, parameters: Parameters) -> pl.DataFrame:
    """`compute_all`'s frame with status S and no number at all in cells that must not be shown. Other rows stay as they are."""
    limits = Limits(parameters.least, parameters.dominance)
    masks = [_mask(computed, _lead(FROM_RETURNS, TURNOVER.name), limits, base=None)]
    base = masks[0]
    for recipes in (FROM_RETURNS, FROM_FACTS):
        names = dict.fromkeys(one.family.name for one in recipes if not one.family.is_open)
        masks += [
            _mask(computed, _lead(recipes, name), limits, base=base if recipes is FROM_RETURNS else None)
            for name in names if name != TURNOVER.name
        ]  # fmt: skip
    marked = computed.join(pl.concat(masks), on=["family", *CELL], how="left")
    hidden = pl.col("is_hidden").fill_null(value=False)
    own = pl.col("family").is_in([one.family.name for one in FROM_RETURNS if one.family.is_nested])
    without = {name: hidden | own if name in SUMS else hidden for name in NUMBERS}
    return marked.with_columns(
        *(pl.when(gone).then(None).otherwise(pl.col(name)).alias(name) for name, gone in without.items()),
        status=pl.when(hidden).then(pl.lit(HIDDEN)).otherwise(pl.col("status")),
    ).drop("is_hidden")


def _lead(recipes: tuple[Recipe, ...], family: str) -> Recipe:
    return next(one for one in recipes if one.family.name == family)


def _mask(computed: pl.DataFrame, lead: Recipe, limits: Limits, *, base: pl.DataFrame | None) -> pl.DataFrame:
    """Family, cell and is_hidden of one family."""
    rows = computed.filter(pl.col("indicator") == lead.code)
    behind = Behind(rows["producers"].to_numpy(), rows["total"].to_numpy(), rows["top"].to_numpy())
    first = primary(behind, limits)
    if base is not None:
        also = rows.join(base.drop("family"), on=list(CELL), how="left", maintain_order="left")["is_hidden"].to_numpy()
        first = first | (also.astype(bool) & (behind.producers > 0))
    hidden = protect(rows.select(CELL), np.asarray(first, dtype=bool), behind=behind, limits=limits)
    return rows.select(pl.lit(lead.family.name).alias("family"), *CELL).with_columns(is_hidden=pl.Series(hidden))
