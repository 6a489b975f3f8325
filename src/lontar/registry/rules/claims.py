"""What agencies can claim about an enterprise and its owner, and whose claim holds.

A claim is what one agency said in one statement. Of each field the newest claim of the agency that ranks best for the field's
topic is in force (`Authority`, effective-dated); equal ranks: the newest. A person may accept another claim for one record;
that holds until the authority says something new. The same rule is written in SQL for whole sets
(`lontar.registry.actions.settling`), and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lontar.registry.states import Topic

LOWEST = 100  # the rank of a kind of agency that the table does not name for a topic
EMPTY_TEXTS = frozenset({"npwp", "kbli", "main_product", "sex"})  # columns of a record where "" is nothing known
SIGNS = " .,;:-_'\"/()&+*#!?–—‘’“”"  # what two spellings of one name may differ in, beside letters' case
NAMELESS = "(tanpa nama)"  # what stands for an owner whose name nobody gave


@dataclass(frozen=True, slots=True)
class Field:
    """Columns that are claimed together; `told_by` tells two values apart where it is not all of them.

    `bare`: two spellings that differ in nothing but letters' case and `SIGNS` are no conflict. `once`: no two records share
    the value. `fixed`: a record always has one, so nobody can claim that there is none.
    """

    key: str
    topic: Topic
    columns: tuple[str, ...]
    told_by: str = ""
    bare: bool = False
    once: bool = False
    fixed: bool = False
    secret: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        """The columns that say whether two values are the same."""
        return (self.told_by,) if self.told_by else self.columns

    def differs(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Whether two rows say different things here; spellings of one word do not."""
        shape = bare if self.bare else _same
        return any(shape(one[name]) != shape(other[name]) for name in self.marks)

    def is_told(self, row: Mapping[str, Any]) -> bool:
        """Whether a row says something here."""
        return any(row[name] is not None for name in self.columns)


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of record about which agencies make claims: its table, the table of claims, and how these point at it."""

    name: str
    table: str
    claims: str
    key: str
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that can be claimed."""
        return tuple(name for field in self.fields for name in field.columns)

    def field(self, key: str) -> Field:
        """The field named `key`; KeyError for none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


ENTERPRISE = Subject(
    "enterprise",
    "registry_enterprise",
    "registry_enterpriseclaim",
    "enterprise_id",
    (
        Field("name", Topic.IDENTITY, ("name",), bare=True, fixed=True),
        Field("village", Topic.PLACE, ("village_id",), fixed=True),
        Field("owner", Topic.OWNER, ("owner_id",), fixed=True),
        Field("nib", Topic.LICENSING, ("nib",), once=True),
        Field("npwp", Topic.LICENSING, ("npwp",), secret=True),
        Field("kbli", Topic.LICENSING, ("kbli", "kbli_version")),
        Field("main_product", Topic.PRODUCT, ("main_product",), bare=True),
        Field("commodity", Topic.PRODUCT, ("commodity_id",)),
        Field("start_year", Topic.IDENTITY, ("start_year",)),
        Field("workers", Topic.WORKERS, ("workers_paid", "workers_unpaid")),
        Field("annual_turnover", Topic.MONEY, ("annual_turnover",)),
        Field("capital", Topic.MONEY, ("capital",)),
        Field("status", Topic.STATUS, ("status",), fixed=True),
        Field("point", Topic.PLACE, ("lat", "lon")),
    ),
)
PERSON = Subject(
    "person",
    "registry_person",
    "registry_personclaim",
    "person_id",
    (
        Field("owner_name", Topic.OWNER, ("name",), bare=True, fixed=True),
        Field("sex", Topic.OWNER, ("sex",)),
        Field("birth_year", Topic.OWNER, ("birth_year",)),
        Field("nik", Topic.OWNER, ("nik_sealed", "nik_index"), told_by="nik_index", once=True, secret=True),
        Field("phone", Topic.OWNER, ("phone_sealed", "phone_index"), told_by="phone_index", secret=True),
        Field("address", Topic.OWNER, ("address_sealed", "address_index"), told_by="address_index", secret=True),
    ),
)
SUBJECTS = {one.name: one for one in (ENTERPRISE, PERSON)}
FIELD_KEYS = tuple(field.key for subject in (ENTERPRISE, PERSON) for field in subject.fields)


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim row as the rule sees it; `said` are its columns, `emptied` the fields that it declares empty.

    It came with row `row` of sheet `sheet` of the list `batch`, or from the holder `by` of a post at a form.
    """

    pk: int
    agency: int
    recorded_at: datetime
    said: Mapping[str, Any]
    emptied: frozenset[str] = frozenset()
    batch: int | None = None
    sheet: int | None = None
    row: int | None = None
    post: int | None = None
    by: int | None = None

    @property
    def order(self) -> tuple[datetime, int]:
        """What is newer is greater."""
        return (self.recorded_at, self.pk)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A person's decision that one claim holds for one field of one record."""

    claim: int
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """A field: the claim in force (None: nobody claims it), every agency's present claim, and those that differ openly.

    `accepted`: it is in force because a person said so, not by the authority of its agency.
    """

    in_force: Statement | None
    present: tuple[Statement, ...]
    differing: tuple[Statement, ...]
    accepted: bool = False


def verdict(
    field: Field, statements: Sequence[Statement], *, ranks: Mapping[int, int], accepted: Accepted | None = None
) -> Verdict:
    """Whose claim of `field` holds among `statements`; `ranks` gives each agency's rank for the field's topic (1 is best)."""
    present = _present(field, statements)
    if not present:
        return Verdict(None, (), ())
    best = min(present, key=lambda one: (ranks.get(one.agency, LOWEST), _reversed(one.order)))
    chosen = None
    if accepted is not None and best.recorded_at <= accepted.decided_at:
        chosen = next((one for one in statements if one.pk == accepted.claim and field.is_told(one.said)), None)
    force = chosen or best
    settled_at = accepted.decided_at if chosen is not None and accepted is not None else None
    differing = tuple(
        one
        for one in present
        if field.differs(one.said, force.said) and (settled_at is None or one.recorded_at > settled_at)
    )
    return Verdict(force, tuple(present), differing, chosen is not None)


def _present(field: Field, statements: Sequence[Statement]) -> list[Statement]:
    """Each agency's newest claim of the field; an agency that emptied it since claims nothing."""
    newest: dict[int, Statement] = {}
    for one in sorted(statements, key=lambda one: one.order):
        if field.is_told(one.said) or field.key in one.emptied:
            newest[one.agency] = one
    return [one for one in newest.values() if field.is_told(one.said)]


def _reversed(order: tuple[datetime, int]) -> tuple[float, int]:
    return (-order[0].timestamp(), -order[1])


def _same(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


_WITHOUT = str.maketrans("", "", SIGNS)


def bare(value: Any) -> Any:
    """A word without `SIGNS` and letters' case; the same as in the SQL of `actions.settling`."""
    return value.translate(_WITHOUT).lower() if isinstance(value, str) else value
