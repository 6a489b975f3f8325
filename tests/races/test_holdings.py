"""Two administrators fill one post in the same moment: one succeeds. The twin without lock and constraint shows the race."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections, transaction
from tests.factories import MORNING, START, make_member, make_post, make_user

from lontar.access import actions
from lontar.access.models import Holding, Post, User

pytestmark = pytest.mark.usefixtures("committed_db")


def together(*acts: Callable[[], object]) -> list[str]:
    """Run the acts at once, each on its own connection; the name of the exception or of the result, in order."""
    start, outcomes = Barrier(len(acts)), [""] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait(timeout=10)
            outcomes[number] = type(acts[number]()).__name__
        except Exception as problem:  # noqa: BLE001 - whatever it is, its name is the outcome
            outcomes[number] = type(problem).__name__
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return outcomes


def people(count: int) -> tuple[Post, User, list[User]]:
    admin = make_member("province_admin").user
    return make_post(), admin, [make_user(f"calon{number}.contoh") for number in range(count)]


def test_of_four_who_are_given_one_post_at_once_one_gets_it() -> None:
    post, admin, candidates = people(4)
    acts = [lambda user=user: actions.give_post(post=post, user=user, by=admin, at=MORNING) for user in candidates]
    assert sorted(together(*acts)) == ["Holding", "PostTaken", "PostTaken", "PostTaken"]
    assert Holding.objects.filter(post=post, valid_until__isnull=True).count() == 1


def test_two_handovers_at_once_leave_one_holder_and_no_gap() -> None:
    post, admin, (old, first, second) = people(3)
    Holding.objects.create(post=post, user=old, valid_from=START)
    acts = [
        lambda user=user: actions.hand_over(post=post, to_user=user, by=admin, at=MORNING) for user in (first, second)
    ]
    assert together(*acts) == ["Handover", "Handover"]
    rows = list(Holding.objects.filter(post=post).order_by("pk").values_list("valid_from", "valid_until"))
    today = rows[-1][0]
    assert rows == [(START, today), (today, today), (today, None)], "one after the other, the first for no time at all"


def test_a_token_revoked_twice_at_once_is_revoked_once() -> None:
    member = make_member("agency_officer")
    token = actions.issue_token(
        post=member.held, name="a", scopes=["read"], expires_at=MORNING.replace(month=6), by=member.user, at=MORNING
    ).token
    acts = [lambda: actions.revoke_token(token=token, by=member.user, at=MORNING)] * 2
    assert sorted(together(*acts)) == ["AlreadyRevoked", "ApiToken"]


def test_without_lock_and_constraint_two_hold_the_post() -> None:
    """The twin: the same two acts, careless, against a table without the constraint, show what the guards prevent."""
    post, _admin, candidates = people(2)
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP INDEX holding_one_open_per_post")
    seen = Barrier(2)

    def careless(user: User) -> str:
        with transaction.atomic():
            taken = Holding.objects.filter(post=post, valid_until__isnull=True).exists()
            seen.wait(timeout=10)
            if not taken:
                Holding.objects.create(post=post, user=user, valid_from=START)
        return "given"

    together(*[lambda user=user: careless(user) for user in candidates])
    assert Holding.objects.filter(post=post, valid_until__isnull=True).count() == 2
