"""From the registry to rankings: candidates, gates with reasons, intervals for what is missing, runs in force."""

from __future__ import annotations

import math

import pytest
from django.db import connection
from tests.factories import MORNING, Member
from tests.selection.factories import make_commodity, make_community, make_school
from tests.selection.world import BARE, ONE, TODAY, TWO, enterprises, ranked

from lontar.access import scope
from lontar.access.policies import Refused
from lontar.cli.choose.rank import of_worker
from lontar.registry.models import Product
from lontar.selection import actions, queries
from lontar.selection.models import Candidate, CandidateRun, Ranking, SetVersion
from lontar.selection.queries.sheet import unit_sheet
from lontar.selection.rules.gates import GATES as GATE_RULES
from lontar.selection.rules.measures import MEASURES
from lontar.selection.rules.shipped import SETS
from lontar.selection.states import TRANSITIONS, Passed, RunState
from lontar.selection.steps.run import QUIET, carry


def values(unit: str, label: str, *, set_key: str = "wilayah") -> dict[str, tuple[float, float]]:
    sheet = unit_sheet(unit, set_key=set_key)
    assert sheet is not None
    row = next(one for one in sheet.rows if one.standing.label == label)
    return {used.measure.key: (row.low[at], row.high[at]) for at, used in enumerate(sheet.criteria)}


def test_a_village_has_the_commodities_that_it_grows_makes_or_trades(province: None) -> None:
    ranked()

    one, two = queries.standing(f"village:{ONE}"), queries.standing(f"village:{TWO}")

    assert one is not None
    assert two is not None
    assert {c.label for c in one.candidates} == {"Kopi", "Tenun"}
    assert {c.label for c in two.candidates} == {"Kopi", "Ikan"}
    assert one.first is not None
    assert one.first.label == "Kopi"


def test_gates_close_with_a_reason_and_an_unknown_one_stays_open(province: None) -> None:
    ranked()

    two = queries.standing(f"village:{TWO}")

    assert two is not None
    fish = next(c for c in two.candidates if c.label == "Ikan")
    coffee = next(c for c in two.candidates if c.label == "Kopi")
    assert [gate.passed for gate in fish.gates] == [Passed.YES, Passed.NO, Passed.YES]
    assert (
        fish.gates[1].reason == "Bahan baku hanya tersedia 3 bulan setahun dan tidak dapat disimpan (syarat: 8 bulan)."
    )
    assert coffee.gates[2].reason == "Baru 1 pelaku usaha tercatat (syarat: 3)."
    assert (fish.rank, coffee.rank, two.first) == (None, None, None)


def test_a_village_without_data_appears_with_what_is_missing(province: None) -> None:
    ranked()

    bare = queries.standing(f"village:{BARE}")

    assert bare is not None
    assert bare.candidates == ()
    assert bare.missing == ("Potensi desa belum dicatat.", "Pelaku usaha belum dicatat.")


def test_schools_and_communities_are_ranked_by_their_own_products(province: None) -> None:
    school, community = make_school(), make_community()
    make_school("50309002")
    Product.objects.create(
        village_id=ONE, school=school, commodity=make_commodity("kopi"), name="Kopi sekolah", category="drink",
        stage="packaged", recorded_at=MORNING,
    )  # fmt: skip
    Product.objects.create(
        village_id=ONE,
        organization=community,
        name="Sabun contoh",
        category="other",
        stage="processed",
        recorded_at=MORNING,
    )
    ranked()

    of_school = queries.standing(f"school:{school.pk}")
    of_community = queries.standing(f"community:{community.pk}")

    assert of_school is not None
    assert of_community is not None
    assert [(c.label, c.commodity_code) for c in of_school.candidates] == [("Kopi", "kopi")]
    assert [(c.label, c.commodity_id, c.product_id) for c in of_community.candidates] == [
        ("Sabun contoh", None, Product.objects.get(name="Sabun contoh").pk)
    ]
    bare = Ranking.objects.get(kind="school", candidates=0)
    assert bare.missing == ["products"]


def test_measures_are_what_their_formulas_say(province: None) -> None:
    ranked()

    coffee = values(f"village:{ONE}", "Kopi")

    assert coffee["producers"] == (6, 6)
    # (6 + 10·7/16) / (10 + 10) over the province's 7/16
    assert coffee["lq"][0] == pytest.approx((6 + 10 * 7 / 16) / 20 / (7 / 16), rel=1e-5)
    assert coffee["months"] == (8, 8)
    assert coffee["production"] == (100, 100)
    assert coffee["women"] == (100, 100)
    assert coffee["youth"] == (100, 100)
    assert coffee["permit_days"] == (121, 121)  # NIB 1, izin edar 90, halal 30
    assert coffee["turnover"][0] == pytest.approx(100 * 6 / 16, rel=1e-5)
    assert math.isnan(coffee["value_added"][0])
    assert coffee["reach"] == (1, 2)  # one product recorded of six enterprises: nothing opened, perhaps a step more
    assert coffee["buyers"] == pytest.approx((0, 73.017), abs=0.01)  # none of one, after Wilson


def test_what_is_missing_is_the_whole_scale_and_never_nought(province: None) -> None:
    ranked()

    sheet = unit_sheet(f"village:{ONE}", set_key="wilayah")

    assert sheet is not None
    at = [one.measure.key for one in sheet.criteria].index("value_added")
    first = sheet.rows[0]
    assert (first.worth_low[at], first.worth_high[at]) == (0, 1)
    assert first.standing.score_low is not None
    assert first.standing.score_high is not None
    assert first.standing.score_high - first.standing.score_low >= sheet.criteria[at].weight - 1e-6


