"""Taking in a list of goods in and out: whole, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.value import policies
from lontar.value.models import TradeFigure, TradeLoad
from lontar.value.rules.trade import Fault, Reading
from lontar.value.states import Act


class SameList(Refused):
    """Berkas yang sama persis sudah dimuat."""


class FaultyList(Refused):
    """Daftar ini masih memuat kesalahan; tidak satu baris pun dimuat."""

    def __init__(self, reason: str, faults: Sequence[Fault]) -> None:
        super().__init__(reason)
        self.faults = tuple(faults)


def load_trade(
    *, reading: Reading, file_name: str, sha256: str, by: User | None, at: datetime, post: Post | None = None
) -> TradeLoad:
    """Take in every line of a list; a line of a direction, period and commodity that is known becomes its revision.

    `post` None is the operator at the command line. Raises `FaultyList` with every fault, `SameList` for the same bytes, and
    what `policies.check_load` raises.
    """
    if post is not None:
        policies.check_load(post)
    if reading.faults:
        raise FaultyList(
            _("%(number)s isian perlu diperbaiki; belum ada yang dimuat.") % {"number": len(reading.faults)},
            reading.faults,
        )
    with recorded(Act.LOADED, by=by, at=at, post=post, file=file_name[:200]):
        load = _head(file_name, sha256, by=by, at=at, post=post)
        TradeFigure.objects.bulk_create(
            TradeFigure(
                load=load, direction=one.direction, from_date=one.from_date, until_date=one.until_date, period=one.period,
                commodity_key=one.commodity, stated=one.stated, unit=one.unit, amount=one.amount, source=one.source,
                source_date=one.source_date, is_quoted=one.is_quoted, note=one.note,
            )
            for one in reading.lines
        )  # fmt: skip
    return load


def _head(file_name: str, sha256: str, *, by: User | None, at: datetime, post: Post | None) -> TradeLoad:
    try:
        with transaction.atomic():
            return TradeLoad.objects.create(file_name=file_name[:200], sha256=sha256, at=at, by=by, post=post)
    except IntegrityError as problem:
        if "sha256" not in str(problem):
            raise
        raise SameList(_("Berkas yang sama persis sudah dimuat; tidak ada yang berubah.")) from None
