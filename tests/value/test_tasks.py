"""A closing or a restatement has its quarter counted; what is not published yet is called provisional wherever it is public."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.value.factories import COFFEE, NOW, QUARTER, World, make_load

from lontar.access.scope import acting_in
from lontar.api import keeping
from lontar.monitoring.models import QuarterRun
from lontar.monitoring.queries import computed_at
from lontar.monitoring.steps import after
from lontar.monitoring.steps.run import carry
from lontar.returns.actions import move_periods
from lontar.returns.states import PeriodState
from lontar.value import tasks
from lontar.value.models import Reckoning

PROVISIONAL = "Angka sementara: triwulan ini belum diterbitkan"
Capture = Any


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test lives in one transaction; a worker lets its connection go, and answers of other tests are forgotten."""
    keeping.shelf.clear()
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)


@pytest.fixture
def closed(world: World, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The quarter of the world, closed with a reason in a folder of the test's own."""
    monkeypatch.setattr("lontar.monitoring.queries.stored.closed_root", lambda: tmp_path / "tertutup")


def close(capture: Capture) -> None:
    from lontar.monitoring import actions

    with acting_in("53"):
        run = actions.request_closing(QUARTER, words="Contoh", by=None, post=None, at=NOW, queued=False)
    with capture(execute=True):
        carry(run.pk, clock=lambda: NOW)
    with acting_in("53"):
        run.refresh_from_db()
    assert (run.state, run.problem) == ("done", "")


def waiting() -> list[dict[str, str]]:
    return list(ProcrastinateJob.objects.filter(task_name="value.count").values_list("args", flat=True))


def publish() -> None:
    with acting_in("53"):
        for state in (PeriodState.CLOSED, PeriodState.PUBLISHED):
            move_periods([QUARTER], to=state, by=None, post=None, at=NOW)


def test_a_closing_has_its_quarter_counted_once(closed: None, django_capture_on_commit_callbacks: Capture) -> None:
    close(django_capture_on_commit_callbacks)
    assert waiting() == [{"quarter": "2026-T2"}]

    tasks.count("2026-T2")
    tasks.count("2026-T2")

    assert [(one.quarter, one.returns, one.by) for one in Reckoning.objects.all()] == [("2026-T2", 9, None)]


def test_what_was_counted_before_the_figures_stood_anew_is_counted_again(
    closed: None, django_capture_on_commit_callbacks: Capture
) -> None:
    close(django_capture_on_commit_callbacks)
    tasks.count("2026-T2")
    with acting_in("53"):
        QuarterRun.objects.update(finished_at=datetime(2099, 1, 1, tzinfo=UTC))
        assert computed_at("2026-T2") == datetime(2099, 1, 1, tzinfo=UTC)

    tasks.count("2026-T2")

    assert Reckoning.objects.count() == 2


def test_a_quarter_without_returns_leaves_no_counting(world: World) -> None:
    tasks.count("2025-T1")

    assert not Reckoning.objects.exists()


def test_a_hook_that_fails_takes_no_closing_back(
    closed: None, django_capture_on_commit_callbacks: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(quarter: str) -> None:
        raise RuntimeError(quarter)

    monkeypatch.setitem(after._after, "value", fails)

    close(django_capture_on_commit_callbacks)

    assert computed_at("2026-T2") == NOW


def test_public_pages_call_an_unpublished_quarter_provisional(reckoning: Reckoning) -> None:
    make_load()
    pages = {
        "/nilai-tambah/program": PROVISIONAL,
        "/neraca": "Angka program 2026-T2 sementara",
        f"/nilai-tambah?desa=53.09.01.2001&komoditas={COFFEE}": "triwulan 2026-T2 (sementara)",
    }
    told = {path: Client().get(path).content.decode() for path in pages}
    assert [path for path, words in pages.items() if words not in told[path]] == []
    assert "2026-T2 (sementara)" in told["/nilai-tambah/program"]
    assert json.loads(Client().get("/api/v1/value").content)["items"][0]["provisional"] is True
    assert json.loads(Client().get("/api/v1/value/2026-T2/kept").content)["items"][0]["provisional"] == 1
    assert json.loads(Client().get("/api/v1/value/2026-T2/chains").content)["items"][0]["provisional"] is True


def test_a_published_quarter_is_not_provisional(reckoning: Reckoning) -> None:
    make_load()
    publish()

    for path in ("/nilai-tambah/program", "/neraca", f"/nilai-tambah?desa=53.09.01.2001&komoditas={COFFEE}"):
        assert "sementara" not in Client().get(path).content.decode(), path
    assert json.loads(Client().get("/api/v1/value").content)["items"][0]["provisional"] is False
    assert json.loads(Client().get("/api/v1/value/2026-T2/kept").content)["items"][0]["provisional"] == 0
