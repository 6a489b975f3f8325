"""Reads of locus rounds: villages as a round ranks them, quotas and how they are filled, entries, loci in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Q, QuerySet

from lontar.access.scope import bounds
from lontar.designation.models import Locus, LocusEntry, LocusRound
from lontar.designation.rules import LocusFacts
from lontar.designation.states import Place
from lontar.registry.models import Region
from lontar.selection.queries import best
from lontar.selection.states import UnitKind

MANY = 100_000


@dataclass(frozen=True, slots=True)
class VillageStanding:
    """A village before a round: its first candidate with its score (0 to 1; None: not ranked), and what gates ask."""

    code: str
    best: str
    score: float | None
    facts: LocusFacts


@dataclass(frozen=True, slots=True)
class Filled:
    """The quota of a kabupaten/kota in a round and how many villages of it are chosen, wait, and are out."""

    code: str
    name: str
    quota: int
    chosen: int
    waiting: int
    out: int


_FACTS = """
    SELECT v.code,
           coalesce((SELECT t.registered FROM registry_villagetally t WHERE t.village_id = v.code), 0),
           (SELECT count(*) FROM registry_organization o WHERE o.village_id = v.code),
           EXISTS (SELECT FROM designation_locus l WHERE l.village_id = v.code
                   AND (l.valid_until IS NULL OR l.valid_until > %s))
    FROM registry_region v
    WHERE v.level = 'village' AND v.valid_until IS NULL AND v.code >= %s AND v.code < %s ORDER BY v.code
"""


def villages_for_round(region_code: str, set_key: str, *, day: date) -> list[VillageStanding]:
    """Every village of the region, highest score first, then the surer first place, then the code; unranked ones last.

    Two queries for all. A village is ranked by the score of its first candidate in the ranking in force of `set_key`; a first
    candidate has passed every gate of that set.
    """
    found = best(region_code, set_key=set_key, kind=UnitKind.VILLAGE, limit=MANY)
    ranked = {one.unit.village_code: (place, one) for place, one in enumerate(found)}
    low, high = bounds(region_code)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [day, low, high])
        rows = cursor.fetchall()
    rows.sort(key=lambda row: (ranked[row[0]][0] if row[0] in ranked else MANY, row[0]))
    return [
        VillageStanding(
            code,
            ranked[code][1].label if code in ranked else "",
            ranked[code][1].score if code in ranked else None,
            LocusFacts(code in ranked, producers, bodies, is_locus),
        )
        for code, producers, bodies, is_locus in rows
    ]


def quota_breaches(locus_round: LocusRound) -> list[Filled]:
    """Kabupaten/kota whose number of chosen villages is not their quota."""
    return [one for one in filled(locus_round) if one.chosen != one.quota]


def filled(locus_round: LocusRound) -> list[Filled]:
    """Every kabupaten/kota of the round with its quota and how it is filled, by code."""
    quotas = dict(locus_round.quotas.values_list("regency_id", "quota"))
    counts = {
        row["regency_id"]: row
        for row in LocusEntry.objects.filter(round=locus_round)
        .values("regency_id")
        .annotate(
            chosen=Count("pk", filter=Q(place=Place.CHOSEN)),
            waiting=Count("pk", filter=Q(place=Place.WAITING)),
            out=Count("pk", filter=Q(place__in=(Place.OUT, Place.LEFT))),
        )
    }
    regencies = Region.objects.regencies().within(locus_round.region_id).filter(valid_until__isnull=True)
    return [
        Filled(
            one.code,
            one.name,
            quotas.get(one.code, locus_round.quota),
            *((row["chosen"], row["waiting"], row["out"]) if (row := counts.get(one.code)) else (0, 0, 0)),
        )
        for one in regencies.order_by("code")
    ]


def entries_of(locus_round: LocusRound, *, regency: str = "", place: str = "", words: str = "") -> QuerySet[LocusEntry]:
    """Entries by kabupaten/kota and rank, those that are out last."""
    rows = LocusEntry.objects.filter(round=locus_round).select_related("village", "regency")
    if regency:
        rows = rows.filter(regency_id=regency)
    if place:
        rows = rows.filter(place=place)
    if words:
        rows = rows.filter(village__name__icontains=words)
    return rows.order_by("regency_id", "position", "village_id")


def next_waiting(locus: Locus) -> LocusEntry | None:
    """The first of the waiting list of the locus's kabupaten/kota in its round."""
    entry = locus.entry
    rows = LocusEntry.objects.filter(round=entry.round_id, regency=entry.regency_id, place=Place.WAITING)
    return rows.select_related("village").order_by("position", "village_id").first()
