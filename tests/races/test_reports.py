"""Two ask for a draft or publish at once; a quarter is restated while its report is built. The twins show what guards do."""

from __future__ import annotations

from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from tests.factories import MORNING, Member, make_member
from tests.races.test_holdings import together
from tests.reports.world import LAST, Closed, build, close_quarters, publish

from lontar.access.scope import acting_in
from lontar.reports.actions import asking, building, publishing, request_build
from lontar.reports.models import Build, Draft, Report
from lontar.reports.steps import papers

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def officer(committed_db: None) -> Member:
    """The province officer, really stored."""
    return make_member("province_officer")


@pytest.fixture
def closed(committed_db: None, monkeypatch: pytest.MonkeyPatch) -> Closed:
    """Every quarter is closed."""
    return close_quarters(monkeypatch)


def drafts(officer: Member) -> list[Draft]:
    with acting_in("53"):
        return [build(officer, days=day) for day in (0, 1)]


def published(officer: Member, draft: Draft) -> Report:
    with acting_in("53"):
        return publish(officer, draft, days=2)


def count() -> int:
    with acting_in("53"):
        return Report.objects.count()


def test_of_two_who_publish_a_quarter_at_once_one_does(officer: Member, closed: Closed) -> None:
    first, second = drafts(officer)
    outcomes = together(lambda: published(officer, first), lambda: published(officer, second))
    assert sorted(outcomes) == ["AlreadyPublished", "Report"]
    assert count() == 1


def test_without_lock_and_constraints_a_quarter_is_published_twice(
    officer: Member, closed: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = drafts(officer)
    with connections["owner"].cursor() as cursor:
        for name in ("reports_one_per_quarter", "reports_one_per_number"):
            cursor.execute(f"ALTER TABLE reports_report DROP CONSTRAINT {name}")
    meet, drawn = Barrier(2), papers.report_draft

    def both_have_read(*args: Any, **more: Any) -> Any:
        made = drawn(*args, **more)
        meet.wait(timeout=20)
        return made

    monkeypatch.setattr(publishing, "hold_chain", lambda: None)
    monkeypatch.setattr(papers, "report_draft", both_have_read)
    outcomes = together(lambda: published(officer, first), lambda: published(officer, second))
    assert outcomes == ["Report", "Report"]
    assert count() == 2


def test_a_restatement_while_the_package_is_written_makes_the_build_stale(
    officer: Member, closed: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, restated = Barrier(2), Barrier(2)
    _meeting(monkeypatch, started, restated)
    outcomes = together(lambda: built(officer), lambda: restate(closed, started, restated))
    assert outcomes == ["BuildStale", "bool"]
    with acting_in("53"):
        assert Draft.objects.count() == 0


def test_without_the_second_look_a_draft_tells_of_what_no_longer_stands(
    officer: Member, closed: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, restated = Barrier(2), Barrier(2)
    _meeting(monkeypatch, started, restated)
    monkeypatch.setattr(building.gathering, "stamp_of", lambda quarter, *, at: f"{quarter.label}-0")
    outcomes = together(lambda: built(officer), lambda: restate(closed, started, restated))
    assert outcomes == ["Draft", "bool"]
    with acting_in("53"):
        assert Draft.objects.get().stamp != closed.stamp_of(LAST)


def built(officer: Member) -> Draft:
    with acting_in("53"):
        return build(officer)


def restate(closed: Closed, started: Barrier, restated: Barrier) -> bool:
    started.wait(timeout=20)
    closed.restated[LAST.label] = 1
    restated.wait(timeout=20)
    return True


def _meeting(monkeypatch: pytest.MonkeyPatch, started: Barrier, restated: Barrier) -> None:
    """The restatement comes after everything was gathered and before the draft is recorded."""
    written = building.write_package

    def lingering(*args: Any) -> str:
        started.wait(timeout=20)
        restated.wait(timeout=20)
        return written(*args)

    monkeypatch.setattr(building, "write_package", lingering)


def asked(officer: Member) -> Build:
    with acting_in("53"):
        return request_build(quarter=LAST, post=officer.held, by=officer.user, at=MORNING)


def both_find_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have looked for a build under way, and found none, before either asks for one."""
    meet, found = Barrier(2), asking._underway
    monkeypatch.setattr("lontar.reports.tasks.queue", lambda _build_id: None)

    def looking(*args: Any) -> Any:
        held = found(*args)
        if held is None:
            meet.wait(timeout=20)
        return held

    monkeypatch.setattr(asking, "_underway", looking)


def test_two_who_ask_for_a_draft_at_once_are_given_one_build(
    officer: Member, closed: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_find_nothing(monkeypatch)
    outcomes = together(lambda: asked(officer), lambda: asked(officer))
    assert outcomes == ["Build", "Build"]
    with acting_in("53"):
        assert Build.objects.count() == 1


def test_without_the_constraint_the_same_draft_is_built_twice(
    officer: Member, closed: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP INDEX reports_one_open_build")
    both_find_nothing(monkeypatch)
    outcomes = together(lambda: asked(officer), lambda: asked(officer))
    assert outcomes == ["Build", "Build"]
    with acting_in("53"):
        assert Build.objects.count() == 2
