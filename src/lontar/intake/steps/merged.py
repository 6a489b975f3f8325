"""Rows of lists follow the record that they went to when the registry merges it into another, and come back with an undo.

So a row sent again finds the kept record by its content (`enterprises`, `_BY_ROW`), and the page of a batch leads there. The
registry calls this through the relations that the app registers; it does not know batches.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from lontar.access.scope import acting_in
from lontar.intake.models import BatchRow


@dataclass(frozen=True, slots=True)
class RowsOfLists:
    """`BatchRow.target_id` for the rows of one dataset; lists of the whole province are meant, whoever merges."""

    dataset: str
    name: str = "intake.BatchRow.target_id"

    def count(self, absorbed: int) -> int:
        """How many rows of lists went to the record."""
        with acting_in(province()):
            return self._rows(absorbed).count()

    def move(self, absorbed: int, kept: int) -> list[int]:
        """Let the rows lead to `kept`; their ids."""
        with acting_in(province()):
            ids = sorted(self._rows(absorbed).values_list("pk", flat=True))
        BatchRow.objects.filter(pk__in=ids).update(target_id=kept)
        return ids

    def move_back(self, rows: list[int], kept: int, absorbed: int) -> int:
        """Let those of `rows` that still lead to `kept` lead to `absorbed` again; how many."""
        return BatchRow.objects.filter(pk__in=rows, target_id=kept).update(target_id=absorbed)

    def _rows(self, target: int) -> QuerySet[BatchRow]:
        return BatchRow.objects.filter(target_id=target, batch__dataset=self.dataset)


def province() -> str:
    """The province of the connection's scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT left(current_setting('lontar.scope_low', true), 2)")
        row = cursor.fetchone()
    return (row and row[0]) or ""
