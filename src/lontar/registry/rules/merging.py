"""What merging two records does, declared: field by field which value stays, relation by relation which rows move.

Enterprises, owners and organisations are merged by the same words. A test fails when a foreign key or a number that points at
one of them is missing here. Apps above the registry add their own relations with `register_relation`, for only they write
their tables. Reading and locking the two records is left to `queries` and `actions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext as _

from lontar.registry.models import (
    Acceptance,
    Disagreement,
    Enterprise,
    EnterpriseClaim,
    Licence,
    Membership,
    Organization,
    Person,
    PersonClaim,
    Product,
)
from lontar.registry.states import MergeKind


class Rule(Enum):
    """How the value of a group of columns is found: see `merged`."""

    CHOICE = "choice"  # the kept record's; where that is empty the absorbed one's; a person may choose
    AGREED = "agreed"  # as CHOICE, but two different values are two different things: refused
    FILLED = "filled"  # the kept record's, or where that is empty the absorbed one's
    KEPT = "kept"  # always the kept record's


class Fate(Enum):
    """What happens to the rows of a relation."""

    MOVE = "move"
    MOVE_UNLESS_DUPLICATE = "move unless duplicate"
    KEEP = "keep"


class Side(Enum):
    """Which record a value comes from."""

    KEEP = "keep"
    ABSORB = "absorb"


@dataclass(frozen=True, slots=True)
class Group:
    """Columns whose values only make sense together; the first, or `told_by`, says whether two records differ."""

    key: str
    columns: tuple[str, ...]
    rule: Rule = Rule.CHOICE
    told_by: str = ""

    def differs(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Whether two records have different values here."""
        told = (self.told_by,) if self.told_by else self.columns
        return any(one[name] != other[name] for name in told)

    def is_empty(self, row: Mapping[str, Any]) -> bool:
        """Whether a record has no value here."""
        return all(row[name] in (None, "") for name in self.columns)


@dataclass(frozen=True, slots=True)
class Relation:
    """A column that points at the merged record; `like` are the columns in which a duplicate agrees."""

    name: str
    model: type[models.Model]
    column: str
    fate: Fate
    like: tuple[str, ...] = ()


