"""Readiness over the small world, solving and relaxing, drafting, taking into force, frozen picks, the published sheet."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import pytest
from django.db import DatabaseError, transaction
from pghistory.models import Context
from tests.designation.factories import make_flagship, make_proposal
from tests.factories import Member, make_agency
from tests.priority.factories import (
    DECIDED,
    START,
    World,
    acting,
    first_pick,
    make_plan,
    make_running,
    make_statement,
    make_wanted,
    on_day,
)

from lontar.access.policies import Refused
from lontar.access.states import AgencyKind
from lontar.designation.queries.units import unit_of
from lontar.documents.queries.papers import paper, read_file
from lontar.documents.states import FileKind
from lontar.priority import actions
from lontar.priority.models import Pick, PickPart, Plan, PlanLimit, Step
from lontar.priority.queries.plans import names_for, wanted_of
from lontar.priority.queries.readiness import Ready, readiness, rules_on
from lontar.priority.queries.solving import difference, solve
from lontar.priority.rules.wanted import WantedInvalid, read_wanted, to_plain
from lontar.priority.states import Part, PlanState
from lontar.registry.models import Product


@pytest.fixture
def units(world: World, province_officer: Member) -> list[Ready]:
    """Readiness of the eight villages on the plan's first day."""
    province_officer.enter()
    return readiness("53", START, rules_on(START))


def test_every_village_with_a_product_has_every_part(units: list[Ready]) -> None:
    by_name = {one.product: one for one in units}
    coffee = by_name["Kopi bubuk contoh"]

    assert len(units) == 8
    assert all(set(one.values) == set(Part) for one in units)
    assert (coffee.values[Part.LEGALITY].low, coffee.values[Part.CAPACITY].low) == (1.0, 0.5)
    assert coffee.values[Part.MATERIAL].low == pytest.approx(27 / 90)
    assert (coffee.values[Part.FINANCE].low, coffee.island_name) == (1.0, "Flores")
    fish = by_name["Ikan asin contoh"].values[Part.CAPACITY]
    assert (fish.low, fish.high) == (0.0, 1.0), "no capacity stated: unknown"


def test_a_statement_stands_for_a_part_from_then_on(units: list[Ready], province_officer: Member) -> None:
    make_statement(province_officer)

    found = {one.key: one for one in readiness("53", START, rules_on(START))}["village:53.09.01.2001"]

    assert (found.values[Part.BUYER].low, found.values[Part.BUYER].high) == (0.9, 0.9)


def test_the_picks_are_the_best_that_trying_everything_finds(units: list[Ready]) -> None:
    wanted = make_wanted(categories={"weaving": {"least": 1}}, budget=170_000_000)
    found = solve(wanted, units, names_for(units))
    tried = max(
        sum(one.low for one in chosen)
        for chosen in combinations(units, 3)
        if len({one.regency for one in chosen}) == 3
        and any(one.category == "weaving" for one in chosen)
        and sum(one.cost for one in chosen) <= 170_000_000
    )

    assert found.clash is None
    assert found.is_proven
    assert found.worth == pytest.approx(tried)


def test_what_clashes_is_irreducible_and_its_relaxation_is_feasible(units: list[Ready]) -> None:
    wanted = make_wanted(size=3, categories={"pottery": {"least": 2}})
    found = solve(wanted, units, names_for(units))

    assert found.clash is not None
    assert found.clash.clashing == ("Paling sedikit 2 dari kelompok Gerabah",)
    assert found.clash.relaxed is not None
    assert solve(found.clash.relaxed, units, {}).clash is None
    eased = solve(
        make_wanted(size=5, categories={"pottery": {"least": 1}}, per_regency_most=1), units, names_for(units)
    )
    assert eased.clash is not None
    assert "Jumlah yang dipilih: 5" in eased.clash.clashing
    assert solve(eased.clash.relaxed, units, {}).clash is None  # type: ignore[arg-type]  # there is one


def test_plans_may_ask_for_units_with_a_flagship_in_force(
    units: list[Ready], village_officer: Member, province_officer: Member
) -> None:
    decreed = "village:53.09.01.2001"
    assert solve(make_wanted(flagships_least=1), units, {}).clash is not None, "nothing is decreed yet"
    proposal = make_proposal(village_officer, unit=unit_of(decreed))
    province_officer.enter()
    make_flagship(proposal, name="Tenun Contoh", valid_from=START)

    after = readiness("53", START, rules_on(START))
    before_that_day = readiness("53", START - timedelta(days=1), rules_on(START))

    assert {one.key: one.flagship for one in after if one.flagship} == {decreed: "Tenun Contoh"}
    assert not any(one.flagship for one in before_that_day)
    assert decreed in solve(make_wanted(flagships_least=1), after, {}).keys
    assert solve(make_wanted(size=1, designated_only=True), after, {}).keys == (decreed,)
    clash = solve(make_wanted(size=2, designated_only=True), after, {}).clash
    assert clash is not None
    assert clash.clashing == ("Paling sedikit 2 dengan produk unggulan yang sudah ditetapkan",)


def test_the_limit_on_flagships_is_kept_and_read_back() -> None:
    wanted = make_wanted(flagships_least=2)

    assert read_wanted(to_plain(wanted), today=START) == wanted
    for wrong in ({"flagships_least": 4}, {"designated_only": 1}):
        with pytest.raises(WantedInvalid, match=next(iter(wrong))):
            make_wanted(**wrong)


def test_a_unit_that_is_no_candidate_is_named(units: list[Ready]) -> None:
    with pytest.raises(WantedInvalid) as refused:
        solve(make_wanted(must=["53.09.09.2009"]), units, {})

    assert "must: village:53.09.09.2009 tidak ada di antara calon" in str(refused.value)


