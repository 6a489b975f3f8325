"""The reveal log: a reason, a place, append-only, and only within one's own region."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from tests.factories import MORNING, Member, make_reveal

from lontar.audit import actions
from lontar.audit.models import Reveal
from lontar.audit.policies import check_read_reveals


def reveal(member: Member, **over: object) -> Reveal:
    values = {
        "kind": "nik",
        "subject": "registry.person",
        "subject_id": 7,
        "region_code": "53.09.01.2001",
        "reason": "Mencocokkan KTP pada berkas PIRT",
    }
    return actions.record_reveal(by=member.user, post=member.held, at=MORNING, **(values | over))


def test_a_reveal_is_logged_with_who_where_and_why(agency_officer: Member) -> None:
    agency_officer.enter()
    made = Reveal.objects.get(pk=reveal(agency_officer, reason="  Mencocokkan   KTP \n pada berkas ").pk)
    assert (made.user, made.post, made.kind, made.subject, made.subject_id) == (
        agency_officer.user, agency_officer.post, "nik", "registry.person", 7,
    )  # fmt: skip
    assert (made.reason, made.at, made.region_code) == ("Mencocokkan KTP pada berkas", MORNING, "53.09.01.2001")


@pytest.mark.parametrize("reason", ["", "perlu", "a b c d e", "         x        "])
def test_a_reason_of_less_than_ten_letters_is_refused(agency_officer: Member, reason: str) -> None:
    agency_officer.enter()
    with pytest.raises(actions.ReasonTooShort, match="paling sedikit 10 huruf"):
        reveal(agency_officer, reason=reason)
    assert Reveal.objects.count() == 0


def test_a_reveal_outside_the_region_of_the_post_is_refused_by_the_database(agency_officer: Member) -> None:
    agency_officer.enter()
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        reveal(agency_officer, region_code="53.10.01.2001")


def test_each_region_reads_its_own_reveals(agency_officer: Member, province_admin: Member) -> None:
    province_admin.enter()
    for code in ("53.09.01.2001", "53.10.01.2001"):
        make_reveal(province_admin, region_code=code)
    assert Reveal.objects.count() == 2
    agency_officer.enter()
    assert list(Reveal.objects.values_list("region_code", flat=True)) == ["53.09.01.2001"]


@pytest.mark.parametrize("statement", ["UPDATE audit_reveal SET reason = 'lain'", "DELETE FROM audit_reveal"])
def test_the_application_may_neither_change_nor_delete_a_reveal(province_admin: Member, statement: str) -> None:
    province_admin.enter()
    make_reveal(province_admin)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Reveal.objects.get().reason == "Mencocokkan berkas contoh"


@pytest.mark.parametrize("statement", ["UPDATE audit_reveal SET reason = 'lain'", "DELETE FROM audit_reveal"])
def test_not_even_the_owner_of_the_tables_changes_a_reveal(committed_reveal: None, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), connections["owner"].cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def committed_reveal(committed_db: None) -> None:
    from tests.factories import make_member

    member = make_member("province_admin")
    member.enter()
    make_reveal(member)


def test_only_a_province_administrator_reads_the_log(cast: dict[str, Member]) -> None:
    assert [name for name, member in cast.items() if check_read_reveals.can(member.post)] == ["province_admin"]
