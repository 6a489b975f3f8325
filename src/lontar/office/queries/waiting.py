"""What waits for a post: kinds of work that apps register, counted when somebody opens the work list.

An app registers a finder when it starts; apps beneath the office, which do not see it, register with
`lontar.access.queries.register_open_work` instead, and their work stands here too. Work that belongs to the post's region
rather than to the post itself (villages without data) is found here; that of verification in `waiting_sections`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.policies import check_see_posts
from lontar.access.queries import open_work_of, posts_within
from lontar.access.scope import bounds
from lontar.office.queries.goods import ENDING_DAYS
from lontar.office.states import LicenceState, Urgency
from lontar.registry.models import Disagreement, Licence
from lontar.registry.policies import check_accept_within


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work of one kind: what to do, how much of it, where, since or until when, how soon.

    `since` is the day or instant of the oldest piece; `due` the day on which the first one is too late.
    """

    title: str
    count: int
    url: str
    urgency: Urgency = Urgency.LATER
    since: date | datetime | None = None
    due: date | None = None
    hint: str = ""


Finder = Callable[[Post, date], Iterable[Waiting]]
_finders: dict[str, Finder] = {}


def register_waiting(key: str, finder: Finder) -> None:
    """Have `finder` asked whenever a work list is opened; one per `key`, so that registering twice counts once."""
    _finders[key] = finder


def waiting_for(post: Post, day: date) -> list[Waiting]:
    """Everything that waits for the post on `day`, the most urgent first, then what is due or waits longest."""
    found = [one for finder in _finders.values() for one in finder(post, day) if one.count]
    return sorted(found, key=lambda one: (one.urgency, str(one.due or "9"), str(one.since or "9"), one.title))


# --- what the office itself finds -------------------------------------------------------------------------------------


def registered_below(post: Post, _day: date) -> Iterable[Waiting]:
    """Open work that apps beneath the office registered for the post itself, such as files that need a correction."""
    for work in open_work_of(post):
        urgency = Urgency.NOW if work.is_urgent else Urgency.SOON
        yield Waiting(work.label, work.count, work.url, urgency, since=work.since)


def vacant_posts(post: Post, day: date) -> Iterable[Waiting]:
    """Posts of the region that nobody holds."""
    if not check_see_posts.can(post):
        return
    count = posts_within(post.region_code, day, vacant=True).filter(is_active=True).count()
    yield Waiting(
        _("Jabatan tanpa pemegang"),
        count,
        f"{reverse('access:posts')}?kosong=on",
        Urgency.SOON,
        hint=_("Pekerjaan jabatan kosong tidak ada yang mengerjakan."),
    )


def ending_licences(post: Post, day: date) -> Iterable[Waiting]:
    """Licences of the region that end within sixty days."""
    low, high = bounds(post.region_code)
    last = day + timedelta(days=ENDING_DAYS)
    rows = Licence.objects.filter(village_id__gte=low, village_id__lt=high, expires_date__range=(day, last))
    first = rows.aggregate(first=Min("expires_date"))["first"]
    if first is not None:
        yield Waiting(
            _("Izin yang habis dalam %(days)s hari") % {"days": ENDING_DAYS},
            rows.count(),
            f"{reverse('office:licences')}?keadaan={LicenceState.ENDING.value}&urut=sampai",
            Urgency.NOW if (first - day).days <= 14 else Urgency.SOON,
            due=first,
        )


def bare_villages(post: Post, _day: date) -> Iterable[Waiting]:
    """Villages of the region without any potential."""
    low, high = bounds(post.region_code)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM registry_region v WHERE v.level = 'village' AND v.valid_until IS NULL"
            " AND v.code >= %s AND v.code < %s"
            " AND NOT EXISTS (SELECT FROM registry_villagepotential p WHERE p.village_id = v.code)",
            [low, high],
        )
        row = cursor.fetchone()
    yield Waiting(
        _("Desa/kelurahan tanpa data potensi"),
        int(row[0]) if row else 0,
        f"{reverse('office:villages')}?potensi=tidak",
        Urgency.SOON,
    )


def open_disagreements(post: Post, _day: date) -> Iterable[Waiting]:
    """Records of the region about which agencies openly differ."""
    if not check_accept_within.can(post, post.region_code):
        return
    low, high = bounds(post.region_code)
    rows = Disagreement.objects.filter(village_id__gte=low, village_id__lt=high)
    found = rows.aggregate(number=Count("pk"), first=Min("since"))
    yield Waiting(
        _("Perbedaan antarinstansi yang belum diputuskan"),
        found["number"],
        reverse("office:disagreements"),
        since=found["first"],
        hint=_("Nilai instansi yang berwenang berlaku sampai Anda memutuskan lain."),
    )


def register_own() -> None:
    """Register what the office itself finds."""
    register_waiting("below", registered_below)
    register_waiting("posts", vacant_posts)
    register_waiting("licences", ending_licences)
    register_waiting("villages", bare_villages)
    register_waiting("disagreements", open_disagreements)
