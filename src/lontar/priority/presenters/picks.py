"""One pick through its ninety days, and what waits for a post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.priority import policies
from lontar.priority.models import Baseline, Blocker, Step, Target
from lontar.priority.presenters.plans import verdict_badge
from lontar.priority.presenters.trying import PartLine, share_words
from lontar.priority.queries.following import Followed, WeekDue
from lontar.priority.queries.plans import NOTHING, Progress, parts_of, span_of
from lontar.priority.states import BaselineKind, BlockerState, Evidence, Part, PlanState, StepState, VerdictKind
from lontar.ui import formats
from lontar.ui.presenters import Figure, KeyValue, Status, Tone

_BLOCKER_TONES = {BlockerState.OPEN: Tone.BAD, BlockerState.ANSWERED: Tone.WARN, BlockerState.CLOSED: Tone.GOOD}
_STEP_TONES = {StepState.OPEN: Tone.WARN, StepState.DONE: Tone.GOOD, StepState.DROPPED: Tone.PLAIN}


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A week of the plan: when, turnover, by what evidence; `is_due` when it has ended without a report."""

    number: int
    when: str
    turnover: str
    evidence: str
    is_due: bool
    is_proven: bool
    who: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """An action; the addresses are empty where the reader may not."""

    pk: int
    words: str
    agency: str
    due: str
    status: Status
    place: str
    may_move: bool


@dataclass(frozen=True, slots=True)
class BlockerLine:
    """A blocker with its reply, and what the reader may do about it."""

    pk: int
    words: str
    about: str
    status: Status
    reply: str
    place: str
    pick_url: str
    may_answer: bool
    may_close: bool
    may_reopen: bool


@dataclass(frozen=True, slots=True)
class PickPage:
    """Everything on the page of a pick."""

    pk: int
    title: str
    place: str
    plan: str
    plan_url: str
    figures: tuple[Figure, ...]
    parts: tuple[PartLine, ...]
    baseline: tuple[KeyValue, ...]
    baseline_missing: bool
    target: tuple[KeyValue, ...]
    weeks: tuple[WeekLine, ...]
    steps: tuple[StepLine, ...]
    blockers: tuple[BlockerLine, ...]
    verdict: Status | None
    verdict_words: str
    verdict_facts: tuple[KeyValue, ...]
    notes: tuple[str, ...]
    is_running: bool
    may_follow: bool
    may_target: bool
    may_plan: bool


def pick_page(found: Followed, progress: Progress, *, post: Post, day: date) -> PickPage:
    """The page of a pick for a reader."""
    pick, plan = found.pick, found.pick.plan
    span = span_of(plan)
    running = plan.state == PlanState.RUNNING and found.verdict is None
    decides = policies.check_decide_region.can(post, pick.village_id)
    last_target = plan.start_date + timedelta(days=plan.rule_set.target_days)
    return PickPage(
        pk=pick.pk,
        title=f"{pick.place}. {pick.product}",
        place=f"{pick.unit_name} · {pick.village_id}",
        plan=plan.name,
        plan_url=reverse("priority:plan", args=[plan.pk]),
        figures=_figures(found, progress, day=day),
        parts=tuple(
            PartLine(
                str(Part(one.part).label), share_words(float(one.low), float(one.high)), round(float(one.low) * 100),
                round(float(one.high) * 100), one.words, formats.percent(one.weight, 0),
            )
            for one in parts_of(pick)
        ),
        baseline=_baseline(found.baseline) if found.baseline else (),
        baseline_missing=found.baseline is None or found.baseline.kind == BaselineKind.UNKNOWN,
        target=_target(found.target) if found.target else (),
        weeks=_weeks(found, span.weeks, day=day),
        steps=tuple(step_line(one, post) for one in found.steps),
        blockers=tuple(blocker_line(one, post) for one in found.blockers),
        verdict=verdict_badge(VerdictKind(found.verdict.kind)) if found.verdict else None,
        verdict_words=found.verdict.words if found.verdict else "",
        verdict_facts=_verdict(found) if found.verdict else (),
        notes=tuple(
            f"{formats.long_date(one.at)}: {one.words}" + (f" ({formats.rupiah(one.turnover)})" if one.turnover else "")
            for one in found.notes
        ),
        is_running=running,
        may_follow=policies.check_follow_village.can(post, pick.village_id),
        may_target=running and decides and day < last_target,
        may_plan=running and decides,
    )  # fmt: skip


def _figures(found: Followed, progress: Progress, *, day: date) -> tuple[Figure, ...]:
    span = span_of(found.pick.plan)
    shown = progress if progress is not NOTHING else NOTHING
    return (
        Figure(_("Hari ke-"), f"{formats.number(span.shown_day(day))} / {formats.number(span.days)}", key=True),
        Figure(
            _("Kesiapan"), share_words(float(found.pick.low), float(found.pick.high)), note=_("dari 100, saat dipilih")
        ),
        Figure(_("Sasaran tambahan omzet"), formats.rupiah_short(shown.target) if shown.target else formats.NONE),
        Figure(
            _("Tambahan berbukti"),
            formats.rupiah_short(shown.extra) if shown.extra is not None else formats.NONE,
            note=formats.percent(shown.share, 0) if shown.share is not None else _("belum dapat dihitung"),
        ),
    )


