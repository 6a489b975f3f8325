"""Reads of what follows a pick: its reports, and what waits for a post – weeks to report, blockers, actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.queries import OpenWork
from lontar.priority import policies
from lontar.priority.models import Baseline, Blocker, CheckIn, LateNote, Pick, Step, Target, Verdict
from lontar.priority.queries.plans import span_of


@dataclass(frozen=True, slots=True)
class Followed:
    """Everything reported about a pick; `weeks` are the counting reports by week, `history` all of them, newest first."""

    pick: Pick
    baseline: Baseline | None
    target: Target | None
    steps: list[Step]
    weeks: dict[int, CheckIn]
    history: list[CheckIn]
    blockers: list[Blocker]
    verdict: Verdict | None
    notes: list[LateNote]


def followed(pk: int) -> Followed | None:
    """A pick of a plan in force with all that was reported; None when there is none within the scope."""
    pick = (
        Pick.objects.select_related("plan__rule_set", "plan__region", "village", "commodity")
        .prefetch_related("parts")
        .filter(pk=pk)
        .first()
    )
    if pick is None:
        return None
    reports = list(CheckIn.objects.filter(pick=pick).select_related("by", "post").order_by("-pk"))
    weeks: dict[int, CheckIn] = {}
    for one in reports:
        weeks.setdefault(one.week, one)
    return Followed(
        pick=pick,
        baseline=Baseline.objects.filter(pick=pick).select_related("by", "post").order_by("-pk").first(),
        target=Target.objects.filter(pick=pick).select_related("by", "post").order_by("-pk").first(),
        steps=list(Step.objects.filter(pick=pick).select_related("agency").order_by("due_date", "pk")),
        weeks=weeks,
        history=reports,
        blockers=list(Blocker.objects.filter(pick=pick).select_related("agency", "by", "post").order_by("-pk")),
        verdict=Verdict.objects.filter(pick=pick).first(),
        notes=list(LateNote.objects.filter(pick=pick).select_related("by", "post").order_by("pk")),
    )


@dataclass(frozen=True, slots=True)
class WeekDue:
    """A pick whose report of the newest finished week, or an earlier one, is missing; `week` is the first such week."""

    pick: Pick
    week: int
    missing: int
    since: date


def weeks_due(post: Post, day: date) -> list[WeekDue]:
    """Picks of running plans in the post's region with weeks that ended and were not reported, longest waiting first."""
    picks = list(Pick.objects.running().within(post.region_code).select_related("plan", "village").order_by("pk"))
    told: dict[int, set[int]] = {one.pk: set() for one in picks}
    for pick, week in CheckIn.objects.filter(pick__in=picks).values_list("pick_id", "week").distinct():
        told[pick].add(week)
    found = []
    for one in picks:
        span = span_of(one.plan)
        ended = [number for number in range(1, span.weeks + 1) if span.week(number).end <= day]
        lacking = [number for number in ended if number not in told[one.pk]]
        if lacking:
            found.append(WeekDue(one, lacking[0], len(lacking), span.week(lacking[0]).end))
    return sorted(found, key=lambda due: (due.since, due.pick.pk))


def blockers_for(post: Post) -> QuerySet[Blocker]:
    """Blockers that are not closed: those that the post's agency has to answer, and those of its region that it follows."""
    followed_in = post.region_code if policies.check_follow.can(post) else ""
    rows = Blocker.objects.concerning(post.agency, followed_in).select_related(
        "agency", "pick__plan", "village", "by", "post"
    )
    return rows.order_by("state", "moved_at", "pk")


def steps_for(post: Post) -> QuerySet[Step]:
    """Open actions of the post's agency in plans that run, the earliest due first."""
    rows = Step.objects.open().filter(agency=post.agency, pick__plan__state="running")
    return rows.select_related("agency", "pick__plan", "village").order_by("due_date", "pk")


def open_work(post: Post) -> Iterable[OpenWork]:
    """What waits at the post: weeks to report, blockers to answer or to close, actions that are due."""
    day, url = timezone.localdate(), reverse("priority:work")
    if policies.check_answer.can(post):
        rows = Blocker.objects.waiting_for(post.agency)
        first = rows.order_by("moved_at").values_list("moved_at", flat=True).first()
        yield OpenWork(_("Hambatan prioritas menunggu jawaban instansi Anda"), rows.count(), url, first, is_urgent=True)
        late = steps_for(post)
        yield OpenWork(_("Tindakan peta prioritas instansi Anda"), late.count(), f"{url}#tindakan")
    if policies.check_follow.can(post) and post.role != "province_officer":
        due = weeks_due(post, day)
        since = _instant(due[0].since) if due else None
        yield OpenWork(
            _("Laporan mingguan prioritas yang belum dikirim"), len(due), f"{url}#lapor", since, is_urgent=True
        )
        answered = Blocker.objects.answered_within(post.region_code)
        yield OpenWork(_("Jawaban hambatan yang menunggu penilaian Anda"), answered.count(), f"{url}#hambatan")


def _instant(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))
