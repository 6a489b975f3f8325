"""Many decisions at once: asked for by a person who has seen how many, carried out one by one in the background.

Each pair is a transaction of its own with its place in the count, so work that dies goes on where it stopped, and nothing is
done twice. What cannot be done is told, and does not stop the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from lontar.access import scope
from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.intake import tasks
from lontar.intake.actions.pairs import call_same, undo_decision
from lontar.intake.models import Bulk, Pair
from lontar.intake.states import Act, BulkState, PairState, Verdict

_LOCK: Final = 0x10_47A5  # the namespace of the locks of this work among advisory locks
_TOLD: Final = 20
_OPEN: Final = (BulkState.WAITING, BulkState.RUNNING)


class NothingPicked(Refused):
    """Pilih dahulu paling sedikit satu pasangan."""


def ask_bulk(*, pairs: Sequence[int], verdict: Verdict, by: User, post: Post, at: datetime) -> Bulk:
    """Have the background say `verdict` of all `pairs`, in their order. Raises NothingPicked."""
    if not pairs:
        raise NothingPicked(_("Pilih dahulu paling sedikit satu pasangan."))
    with recorded(Act.BULK_ASKED, by=by, at=at, post=post, number=len(pairs), verdict=verdict.value):
        asked = Bulk.objects.create(
            verdict=verdict, region_code=post.region_code, post=post, asked_by=by, asked_at=at, pairs=list(pairs)
        )
        transaction.on_commit(lambda: tasks.queue_bulk(asked.pk))
        return asked


def undo_bulk(*, bulk: Bulk, by: User, post: Post, at: datetime) -> Bulk:
    """Have the background take back every merge that `bulk` made, the newest first. Raises NothingPicked."""
    made = Pair.objects.filter(pk__in=bulk.pairs, state=PairState.SAME, decided_by=bulk.asked_by_id)
    ids = list(made.filter(decided_at__gte=bulk.asked_at).order_by("-decided_at", "-pk").values_list("pk", flat=True))
    return ask_bulk(pairs=ids, verdict=Verdict.UNDO, by=by, post=post, at=at)


def stop_bulk(*, bulk: Bulk, by: User, post: Post, at: datetime) -> None:
    """Stop the work after the pair at which it is; what is done stays done."""
    with recorded(Act.BULK_STOPPED, by=by, at=at, post=post, bulk=bulk.pk):
        Bulk.objects.filter(pk=bulk.pk, state__in=_OPEN).update(state=BulkState.CANCELLED, finished_at=at)


def carry_bulk(number: int, *, region: str, clock: Callable[[], datetime]) -> BulkState | None:
    """Carry out what was asked, from where it stopped; None when another process is at it."""
    with scope.acting_in(region), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, number])
        if not (cursor.fetchone() or (False,))[0]:
            return None
        try:
            while _one_more(number, clock):
                pass
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, number])
        return BulkState(Bulk.objects.values_list("state", flat=True).get(pk=number))


def _one_more(number: int, clock: Callable[[], datetime]) -> bool:
    """The next pair; whether there was one."""
    at = clock()
    with transaction.atomic():
        bulk = Bulk.objects.select_for_update(of=("self",)).select_related("asked_by", "post").get(pk=number)
        reached = bulk.done + bulk.failed
        if bulk.state not in _OPEN:
            return False
        if reached >= len(bulk.pairs):
            Bulk.objects.filter(pk=number).update(state=BulkState.DONE, finished_at=at)
            return False
        problem = _said(bulk, bulk.pairs[reached], at)
        changes: dict[str, object] = {"done": bulk.done + 1} if problem is None else {"failed": bulk.failed + 1}
        if problem is not None and len(bulk.notes) < _TOLD:
            changes["notes"] = [*bulk.notes, problem]
        Bulk.objects.filter(pk=number).update(state=BulkState.RUNNING, heartbeat_at=at, **changes)
        return True


def _said(bulk: Bulk, pair: int, at: datetime) -> str | None:
    """Say it of one pair; why it could not be said."""
    act = call_same if bulk.verdict == Verdict.SAME else undo_decision
    try:
        with transaction.atomic():
            act(pair=pair, by=bulk.asked_by, post=bulk.post, at=at)
    except Refused as refused:
        return _("Pasangan %(number)s: %(reason)s") % {"number": pair, "reason": refused.reason}
    return None
