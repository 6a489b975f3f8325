"""What people report about a pick: baseline, target, actions, weekly turnover, blockers, and evidence that came too late."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Agency, Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.priority import policies
from lontar.priority.models import Baseline, Blocker, CheckIn, LateNote, Pick, Statement, Step, Target, Verdict
from lontar.priority.queries import readiness
from lontar.priority.queries.units import Standing
from lontar.priority.rules.days import Span
from lontar.priority.states import (
    BLOCKER_TRANSITIONS,
    STEP_TRANSITIONS,
    Act,
    BaselineKind,
    BlockerState,
    Evidence,
    Part,
    PlanState,
    StepState,
)


class NotRunning(Refused):
    """Peta prioritas ini tidak sedang berjalan."""


class AlreadyJudged(Refused):
    """Hasil 90 hari sudah ditetapkan."""


class WeekNotBegun(Refused):
    """Minggu ini belum mulai atau bukan bagian rencana."""


class EvidenceMissing(Refused):
    """Bukti belum disebut."""


class TargetLate(Refused):
    """Sasaran tidak dapat diubah lagi."""


class TargetAddsNothing(Refused):
    """Sasaran tidak menambah omzet."""


class PeriodUnclear(Refused):
    """Masa omzet awal belum jelas."""


class NoSuchMove(Refused):
    """Langkah ini tidak mungkin dari keadaan sekarang."""


def lock_pick(pick_id: int) -> Pick:
    """The pick of a plan, locked against the verdict and against other reports on it."""
    return Pick.objects.select_for_update(of=("self",), no_key=True).select_related("plan__rule_set").get(pk=pick_id)


def span_of(pick: Pick) -> Span:
    """The days of the pick's plan."""
    return Span(pick.plan.start_date, pick.plan.end_date)


def _open_pick(pick_id: int) -> Pick:
    """The pick, locked, of a plan that runs and is not yet judged."""
    pick = lock_pick(pick_id)
    if Verdict.objects.filter(pick=pick).exists():
        raise AlreadyJudged(_("Hasil sudah ditetapkan dan tidak berubah. Catat sebagai bukti terlambat."))
    if pick.plan.state != PlanState.RUNNING:
        raise NotRunning(_("Peta prioritas ini tidak sedang berjalan."))
    return pick


def state_baseline(
    *,
    pick_id: int,
    kind: BaselineKind,
    words: str,
    amount: Decimal | None = None,
    from_date: date | None = None,
    until_date: date | None = None,
    evidence: str = "",
    by: User | None,
    post: Post,
    at: datetime,
) -> Baseline:
    """State turnover before the plan: measured (rupiah in a half-open period that ends before the plan starts), new or unknown.

    Raises `PeriodUnclear`, `EvidenceMissing`, `AlreadyJudged`, `NotRunning`.
    """
    with recorded(Act.BASELINE_STATED, by=by, at=at, post=post):
        pick = _open_pick(pick_id)
        policies.check_follow_village(post, pick.village_id)
        if not words.strip():
            raise EvidenceMissing(_("Tuliskan buktinya, dan siapa yang menyatakan."))
        if kind == BaselineKind.MEASURED:
            _check_period(pick, amount=amount, from_date=from_date, until_date=until_date, evidence=evidence)
        else:
            amount, from_date, until_date, evidence = None, None, None, ""
        return Baseline.objects.create(
            pick=pick, village_id=pick.village_id, at=at, by=by, post=post, kind=kind, amount=amount,
            from_date=from_date, until_date=until_date, evidence=evidence, words=words.strip()[:300],
        )  # fmt: skip


def _check_period(
    pick: Pick, *, amount: Decimal | None, from_date: date | None, until_date: date | None, evidence: str
) -> None:
    if amount is None or from_date is None or until_date is None or until_date <= from_date:
        raise PeriodUnclear(_("Isi omzet, hari pertama, dan hari setelah masa itu berakhir."))
    if until_date > pick.plan.start_date:
        raise PeriodUnclear(
            _("Omzet awal adalah omzet sebelum hari pertama rencana; akhiri masanya paling lambat pada hari itu.")
        )
    if evidence not in Evidence.values:
        raise EvidenceMissing(_("Pilih jenis bukti omzet awal."))