def _baseline(one: Baseline) -> tuple[KeyValue, ...]:
    if one.kind != BaselineKind.MEASURED:
        return (KeyValue(_("Yang diketahui"), one.get_kind_display()), KeyValue(_("Keterangan"), one.words))
    assert one.from_date and one.until_date and one.amount is not None  # noqa: S101, PT018 - the constraint says so
    days = (one.until_date - one.from_date).days
    return (
        KeyValue(_("Omzet"), formats.rupiah(one.amount)),
        KeyValue(
            _("Masa"),
            _("%(first)s – %(last)s (%(days)s hari)")
            % {
                "first": formats.long_date(one.from_date),
                "last": formats.long_date(one.until_date - timedelta(days=1)),
                "days": formats.number(days),
            },
        ),
        KeyValue(_("Biasanya sehari"), formats.rupiah(round(one.amount / days))),
        KeyValue(_("Jenis bukti"), one.get_evidence_display()),
        KeyValue(_("Bukti dan siapa yang menyatakan"), one.words),
        KeyValue(_("Dicatat"), f"{formats.long_date(one.at)} · {one.post.title if one.post else ''}"),
    )


def _target(one: Target) -> tuple[KeyValue, ...]:
    return (
        KeyValue(
            _("Hitungannya"),
            _("%(quantity)s %(unit)s × (%(after)s − %(before)s) = %(extra)s")
            % {
                "quantity": formats.number(one.quantity),
                "unit": one.unit,
                "after": formats.rupiah(one.price_after),
                "before": formats.rupiah(one.price_before),
                "extra": formats.rupiah(one.extra),
            },
        ),
        KeyValue(_("Bagaimana caranya"), one.words),
        KeyValue(_("Ditetapkan"), f"{formats.long_date(one.at)} · {one.post.title if one.post else ''}"),
    )


def _weeks(found: Followed, number: int, *, day: date) -> tuple[WeekLine, ...]:
    span = span_of(found.pick.plan)
    lines = []
    for week in range(1, number + 1):
        of_week = span.week(week)
        if of_week.start > day:
            break
        told = found.weeks.get(week)
        lines.append(
            WeekLine(
                week,
                f"{formats.short_date(of_week.start)} – {formats.short_date(of_week.end - timedelta(days=1))}",
                formats.rupiah(told.turnover) if told else "",
                " · ".join(part for part in (told.get_evidence_display(), told.words) if part) if told else "",
                told is None and of_week.end <= day,
                told is not None and told.evidence != Evidence.NONE,
                f"{formats.long_date(told.at)} · {told.post.title if told.post else ''}" if told else "",
            )
        )
    return tuple(lines)


def _verdict(found: Followed) -> tuple[KeyValue, ...]:
    one = found.verdict
    assert one is not None  # noqa: S101 - asked by the caller
    return (
        KeyValue(_("Omzet berbukti"), formats.rupiah(one.turnover)),
        KeyValue(_("Omzet biasa selama itu"), formats.rupiah(one.usual)),
        KeyValue(_("Tambahan omzet"), formats.rupiah(one.achieved)),
        KeyValue(_("Sasaran"), formats.rupiah(one.target)),
        KeyValue(_("Minggu berbukti"), one.weeks),
        KeyValue(_("Ditetapkan otomatis"), formats.moment(one.at)),
    )


def step_line(one: Step, post: Post) -> StepLine:
    """An action for a reader."""
    state = StepState(one.state)
    return StepLine(
        one.pk, one.words, one.agency.short_name, formats.long_date(one.due_date),
        Status(str(state.label), _STEP_TONES[state]), f"{one.pick.product}, {one.pick.unit_name}",
        state is StepState.OPEN and policies.check_answer_for.can(post, one.agency),
    )  # fmt: skip


def blocker_line(one: Blocker, post: Post) -> BlockerLine:
    """A blocker for a reader."""
    state = BlockerState(one.state)
    follows = policies.check_follow_village.can(post, one.village_id)
    reply = f"{formats.long_date(one.replied_at)}: {one.reply}" if one.reply else ""
    return BlockerLine(
        one.pk, one.words,
        _("%(agency)s · disampaikan %(day)s") % {"agency": one.agency.short_name, "day": formats.long_date(one.at)},
        Status(str(state.label), _BLOCKER_TONES[state]), reply, f"{one.pick.product}, {one.pick.unit_name}",
        reverse("priority:pick", args=[one.pick_id]),
        state is BlockerState.OPEN and policies.check_answer_for.can(post, one.agency),
        state is not BlockerState.CLOSED and follows,
        state is BlockerState.ANSWERED and follows,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DueLine:
    """A pick that waits for a weekly report."""

    title: str
    about: str
    url: str


def due_lines(found: Sequence[WeekDue]) -> list[DueLine]:
    """What a mentor has to report, longest waiting first."""
    return [
        DueLine(
            f"{one.pick.product}, {one.pick.unit_name}",
            _("minggu ke-%(week)s; %(missing)s minggu belum dilaporkan") % {"week": one.week, "missing": one.missing},
            f"{reverse('priority:check_in', args=[one.pick.pk])}?minggu={one.week}",
        )
        for one in found
    ]


def week_choices(found: Followed, day: date) -> tuple[list[tuple[int, str]], int]:
    """The weeks that may be reported, and the first of them without a report (else the newest)."""
    span = span_of(found.pick.plan)
    due = span.weeks_due(day)
    choices = []
    for week in range(1, due + 1):
        of_week = span.week(week)
        told = _("sudah dilaporkan") if week in found.weeks else _("belum dilaporkan")
        label = f"{week}: {formats.short_date(of_week.start)} – {formats.short_date(of_week.end - timedelta(days=1))} ({told})"
        choices.append((week, label))
    first = next((week for week in range(1, due + 1) if week not in found.weeks), max(due, 1))
    return choices, first
