"""The first administrator: made once by the operator, then the screens take over; the command line around it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.utils import timezone
from pghistory.models import Context
from tests.factories import MORNING, Member, make_user

from lontar.access import actions
from lontar.access.models import Post, User
from lontar.cli import cli

FIRST = {"username": "Ina.Awal", "full_name": "Ina Awal Contoh", "email": "", "region_code": "53", "root": "http://x"}


@pytest.fixture
def lontar(db: None, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr("lontar.cli.database.ready", lambda: None)
    return CliRunner()


def test_the_first_administrator_gets_agency_post_and_link_in_one_event(db: None) -> None:
    made = actions.found_administration(**FIRST, at=MORNING)
    post = Post.objects.held_by(made.user, MORNING.date()).get()
    assert (made.user.username, post.role, post.region_code, post.agency.code) == (
        "ina.awal", "province_admin", "53", "administrasi",
    )  # fmt: skip
    assert made.link.startswith("http://x/kantor/masuk/sandi/")
    assert [one.metadata["action"] for one in Context.objects.all()] == ["access.administration.founded"]


def test_there_is_no_second_first_administrator(province_admin: Member) -> None:
    with pytest.raises(actions.AlreadyFounded, match="sudah mempunyai administrator"):
        actions.found_administration(**FIRST, at=MORNING)
    assert not User.objects.filter(username="ina.awal").exists()


def test_neither_is_there_a_second_one_after_midnight_in_kupang(db: None) -> None:
    late = datetime(2026, 1, 5, 17, 30, tzinfo=UTC)  # 01.30 of the next day there
    actions.found_administration(**FIRST, at=late)
    with pytest.raises(actions.AlreadyFounded):
        actions.found_administration(**(FIRST | {"username": "ina.dua"}), at=late)


def test_when_the_only_administrator_is_gone_another_can_be_founded(db: None) -> None:
    first = actions.found_administration(**FIRST, at=MORNING).user
    User.objects.filter(pk=first.pk).update(is_active=False)
    second = actions.found_administration(**(FIRST | {"username": "ina.dua"}), at=MORNING).user
    assert Post.objects.held_by(second, MORNING.date()).get().code == "administrasi-2"


def test_the_command_prints_the_link_and_then_refuses(lontar: CliRunner) -> None:
    command = ["account", "administrator", "ina.awal", "--name", "Ina Awal Contoh", "--root", "https://contoh.invalid"]
    made = lontar.invoke(cli, command)
    assert made.exit_code == 0, made.output
    assert made.output.startswith("https://contoh.invalid/kantor/masuk/sandi/")
    again = lontar.invoke(cli, [*command[:2], "ina.dua", *command[3:]])
    assert again.exit_code == 1
    assert "sudah mempunyai administrator" in again.output


def test_the_operator_gives_a_new_link_and_unlocks(lontar: CliRunner) -> None:
    make_user("terkunci.contoh")
    assert "/kantor/masuk/sandi/" in lontar.invoke(cli, ["account", "link", "terkunci.contoh"]).output
    told = lontar.invoke(cli, ["account", "unlock", "terkunci.contoh"]).output
    assert told == "0 failed sign-ins forgotten, 0 second factors removed\n"
    missing = lontar.invoke(cli, ["account", "link", "tidak.ada"])
    assert (missing.exit_code, missing.output) == (1, "Error: no account is called tidak.ada\n")
    assert Context.objects.filter(metadata__action="access.user.unlocked", created_at__lte=timezone.now()).exists()