class ForeignRelation(Protocol):
    """A relation of an app above: it moves its own rows and tells their ids."""

    @property
    def name(self) -> str:
        """App, model and column, as `Relation.name`."""

    def count(self, absorbed: int) -> int:
        """How many rows point at the record."""

    def move(self, absorbed: int, kept: int) -> list[int]:
        """Point the rows at `kept` instead; their ids."""

    def move_back(self, rows: list[int], kept: int, absorbed: int) -> int:
        """Point those of `rows` that still point at `kept` back; how many."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of record that can be merged: its fields in groups and what points at it."""

    kind: MergeKind
    model: type[models.Model]
    groups: tuple[Group, ...]
    relations: tuple[Relation, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that merging knows."""
        return tuple(name for group in self.groups for name in group.columns)

    @property
    def events(self) -> type[models.Model]:
        """The history of the model."""
        return self.model.pgh_event_model  # type: ignore[attr-defined, no-any-return]  # made by pghistory


_SOURCE = Group("source", ("source_agency_id", "source_batch", "source_row"), Rule.KEPT)
_STAMP = Group("recorded_at", ("recorded_at",), Rule.KEPT)

ENTERPRISE = Subject(
    MergeKind.ENTERPRISE,
    Enterprise,
    (
        Group("name", ("name",)),
        Group("village", ("village_id",)),
        Group("owner", ("owner_id",)),
        Group("nib", ("nib",), Rule.AGREED),
        Group("npwp", ("npwp",)),
        Group("main_product", ("main_product",)),
        Group("commodity", ("commodity_id",)),
        Group("kbli", ("kbli", "kbli_version")),
        Group("start_year", ("start_year",)),
        Group("workers_paid", ("workers_paid", "workers_unpaid")),
        Group("imk_class", ("imk_class",), Rule.FILLED),
        Group("annual_turnover", ("annual_turnover",)),
        Group("capital", ("capital",)),
        Group("umkm_class", ("umkm_class",), Rule.FILLED),
        Group("status", ("status",)),
        Group("lat", ("lat", "lon")),
        Group("source_key", ("source_key",), Rule.FILLED),
        Group("verified_at", ("verified_at",), Rule.KEPT),
        _SOURCE,
        _STAMP,
    ),
    (
        Relation("registry.Product.enterprise", Product, "enterprise_id", Fate.MOVE),
        Relation(
            "registry.Licence.enterprise",
            Licence,
            "enterprise_id",
            Fate.MOVE_UNLESS_DUPLICATE,
            ("kind", "number", "product_id"),
        ),
        Relation(
            "registry.Membership.enterprise",
            Membership,
            "enterprise_id",
            Fate.MOVE_UNLESS_DUPLICATE,
            ("organization_id",),
        ),
        Relation("registry.EnterpriseClaim.enterprise", EnterpriseClaim, "enterprise_id", Fate.MOVE),
        Relation("registry.Acceptance.enterprise", Acceptance, "enterprise_id", Fate.MOVE),
        # found again from the claims, for both records, after a merge and after its undo
        Relation("registry.Disagreement.enterprise", Disagreement, "enterprise_id", Fate.KEEP),
    ),
)
PERSON = Subject(
    MergeKind.PERSON,
    Person,
    (
        Group("name", ("name",)),
        Group("village", ("village_id",)),
        Group("sex", ("sex",)),
        Group("birth_year", ("birth_year",)),
        Group("nik_sealed", ("nik_sealed", "nik_index"), Rule.AGREED, "nik_index"),
        Group("phone_sealed", ("phone_sealed", "phone_index"), Rule.CHOICE, "phone_index"),
        Group("address_sealed", ("address_sealed", "address_index"), Rule.CHOICE, "address_index"),
        _SOURCE,
        _STAMP,
    ),
    (
        Relation("registry.Enterprise.owner", Enterprise, "owner_id", Fate.MOVE),
        Relation("registry.EnterpriseClaim.owner", EnterpriseClaim, "owner_id", Fate.MOVE),
        Relation("registry.PersonClaim.person", PersonClaim, "person_id", Fate.MOVE),
        Relation("registry.Acceptance.person", Acceptance, "person_id", Fate.MOVE),
        Relation("registry.Disagreement.person", Disagreement, "person_id", Fate.KEEP),
    ),
)
ORGANIZATION = Subject(
    MergeKind.ORGANIZATION,
    Organization,
    (
        Group("name", ("name",)),
        Group("village", ("village_id",)),
        Group("kind", ("kind",), Rule.AGREED),
        Group("community_kind", ("community_kind",)),
        Group("registration", ("registration",), Rule.AGREED),
        Group("members", ("members",)),
        Group("founded_year", ("founded_year",)),
        _SOURCE,
        _STAMP,
    ),
    (
        Relation("registry.Product.organization", Product, "organization_id", Fate.MOVE),
        Relation(
            "registry.Membership.organization",
            Membership,
            "organization_id",
            Fate.MOVE_UNLESS_DUPLICATE,
            ("enterprise_id",),
        ),
    ),
)
SUBJECTS = {one.kind: one for one in (ENTERPRISE, PERSON, ORGANIZATION)}
# Filled by statement or trigger from other columns; history leaves them out and an undo has them filled again.
DERIVED = {"registry.Enterprise": frozenset({"owner_name", "workers", "search"})}
# Numbers that point at such a record and stay as they are, each with its reason.
KEPT_NUMBERS = {
    "registry.Acceptance.claim_id": "the claim itself moves with the record",
    "intake.RowMatch.enterprise_id": "a match tells of the row as it was compared; the chunk itself follows merges",
    "verification.SignOff.enterprise_id": "a sign-off is of the record that was signed; the kept one is signed for itself",
    "verification.FieldReturn.enterprise_id": "a return asks about the record as it was; undoing the merge brings it back",
    "verification.FieldReturn.record_id": "a village's potential, which is never merged",
    "audit.Reveal.subject_id": "who looked at which record is a log and never changes",
    "registry.Merge.kept_id": "a merge tells of the records as they were",
    "registry.Merge.absorbed_id": "a merge tells of the records as they were",
    "registry.MergeStep.row_id": "a step tells of the row as it was",
}
_foreign: dict[MergeKind, list[ForeignRelation]] = {}


def register_relation(kind: MergeKind, relation: ForeignRelation) -> None:
    """Add a relation whose table belongs to an app above the registry."""
    held = _foreign.setdefault(kind, [])
    _foreign[kind] = [one for one in held if one.name != relation.name] + [relation]


def foreign_relations(kind: MergeKind) -> tuple[ForeignRelation, ...]:
    """The relations that apps above have added."""
    return tuple(_foreign.get(kind, ()))


def side_of(group: Group, keep: Mapping[str, Any], absorb: Mapping[str, Any], chosen: str = "") -> Side:
    """Which record's value stays: the kept one's unless it is empty, or the other was chosen."""
    if group.rule is Rule.KEPT:
        return Side.KEEP
    if group.is_empty(keep) and not group.is_empty(absorb):
        return Side.ABSORB if chosen != Side.KEEP.value or group.rule is not Rule.CHOICE else Side.KEEP
    if group.rule is Rule.CHOICE and chosen == Side.ABSORB.value and not group.is_empty(absorb):
        return Side.ABSORB
    return Side.KEEP


def is_conflict(group: Group, keep: Mapping[str, Any], absorb: Mapping[str, Any]) -> bool:
    """Whether both records have a value, not the same, and a person may choose."""
    both = not group.is_empty(keep) and not group.is_empty(absorb)
    return group.rule is Rule.CHOICE and both and group.differs(keep, absorb)


def merged(
    subject: Subject, keep: Mapping[str, Any], absorb: Mapping[str, Any], choices: Mapping[str, str]
) -> dict[str, Any]:
    """The columns of the kept record that change, with their new values."""
    changed = {}
    for group in subject.groups:
        if side_of(group, keep, absorb, choices.get(group.key, "")) is Side.ABSORB:
            changed.update({name: absorb[name] for name in group.columns if keep[name] != absorb[name]})
    return changed


def refusals(subject: Subject, keep: Mapping[str, Any], absorb: Mapping[str, Any]) -> list[str]:
    """Why the two cannot be one, in sentences; empty when nothing speaks against it.

    The registry gives a NIB to one enterprise and a NIK to one person (constraints `enterprise_nib_once` and the unique
    `nik_index`); two different numbers are therefore two different things.
    """
    words = {
        "nib": _("NIB keduanya berbeda, jadi ini dua usaha. Perbaiki NIB yang salah lebih dahulu."),
        "nik_sealed": _("NIK pemilik keduanya berbeda, jadi ini dua orang. Perbaiki NIK yang salah lebih dahulu."),
        "kind": _("Jenis organisasi keduanya berbeda."),
        "registration": _("Nomor badan hukum keduanya berbeda, jadi ini dua organisasi."),
    }
    return [
        words[group.key]
        for group in subject.groups
        if group.rule is Rule.AGREED
        and not group.is_empty(keep)
        and not group.is_empty(absorb)
        and group.differs(keep, absorb)
    ]
