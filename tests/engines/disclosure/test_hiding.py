"""Hidden cells stay hidden: tables of random hierarchies, attacked by linear algebra that shares no code with the engine."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lontar.engines.disclosure import Behind, Limits, determined, known_sums, primary, protect

LIMITS = Limits(least=3, dominance=85)
Producer = tuple[int, int, int, str, int]


def table(producers: list[Producer]) -> pl.DataFrame:
    """Every cell of producers (regency, district, village, part, turnover): n, total and top."""
    rows = pl.DataFrame(
        [(f"53.0{a}.0{b}.200{c}", part, amount) for a, b, c, part, amount in producers],
        schema={"village": pl.String, "sex": pl.String, "amount": pl.Int64}, orient="row",
    )  # fmt: skip
    cells = []
    for level, length in (("province", 2), ("regency", 5), ("district", 8), ("village", 13)):
        for by in ("", "sex") if length <= 5 else ("",):
            cells.append(
                rows.group_by(
                    pl.lit(level).alias("level"), pl.col("village").str.slice(0, length).alias("region"),
                    pl.lit(by).alias("by"), (pl.col("sex") if by else pl.lit("")).alias("part"),
                ).agg(n=pl.len().cast(pl.Int64), total=pl.col("amount").sum(), top=pl.col("amount").max())
            )  # fmt: skip
    return pl.concat(cells).sort("level", "region", "by", "part")


def hidden(cells: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """The engine's mask."""
    behind = Behind(
        cells["n"].to_numpy(), cells["total"].to_numpy().astype(float), cells["top"].to_numpy().astype(float)
    )
    return protect(cells, primary(behind, LIMITS), behind=behind, limits=LIMITS)


def computed_back(cells: pl.DataFrame, mask: npt.NDArray[np.bool_]) -> list[int]:
    """Attack: write every sum a reader knows as an equation, and look which unknown has the same value in every solution."""
    keys = cells.select("level", "region", "by", "part").rows()
    place = {key: index for index, key in enumerate(keys)}
    equations: dict[tuple[object, ...], list[tuple[int, float]]] = {}
    above = {"regency": ("province", 2), "district": ("regency", 5), "village": ("district", 8)}
    for (level, region, by, part), index in place.items():
        if level in above:
            up, length = above[level]
            equations.setdefault((up, region[:length], by, part, "regions"), []).append((index, 1.0))
        if by:
            equations.setdefault((level, region, "", "", by), []).append((index, 1.0))
    matrix = np.zeros((len(equations), len(keys)))
    for row, ((level, region, by, part, _kind), members) in enumerate(equations.items()):
        matrix[row, place[(level, region, by, part)]] = -1.0
        for index, sign in members:
            matrix[row, index] = sign
    unknown = np.flatnonzero(mask)
    among = matrix[:, unknown]
    rank = np.linalg.matrix_rank(among)
    found = []
    for at in range(unknown.size):
        one = np.zeros((1, unknown.size))
        one[0, at] = 1
        if np.linalg.matrix_rank(np.vstack([among, one])) == rank:
            found.append(int(unknown[at]))
    return found


PLACE = st.integers(1, 3)
producers = st.lists(
    st.tuples(PLACE, PLACE, PLACE, st.sampled_from(["F", "M", "unknown"]), st.integers(0, 100)),
    min_size=1, max_size=60,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(producers)
def test_nothing_hidden_can_be_computed_back_unless_the_whole_table_is_of_too_few(drawn: list[Producer]) -> None:
    cells = table(drawn)

    mask = hidden(cells)

    top = cells.with_columns(hidden=pl.Series(mask)).filter(level="province", by="")
    if top["hidden"].item():
        return  # the province itself is of too few: everything that leads up to it is hidden, tested below
    assert computed_back(cells, mask) == []


@settings(max_examples=50, deadline=None)
@given(producers)
def test_the_engine_finds_what_the_attack_finds(drawn: list[Producer]) -> None:
    cells = table(drawn)
    mask = np.random.default_rng(len(drawn)).random(cells.height) < 0.4

    found = determined(known_sums(cells).matrix, mask)

    assert np.flatnonzero(found).tolist() == computed_back(cells, mask)


def test_the_attack_finds_something_where_only_the_first_cells_are_hidden() -> None:
    """The twin of the test above: a table with one small village among large ones gives it away without a companion."""
    large = [(1, 1, village, "F", 10) for village in (2, 3) for _ in range(3)]
    cells = table([*large, (1, 1, 1, "F", 10)])
    behind = Behind.counted(cells["n"].to_numpy())

    assert computed_back(cells, primary(behind, LIMITS)) != []


def test_few_and_dominated_cells_are_hidden_first() -> None:
    behind = Behind(np.array([0, 2, 3, 3, 3]), np.array([0.0, 9, 100, 100, 0]), np.array([0.0, 5, 85, 84, 0]))

    assert primary(behind, LIMITS).tolist() == [False, True, True, False, False]


def test_one_small_village_takes_the_smallest_neighbour_with_it() -> None:
    drawn = [(1, 1, village, "F", 10) for village, count in ((1, 1), (2, 4), (3, 6)) for _ in range(count)]
    cells = table(drawn)

    shown = cells.filter(~pl.Series(hidden(cells)))

    assert cells.filter(pl.Series(hidden(cells)))["region"].to_list() == ["53.01.01.2001", "53.01.01.2002"]
    assert shown.height == cells.height - 2


def test_two_hidden_villages_of_one_producer_each_need_a_third() -> None:
    """Each of the two could take its own turnover off their sum and know the other's."""
    drawn = [(1, 1, village, "F", 10) for village, count in ((1, 1), (2, 1), (3, 6), (4, 9)) for _ in range(count)]
    cells = table(drawn)

    gone = cells.filter(pl.Series(hidden(cells)))

    assert gone["region"].to_list() == ["53.01.01.2001", "53.01.01.2002", "53.01.01.2003"]


def test_a_table_where_everything_is_of_too_few_is_hidden_whole() -> None:
    cells = table([(1, 1, 1, "F", 10), (1, 1, 2, "M", 10)])

    assert hidden(cells).all()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_cells_does_not_matter(seed: int) -> None:
    generator = np.random.default_rng(seed)
    drawn = [(int(a), int(b), int(c), "F", int(d)) for a, b, c, d in generator.integers(1, 4, (40, 4))]
    cells = table(drawn).with_columns(mask=pl.Series(hidden(table(drawn))))
    shuffled = cells.sample(fraction=1, shuffle=True, seed=seed)

    assert hidden(shuffled).tolist() == shuffled["mask"].to_list()
