"""The one lock of this app: whoever changes what a unit proposes or has decreed waits for whoever does so already.

A village, school or community has one open proposal and one flagship. Constraints guard both; the lock lets the second of two
wait and then read what the first has done, so that people meet a sentence and not a broken constraint.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

_SPACE = 0x4C4F4E54  # a lock space of its own among advisory locks: 'LONT'


class NotInTransaction(Exception):
    """A lock that ends with the transaction was asked for outside of one."""


def hold_units(keys: Iterable[str]) -> None:
    """Hold the units (keys as in `OfUnit.unit_key`) until this transaction ends; always in one order, so nobody waits in a
    circle. Raises `NotInTransaction`."""
    if not connection.in_atomic_block:
        raise NotInTransaction("hold_units")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, h) FROM"
            " (SELECT DISTINCT hashtext(k) AS h FROM unnest(%s::text[]) AS k ORDER BY 1 OFFSET 0) AS wanted",
            [_SPACE, sorted(set(keys))],
        )
