"""The database's refusal of a month that takes no returns, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import DatabaseError
from django.utils.translation import gettext as _

from lontar.access.policies import Refused

_CLOSED = "LR001"


class MonthClosed(Refused):
    """Bulan ini tidak menerima laporan lagi."""


@contextmanager
def open_months_only() -> Iterator[None]:
    """Turn the refusal of the guard (migration 0002) into `MonthClosed`; stands around the transaction that it breaks."""
    try:
        yield
    except (DatabaseError, psycopg.DatabaseError) as error:
        if _CLOSED not in {getattr(one, "sqlstate", "") for one in (error, error.__cause__)}:
            raise
        raise MonthClosed(
            _(
                "Bulan ini baru saja ditutup dan tidak menerima laporan lagi. Sampaikan perbaikan kepada petugas provinsi."
            )
        ) from error
