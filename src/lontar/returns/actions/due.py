"""The days of grace begin by themselves: so many days after a month's end it is late, and still takes returns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from lontar.audit.queries import parameter_as_at
from lontar.engines.periods import Month
from lontar.returns.actions.periods import move_periods
from lontar.returns.models import Period
from lontar.returns.states import PeriodState

DUE = "returns.due.days"


def due_date(month: Month) -> date:
    """The last day on which a return of the month is in time: `returns.due.days`, as in force on the month's last day.

    Raises `NoParameter`.
    """
    days = int(parameter_as_at(DUE, month.end - timedelta(days=1)).number)
    return month.end + timedelta(days=days - 1)


def begin_grace(at: datetime) -> Sequence[Month]:
    """Move every open month whose day has passed (WITA) to its days of grace; which ones.

    A month that had its days of grace before, and that somebody opened again, stays as they left it. Raises `NoParameter`.
    """
    today = timezone.localdate(at)
    rows = Period.objects.months().filter(state=PeriodState.OPEN, end__lte=today)
    events = Period.pgh_event_model._base_manager.filter(pgh_obj_id__in=rows.values("pk"), state=PeriodState.GRACE)  # type: ignore[attr-defined]  # made by pghistory
    had = set(events.values_list("pgh_obj_id", flat=True))
    late = [Month.from_date(one.start) for one in rows.order_by("start") if one.pk not in had]
    late = [one for one in late if due_date(one) < today]
    if late:
        move_periods(late, to=PeriodState.GRACE, by=None, post=None, at=at)
    return late
