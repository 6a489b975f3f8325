"""Two publish a report at once, and a quarter is restated while its report is built; the twins show what the guards are for."""

from __future__ import annotations

from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from tests.factories import Member, make_member
from tests.races.test_holdings import together
from tests.reports.world import LAST, Closed, build, close_quarters, publish

from lontar.access.scope import acting_in
from lontar.reports.actions import building, publishing
from lontar.reports.models import Draft, Report
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
