"""A return that is being written while its quarter is closed: closing waits for it.

The twin shows what happens without the guard.
"""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from django.db import transaction
from tests.monitoring.factories import MILLION, NOW, QUARTER, World, make_price_series, make_world
from tests.races.test_holdings import together

from lontar.access.scope import acting_in
from lontar.monitoring import actions
from lontar.monitoring.queries import figures
from lontar.monitoring.steps import freezing
from lontar.monitoring.steps.run import carry
from lontar.returns.models import Return

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def world(committed_db: None, closed: Any) -> World:
    """Twelve producers whose quarter may be closed, really stored."""
    made = make_world()
    make_price_series()
    return made


@pytest.fixture
def closed(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A closed folder of the test's own."""
    monkeypatch.setattr("lontar.monitoring.queries.stored.closed_root", lambda: tmp_path / "tertutup")
    return tmp_path


def outcome(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Correct a return without committing, close, commit when closing has frozen its input or waits: published and
    stored turnover.
    """
    written, frozen = Event(), Event()

    def correct() -> str:
        with acting_in("53"), transaction.atomic():
            Return.objects.filter(producer_id=world.producers[0], month=QUARTER.start).update(turnover=9 * MILLION)
            written.set()
            frozen.wait(timeout=2)
        return "written"

    freeze = freezing.freeze

    def telling(*given: Any, **named: Any) -> Any:
        done = freeze(*given, **named)
        frozen.set()
        return done

    def close() -> str:
        written.wait(timeout=10)
        with acting_in("53"):
            run = actions.request_closing(QUARTER, by=None, post=None, at=NOW, queued=False)
            carry(run.pk, clock=lambda: NOW)
        return "closed"

    monkeypatch.setattr(freezing, "freeze", telling)
    assert together(correct, close) == ["str", "str"]
    with acting_in("53"):
        rows = Return.objects.filter(month__gte=QUARTER.start, month__lt=QUARTER.end)
        stored = sum(int(one) for one in rows.values_list("turnover", flat=True) if one is not None)
    published = figures(QUARTER.label, indicator="O1T", level="province")[0].value
    assert published is not None
    return int(published), stored


def test_closing_waits_for_a_return_that_is_being_written_and_counts_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    published, stored = outcome(world, monkeypatch)

    assert published == stored == 43_200_000 - 1_200_000 + 9 * MILLION


def test_without_the_guard_the_published_total_is_not_what_is_stored(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: closing that neither waits for writers nor locks what was accepted."""
    monkeypatch.setattr("lontar.monitoring.steps.run.move_periods", lambda *_given, **_named: 0)

    published, stored = outcome(world, monkeypatch)

    assert published == 43_200_000
    assert stored == 43_200_000 - 1_200_000 + 9 * MILLION