def test_an_enterprise_of_which_only_the_kbli_is_known_widens_the_count(province: None) -> None:
    make_commodity("kakao", kbli="10731", sector="perkebunan")
    make_commodity("cokelat", kbli="10731", sector="pangan olahan")
    enterprises(ONE, "kopi", 1, commodity=None, kbli="10731", kbli_version=2020)
    enterprises(ONE, "kakao", 3)
    ranked()

    assert values(f"village:{ONE}", "Kakao")["producers"] == (3, 4)


def test_score_is_the_weighted_sum_of_the_middles_and_contributions_add_up_to_the_lead(province: None) -> None:
    ranked()

    sheet = unit_sheet(f"village:{ONE}", set_key="wilayah")

    assert sheet is not None
    assert sheet.why is not None
    first, second = sheet.why.first, sheet.why.second
    by_hand = sum(used.weight * worth for used, worth in zip(sheet.criteria, first.worth, strict=True))
    assert first.standing.score == pytest.approx(by_hand, abs=1e-5)
    assert sheet.why.lead == pytest.approx((first.standing.score or 0) - (second.standing.score or 0), abs=1e-5)
    assert sum(one.adds for one in sheet.why.reasons) == pytest.approx(sheet.why.lead)


def test_the_same_seed_gives_the_same_ranking(province: None) -> None:
    first = ranked()
    kept = list(
        Candidate.objects.filter(ranking__run=first).order_by("village_id", "place").values_list("label", "first_share")
    )

    again = ranked()

    assert kept == list(
        Candidate.objects.filter(ranking__run=again).order_by("village_id", "place").values_list("label", "first_share")
    )
    assert (CandidateRun.objects.filter(is_current=True).get().pk, Ranking.objects.current().count()) == (again.pk, 3)


def test_a_run_keeps_version_weights_day_and_counts(province: None) -> None:
    run = ranked("kpju-saringan")

    assert (run.state, run.day, run.draws, run.weights, run.units, run.candidates) == (
        "done",
        TODAY,
        200,
        [0.25] * 4,
        3,
        4,
    )
    assert run.finished_at == MORNING


def test_a_run_whose_worker_died_is_taken_up_again_and_a_living_one_is_not(province: None) -> None:
    actions.ship_sets(by=None, at=MORNING)
    version = SetVersion.objects.get(criteria_set__key="wilayah")
    asked = actions.request_ranking(version=version, post=None, by=None, at=MORNING, day=TODAY, draws=50)
    CandidateRun.objects.filter(pk=asked.pk).update(state=RunState.RUNNING, moved_at=MORNING)

    assert carry(asked.pk, clock=lambda: MORNING + QUIET / 2) is None
    assert carry(asked.pk, clock=lambda: MORNING + QUIET * 2) is not None


def test_one_set_is_ranked_once_at_a_time(province: None) -> None:
    actions.ship_sets(by=None, at=MORNING)
    version = SetVersion.objects.get(criteria_set__key="wilayah")
    actions.request_ranking(version=version, post=None, by=None, at=MORNING, day=TODAY)

    with pytest.raises(actions.AlreadyRanking):
        actions.request_ranking(version=version, post=None, by=None, at=MORNING, day=TODAY)

    assert CandidateRun.objects.count() == 1


def test_only_the_province_asks_for_a_ranking(province: None, regency_officer: Member) -> None:
    actions.ship_sets(by=None, at=MORNING)
    version = SetVersion.objects.get(criteria_set__key="wilayah")

    with pytest.raises(Refused):
        actions.request_ranking(
            version=version, post=regency_officer.held, by=regency_officer.user, at=MORNING, day=TODAY
        )

    assert CandidateRun.objects.count() == 0


def test_rankings_stay_behind_the_wall(province: None) -> None:
    ranked()
    scope.enter("53.12")

    assert set(Ranking.objects.values_list("village_id", flat=True)) == {BARE}
    assert Candidate.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM selection_publicstanding")
        assert cursor.fetchone() == (2,)


def test_every_shipped_criterion_and_gate_is_declared() -> None:
    assert {measure for one in SETS for measure, _goal in one.criteria} <= set(MEASURES)
    assert {rule for one in SETS for rule, _limit, _source in one.gates} <= set(GATE_RULES)
    assert [len(one.criteria) for one in SETS] == [17, 11, 4, 6]
    assert len({goal for _measure, goal in SETS[1].criteria}) == 3


def test_every_state_of_a_run_leads_somewhere_known_and_ends_are_ends() -> None:
    assert set(TRANSITIONS) == set(RunState)
    assert {state for state, ends in TRANSITIONS.items() if not ends} == {RunState.DONE, RunState.FAILED}


def test_the_command_takes_what_a_worker_has_ranked_meanwhile(province: None) -> None:
    actions.ship_sets(by=None, at=MORNING)
    version = SetVersion.objects.get(criteria_set__key="wilayah")
    asked = actions.request_ranking(version=version, post=None, by=None, at=MORNING, day=TODAY, draws=50)
    carry(asked.pk, clock=lambda: MORNING)  # the worker was quicker

    assert of_worker(asked).state == RunState.DONE
    assert asked.units > 0
