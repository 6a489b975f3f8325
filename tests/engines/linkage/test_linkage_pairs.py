"""Which pairs are looked at, and how they are assigned one to one."""

from itertools import permutations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.linkage.test_linkage_names import table

from lontar.engines.linkage import keys
from lontar.engines.linkage.assigning import against_rivals, one_to_one
from lontar.engines.linkage.coding import coded, codes
from lontar.engines.linkage.glancing import MOST_OF_A_ROW, among_the_best
from lontar.engines.linkage.keys import candidates, candidates_within
from lontar.engines.linkage.rows import checked, prepared


def pairs_of(left: list[dict[str, str]], right: list[dict[str, str]], *, most: int = 2_500) -> set[tuple[int, int]]:
    both = pl.concat(
        [checked(pl.DataFrame([{"id": str(n), **row} for n, row in enumerate(side)])) for side in (left, right)]
    )
    codes = coded(prepared(both))
    one, other = candidates(codes.take(slice(len(left))), codes.take(slice(len(left), None)), most=most)
    return set(zip(one.tolist(), other.tolist(), strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"nik": "5309014101900001"}, {"nik": "5309014101900001"}),
        ({"nik": "5309014101900001"}, {"nik": "5309014101900010"}),
        ({"phone": "081234567890"}, {"phone": "+62 812-3456-7890"}),
        ({"nib": "9912345678901"}, {"nib": "9912345678901"}),
        (
            {"owner_name": "Yoh. Naqolu", "village_code": "53.09.02.2010"},
            {"owner_name": "NAQOLU YOHANES", "village_code": "5309022010"},
        ),
        (
            {"owner_name": "Yohanes Naqolu", "village_code": "5309022010"},
            {"owner_name": "Johanes Naqolu", "village_code": "5309022011"},
        ),
        ({"owner_name": "Yohanes Naqolu"}, {"owner_name": "Bpk. Naqolu Yohanes", "village_code": "5309022011"}),
    ],
    ids=["nik", "slip", "phone", "nib", "village", "neighbour", "nowhere"],
)
def test_rows_that_share_a_key_are_looked_at(one: dict[str, str], other: dict[str, str]) -> None:
    assert pairs_of([one], [other]) == {(0, 0)}


def test_rows_that_share_only_the_village_are_not_looked_at() -> None:
    one = {"owner_name": "Yohanes Naqolu", "village_code": "5309022010"}
    other = {"owner_name": "Petrus Woqeta", "village_code": "5309022010"}

    assert pairs_of([one], [other]) == set()


def test_a_key_that_too_many_share_is_parted_by_what_else_agrees() -> None:
    given_names = "Yohanes Petrus Paulus Markus Lukas Andreas Daniel Gabriel Rafael Thomas".split()
    people = [{"owner_name": f"{given} Naqolu", "village_code": "5309022010"} for given in given_names]

    whole = pairs_of(people, people)
    guarded = pairs_of(people, people, most=20)

    assert len(whole) == 100
    assert {(n, n) for n in range(10)} <= guarded
    assert len(guarded) < 40


def test_where_everything_looks_alike_pairs_stay_in_proportion_to_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_LEAST_BUDGET", 0)
    given_names = [
        f"{first}{second}"
        for first in "Ana Bela Dora Eka Fani Gita".split()
        for second in "rina tami luna sari".split()
    ]
    alike = {"phone": "081234567890", "village_code": "5309022010", "birth_year": "1980", "kbli": "10761"}
    people = [{"owner_name": f"{given} Naqolu", **alike} for given in given_names * 20]

    found = pairs_of(people, people)

    assert 0 < len(found) <= len(keys.RULES) * keys.PAIRS_OF_A_ROW * 2 * len(people) < len(people) ** 2 * 2


def test_of_a_crowd_only_the_best_pairs_of_a_row_go_on() -> None:
    rows = np.array([0] * (MOST_OF_A_ROW + 5) + [1] * 3)
    odds = np.arange(len(rows), dtype=np.float32)

    kept = among_the_best(rows, odds)

    assert kept.tolist() == [False] * 5 + [True] * (MOST_OF_A_ROW + 3)


def test_pairs_within_a_list_are_never_a_row_with_itself() -> None:
    rows = checked(pl.DataFrame({"id": ["1", "2", "3"], "nik": ["5309014101900001"] * 3}))

    one, other = candidates_within(coded(prepared(rows)))

    assert list(zip(one.tolist(), other.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]


EDGES = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.floats(0.1, 9.0)),
    min_size=1,
    max_size=14,
    unique_by=lambda e: e[:2],
)


@given(EDGES)
@settings(max_examples=200, deadline=None)
def test_the_assignment_is_one_to_one_and_no_other_is_worth_more(edges: list[tuple[int, int, float]]) -> None:
    one, other = np.array([edge[0] for edge in edges]), np.array([edge[1] for edge in edges])
    worth = np.array([edge[2] for edge in edges])

    kept = one_to_one(one, other, worth)

    assert len(set(one[kept])) == kept.sum() == len(set(other[kept]))
    table = np.zeros((5, 5))
    table[one, other] = worth
    best = max(sum(table[row, column] for row, column in enumerate(order)) for order in permutations(range(5)))
    assert worth[kept].sum() == pytest.approx(best)


def test_odds_are_set_against_those_of_rivals_as_the_paper_says() -> None:
    rows = table("Pair")
    names = [row[0].split("–") for row in rows]
    one = np.array([{"A": 0, "B": 1}[left] for left, _ in names])
    other = np.array([int(right) for _, right in names])

    chance = against_rivals(one, other, np.log([float(row[1]) for row in rows]))

    assert [f"{value:.3f}" for value in chance] == [row[3] for row in rows]


def test_a_code_is_given_in_the_order_in_which_values_come() -> None:
    texts = pl.Series([f"nilai-{n % 997}" for n in range(5_000)] + [None])

    assert codes(texts).tolist() == [n % 997 for n in range(5_000)] + [-1]
