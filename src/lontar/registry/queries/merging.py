"""Reads of merges: what merging two records would do, what a record has absorbed, and where an absorbed record stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.registry.models import Enterprise, Merge
from lontar.registry.queries.claims import has_claims, plain, ranks_as_at, statements_of
from lontar.registry.rules import claims
from lontar.registry.rules import merging as rules
from lontar.registry.rules.merging import ENTERPRISE, SUBJECTS, Fate, Relation, Side, Subject
from lontar.registry.states import MergeKind

# The kinds of record about which agencies make claims.
CLAIMED = {MergeKind.ENTERPRISE: claims.ENTERPRISE, MergeKind.PERSON: claims.PERSON}
OWNERS = ("same", "keep", "absorb")  # the owners are one person; the kept record's owner; the absorbed one's


@dataclass(frozen=True, slots=True)
class FieldPreview:
    """One field: both values (of its columns, in their order), which stays, and whether a person has to decide."""

    key: str
    keep: tuple[Any, ...]
    absorb: tuple[Any, ...]
    side: Side
    is_conflict: bool
    is_different: bool


@dataclass(frozen=True, slots=True)
class RelationPreview:
    """How many rows of a relation move to the kept record, and how many are set aside because that has their like."""

    name: str
    moving: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging `absorb` into `keep` would do; `mark` is given back to the action, so that only what was seen is done.

    `owner` is the merge of both owners into one person, where they are two records; `owner_choice` (of `OWNERS`) is what is
    done with them; `refusals` are reasons against it all; `choices` are the person's and, where the person is silent, those of
    the agency that is the authority for the field.
    """

    kind: MergeKind
    keep: int
    absorb: int
    fields: tuple[FieldPreview, ...]
    relations: tuple[RelationPreview, ...]
    refusals: tuple[str, ...]
    mark: str
    owner: MergePreview | None = None
    owner_choice: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def conflicts(self) -> tuple[FieldPreview, ...]:
        """Fields in which both have a value and not the same."""
        return tuple(one for one in self.fields if one.is_conflict)

    @property
    def is_possible(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.refusals


@dataclass(frozen=True, slots=True)
class MergeLine:
    """One merge of a record, as its page lists it: what was absorbed, when, by whom, how many rows moved."""

    pk: int
    absorbed_id: int
    absorbed_name: str
    merged_at: datetime
    merged_by: str
    post: str
    moved: int
    undone_at: datetime | None


def rows_of(subject: Subject, ids: list[int], *, lock: bool = False) -> dict[int, dict[str, Any]]:
    """The columns that merging knows, by id, of rows within the scope; `lock` holds them to the transaction's end."""
    found = subject.model._base_manager.filter(pk__in=ids).order_by("pk")
    if lock:
        found = found.select_for_update(of=("self",))
    return {row["id"]: row for row in found.values("id", *subject.columns)}


def newest_event(subject: Subject, pk: int) -> int:
    """The newest event in the history of a record; 0 when it has none."""
    found = subject.events._base_manager.filter(pgh_obj_id=pk).aggregate(newest=Max("pgh_id"))["newest"]
    return int(found or 0)


def duplicates(relation: Relation, *, keep: int, absorb: int) -> list[int]:
    """Rows of the absorbed record whose like the kept one has."""
    rows = relation.model._base_manager.filter(**{f"{relation.column}__in": (keep, absorb)})
    kept, found = set(), []
    for row in rows.order_by("pk").values_list("pk", relation.column, *relation.like):
        if row[1] == keep:
            kept.add(row[2:])
        else:
            found.append((row[0], row[2:]))
    return [pk for pk, like in found if like in kept]


def preview_merge(
    *,
    keep: int,
    absorb: int,
    kind: MergeKind = MergeKind.ENTERPRISE,
    choices: Mapping[str, str] | None = None,
) -> MergePreview:
    """What merging would do, without doing it. `choices` as for `actions.merge_enterprises`."""
    subject, chosen = SUBJECTS[kind], dict(choices or {})
    rows = rows_of(subject, [keep, absorb])
    if keep == absorb or len(rows) < 2:
        reason = _("Pilih dua catatan yang berbeda.") if keep == absorb else not_there(kind, {keep, absorb} - set(rows))
        return MergePreview(kind, keep, absorb, (), (), (reason,), "")
    one, other = rows[keep], rows[absorb]
    chosen = authority_choices(subject, one, other) | chosen
    owner = _owners(one, other, chosen) if subject is ENTERPRISE else None
    against = rules.refusals(subject, one, other)
    wanted = "" if owner is None else chosen.get("owner") or usual_owner(owner, other)
    if owner is not None and (wanted == "same" or _are_two_people(owner)):
        against += [reason for reason in owner.refusals if reason not in against]
    return MergePreview(
        kind=kind,
        keep=keep,
        absorb=absorb,
        fields=tuple(_field(group, one, other, chosen) for group in subject.groups),
        relations=tuple(_relations(subject, keep=keep, absorb=absorb)),
        refusals=tuple(against),
        mark=mark_of(subject, keep, absorb),
        owner=owner,
        owner_choice=wanted,
        choices=chosen,
    )


def are_claimed(about: claims.Subject, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether what is said of two records is to be told apart by agency: claims exist, or two agencies have spoken."""
    agencies = {one["source_agency_id"], other["source_agency_id"]} - {None}
    return len(agencies) == 2 or has_claims(about, [one["id"], other["id"]])


def authority_choices(subject: Subject, one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, str]:
    """Where two records differ and agencies can be told apart, the side whose value the authority's claim bears."""
    about = CLAIMED.get(subject.kind)
    if about is None or not are_claimed(about, one, other):
        return {}
    said = sorted(_said(about, one) + _said(about, other), key=lambda told: told.order)
    ranks = ranks_as_at(timezone.localdate())
    found = {}
    for group in subject.groups:
        told = next((part for part in about.fields if part.columns == group.columns), None)
        if told is None or not rules.is_conflict(group, one, other):
            continue
        force = claims.verdict(told, said, ranks=ranks.get(told.topic.value, {})).in_force
        if force is not None and all(force.said[name] == plain(other[name]) for name in told.marks):
            found[group.key] = Side.ABSORB.value
    return found


def _said(about: claims.Subject, row: Mapping[str, Any]) -> list[claims.Statement]:
    """What agencies have said of a record; where one alone has, the record as it stands."""
    found = statements_of(about, row["id"])
    if found or row["source_agency_id"] is None:
        return found
    values = {name: None if row[name] == "" else plain(row[name]) for name in about.columns}
    return [claims.Statement(0, row["source_agency_id"], row["recorded_at"], values)]


def mark_of(subject: Subject, keep: int, absorb: int) -> str:
    """A word that changes as soon as one of the two records does."""
    return f"{keep}.{newest_event(subject, keep)}.{absorb}.{newest_event(subject, absorb)}"


def not_there(kind: MergeKind, missing: set[int]) -> str:
    """Why a record cannot be merged although somebody names it."""
    if Merge.objects.standing().filter(kind=kind, absorbed_id__in=missing).exists():
        return _("Salah satu catatan ini baru saja digabungkan orang lain. Muat ulang, lalu periksa lagi.")
    return _("Salah satu catatan ini tidak ada di wilayah tugas Anda.")


def _field(group: rules.Group, one: dict[str, Any], other: dict[str, Any], chosen: dict[str, str]) -> FieldPreview:
    return FieldPreview(
        key=group.key,
        keep=tuple(one[name] for name in group.columns),
        absorb=tuple(other[name] for name in group.columns),
        side=rules.side_of(group, one, other, chosen.get(group.key, "")),
        is_conflict=rules.is_conflict(group, one, other),
        is_different=group.differs(one, other),
    )


def _relations(subject: Subject, *, keep: int, absorb: int) -> list[RelationPreview]:
    counted = []
    for relation in subject.relations:
        if relation.fate is Fate.KEEP:
            continue
        number = relation.model._base_manager.filter(**{relation.column: absorb}).count()
        aside = 0
        if relation.fate is Fate.MOVE_UNLESS_DUPLICATE:
            aside = len(duplicates(relation, keep=keep, absorb=absorb))
        counted.append(RelationPreview(relation.name, number - aside, aside))
    for foreign in rules.foreign_relations(subject.kind):
        counted.append(RelationPreview(foreign.name, foreign.count(absorb), 0))
    return counted


def _owners(one: dict[str, Any], other: dict[str, Any], chosen: dict[str, str]) -> MergePreview | None:
    """The merge of the two owners; None where there are not two records."""
    if one["owner_id"] is None or other["owner_id"] is None or one["owner_id"] == other["owner_id"]:
        return None
    inner = {key.removeprefix("owner."): side for key, side in chosen.items() if key.startswith("owner.")}
    return preview_merge(keep=one["owner_id"], absorb=other["owner_id"], kind=MergeKind.PERSON, choices=inner)


def usual_owner(owner: MergePreview, other: dict[str, Any]) -> str:
    """What is done with two owners unless a person says otherwise.

    They become one person where nothing speaks against it and it takes nothing from anybody: their names are the same, or
    the absorbed record's owner has no other enterprise. So a later row with either NIK finds the kept enterprise.
    """
    if not owner.is_possible:
        return "keep"
    names = next(one for one in owner.fields if one.key == "name")
    alike = bare(str(names.keep[0])) == bare(str(names.absorb[0]))
    alone = not Enterprise.objects.filter(owner_id=other["owner_id"]).exclude(pk=other["id"]).exists()
    return "same" if alike or alone else "keep"


def bare(name: str) -> str:
    """A name by its letters and digits alone, as lists are matched."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _are_two_people(owner: MergePreview) -> bool:
    """Whether both owners have a NIK, and not the same: then the enterprises are two whoever is chosen."""
    nik = next((one for one in owner.fields if one.key == "nik_sealed"), None)
    return nik is not None and nik.is_different and all(nik.keep) and all(nik.absorb)


def standing_for(pk: int, *, kind: MergeKind = MergeKind.ENTERPRISE) -> int | None:
    """The id of the record that an absorbed one is part of now; None when it was never merged, or the merge is undone."""
    found, seen = pk, {pk}
    while True:
        step = Merge.objects.standing().filter(kind=kind, absorbed_id=found).values_list("kept_id", flat=True).first()
        if step is None or step in seen:
            return found if found != pk else None
        found = step
        seen.add(step)


def merges_into(pk: int, *, kind: MergeKind = MergeKind.ENTERPRISE) -> list[MergeLine]:
    """What a record has absorbed, newest first, with what was undone."""
    found = Merge.objects.into(kind, pk).select_related("merged_by", "post").prefetch_related("steps")
    return [
        MergeLine(
            pk=one.pk,
            absorbed_id=one.absorbed_id,
            absorbed_name=one.absorbed_name,
            merged_at=one.merged_at,
            merged_by=str(one.merged_by),
            post=one.post.title,
            moved=len(one.steps.all()),
            undone_at=one.undone_at,
        )
        for one in found.filter(part_of=None).order_by("-pk")
    ]


__all__ = [
    "CLAIMED",
    "OWNERS",
    "FieldPreview",
    "MergeLine",
    "MergePreview",
    "RelationPreview",
    "are_claimed",
    "authority_choices",
    "duplicates",
    "mark_of",
    "merges_into",
    "newest_event",
    "not_there",
    "preview_merge",
    "rows_of",
    "standing_for",
]
