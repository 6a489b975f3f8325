"""API tokens: shown once, kept as a digest, found only while usable, opening only their post's rows."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.factories import MORNING, Member

from lontar.access import actions, scope
from lontar.access.models import ApiToken
from lontar.access.policies import Refused, check_use_token
from lontar.access.rules import TokenAlreadyExpired, TokenTooLong, TokenWithoutScope
from lontar.access.states import TokenScope

LATER = MORNING + timedelta(days=30)


def issue(member: Member, **over: object) -> actions.IssuedToken:
    values = {"name": "Aplikasi contoh", "scopes": ["read"], "expires_at": LATER, "by": member.user, "at": MORNING}
    return actions.issue_token(post=member.held, **(values | over))


def scope_now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lontar.scope_low', true)")
        return str(cursor.fetchone()[0])


def test_the_secret_is_shown_once_and_only_its_digest_is_kept(agency_officer: Member) -> None:
    issued = issue(agency_officer)
    kept = ApiToken.objects.get()
    assert kept.digest == hashlib.sha256(issued.secret.encode()).hexdigest()
    assert (kept.prefix, len(issued.secret)) == (issued.secret[:12], 44)
    assert issued.secret not in repr(issued)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_apitokenevent e WHERE e::text LIKE %s", [f"%{issued.secret}%"])
        assert cursor.fetchone() == (0,)


def test_a_good_secret_finds_its_token_and_opens_the_rows_of_its_post(agency_officer: Member) -> None:
    issued = issue(agency_officer)
    found = actions.find_token(issued.secret, MORNING)
    assert found == issued.token
    assert scope_now() == "53.09"


def test_a_token_comes_with_all_that_belongs_to_it_and_its_scope_in_one_question(
    agency_officer: Member, django_assert_num_queries: Any
) -> None:
    issued = issue(agency_officer, scopes=["read", "submit"])
    actions.find_token(issued.secret, MORNING)  # notes the use
    scope.enter("")

    with django_assert_num_queries(1):
        found = actions.find_token(issued.secret, MORNING)
        assert found is not None
        told = (found.scopes, found.post.code, found.post.agency.name, found.created_by.username)

    there = ApiToken.objects.get()
    assert told == (
        ["read", "submit"], there.post.code, there.post.agency.name, agency_officer.user.username,
    )  # fmt: skip
    for mine, theirs in (
        (found, there), (found.post, there.post), (found.post.agency, there.post.agency),
        (found.created_by, there.created_by),
    ):  # fmt: skip
        assert [getattr(mine, one.attname) for one in mine._meta.concrete_fields] == [
            getattr(theirs, one.attname) for one in theirs._meta.concrete_fields
        ]
    assert scope_now() == "53.09"


@pytest.mark.parametrize("secret", ["", "ltr_", "ltr_" + "a" * 40, "bukan kunci", "ltr_é" * 9])
def test_any_other_text_finds_nothing_and_closes_the_scope(agency_officer: Member, secret: str) -> None:
    issue(agency_officer)
    agency_officer.enter()
    assert actions.find_token(secret, MORNING) is None
    assert scope_now() == ""


def test_an_expired_token_is_not_found(agency_officer: Member) -> None:
    issued = issue(agency_officer)
    assert actions.find_token(issued.secret, LATER - timedelta(seconds=1)) is not None
    assert actions.find_token(issued.secret, LATER) is None


def test_a_revoked_token_is_not_found_and_is_revoked_once(agency_officer: Member) -> None:
    issued = issue(agency_officer)
    actions.revoke_token(token=issued.token, by=agency_officer.user, at=MORNING)
    assert actions.find_token(issued.secret, MORNING) is None
    with pytest.raises(actions.AlreadyRevoked):
        actions.revoke_token(token=issued.token, by=agency_officer.user, at=LATER)
    assert ApiToken.objects.get().revoked_at == MORNING


def test_a_closed_post_or_agency_closes_its_tokens(agency_officer: Member) -> None:
    issued = issue(agency_officer)
    agency = agency_officer.held.agency
    agency.is_active = False
    agency.save()
    assert actions.find_token(issued.secret, MORNING) is None


def test_the_last_use_is_written_at_most_once_a_minute(agency_officer: Member) -> None:
    issued = issue(agency_officer)
    for seconds, expected in ((0, 0), (59, 0), (60, 0), (61, 61), (100, 61)):
        actions.find_token(issued.secret, MORNING + timedelta(seconds=seconds))
        assert ApiToken.objects.get().last_used_at == MORNING + timedelta(seconds=expected)


def test_a_token_needs_a_scope_and_an_end_within_a_year(agency_officer: Member) -> None:
    with pytest.raises(TokenWithoutScope):
        issue(agency_officer, scopes=[])
    with pytest.raises(TokenAlreadyExpired):
        issue(agency_officer, expires_at=MORNING)
    with pytest.raises(TokenTooLong):
        issue(agency_officer, expires_at=MORNING + timedelta(days=366, seconds=1))
    assert ApiToken.objects.count() == 0


def test_a_token_does_only_what_its_scopes_say(agency_officer: Member) -> None:
    token = issue(agency_officer).token
    check_use_token(token.post, token.scopes, TokenScope.READ)
    with pytest.raises(Refused, match="tidak berizin Mengirim data"):
        check_use_token(token.post, token.scopes, TokenScope.SUBMIT)
