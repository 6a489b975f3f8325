"""What waits for a post in monthly returns: who has not answered, values to correct, returns to verify and to accept."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.queries import OpenWork
from lontar.access.states import Role
from lontar.returns import policies
from lontar.returns.models import Return, ReturnedValue
from lontar.returns.queries.standing import due_month, late_months, unanswered
from lontar.returns.states import ReturnedState, ReturnState

MOST_LATE = 3  # lines of the work list; older months stand in the list of months
_REMINDED = (Role.VILLAGE_OFFICER, Role.MENTOR)


def open_work(post: Post) -> Iterable[OpenWork]:
    """Reminders for who reports, steps for who verifies and accepts."""
    base = reverse("returns:returns")
    if post.role in _REMINDED:
        yield from _to_answer(post)
    if policies.check_verify.can(post):
        corrected = ReturnedValue.objects.within(post.region_code).filter(state=ReturnedState.CORRECTED)
        first = corrected.order_by("moved_at").select_related("filing").first()
        url = reverse("returns:detail", args=[first.filing_id]) if first else base
        yield OpenWork(_("Perbaikan nilai laporan menunggu peninjauan Anda"), corrected.count(), url)
    if post.role == Role.REGENCY_OFFICER:
        waiting = Return.objects.within(post.region_code).filter(state=ReturnState.SUBMITTED)
        yield OpenWork(_("Laporan bulanan menunggu verifikasi"), waiting.count(), f"{base}?keadaan=submitted")
    if policies.check_accept.can(post):
        waiting = Return.objects.within(post.region_code).filter(state=ReturnState.VERIFIED)
        yield OpenWork(_("Laporan bulanan menunggu diterima provinsi"), waiting.count(), f"{base}?keadaan=verified")
        late = late_months()
        yield OpenWork(_("Bulan dalam masa tenggang, belum ditutup"), len(late), reverse("returns:months"))


def _to_answer(post: Post) -> Iterable[OpenWork]:
    due, late = due_month(timezone.localdate()), late_months()[-MOST_LATE:]
    for month in [*late, *([due] if due is not None and due not in late else [])]:
        number = unanswered(post.region_code, month.start).count()
        label = _("Produsen belum melapor untuk %(month)s") % {"month": month}
        if month in late:
            label = _("Terlambat, masa tenggang: produsen belum melapor untuk %(month)s") % {"month": month}
        yield OpenWork(label, number, f"{reverse('returns:missing')}?bulan={month.label}", is_urgent=True)
    back = ReturnedValue.objects.within(post.region_code).filter(state=ReturnedState.OPEN).select_related("filing")
    first = back.order_by("returned_at").first()
    if first is not None:
        url = reverse("returns:answer", args=[first.filing.producer_id, f"{first.filing.month:%Y-%m}"])
        yield OpenWork(
            _("Nilai laporan dikembalikan kepada Anda"), back.count(), url, first.returned_at, is_urgent=True
        )
