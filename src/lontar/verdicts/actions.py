"""Making a verdict: computed from the accepted returns as they stand, written once, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.access.trail import recorded
from lontar.designation.queries.units import units_of
from lontar.engines.periods import Quarter
from lontar.verdicts import policies
from lontar.verdicts.models import ClassMove, Finding, Verdict
from lontar.verdicts.rules.judging import judge
from lontar.verdicts.rules.results import Result
from lontar.verdicts.states import Act
from lontar.verdicts.steps import reading

_SPACE = 0x56455244  # a lock space of its own among advisory locks: 'VERD'


class QuarterNotOver(Refused):
    """The quarter is not over."""


class NothingReported(Refused):
    """No return was accepted in the two years up to the end of the quarter."""


def check_over(quarter: Quarter, *, at: datetime) -> None:
    """Raises `QuarterNotOver` while the last day of the quarter is not past (WITA)."""
    from django.utils import timezone

    if timezone.localdate(at) < quarter.end:
        raise QuarterNotOver(_("%(quarter)s belum berakhir. Pilih triwulan yang sudah lewat.") % {"quarter": quarter})


def make_verdict(*, quarter: Quarter, by: User | None, post: Post | None, at: datetime) -> Verdict:
    """Compute the verdict as at the end of a quarter and keep it as the next number of that quarter.

    Where the same returns and the same code gave the newest verdict already, that one is given back and nothing is written.
    `post` None is the operator at the command line or the demo. Raises `QuarterNotOver`, `NothingReported`.
    """
    if post is not None:
        policies.check_make_verdict(post)
    check_over(quarter, at=at)
    with acting_in(reading.region()):
        inputs = reading.read(quarter)
        if not len(inputs.frame):
            raise NothingReported(_("Belum ada laporan yang diterima sampai %(quarter)s.") % {"quarter": quarter})
        sha256 = reading.keep(inputs)
        result = judge(inputs, region=reading.region())
        return _written(quarter, result, sha256, by=by, post=post, at=at)


def hold_quarter(quarter: Quarter) -> None:
    """Wait for whoever else writes a verdict of the quarter, until the transaction ends."""
    if not connection.in_atomic_block:
        raise RuntimeError("a quarter is held within a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_SPACE, quarter.ordinal])


def _written(
    quarter: Quarter, result: Result, sha256: str, *, by: User | None, post: Post | None, at: datetime
) -> Verdict:
    with recorded(Act.MADE, by=by, post=post, at=at, quarter=quarter.label):
        hold_quarter(quarter)
        newest: Verdict | None = Verdict.objects.of_quarter(quarter.label).newest_first().first()
        if newest is not None and newest.result_sha256 == result.sha256 and newest.inputs_sha256 == sha256:
            return newest
        made = Verdict.objects.create(
            region_id=reading.region(), quarter=quarter.label, number=newest.number + 1 if newest else 1, made_at=at,
            made_by=by, post=post, code_version=reading.code_version(), inputs_sha256=sha256, result_sha256=result.sha256,
            returns=result.returns, producers=result.producers, units=result.units,
            matters=f"{reading.numbers(quarter).rule.matters:.4f}", evidence=result.evidence,
        )  # fmt: skip
        names = _names(one.unit_key for one in result.findings)
        Finding.objects.bulk_create(
            Finding(
                verdict=made, village_id=one.village, unit_name=names.get(one.unit_key, ""),
                **{key: value for key, value in asdict(one).items() if key != "village"},
            )
            for one in result.findings
        )  # fmt: skip
        ClassMove.objects.bulk_create(
            ClassMove(
                verdict=made,
                village_id=one.village,
                **{key: value for key, value in asdict(one).items() if key != "village"},
            )
            for one in result.moves
        )
    return made


def _names(keys: Iterable[str]) -> dict[str, str]:
    return {key: unit.name for key, unit in units_of({key for key in keys if key}).items()}
