"""The list of enterprises by pages and in whole, and everything the office shows of one enterprise.

Filters, orders and exact counts are `lontar.registry.queries.enterprises`; this only reads deep pages from the nearer end and
the whole list piece by piece, in constant memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q

from lontar.engines.identifiers.checked import mask
from lontar.engines.identifiers.phone import mask_phone
from lontar.engines.sealing import SealBroken, Sealer
from lontar.intake.models import Batch
from lontar.registry.models import Enterprise, Licence, Organization, Person, Product, Region
from lontar.registry.queries.enterprises import OFFICE, EnterpriseFilter, office_where
from lontar.registry.queries.listing import Field, Listing, pack_cursor, select_after, select_page, stream_csv

PIECE = 4_000
_HIDDEN = "••••••••"
_TURNED = {"": "-", "-": ""}
_VALUES = {"turnover": "annual_turnover", "recorded": "recorded_at", "village": "village_code"}


def page_rows(
    asked: EnterpriseFilter, *, within: str, sort: str, count: int, limit: int, offset: int
) -> list[dict[str, Any]]:
    """Rows `offset` … `offset + limit` of the `count` that there are; those of the second half are read from the end."""
    where = office_where(asked, within=within)
    if offset <= count - offset - limit:
        return select_page(OFFICE, where, sort=sort, limit=limit, offset=offset)
    name, sign = sort.removeprefix("-"), "-" if sort.startswith("-") else ""
    left = max(0, count - offset - limit)
    wanted = min(limit, count - offset)
    rows = select_page(OFFICE, where, sort=f"{_TURNED[sign]}{name}", limit=wanted, offset=left) if wanted > 0 else []
    return rows[::-1]


def all_rows(asked: EnterpriseFilter, *, within: str, sort: str) -> Iterator[dict[str, Any]]:
    """Every row in the order of `sort`, read in pieces, so that neither side holds the list."""
    where = office_where(asked, within=within)
    name = sort.removeprefix("-")
    value, place = _VALUES.get(name, name), ""
    while True:
        rows = select_after(OFFICE, where, sort=sort, limit=PIECE, cursor=place)
        yield from rows
        if len(rows) < PIECE:
            return
        last = rows[-1]
        place = pack_cursor(-1 if last[value] is None else last[value], last["id"])


def csv_rows(fields: Sequence[Field], asked: EnterpriseFilter, *, within: str, sort: str) -> Iterator[bytes]:
    """The same rows as the lines of a CSV without its header, written by the database, `fields` as its columns."""
    pieces = stream_csv(
        Listing(OFFICE.table, tuple(fields), OFFICE.orders), office_where(asked, within=within), sort=sort
    )
    next(pieces)
    return pieces


def quoted(text: object) -> str:
    """A text of our own as an SQL literal; `%` is doubled because the statement is filled in afterwards."""
    return "'" + str(text).replace("'", "''").replace("%", "%%") + "'"


def label_sql(column: str, labels: Mapping[str, object]) -> str:
    """The words for the values of a column; nothing for a value without words."""
    cases = " ".join(f"WHEN {quoted(value)} THEN {quoted(label)}" for value, label in labels.items())
    return f"CASE {column} {cases} END"


def place_sql(code: str) -> str:
    """The name of the region whose code an expression gives."""
    return f"(SELECT v.name FROM registry_region v WHERE v.code = {code})"  # noqa: S608 - our own expressions


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record came from: agency (""), file ("" when none or not open to the reader), batch and row numbers."""

    agency: str
    file: str
    batch: int | None
    row: int | None


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner with the sealed values under their masks; "" where none is recorded.

    `is_outside`: the owner lives beyond the reader's region, so that only the name is known here.
    """

    pk: int
    name: str
    sex: str
    birth_year: int | None
    village: str
    nik: str
    phone: str
    address: str
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Dossier:
    """One enterprise with everything that belongs to it."""

    enterprise: Enterprise
    path: tuple[tuple[str, str], ...]
    owner: Owner | None
    source: Source
    products: tuple[Product, ...]
    licences: tuple[Licence, ...]
    memberships: tuple[Organization, ...]


def dossier(pk: int) -> Dossier | None:
    """Everything of one enterprise; None when it does not exist or lies outside the connection's scope."""
    found = Enterprise.objects.select_related(
        "village__parent__parent", "commodity", "source_agency", "owner__village"
    ).filter(pk=pk)
    one = found.first()
    if one is None:
        return None
    products = Product.objects.filter(enterprise=one).select_related("commodity").order_by("name", "pk")
    licences = Licence.objects.filter(Q(enterprise=one) | Q(product__enterprise=one)).select_related("product")
    return Dossier(
        enterprise=one,
        path=path_of(one),
        owner=owner_of(one),
        source=source_of(one.source_agency.name if one.source_agency else "", one.source_batch, one.source_row),
        products=tuple(products),
        licences=tuple(licences.order_by("kind", "number", "pk")),
        memberships=tuple(Organization.objects.filter(memberships__enterprise=one).order_by("kind", "name", "pk")),
    )


def path_of(one: Enterprise) -> tuple[tuple[str, str], ...]:
    """(code, name) of the regions from the kabupaten down to the enterprise's village."""
    steps: list[tuple[str, str]] = []
    region: Region | None = one.village
    while region is not None:
        steps.append((region.code, region.name))
        region = region.parent if len(region.code) > 5 else None
    return tuple(reversed(steps))


def source_of(agency: str, batch: int | None, row: int | None) -> Source:
    """A source in words; the file of a batch that the reader may not see stays a number."""
    name = Batch.objects.filter(pk=batch).values_list("file_name", flat=True).first() if batch else None
    return Source(agency, name or "", batch, row)


def owner_of(one: Enterprise) -> Owner | None:
    """The owner under masks; only the name where the owner lives beyond the reader's region."""
    if one.owner_id is None:
        return None
    person = one.owner
    if person is None:
        return Owner(one.owner_id, one.owner_name, "", None, "", "", "", "", is_outside=True)
    return Owner(
        pk=person.pk,
        name=person.name,
        sex=person.sex,
        birth_year=person.birth_year,
        village=person.village.name,
        nik=_masked(person, "nik", mask),
        phone=_masked(person, "phone", mask_phone),
        address="" if person.address_sealed is None else _HIDDEN,
    )


def _masked(person: Person, name: str, shape: Callable[[str], str]) -> str:
    """A sealed value as screens may show it; one that cannot be opened is only said to be there."""
    sealed = getattr(person, f"{name}_sealed")
    if sealed is None:
        return ""
    sealer = Sealer(field_key=settings.FIELD_KEY, index_key=settings.INDEX_KEY)
    try:
        return shape(sealer.open(sealed, context=f"person.{name}"))
    except SealBroken:
        return _HIDDEN
