"""The second wall really stands: PostgreSQL itself hides and refuses rows outside the scope of a connection."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from tests.factories import Member, make_enterprise, make_person, make_region

from lontar.access import scope
from lontar.registry.models import Enterprise, Person

NGADA, MANGGARAI = "53.09.01.2001", "53.10.01.2001"


def one(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.fixture
def both_regencies(province_admin: Member) -> None:
    province_admin.enter()
    for village in (NGADA, MANGGARAI):
        make_enterprise(village, owner=make_person(village))
    scope.enter("")


def test_the_application_is_a_plain_role_that_the_wall_binds(db: None) -> None:
    assert one("SELECT current_user") == "lontar_app"
    assert one("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") is False
    assert one("SELECT count(*) FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity") == 0
    assert (
        one("SELECT pg_get_userbyid(relowner) = current_user FROM pg_class WHERE relname = 'registry_enterprise'")
        is False
    )


def test_without_a_scope_there_are_no_rows(both_regencies: None) -> None:
    assert (Enterprise.objects.count(), Person.objects.count()) == (0, 0)
    assert one("SELECT count(*) FROM registry_enterpriseevent") == 0


def test_a_regency_sees_its_own_rows_only(
    both_regencies: None, regency_officer: Member, province_admin: Member
) -> None:
    regency_officer.enter()
    assert list(Enterprise.objects.values_list("village_id", flat=True)) == [NGADA]
    assert list(Person.objects.values_list("village_id", flat=True)) == [NGADA]
    province_admin.enter()
    assert Enterprise.objects.count() == 2


def test_a_scope_covers_codes_beneath_it_and_not_those_that_merely_begin_alike(province_admin: Member) -> None:
    province_admin.enter()
    make_region("53.09", name="Ngada")
    make_enterprise(NGADA)
    for code, seen in (("53.09.01", 1), (NGADA, 1), ("53.0", 0), ("53.09.01.200", 0), ("53.09.02", 0)):
        scope.enter(code)
        assert Enterprise.objects.count() == seen, code


def test_a_row_outside_the_scope_is_refused_by_the_database(both_regencies: None, regency_officer: Member) -> None:
    regency_officer.enter()
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        make_enterprise(MANGGARAI)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Enterprise.objects.update(village_id=MANGGARAI)
    assert Enterprise.objects.filter(village_id=MANGGARAI).update(name="Diambil") == 0
    scope.enter("53")
    assert sorted(Enterprise.objects.values_list("village_id", "name")) == [
        (NGADA, "Usaha Contoh Uji"),
        (MANGGARAI, "Usaha Contoh Uji"),
    ]


def test_the_role_cannot_be_shed(db: None) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        one("SELECT count(*) FROM pg_authid")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert one("SELECT current_user") == "lontar_app"


def test_acting_elsewhere_for_a_block_comes_back_to_the_scope_of_before(both_regencies: None) -> None:
    scope.enter("53.09")
    with scope.acting_in("53.10"):
        assert list(Enterprise.objects.values_list("village_id", flat=True)) == [MANGGARAI]
    assert list(Enterprise.objects.values_list("village_id", flat=True)) == [NGADA]


def test_a_request_of_a_visitor_leaves_no_scope_of_the_request_before(village_officer: Member) -> None:
    village_officer.client().get("/kantor/akun/sesi/")
    assert one("SELECT current_setting('lontar.scope_low', true)") == village_officer.held.region_code
    Client().get("/kantor/masuk/")
    assert one("SELECT current_setting('lontar.scope_low', true)") == ""


def test_a_visitor_needs_no_query_for_the_wall_and_never_inherits_a_scope(
    committed_db: None, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):
        scope.enter("")
    scope.enter("53.09")
    with django_assert_num_queries(0):
        scope.enter("53.09")
    with django_assert_num_queries(1):
        scope.enter("")
    assert one("SELECT current_setting('lontar.scope_low', true)") == ""


def test_a_scope_taken_back_by_a_rollback_is_not_taken_for_granted(committed_db: None) -> None:
    scope.enter("53.09")
    with transaction.atomic():
        scope.enter("53.10")
        transaction.set_rollback(True)
    assert one("SELECT current_setting('lontar.scope_low', true)") == "53.09"
    scope.enter("53.10")
    assert one("SELECT current_setting('lontar.scope_low', true)") == "53.10"


def test_a_new_connection_begins_closed(committed_db: None) -> None:
    scope.enter("53")
    connection.close()
    assert one("SELECT current_setting('lontar.scope_low', true)") in {None, ""}
    scope.enter("53")
    assert one("SELECT current_setting('lontar.scope_low', true)") == "53"
