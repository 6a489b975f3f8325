"""The reports of the demo province: every closed quarter published, oldest first, each on a day of its own after its closing.

The verdict, of which the newest report tells, is made in a process of its own while the older ones are published. The
restatement of the demo comes after the report that it restates, so that its page lists it. Nothing is done where a report is
published already.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

FIRST = datetime(2025, 6, 2, 9)  # the quarters before the programme began are told after its first days


def publish_some(say: Callable[[str], None]) -> None:
    """Build and publish the report of every closed quarter."""
    from django.conf import settings
    from django.utils import timezone

    from lontar.access.models import Holding
    from lontar.access.scope import acting_in
    from lontar.cli.demo_verdicts import judge_some, judging_beside
    from lontar.monitoring.models import QuarterRun
    from lontar.reports.actions import build_report, publish_report
    from lontar.reports.models import Report
    from lontar.reports.steps import gathering

    with acting_in(settings.PROGRAMME_ROOT):
        if Report.objects.exists():
            return
        held = Holding.objects.select_related("user", "post__agency").filter(
            post__code="DPMD-BIDANG", valid_until__isnull=True
        )
        officer = held.first()
        wanted = gathering.waiting()
        if officer is None or not wanted:
            return
        started = time.monotonic()
        first = timezone.make_aware(FIRST)
        closings = {one.quarter: one.finished_at or first for one in QuarterRun.objects.closings()}
        with judging_beside() as judged:
            for quarter in wanted:
                at = max(closings[quarter.label], first) + timedelta(minutes=1)
                first = at
                if quarter == wanted[-1]:
                    judged()
                    judge_some(say)
                draft = build_report(quarter=quarter, post=officer.post, by=officer.user, at=at)
                publish_report(draft=draft, post=officer.post, by=officer.user, at=at)
    say(f"  laporan contoh: {len(wanted)} triwulan terbit ({time.monotonic() - started:.1f} s)")
