"""Two lists linked, one list with itself: what is the same enterprise, what is not, and what every result keeps to."""

import polars as pl
import pytest
from bench.linkage import quality
from bench.lists import HELD_OUT, Lists, draw
from bench.lists.names import SECOND
from bench.lists.worlds import Size
from hypothesis import given, settings
from hypothesis import strategies as st

from lontar.engines.linkage import AUTOMATIC, COLUMNS, DEFAULT, DEFAULT_WITHIN, REVIEW, ListProblem, dedupe, link

YOHANES = {
    "owner_name": "Yohanes Berek Naqolu",
    "business_name": "Kopi Bapa Contoh Naqolu",
    "village_code": "53.09.02.2010",
    "phone": "081234567890",
    "nik": "5309020101800001",
    "birth_year": "1980",
    "kbli": "10761",
    "sex": "L",
}
#: Neighbours that make names ordinary: a name weighs by its rarity in the lists.
NEIGHBOURS = [
    {
        "owner_name": f"{given} {clan}",
        "business_name": f"{craft} Rekaan {virtue}",
        "village_code": f"53090220{10 + n % 5}",
    }
    for n, (given, clan, craft, virtue) in enumerate(
        (given, clan, craft, virtue)
        for given in ("Petrus", "Maria", "Lusia", "Markus", "Agnes")
        for clan in ("Woqeta", "Taqonis", "Raqandu", "Naqolu")
        for craft, virtue in (("Tenun", "Melati"), ("Mebel", "Sehati"))
    )
]


def listed(*rows: dict[str, str], neighbours: bool = True) -> pl.DataFrame:
    rows = (*rows, *(NEIGHBOURS if neighbours else []))
    return pl.DataFrame([{"id": str(number), **row} for number, row in enumerate(rows)], infer_schema_length=None)


def chance(one: dict[str, str], other: dict[str, str]) -> float:
    pairs = link(listed(one), listed(other, neighbours=False), threshold=0.0)
    found = pairs.filter((pl.col("left_id") == "0") & (pl.col("right_id") == "0"))
    return float(found["probability"][0]) if found.height else 0.0


@pytest.mark.parametrize(
    "changed",
    [
        {"owner_name": "YOH. B. NAQOLU, S.Pd"},
        {"owner_name": "Naqolu, Johanes"},
        {"owner_name": "Bpk. Yohanis Naqollu", "phone": ""},
        {"village_code": "5309022011", "nik": ""},
        {"nik": "5309020101800010", "birth_year": ""},
        {"business_name": "", "kbli": "", "sex": ""},
    ],
    ids=["short", "clan first", "slips", "neighbour", "nik slip", "blank"],
)
def test_the_same_enterprise_is_found_however_it_is_written(changed: dict[str, str]) -> None:
    assert chance(YOHANES, YOHANES | changed) >= DEFAULT


@pytest.mark.parametrize(
    "changed",
    [
        {"business_name": "Tenun Ikat Rekaan Sinar Jaya", "kbli": "13122"},
        {"business_name": "Kelompok Tenun Peraga Melati", "kbli": "13122"},
        {
            "owner_name": "Maria Naqolu", "business_name": "Tenun Mama Rekaan Lestari", "nik": "5309024101850002",
            "birth_year": "1985", "kbli": "13122", "sex": "P",
        },
    ],
    ids=["second business", "group", "family"],
)  # fmt: skip
def test_what_only_shares_owner_or_telephone_is_never_linked_unasked(changed: dict[str, str]) -> None:
    assert chance(YOHANES, YOHANES | changed) < AUTOMATIC


@pytest.fixture(scope="module")
def lists() -> Lists:
    return draw(SECOND, mixes=HELD_OUT["usual"], size=Size(3_000, 45), seed=901)


@pytest.fixture(scope="module")
def pairs(lists: Lists) -> pl.DataFrame:
    return link(lists.left, lists.right, threshold=REVIEW)


