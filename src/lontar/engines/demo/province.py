"""The whole demo province at once: every frame from one list of villages and one seed.

Each frame can be had alone from its own module; drawing them together surveys the land and the first list only once.
"""

from dataclasses import dataclass

import polars as pl

from lontar.engines.demo.enterprises import primary
from lontar.engines.demo.institutions import village_communities, village_groups, village_schools
from lontar.engines.demo.land import survey
from lontar.engines.demo.licences import licences
from lontar.engines.demo.official import official_totals
from lontar.engines.demo.potential import village_potential
from lontar.engines.demo.products import PRODUCTS, products
from lontar.engines.demo.second import SECOND_ROWS, second


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames of a demo province; `truth` says what is true about the rows of `second` and goes into no workbook."""

    enterprises: pl.DataFrame
    second: pl.DataFrame
    truth: pl.DataFrame
    potential: pl.DataFrame
    products: pl.DataFrame
    licences: pl.DataFrame
    schools: pl.DataFrame
    communities: pl.DataFrame
    groups: pl.DataFrame


def province(villages: pl.DataFrame, seed: int) -> Frames:
    """Draw everything (`villages` as in `land.VILLAGE_SCHEMA`); the same seed gives the same bytes.

    A list of some regencies gives those regencies alone, the other lists in proportion to their enterprises.
    Raises `land.UnknownRegency` for a regency outside Table 1.
    """
    land = survey(villages)
    first = primary(land, seed=seed)
    share = first.height / sum(official_totals().values())
    listed, truth = second(land, first, seed=seed, rows=round(SECOND_ROWS * share))
    made = products(first, seed, rows=round(PRODUCTS * share))
    return Frames(
        enterprises=first,
        second=listed,
        truth=truth,
        potential=village_potential(land, seed=seed),
        products=made,
        licences=licences(made, first, seed=seed),
        schools=village_schools(land, seed=seed),
        communities=village_communities(land, seed=seed),
        groups=village_groups(land, seed=seed),
    )
