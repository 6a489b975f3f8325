"""Saved views, kept and dropped. Everything else that the office changes is an action of the app that holds it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from lontar.access.models import User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.office.models import SavedView
from lontar.office.states import Act, ListKey

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
