"""Asking producers to report, many at once, and no longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.designation.models import Flagship
from lontar.engines.periods import Month
from lontar.returns import policies
from lontar.returns.models import Producer
from lontar.returns.states import Act, Maker


class EndsBeforeStart(Refused):
    """Bulan terakhir mendahului bulan pertama."""


class ReasonNeeded(Refused):
    """Kelompok pembanding tidak diubah tanpa alasan."""


class NoComparison(Refused):
    """Desa yang punya produk unggulan tidak dapat menjadi pembanding."""


@dataclass(frozen=True, slots=True)
class NewProducer:
    """Who is asked: its record in the registry, place, product, unit of quantity, the unit it is counted for ("": none)."""

    maker: Maker
    maker_id: int
    name: str
    village: str
    category: str
    unit: str
    commodity_id: int | None = None
    unit_key: str = ""
    designated_from: date | None = None
    reason: str = ""


def enrol_producers(
    wanted: Sequence[NewProducer], *, first: Month, by: User | None, post: Post | None, at: datetime
) -> int:
    """Ask these producers to report from the month `first` on; how many were not asked before.

    `post` is None for jobs of the house. Who is asked already stays as it is. The comparison group is the province's: it wants
    a reason (`ReasonNeeded`) and a village without a flagship in force in `first` or later (`NoComparison`).
    """
    if post is not None:
        policies.check_enrol(post)
        for village in {one.village for one in wanted}:
            policies.check_enrol_region(post, village)
        _check_comparison([one for one in wanted if not one.unit_key], first=first, post=post)
    with recorded(Act.PRODUCERS_ENROLLED, by=by, at=at, post=post, number=len(wanted)):
        before = Producer.objects.count()
        Producer.objects.bulk_create(
            (_row(one, first=first.start, at=at) for one in wanted), ignore_conflicts=True, batch_size=2000
        )
        return Producer.objects.count() - before


def _check_comparison(wanted: Sequence[NewProducer], *, first: Month, post: Post) -> None:
    if not wanted:
        return
    policies.check_arrange_comparison(post)
    if not all(one.reason.strip() for one in wanted):
        raise ReasonNeeded(_("Sebutkan mengapa mereka dipilih sebagai pembanding."))
    ahead = Q(valid_until__isnull=True) | Q(valid_until__gt=first.start)
    taken = (
        Flagship.objects.filter(ahead, village_id__in={one.village for one in wanted}).select_related("village").first()
    )
    if taken is not None:
        raise NoComparison(
            _("%(village)s punya produk unggulan (%(name)s) dan tidak dapat menjadi pembanding. Pilih desa lain.")
            % {"village": taken.village.name, "name": taken.name}
        )


def _row(one: NewProducer, *, first: date, at: datetime) -> Producer:
    return Producer(
        maker=one.maker, name=one.name[:200], village_id=one.village, unit_key=one.unit_key, category=one.category,
        commodity_id=one.commodity_id, unit=one.unit, from_month=first, enrolled_at=at,
        designated_from=one.designated_from, reason=one.reason.strip()[:300],
        **{f"{one.maker}_id": one.maker_id},
    )  # fmt: skip


def end_producer(
    *, producer_id: int, until: Month, by: User | None, post: Post, at: datetime, reason: str = ""
) -> Producer:
    """Ask this producer no more from the month `until` on. Raises `EndsBeforeStart`.

    Somebody of the comparison group leaves it by the province only and with a reason (`ReasonNeeded`).
    """
    with recorded(Act.PRODUCER_ENDED, by=by, at=at, post=post, producer=producer_id):
        found = Producer.objects.select_for_update(of=("self",)).get(pk=producer_id)
        policies.check_enrol_region(post, found.village_id)
        if not found.unit_key:
            policies.check_arrange_comparison(post)
            if not reason.strip():
                raise ReasonNeeded(_("Sebutkan mengapa %(name)s tidak lagi menjadi pembanding.") % {"name": found.name})
        if until.start < found.from_month:
            raise EndsBeforeStart(
                _("%(name)s baru melapor mulai %(first)s; pilih bulan itu atau sesudahnya.")
                % {"name": found.name, "first": Month.from_date(found.from_month)}
            )
        found.until_month = until.start
        found.end_reason = reason.strip()[:300]
        found.save(update_fields=["until_month", "end_reason"])
    return found
