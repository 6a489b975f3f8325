"""A draft is asked for once, carried by a worker, taken up after a death, and says why when nothing came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pghistory.models import Context
from tests.factories import MORNING, Member
from tests.reports.factories import make_build
from tests.reports.world import LAST, Closed, build, publish

from lontar.access import doors
from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.reports import actions
from lontar.reports.actions import building
from lontar.reports.models import Build, Draft
from lontar.reports.states import BuildState
from lontar.reports.steps import folders, gathering

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The worker dies."""


@pytest.fixture
def province() -> Any:
    with acting_in("53"):
        yield


def ask(officer: Member, minutes: int = 0) -> Build:
    at = MORNING + timedelta(minutes=minutes)
    return actions.request_build(quarter=LAST, post=officer.held, by=officer.user, at=at, base="https://contoh.test/")


def clock(seconds: int = 0) -> Any:
    def now() -> datetime:
        return MORNING + timedelta(seconds=seconds)

    return now


def folders_written() -> set[str]:
    return {one.name for one in folders.draft_folder("x").parent.iterdir()}


@pytest.mark.usefixtures("province")
def test_two_requests_for_a_quarter_are_one_job_and_one_event(province_officer: Member, closed: Closed) -> None:
    first, second = ask(province_officer), ask(province_officer, minutes=1)

    assert first == second
    assert Build.objects.count() == 1
    assert Context.objects.filter(metadata__action="reports.draft.asked").count() == 1


@pytest.mark.usefixtures("province")
def test_a_worker_carries_the_build_to_a_draft_and_only_once(province_officer: Member, closed: Closed) -> None:
    asked = ask(province_officer)

    draft = actions.carry_build(asked.pk, clock=clock())

    asked.refresh_from_db()
    assert draft is not None
    assert (asked.state, asked.done, asked.draft_id, asked.attempts) == (BuildState.DONE, 100, draft.pk, 1)
    assert (draft.quarter, draft.built_by_id) == (LAST.label, province_officer.user.pk)
    assert actions.carry_build(asked.pk, clock=clock(999)) is None
    assert Draft.objects.count() == 1
    assert ask(province_officer, minutes=5) != asked


@pytest.mark.usefixtures("province")
@pytest.mark.parametrize("place", ["gather", "write_package", "verify", "_recorded"])
def test_a_killed_build_is_taken_up_again_and_ends_with_one_draft(
    province_officer: Member, closed: Closed, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def die(*_args: object, **_named: object) -> None:
        raise Killed

    asked = ask(province_officer)
    with monkeypatch.context() as patch:
        patch.setattr(gathering if place == "gather" else building, place, die)
        with pytest.raises(Killed):
            actions.carry_build(asked.pk, clock=clock())
    asked.refresh_from_db()
    assert (asked.state, Draft.objects.count()) == (BuildState.RUNNING, 0)

    assert actions.carry_build(asked.pk, clock=clock(60)) is None
    assert actions.carry_build(asked.pk, clock=clock(121)) is not None

    asked.refresh_from_db()
    assert (asked.state, asked.attempts, Draft.objects.count()) == (BuildState.DONE, 2, 1)


@pytest.mark.usefixtures("province")
def test_a_build_whose_worker_dies_three_times_fails_and_says_so(province_officer: Member, closed: Closed) -> None:
    asked = make_build(province_officer, state=BuildState.RUNNING, attempts=3, moved_at=MORNING - timedelta(minutes=3))

    assert actions.carry_build(asked.pk, clock=clock()) is None

    asked.refresh_from_db()
    assert asked.state == BuildState.FAILED
    assert "berhenti tiga kali" in asked.problem


@pytest.mark.usefixtures("province")
def test_a_worker_that_lost_its_claim_leaves_no_draft(
    province_officer: Member, closed: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*args: Any) -> None:
        Build.objects.update(attempts=2)  # another worker took it over in the meantime
        real(*args)

    asked, before = ask(province_officer), folders_written()
    real = building._check
    monkeypatch.setattr(building, "_check", slow)

    assert actions.carry_build(asked.pk, clock=clock()) is None

    assert Draft.objects.count() == 0
    assert folders_written() == before
    assert Build.objects.get().state == BuildState.RUNNING


@pytest.mark.usefixtures("province")
def test_a_restatement_meanwhile_fails_the_build_with_the_reason_and_it_can_be_asked_for_again(
    province_officer: Member, closed: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def restated(*args: Any) -> str:
        closed.restated[LAST.label] = 1
        return real(*args)

    real = building.write_package
    asked = ask(province_officer)
    with monkeypatch.context() as patch:
        patch.setattr(building, "write_package", restated)
        assert actions.carry_build(asked.pk, clock=clock()) is None
    asked.refresh_from_db()
    assert (asked.state, Draft.objects.count()) == (BuildState.FAILED, 0)
    assert "diperbarui selagi rancangan dibuat" in asked.problem

    again = ask(province_officer, minutes=1)
    assert again != asked
    assert actions.carry_build(again.pk, clock=clock()) is not None


@pytest.mark.usefixtures("province")
def test_a_published_quarter_is_not_asked_for_and_only_the_province_asks(
    province_officer: Member, cast: dict[str, Member], closed: Closed
) -> None:
    for name in ("province_admin", "agency_officer", "regency_officer", "viewer"):
        with pytest.raises(Refused):
            ask(cast[name])
    publish(province_officer, build(province_officer))
    with pytest.raises(actions.AlreadyPublished):
        ask(province_officer)
    assert not Build.objects.exists()


@pytest.mark.usefixtures("province")
@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": "queued"}, "reports_one_open_build"),
        ({"state": "lost"}, "reports_build_state_known"),
        ({"state": "failed"}, "reports_build_failed_says_why"),
        ({"state": "done"}, "reports_build_done_has_draft"),
        ({"quarter": "2026-5"}, "reports_build_quarter_shape"),
    ],
)
def test_the_database_refuses_a_build_that_is_none(province_officer: Member, values: dict[str, str], name: str) -> None:
    make_build(province_officer)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_build(province_officer, **({"quarter": "2026-T3"} | values))


