"""Two who publish at once never share a number and leave no gap; the twin shows what the lock is for; a kill leaves nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connections
from tests.documents.factories import KIND, make_draft
from tests.factories import MORNING, Member, make_member
from tests.races.test_holdings import together

from lontar.access.scope import acting_in
from lontar.documents.actions import Drawn, publish
from lontar.documents.models import NumberSeries, Paper
from lontar.documents.steps import numbering

pytestmark = pytest.mark.usefixtures("committed_db")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def officer(committed_db: None, settings: Any) -> Member:
    """The officer of the province, really stored; papers are signed by hand."""
    settings.SIGNER = "none"
    return make_member("province_officer")


def issue(member: Member, count: int = 1) -> list[int]:
    with acting_in("53"):
        drafts = [make_draft(draw=lambda marks: Drawn(marks.code.encode()))] * count
        return [one.sequence for one in publish(drafts=drafts, post=member.held, by=member.user, at=MORNING)]


def sequences() -> list[int]:
    with acting_in("53"):
        return sorted(Paper.objects.filter(kind=KIND).values_list("sequence", flat=True))


def test_five_who_publish_at_once_share_no_number_and_leave_no_gap(officer: Member) -> None:
    found = together(*[lambda: issue(officer, 7)] * 5)

    assert found == ["list"] * 5
    assert sequences() == list(range(1, 36))
    assert NumberSeries.objects.get(kind=KIND).last == 35


def test_who_fails_gives_the_numbers_back(officer: Member) -> None:
    def failing() -> object:
        with acting_in("53"):

            def broken(_marks: object) -> Drawn:
                raise OSError("rusak")

            return publish(drafts=[make_draft(draw=broken)] * 3, post=officer.held, by=None, at=MORNING)

    assert sorted(together(failing, lambda: issue(officer, 2), failing)) == ["OSError", "OSError", "list"]
    assert sequences() == [1, 2]
    assert issue(officer) == [3]


def test_without_the_lock_two_get_the_same_number(officer: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: both read the last number before either writes; only the index then stops the second."""
    issue(officer)
    meet = Barrier(2)

    def unlocked(kind: str, year: int) -> NumberSeries:
        found = NumberSeries.objects.get(kind=kind, year=year)
        meet.wait(timeout=10)
        return found

    monkeypatch.setattr(numbering, "_locked", unlocked)
    monkeypatch.setattr(numbering, "_check_free", lambda _numbers: None)
    assert sorted(together(*[lambda: issue(officer)] * 2)) == [IntegrityError.__name__, "list"]

    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE documents_paper DROP CONSTRAINT paper_sequence_once")
        cursor.execute("ALTER TABLE documents_paper DROP CONSTRAINT documents_paper_number_key")
    assert together(*[lambda: issue(officer)] * 2) == ["list", "list"]
    assert sequences() == [1, 2, 3, 3]


_CHILD = """
import sys, time
import django
django.setup()
from django.db import connections
for alias in connections:
    connections[alias].settings_dict["NAME"] = sys.argv[1]
from django.conf import settings
settings.SIGNER = "none"
from lontar.access.models import Post
from lontar.access.scope import acting_in
from lontar.documents.actions import Draft, Drawn, publish
from datetime import UTC, datetime

def draw(marks):
    if "/50/" in marks.number:
        print("drawing", flush=True)
        time.sleep(60)
    return Drawn(b"PDF " + marks.code.encode())

with acting_in("53"):
    post = Post.objects.select_related("agency").get(pk=int(sys.argv[2]))
    draft = Draft("sk-produk-unggulan", "Contoh", "53.09", (), draw)
    publish(drafts=[draft] * 60, post=post, by=None, at=datetime(2026, 1, 15, 1, tzinfo=UTC))
"""


def test_who_is_killed_in_the_middle_leaves_no_row_no_gap_and_no_lock(officer: Member) -> None:
    assert issue(officer, 2) == [1, 2]
    name = connections["default"].settings_dict["NAME"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lontar.settings", "LONTAR_DATA": os.environ["LONTAR_DATA"]}
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _CHILD, name, str(officer.held.pk)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "drawing"
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        if child.stdout is not None:
            child.stdout.close()

    begun = time.monotonic()
    assert issue(officer) == [3]
    assert time.monotonic() - begun < 20
    assert sequences() == [1, 2, 3]
