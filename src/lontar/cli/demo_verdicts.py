"""The verdict on the demo's newest full quarter, computed from the demo's returns as any other.

It can be made in a process of its own (`lontar verdict make`), while older quarters are published.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_COMMAND = "from lontar.cli import main; main()"


@contextmanager
def judging_beside() -> Iterator[Callable[[], int]]:
    """Have the verdict made by another process; what is given waits for it, and so does leaving.

    Where that process fails nothing is lost: `judge_some` makes the verdict that is missing.
    """
    label = _newest()
    started = subprocess.Popen(  # noqa: S603 - our own interpreter and command
        [sys.executable, "-P", "-W", "ignore", "-c", _COMMAND, "verdict", "make", label],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield started.wait
    finally:
        started.wait()


def _newest() -> str:
    from django.utils import timezone

    from lontar.engines.periods import Quarter

    return Quarter.from_date(timezone.localdate()).shift(-1).label


def judge_some(say: Callable[[str], None]) -> None:
    """Make the verdict of the last quarter that is over; does nothing where there is one, or nothing to judge."""
    from django.utils import timezone

    from lontar.engines.periods import Quarter
    from lontar.verdicts import actions, queries
    from lontar.verdicts.presenters.words import lead_of

    now = timezone.now()
    quarter = Quarter.from_date(timezone.localdate(now)).shift(-1)
    if queries.newest(quarter.label) is not None:
        return
    started = time.monotonic()
    try:
        made = actions.make_verdict(quarter=quarter, by=None, post=None, at=now)
    except actions.NothingReported:
        return
    words = lead_of(queries.told(made).turnover)
    say(f"  putusan contoh {quarter.label}: {words} ({time.monotonic() - started:.1f} s)")