def test_behind_the_wall_a_regency_sees_no_build(province_officer: Member) -> None:
    with acting_in("53"):
        make_build(province_officer)
    with acting_in("53.09"):
        assert Build.objects.count() == 0


def test_the_office_asks_watches_and_is_led_to_the_draft(province_officer: Member, closed: Closed) -> None:
    browser = province_officer.client()
    answer = browser.post("/kantor/laporan/buat/", {"quarter": LAST.label})
    with acting_in("53"):
        asked = Build.objects.get()
    home = f"/kantor/laporan/penyusunan/{asked.pk}/"
    assert (answer.status_code, answer["Location"]) == (302, home)
    assert browser.post("/kantor/laporan/buat/", {"quarter": LAST.label})["Location"] == home
    body = browser.get(home).content.decode()
    assert "Menunggu giliran" in body
    assert f'hx-get="{home}kemajuan/"' in body
    assert "sedang disusun" in browser.get("/kantor/laporan/").content.decode()
    assert browser.get(f"{home}kemajuan/").content.decode().count("<progress") == 1

    draft = actions.carry_build(asked.pk)

    assert draft is not None
    assert browser.get(f"{home}kemajuan/").headers["HX-Redirect"] == home
    assert browser.get(home)["Location"] == f"/kantor/laporan/rancangan/{draft.pk}/"
    assert "sedang disusun" not in browser.get("/kantor/laporan/").content.decode()


def test_a_failed_build_says_why_in_the_list_and_offers_another(province_officer: Member, closed: Closed) -> None:
    with acting_in("53"):
        failed = make_build(province_officer, state="failed", problem="Salinan tertutup tidak ada.")
    browser = province_officer.client()
    home = f"/kantor/laporan/penyusunan/{failed.pk}/"
    assert "gagal disusun: Salinan tertutup tidak ada." in browser.get("/kantor/laporan/").content.decode()
    body = browser.get(home).content.decode()
    assert "Rancangan ini tidak jadi: Salinan tertutup tidak ada." in body
    assert "Coba lagi" in body

    browser.post("/kantor/laporan/buat/", {"quarter": LAST.label})

    body = browser.get("/kantor/laporan/").content.decode()
    assert "gagal disusun" not in body
    assert "sedang disusun" in body


def test_who_may_look_at_a_build_is_who_may_look_at_drafts(cast: dict[str, Member], closed: Closed) -> None:
    with acting_in("53"):
        made = make_build(cast["province_officer"])
    table = {door.name: answers for door, answers in doors.permission_table()}
    readers = {"province_admin", "province_officer", "agency_officer", "viewer"}
    inside = readers - {"agency_officer"}  # of this cast the agency is a kabupaten's
    for name, path in (("building", ""), ("building_progress", "kemajuan/")):
        for role, member in cast.items():
            status = member.client().get(f"/kantor/laporan/penyusunan/{made.pk}/{path}").status_code
            assert (table[f"reports:{name}"][role] == "open") == (role in readers), (name, role)
            assert (status == 200) if role in inside else (status in {302, 403}), (name, role, status)
    assert Client().get(f"/kantor/laporan/penyusunan/{made.pk}/").status_code in {302, 403}
    viewer = cast["viewer"].client().get(f"/kantor/laporan/penyusunan/{made.pk}/").content.decode()
    assert "Coba lagi" not in viewer
