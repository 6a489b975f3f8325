"""Picking under limits: the optimum against trying everything, why nothing fits, and refusals in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from lontar.engines.allocation import Infeasible, Limit, Offer, Picked, Plan, PlanInvalid, pick

VILLAGES = [
    Offer("A1", 9.0, {"kabupaten": "A", "pilar": "OVOP"}, {"biaya": 100}),
    Offer("A2", 8.0, {"kabupaten": "A", "pilar": "OSOP"}, {"biaya": 300}),
    Offer("A3", 7.0, {"kabupaten": "A", "pilar": "OVOP"}, {"biaya": 100}),
    Offer("B1", 5.0, {"kabupaten": "B", "pilar": "OVOP"}, {"biaya": 200}),
    Offer("B2", 4.0, {"kabupaten": "B", "pilar": "OCOP"}, {"biaya": 50}),
]
ONE_EACH = Limit("Paling banyak dua per kabupaten", mark="kabupaten", value="*", most=2)
CHURCH = Limit("Paling sedikit satu OCOP", mark="pilar", value="OCOP", least=1)
PURSE = Limit("Anggaran", amount="biaya", most=400)


def tried(offers: Sequence[Offer], plan: Plan) -> float | None:
    """The best worth by trying every choice; None when none meets every limit."""
    best = None
    for chosen in combinations(offers, plan.count):
        keys = {one.key for one in chosen}
        if not plan.must <= keys or plan.must_not & keys:
            continue
        if all(holds(chosen, offers, limit) for limit in plan.limits):
            worth = sum(one.worth for one in chosen)
            best = worth if best is None else max(best, worth)
    return best


def holds(chosen: Sequence[Offer], offers: Sequence[Offer], limit: Limit) -> bool:
    groups = (
        {one.marks[limit.mark] for one in offers if limit.mark in one.marks} if limit.value == "*" else {limit.value}
    )
    for group in groups:
        inside = [one for one in chosen if not limit.mark or one.marks.get(limit.mark) == group]
        total = sum(one.amounts[limit.amount] for one in inside) if limit.amount else len(inside)
        if not (limit.least or 0) - 1e-9 <= total <= (1e9 if limit.most is None else limit.most) + 1e-9:
            return False
    return True


def test_the_best_three_under_the_limits_are_proven_best() -> None:
    """Without limits A1, A2, A3; two per kabupaten, one OCOP and 400 of money leave A1, A3, B2."""
    found = pick(VILLAGES, Plan(3, (ONE_EACH, CHURCH, PURSE)))

    assert isinstance(found, Picked)
    assert (found.keys, found.worth, found.is_proven, found.gap) == (("A1", "A3", "B2"), 20.0, True, 0.0)
    assert found.bound == pytest.approx(20.0)


def test_musts_and_must_nots_are_kept() -> None:
    found = pick(VILLAGES, Plan(2, must=frozenset({"B2"}), must_not=frozenset({"A1"})))

    assert isinstance(found, Picked)
    assert found.keys == ("A2", "B2")


def test_the_same_question_has_the_same_answer_also_among_equals() -> None:
    same = [Offer(key, 1.0) for key in "CABDE"]

    assert len({str(pick(same, Plan(2))) for _ in range(3)}) == 1


def test_where_no_choice_fits_the_clashing_limits_and_the_cheapest_way_out_are_told() -> None:
    """Two OSOP there are not; with one of them and two of kabupaten A at most, 500 of money buy A1, A2 and B2."""
    schools = Limit("Paling sedikit dua OSOP", mark="pilar", value="OSOP", least=2)

    found = pick(VILLAGES, Plan(3, (Limit("Anggaran", amount="biaya", most=500), schools, ONE_EACH)))

    assert isinstance(found, Infeasible)
    assert found.clashing == ("Paling sedikit dua OSOP",)
    assert dict(found.broken) == {"Paling sedikit dua OSOP": 1.0}
    assert found.relaxed is not None
    assert found.relaxed.keys == ("A1", "A2", "B2")


def test_what_costs_more_to_break_is_broken_less() -> None:
    dear = Limit("Anggaran", amount="biaya", most=100, price=10.0)
    cheap = Limit("Paling sedikit satu OCOP", mark="pilar", value="OCOP", least=2, price=0.5)

    found = pick(VILLAGES, Plan(1, (dear, cheap)))

    assert isinstance(found, Infeasible)
    assert dict(found.broken) == {"Paling sedikit satu OCOP": 1.0}


def test_more_than_there_are_cannot_be_picked_and_nothing_can_be_relaxed() -> None:
    found = pick(VILLAGES, Plan(6))

    assert isinstance(found, Infeasible)
    assert (found.clashing, found.relaxed) == (("Jumlah yang dipilih: 6",), None)


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Offer], Plan]:
    count = draw(st.integers(3, 8))
    offers = [
        Offer(
            f"D{number}",
            float(draw(st.integers(0, 20))),
            {"kabupaten": draw(st.sampled_from("AB")), "pilar": draw(st.sampled_from(["OVOP", "OCOP"]))},
            {"biaya": float(draw(st.integers(1, 9)))},
        )
        for number in range(count)
    ]
    limits = [
        Limit("per kabupaten", mark="kabupaten", value="*", most=draw(st.integers(0, 3))),
        Limit("OCOP", mark="pilar", value="OCOP", least=draw(st.integers(0, 3))),
        Limit("anggaran", amount="biaya", most=draw(st.integers(3, 30))),
    ]
    return offers, Plan(draw(st.integers(1, 3)), tuple(draw(st.sets(st.sampled_from(limits)))))


@how(max_examples=60)
@given(plans())
def test_the_answer_is_what_trying_everything_gives(asked: tuple[list[Offer], Plan]) -> None:
    offers, plan = asked
    best, found = tried(offers, plan), pick(offers, plan)

    if best is None:
        assert isinstance(found, Infeasible)
        assert found.clashing
        named = tuple(one for one in plan.limits if any(name.startswith(one.name) for name in found.clashing))
        assert tried(offers, Plan(plan.count, named)) is None, "what is named cannot hold together"
    else:
        assert isinstance(found, Picked)
        assert found.worth == pytest.approx(best)
        assert found.is_proven


@pytest.mark.parametrize(
    ("offers", "plan", "said"),
    [
        (VILLAGES + VILLAGES[:1], Plan(1), "A1 ada lebih dari sekali"),
        (VILLAGES, Plan(0), "paling sedikit 1"),
        (VILLAGES, Plan(1, must=frozenset({"X9"})), "X9 tidak ada di antara pilihan"),
        (VILLAGES, Plan(1, must=frozenset({"A1"}), must_not=frozenset({"A1"})), "sekaligus wajib dan dikecualikan"),
        (VILLAGES, Plan(1, (Limit("Aneh", mark="pilar", value="OVOP", least=3, most=1),)), "melebihi paling banyak"),
        (VILLAGES, Plan(1, (Limit("Kosong", mark="pilar", value="OVOP"),)), "isi batas"),
        (VILLAGES, Plan(1, (Limit("Waktu", amount="hari", most=1),)), "A1 tidak punya nilai hari"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused_with_its_place(offers: list[Offer], plan: Plan, said: str) -> None:
    with pytest.raises(PlanInvalid) as refused:
        pick(offers, plan)

    assert said in str(refused.value)
