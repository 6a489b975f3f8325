"""Opening months and quarters for returns, and moving them: grace, closed, published.

Closing a month locks what was accepted, however much that is, for nothing is written into it: the database refuses every
plain change of its returns from then on, whichever way it comes, and waits for those that are being written (migration 0002).
What must hold before a quarter is closed is asked by who closes it, not here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.engines.periods import Month, Quarter
from lontar.returns import policies
from lontar.returns.models import Period
from lontar.returns.states import PERIOD_TRANSITIONS, Act, PeriodKind, PeriodState


class NoSuchPeriod(Refused):
    """Masa lapor ini belum dibuka."""


class PeriodMoveRefused(Refused):
    """Masa lapor tidak dapat berpindah ke keadaan ini."""


class MonthNotBegun(Refused):
    """Bulan ini belum mulai."""


def open_periods(first: Month, last: Month, *, by: User | None, post: Post | None = None, at: datetime) -> int:
    """Open the months from `first` to `last`, both inside, and their quarters, where they are not there yet; how many new.

    `post` is None for jobs of the house.
    """
    if post is not None:
        policies.check_accept(post)
    months = list(first.until(last.shift(1)))
    spans: list[Month | Quarter] = [*months, *sorted({one.quarter for one in months})]
    held = set(Period.objects.values_list("kind", "start"))
    missing = [one for one in spans if (kind_of(one), one.start) not in held]
    if not missing:
        return 0
    with recorded(Act.PERIOD_OPENED, by=by, at=at, post=post, first=first.label, last=last.label):
        Period.objects.bulk_create(
            [Period(kind=kind_of(one), start=one.start, end=one.end, moved_at=at) for one in missing],
            ignore_conflicts=True,
        )
    return len(missing)


def open_next(*, by: User | None, post: Post | None, at: datetime) -> Month:
    """Open the month after the newest one, or the last full month where none was opened yet; which one it is.

    Raises `MonthNotBegun` where that month has not begun (WITA).
    """
    present = Month.from_date(timezone.localdate(at))
    newest = Period.objects.months().order_by("start").last()
    wanted = Month.from_date(newest.end) if newest else present.shift(-1)
    if wanted > present:
        raise MonthNotBegun(
            _("%(month)s belum mulai; bulan itu dapat dibuka mulai %(day)s.")
            % {"month": wanted, "day": date_format(wanted.start, "j F Y")}
        )
    open_periods(wanted, wanted, by=by, post=post, at=at)
    return wanted


def open_due(at: datetime) -> int:
    """Open every month that has begun (WITA) since the newest one; how many months. Nothing where none was opened before."""
    newest = Period.objects.months().order_by("start").last()
    present = Month.from_date(timezone.localdate(at))
    if newest is None or newest.start >= present.start:
        return 0
    first = Month.from_date(newest.end)
    open_periods(first, present, by=None, at=at)
    return len(list(first.until(present.shift(1))))


def kind_of(span: Month | Quarter) -> PeriodKind:
    """Month or quarter."""
    return PeriodKind.QUARTER if isinstance(span, Quarter) else PeriodKind.MONTH


def move_periods(
    spans: Iterable[Month | Quarter],
    *,
    to: PeriodState,
    by: User | None,
    post: Post | None,
    at: datetime,
) -> int:
    """Move months and quarters to a state, all or none; how many moved. Those that are there already stay.

    Closing waits for returns that are being written and locks what was accepted; a return that comes after is refused.
    `post` is None for jobs of the house. Raises `NoSuchPeriod`, `PeriodMoveRefused`.
    """
    if post is not None:
        policies.check_accept(post)
    wanted = sorted({(kind_of(one).value, one.start) for one in spans})
    with recorded(Act.PERIOD_MOVED, by=by, at=at, post=post, to=to.value):
        found = _locked(wanted)
        moving = [one for one in found if one.state != to]
        for one in moving:
            if to not in PERIOD_TRANSITIONS[PeriodState(one.state)]:
                raise PeriodMoveRefused(
                    _("%(period)s sudah %(state)s dan tidak dapat menjadi %(to)s.")
                    % {"period": one.span, "state": one.get_state_display().lower(), "to": to.label.lower()}
                )
        Period.objects.filter(pk__in=[one.pk for one in moving]).update(state=to, moved_at=at)
    return len(moving)


def _locked(wanted: list[tuple[str, date]]) -> list[Period]:
    """The periods, locked against writers; `NoSuchPeriod` names the first that is missing."""
    starts = {start for _kind, start in wanted}
    rows = Period.objects.select_for_update().filter(start__in=starts).order_by("start", "kind")
    found = {(one.kind, one.start): one for one in rows}
    for kind, start in wanted:
        if (kind, start) not in found:
            raise NoSuchPeriod(_("Masa lapor yang mulai %(start)s belum dibuka.") % {"start": start})
    return [found[key] for key in wanted if key in found]
