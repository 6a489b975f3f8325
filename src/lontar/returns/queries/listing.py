"""Returns by region, month, state and flag: how many, a page of them, and which may be verified or accepted at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from lontar.returns.models import Return
from lontar.returns.states import ReturnState

UNEXPLAINED = (
    "EXISTS (SELECT FROM unnest(returns_return.flags) f"
    " WHERE NOT returns_return.justifications ? split_part(f, '.', 1))"
)


@dataclass(frozen=True, slots=True)
class ReturnFilter:
    """Which returns: at or beneath `region`, of `month`, in `state` ("": any), flagged "any" or "none" or "unexplained"."""

    region: str
    month: date | None = None
    state: str = ""
    flagged: str = ""
    category: str = ""
    words: str = ""
    ids: tuple[int, ...] = ()

    def rows(self) -> QuerySet[Return, Any]:
        """Them, in no order."""
        rows = Return.objects.within(self.region)
        if self.ids:
            rows = rows.filter(pk__in=self.ids)
        if self.month is not None:
            rows = rows.filter(month=self.month)
        if self.state:
            rows = rows.standing(ReturnState(self.state))
        if self.category:
            rows = rows.filter(producer__category=self.category)
        if self.words:
            rows = rows.filter(producer__name__icontains=self.words)
        if self.flagged == "none":
            rows = rows.filter(flags=[])
        elif self.flagged == "any":
            rows = rows.exclude(flags=[])
        elif self.flagged == "unexplained":
            return unexplained(rows)
        return rows

    def count(self) -> int:
        """How many."""
        return self.rows().count()

    def page(self, *, limit: int, offset: int, order: Sequence[str] = ("-month", "village_id", "pk")) -> list[Return]:
        """A page of them with producer and village."""
        rows = self.rows().select_related("producer__commodity", "village").order_by(*order)
        return list(rows[offset : offset + limit])


def unexplained(rows: QuerySet[Return, Any]) -> QuerySet[Return, Any]:
    """Those with a flagged value that nobody justified."""
    return rows.alias(doubt=RawSQL(UNEXPLAINED, [])).filter(doubt=True)  # noqa: S611 - our own words


def ready(rows: QuerySet[Return, Any], state: ReturnState) -> QuerySet[Return, Any]:
    """Those in the state which nothing holds: no value returned and not settled, no flag without a justification."""
    return (
        rows.filter(pk__in=Return.objects.awaiting(state).values("pk"))
        .alias(doubt=RawSQL(UNEXPLAINED, []))  # noqa: S611 - our own words
        .filter(doubt=False)
    )
