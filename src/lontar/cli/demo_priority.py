"""The 90-day maps of the demo province: one that is over, with verdicts, and one at about its fortieth day.

Everything goes through the actions that people use, at the instants at which they would have been used; figures are invented.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lontar.priority.models import Pick, Plan

FINISHED_AGO, RUNNING_AGO = 140, 39
LIMITS = {
    "per_regency_most": 1,
    "per_island_least": 1,
    "per_category_most": 4,
    "budget": 400_000_000,
    "categories": {"weaving": {"least": 1}, "fresh": {"most": 0}, "other": {"most": 0}},
}
# Share of the target that a pick reaches; None: nobody reports. The last one has no baseline.
REACHED = (1.3, 1.1, 1.0, 0.8, 0.6, 0.55, 0.3, 0.1, None, 1.2)
BLOCKERS = (
    (0, "PERINDAG", "Label kemasan contoh belum disetujui; produksi menunggu.", "Label disetujui dan sudah dikirim ke desa."),
    (2, "BANK", "Pengajuan pembiayaan contoh belum dijawab sejak dua minggu.", ""),
    (4, "PERTANIAN", "Bahan baku contoh dari desa tetangga tertahan karena jalan rusak.", ""),
)  # fmt: skip


def follow_some(say: Callable[[str], None]) -> None:
    """Make both maps; does nothing where there is a plan already, or nobody to make one."""
    from django.conf import settings
    from django.utils import timezone

    from lontar.access.models import Post
    from lontar.access.scope import acting_in
    from lontar.priority.models import Plan

    with acting_in(settings.PROGRAMME_ROOT):
        if Plan.objects.exists() or not Post.objects.filter(code="DPMD-BIDANG").exists():
            return
        started, today = time.monotonic(), timezone.localdate()
        former = _plan("Peta prioritas contoh, putaran pertama", today - timedelta(days=FINISHED_AGO))
        _follow(former, until=former.end_date)
        from lontar.priority.tasks import judge_due

        judge_due(_at(former.end_date))
        running = _plan("Peta prioritas contoh, putaran kedua", today - timedelta(days=RUNNING_AGO))
        _follow(running, until=today)
        _block(running)
    say(f"  peta prioritas contoh: satu selesai, satu berjalan ({time.monotonic() - started:.1f} s)")


def _at(day: date) -> datetime:
    from django.utils import timezone

    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))


def _acting(code: str, day: date) -> dict[str, Any]:
    from lontar.access.models import Holding

    held = Holding.objects.select_related("user", "post__agency").get(post__code=code, valid_until__isnull=True)
    return {"by": held.user, "post": held.post, "at": _at(day)}


def _plan(name: str, start: date) -> Plan:
    from lontar.priority import actions
    from lontar.priority.rules.wanted import read_wanted

    acting = _acting("DPMD-BIDANG", start - timedelta(days=2))
    wanted = read_wanted({"region": "53", "name": name, "start": start, **LIMITS}, today=start)
    plan = actions.make_plan(wanted=wanted, **acting)
    acting["at"] = _at(start)
    actions.take_in_force(plan_id=plan.pk, **acting)
    for pick in plan.picks.order_by("place"):
        _set_out(pick, acting)
    acting["at"] = _at(start + timedelta(days=1))
    return actions.publish_map(plan_id=plan.pk, **acting)


def _set_out(pick: Pick, acting: dict[str, Any]) -> None:
    """Baseline and target of a pick, from what the registry says of its product."""
    from lontar.priority import actions
    from lontar.priority.states import BaselineKind, Evidence

    price, unit, month = _price(pick)
    quantity = max((month * Decimal("0.8")).quantize(Decimal(1)), Decimal(40))
    actions.set_target(
        pick_id=pick.pk, quantity=quantity, unit=unit, price_before=price, price_after=price * 3 / 2,
        words="Dikemas dan berlabel, dijual di NTT Mart dan ke hotel (contoh).", **acting,
    )  # fmt: skip
    start = pick.plan.start_date
    if pick.place == len(REACHED):
        words = "Tidak ada catatan penjualan sebelum ini (contoh)."
        actions.state_baseline(pick_id=pick.pk, kind=BaselineKind.UNKNOWN, words=words, **acting)
        return
    actions.state_baseline(
        pick_id=pick.pk, kind=BaselineKind.MEASURED, amount=(quantity * price / 3).quantize(Decimal(1)),
        from_date=start - timedelta(days=30), until_date=start, evidence=Evidence.CASH_BOOK,
        words="Buku kas contoh; dinyatakan oleh ketua kelompok.", **acting,
    )  # fmt: skip


def _price(pick: Pick) -> tuple[Decimal, str, Decimal]:
    from lontar.registry.models import Product

    found = Product.objects.filter(village_id=pick.village_id, name=pick.product).order_by("-price").first()
    price = (found.price if found else None) or Decimal(25_000)
    month = (found.capacity_month if found else None) or Decimal(100)
    return (price / 100).quantize(Decimal(1)) * 100, (found.unit if found else "") or "bungkus", month


def _follow(plan: Plan, *, until: date) -> None:
    """Weekly reports until a day, by the mentor of the kabupaten/kota."""
    from lontar.priority import actions
    from lontar.priority.models import Baseline, Target
    from lontar.priority.queries.plans import span_of
    from lontar.priority.states import Evidence

    span = span_of(plan)
    for pick in plan.picks.order_by("place"):
        reached = REACHED[(pick.place - 1) % len(REACHED)]
        if reached is None:
            continue
        mentor = _acting(f"PMD-{pick.village_id[:5].replace('.', '')}-DAMPING", plan.start_date)
        target, base = Target.objects.get(pick=pick), Baseline.objects.get(pick=pick)
        usual = (base.amount or Decimal(0)) / 30
        extra = target.extra * Decimal(str(reached)) / span.days
        for week in range(1, span.weeks + 1):
            of_week = span.week(week)
            if of_week.end > until:
                break
            swing = Decimal(100 + ((week * 7 + pick.place * 5) % 21) - 10) / 100 if week < span.weeks else Decimal(1)
            mentor["at"] = _at(of_week.end - timedelta(days=1))
            actions.check_in(
                pick_id=pick.pk, week=week, turnover=((usual + extra * swing) * of_week.days).quantize(Decimal(1000)),
                evidence=Evidence.CASH_BOOK, words=f"Buku kas contoh, halaman {week}", **mentor,
            )  # fmt: skip


def _block(plan: Plan) -> None:
    """Some blockers: one answered, the others waiting at the agencies."""
    from lontar.access.models import Agency
    from lontar.priority import actions

    picks = list(plan.picks.order_by("place"))
    for place, agency, words, reply in BLOCKERS:
        if place >= len(picks):
            continue
        pick = picks[place]
        day = plan.start_date + timedelta(days=20 + 3 * place)
        mentor = _acting(f"PMD-{pick.village_id[:5].replace('.', '')}-DAMPING", day)
        made = actions.raise_blocker(pick_id=pick.pk, words=words, agency=Agency.objects.get(code=agency), **mentor)
        if reply:
            acting = _acting(f"{agency}-DATA", day + timedelta(days=4))
            actions.answer_blocker(blocker_id=made.pk, reply=reply, **acting)
