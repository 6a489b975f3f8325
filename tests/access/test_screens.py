"""The screens of access, as a person uses them: lists, giving, handing over, helping, tokens, one's own account."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from pghistory.models import Context
from tests.factories import Member, make_agency, make_holding, make_post, make_region, make_token, make_user

from lontar.access import queries
from lontar.access.models import Agency, ApiToken, Handover, Holding, Post, User


@pytest.fixture(autouse=True)
def regions(db: None) -> None:
    """The forms take only codes that the registry knows."""
    make_region("53.09.01.2001")
    make_region("53.10")


def at(name: str, *args: object) -> str:
    return reverse(f"access:{name}", args=args)


def text_of(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_regency_lists_its_own_posts_with_their_holders(cast: dict[str, Member]) -> None:
    page = text_of(cast["regency_officer"].client().get(at("posts")))
    assert "Petugas Desa Contoh" in page
    assert "Meo Contoh Desa" in page
    assert "Administrator Provinsi" not in page
    assert '<strong class="l-num">5</strong> jabatan' in page


def test_posts_are_filtered_by_word_role_region_and_vacancy(province_admin: Member, village_officer: Member) -> None:
    make_post("kosong-contoh", agency=village_officer.held.agency, title="Kursi Kosong", region_code="53.09")
    client = province_admin.client()
    for query, count in (("q=meo", 1), ("peran=village_officer", 1), ("wilayah=5309", 2), ("kosong=on", 1), ("", 3)):
        page = text_of(client.get(f"{at('posts')}?{query}"))
        assert f'<strong class="l-num">{count}</strong> jabatan' in page, query
    assert "Kursi Kosong" in text_of(client.get(f"{at('posts')}?kosong=on"))


def test_a_region_outside_ones_own_is_refused_in_the_filter(regency_officer: Member) -> None:
    answer = regency_officer.client().get(f"{at('posts')}?wilayah=53.10")
    assert answer.status_code == 403
    assert "Wilayah 53.10 berada di luar wilayah tugas Anda (53.09)" in text_of(answer)


def test_posts_leave_as_csv(cast: dict[str, Member]) -> None:
    answer = cast["regency_officer"].client().get(f"{at('posts')}?format=csv&peran=village_officer")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "kode,jabatan,instansi,peran,kode_wilayah,aktif,pemegang,sejak",
        "village-officer-contoh,Petugas Desa Contoh,Desa Contoh,Petugas desa/kelurahan,53.09.01.2001,Ya,"
        "Meo Contoh Desa,2025-05-27",
    ]


def test_an_administrator_adds_an_agency_a_post_and_gives_it(province_admin: Member) -> None:
    client = province_admin.client()
    agency = {"code": "bps-contoh", "name": "BPS Contoh", "short_name": "BPS", "kind": "bps", "region_code": "53.09"}
    assert client.post(at("agency_new"), agency)["Location"] == at("agency", "bps-contoh")
    post = {"title": "Petugas BPS", "agency": "BPS", "role": "agency_officer", "region_code": "53 09", "code": ""}
    made = client.post(at("post_new"), post)
    one = Post.objects.get(code="agency-officer-53-09")
    assert made["Location"] == at("post_give", one.pk)
    user = make_user("baru.contoh")
    given = client.post(at("post_give", one.pk), {"person": "baru.contoh", "start": "2025-12-01", "decree": "SK 7"})
    assert given["Location"] == at("post", one.pk)
    assert queries.holder_of(one, timezone.localdate()) == user
    assert Agency.objects.get(code="bps-contoh").region_code == "53.09"


def test_a_misspelt_person_is_answered_with_the_nearest_names(province_admin: Member, village_officer: Member) -> None:
    post = make_post()
    answer = province_admin.client().post(at("post_give", post.pk), {"person": "meo", "start": "2025-12-01"})
    assert "“meo” tidak ditemukan. Maksud Anda: meo.contoh (Meo Contoh Desa)?" in text_of(answer)
    assert not Holding.objects.filter(post=post).exists()


def test_a_bps_code_is_answered_with_the_code_to_write(province_admin: Member) -> None:
    answer = province_admin.client().post(at("post_new"), {"region_code": "5312010"})
    assert "seperti kode BPS" in text_of(answer)


def test_an_unknown_region_is_refused_where_the_registry_tells_names(
    province_admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_region_namers", {})
    queries.register_region_names(lambda codes: {code: "Ngada" for code in codes if code == "53.09"})
    client = province_admin.client()
    assert "53.99 tidak ada dalam daftar wilayah" in text_of(client.post(at("post_new"), {"region_code": "53.99"}))
    make_post("p", region_code="53.09")
    assert "Ngada" in text_of(client.get(at("posts")))


def test_a_handover_shows_what_waits_and_passes_it_on(
    regency_officer: Member, village_officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_open_work", {})
    queries.register_open_work("intake", lambda post: [queries.OpenWork("Kiriman menunggu", 12, "/kantor/kiriman/")])
    make_user("penerus.contoh")
    client, post = regency_officer.client(), village_officer.held
    page = text_of(client.get(at("post_hand_over", post.pk)))
    assert "12 pekerjaan terbuka beralih kepada pemegang berikutnya" in page
    assert "Pemegang sekarang: Meo Contoh Desa." in page
    done = client.post(
        at("post_hand_over", post.pk), {"person": "penerus.contoh", "note": "Kunci di bendahara"}, follow=True
    )
    assert "Jabatan beralih kepada Penerus Contoh dengan 12 pekerjaan terbuka." in text_of(done)
    assert Handover.objects.get().note == "Kunci di bendahara"
    assert client.get(at("post", post.pk)).status_code == 200
    gone = village_officer.client().get(at("account"))
    assert "belum memegang jabatan" in text_of(gone)


def test_a_regency_cannot_touch_a_post_of_the_province_even_by_address(
    regency_officer: Member, agency_officer: Member, province_officer: Member
) -> None:
    client = regency_officer.client()
    assert client.get(at("post", province_officer.held.pk)).status_code == 404
    own_region = client.post(at("post_end", agency_officer.held.pk))
    assert own_region.status_code == 403
    assert "tidak dapat mengatur jabatan Petugas dinas" in text_of(own_region)
    assert Holding.objects.filter(valid_until__isnull=True).count() == 3


def test_ending_asks_first(regency_officer: Member, village_officer: Member) -> None:
    client, url = regency_officer.client(), at("post_end", village_officer.held.pk)
    assert "Akhiri jabatan Meo Contoh Desa?" in text_of(client.get(url))
    assert Holding.objects.get(post=village_officer.post).valid_until is None
    client.post(url)
    assert Holding.objects.get(post=village_officer.post).valid_until == timezone.localdate()


def test_a_person_without_an_address_gets_the_link_from_the_screen_once(
    regency_officer: Member, village_officer: Member
) -> None:
    vacant = make_post(
        "desa-dua", agency=village_officer.held.agency, role="village_officer", region_code="53.09.01.2002"
    )
    client = regency_officer.client()
    form = {"username": "desa.dua", "full_name": "Desa Dua Contoh", "email": "", "post": "desa-dua"}
    page = client.post(at("person_new"), form, follow=True)
    user = User.objects.get(username="desa.dua")
    link = re.search(r"<code>(http://testserver/kantor/masuk/sandi/[^<]+)</code>", page.content.decode())
    assert link
    assert queries.holder_of(vacant, timezone.localdate()) == user
    assert "/kantor/masuk/sandi/" not in text_of(client.get(at("person", user.pk)))
    events = Context.objects.filter(metadata__user=regency_officer.user.pk, metadata__has_key="action")
    assert [one.metadata["action"] for one in events] == ["access.user.created"]


def test_outside_the_province_an_account_comes_with_a_post(regency_officer: Member, mentor: Member) -> None:
    client = regency_officer.client()
    form = {"username": "desa.dua", "full_name": "Desa Dua Contoh"}
    assert client.post(at("person_new"), form).status_code == 200
    taken = client.post(at("person_new"), form | {"post": "mentor-contoh"})
    assert "Jabatan ini dipegang Yane Contoh Pendamping" in text_of(taken)
    assert not User.objects.filter(username="desa.dua").exists(), "no account without its post"


def test_a_user_name_or_address_that_somebody_has_is_refused(province_admin: Member, mentor: Member) -> None:
    client = province_admin.client()
    same = client.post(at("person_new"), {"username": "Yane.Contoh", "full_name": "Yane"})
    assert "Nama pengguna yane.contoh sudah dipakai" in text_of(same)
    mailed = client.post(
        at("person_new"), {"username": "lain", "full_name": "L", "email": "YANE.contoh@contoh.invalid"}
    )
    assert "Alamat surel itu sudah dipakai akun lain" in text_of(mailed)


def test_an_administrator_helps_somebody_who_is_locked_out(province_admin: Member, mentor: Member) -> None:
    Authenticator.objects.create(user=mentor.user, type="totp", data={"secret": "x"})
    AccessAttempt.objects.create(
        username="yane.contoh", ip_address="10.0.0.1", failures_since_start=5, attempt_time=timezone.now()
    )
    client = province_admin.client()
    assert "Terkunci sementara" in text_of(client.get(at("person", mentor.user.pk)))
    client.post(at("person_act", mentor.user.pk, "buka-kunci"))
    client.post(at("person_act", mentor.user.pk, "langkah-kedua"))
    assert (AccessAttempt.objects.count(), Authenticator.objects.count()) == (0, 0)
    page = text_of(client.get(at("person", mentor.user.pk)))
    assert "Terkunci sementara" not in page
    names = set(Context.objects.filter(metadata__has_key="action").values_list("metadata__action", flat=True))
    assert names == {"access.user.unlocked", "access.second_factor.reset"}


def test_an_account_that_holds_a_post_is_not_closed(province_admin: Member, mentor: Member) -> None:
    answer = province_admin.client().post(at("person_act", mentor.user.pk, "tutup"))
    assert answer.status_code == 403
    assert "masih memegang Pendamping Ngada" in text_of(answer)
    mentor.user.refresh_from_db()
    assert mentor.user.is_active


def test_a_link_is_mailed_to_who_has_an_address(
    province_admin: Member, mentor: Member, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = province_admin.client().post(at("person_act", mentor.user.pk, "tautan"), follow=True)
    assert [one.to for one in mail.outbox] == [["yane.contoh@contoh.invalid"]]
    assert "/kantor/masuk/sandi/" not in text_of(page), "a mailed link is nobody else's to see"


def test_a_token_is_shown_once_listed_and_revoked(agency_officer: Member) -> None:
    client = agency_officer.client()
    form = {"name": "Aplikasi stok", "scopes": ["read", "submit"], "expires": str(timezone.localdate().replace(day=28))}
    if timezone.localdate().day >= 28:
        form["expires"] = str(timezone.localdate())
    issued = client.post(at("token_new"), form)
    secret = re.search(r"<code class=\"l-num\">(ltr_\w{40})</code>", issued.content.decode())
    assert secret
    assert issued["Cache-Control"] == "no-store"
    page = text_of(client.get(at("tokens")))
    assert secret[1][:12] in page
    assert secret[1] not in page
    client.post(at("token_revoke", ApiToken.objects.get().pk))
    assert "Dicabut" in text_of(client.get(at("tokens")))


def test_a_token_of_another_post_is_out_of_reach(agency_officer: Member, regency_officer: Member) -> None:
    token = make_token(regency_officer.held, created_by=regency_officer.user)
    client = agency_officer.client()
    assert client.get(f"{at('tokens')}?jabatan={regency_officer.held.pk}").status_code == 403
    assert client.post(at("token_revoke", token.pk)).status_code == 403
    token.refresh_from_db()
    assert token.revoked_at is None


def test_a_person_with_two_posts_chooses_and_acts_as_the_chosen_one(village_officer: Member) -> None:
    second = make_post("kedua", agency=make_agency("pemkab"), role="regency_officer", region_code="53.09")
    make_holding(second, village_officer.user)
    client = village_officer.client()
    assert client.get(at("posts")).status_code == 403
    done = client.post(at("choose_post"), {"post": second.pk, "next": at("posts")})
    assert done["Location"] == at("posts")
    assert client.get(at("posts")).status_code == 200
    away = client.post(at("choose_post"), {"post": second.pk, "next": "https://lain.invalid/"})
    assert away["Location"] == "/kantor/"


def test_lists_cost_the_same_however_long_they_are(
    province_admin: Member, django_assert_max_num_queries: object
) -> None:
    agency = make_agency("banyak")
    for number in range(60):
        make_holding(make_post(f"banyak-{number}", agency=agency), make_user(f"orang{number}.contoh"))
    client = province_admin.client()
    for name in ("posts", "people", "agencies"):
        with django_assert_max_num_queries(14):
            client.get(at(name))


def test_no_screen_has_script_style_or_handlers_inside(cast: dict[str, Member]) -> None:
    client, post, user = cast["province_admin"].client(), cast["mentor"].held.pk, cast["mentor"].user.pk
    pages = [
        at("account"), at("posts"), at("post", post), at("post_new"), at("post_give", post), at("post_hand_over", post),
        at("people"), at("person", user), at("person_new"), at("agencies"), at("agency", "dpmd-contoh"), at("tokens"),
        at("token_new"), at("choose_post"), reverse("audit:parameters"), reverse("audit:reveals"),
        reverse("audit:parameter", args=["umkm.sales.micro"]), reverse("audit:history", args=["orang", user]),
    ]  # fmt: skip
    for url in pages:
        answer = client.get(url)
        page = answer.content.decode()
        assert answer.status_code == 200, url
        assert not re.search(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*(src=|application/json))", page), url
