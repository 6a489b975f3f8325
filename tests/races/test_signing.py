"""Two sign at once, and one signs while another returns a field; the twins show what lock and index are for."""

from __future__ import annotations

from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from tests.factories import MORNING, Member, make_enterprise, make_member
from tests.races.test_holdings import together
from tests.verification.keeping import check_kept

from lontar.access.scope import acting_in
from lontar.registry.models import Enterprise
from lontar.verification import actions
from lontar.verification.actions import returning, signing
from lontar.verification.models import FieldReturn, SignOff
from lontar.verification.queries.choosing import Choice

pytestmark = pytest.mark.usefixtures("committed_db")
REASON = "Nama usaha tidak sama dengan papan namanya."


@pytest.fixture
def officers(committed_db: None) -> tuple[Member, Member]:
    """Dinas Koperasi and the regency of Ngada, really stored."""
    return make_member("agency_officer"), make_member("regency_officer")


def enterprise() -> Enterprise:
    with acting_in("53"):
        return make_enterprise()


def sign(member: Member, one: Enterprise) -> object:
    with acting_in("53.09"):
        return actions.sign_enterprises(choice=Choice(ids=[one.pk]), by=member.user, post=member.held, at=MORNING)


def give_back(member: Member, one: Enterprise) -> object:
    with acting_in("53.09"):
        return actions.return_enterprise_field(
            choice=Choice(ids=[one.pk]), field="name", reason=REASON, by=member.user, post=member.held, at=MORNING
        )


def signed(one: Enterprise) -> int:
    with acting_in("53"):
        return SignOff.objects.standing().filter(enterprise_id=one.pk).count()


def test_of_two_who_sign_at_once_each_section_is_signed_once(officers: tuple[Member, Member]) -> None:
    agency, _regency = officers
    one = enterprise()
    assert together(*[lambda: sign(agency, one)] * 3) == ["Done"] * 3
    assert signed(one) == 3
    with acting_in("53"):
        check_kept()


def test_without_the_index_a_section_is_signed_twice(
    officers: tuple[Member, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    agency, _regency = officers
    one = enterprise()
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP INDEX signoff_one_per_enterprise")
    meet = Barrier(2)

    monkeypatch.setattr(signing, "lock_enterprises", list)
    original = signing.open_act

    def both_open(*args: Any, **kwargs: Any) -> None:
        original(*args, **kwargs)
        meet.wait(timeout=10)

    monkeypatch.setattr(signing, "open_act", both_open)
    # The statement takes its snapshot and lingers: the other's has begun before this one's rows are there.
    lingering = signing._SIGN.replace("{left_out}", "AND pg_sleep(0.5) IS NOT NULL {left_out}")
    monkeypatch.setattr(signing, "_SIGN", lingering)
    together(*[lambda: sign(agency, one)] * 2)
    assert signed(one) > 3


def test_who_signs_while_another_returns_a_field_leaves_one_truth(officers: tuple[Member, Member]) -> None:
    agency, regency = officers
    for _ in range(5):
        one = enterprise()
        assert together(lambda: sign(agency, one), lambda: give_back(regency, one)) == ["Done", "Done"]  # noqa: B023 - run at once
        with acting_in("53"):
            assert Enterprise.objects.get(pk=one.pk).verified_at is None
            assert FieldReturn.objects.live().filter(enterprise_id=one.pk).count() == 1
            check_kept()


def test_without_the_lock_an_enterprise_is_verified_over_a_returned_field(
    officers: tuple[Member, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: both read before either writes, so neither sees the other."""
    agency, regency = officers
    one, meet = enterprise(), Barrier(2)
    original = signing.open_act

    def both_open(*args: Any, **kwargs: Any) -> None:
        original(*args, **kwargs)
        meet.wait(timeout=10)

    for module in (signing, returning):
        monkeypatch.setattr(module, "lock_enterprises", list)
        monkeypatch.setattr(module, "open_act", both_open)
    # Both statements begin before either transaction ends.
    late = returning.Done

    def held(*args: Any) -> Any:
        meet.wait(timeout=10)
        return late(*args)

    done_by = signing.done_by

    def held_too(event: Any) -> Any:
        found = done_by(event)
        meet.wait(timeout=10)
        return found

    monkeypatch.setattr(returning, "Done", held)
    monkeypatch.setattr(signing, "done_by", held_too)
    assert together(lambda: sign(agency, one), lambda: give_back(regency, one)) == ["Done", "Done"]
    with acting_in("53"):
        assert Enterprise.objects.get(pk=one.pk).verified_at is not None, "nobody saw the returned field"
