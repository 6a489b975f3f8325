"""Counting a quarter: prices along the chain and value kept, from the accepted returns of the whole programme."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import polars as pl
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.access.trail import recorded
from lontar.audit.queries import NoParameter, parameter_as_at, parameters_with_prefix
from lontar.documents.queries.marks import has_demo_data
from lontar.engines.periods import Quarter
from lontar.value import policies
from lontar.value.models import Assumed, ChainPrice, KeptLine, Reckoning
from lontar.value.queries.returned import returns_of
from lontar.value.rules.assumptions import USED_IN_SUMS, AssumptionMissing, Assumptions
from lontar.value.rules.counting import Price, Sums, place_sums, prices, sums
from lontar.value.rules.hiding import Rule
from lontar.value.states import Act, Status

BLOCK = 5_000


class NothingToCount(Refused):
    """Belum ada laporan diterima untuk triwulan ini."""


def count_quarter(*, quarter: Quarter, by: User | None, at: datetime, post: Post | None = None) -> Reckoning:
    """Count the quarter anew from what is accepted now; the newest counting is the one that is shown.

    `post` None is the system itself. Raises `NothingToCount`, `AssumptionMissing` when a parameter is not set, and what
    `policies.check_count` raises.
    """
    if post is not None:
        policies.check_count(post)
    with acting_in(settings.PROGRAMME_ROOT):
        returns = returns_of(quarter)
        if returns.is_empty():
            raise NothingToCount(
                _("Belum ada laporan diterima untuk triwulan %(quarter)s. Terima laporannya lebih dahulu.")
                % {"quarter": quarter.label}
            )
        day = min(quarter.last_day, timezone.localdate(at))
        values = parameters_with_prefix("value", day)
        assumed = Assumptions({key: one.number for key, one in values.items()})
        rule = hiding_rule(timezone.localdate(at))
        found = prices(returns, root=settings.PROGRAMME_ROOT, rule=rule)
        cells = sums(returns, root=settings.PROGRAMME_ROOT, rule=rule, assumed=assumed)
        with recorded(Act.COUNTED, by=by, at=at, post=post, quarter=quarter.label):
            made = _head(returns, quarter, by=by, at=at, post=post)
            Assumed.objects.bulk_create(
                Assumed(
                    reckoning=made, key=key, number=values[key].number, unit=values[key].unit, source=values[key].source
                )
                for key in USED_IN_SUMS
            )
            ChainPrice.objects.bulk_create((_price(made, one) for one in found), batch_size=BLOCK)
            KeptLine.objects.bulk_create((_line(made, one) for one in cells), batch_size=BLOCK)
    return made


def hiding_rule(day: date) -> Rule:
    """The rule of open figures in force on a day: that of the counting, for it is then that figures are shown.

    Raises `AssumptionMissing`.
    """
    try:
        least, share = (parameter_as_at(key, day) for key in ("disclosure.min_producers", "disclosure.max_share"))
    except NoParameter as problem:
        raise AssumptionMissing(str(problem)) from None
    number = share.number / 100 if share.number > 1 else share.number
    return Rule(int(least.number), Decimal(number))


def _head(returns: pl.DataFrame, quarter: Quarter, *, by: User | None, at: datetime, post: Post | None) -> Reckoning:
    newest = returns["accepted_at"].max()
    return Reckoning.objects.create(
        quarter=quarter.label,
        counted_at=at,
        by=by,
        post=post,
        returns=returns.height,
        producers=returns["producer_id"].n_unique(),
        newest_at=newest if isinstance(newest, datetime) else None,
        is_demo=has_demo_data(),
    )


def _price(made: Reckoning, one: Price) -> ChainPrice:
    return ChainPrice(
        reckoning=made, level=one.level, region_code=one.region_code, commodity=one.commodity, unit=one.unit, step=one.step,
        status=Status.HIDDEN if one.n is None else Status.SHOWN, n=one.n, low=one.low, price=one.price, high=one.high,
    )  # fmt: skip


def _line(made: Reckoning, one: Sums) -> KeptLine:
    line = KeptLine(
        reckoning=made, level=one.level, region_code=one.region_code, commodity=one.commodity,
        status=Status.HIDDEN if one.kept is None else Status.SHOWN,
    )  # fmt: skip
    if one.kept is not None:
        told = {
            "n": one.n, "returns": one.returns, "turnover": one.turnover, "material_outside": one.material_outside,
            "sold_known": one.sold_known, "sold_outside": one.sold_outside, **place_sums(one.kept),
        }  # fmt: skip
        for name, value in told.items():
            setattr(line, name, value)
    return line
