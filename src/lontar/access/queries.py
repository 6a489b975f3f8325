"""Reads across the models of access, and two things that only higher apps know: open work of a post, names of regions.

Higher apps register a callable when they start (`register_open_work`, `register_region_names`), so that nothing here imports
upward. Leaves who may read to `policies`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from lontar.access import scope
from lontar.access.models import Agency, ApiToken, Holding, Post, User


@dataclass(frozen=True)
class OpenWork:
    """Work of one kind that waits at a post: `label` in Indonesian, how many, and where to see it (or "").

    `since` is when the oldest piece of it began to wait; `is_urgent`: others cannot go on before it is done.
    """

    label: str
    count: int
    url: str = ""
    since: datetime | None = None
    is_urgent: bool = False


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


def is_known_region(code: str) -> bool:
    """Whether some app knows the code; yes when no app tells names of regions at all."""
    return not _region_namers or any(code in namer({code}) for namer in _region_namers.values())


def posts_held_by(user: User, day: date) -> list[Post]:
    """Active posts that the person holds on `day`, oldest post first, with their agencies."""
    return list(Post.objects.held_by(user, day).select_related("agency").order_by("pk"))


def holder_of(post: Post, day: date) -> User | None:
    """Who holds the post on `day`; None when it is vacant."""
    holding = Holding.objects.as_at(day).filter(post=post).select_related("user").first()
    return holding.user if holding else None


def posts_within(
    region_code: str, day: date, *, words: str = "", role: str = "", vacant: bool | None = None
) -> QuerySet[Post]:
    """Posts at or beneath the region, each with `current`: the holdings of `day` (none or one) and their people.

    `words` looks into title, code, agency and the present holder's name; `vacant` keeps those without (True) or with
    (False) a holder.
    """
    now = Holding.objects.as_at(day)
    low, high = scope.bounds(region_code)
    posts = Post.objects.filter(region_code__gte=low, region_code__lt=high)
    if words:
        held = now.filter(user__full_name__icontains=words).values("post")
        text = Q(title__icontains=words) | Q(code__icontains=words) | Q(agency__name__icontains=words)
        posts = posts.filter(text | Q(pk__in=held))
    if role:
        posts = posts.filter(role=role)
    if vacant is not None:
        held_at_all = Exists(now.filter(post=OuterRef("pk")))
        posts = posts.filter(~held_at_all if vacant else held_at_all)
    current = Prefetch("holdings", now.select_related("user"), to_attr="current")
    return posts.select_related("agency").prefetch_related(current).order_by("region_code", "title", "pk")


def agencies_within(region_code: str, *, words: str = "", kind: str = "") -> QuerySet[Agency]:
    """Agencies at or beneath the region, by region and name, each with `post_count`, its active posts."""
    low, high = scope.bounds(region_code)
    agencies = Agency.objects.filter(region_code__gte=low, region_code__lt=high)
    if words:
        agencies = agencies.filter(Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__icontains=words))
    if kind:
        agencies = agencies.filter(kind=kind)
    counted = agencies.annotate(post_count=Count("posts", filter=Q(posts__is_active=True)))
    return counted.order_by("region_code", "name", "pk")


def post_count(agency: Agency) -> int:
    """The active posts that `agencies_within` counted."""
    return int(getattr(agency, "post_count", 0))


def users_within(
    region_code: str, day: date, *, with_strangers: bool, words: str = "", without_post: bool | None = None
) -> QuerySet[User]:
    """People who hold or held a post at or beneath the region, by name, each with `current`: their holdings of `day`.

    `with_strangers` adds those who never held any; `without_post` keeps those who hold none now.
    """
    low, high = scope.bounds(region_code)
    now = Holding.objects.as_at(day)
    seen = Q(pk__in=Holding.objects.filter(post__region_code__gte=low, post__region_code__lt=high).values("user"))
    if with_strangers:
        seen |= Q(holdings__isnull=True)
    people = User.objects.filter(seen)
    if words:
        people = people.filter(Q(full_name__icontains=words) | Q(username__icontains=words) | Q(email__icontains=words))
    if without_post:
        people = people.filter(~Exists(now.filter(user=OuterRef("pk"))))
    current = Prefetch("holdings", now.select_related("post__agency"), to_attr="current")
    return people.prefetch_related(current).order_by("full_name", "pk").distinct()


def person_named(text: str) -> User | None:
    """The person with this user name or e-mail address."""
    return User.objects.filter(Q(username__iexact=text) | (Q(email__iexact=text) & ~Q(email=""))).first()


def people_like(text: str) -> list[User]:
    """Up to five open accounts whose name or user name holds the text."""
    alike = Q(full_name__icontains=text) | Q(username__icontains=text)
    return list(User.objects.filter(alike, is_active=True).order_by("full_name", "pk")[:5])


def agency_named(text: str) -> Agency | None:
    """The agency with this code or, when only one has it, this name."""
    found = Agency.objects.filter(code__iexact=text).first()
    if found:
        return found
    named = list(Agency.objects.filter(Q(short_name__iexact=text) | Q(name__iexact=text))[:2])
    return named[0] if len(named) == 1 else None


def agencies_like(text: str) -> list[Agency]:
    """Up to five agencies whose name holds the text."""
    return list(Agency.objects.filter(Q(name__icontains=text) | Q(code__icontains=text)).order_by("name", "pk")[:5])


def posts_like(text: str) -> list[Post]:
    """Up to five posts whose title or code holds the text."""
    return list(Post.objects.filter(Q(title__icontains=text) | Q(code__icontains=text)).order_by("title", "pk")[:5])


def free_post_code(role: str, region_code: str) -> str:
    """A post code that nobody has: role and region, numbered when the plain one is taken."""
    base = f"{role}-{region_code}".replace("_", "-").replace(".", "-")
    taken = set(Post.objects.filter(code__startswith=base).values_list("code", flat=True))
    return base if base not in taken else next(f"{base}-{n}" for n in count(2) if f"{base}-{n}" not in taken)


def is_locked_anywhere(user: User, at: datetime) -> bool:
    """Whether failed sign-ins lock the account for some client now."""
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    failures = AccessAttempt.objects.filter(username__iexact=user.username, attempt_time__gt=since)
    return bool(failures.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists())


def tokens_of(post: Post) -> QuerySet[ApiToken]:
    """Every token ever issued for the post, newest first."""
    return ApiToken.objects.filter(post=post).select_related("created_by").order_by("-created_at", "-pk")
