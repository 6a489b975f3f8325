"""What the demo province knows of value kept: the quoted trade balance, and the newest eight quarters counted from its returns.

The balance is a real quotation, marked as one; the returns are invented.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

QUARTERS = 8


def value_some(say: Callable[[str], None]) -> None:
    """Load the quoted balance and count every quarter that has returns and was not counted; does nothing when done before."""
    from django.conf import settings
    from django.utils import timezone

    from lontar.access.scope import acting_in
    from lontar.engines.periods import Quarter
    from lontar.value.actions import NothingToCount, count_quarter
    from lontar.value.models import Reckoning, TradeLoad

    started, counted, now = time.monotonic(), 0, timezone.now()
    with acting_in(settings.PROGRAMME_ROOT):
        if not TradeLoad.objects.exists():
            _quote()
        newest = Quarter.from_date(timezone.localdate(now)).shift(-1)
        done = set(Reckoning.objects.values_list("quarter", flat=True))
        for quarter in (newest.shift(-back) for back in reversed(range(QUARTERS))):
            if quarter.label in done:
                continue
            try:
                count_quarter(quarter=quarter, by=None, at=now)
            except NothingToCount:
                continue
            counted += 1
    if counted:
        say(f"  nilai tambah: {counted} triwulan dihitung ({time.monotonic() - started:.1f} s)")


def _quote() -> None:
    """The figure of Bank Indonesia as the press quoted it."""
    from django.utils import timezone

    from lontar.value.actions import load_trade
    from lontar.value.rules.trade import COLUMNS, FIRST, read_rows

    reading = read_rows(enumerate(FIRST, 2), COLUMNS, commodities=(), today=timezone.localdate())
    digest = hashlib.sha256(repr(FIRST).encode()).hexdigest()
    load_trade(reading=reading, file_name="kutipan-bank-indonesia.csv", sha256=digest, by=None, at=timezone.now())
