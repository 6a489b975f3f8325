"""The rows of a merge: held while two become one, moved, set aside, taken out, and brought back from the history.

Used by `merging` alone, which says when and why.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext as _

from lontar.access.policies import Refused
from lontar.registry.models import Merge, MergeStep
from lontar.registry.queries.merging import duplicates, newest_event, rows_of
from lontar.registry.rules.merging import DERIVED, SUBJECTS, Fate, Relation, Subject, foreign_relations

WRITER = 0x10_47A3  # the writer's lock of the registry; chunks of lists take it too, so no chunk sees half a merge


class MergeRefused(Refused):
    """Two records cannot be merged, or a merge cannot be undone; `reasons` are all that speaks against it."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


def hold(subject: Subject, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The rows as they are now, held until the transaction ends: first the writer's lock, then the rows by their ids.

    The one lock of merging; two people who merge overlapping records come one after the other. Outside a transaction it
    would hold nothing and raises RuntimeError.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("records are held for merging inside a transaction only")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [WRITER])
    return rows_of(subject, sorted(ids), lock=True)


def remembered(subject: Subject, row: dict[str, Any]) -> int:
    """The event that holds the row as it is now, from which an undo restores it; refuses a row whose history has a gap."""
    event = newest_event(subject, row["id"])
    kept = subject.events._base_manager.filter(pgh_id=event).values(*subject.columns).first()
    if kept is None or any(kept[name] != row[name] for name in subject.columns):
        raise MergeRefused(_("Riwayat catatan ini tidak lengkap, sehingga penggabungannya tidak dapat dibatalkan."))
    return event


def move_all(subject: Subject, *, keep: int, absorb: int) -> list[MergeStep]:
    """Everything that points at the absorbed record points at the kept one, or is set aside; the steps, not yet saved."""
    steps = []
    for relation in subject.relations:
        if relation.fate is Fate.MOVE_UNLESS_DUPLICATE:
            steps += [_set_aside(relation, pk) for pk in duplicates(relation, keep=keep, absorb=absorb)]
        if relation.fate is not Fate.KEEP:
            steps += [MergeStep(relation=relation.name, row_id=pk) for pk in _move(relation, keep=keep, absorb=absorb)]
    for foreign in foreign_relations(subject.kind):
        steps += [MergeStep(relation=foreign.name, row_id=pk) for pk in foreign.move(absorb, keep)]
    return steps


def _move(relation: Relation, *, keep: int, absorb: int) -> list[int]:
    rows = relation.model._base_manager.filter(**{relation.column: absorb})
    ids = sorted(rows.values_list("pk", flat=True))
    if ids and rows.filter(pk__in=ids).update(**{relation.column: keep}) != len(ids):
        raise MergeRefused(
            _("Ada produk, izin, atau anggota yang tercatat di luar wilayah tugas Anda; mintalah petugas provinsi.")
        )
    return ids


def _set_aside(relation: Relation, pk: int) -> MergeStep:
    take_out(relation.model, pk)
    found = relation.model.pgh_event_model._base_manager.filter(pgh_obj_id=pk)  # type: ignore[attr-defined]  # pghistory
    return MergeStep(relation=relation.name, row_id=pk, event=found.latest("pgh_id").pgh_id)


def take_out(model: type[models.Model], pk: int) -> None:
    """Delete one row and nothing else; refuses when anything still hangs on it."""
    number, _kinds = model._base_manager.filter(pk=pk).delete()
    if number != 1:
        raise MergeRefused(_("Catatan ini masih dipakai catatan lain, jadi tidak dapat digabungkan."))


def bring_back(model: type[models.Model], event: int) -> models.Model:
    """Insert a row as an event of its history has it; refuses when what it points at has been merged away since."""
    kept = model.pgh_event_model._base_manager.get(pgh_id=event)  # type: ignore[attr-defined]  # made by pghistory
    derived = DERIVED.get(model._meta.label, frozenset())
    fields = [one for one in model._meta.concrete_fields if one.name not in derived]
    values = {one.attname: getattr(kept, one.attname) for one in fields}
    check_targets(model, values)
    row = model(**values)
    row.save(force_insert=True)
    return row


def check_targets(model: type[models.Model], values: dict[str, Any]) -> None:
    """Refuse values that point at a record which has been merged into another since."""
    for subject in SUBJECTS.values():
        for field in model._meta.concrete_fields:
            target = values.get(field.attname) if field.related_model is subject.model else None
            later = Merge.objects.standing().filter(kind=subject.kind, absorbed_id=target) if target else None
            if later is not None and (found := later.first()) is not None:
                raise MergeRefused(first_undo(found))


def first_undo(later: Merge) -> str:
    """The sentence that names the merge to be undone before."""
    while later.part_of is not None:
        later = later.part_of
    return _("Batalkan dahulu penggabungan %(name)s (nomor %(number)s), yang dilakukan sesudahnya.") % {
        "name": later.absorbed_name,
        "number": later.pk,
    }


