"""Kept statements: planned once per connection, with Django's errors; a kept connection that died is replaced."""

from __future__ import annotations

import pytest
from django.db import DataError, connection, connections, transaction
from django.db.transaction import TransactionManagementError
from tests.factories import Member

from lontar.access import scope
from lontar.access.statements import kept_statements
from lontar.access.trail import recorded

_MARKED = "SELECT %s::int + 20261122"


def prepared(words: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s"
            " AND statement NOT LIKE '%%pg_prepared%%'",
            [f"%{words}%"],
        )
        return list(cursor.fetchall())


def now_in_force(setting: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [setting])
        return cursor.fetchone()[0]


def test_a_kept_statement_is_planned_once_and_an_ordinary_one_is_not_kept(db: None) -> None:
    for number in (1, 2, 3):
        with kept_statements() as cursor:
            assert cursor.execute(_MARKED, [number]).fetchone() == (20261122 + number,)
    assert len(prepared("20261122")) == 1

    with connection.cursor() as ordinary:
        ordinary.execute("SELECT %s::int + 20261123", [1])
    assert prepared("20261123") == []


def test_the_statements_of_a_key_and_of_the_trail_are_kept(agency_officer: Member) -> None:
    with recorded("access.test.done", by=agency_officer.user, at=agency_officer.user.date_joined):
        pass
    assert len(prepared("INSERT INTO pghistory_context")) == 1


def test_a_kept_statement_fails_with_djangos_errors_and_is_counted(db: None, django_assert_num_queries: object) -> None:
    with pytest.raises(DataError), transaction.atomic(), kept_statements() as cursor:
        cursor.execute("SELECT 1 / %s::int", [0])
    with django_assert_num_queries(1), kept_statements() as cursor:  # type: ignore[operator]  # a fixture
        cursor.execute(_MARKED, [1])


def test_nothing_is_asked_within_a_transaction_that_broke(db: None) -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError), kept_statements():
            pass


def test_a_kept_statement_outlives_a_rollback(committed_db: None) -> None:
    for number in (1, 2):
        with transaction.atomic():
            with kept_statements() as cursor:
                assert cursor.execute(_MARKED, [number]).fetchone() == (20261122 + number,)
            transaction.set_rollback(True)


def test_one_question_tells_that_a_kept_connection_lives_and_closes_its_scope(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope.enter("53")
    connection.close_if_unusable_or_obsolete()  # as at the beginning of a request
    monkeypatch.setattr(connection, "is_usable", lambda: pytest.fail("asked twice"))
    scope.enter("")
    assert now_in_force("lontar.scope_low") == ""


def test_a_connection_that_died_between_requests_is_replaced_and_begins_closed(committed_db: None) -> None:
    scope.enter("53")
    before = connection.connection.info.backend_pid
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    connection.close_if_unusable_or_obsolete()  # as at the beginning of a request
    scope.enter("")
    assert now_in_force("lontar.scope_low") in {None, ""}
    assert connection.connection.info.backend_pid != before
