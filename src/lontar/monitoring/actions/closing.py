"""Asking for a quarter to be closed, or restated. The work itself is a job (`steps.run`)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.engines.periods import Quarter
from lontar.monitoring import policies, tasks
from lontar.monitoring.models import QuarterRun
from lontar.monitoring.queries.checks import Checked, check_list
from lontar.monitoring.states import OPEN, Act, Check, RunKind, RunState


class NotOver(Refused):
    """Triwulan ini belum berakhir."""


class ChecksMissed(Refused):
    """Syarat penutupan belum terpenuhi."""


class ReasonMissing(Refused):
    """Alasan belum ditulis."""


class AlreadyClosed(Refused):
    """Triwulan ini sudah ditutup."""


class NotClosed(Refused):
    """Triwulan ini belum ditutup."""


class RunOpen(Refused):
    """Triwulan ini sedang ditutup atau dinyatakan ulang."""


def request_closing(
    quarter: Quarter, *, words: str = "", by: User | None, post: Post | None, at: datetime, queued: bool = True
) -> QuarterRun:
    """Have a quarter closed; where a check is missed only with `words`, which the report prints.

    Within the caller's scope.

    `queued` gives the run to a worker; else the caller carries it. Raises `NotOver`, `AlreadyClosed`, `RunOpen`,
    `ChecksMissed`.
    """
    if post is not None:
        policies.check_close(post)
    if timezone.localdate(at) < quarter.end:
        raise NotOver(_("%(quarter)s belum berakhir; tutup mulai %(day)s.") % {"quarter": quarter, "day": quarter.end})
    if QuarterRun.objects.closings().filter(quarter=quarter.label).exists():
        raise AlreadyClosed(
            _("%(quarter)s sudah ditutup. Yang datang kemudian dinyatakan ulang.") % {"quarter": quarter}
        )
    checks = check_list(quarter)
    missed = [one for one in checks if not one.is_met]
    if missed and not words.strip():
        raise ChecksMissed(missed_words(missed))
    act = Act.CLOSING_OVERRIDDEN if missed else Act.CLOSING_ASKED
    asked = {
        "quarter": quarter.label, "kind": RunKind.CLOSE, "words": words.strip() if missed else "",
        "is_override": bool(missed), "checks": [one.as_json() for one in checks],
    }  # fmt: skip
    return _ask(act, asked, by=by, post=post, at=at, queued=queued)


def missed_words(missed: list[Checked]) -> str:
    """Which checks are missed, by how much, and what to do."""
    told = [
        _("%(check)s %(share)s %% (batas %(limit)s %%)")
        % {"check": Check(one.check).label.lower(), "share": one.share.replace(".", ","), "limit": one.limit}
        for one in missed
    ]
    return _("Belum terpenuhi: %(checks)s. Lengkapi laporan, atau tulis alasan menutup sekarang.") % {
        "checks": "; ".join(told)
    }


def request_restatement(
    quarter: Quarter, *, words: str, by: User | None, post: Post | None, at: datetime, queued: bool = True
) -> QuarterRun:
    """Have the figures of a closed quarter computed again from the returns as corrected; `words` says why.

    Raises `NotClosed`, `ReasonMissing`, `RunOpen`.
    """
    if post is not None:
        policies.check_close(post)
    if not words.strip():
        raise ReasonMissing(_("Tuliskan apa yang diperbaiki dan mengapa; alasan ini dicetak dalam laporan."))
    done = QuarterRun.objects.filter(quarter=quarter.label, state=RunState.DONE)
    newest = done.order_by("-number").first()
    if newest is None:
        raise NotClosed(
            _("%(quarter)s belum ditutup, jadi belum ada angka yang dinyatakan ulang.") % {"quarter": quarter}
        )
    asked = {
        "quarter": quarter.label, "kind": RunKind.RESTATE, "number": newest.number + 1, "words": words.strip(),
    }  # fmt: skip
    return _ask(Act.RESTATEMENT_ASKED, asked, by=by, post=post, at=at, queued=queued)


def _ask(
    act: Act, asked: dict[str, object], *, by: User | None, post: Post | None, at: datetime, queued: bool
) -> QuarterRun:
    label = str(asked["quarter"])
    with recorded(act, by=by, at=at, post=post, quarter=label):
        if QuarterRun.objects.filter(quarter=label, state__in=OPEN).exists():
            raise RunOpen(_("%(quarter)s sedang dikerjakan; tunggu sampai selesai.") % {"quarter": label})
        try:
            with transaction.atomic():
                run = QuarterRun.objects.create(**asked, asked_at=at, asked_by=by, post=post, moved_at=at)
        except IntegrityError as clash:
            raise RunOpen(_("%(quarter)s sedang dikerjakan; tunggu sampai selesai.") % {"quarter": label}) from clash
        if queued:
            transaction.on_commit(lambda: tasks.queue(run.pk))
    return run
