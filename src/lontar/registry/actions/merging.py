"""Merging records that tell of one thing, and undoing it: one audit event each, everything or nothing.

The absorbed record leaves its table and stays in the history; its number leads to the kept record as long as the merge stands.
Merges nest, and are undone in any order in which each record still stands where the merge left it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.trail import recorded
from lontar.registry.actions import merge_claims
from lontar.registry.actions.merge_rows import (
    MergeRefused,
    check_targets,
    fields_before,
    first_undo,
    hold,
    move_all,
    remembered,
    restore_steps,
    take_out,
)
from lontar.registry.actions.merge_rows import bring_back as _bring_back
from lontar.registry.models import Merge, MergeStep
from lontar.registry.queries.merging import MergePreview, newest_event, not_there, preview_merge
from lontar.registry.rules import bands_as_at, classes_of
from lontar.registry.rules.merging import ENTERPRISE, ORGANIZATION, PERSON, SUBJECTS, Subject, merged
from lontar.registry.states import Act, MergeKind

T = TypeVar("T")
_MEASURED = {"workers_paid", "workers_unpaid", "annual_turnover", "capital"}
_UNSPOKEN = {"recorded_at", "imk_class", "umkm_class"}  # they follow other fields; nobody is told that they stayed


class SeenDiffers(MergeRefused):
    """One of the two records has changed since the preview that a person agreed to."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo left as it is: fields that somebody changed since, and rows per relation that have gone elsewhere."""

    merge: int
    kept_id: int
    absorbed_id: int
    stayed: tuple[str, ...]
    left: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Actor:
    by: User
    post: Post
    at: datetime


def merge_enterprises(
    *,
    keep: int,
    absorb: int,
    choices: Mapping[str, str] | None = None,
    seen: str = "",
    by: User,
    post: Post,
    at: datetime,
) -> Merge:
    """Make two enterprises one; the owners become one person too where that is chosen or usual (`usual_owner`).

    `choices` name per group of `rules.merging` which record's value stays ("keep" or "absorb"), `owner` one of `OWNERS`,
    `owner.…` the groups of the owner; what is not named stays the kept record's. `seen` is the mark of the preview: raises
    `SeenDiffers` when a record has changed since. Raises `MergeRefused` with every reason.
    """
    return _merge(ENTERPRISE, keep=keep, absorb=absorb, choices=choices, seen=seen, actor=_Actor(by, post, at))


def merge_people(
    *, keep: int, absorb: int, choices: Mapping[str, str] | None = None, by: User, post: Post, at: datetime
) -> Merge:
    """Make two owners one person with all enterprises of both; else as `merge_enterprises`."""
    return _merge(PERSON, keep=keep, absorb=absorb, choices=choices, seen="", actor=_Actor(by, post, at))


def merge_organizations(
    *, keep: int, absorb: int, choices: Mapping[str, str] | None = None, by: User, post: Post, at: datetime
) -> Merge:
    """Make two organisations one with the members and products of both; else as `merge_enterprises`."""
    return _merge(ORGANIZATION, keep=keep, absorb=absorb, choices=choices, seen="", actor=_Actor(by, post, at))


def _merge(
    subject: Subject, *, keep: int, absorb: int, choices: Mapping[str, str] | None, seen: str, actor: _Actor
) -> Merge:
    with recorded(
        Act.RECORDS_MERGED,
        by=actor.by,
        at=actor.at,
        post=actor.post,
        kind=subject.kind.value,
        kept=keep,
        absorbed=absorb,
    ):
        held = hold(subject, (keep, absorb))
        if len(held) == 2:
            _held_owners(subject, held)
        preview = preview_merge(keep=keep, absorb=absorb, kind=subject.kind, choices=choices)
        if preview.refusals:
            raise MergeRefused(*preview.refusals)
        if seen and seen != preview.mark:
            raise SeenDiffers(_("Salah satu catatan ini baru saja diubah orang lain. Muat ulang, lalu periksa lagi."))
        return _or_refused(
            partial(_carry_out, subject, preview, actor),
            _("Catatan ini masih dipakai catatan lain di luar wilayah tugas Anda; mintalah petugas provinsi."),
        )


def _held_owners(subject: Subject, held: dict[int, dict[str, Any]]) -> None:
    """The owners are held with their enterprises, so that nobody changes them between look and act."""
    owners = {row["owner_id"] for row in held.values()} - {None} if subject is ENTERPRISE else set()
    if len(owners) == 2:
        hold(PERSON, owners)


def _or_refused(act: Callable[[], T], words: str) -> T:
    """Run `act` with the database's own checks at its end; what these forbid is refused with `words`."""
    try:
        with transaction.atomic():
            done = act()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            return done
    except (IntegrityError, ProtectedError) as problem:
        raise MergeRefused(words) from problem


