"""What happened lately in a region: the newest changes of the registry, one line per act and kind of record.

Read from the newest events only, so that the answer costs the same in a village and in a province of millions of events.
The history of one record is `lontar.audit.queries.history_of`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from pghistory.models import Context

from lontar.access.models import Agency, Post, User
from lontar.access.scope import bounds

NEWEST = 4_000
TABLES = {
    "enterprise": "registry_enterpriseevent",
    "potential": "registry_villagepotentialevent",
    "product": "registry_productevent",
    "licence": "registry_licenceevent",
    "organization": "registry_organizationevent",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One act on records of one kind: when it ended, how many records were inserted, updated or deleted, by whom.

    `is_more`: the act reaches beyond the newest events, so that `number` is only what is left of it there. `act` is the
    stable name of the audit event ("" where none was recorded).
    """

    at: datetime
    what: str
    kind: str
    number: int
    is_more: bool
    act: str
    agency: str
    person: str
    post: str


def lately(region: str, reader: Post, *, limit: int = 12) -> list[Happening]:
    """The newest happenings at or beneath `region`, newest first. People are named to readers of the same agency only."""
    low, high = bounds(region)
    parts: list[str] = []
    values: list[Any] = []
    for name, table in TABLES.items():
        parts.append(
            f"SELECT '{name}' AS what, pgh_label, pgh_context_id, source_agency_id, max(pgh_created_at) AS at,"  # noqa: S608 - own names
            " count(*) AS number, min(pgh_id) = min(min(pgh_id)) OVER ()"
            f" AND (SELECT max(pgh_id) FROM {table}) > {NEWEST} AS is_more FROM {table}"
            f" WHERE pgh_id > (SELECT coalesce(max(pgh_id), 0) - %s FROM {table}) AND village_id >= %s AND village_id < %s"
            " GROUP BY 2, 3, 4"
        )
        values += [NEWEST, low, high]
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(parts)} ORDER BY at DESC, what LIMIT %s", [*values, limit])
        rows = cursor.fetchall()
    contexts = Context.objects.in_bulk({row[2] for row in rows if row[2]})
    told = _Told({key: dict(one.metadata) for key, one in contexts.items()}, {row[3] for row in rows if row[3]}, reader)
    return [told.line(row) for row in rows]


class _Told:
    """The people, posts and agencies that some happenings refer to, read in three queries."""

    def __init__(self, metadata: Mapping[UUID, dict[str, object]], agencies: set[int], reader: Post) -> None:
        self.metadata = metadata
        self.reader = reader
        self.posts = Post.objects.select_related("agency").in_bulk(self._named("post"))
        self.users = User.objects.in_bulk(self._named("user"))
        self.agencies = Agency.objects.in_bulk(agencies)

    def _named(self, key: str) -> set[int]:
        return {value for data in self.metadata.values() if isinstance(value := data.get(key), int)}

    def line(self, row: tuple[str, str, UUID | None, int | None, datetime, int, bool]) -> Happening:
        """One row in words; what a file brought is the agency's that sent it."""
        what, kind, context, source, at, number, is_more = row
        data = self.metadata.get(context, {}) if context else {}
        post, user = self.posts.get(_whole(data.get("post"))), self.users.get(_whole(data.get("user")))
        agency = post.agency if post else self.agencies.get(source or 0)
        is_open = post is not None and post.agency_id == self.reader.agency_id
        return Happening(
            at=at,
            what=what,
            kind=kind,
            number=number,
            is_more=is_more,
            act=str(data.get("action", "")),
            agency=agency.name if agency else "",
            person=str(user) if user and is_open else "",
            post=post.title if post and is_open else "",
        )


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