def restore_steps(merge: Merge) -> dict[str, int]:
    """Everything that the merge moved or set aside back where it was; how many rows per relation could not follow."""
    subject = SUBJECTS[merge.kind]  # type: ignore[index]  # the values of the field are kinds
    by_name: dict[str, list[MergeStep]] = {}
    for step in merge.steps.order_by("pk"):
        by_name.setdefault(step.relation, []).append(step)
    left = {}
    for relation in subject.relations:
        steps = by_name.get(relation.name, [])
        moved = [step.row_id for step in steps if step.event is None]
        _check_later(merge, relation, moved)
        still = relation.model._base_manager.filter(pk__in=moved, **{relation.column: merge.kept_id})
        back = still.update(**{relation.column: merge.absorbed_id}) if moved else 0
        for step in steps:
            if step.event is not None:
                bring_back(relation.model, step.event)
        left[relation.name] = len(moved) - back
    for foreign in foreign_relations(subject.kind):
        rows = [step.row_id for step in by_name.get(foreign.name, [])]
        left[foreign.name] = len(rows) - foreign.move_back(rows, merge.kept_id, merge.absorbed_id) if rows else 0
    return {name: number for name, number in left.items() if number}


def _check_later(merge: Merge, relation: Relation, moved: list[int]) -> None:
    """Refuse while a later merge stands that took out one of the moved rows or gave its column another value.

    That merge would bring the row back as it was then: pointing at a record which it no longer belongs to.
    """
    prefix = f"{relation.model._meta.label}."
    aside = MergeStep.objects.filter(relation__startswith=prefix, row_id__in=moved, event__isnull=False)
    later = Merge.objects.standing().filter(pk__gt=merge.pk)
    found = later.filter(pk__in=aside.values("merge")).first()
    for subject in SUBJECTS.values():
        if found is None and subject.model is relation.model:
            found = later.filter(kind=subject.kind, absorbed_id__in=moved).first() or _recolumned(
                subject, list(later.filter(kind=subject.kind, kept_id__in=moved)), relation.column
            )
    if found is not None:
        raise MergeRefused(first_undo(found))


def _recolumned(subject: Subject, later: list[Merge], column: str) -> Merge | None:
    """The first of these merges that changed the column of its kept record."""
    images = _images(subject, later)
    return next((one for one in later if _changed(images, one, (column,))), None)


def fields_before(merge: Merge, current: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The columns of the kept record that an undo sets, and the groups that stay because somebody changed them since.

    A group that a later standing merge has changed is that merge's to give back. Where earlier merges were undone while this
    one stood, their part of the value goes with them.
    """
    subject = SUBJECTS[merge.kind]  # type: ignore[index]  # the values of the field are kinds
    chain = list(Merge.objects.into(merge.kind, merge.kept_id).order_by("pk"))
    images = _images(subject, chain)
    changes: dict[str, Any] = {}
    stayed = []
    for group in subject.groups:
        touched = [one for one in chain if _changed(images, one, group.columns)]
        if merge not in touched or any(one.pk > merge.pk and one.undone_at is None for one in touched):
            continue
        if _values(current, group.columns) != _values(images[merge.kept_after], group.columns):
            stayed.append(group.key)
            continue
        before = _before(merge, touched, images, group.columns)
        changes.update(dict(zip(group.columns, before, strict=True)))
    return changes, tuple(stayed)


def _images(subject: Subject, chain: list[Merge]) -> dict[int, dict[str, Any]]:
    wanted = {event for one in chain for event in (one.kept_before, one.kept_after)}
    found = subject.events._base_manager.filter(pgh_id__in=wanted).values("pgh_id", *subject.columns)
    return {row["pgh_id"]: row for row in found}


def _values(row: dict[str, Any], columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row[name] for name in columns)


def _changed(images: dict[int, dict[str, Any]], merge: Merge, columns: tuple[str, ...]) -> bool:
    return _values(images[merge.kept_before], columns) != _values(images[merge.kept_after], columns)


def _before(
    merge: Merge, touched: list[Merge], images: dict[int, dict[str, Any]], columns: tuple[str, ...]
) -> tuple[Any, ...]:
    """The value before `merge`, without what earlier merges gave that were undone while it (or the next link) stood."""
    link, value = merge, _values(images[merge.kept_before], columns)
    for earlier in reversed([one for one in touched if one.pk < merge.pk]):
        if earlier.undone_beyond is None:
            break
        if earlier.undone_beyond < link.pk:
            continue
        if value != _values(images[earlier.kept_after], columns):
            break
        link, value = earlier, _values(images[earlier.kept_before], columns)
    return value


__all__ = [
    "WRITER",
    "MergeRefused",
    "bring_back",
    "check_targets",
    "fields_before",
    "first_undo",
    "hold",
    "move_all",
    "remembered",
    "restore_steps",
    "take_out",
]
