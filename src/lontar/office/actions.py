"""Saved views, kept and dropped; and verification in bulk as one event that can be undone.

Everything else that the office changes is an action of the app that holds it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.office.models import SavedView
from lontar.office.queries.marking import marked_by
from lontar.office.states import Act, ListKey
from lontar.registry import actions as registry
from lontar.registry.queries import EnterpriseFilter
from lontar.registry.states import Act as RegistryAct

MOST = 50


class TooManyViews(Refused):
    """A person has as many saved views of one list as a menu can show."""


class NotYours(Refused):
    """Only the person who saved a view may remove it."""


def save_view(*, by: User, list_key: ListKey, name: str, query: str, columns: Sequence[str], at: datetime) -> SavedView:
    """Keep a list as it stands in the address; a view of the same name is replaced and keeps its link.

    `query` is a query string without columns and page. Raises `TooManyViews` beyond fifty views of one list.
    """
    words = " ".join(name.split())[:80]
    with recorded(Act.VIEW_SAVED, by=by, at=at, list_key=list_key.value):
        found = SavedView.objects.select_for_update().filter(user=by, list_key=list_key, name=words).first()
        if found is None:
            if SavedView.objects.filter(user=by, list_key=list_key).count() >= MOST:
                raise TooManyViews(_("Anda sudah menyimpan %(most)s tampilan; hapus dahulu satu.") % {"most": MOST})
            found = SavedView(user=by, list_key=list_key, name=words, slug=secrets.token_urlsafe(9))
        found.query, found.columns, found.saved_at = query, list(columns), at
        found.save()
        return found


def drop_view(*, view: SavedView, by: User, at: datetime) -> None:
    """Remove a saved view; its link ends. Raises `NotYours` for anybody but its owner."""
    if view.user_id != by.pk:
        raise NotYours(_("Hanya pemilik tampilan yang dapat menghapusnya."))
    with recorded(Act.VIEW_DROPPED, by=by, at=at, list_key=view.list_key):
        view.delete()


@dataclass(frozen=True, slots=True)
class Marked:
    """What a verification in bulk did: the audit event, by which it can be undone, and how many enterprises it changed."""

    event: UUID
    number: int


class NothingToUndo(Refused):
    """Nothing of the act is left that could be taken back."""


def mark_verified(
    *, asked: EnterpriseFilter, ids: Sequence[int] | None, verified: bool, by: User, post: Post, at: datetime
) -> Marked:
    """Verify (or unverify) everything that `asked` finds in the post's region, or the chosen `ids`, as one event."""
    act = RegistryAct.ENTERPRISES_VERIFIED if verified else RegistryAct.ENTERPRISES_UNVERIFIED
    with recorded(act, by=by, at=at, post=post) as event:
        if ids is None:
            whole = registry.verify_enterprises if verified else registry.unverify_enterprises
            number = whole(asked=asked, by=by, post=post, at=at)
        else:
            chosen = registry.verify_chosen if verified else registry.unverify_chosen
            number = chosen(ids=ids, by=by, post=post, at=at)
    return Marked(event, number)


def undo_marking(*, event: UUID, by: User, post: Post, at: datetime) -> Marked:
    """Take a verification in bulk back, or an undone one up again: only where nobody touched the mark since.

    Enterprises beyond the connection's scope are left as they are. A verification that comes back carries the day of `at`.
    Raises `NothingToUndo` when nothing is left to change.
    """
    touched = marked_by(event)
    if not touched.ids:
        raise NothingToUndo(_("Tidak ada lagi yang dapat diurungkan: data sudah berubah sesudahnya."))
    return mark_verified(
        asked=EnterpriseFilter(), ids=touched.ids, verified=not touched.verified, by=by, post=post, at=at
    )