def test_who_came_in_and_who_fell_out() -> None:
    found = difference(["a", "b"], ["b", "c"])

    assert (found.came, found.fell, found.stayed) == (("c",), ("a",), ("b",))


def test_a_draft_keeps_what_was_asked_and_each_part_with_its_words(world: World, province_officer: Member) -> None:
    province_officer.enter()
    plan = make_plan(province_officer, budget=300_000_000, must=["53.12.01.2002"])

    assert (plan.state, plan.end_date, plan.is_proven, plan.offers) == (
        PlanState.DRAFT,
        START + timedelta(days=90),
        True,
        8,
    )
    assert wanted_of(plan) == make_wanted(budget=300_000_000, must=["53.12.01.2002"])
    assert plan.picks.count() == 3
    assert PickPart.objects.filter(pick__plan=plan).exclude(words="").count() == 21
    assert Context.objects.latest("created_at").metadata["action"] == "priority.plan.made"


def test_a_draft_that_clashes_is_not_saved(world: World, province_officer: Member) -> None:
    province_officer.enter()
    with pytest.raises(actions.PlanClashes) as refused:
        make_plan(province_officer, categories={"pottery": {"least": 2}})

    assert "Paling sedikit 2 dari kelompok Gerabah" in refused.value.reason
    assert Plan.objects.count() == 0


def test_a_draft_can_be_changed_and_dropped(world: World, province_officer: Member) -> None:
    province_officer.enter()
    plan = make_plan(province_officer)
    actions.change_plan(plan_id=plan.pk, wanted=make_wanted(size=2), **acting(province_officer))
    assert (plan.picks.count(), plan.limits.count()) == (2, 1)

    actions.drop_plan(plan_id=plan.pk, **acting(province_officer))

    with pytest.raises(actions.NoSuchStep):
        actions.take_in_force(plan_id=plan.pk, **acting(province_officer))


def test_a_plan_in_force_is_published_and_its_picks_are_frozen(
    world: World, province_officer: Member, mentor: Member
) -> None:
    province_officer.enter()
    plan = make_running(province_officer)
    held = first_pick(plan)

    assert plan.paper is not None
    found = paper(plan.paper.code)
    assert found is not None
    assert read_file(found, FileKind.PDF)[:5] == b"%PDF-"
    assert "Kopi" in dict(plan.paper.facts)["Pilihan"]
    for touch in (
        lambda: Pick.objects.filter(pk=held.pk).update(product="Lain"),
        lambda: PickPart.objects.filter(pick=held).delete(),
        lambda: PlanLimit.objects.create(plan=plan, kind="budget", value="", most=1),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            touch()
    with pytest.raises(actions.NoSuchStep):
        actions.change_plan(plan_id=plan.pk, wanted=make_wanted(), **acting(province_officer))


def test_one_plan_runs_at_a_time(world: World, province_officer: Member) -> None:
    province_officer.enter()
    make_running(province_officer)
    second = make_plan(province_officer)

    with pytest.raises(actions.AlreadyRunning):
        actions.take_in_force(plan_id=second.pk, **acting(province_officer))

    second.refresh_from_db()
    assert (second.state, second.paper_id) == (PlanState.DRAFT, None)


def test_a_plan_that_began_long_ago_is_not_taken_into_force(world: World, province_officer: Member) -> None:
    province_officer.enter()
    plan = make_plan(province_officer)

    with pytest.raises(actions.StartedLongAgo):
        actions.take_in_force(plan_id=plan.pk, **acting(province_officer, on_day(15)))

    actions.take_in_force(plan_id=plan.pk, **acting(province_officer, on_day(14)))


def test_the_sheet_is_published_anew_and_replaces_the_one_before(world: World, province_officer: Member) -> None:
    province_officer.enter()
    plan = make_running(province_officer)
    first = plan.paper

    again = actions.publish_map(plan_id=plan.pk, **acting(province_officer, on_day(3)))

    assert first is not None
    assert again.paper is not None
    assert again.paper.number != first.number
    told = paper(first.code)
    assert told is not None
    assert not told.is_in_force


@pytest.mark.parametrize("name", ["mentor", "village_officer", "viewer", "lender", "cashier", "province_admin"])
def test_who_does_not_plan_saves_nothing(world: World, cast: dict[str, Member], name: str) -> None:
    cast[name].enter()
    with pytest.raises(Refused):
        make_plan(cast[name])

    assert Plan.objects.count() == 0


def test_a_regency_plans_for_itself_only(world: World, regency_officer: Member) -> None:
    regency_officer.enter()
    with pytest.raises(Refused):
        make_plan(regency_officer)
    own = make_plan(regency_officer, region="53.09", size=2, per_regency_most=2)

    assert {one.village_id[:5] for one in own.picks.all()} == {"53.09"}
    assert own.made_at == DECIDED


def test_a_number_in_a_product_name_is_hidden_once_it_is_picked(world: World, province_officer: Member) -> None:
    province_officer.enter()
    Product.objects.filter(village_id="53.09.01.2001").update(name="Kopi 0812-3456-7890")

    plan = make_plan(province_officer, size=1, must=["53.09.01.2001"])

    assert first_pick(plan).product == "Kopi •••"


def test_what_is_lacking_becomes_an_action_of_the_agency_in_charge(world: World, province_officer: Member) -> None:
    province_officer.enter()
    agency = make_agency("perindag-contoh", kind=AgencyKind.INDUSTRY)

    plan = make_running(province_officer, size=1, must=["53.12.01.2002"])

    step = Step.objects.get(pick__plan=plan, agency=agency, words__startswith="Urus izin")
    assert step.due_date == START + timedelta(days=45)
