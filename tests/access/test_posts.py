"""Posts: given to one person at a time, handed over with their open work, taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from pghistory.models import Context
from tests.factories import MORNING, START, Member, make_agency, make_holding, make_post, make_user

from lontar.access import actions, queries
from lontar.access.models import Handover, Holding, Post
from lontar.access.rules import EndsBeforeStart, StartsTooFarAhead

TODAY = date(2026, 1, 15)


def event(name: str) -> dict[str, object]:
    """The metadata of the one audit event of this name."""
    return dict(Context.objects.get(metadata__action=name).metadata)


def test_a_vacant_post_is_given_from_today(province_admin: Member) -> None:
    post, user = make_post(), make_user()
    holding = actions.give_post(post=post, user=user, decree="SK 1/2026", by=province_admin.user, at=MORNING)
    assert (holding.valid_from, holding.valid_until, holding.decree) == (TODAY, None, "SK 1/2026")
    assert queries.holder_of(post, TODAY) == user
    assert event("access.post.given")["user"] == province_admin.user.pk


def test_a_held_post_is_not_given_twice_and_nothing_changes(province_admin: Member) -> None:
    post = make_post()
    make_holding(post, make_user("lama.contoh"))
    with pytest.raises(actions.PostTaken, match="Jabatan ini dipegang Lama Contoh sejak 27-05-2025"):
        actions.give_post(post=post, user=make_user("baru.contoh"), by=province_admin.user, at=MORNING)
    assert Holding.objects.filter(post=post).count() == 1
    assert not Context.objects.filter(metadata__action="access.post.given").exists()


def test_a_post_that_ended_earlier_cannot_be_given_into_the_time_of_its_last_holder(province_admin: Member) -> None:
    post = make_post()
    make_holding(post, make_user("lama.contoh"), valid_until=date(2026, 1, 10))
    give = {"post": post, "user": make_user("baru.contoh"), "by": province_admin.user, "at": MORNING}
    with pytest.raises(actions.PostTaken):
        actions.give_post(start=date(2026, 1, 9), **give)
    assert actions.give_post(start=date(2026, 1, 10), **give).valid_from == date(2026, 1, 10)


def test_a_holding_cannot_begin_tomorrow(province_admin: Member) -> None:
    with pytest.raises(StartsTooFarAhead):
        actions.give_post(
            post=make_post(), user=make_user(), start=TODAY + timedelta(days=1), by=province_admin.user, at=MORNING
        )


def test_a_closed_agency_or_account_gets_no_post(province_admin: Member) -> None:
    closed = make_post("a", agency=make_agency("tutup", is_active=False))
    with pytest.raises(actions.Inactive, match="sudah ditutup"):
        actions.give_post(post=closed, user=make_user(), by=province_admin.user, at=MORNING)
    with pytest.raises(actions.Inactive, match="Akun Pergi Contoh sudah ditutup"):
        actions.give_post(
            post=make_post("b"), user=make_user("pergi.contoh", is_active=False), by=province_admin.user, at=MORNING
        )
    assert not Holding.objects.filter(post=closed).exists()


def test_an_ended_holding_ends_on_the_day_and_only_once(province_admin: Member) -> None:
    holding = make_holding(make_post(), make_user())
    actions.end_holding(holding=holding, by=province_admin.user, at=MORNING)
    holding.refresh_from_db()
    assert holding.valid_until == TODAY
    assert list(Post.objects.held_by(holding.user, TODAY)) == []
    assert list(Post.objects.held_by(holding.user, TODAY - timedelta(days=1))) == [holding.post]
    with pytest.raises(actions.NotHeld, match="sudah berakhir"):
        actions.end_holding(holding=holding, by=province_admin.user, at=MORNING)
    with pytest.raises(EndsBeforeStart):
        actions.end_holding(holding=holding, end=START - timedelta(days=1), by=province_admin.user, at=MORNING)


def test_a_handover_moves_the_post_the_same_day_and_counts_the_open_work(
    province_admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_open_work", {})
    queries.register_open_work("intake", lambda post: [queries.OpenWork("kiriman menunggu", 3)])
    queries.register_open_work("selection", lambda post: [queries.OpenWork("usulan", 2), queries.OpenWork("kosong", 0)])
    post, old, new = make_post(), make_user("lama.contoh"), make_user("baru.contoh")
    make_holding(post, old)
    handover = actions.hand_over(post=post, to_user=new, note="Berkas di lemari", by=province_admin.user, at=MORNING)
    assert (handover.from_user, handover.to_user, handover.open_work) == (old, new, 5)
    assert [work.label for work in queries.open_work_of(post)] == ["kiriman menunggu", "usulan"]
    periods = (
        Holding.objects.filter(post=post).order_by("pk").values_list("user__username", "valid_from", "valid_until")
    )
    assert list(periods) == [("lama.contoh", START, TODAY), ("baru.contoh", TODAY, None)]
    assert event("access.post.handed_over")["user"] == province_admin.user.pk
    assert not Context.objects.filter(metadata__action="access.post.given").exists(), "one event, not two"


def test_a_post_handed_over_on_its_first_day_leaves_an_empty_holding(province_admin: Member) -> None:
    post, first, second = make_post(), make_user("satu.contoh"), make_user("dua.contoh")
    actions.give_post(post=post, user=first, by=province_admin.user, at=MORNING)
    actions.hand_over(post=post, to_user=second, by=province_admin.user, at=MORNING)
    assert queries.holder_of(post, TODAY) == second
    assert list(Post.objects.held_by(first, TODAY)) == []


def test_a_vacant_post_is_handed_over_from_nobody(province_admin: Member) -> None:
    handover = actions.hand_over(post=make_post(), to_user=make_user(), by=province_admin.user, at=MORNING)
    assert handover.from_user is None


def test_a_handover_to_the_present_holder_is_refused(province_admin: Member) -> None:
    post, user = make_post(), make_user()
    make_holding(post, user)
    with pytest.raises(actions.AlreadyHolder, match="Contoh Uji sudah memegang jabatan ini"):
        actions.hand_over(post=post, to_user=user, by=province_admin.user, at=MORNING)
    assert (Handover.objects.count(), Holding.objects.filter(post=post, valid_until=None).count()) == (0, 1)


def test_a_person_acts_as_one_of_their_own_posts_only(village_officer: Member, mentor: Member) -> None:
    second = make_post("kedua")
    make_holding(second, village_officer.user)
    session = SessionStore()
    actions.choose_post(session=session, post_id=second.pk, by=village_officer.user, at=MORNING)
    assert session["lontar_post"] == second.pk
    assert event("access.post.chosen")["post"] == second.pk
    with pytest.raises(actions.NotHeld, match="tidak sedang Anda pegang"):
        actions.choose_post(session=session, post_id=mentor.held.pk, by=village_officer.user, at=MORNING)
    assert session["lontar_post"] == second.pk


def test_codes_of_agencies_and_posts_are_unique(province_admin: Member) -> None:
    agency = make_agency("ganda")
    by = {"by": province_admin.user, "at": MORNING}
    with pytest.raises(actions.CodeTaken, match="Kode ganda sudah dipakai instansi lain"):
        actions.create_agency(code="ganda", name="A", short_name="A", kind="other", region_code="53", **by)
    make_post("ganda", agency=agency)
    with pytest.raises(actions.CodeTaken, match="Kode ganda sudah dipakai jabatan lain"):
        actions.create_post(code="ganda", title="A", agency=agency, role="viewer", region_code="53", **by)


def test_an_agency_and_a_post_are_added_and_changed_each_as_one_event(province_admin: Member) -> None:
    by = {"by": province_admin.user, "at": MORNING}
    agency = actions.create_agency(
        code="baru", name="Dinas Baru", short_name="Baru", kind="bps", region_code="53", **by
    )
    post = actions.create_post(code="p", title="Petugas", agency=agency, role="viewer", region_code="53.09", **by)
    actions.change_agency(
        agency=agency, name="Dinas Lain", short_name="Lain", kind="dpmd", region_code="53", is_active=False, **by
    )
    actions.change_post(post=post, title="Petugas Lain", is_active=False, **by)
    agency.refresh_from_db()
    post.refresh_from_db()
    assert (agency.name, agency.kind, agency.is_active, post.title, post.is_active) == (
        "Dinas Lain", "dpmd", False, "Petugas Lain", False,
    )  # fmt: skip
    names = ["access.agency.created", "access.post.created", "access.agency.changed", "access.post.changed"]
    made = Context.objects.order_by("created_at").values_list("metadata__action", flat=True)
    assert sorted(made) == sorted(names)
