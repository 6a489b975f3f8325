"""The verdict on the demo's newest full quarter, computed from the demo's returns as any other."""

from __future__ import annotations

import time
from collections.abc import Callable


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
