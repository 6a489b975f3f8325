"""Reads across the models of access, and two things that only higher apps know: open work of a post, names of regions.

Higher apps register a callable when they start (`register_open_work`, `register_region_names`), so that nothing here imports
upward. Leaves who may read to `policies`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from lontar.access import scope
from lontar.access.models import Agency, ApiToken, Holding, Post, User


@dataclass(frozen=True)
class OpenWork:
    """Work of one kind that waits at a post: `label` in Indonesian, how many, and where to see it (or "")."""

    label: str
    count: int
    url: str = ""


OpenWorkCounter = Callable[[Post], Iterable[OpenWork]]
RegionNamer = Callable[[Iterable[str]], Mapping[str, str]]
_open_work: dict[str, OpenWorkCounter] = {}
_region_namers: dict[str, RegionNamer] = {}


def register_open_work(key: str, counter: OpenWorkCounter) -> None:
    """Have `counter` asked at every handover; one per `key` (the app's label), so that registering twice counts once."""
    _open_work[key] = counter


def register_region_names(namer: RegionNamer) -> None:
    """Have `namer` give the names of region codes to screens of this app: {code: name}, unknown codes left out."""
    _region_namers["names"] = namer


def open_work_of(post: Post) -> list[OpenWork]:
    """What waits at the post now, from every registered app; kinds with nothing waiting are left out."""
    return [work for counter in _open_work.values() for work in counter(post) if work.count]


def region_names(codes: Iterable[str]) -> dict[str, str]:
    """Names for the codes; a code that nobody knows stands for itself."""
    wanted = set(codes)
    found: dict[str, str] = {}
    for namer in _region_namers.values():
        found.update(namer(wanted))
    return {code: found.get(code, code) for code in wanted}


def posts_held_by(user: User, day: date) -> list[Post]:
    """Active posts that the person holds on `day`, oldest post first, with their agencies."""
    return list(Post.objects.held_by(user, day).select_related("agency").order_by("pk"))


def holder_of(post: Post, day: date) -> User | None:
    """Who holds the post on `day`; None when it is vacant."""
    holding = Holding.objects.as_at(day).filter(post=post).select_related("user").first()
    return holding.user if holding else None


def posts_within(region_code: str, day: date) -> QuerySet[Post]:
    """Posts at or beneath the region, each with `current`: the holdings of `day` (none or one) and their people."""
    low, high = scope.bounds(region_code)
    current = Prefetch("holdings", Holding.objects.as_at(day).select_related("user"), to_attr="current")
    posts = Post.objects.filter(region_code__gte=low, region_code__lt=high)
    return posts.select_related("agency").prefetch_related(current).order_by("region_code", "title", "pk")


def agencies_within(region_code: str) -> QuerySet[Agency]:
    """Agencies at or beneath the region, by region and name."""
    low, high = scope.bounds(region_code)
    return Agency.objects.filter(region_code__gte=low, region_code__lt=high).order_by("region_code", "name", "pk")


def users_within(region_code: str, *, with_strangers: bool) -> QuerySet[User]:
    """People who hold or held a post at or beneath the region; `with_strangers` adds those who never held any."""
    low, high = scope.bounds(region_code)
    seen = Q(pk__in=Holding.objects.filter(post__region_code__gte=low, post__region_code__lt=high).values("user"))
    if with_strangers:
        seen |= Q(holdings__isnull=True)
    return User.objects.filter(seen).order_by("full_name", "pk")


def tokens_of(post: Post) -> QuerySet[ApiToken]:
    """Every token ever issued for the post, newest first."""
    return ApiToken.objects.filter(post=post).select_related("created_by").order_by("-created_at", "-pk")
