"""Setting which agencies are heard first for a topic from a day on, and letting the values of all records follow.

A rank is never overwritten: the one in force ends and a new row begins, today or later, for what the registry said before
stays said. Following is done piece by piece, each in a transaction of its own under the writer's lock; it may be stopped and
begun again, because settling twice is settling once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Agency, Post, User
from lontar.access.policies import Refused
from lontar.access.states import AgencyKind
from lontar.access.trail import recorded
from lontar.registry.actions import settling
from lontar.registry.actions.claims import hold_writer
from lontar.registry.models import Authority, EnterpriseClaim, PersonClaim
from lontar.registry.rules.claims import ENTERPRISE, LOWEST, PERSON, Subject
from lontar.registry.states import Act, Topic

PIECE = 5_000
log = structlog.get_logger("registry")
Tell = Callable[[int, int], None]


class AuthorityRefused(Refused):
    """A rank that cannot be set: in the past, beside another that begins as late, or without a source."""


def set_authority(
    *,
    topic: Topic,
    agency_kind: AgencyKind,
    rank: int,
    valid_from: date,
    source: str,
    by: User,
    post: Post,
    at: datetime,
) -> Authority:
    """Let agencies of a kind rank `rank` (1 is heard first, 100 last) for a topic from `valid_from` on.

    The values follow by `follow_authorities`, on that day. Raises `AuthorityRefused`.
    """
    words = " ".join(source.split())
    if not words:
        raise AuthorityRefused(_("Tuliskan sumber: peraturan, keputusan, atau surat yang menetapkan urutan ini."))
    if not 1 <= rank <= LOWEST:
        raise AuthorityRefused(_("Urutan adalah angka dari 1 sampai %(most)s.") % {"most": LOWEST})
    if valid_from < timezone.localdate(at):
        raise AuthorityRefused(
            _("Tanggal mulai paling awal hari ini: yang sudah dinyatakan registri tidak berubah surut.")
        )
    with recorded(Act.AUTHORITY_SET, by=by, at=at, post=post, topic=topic.value, kind=agency_kind.value, rank=rank):
        last = (
            Authority.objects.select_for_update()
            .filter(topic=topic, agency_kind=agency_kind)
            .order_by("-valid_from")
            .first()
        )
        if last is not None and last.valid_from >= valid_from:
            raise AuthorityRefused(
                _("Sudah ada urutan yang berlaku mulai %(day)s; yang baru harus mulai sesudahnya.")
                % {"day": last.valid_from.strftime("%d-%m-%Y")}
            )
        if last is not None and (last.valid_until is None or last.valid_until > valid_from):
            last.valid_until = valid_from
            last.save(update_fields=["valid_until"])
        try:
            with transaction.atomic():
                return Authority.objects.create(
                    topic=topic, agency_kind=agency_kind, rank=rank, valid_from=valid_from, source=words
                )
        except IntegrityError as problem:
            raise AuthorityRefused(_("Urutan lain baru saja ditetapkan. Muat ulang halaman.")) from problem


def follow_authorities(*, at: datetime, tell: Tell | None = None) -> int:
    """Settle the records that ranks in force since lately are about; how many were looked at.

    Needs the whole programme's scope. Progress stands in the rows of the table (`rows_done` of `rows_total`) and is told after
    every piece.
    """
    looked = 0
    for due in Authority.objects.as_at(timezone.localdate(at)).filter(settled_at=None).order_by("valid_from", "pk"):
        pieces = [(subject, ids[i : i + PIECE]) for subject, ids in _concerned(due) for i in range(0, len(ids), PIECE)]
        total, done = sum(len(piece) for _subject, piece in pieces), 0
        for subject, piece in pieces:
            with recorded(Act.AUTHORITY_FOLLOWED, by=None, at=at, topic=due.topic):
                hold_writer()
                settling.settle(subject, piece, at=at)
                done += len(piece)
                Authority.objects.filter(pk=due.pk).update(rows_done=done, rows_total=total)
            if tell is not None:
                tell(done, total)
        Authority.objects.filter(pk=due.pk).update(settled_at=at, rows_done=done, rows_total=total)
        log.info("authority.followed", topic=due.topic, kind=due.agency_kind, records=done)
        looked += done
    return looked


def _concerned(due: Authority) -> list[tuple[Subject, list[int]]]:
    """The records of which an agency of the kind has spoken: enterprises, and for the owner's topic the owners too."""
    agencies = Agency.objects.filter(kind=due.agency_kind).values("pk")
    enterprises = EnterpriseClaim.objects.filter(agency__in=agencies).values_list("enterprise_id", flat=True)
    found = [(ENTERPRISE, sorted(set(enterprises)))]
    if due.topic == Topic.OWNER:
        people = PersonClaim.objects.filter(agency__in=agencies).values_list("person_id", flat=True)
        found.insert(0, (PERSON, sorted(set(people))))
    return found


__all__ = ["AuthorityRefused", "follow_authorities", "set_authority"]
