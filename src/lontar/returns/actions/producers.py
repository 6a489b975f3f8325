"""Asking producers to report, many at once, and no longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.engines.periods import Month
from lontar.returns import policies
from lontar.returns.models import Producer
from lontar.returns.states import Act, Maker


class EndsBeforeStart(Refused):
    """Bulan terakhir mendahului bulan pertama."""


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


def enrol_producers(
    wanted: Sequence[NewProducer], *, first: Month, by: User | None, post: Post | None, at: datetime
) -> int:
    """Ask these producers to report from the month `first` on; how many were not asked before.

    `post` is None for jobs of the house. Who is asked already stays as it is.
    """
    if post is not None:
        policies.check_enrol(post)
        for village in {one.village for one in wanted}:
            policies.check_enrol_region(post, village)
    with recorded(Act.PRODUCERS_ENROLLED, by=by, at=at, post=post, number=len(wanted)):
        before = Producer.objects.count()
        Producer.objects.bulk_create(
            (_row(one, first=first.start, at=at) for one in wanted), ignore_conflicts=True, batch_size=2000
        )
        return Producer.objects.count() - before


def _row(one: NewProducer, *, first: date, at: datetime) -> Producer:
    return Producer(
        maker=one.maker, name=one.name[:200], village_id=one.village, unit_key=one.unit_key, category=one.category,
        commodity_id=one.commodity_id, unit=one.unit, from_month=first, enrolled_at=at,
        designated_from=one.designated_from,
        **{f"{one.maker}_id": one.maker_id},
    )  # fmt: skip


def end_producer(*, producer_id: int, until: Month, by: User | None, post: Post, at: datetime) -> Producer:
    """Ask this producer no more from the month `until` on. Raises `EndsBeforeStart`."""
    with recorded(Act.PRODUCER_ENDED, by=by, at=at, post=post, producer=producer_id):
        found = Producer.objects.select_for_update(of=("self",)).get(pk=producer_id)
        policies.check_enrol_region(post, found.village_id)
        if until.start < found.from_month:
            raise EndsBeforeStart(
                _("%(name)s baru melapor mulai %(first)s; pilih bulan itu atau sesudahnya.")
                % {"name": found.name, "first": Month.from_date(found.from_month)}
            )
        found.until_month = until.start
        found.save(update_fields=["until_month"])
    return found
