"""The three events that history records of every tracked model: insert, update, delete, one trigger per statement.

pghistory copies its default trackers deeply for each model, and a copied operation no longer equals PostgreSQL's own
INSERT/UPDATE/DELETE markers (seen with pghistory 3.9 and pgtrigger 4.17); these make a fresh one instead.
"""

from __future__ import annotations

from typing import Self

import pghistory


class Inserted(pghistory.InsertEvent):
    """A row was made: its values."""

    def __deepcopy__(self, _memo: dict[int, object]) -> Self:
        return type(self)()


class Updated(pghistory.UpdateEvent):
    """A row was changed: its values afterwards."""

    def __deepcopy__(self, _memo: dict[int, object]) -> Self:
        return type(self)()


class Deleted(pghistory.DeleteEvent):
    """A row was removed: its last values."""

    def __deepcopy__(self, _memo: dict[int, object]) -> Self:
        return type(self)()


TRACKERS = (Inserted(), Updated(), Deleted())
