"""A month that is late gets its days of grace by itself, once; the work lists of village and province say so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pghistory.models import Context
from tests.factories import Member
from tests.returns.factories import JULY, World

from lontar.access.scope import acting_in
from lontar.audit.models import Parameter
from lontar.audit.queries import NoParameter
from lontar.engines.periods import Month
from lontar.returns import actions, tasks
from lontar.returns.models import Period
from lontar.returns.queries.work import open_work
from lontar.returns.states import PeriodState

pytestmark = pytest.mark.django_db
LAST_DAY = datetime(2026, 8, 10, 15, 59, tzinfo=UTC)  # 10 August, 23.59 WITA
LATE = datetime(2026, 8, 10, 16, 25, tzinfo=UTC)  # 11 August, 00.25 WITA


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The job stays on the connection of the test."""
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)


def state(label: str = "2026-07") -> str:
    return next(one.state for one in Period.objects.months() if one.span.label == label)


def move(to: PeriodState) -> None:
    actions.move_periods([JULY], to=to, by=None, post=None, at=LATE)


def test_the_tenth_of_the_next_month_is_the_last_day_in_time(world: World) -> None:
    assert actions.due_date(JULY) == date(2026, 8, 10)
    assert JULY not in actions.begin_grace(LAST_DAY)
    assert state() == "open"

    assert actions.begin_grace(LATE) == [JULY]
    assert (state(), state("2026-06")) == ("grace", "grace")


def test_the_job_moves_a_month_once_and_writes_one_event(world: World) -> None:
    tasks.begin_grace(timestamp=int(LATE.timestamp()))
    tasks.begin_grace(timestamp=int(LATE.timestamp()))

    assert state() == "grace"
    assert Context.objects.filter(metadata__action="returns.period.moved").count() == 1


def test_a_month_that_was_opened_again_or_closed_stays_as_the_office_left_it(world: World) -> None:
    actions.begin_grace(LATE)
    move(PeriodState.OPEN)

    assert actions.begin_grace(LATE) == []
    assert state() == "open"

    move(PeriodState.CLOSED)
    assert actions.begin_grace(LATE) == []
    assert state() == "closed"


def test_the_days_are_those_in_force_at_the_end_of_the_month(world: World) -> None:
    actions.begin_grace(LAST_DAY)
    Parameter.objects.filter(key="returns.due.days").update(valid_until=date(2026, 7, 15))
    Parameter.objects.create(
        key="returns.due.days", number=Decimal(20), unit="hari", valid_from=date(2026, 7, 15), source="Keputusan contoh"
    )

    assert actions.due_date(Month.of(2026, 6)) == date(2026, 7, 10)
    assert actions.due_date(JULY) == date(2026, 8, 20)
    assert actions.begin_grace(LATE) == []


def test_without_the_parameter_the_job_says_so_and_moves_nothing(world: World) -> None:
    Parameter.objects.filter(key="returns.due.days").update(valid_until=date(2021, 3, 1))
    with pytest.raises(NoParameter):
        actions.begin_grace(LATE)

    tasks.begin_grace(timestamp=int(LATE.timestamp()))

    assert state() == "open"


def test_the_work_lists_say_that_a_month_is_late(
    world: World, village_officer: Member, province_officer: Member
) -> None:
    actions.begin_grace(LATE)
    village_officer.enter()
    with acting_in(village_officer.held.region_code):
        lines = {one.label: one.count for one in open_work(village_officer.held)}
    assert any(label.startswith("Terlambat, masa tenggang: produsen belum melapor untuk Juli 2026") for label in lines)
    with acting_in("53"):
        lines = {one.label: one.count for one in open_work(province_officer.held)}
    assert lines["Bulan dalam masa tenggang, belum ditutup"] == 13
