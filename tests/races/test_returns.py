"""Two devices send the same return; a month is closed while returns come in. Each with a twin without the guard."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connections, transaction
from tests.factories import make_member
from tests.returns.factories import JULY, acting, make_world

from lontar.access.scope import acting_in, enter
from lontar.returns import actions
from lontar.returns.actions import receiving
from lontar.returns.models import Period, Return
from lontar.returns.states import Channel, PeriodState


def _both(first: Any, second: Any) -> list[Any]:
    """Run two pieces of work at once, each with a connection of its own; what they gave, or what they raised."""
    found: list[Any] = [None, None]

    def run(place: int, work: Any) -> None:
        try:
            enter("53")
            found[place] = work()
        except Exception as error:  # noqa: BLE001 - handed to the test
            found[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate((first, second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def _meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read what stands before either writes."""
    barrier, looked = threading.Barrier(2), receiving._looked_at_one

    def waiting(row: Any, within: str) -> Any:
        found = looked(row, within)
        barrier.wait(30)
        return found

    monkeypatch.setattr(receiving, "_looked_at_one", waiting)


def _send(producer: int, turnover: int, who: dict[str, Any]) -> Any:
    rows = actions.arriving([{"producer_id": producer, "month": JULY.start, "turnover": turnover, "base_version": 0}])
    (one,) = actions.receive_returns(rows, channel=Channel.API, **who)
    return one.kind


@pytest.mark.usefixtures("committed_db")
def test_two_devices_that_send_the_same_return_never_overwrite_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    world, officer = make_world(), make_member("province_officer")
    _meeting(monkeypatch)

    found = _both(lambda: _send(world.coffee, 1, acting(officer)), lambda: _send(world.coffee, 2, acting(officer)))

    assert sorted(found) == [actions.Kind.CONFLICT, actions.Kind.STORED]
    with acting_in("53"):
        assert [one.version for one in Return.objects.all()] == [1]


@pytest.mark.usefixtures("committed_db")
def test_without_the_version_the_second_device_overwrites_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    world, officer = make_world(), make_member("province_officer")
    _meeting(monkeypatch)
    monkeypatch.setattr(receiving, "_FIRST", receiving._UPSERT.replace("r.version = excluded.version - 1 AND ", ""))

    found = _both(lambda: _send(world.coffee, 1, acting(officer)), lambda: _send(world.coffee, 2, acting(officer)))

    assert found == [actions.Kind.STORED, actions.Kind.STORED]


def _close(officer: Any, written: threading.Event, begun: threading.Event) -> int:
    """Close the month once the return is written and not yet committed."""
    written.wait(30)
    begun.set()
    actions.move_periods([JULY], to=PeriodState.CLOSED, **acting(officer))
    return Return.objects.filter(month=JULY.start).count()


def _slow_send(producer: int, officer: Any, written: threading.Event, begun: threading.Event) -> Any:
    """Send, and commit only after the closing has begun."""
    with transaction.atomic():
        kind = _send(producer, 9, acting(officer))
        written.set()
        begun.wait(30)
        threading.Event().wait(1.0)
    return kind


@pytest.mark.usefixtures("committed_db")
def test_closing_waits_for_the_return_that_is_being_written(monkeypatch: pytest.MonkeyPatch) -> None:
    world, officer = make_world(), make_member("province_officer")
    written, begun = threading.Event(), threading.Event()

    kind, counted = _both(
        lambda: _slow_send(world.coffee, officer, written, begun), lambda: _close(officer, written, begun)
    )

    assert (kind, counted) == (actions.Kind.STORED, 1)
    with acting_in("53"):
        assert Period.objects.get(kind="month", start=JULY.start).state == "closed"
        with pytest.raises(actions.MonthClosed):
            _late(monkeypatch, world.weaving, officer)
        assert Return.objects.count() == 1


def _late(monkeypatch: pytest.MonkeyPatch, producer: int, officer: Any) -> None:
    """A return that was checked while the month was open and is written when it is closed."""
    looked = receiving._looked_at_one

    def while_open(row: Any, within: str) -> Any:
        found = looked(row, within)
        assert found is not None
        (joined,), remarks = found
        return [joined | {"period_state": "open"}], remarks

    monkeypatch.setattr(receiving, "_looked_at_one", while_open)
    _send(producer, 3, acting(officer))


@pytest.mark.usefixtures("committed_db")
def test_without_the_guard_the_closed_month_misses_a_return() -> None:
    world, officer = make_world(), make_member("province_officer")
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TRIGGER guard_insert ON returns_return")
    written, begun = threading.Event(), threading.Event()

    kind, counted = _both(
        lambda: _slow_send(world.coffee, officer, written, begun), lambda: _close(officer, written, begun)
    )

    assert (kind, counted) == (actions.Kind.STORED, 0)
