"""Which enterprises or villages an act is about: rows picked one by one, or everything that a filter finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from lontar.access.scope import bounds
from lontar.registry.queries import EnterpriseFilter
from lontar.registry.queries.enterprises import OFFICE, office_where, region_within
from lontar.registry.queries.listing import Where
from lontar.verification.states import LIVE, Standing

LIVE_SQL = ", ".join(f"'{state.value}'" for state in LIVE)


@dataclass(frozen=True, slots=True)
class Choice:
    """Enterprises: `ids`, or where that is None what `asked` finds and, with a `section_id`, stands as `standing` there.

    `missing` is a key of `MISSING`: only enterprises without that value.
    """

    asked: EnterpriseFilter = field(default_factory=EnterpriseFilter)
    ids: Sequence[int] | None = None
    section_id: int | None = None
    standing: Standing | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class VillageChoice:
    """Villages: `codes`, or where that is None all of `region` that stand as `standing` in the section."""

    region: str = ""
    codes: Sequence[str] | None = None
    section_id: int | None = None
    standing: Standing | None = None


# Fields that the office's view shows and that can be missing.
MISSING = {
    "nib": "r.nib IS NULL",
    "kbli": "r.kbli = ''",
    "start_year": "r.start_year IS NULL",
    "annual_turnover": "r.annual_turnover IS NULL",
    "main_product": "r.main_product = ''",
    "commodity": "r.commodity_id IS NULL",
    "point": "r.lat IS NULL",
}


def where_of(choice: Choice, *, within: str) -> Where:
    """The conditions of a choice on the office's view `r`, bounded by region `within`."""
    where = office_where(choice.asked if choice.ids is None else EnterpriseFilter(), within=within)
    if choice.ids is not None:
        where.add("r.id = ANY(%s)", list(choice.ids))
        return where
    if choice.section_id is not None and choice.standing is not None:
        add_standing(where, choice.section_id, choice.standing)
    if choice.missing:
        where.add(MISSING[choice.missing])
    return where


def add_standing(where: Where, section_id: int, standing: Standing) -> None:
    """Only enterprises whose section stands so."""
    signed = (
        "EXISTS (SELECT FROM verification_signoff s WHERE s.enterprise_id = r.id AND s.section_id = %s"
        " AND s.ended_act_id IS NULL{more})"
    )
    returned = (
        "EXISTS (SELECT FROM verification_fieldreturn q WHERE q.enterprise_id = r.id AND q.section_id = %s"
        f" AND q.state IN ({LIVE_SQL}))"
    )
    if standing is Standing.RETURNED:
        where.add(returned, section_id)
        return
    where.add(f"NOT {returned}", section_id)
    if standing is Standing.UNSIGNED:
        where.add("r.status <> 'closed'")
        where.add(f"NOT {signed.format(more='')}", section_id)
    else:
        changed = "<>" if standing is Standing.CHANGED else "="
        where.add(signed.format(more=f" AND s.changed_fields {changed} '{{}}'"), section_id)


def ids_of(choice: Choice, *, within: str) -> list[int]:
    """The numbers of the chosen enterprises in the region, in their order."""
    where = where_of(choice, within=within)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT r.id FROM {OFFICE.table} r{where.sql} ORDER BY r.id", where.values)  # noqa: S608 - declared columns, bound values
        return [row[0] for row in cursor.fetchall()]


def village_where(choice: VillageChoice, *, within: str) -> Where:
    """The conditions of a choice on regions `r`, bounded by region `within`."""
    where = Where()
    where.add("r.level = 'village' AND r.valid_until IS NULL")
    region = region_within(choice.region, within)
    if region is None:
        where.add("false")
        return where
    where.add_region("r.code", bounds(region))
    if choice.codes is not None:
        where.add("r.code = ANY(%s)", list(choice.codes))
    elif choice.section_id is not None and choice.standing is not None:
        _add_village_standing(where, choice.section_id, choice.standing)
    return where


VILLAGE_STANDING = f"""
    CASE WHEN EXISTS (SELECT FROM verification_fieldreturn q WHERE q.village_id = r.code AND q.section_id = %s
                      AND q.enterprise_id IS NULL AND q.state IN ({LIVE_SQL})) THEN 'dikembalikan'
         ELSE coalesce((SELECT CASE WHEN bool_or(s.changed_fields <> '{{}}') THEN 'berubah'
                             WHEN max(s.step) = (SELECT coalesce(max(d.step), 1) FROM verification_sectionduty d
                                                 WHERE d.section_id = s.section_id AND d.valid_until IS NULL) THEN 'disahkan'
                             ELSE 'disiapkan' END
              FROM verification_signoff s WHERE s.village_id = r.code AND s.section_id = %s AND s.enterprise_id IS NULL
                AND s.ended_act_id IS NULL GROUP BY s.section_id), 'belum') END
"""  # noqa: S608 - our own states


def _add_village_standing(where: Where, section_id: int, standing: Standing) -> None:
    where.add(f"({VILLAGE_STANDING}) = %s", section_id, section_id, standing.value)


def codes_of(choice: VillageChoice, *, within: str) -> list[str]:
    """The codes of the chosen villages in the region, in their order."""
    where = village_where(choice, within=within)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT r.code FROM registry_region r{where.sql} ORDER BY r.code", where.values)  # noqa: S608 - declared columns, bound values
        return [row[0] for row in cursor.fetchall()]