def set_target(
    *,
    pick_id: int,
    quantity: Decimal,
    unit: str,
    price_before: Decimal,
    price_after: Decimal,
    words: str,
    by: User | None,
    post: Post,
    at: datetime,
) -> Target:
    """Set the extra turnover wanted: quantity × (price then − price now). Only within the rule set's first days.

    Raises `TargetLate`, `TargetAddsNothing`, `AlreadyJudged`, `NotRunning`.
    """
    with recorded(Act.TARGET_SET, by=by, at=at, post=post):
        pick = _open_pick(pick_id)
        policies.check_decide_region(post, pick.village_id)
        last = pick.plan.start_date + timedelta(days=pick.plan.rule_set.target_days)
        if timezone.localdate(at) >= last:
            raise TargetLate(
                _("Sasaran hanya dapat ditetapkan sampai hari ke-%(days)s; setelah itu tetap.")
                % {"days": pick.plan.rule_set.target_days}
            )
        if quantity <= 0 or price_before < 0 or price_after <= price_before:
            raise TargetAddsNothing(
                _("Banyaknya harus lebih dari nol, dan harga nanti lebih tinggi dari harga sekarang.")
            )
        return Target.objects.create(
            pick=pick, village_id=pick.village_id, at=at, by=by, post=post, quantity=quantity, unit=unit.strip()[:20],
            price_before=price_before, price_after=price_after, words=words.strip()[:300],
        )  # fmt: skip


def add_step(
    *, pick_id: int, words: str, agency: Agency, due_date: date, by: User | None, post: Post, at: datetime
) -> Step:
    """Add an action with the agency that owns it and its last day, within the days of the plan."""
    with recorded(Act.STEP_ADDED, by=by, at=at, post=post):
        pick = _open_pick(pick_id)
        policies.check_decide_region(post, pick.village_id)
        if not pick.plan.start_date <= due_date < pick.plan.end_date:
            raise PeriodUnclear(_("Hari terakhir tindakan berada di dalam masa rencana."))
        return Step.objects.create(
            pick=pick, village_id=pick.village_id, at=at, by=by, post=post, words=words.strip()[:200], agency=agency,
            due_date=due_date,
        )  # fmt: skip


def move_step(*, step_id: int, to: StepState, by: User | None, post: Post, at: datetime) -> Step:
    """Finish an action, or drop it: the agency that owns it, or the province. Raises `NoSuchMove`."""
    with recorded(Act.STEP_MOVED, by=by, at=at, post=post):
        step = Step.objects.select_for_update(of=("self",)).select_related("agency").get(pk=step_id)
        policies.check_answer_for(post, step.agency)
        if to not in STEP_TRANSITIONS[StepState(step.state)]:
            raise NoSuchMove(_("Tindakan ini sudah %(state)s.") % {"state": step.get_state_display().lower()})
        step.state, step.moved_at, step.moved_by = to, at, by
        step.save(update_fields=["state", "moved_at", "moved_by"])
    return step


def check_in(
    *,
    pick_id: int,
    week: int,
    turnover: Decimal,
    evidence: str,
    words: str,
    by: User | None,
    post: Post,
    at: datetime,
) -> CheckIn:
    """Report a week's turnover in rupiah. Sent again, the newer report counts.

    Raises `AlreadyJudged` after the verdict (then `note_late`), `WeekNotBegun`, `EvidenceMissing`, `NotRunning`.
    """
    with recorded(Act.CHECKED_IN, by=by, at=at, post=post, week=week):
        pick = _open_pick(pick_id)
        policies.check_follow_village(post, pick.village_id)
        due = span_of(pick).weeks_due(timezone.localdate(at))
        if not 1 <= week <= due:
            raise WeekNotBegun(
                _("Minggu ke-%(week)s belum dapat dilaporkan; sekarang minggu ke-%(due)s.") % {"week": week, "due": due}
            )
        if evidence not in Evidence.values or (evidence != Evidence.NONE and not words.strip()):
            raise EvidenceMissing(_("Sebutkan buktinya, misalnya nomor nota, atau pilih keterangan lisan saja."))
        return CheckIn.objects.create(
            pick=pick, village_id=pick.village_id, at=at, by=by, post=post, week=week, turnover=turnover,
            evidence=evidence, words=words.strip()[:300],
        )  # fmt: skip