def _carry_out(subject: Subject, preview: MergePreview, actor: _Actor) -> Merge:
    keep, absorb = preview.keep, preview.absorb
    claimed = merge_claims.gather(subject.kind, keep=keep, absorb=absorb)
    part = None
    if preview.owner is not None and preview.owner_choice == "same":
        part = _carry_out(PERSON, preview.owner, actor)
    rows = hold(subject, (keep, absorb))
    changes = merged(subject, rows[keep], rows[absorb], {**preview.choices, "owner": preview.owner_choice})
    if _MEASURED & changes.keys():
        changes |= _classes({**rows[keep], **changes}, actor.at)
    before = remembered(subject, rows[keep])
    steps = move_all(subject, keep=keep, absorb=absorb)
    take_out(subject.model, absorb)
    subject.model._base_manager.filter(pk=keep).update(**changes, recorded_at=actor.at)
    done = Merge.objects.create(
        kind=subject.kind,
        kept_id=keep,
        absorbed_id=absorb,
        absorbed_name=rows[absorb]["name"],
        village_id=rows[absorb]["village_id"],
        kept_before=before,
        kept_after=newest_event(subject, keep),
        absorbed_event=newest_event(subject, absorb),
        merged_at=actor.at,
        merged_by=actor.by,
        post=actor.post,
    )
    if part is not None:
        Merge.objects.filter(pk=part.pk).update(part_of=done)
    for step in steps:
        step.merge = done
    MergeStep.objects.bulk_create(steps)
    if claimed:
        merge_claims.hold_to(done, by=actor.by, post=actor.post, at=actor.at)
        Merge.objects.filter(pk=done.pk).update(kept_after=newest_event(subject, keep))
        done.refresh_from_db()
    return done


def _classes(row: dict[str, Any], at: datetime) -> dict[str, str]:
    """The size classes that follow from other workers or rupiah, by the thresholds in force on the day."""
    paid, unpaid = row["workers_paid"], row["workers_unpaid"]
    imk, umkm = classes_of(
        workers=None if paid is None and unpaid is None else (paid or 0) + (unpaid or 0),
        sales=row["annual_turnover"],
        capital=row["capital"],
        bands=bands_as_at(timezone.localdate(at)),
    )
    return {"imk_class": imk, "umkm_class": umkm}


def undo_merge(*, merge: int, by: User, post: Post, at: datetime) -> Undone:
    """Bring the absorbed record back, with every row that was moved or set aside, and the kept one to what it was.

    What others changed since stays and is reported. Raises `MergeRefused` when a later merge has to be undone first, when a
    number or name is taken by another record now, or the merge is not in the scope or is undone already.
    """
    return undo_merges(merges=[merge], by=by, post=post, at=at)[0]


def undo_merges(*, merges: Sequence[int], by: User, post: Post, at: datetime) -> list[Undone]:
    """Undo several merges, the newest first, all or none of them; as `undo_merge`."""
    actor = _Actor(by, post, at)
    with recorded(Act.MERGES_UNDONE, by=by, at=at, post=post, merges=", ".join(map(str, sorted(merges)))):
        return [
            _or_refused(
                partial(_undo, pk, actor),
                _("NIB, NIK, atau nama dari catatan yang digabungkan kini dipakai catatan lain. Perbaiki itu dahulu."),
            )
            for pk in sorted(set(merges), reverse=True)
        ]


def _undo(pk: int, actor: _Actor) -> Undone:
    found = Merge.objects.select_related("part_of").filter(pk=pk).first()
    if found is None:
        raise MergeRefused(_("Penggabungan ini tidak ada."))
    if found.part_of is not None:
        raise MergeRefused(
            _("Ini bagian dari penggabungan usaha %(name)s (nomor %(number)s); batalkan yang itu.")
            % {"name": found.part_of.absorbed_name, "number": found.part_of_id}
        )
    return _take_back(found, actor)


def _take_back(merge: Merge, actor: _Actor) -> Undone:
    subject = SUBJECTS[MergeKind(merge.kind)]
    held = hold(subject, [merge.kept_id])
    merge.refresh_from_db()
    if merge.undone_at is not None:
        raise MergeRefused(_("Penggabungan ini sudah dibatalkan."))
    if merge.kept_id not in held:
        later = Merge.objects.standing().filter(kind=merge.kind, absorbed_id=merge.kept_id).first()
        raise MergeRefused(first_undo(later) if later else not_there(subject.kind, {merge.kept_id}))
    changes, stayed = fields_before(merge, held[merge.kept_id])
    newest = Merge.objects.aggregate(newest=Max("pk"))["newest"]
    marked = Merge.objects.standing().filter(pk=merge.pk)
    if marked.update(undone_at=actor.at, undone_by=actor.by, undone_beyond=newest) != 1:
        raise MergeRefused(_("Penggabungan ini di luar wilayah tugas Anda."))
    check_targets(subject.model, changes)
    if changes:
        subject.model._base_manager.filter(pk=merge.kept_id).update(**changes)
    try:
        _bring_back(subject.model, merge.absorbed_event)
    except DatabaseError as problem:
        if not isinstance(problem, IntegrityError):  # the wall: the row belongs to a region beyond the scope
            raise MergeRefused(not_there(subject.kind, set())) from problem
        raise
    left = restore_steps(merge)
    merge_claims.part(merge, by=actor.by, at=actor.at)
    parts = [_take_back(part, actor) for part in merge.parts.order_by("-pk")]
    inner = [(f"owner.{name}") for part in parts for name in part.stayed]
    return Undone(
        merge=merge.pk,
        kept_id=merge.kept_id,
        absorbed_id=merge.absorbed_id,
        stayed=tuple(name for name in (*stayed, *inner) if name not in _UNSPOKEN and not name.endswith(".recorded_at")),
        left=tuple(
            (name, number) for one in (left, *(dict(part.left) for part in parts)) for name, number in one.items()
        ),
    )


__all__ = [
    "MergeRefused",
    "SeenDiffers",
    "Undone",
    "merge_enterprises",
    "merge_organizations",
    "merge_people",
    "undo_merge",
    "undo_merges",
]
