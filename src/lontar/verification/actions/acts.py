"""What every act of verification shares: its row, the locks it takes first, and what it touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from lontar.access.models import Post, User
from lontar.verification.models import SignAct
from lontar.verification.queries.choosing import LIVE_SQL
from lontar.verification.states import ActKind

__all__ = ["LIVE_SQL", "Done", "done_by", "lock_enterprises", "lock_villages", "open_act"]


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: its audit event, by which it can be undone; enterprises or villages touched, and sections of them."""

    event: UUID
    subjects: int
    rows: int


def lock_enterprises(ids: Sequence[int]) -> list[int]:
    """The enterprises, locked against whoever changes, signs or returns; those that are gone left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM registry_enterprise WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [list(ids)]
        )
        return [row[0] for row in cursor.fetchall()]


def lock_villages(codes: Sequence[str]) -> list[str]:
    """The villages, locked against whoever signs or returns what they have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM registry_region WHERE code = ANY(%s) ORDER BY code FOR NO KEY UPDATE", [list(codes)]
        )
        return [row[0] for row in cursor.fetchall()]


def open_act(event: UUID, kind: ActKind, *, by: User, post: Post, at: datetime, undoes: UUID | None = None) -> None:
    """Write the act's row under the id of its audit event."""
    SignAct.objects.create(
        id=event, kind=kind, at=at, region_code=post.region_code, by=by, post=post, agency=post.agency, undoes_id=undoes
    )


def done_by(event: UUID) -> Done:
    """What the act touched: rows that it opened or ended, a replaced sign-off and its successor counted once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT coalesce(enterprise_id::text, village_id)), count(*) FROM ("
            " SELECT enterprise_id, village_id, section_id, step FROM verification_signoff WHERE act_id = %(act)s"
            " UNION SELECT enterprise_id, village_id, section_id, step FROM verification_signoff"
            " WHERE ended_act_id = %(act)s) x",
            {"act": event},
        )
        row = cursor.fetchone()
    return Done(event, *(row or (0, 0)))
