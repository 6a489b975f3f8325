"""The quarters of the demo province: eight that are closed, one of them with a reason, and one restatement.

Consumer prices are invented. Nothing is done where a quarter is closed already, or where there are no returns.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lontar.engines.periods import Quarter

QUARTERS = 8
OVERRIDE = (
    "Laporan contoh dari beberapa kabupaten terlambat; triwulan ditutup agar laporan terbit tepat waktu, "
    "sisanya dinyatakan ulang."
)
CORRECTION = "Nota contoh dari lima produsen baru ditemukan setelah triwulan ditutup; omzet bulan pertama diperbaiki."
CORRECTED = 5


def close_some(say: Callable[[str], None]) -> None:
    """Import prices, close the eight quarters before today, and restate the one before the last."""
    from django.conf import settings
    from django.utils import timezone

    from lontar.access.scope import acting_in
    from lontar.engines.periods import Quarter
    from lontar.monitoring.models import QuarterRun
    from lontar.returns.models import Return

    with acting_in(settings.PROGRAMME_ROOT):
        newest = Quarter.from_date(timezone.localdate()).shift(-1)
        spans = [newest.shift(step) for step in range(1 - QUARTERS, 1)]
        if QuarterRun.objects.exists() or not Return.objects.filter(month=newest.start).exists():
            return
        started = time.monotonic()
        _prices(spans[0].same_last_year().start, newest.end)
        overridden = [_close(span) for span in spans]
        changed = _restate(spans[-2])
    say(
        f"  triwulan contoh: {len(spans)} ditutup, {sum(overridden)} dengan alasan, {changed} angka dinyatakan ulang "
        f"({time.monotonic() - started:.1f} s)"
    )


def _prices(first: date, until: date) -> None:
    """An invented index: a quarter of a per cent a month, rounded as such series are."""
    from django.utils import timezone

    from lontar.engines.periods import Month
    from lontar.monitoring import actions

    months = list(Month.from_date(first).until(Month.from_date(until)))
    indexed = [
        (month.start, (100 * Decimal("1.0025") ** place).quantize(Decimal("0.01")))
        for place, month in enumerate(months)
    ]
    actions.import_prices(
        indexed, name="Indeks harga konsumen contoh", source="Deret contoh, bukan angka BPS", issued_date=until,
        by=None, post=None, at=timezone.now(),
    )  # fmt: skip


def _close(span: Quarter) -> bool:
    """Close a quarter twenty days after its end; whether it took a reason."""
    from django.utils import timezone

    from lontar.monitoring import actions
    from lontar.monitoring.steps.run import carry

    at = min(_instant(span.end + timedelta(days=20)), timezone.now())
    asked: Any = {"by": None, "post": None, "at": at, "queued": False}
    try:
        run = actions.request_closing(span, **asked)
    except actions.ChecksMissed:
        run = actions.request_closing(span, words=OVERRIDE, **asked)
    carry(run.pk, clock=lambda: at)
    run.refresh_from_db()
    if run.state != "done":
        raise RuntimeError(f"{span.label}: {run.problem}")
    return run.is_override


def _restate(span: Quarter) -> int:
    """Correct the first month of five producers of the village with most of them, and restate; how many figures changed."""
    from django.db.models import Count
    from django.utils import timezone

    from lontar.access.models import Post
    from lontar.access.states import Role
    from lontar.monitoring import actions
    from lontar.monitoring.steps.run import carry
    from lontar.returns.actions import restate_return
    from lontar.returns.models import Return

    counted = Return.objects.counted().filter(month=span.start).exclude(producer__unit_key="")
    villages = counted.values("village_id").annotate(many=Count("pk")).filter(many__gte=CORRECTED)
    village = villages.order_by("-many", "village_id").values_list("village_id", flat=True).first()
    post = Post.objects.filter(role=Role.PROVINCE_OFFICER).order_by("pk").first()
    if village is None or post is None:
        return 0
    at = timezone.now()
    chosen = counted.filter(village_id=village).order_by("pk").values_list("producer_id", "turnover")
    for producer, turnover in list(chosen[:CORRECTED]):
        restate_return(
            producer_id=producer, month=span.start, values={"turnover": (turnover or 0) * 6 // 5}, reason=CORRECTION,
            by=None, post=post, at=at,
        )  # fmt: skip
    run = actions.request_restatement(span, words=CORRECTION, by=None, post=None, at=at, queued=False)
    carry(run.pk)
    run.refresh_from_db()
    return run.figures


def _instant(day: date) -> datetime:
    from django.utils import timezone

    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))
