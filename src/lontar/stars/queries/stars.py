"""Stars as other apps and the public read them: what is in force, what ends soon, what lapsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from lontar.audit.queries import parameter_as_at
from lontar.stars.models import Star
from lontar.stars.states import EndReason, StarStanding


@dataclass(frozen=True, slots=True)
class StarView:
    """A star as anyone may read it, and how it stands on the day that was asked."""

    pk: int
    product_id: int
    product: str
    maker: str
    village_code: str
    stars: int
    rubric: str
    rubric_version: int
    round: str
    year: int
    valid_from: date
    valid_until: date
    standing: StarStanding


def first_notice(day: date) -> int:
    """How many days before its end a star is spoken of first."""
    return int(parameter_as_at("star.notice.first", day).number)


def last_notice(day: date) -> int:
    """How many days before its end a star becomes urgent."""
    return int(parameter_as_at("star.notice.last", day).number)


def standing_of(star: Star, day: date, *, notice: int) -> StarStanding:
    """How the star stands on `day`; its last day is the one before `valid_until`."""
    if star.ended_date is not None and star.ended_date <= day:
        return StarStanding.WITHDRAWN if star.end_reason == EndReason.WITHDRAWN else StarStanding.REPLACED
    if star.valid_until <= day:
        return StarStanding.LAPSED
    near = star.ended_date is None and star.valid_until <= day + timedelta(days=notice)
    return StarStanding.EXPIRING if near else StarStanding.IN_FORCE


def viewed(star: Star, day: date, *, notice: int) -> StarView:
    """The star as anyone may read it."""
    return StarView(
        pk=star.pk, product_id=star.product_id, product=star.product_name, maker=star.maker_name,
        village_code=star.village_id, stars=star.stars, rubric=star.rubric_name, rubric_version=star.rubric_version,
        round=star.round_name, year=star.year, valid_from=star.valid_from, valid_until=star.valid_until,
        standing=standing_of(star, day, notice=notice),
    )  # fmt: skip


def stars_in_force(products: Iterable[int], day: date) -> dict[int, list[StarView]]:
    """Product → its stars in force on `day`, the highest first; products without one are left out. Two queries."""
    notice = first_notice(day)
    found: dict[int, list[StarView]] = {}
    for row in Star.objects.as_at(day).filter(product_id__in=list(products)).order_by("-stars", "-valid_from", "pk"):
        found.setdefault(row.product_id, []).append(viewed(row, day, notice=notice))
    return found


def stars_of(product_id: int, day: date) -> list[StarView]:
    """Every star that the product ever had, newest first."""
    notice = first_notice(day)
    rows = Star.objects.filter(product_id=product_id).order_by("-valid_from", "-pk")
    return [viewed(row, day, notice=notice) for row in rows]


def standing_filter(rows: QuerySet[Star], standing: str, day: date) -> QuerySet[Star]:
    """Rows that stand so on `day`; an unknown word filters nothing."""
    stars = Star.objects.filter(pk__in=rows.values("pk"))
    if standing == StarStanding.IN_FORCE:
        return stars.as_at(day)
    if standing == StarStanding.EXPIRING:
        return stars.expiring(day, within=first_notice(day))
    if standing == StarStanding.LAPSED:
        return stars.lapsed(day)
    ends = {StarStanding.REPLACED: EndReason.REPLACED, StarStanding.WITHDRAWN: EndReason.WITHDRAWN}
    if standing in ends:
        return stars.filter(ended_date__lte=day, end_reason=ends[StarStanding(standing)])
    return stars


def list_stars(
    region_code: str, day: date, *, standing: str = "", stars: int = 0, rubric: str = "", text: str = ""
) -> QuerySet[Star]:
    """Stars of a region ("": of all), filtered; `text` any part of product or maker."""
    rows = Star.objects.within(region_code) if region_code else Star.objects.all()
    if stars:
        rows = rows.filter(stars=stars)
    if rubric:
        rows = rows.filter(rubric_key=rubric)
    if text:
        rows = rows.filter(product_name__icontains=text) | rows.filter(maker_name__icontains=text)
    return standing_filter(rows, standing, day)


def rubric_choices() -> Sequence[tuple[str, str]]:
    """(key, name) of every rubric that gave a star."""
    return list(Star.objects.order_by("rubric_name").values_list("rubric_key", "rubric_name").distinct())
