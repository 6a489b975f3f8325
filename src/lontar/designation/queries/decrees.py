"""Reads of decrees: the list, one with its annex, flagships of a region for ending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from lontar.designation.models import Decree, DecreeLine, DecreeWording, Flagship


def decrees() -> QuerySet[Decree]:
    """Every decree, the newest first, each with `line_count`."""
    return (
        Decree.objects.select_related("paper", "post__agency", "issued_by", "round")
        .annotate(line_count=Count("lines"))
        .order_by("-issued_at", "-pk")
    )


def line_count(decree: Decree) -> int:
    """The lines that `decrees` counted."""
    return int(getattr(decree, "line_count", 0))


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """A line of an annex: what it does with which unit's flagship, or with which locus."""

    effect: str
    unit: str
    village_code: str
    village: str
    what: str
    reason: str


def annex_of(decree: Decree) -> list[AnnexLine]:
    """The lines of a decree in order; one query."""
    rows = DecreeLine.objects.filter(decree=decree).select_related(
        "flagship__village", "flagship__school", "flagship__community", "locus__village"
    )
    found = []
    for line in rows.order_by("position"):
        if line.flagship is not None:
            one = line.flagship
            body = one.school or one.community
            unit = body.name if body else one.village.name
            found.append(AnnexLine(line.effect, unit, one.village_id, one.village.name, one.name, line.reason))
        elif line.locus is not None:
            village = line.locus.village
            found.append(AnnexLine(line.effect, village.name, village.code, village.name, "", line.reason))
    return found


def lasting_flagships(words: str = "") -> QuerySet[Flagship]:
    """Flagships that no decree has ended, by village; `words` in the product's or the village's name."""
    rows = Flagship.objects.lasting().select_related("village__parent__parent", "school", "community", "commodity")
    if words:
        rows = rows.filter(name__icontains=words) | rows.filter(village__name__icontains=words)
    return rows.order_by("village_id", "kind", "pk")


def wording_as_at(day: date) -> DecreeWording | None:
    """The place and legal basis that decrees start with on `day`; None before the first."""
    return DecreeWording.objects.as_at(day).first()
