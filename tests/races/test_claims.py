"""Two agencies speak of one enterprise at the same moment: every word is kept, and the authority's holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connections
from tests.factories import MORNING, Member, make_agency, make_enterprise, make_member, make_post, make_region

from lontar.access.models import Post
from lontar.access.scope import acting_in
from lontar.access.states import AgencyKind
from lontar.registry.actions import change_enterprise, claims
from lontar.registry.models import Enterprise, EnterpriseClaim

pytestmark = pytest.mark.usefixtures("committed_db")
VILLAGE = "53.09.01.2001"
KINDS = ("cooperatives", "bps", "industry")


@pytest.fixture
def member(committed_db: None) -> Member:
    """An officer, and an enterprise of which DPMD alone has spoken, really stored."""
    make_region(VILLAGE)
    with acting_in("53"):
        make_enterprise(
            VILLAGE, annual_turnover=Decimal(100), source_agency=make_agency("dpmd-uji", kind=AgencyKind.DPMD)
        )
    return make_member("province_admin")


def together(acts: list[Callable[[], object]]) -> list[str]:
    """Run the acts at once; "" for each that went well, or the name of its exception."""
    start, found = Barrier(len(acts)), [""] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait(timeout=10)
            with acting_in("53"):
                acts[number]()
        except Exception as problem:  # noqa: BLE001 - whatever it is, its name is the outcome
            found[number] = type(problem).__name__
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


def speaking(member: Member, post: Post, pk: int, number: int) -> Callable[[], object]:
    return lambda: change_enterprise(
        enterprise_id=pk,
        values={"annual_turnover": 200 + number},
        by=member.user,
        post=post,
        at=MORNING + timedelta(minutes=number),
    )


def test_of_three_agencies_at_once_no_word_is_lost_and_the_first_ones_is_kept_once(member: Member) -> None:
    with acting_in("53"):
        pk = Enterprise.objects.get().pk
    posts = [make_post(f"uji-{kind}", agency=make_agency(f"uji-{kind}", kind=AgencyKind(kind))) for kind in KINDS]

    found = together([speaking(member, post, pk, number) for number, post in enumerate(posts)])

    assert found == ["", "", ""]
    with acting_in("53"):
        said = sorted(EnterpriseClaim.objects.values_list("agency__kind", "annual_turnover"))
        assert said == [("bps", 201), ("cooperatives", 200), ("dpmd", 100), ("industry", 202)]
        assert Enterprise.objects.get().annual_turnover == Decimal(200)


def test_without_the_writers_lock_the_first_agencys_words_are_not_kept_once(
    member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both look before either has written: the first agency's claim is made twice, or one of the two meets the other."""
    with acting_in("53"):
        pk = Enterprise.objects.get().pk
    posts = [make_post(f"uji-{kind}", agency=make_agency(f"uji-{kind}", kind=AgencyKind(kind))) for kind in KINDS[:2]]
    real, looked = claims.settling.make_base, Barrier(2, timeout=10)

    def apart(subject: object, ids: object) -> None:
        real(subject, ids)  # type: ignore[arg-type]  # passed on
        looked.wait()

    monkeypatch.setattr(claims.settling, "make_base", apart)
    monkeypatch.setattr("lontar.registry.actions.enterprises.hold_writer", lambda: None)
    monkeypatch.setattr(Enterprise.objects, "select_for_update", lambda **_given: Enterprise.objects.all())

    together([speaking(member, post, pk, number) for number, post in enumerate(posts)])

    with acting_in("53"):
        assert EnterpriseClaim.objects.filter(agency__kind="dpmd").count() == 2
