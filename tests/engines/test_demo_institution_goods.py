"""Products of invented schools and communities: of known commodities, no maker twice the same, the same for the same seed."""

from __future__ import annotations

import polars as pl

from lontar.engines.demo import commodities
from lontar.engines.demo.institution_goods import GOODS, GOODS_SCHEMA, LINES, institution_goods
from lontar.registry.states import CommunityKind, ProductCategory, Stage

MAKERS = pl.DataFrame(
    {
        "maker_id": range(400), "village": ["53.09.02.2010"] * 400, "kind": ["school"] * 200 + ["community"] * 200,
        "line": [""] * 200 + [CommunityKind.values[place % len(CommunityKind.values)] for place in range(200)],
    }
)  # fmt: skip


def test_goods_are_of_commodities_categories_and_stages_that_the_registry_knows() -> None:
    known = {one.code for one in commodities()}

    assert {one.commodity for one in GOODS} <= known
    assert {one.category for one in GOODS} <= set(ProductCategory.values)
    assert {one.stage for one in GOODS} <= set(Stage.values)
    assert set(LINES) == {"school", *CommunityKind.values}
    assert max(at for places in LINES.values() for at in places) < len(GOODS)


def test_the_same_makers_and_seed_give_the_same_goods_and_no_maker_has_one_twice() -> None:
    found = institution_goods(MAKERS, 7)

    assert found.equals(institution_goods(MAKERS, 7))
    assert not found.equals(institution_goods(MAKERS, 8))
    assert found.schema == pl.Schema(GOODS_SCHEMA)
    assert not found.select("maker_id", "name").is_duplicated().any()
    assert found.group_by("maker_id").len()["len"].max() == 3


def test_most_schools_and_fewer_communities_have_something_written_down() -> None:
    found = institution_goods(MAKERS, 7)

    assert 120 <= found.filter(pl.col("maker_id") < 200)["maker_id"].n_unique() <= 160
    assert 40 <= found.filter(pl.col("maker_id") >= 200)["maker_id"].n_unique() <= 80
    assert (found["price"] > 0).all()