def test_on_lists_never_trained_on_quality_holds(lists: Lists, pairs: pl.DataFrame) -> None:
    kept = quality(pairs.filter(pl.col("probability") >= DEFAULT), lists.truth)
    sure = quality(pairs.filter(pl.col("probability") >= AUTOMATIC), lists.truth)

    assert kept.precision >= 0.955
    assert kept.f1 >= 0.93
    assert sure.precision >= 0.995
    assert sure.recall >= 0.4


def test_every_row_stands_in_one_pair_at_most_in_the_order_of_the_left_list(lists: Lists, pairs: pl.DataFrame) -> None:
    assert pairs.columns == ["left_id", "right_id", "probability"]
    assert pairs["left_id"].is_unique().all()
    assert pairs["right_id"].is_unique().all()
    order = pairs.join(lists.left.select(left_id="id").with_row_index(), on="left_id", maintain_order="left")["index"]
    assert order.is_sorted()
    assert pairs["probability"].is_between(REVIEW, 1).all()


def test_the_same_lists_give_the_same_pairs(lists: Lists, pairs: pl.DataFrame) -> None:
    assert link(lists.left, lists.right, threshold=REVIEW).equals(pairs)


def test_swapped_lists_give_the_pairs_swapped(lists: Lists, pairs: pl.DataFrame) -> None:
    swapped = link(lists.right, lists.left, threshold=REVIEW)
    swapped = swapped.select("probability", left_id="right_id", right_id="left_id")

    sure, turned = (
        set(found.filter(pl.col("probability") >= DEFAULT).select("left_id", "right_id").rows())
        for found in (pairs, swapped)
    )
    # Rare words aside, likeness by Jaro and Winkler depends a little on which word comes first.
    assert len(sure ^ turned) <= 0.002 * len(sure)


@given(st.sets(st.sampled_from(COLUMNS[1:])), st.sets(st.sampled_from(COLUMNS[1:])))
@settings(max_examples=6, deadline=None)
def test_any_column_may_be_blank_or_absent(blank: set[str], absent: set[str]) -> None:
    left = listed(YOHANES)
    right = listed(YOHANES).with_columns(pl.lit(None).alias(name) for name in blank).drop(absent, strict=False)

    found = link(left, right, threshold=0.0)

    assert found.schema == {"left_id": pl.String, "right_id": pl.String, "probability": pl.Float64}
    assert found["left_id"].is_unique().all()


def test_empty_lists_give_no_pairs() -> None:
    empty = pl.DataFrame(schema={"id": pl.String})

    assert link(empty, listed(YOHANES)).height == 0
    assert link(empty, empty).height == 0
    assert dedupe(empty).height == 0


def test_rows_that_stand_twice_are_found_within_one_list() -> None:
    found = dedupe(listed(YOHANES, YOHANES | {"owner_name": "YOH. NAQOLU", "birth_year": ""}))

    assert found.select("left_id", "right_id").rows()[:1] == [("0", "1")]


def test_duplicates_of_one_list_are_kept_from_a_higher_threshold_and_mostly_right() -> None:
    lists = draw(SECOND, mixes=HELD_OUT["usual"], size=Size(6_000, 85), seed=903)
    both = pl.concat([lists.left, lists.right])

    kept = dedupe(both)

    assert kept["probability"].min() >= DEFAULT_WITHIN  # type: ignore[operator]  # numbers
    assert kept.height < dedupe(both, threshold=DEFAULT).height
    reached = quality(kept, lists.truth)
    assert reached.precision >= 0.88
    assert reached.recall >= 0.83


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pl.DataFrame({"owner_name": ["Contoh Uji"]}), "Kolom id tidak ada"),
        (pl.DataFrame({"id": ["1", " "], "owner_name": "Contoh Uji"}), "Kolom id, baris 3: kosong"),
        (pl.DataFrame({"id": [7, 7]}), "Kolom id, baris 3: nilai '7' sudah dipakai"),
    ],
)
def test_a_list_without_sound_ids_is_refused_with_column_and_row(frame: pl.DataFrame, message: str) -> None:
    with pytest.raises(ListProblem, match=message):
        link(frame, listed(YOHANES))
