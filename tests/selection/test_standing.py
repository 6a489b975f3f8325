"""What the apps above read: a unit's candidates in order with gates and certainty, and the best units of a region."""

from __future__ import annotations

import math

import pytest
from tests.selection.factories import (
    VILLAGE,
    make_candidate,
    make_commodity,
    make_criterion,
    make_gate,
    make_ranking,
    make_run,
    make_set,
    make_trait,
    make_version,
)

from lontar.access import scope
from lontar.selection import queries
from lontar.selection.models import CandidateRun, SetVersion
from lontar.selection.states import Passed

NEIGHBOUR = "53.09.01.2002"
ELSEWHERE = "53.12.04.2003"


@pytest.fixture
def version(db: None) -> SetVersion:
    scope.enter("53")
    made = make_version(make_set("wilayah"))
    make_criterion(made, "producers", position=0, weight="0.5")
    make_criterion(made, "months", position=1, weight="0.5")
    make_gate(made, "producers")
    return made


@pytest.fixture
def run(version: SetVersion) -> CandidateRun:
    return make_run(version)


def rank(run: CandidateRun, village: str, *, score: float, share: float = 1.0) -> None:
    coffee = make_commodity()
    row = make_ranking(
        run,
        village,
        candidates=2,
        ranked=1,
        first_label="Kopi",
        first_commodity=coffee,
        first_score=score,
        first_share=share,
    )
    make_candidate(
        row, "Kopi", commodity=coffee, score=score, score_low=score - 0.1, score_high=score + 0.1, first_share=share,
        three_share=1.0, low=[7.0, math.nan], high=[7.0, math.nan], passed=[1], figures=[7.0],
    )  # fmt: skip
    make_candidate(row, "Madu", place=2, rank=None, score=None, passed=[0], figures=[1.0], low=[1, 9], high=[1, 9])


def test_the_candidates_of_a_unit_stand_in_order_with_gates_and_what_is_missing(run: CandidateRun) -> None:
    rank(run, VILLAGE, score=0.7, share=0.85)

    found = queries.standing(f"village:{VILLAGE}")

    assert found is not None
    first, closed = found.candidates
    assert (found.set_key, found.set_version, found.unit.village_code) == ("wilayah", 1, VILLAGE)
    assert found.first == first
    assert (first.label, first.commodity_code, first.rank, first.score, first.first_share) == (
        "Kopi",
        "kopi",
        1.0,
        0.7,
        0.85,
    )
    assert len(first.missing) == 1
    assert first.is_open
    assert (closed.rank, closed.is_open, closed.gates[0].passed) == (None, False, Passed.NO)
    assert closed.gates[0].reason == "Baru 1 pelaku usaha tercatat (syarat: 3)."


def test_a_unit_that_was_not_ranked_has_no_standing(run: CandidateRun) -> None:
    assert queries.standing(f"village:{VILLAGE}") is None
    assert queries.standings([f"village:{VILLAGE}"]) == {}


def test_the_standing_is_of_the_run_in_force_not_of_an_older_one(version: SetVersion) -> None:
    old = make_run(version, is_current=False)
    rank(old, VILLAGE, score=0.2)
    new = make_run(version)
    rank(new, VILLAGE, score=0.9)

    found = queries.standing(f"village:{VILLAGE}")

    assert found is not None
    assert (found.run_id, found.candidates[0].score) == (new.pk, 0.9)


def test_a_unit_outside_of_the_scope_is_not_seen(run: CandidateRun) -> None:
    rank(run, VILLAGE, score=0.7)
    scope.enter("53.12")

    assert queries.standing(f"village:{VILLAGE}") is None
    assert queries.best("53") == []


def test_the_best_of_a_region_come_first_and_other_regions_stay_out(run: CandidateRun) -> None:
    rank(run, VILLAGE, score=0.6)
    rank(run, NEIGHBOUR, score=0.8, share=0.4)
    rank(run, ELSEWHERE, score=0.9)

    assert [one.unit.village_code for one in queries.best("53.09")] == [NEIGHBOUR, VILLAGE]
    assert [one.unit.village_code for one in queries.best("53", limit=1)] == [ELSEWHERE]
    assert [one.unit.village_code for one in queries.best("53.09", least_share=0.5)] == [VILLAGE]


def test_anyone_reads_who_stands_in_a_village_but_no_figures(run: CandidateRun) -> None:
    rank(run, VILLAGE, score=0.7, share=0.85)
    scope.enter("")

    found = queries.public_candidates(VILLAGE)

    assert found is not None
    assert [(one.label, one.rank, one.first_share) for one in found.candidates] == [("Kopi", 1.0, 0.85)]
    assert queries.standing(f"village:{VILLAGE}") is None


def test_a_forbidden_commodity_is_told_by_which_rule_the_nearest_first(version: SetVersion) -> None:
    make_gate(version, "lawful", position=1, limit=None)
    run, coffee = make_run(version), make_commodity()
    row = make_ranking(run, VILLAGE, candidates=1, ranked=0)
    make_candidate(row, "Kopi", commodity=coffee, rank=None, score=None, passed=[1, 0], figures=[7.0, math.nan],
                   low=[1, 1], high=[1, 1])  # fmt: skip
    make_trait(coffee.code)
    make_trait(coffee.code, region_code="53.12", reason="Bukan di sini")
    make_trait(coffee.code, kind="storable", reason="Bukan larangan")

    def said() -> str:
        found = queries.standing(f"village:{VILLAGE}")
        assert found is not None
        return found.candidates[0].gates[1].reason

    general = "Komoditas ini tercatat terlarang atau berbahaya untuk program."
    assert said() == f"{general} Contoh larangan (Peraturan Contoh 1/2026)."
    make_trait(coffee.code, region_code=VILLAGE[:5], reason="Larangan kabupaten.", source="Perda Contoh 2")
    assert said() == f"{general} Larangan kabupaten (Perda Contoh 2)."
