"""The number of the data's present state, of which every public page makes its ETag.

It is the sum of what the change triggers of this app's migration counted, so it grows with each committed change of
public data and with nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class DataVersion:
    """`number` never repeats within one database; `at` is the instant of the newest change, None before the first."""

    number: int
    at: datetime | None


def current() -> DataVersion:
    """The version that this connection sees now; one query over as many rows as the server has writers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(number), 0)::bigint, max(at) FROM portal_change")
        row = cursor.fetchone()
    return DataVersion(row[0], row[1])
