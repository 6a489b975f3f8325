"""Two workers take one run, two officers weigh one set, two end one trait: one succeeds and the other reads why.

The twin shows what the claim by update and the constraint are for: without both, two versions of a set are in force.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction
from tests.factories import MORNING, Member, make_member
from tests.races.test_holdings import together
from tests.selection.factories import make_commodity, make_trait
from tests.selection.world import TODAY

from lontar.access.scope import acting_in
from lontar.selection import actions
from lontar.selection.models import CandidateRun, CommodityTrait, SetVersion
from lontar.selection.states import WeightSource
from lontar.selection.steps.run import carry

pytestmark = pytest.mark.usefixtures("committed_db")


def within(act: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        with acting_in("53"):
            return act()

    return run


def shipped() -> SetVersion:
    with acting_in("53"):
        actions.ship_sets(by=None, at=MORNING)
        return SetVersion.objects.get(criteria_set__key="kpju-saringan")


def weigh(version: SetVersion, officer: Member) -> SetVersion:
    weights = dict.fromkeys(("producers", "reach", "production", "turnover"), 1.0)
    return actions.set_weights(
        version=version, weights=weights, weights_from=WeightSource.ENTERED, source="Berita acara contoh",
        post=officer.held, by=officer.user, at=MORNING, day=TODAY,
    )  # fmt: skip


def test_of_two_weighings_of_one_version_one_comes_into_force() -> None:
    version, officer = shipped(), make_member("province_officer")

    told = together(*[within(lambda: weigh(version, officer))] * 2)

    assert sorted(told) == ["SetMoved", "SetVersion"]
    assert list(SetVersion.objects.of("kpju-saringan").values_list("number", "valid_until")) == [(2, None), (1, TODAY)]


def test_of_two_workers_one_carries_the_run() -> None:
    version = shipped()
    with acting_in("53"):
        make_commodity("kopi")
        asked = actions.request_ranking(version=version, post=None, by=None, at=MORNING, day=TODAY, draws=20)

    told = together(*[within(lambda: carry(asked.pk, clock=lambda: MORNING))] * 2)

    assert sorted(told) == ["CandidateRun", "NoneType"]
    asked.refresh_from_db()
    assert (asked.state, asked.attempts, CandidateRun.objects.filter(is_current=True).count()) == ("done", 1, 1)


def test_of_two_requests_one_is_queued() -> None:
    version = shipped()

    def ask() -> CandidateRun:
        return actions.request_ranking(version=version, post=None, by=None, at=MORNING, day=TODAY, draws=20)

    assert sorted(together(within(ask), within(ask))) == ["AlreadyRanking", "CandidateRun"]
    assert CandidateRun.objects.count() == 1


def test_a_trait_ended_twice_at_once_is_ended_once() -> None:
    officer = make_member("province_officer")
    with acting_in("53"):
        trait = make_trait()

    def end() -> None:
        actions.end_trait(trait=trait, day=TODAY, post=officer.held, by=officer.user, at=MORNING)

    assert sorted(together(within(end), within(end))) == ["NoneType", "TraitMoved"]
    assert CommodityTrait.objects.get(pk=trait.pk).valid_until == TODAY


def test_without_claim_and_constraint_two_versions_are_in_force() -> None:
    """The twin: both look whether the version is open, meet, and only then write, against a table without the constraints."""
    version = shipped()
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP INDEX selection_one_open_version")
        cursor.execute("ALTER TABLE selection_setversion DROP CONSTRAINT selection_version_once")
    seen = Barrier(2)

    def careless() -> str:
        with transaction.atomic():
            found = SetVersion.objects.get(pk=version.pk, valid_until__isnull=True)
            seen.wait(timeout=20)
            SetVersion.objects.filter(pk=found.pk).update(valid_until=TODAY)
            SetVersion.objects.create(
                criteria_set_id=found.criteria_set_id, number=2, valid_from=TODAY, source="Ceroboh", made_at=MORNING
            )
        return "written"

    assert together(within(careless), within(careless)) == ["str", "str"]
    assert SetVersion.objects.filter(criteria_set_id=version.criteria_set_id, valid_until__isnull=True).count() == 2
