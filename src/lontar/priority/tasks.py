"""Jobs: the verdicts of plans whose last day is past."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from lontar.access import scope
from lontar.priority.actions import judge_plan
from lontar.priority.models import Plan

log = structlog.get_logger("priority")


def judge_due(at: datetime) -> int:
    """Judge every running plan whose last day is past at this instant (WITA); how many there were."""
    from django.utils import timezone

    with scope.acting_in(settings.PROGRAMME_ROOT):
        due = list(Plan.objects.over_on(timezone.localdate(at)).values_list("pk", flat=True))
        for number in due:
            judge_plan(plan_id=number, at=at)
    return len(due)


@app.periodic(cron="7 * * * *")
@app.task(name="priority.judge_due", queue="intake", queueing_lock="priority-judge", pass_context=False)
def judge_plans(timestamp: int) -> None:
    """Every hour: the day turns at midnight WITA, wherever the server stands."""
    close_old_connections()
    try:
        judged = judge_due(datetime.fromtimestamp(timestamp, UTC))
        if judged:
            log.info("priority.judged", plans=judged)
    finally:
        close_old_connections()
