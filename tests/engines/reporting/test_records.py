"""Anonymous records leave no way to one producer: rounded, drawn, from open cells only, with enough left unshown."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.reporting.sample import REGENCIES

from lontar.engines.reporting import FIGURES, RECORDS, Limits, anonymised

LIMITS = Limits(group=5, share=0.5, dominance=0.85)


def producers(groups: list[tuple[str, str, list[int]]]) -> pl.DataFrame:
    rows = [(village, category, turnover, None, 3, 3) for village, category, all_ in groups for turnover in all_]
    names = ["village", "category", "turnover", "turnover_before", "workers", "months"]
    return pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)


def figures(frame: pl.DataFrame, hidden: set[tuple[str, str]] = frozenset()) -> pl.DataFrame:  # type: ignore[assignment]  # empty
    """Totals of turnover per region and category; `hidden` are (region, category) that stay closed."""
    rows = []
    for level, length in (("village", 13), ("district", 8), ("regency", 5), ("province", 2)):
        regions = sorted(set(frame["village"].str.slice(0, length)))
        for region in regions:
            for by, part in (("", ""), *(("category", one) for one in sorted(set(frame["category"])))):
                status = "S" if (region, part) in hidden else "A"
                rows.append(("2026-T3", "O1", level, region, by, part, *[None] * 5, None, 0.0, status, "Rp"))
    return pl.DataFrame(rows, schema=FIGURES.names, orient="row", infer_schema_length=None)


@settings(max_examples=80)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([f"{code}.01.{2000 + at}" for code in REGENCIES[:3] for at in (1, 2)]),
            st.sampled_from(["food", "weaving"]),
            st.lists(st.integers(0, 10**9), max_size=30),
        ),
        max_size=8,
    ),
    st.sets(st.tuples(st.sampled_from(REGENCIES[:3]), st.sampled_from(["food", "weaving", ""]))),
)
def test_what_subtraction_leaves_is_never_fewer_than_the_limit(
    groups: list[tuple[str, str, list[int]]], hidden: set[tuple[str, str]]
) -> None:
    frame = producers(groups)
    if frame.is_empty():
        return
    made = anonymised(frame, figures(frame, hidden), indicator="O1", limits=LIMITS, seed="2026-T3")
    for region, category, shown in made.group_by("region", "category").len().iter_rows():
        assert (region, category) not in hidden
        assert (region, "") not in hidden
        there = frame.filter(pl.col("village").str.starts_with(region) & (pl.col("category") == category))
        assert there.height - shown >= LIMITS.group
        assert shown <= there.height / 2
        assert frame["turnover"].max() is not None


def test_the_largest_is_never_shown_and_amounts_have_two_digits() -> None:
    frame = producers([("53.01.01.2001", "food", [*range(1_234_567, 1_234_567 + 20), 99_999_999])])
    made = anonymised(frame, figures(frame), indicator="O1", limits=LIMITS, seed="2026-T3")
    assert made.height == 5, "half, and half of that again, until the largest is at most 85 per cent of what is left"
    assert 1e8 not in set(made["turnover"])
    frame = producers([("53.01.01.2001", "food", [1_234_567 + at for at in range(20)])])
    made = anonymised(frame, figures(frame), indicator="O1", limits=LIMITS, seed="2026-T3")
    assert set(made["turnover"]) == {1_200_000.0}
    assert (made.height, set(made["level"]), set(made["workers"])) == (10, {"village"}, {"3-4"})


def test_small_groups_are_told_at_the_next_coarser_region() -> None:
    frame = producers([(f"53.01.0{at}.2001", "food", [5_000_000 + at * 1000] * 6) for at in range(1, 5)])
    made = anonymised(frame, figures(frame), indicator="O1", limits=LIMITS, seed="2026-T3")
    assert set(zip(made["level"], made["region"], strict=True)) == {("regency", "53.01")}
    assert made.columns == RECORDS.names
    assert "village" not in made.columns


def test_the_same_seed_gives_the_same_records() -> None:
    frame = producers([("53.01.01.2001", "food", [10**6 + at * 37_000 for at in range(40)])])
    made = [anonymised(frame, figures(frame), indicator="O1", limits=LIMITS, seed=seed) for seed in ("a", "a", "b")]
    assert made[0].equals(made[1])
    assert not made[0].equals(made[2])
