"""Sign-in: password, second factor, lock-out, reset, sessions; pages free of inline script; logs free of personal data."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import MORNING, PASSWORD, Member

from lontar.access import actions

LOGIN = "/kantor/masuk/"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, login: str, password: str = PASSWORD) -> object:
    return client.post(LOGIN, {"login": login, "password": password})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def give_second_factor(member: Member) -> str:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(member.user, secret)
    RecoveryCodes.activate(member.user)
    return secret


@pytest.mark.parametrize("login", ["meo.contoh", "MEO.contoh", "meo.contoh@contoh.invalid"])
def test_a_person_signs_in_by_user_name_or_address(village_officer: Member, login: str) -> None:
    client = Client()
    answer = sign_in(client, login)
    assert (answer.status_code, answer["Location"]) == (302, "/kantor/")
    assert is_in(client)
    assert UserSession.objects.get().user == village_officer.user


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(village_officer: Member) -> None:
    texts = []
    for login in ("meo.contoh", "tidak.ada"):
        client = Client()
        answer = sign_in(client, login, "salah sekali 123")
        assert answer.status_code == 200
        assert not is_in(client)
        body = answer.content.decode().replace(login, "")
        texts.append(re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", body))
    assert texts[0] == texts[1]


def test_a_closed_account_does_not_sign_in(stranger: Member) -> None:
    actions.close_user(user=stranger.user, by=None, at=MORNING)
    client = Client()
    answer = sign_in(client, "orang.asing")
    assert not is_in(client)
    assert answer["Location"] == "/kantor/masuk/tertutup/"


def test_the_fifth_failure_locks_and_even_the_right_password_does_not_open(village_officer: Member) -> None:
    client = Client()
    for _number in range(4):
        assert sign_in(client, "meo.contoh", "salah").status_code == 200
    fifth = sign_in(client, "meo.contoh@contoh.invalid", "salah")
    assert (fifth.status_code, fifth["Retry-After"]) == (429, "900")
    assert "terkunci dari perangkat Anda selama 15 menit" in fifth.content.decode()
    assert sign_in(client, "meo.contoh").status_code == 429
    assert not is_in(client)


def test_a_lock_binds_one_account_from_one_place(village_officer: Member, mentor: Member) -> None:
    for _number in range(5):
        sign_in(Client(), "meo.contoh", "salah")
    elsewhere, colleague = Client(REMOTE_ADDR="10.0.0.9"), Client()
    sign_in(elsewhere, "meo.contoh")
    sign_in(colleague, "yane.contoh")
    assert is_in(elsewhere)
    assert is_in(colleague)


def test_an_administrator_opens_the_lock_early(village_officer: Member, province_admin: Member) -> None:
    for _number in range(5):
        sign_in(Client(), "meo.contoh", "salah")
    assert actions.unlock(user=village_officer.user, by=province_admin.user, at=MORNING) == 1
    client = Client()
    sign_in(client, "meo.contoh")
    assert is_in(client)


def test_with_an_authenticator_app_the_password_alone_is_not_enough(village_officer: Member) -> None:
    secret = give_second_factor(village_officer)
    client = Client()
    assert sign_in(client, "meo.contoh")["Location"] == "/kantor/masuk/kode/"
    assert not is_in(client)
    page = client.get("/kantor/masuk/kode/")
    assert "Langkah kedua" in page.content.decode()
    done = client.post("/kantor/masuk/kode/", {"code": code_now(secret)})
    assert done["Location"] == "/kantor/"
    assert is_in(client)


def test_a_recovery_code_works_once(village_officer: Member) -> None:
    give_second_factor(village_officer)
    stored = Authenticator.objects.get(user=village_officer.user, type="recovery_codes")
    code = RecoveryCodes(stored).get_unused_codes()[0]
    for expected in (True, False):
        client = Client()
        sign_in(client, "meo.contoh")
        client.post("/kantor/masuk/kode/", {"code": code})
        assert is_in(client) is expected


def test_wrong_codes_count_towards_the_lock(village_officer: Member) -> None:
    secret = give_second_factor(village_officer)
    client = Client()
    sign_in(client, "meo.contoh", "salah")
    sign_in(client, "meo.contoh")
    for _number in range(3):
        assert client.post("/kantor/masuk/kode/", {"code": "000000"}).status_code == 200
    assert client.post("/kantor/masuk/kode/", {"code": "000000"}).status_code == 429
    assert client.post("/kantor/masuk/kode/", {"code": code_now(secret)}).status_code == 429
    assert not is_in(client)


def test_secrets_of_the_second_factor_lie_sealed(village_officer: Member) -> None:
    secret = give_second_factor(village_officer)
    stored = [str(one.data) for one in Authenticator.objects.filter(user=village_officer.user)]
    assert len(stored) == 2
    assert not any(secret in text for text in stored)
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_now(secret))


def test_the_app_is_set_up_with_a_code_drawn_here(village_officer: Member) -> None:
    client = Client()
    sign_in(client, "meo.contoh")
    asked = client.get("/kantor/akun/dua-langkah/aplikasi/")
    assert asked["Location"].startswith("/kantor/masuk/ulang/")
    client.post("/kantor/masuk/ulang/", {"password": PASSWORD})
    page = client.get("/kantor/akun/dua-langkah/aplikasi/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = client.session["mfa.totp.secret"]
    assert secret in page
    done = client.post("/kantor/akun/dua-langkah/aplikasi/", {"code": code_now(secret)})
    assert done["Location"] == "/kantor/akun/dua-langkah/pemulihan/"
    assert Authenticator.objects.filter(user=village_officer.user).count() == 2
    assert "10 dari 10 kode belum dipakai" in client.get(done["Location"]).content.decode()


def test_a_reset_removes_every_factor_ends_the_sessions_and_tells_the_person(
    village_officer: Member, province_admin: Member, django_capture_on_commit_callbacks: object
) -> None:
    give_second_factor(village_officer)
    inside = village_officer.client()
    UserSession.objects.create(user=village_officer.user, session_key=inside.session.session_key, ip="127.0.0.1")
    with django_capture_on_commit_callbacks(execute=True):
        removed = actions.reset_second_factor(user=village_officer.user, by=province_admin.user, at=MORNING)
    assert removed == 2
    assert not is_in(inside)
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["meo.contoh@contoh.invalid"], "Faktor kedua akun Lontar Anda dihapus")
    ]


def test_a_new_person_sets_the_password_through_the_link_once(
    province_admin: Member, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invitation = actions.create_user(
            username="Baru.Contoh",
            full_name="Baru Contoh",
            email="baru@contoh.invalid",
            root="http://testserver",
            by=province_admin.user,
            at=MORNING,
        )
    assert not invitation.user.has_usable_password()
    assert invitation.link in mail.outbox[0].body
    client = Client()
    form = client.get(invitation.link.removeprefix("http://testserver"), follow=True)
    assert "Buat kata sandi Anda" in form.content.decode()
    done = client.post(
        form.request["PATH_INFO"], {"password1": "panjang dan aman 9", "password2": "panjang dan aman 9"}
    )
    assert done["Location"] == "/kantor/masuk/sandi/selesai/"
    fresh = Client()
    sign_in(fresh, "baru.contoh", "panjang dan aman 9")
    assert is_in(fresh)
    again = Client().get(invitation.link.removeprefix("http://testserver"))
    assert "Tautan ini tidak berlaku lagi" in again.content.decode()


def test_a_weak_password_is_refused_in_words(province_admin: Member) -> None:
    invitation = actions.create_user(
        username="baru.contoh", full_name="Baru Contoh", by=province_admin.user, at=MORNING
    )
    client = Client()
    form = client.get(invitation.link, follow=True)
    answer = client.post(form.request["PATH_INFO"], {"password1": "12345678", "password2": "12345678"})
    assert answer.status_code == 200
    invitation.user.refresh_from_db()
    assert not invitation.user.has_usable_password()


@pytest.mark.parametrize("address", ["meo.contoh@contoh.invalid", "tidak.ada@contoh.invalid"])
def test_a_forgotten_password_is_answered_alike_and_mailed_to_accounts_only(
    village_officer: Member, address: str
) -> None:
    answer = Client().post("/kantor/masuk/lupa/", {"email": address})
    assert answer["Location"] == "/kantor/masuk/lupa/terkirim/"
    sent = [one.to for one in mail.outbox]
    assert sent == ([["meo.contoh@contoh.invalid"]] if address.startswith("meo") else [])
    if sent:
        assert re.search(r"http://testserver/kantor/masuk/sandi/\w+-[\w-]+/", mail.outbox[0].body)


def test_the_list_of_sessions_ends_the_others(village_officer: Member) -> None:
    here, there = Client(), Client(HTTP_USER_AGENT="Ponsel Contoh")
    sign_in(here, "meo.contoh")
    sign_in(there, "meo.contoh")
    page = here.get("/kantor/akun/sesi/").content.decode()
    assert "Ponsel Contoh" in page
    assert page.count("perangkat ini)") == 1
    here.post("/kantor/akun/sesi/")
    assert (is_in(here), there.get("/kantor/akun/sesi/").status_code) == (True, 302)


def test_signing_out_asks_first_and_needs_a_post(village_officer: Member) -> None:
    client = Client()
    sign_in(client, "meo.contoh")
    assert "Keluar dari Lontar?" in client.get("/kantor/keluar/").content.decode()
    assert is_in(client)
    client.post("/kantor/keluar/")
    assert not is_in(client)


def pages_of_an_account(client: Client) -> dict[str, str]:
    names = (
        "account_logout account_reauthenticate account_change_password usersessions_list mfa_index mfa_activate_totp "
        "mfa_add_webauthn mfa_list_webauthn account_reset_password_done account_inactive"
    ).split()
    found = {}
    for name in names:
        answer = client.get(reverse(name))
        if answer.status_code == 200:
            found[name] = answer.content.decode()
    return found


def test_no_page_of_sign_in_has_script_style_or_handlers_inside(village_officer: Member) -> None:
    visitor, client = Client(), Client()
    pages = {name: visitor.get(reverse(name)).content.decode() for name in ("account_login", "account_reset_password")}
    sign_in(client, "meo.contoh")
    client.post("/kantor/masuk/ulang/", {"password": PASSWORD})
    pages |= pages_of_an_account(client)
    assert len(pages) == 12
    for name, page in pages.items():
        for tag in re.findall(r"<script[^>]*>", page):
            assert "src=" in tag or 'type="application/json"' in tag, (name, tag)
        assert not re.search(r"<style|\sstyle=|\son\w+=\"", page), name
    policy = client.get("/kantor/akun/sesi/")["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"


def test_no_log_line_holds_a_name_an_address_or_a_password(
    village_officer: Member, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for login in ("meo.contoh", "meo.contoh@contoh.invalid"):
        for _number in range(5):
            sign_in(Client(REMOTE_ADDR="10.1.2.3"), login, "rahasia-sekali-77")
    sign_in(Client(), "meo.contoh")
    told = [
        record.getMessage()
        for record in caplog.records
        if not record.name.startswith("django.db") and record.levelno >= logging.INFO
    ]
    assert told, "failed sign-ins are logged"
    for word in ("meo.contoh", "contoh.invalid", "rahasia-sekali-77", PASSWORD, "10.1.2.3"):
        assert not [line for line in told if word in line], word
    assert not AccessAttempt.objects.filter(post_data__contains="rahasia").exists()


def test_the_last_use_of_a_session_is_written_every_five_minutes_at_most(village_officer: Member) -> None:
    client = Client()
    sign_in(client, "meo.contoh")
    session = UserSession.objects.get()
    for minutes, moves in ((1, False), (6, True)):
        earlier = timezone.now() - timedelta(minutes=minutes)
        UserSession.objects.filter(pk=session.pk).update(last_seen_at=earlier)
        client.get("/kantor/akun/")
        session.refresh_from_db()
        assert (session.last_seen_at > earlier) is moves
