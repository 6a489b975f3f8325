"""What a person does with a pair of records: borrow it, say same, different or unsure, and take that back.

A pair is lent to one person for some minutes, so two people never look at the same one; deciding needs no loan, but is refused
while somebody else has it. Merging itself, and what may be merged, is left to `lontar.registry.actions`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.intake.models import Pair
from lontar.intake.querysets import PairQuerySet
from lontar.intake.states import PAIR_TRANSITIONS, Act, PairState
from lontar.registry.actions import merge_enterprises, undo_merge
from lontar.registry.models import Merge

#: How long a pair is lent; whoever goes on working borrows another anyway.
LOAN: Final = timedelta(minutes=5)
NOTE: Final = 300


class PairTaken(Refused):
    """Pasangan ini sedang ditinjau atau sudah diputuskan orang lain."""


def lend_next(*, among: PairQuerySet, by: User, at: datetime, without: Collection[int] = ()) -> Pair | None:
    """Lend the likeliest of the pairs `among` that nobody has, leaving out those `without`; None when there is none.

    Rows that another borrower has locked are passed over, never waited for. A pair whose loan is one's own comes again.
    """
    with transaction.atomic():
        free = among.free_for(by.pk, at=at).exclude(pk__in=without).likeliest_first()
        pair = free.select_for_update(skip_locked=True, of=("self",)).first()
        if pair is not None:
            _lend(pair, by=by, at=at)
        return pair


def lend_pair(*, pair: int, by: User, at: datetime) -> Pair | None:
    """Lend this very pair; None when somebody else has it, it is decided, or it is beyond the scope."""
    with transaction.atomic():
        is_free = Q(leased_until=None) | Q(leased_until__lte=at) | Q(leased_by=by)
        found = Pair.objects.awaiting_review().filter(is_free, pk=pair)
        got = found.select_for_update(skip_locked=True, of=("self",)).first()
        if got is not None:
            _lend(got, by=by, at=at)
        return got


def _lend(pair: Pair, *, by: User, at: datetime) -> None:
    Pair.objects.filter(pk=pair.pk).update(leased_by=by, leased_until=at + LOAN)


def give_back(*, pairs: Collection[int], by: User) -> int:
    """Give back those of `pairs` that the person has borrowed; how many."""
    mine = Pair.objects.awaiting_review().filter(leased_by=by, pk__in=pairs)
    return mine.update(leased_by=None, leased_until=None)


def call_same(*, pair: int, by: User, post: Post, at: datetime) -> Merge:
    """Make the two records one: the older stays. Raises `registry.MergeRefused` with every reason, and PairTaken."""
    with recorded(Act.PAIR_SAME, by=by, at=at, post=post, pair=pair):
        found = _decided(pair, PairState.SAME, by=by, at=at)
        keep, absorb = sorted((found.first_id, found.second_id))
        merge = merge_enterprises(keep=keep, absorb=absorb, by=by, post=post, at=at)
        Pair.objects.filter(pk=pair).update(merge=merge)
        return merge


def call_different(*, pair: int, by: User, post: Post, at: datetime) -> None:
    """Remember that the two are different: they are never asked about again. Raises PairTaken."""
    with recorded(Act.PAIR_DIFFERENT, by=by, at=at, post=post, pair=pair):
        _decided(pair, PairState.DIFFERENT, by=by, at=at)


def pass_on(*, pair: int, note: str, by: User, post: Post, at: datetime) -> None:
    """Leave the pair to somebody else, with a note for that person; it does not come to this one again. Raises PairTaken."""
    with recorded(Act.PAIR_PASSED, by=by, at=at, post=post, pair=pair):
        found = _held(pair, by=by, at=at)
        passed = sorted({*found.passed_by, by.pk})
        changes = {"note": note.strip()[:NOTE]} if note.strip() else {}
        Pair.objects.filter(pk=pair).update(passed_by=passed, leased_by=None, leased_until=None, **changes)


def undo_decision(*, pair: int, by: User, post: Post, at: datetime) -> None:
    """Take back what was said of a pair: a merge is undone, and the pair waits again.

    Raises `registry.MergeRefused` where the merge cannot be undone now, and PairTaken where there is nothing to take back.
    """
    with recorded(Act.PAIR_UNDONE, by=by, at=at, post=post, pair=pair):
        found = Pair.objects.select_for_update(of=("self",)).filter(pk=pair).first()
        if found is None:
            raise PairTaken(_("Pasangan ini tidak ada di wilayah tugas Anda."))
        if found.state == PairState.OPEN and by.pk in found.passed_by:
            Pair.objects.filter(pk=pair).update(passed_by=[one for one in found.passed_by if one != by.pk])
            return
        if PairState.OPEN not in PAIR_TRANSITIONS[PairState(found.state)] or found.decided_at is None:
            raise PairTaken(_("Atas pasangan ini tidak ada keputusan yang dapat diurungkan."))
        if found.merge is not None and found.merge.undone_at is None:
            undo_merge(merge=found.merge.pk, by=by, post=post, at=at)
        Pair.objects.filter(pk=pair).update(
            state=PairState.OPEN, decided_by=None, decided_at=None, merge=None, leased_by=None, leased_until=None
        )


def _held(pair: int, *, by: User, at: datetime) -> Pair:
    """The pair, locked, if it waits and nobody else has it."""
    found = Pair.objects.select_for_update(of=("self",)).filter(pk=pair).first()
    if found is None:
        raise PairTaken(_("Pasangan ini tidak ada di wilayah tugas Anda."))
    if found.state != PairState.OPEN:
        raise PairTaken(_("Pasangan ini sudah diputuskan."))
    if found.leased_by_id not in {None, by.pk} and found.leased_until is not None and found.leased_until > at:
        raise PairTaken(_("Pasangan ini sedang ditinjau orang lain."))
    return found


def _decided(pair: int, to: PairState, *, by: User, at: datetime) -> Pair:
    found = _held(pair, by=by, at=at)
    Pair.objects.filter(pk=pair).update(state=to, decided_by=by, decided_at=at, leased_by=None, leased_until=None)
    return found
