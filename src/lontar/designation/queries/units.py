"""Units by key: which village, school or community it is, where it lies and what it is called; the units of a region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lontar.access.models import Post
from lontar.access.scope import bounds
from lontar.registry.models import Organization, Region, School
from lontar.selection.states import UnitKind


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit: `key` as in `OfUnit.unit_key`, its name, and where it lies."""

    key: str
    kind: UnitKind
    name: str
    village_code: str
    village_name: str
    school_id: int | None = None
    community_id: int | None = None


def unit_of(key: str) -> UnitFacts | None:
    """The unit of a key; None where there is none (an ended village, an organisation that is no community)."""
    return units_of([key]).get(key)


def units_of(keys: Iterable[str]) -> dict[str, UnitFacts]:
    """Units by key, in the order of the keys, at most three queries; unknown keys are left out."""
    keys = list(keys)
    wanted: dict[str, list[str]] = {kind: [] for kind in UnitKind.values}
    for key in keys:
        kind, _colon, rest = key.partition(":")
        if kind in wanted:
            wanted[kind].append(rest)
    found: dict[str, UnitFacts] = {}
    if wanted[UnitKind.VILLAGE]:
        rows = Region.objects.villages().filter(code__in=wanted[UnitKind.VILLAGE], valid_until__isnull=True)
        for village in rows:
            found[f"village:{village.code}"] = _village(village)
    numbers = {kind: [int(one) for one in wanted[kind] if one.isdecimal()] for kind in ("school", "community")}
    if numbers["school"]:
        for school in School.objects.filter(pk__in=numbers["school"]).select_related("village"):
            found[f"school:{school.pk}"] = _school(school)
    if numbers["community"]:
        rows_of = Organization.objects.filter(pk__in=numbers["community"], kind="community")
        for body in rows_of.select_related("village"):
            found[f"community:{body.pk}"] = _community(body)
    return {key: found[key] for key in keys if key in found}


@dataclass(frozen=True, slots=True)
class Schools:
    """Schools by name, those whose name, NPSN or village the words are in: how many there are, and any slice of them."""

    rows: QuerySet[School]

    @property
    def count(self) -> int:
        """How many there are."""
        return self.rows.count()

    def units(self, *, limit: int, offset: int) -> list[UnitFacts]:
        """A slice of them as units."""
        return [_school(one) for one in self.rows.order_by("name", "pk")[offset : offset + limit]]


def proposable_schools(post: Post, words: str = "") -> Schools:
    """The schools that an agency of education may propose for, every one of its region."""
    low, high = bounds(post.region_code)
    rows = School.objects.filter(village_id__gte=low, village_id__lt=high).select_related("village")
    for word in words.split()[:6]:
        rows = rows.filter(Q(name__icontains=word) | Q(npsn__startswith=word) | Q(village__name__icontains=word))
    return Schools(rows)


def proposable_units(post: Post) -> list[UnitFacts]:
    """Units for which a village may propose: itself with its schools and communities."""
    low, high = bounds(post.region_code)
    schools = School.objects.filter(village_id__gte=low, village_id__lt=high).select_related("village")
    villages = Region.objects.villages().filter(code=post.region_code, valid_until__isnull=True)
    bodies = Organization.objects.filter(village_id__gte=low, village_id__lt=high, kind="community")
    return [
        *[_village(one) for one in villages],
        *[_school(one) for one in schools.order_by("name", "pk")],
        *[_community(one) for one in bodies.select_related("village").order_by("name", "pk")],
    ]


def _village(one: Region) -> UnitFacts:
    return UnitFacts(f"village:{one.code}", UnitKind.VILLAGE, one.name, one.code, one.name)


def _school(one: School) -> UnitFacts:
    return UnitFacts(f"school:{one.pk}", UnitKind.SCHOOL, one.name, one.village_id, one.village.name, school_id=one.pk)


def _community(one: Organization) -> UnitFacts:
    return UnitFacts(
        f"community:{one.pk}", UnitKind.COMMUNITY, one.name, one.village_id, one.village.name, community_id=one.pk
    )