def raise_blocker(*, pick_id: int, words: str, agency: Agency, by: User | None, post: Post, at: datetime) -> Blocker:
    """Put what stands in the way before an agency; it appears on the agency's work list."""
    with recorded(Act.BLOCKER_RAISED, by=by, at=at, post=post):
        pick = _open_pick(pick_id)
        policies.check_follow_village(post, pick.village_id)
        return Blocker.objects.create(
            pick=pick, village_id=pick.village_id, at=at, by=by, post=post, words=words.strip()[:300], agency=agency,
            moved_at=at,
        )  # fmt: skip


def _moved_blocker(blocker_id: int, to: BlockerState) -> Blocker:
    """The blocker, locked; refused where the step is not possible."""
    found = Blocker.objects.select_for_update(of=("self",)).select_related("agency").get(pk=blocker_id)
    if to not in BLOCKER_TRANSITIONS[BlockerState(found.state)]:
        raise NoSuchMove(_("Hambatan ini sudah dalam keadaan: %(state)s.") % {"state": found.get_state_display()})
    found.state = to
    return found


def answer_blocker(*, blocker_id: int, reply: str, by: User | None, post: Post, at: datetime) -> Blocker:
    """The agency replies. Raises `NoSuchMove`, `EvidenceMissing` for an empty reply."""
    with recorded(Act.BLOCKER_ANSWERED, by=by, at=at, post=post):
        found = _moved_blocker(blocker_id, BlockerState.ANSWERED)
        policies.check_answer_for(post, found.agency)
        if not reply.strip():
            raise EvidenceMissing(_("Tuliskan jawaban instansi Anda."))
        found.reply, found.replied_at, found.replied_by, found.moved_at = reply.strip()[:300], at, by, at
        found.save()
    return found


def close_blocker(*, blocker_id: int, by: User | None, post: Post, at: datetime) -> Blocker:
    """Who follows the pick says that the blocker is overcome."""
    with recorded(Act.BLOCKER_CLOSED, by=by, at=at, post=post):
        found = _moved_blocker(blocker_id, BlockerState.CLOSED)
        policies.check_follow_village(post, found.village_id)
        found.closed_at, found.closed_by, found.moved_at = at, by, at
        found.save()
    return found


def reopen_blocker(*, blocker_id: int, by: User | None, post: Post, at: datetime) -> Blocker:
    """The reply did not help: back to the agency."""
    with recorded(Act.BLOCKER_REOPENED, by=by, at=at, post=post):
        found = _moved_blocker(blocker_id, BlockerState.OPEN)
        policies.check_follow_village(post, found.village_id)
        found.moved_at = at
        found.save()
    return found


def note_late(
    *, pick_id: int, words: str, turnover: Decimal | None, by: User | None, post: Post, at: datetime
) -> LateNote:
    """Note evidence that came after the verdict; the verdict stays. Raises `NotRunning` before there is one."""
    with recorded(Act.LATE_NOTED, by=by, at=at, post=post):
        pick = lock_pick(pick_id)
        policies.check_follow_village(post, pick.village_id)
        if not Verdict.objects.filter(pick=pick).exists():
            raise NotRunning(_("Hasil belum ditetapkan; laporkan sebagai laporan mingguan."))
        if not words.strip():
            raise EvidenceMissing(_("Sebutkan buktinya."))
        return LateNote.objects.create(
            pick=pick, village_id=pick.village_id, at=at, by=by, post=post, turnover=turnover, words=words.strip()[:300]
        )


def state_part(
    *,
    unit: Standing,
    part: Part,
    share: Decimal,
    words: str,
    source: str,
    valid_until: date | None = None,
    by: User | None,
    post: Post,
    at: datetime,
) -> Statement:
    """State a part of a unit's readiness (0 to 1) that no list tells, with its evidence; counts for plans made from now on."""
    policies.check_follow_village(post, unit.village)
    if not words.strip() or not source.strip():
        raise EvidenceMissing(_("Tuliskan keterangan dan buktinya."))
    with recorded(Act.PART_STATED, by=by, at=at, post=post, part=part):
        made = Statement.objects.create(
            kind=unit.kind, village_id=unit.village, school_id=unit.school_id, community_id=unit.community_id, part=part,
            share=share, words=words.strip()[:200], source=source.strip()[:200], stated_on=timezone.localdate(at),
            valid_until=valid_until, at=at, by=by, post=post,
        )  # fmt: skip
    readiness.forget()
    return made
