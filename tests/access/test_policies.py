"""Who may: every policy of access against every role, and the words of a refusal."""

from __future__ import annotations

import pytest
from tests.factories import Member, make_post, make_user

from lontar.access import policies as p
from lontar.access.models import Post
from lontar.access.policies import Policy, Refused
from lontar.access.states import Role

PAGES: dict[str, tuple[Policy[[Post | None]], set[str]]] = {
    "work": (p.check_work, {role.value for role in Role}),
    "see posts": (p.check_see_posts, {"province_admin", "province_officer", "regency_officer"}),
    "manage agencies": (p.check_manage_agencies, {"province_admin"}),
    "manage posts": (p.check_manage_posts, {"province_admin", "regency_officer"}),
    "manage users": (p.check_manage_users, {"province_admin", "regency_officer"}),
    "tokens": (p.check_see_tokens, {"province_admin", "province_officer", "agency_officer", "regency_officer"}),
}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_open_to_these_roles_and_no_others(cast: dict[str, Member], page: str) -> None:
    check, allowed = PAGES[page]
    assert {name for name, member in cast.items() if check.can(member.post)} == allowed


def test_a_refusal_names_the_act_who_may_and_who_one_is(village_officer: Member) -> None:
    with pytest.raises(Refused) as refusal:
        p.check_manage_agencies(village_officer.post)
    assert refusal.value.reason == (
        "Hanya Administrator provinsi yang dapat mengelola instansi. Anda sedang bertugas sebagai Petugas desa/kelurahan."
    )


def test_a_person_without_a_post_is_told_what_to_do(stranger: Member) -> None:
    with pytest.raises(Refused, match="Mintalah administrator instansi Anda memberi Anda jabatan"):
        p.check_work(stranger.post)


@pytest.mark.parametrize(
    ("role", "region", "allowed"),
    [
        ("village_officer", "53.09.01.2001", True),
        ("mentor", "53.09", True),
        ("viewer", "53.09.02", True),
        ("village_officer", "53.10.01.2001", False),
        ("village_officer", "53", False),
        ("regency_officer", "53.09", False),
        ("province_admin", "53.09", False),
        ("agency_officer", "53.09", False),
    ],
)
def test_a_regency_fills_the_posts_of_its_villages_only(
    regency_officer: Member, role: str, region: str, allowed: bool
) -> None:
    assert p.check_make_post.can(regency_officer.post, role=role, region_code=region) is allowed


def test_a_province_administrator_fills_every_post_of_the_province_and_none_outside(province_admin: Member) -> None:
    for role in Role:
        assert p.check_make_post.can(province_admin.post, role=role, region_code="53.21.01.2001")
        assert not p.check_make_post.can(province_admin.post, role=role, region_code="52.01")


def test_nobody_gives_a_post_to_oneself(province_admin: Member) -> None:
    post = make_post(role="lender")
    assert p.check_fill_post.can(province_admin.post, post, by=province_admin.user, user=make_user())
    with pytest.raises(Refused, match="tidak dapat memberi jabatan kepada diri sendiri"):
        p.check_fill_post(province_admin.post, post, by=province_admin.user, user=province_admin.user)


def test_a_regency_helps_people_whose_every_post_it_manages(
    regency_officer: Member, village_officer: Member, province_officer: Member
) -> None:
    village, province = village_officer.held, province_officer.held
    manage = p.check_manage_user.can
    assert manage(regency_officer.post, village_officer.user, [village])
    assert not manage(regency_officer.post, village_officer.user, [village, province])
    assert not manage(regency_officer.post, province_officer.user, [province])
    assert not manage(regency_officer.post, make_user(), []), "somebody without a post is the province's business"


def test_nobody_resets_their_own_second_factor(province_admin: Member, mentor: Member) -> None:
    with pytest.raises(Refused, match="mintalah administrator lain"):
        p.check_help_user(province_admin.post, province_admin.user, [province_admin.held], by=province_admin.user)
    assert p.check_help_user.can(province_admin.post, mentor.user, [mentor.held], by=province_admin.user)


def test_a_token_is_issued_for_ones_own_post_or_by_the_province(
    province_admin: Member, agency_officer: Member, regency_officer: Member, viewer: Member
) -> None:
    manage = p.check_manage_token.can
    assert manage(agency_officer.post, agency_officer.held)
    assert not manage(regency_officer.post, agency_officer.held)
    assert manage(province_admin.post, agency_officer.held)
    assert not manage(viewer.post, viewer.held)


def test_a_policy_is_named_for_its_app_and_act() -> None:
    assert p.check_manage_posts.name == "access.manage_posts"
    with pytest.raises(ValueError, match="a policy is named check_"):
        p.policy(lambda post: None)
