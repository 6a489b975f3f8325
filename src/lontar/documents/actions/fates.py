"""Ending a paper: replacing it by a newer one, or revoking it with a reason. What it decreed is the caller's to undo."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.documents import policies
from lontar.documents.models import Paper, PaperFate
from lontar.documents.states import Act, FateKind

SHORTEST = 10


class AlreadyEnded(Refused):
    """The paper was replaced or revoked before."""


class ReasonMissing(Refused):
    """A paper is not ended without a reason that strangers understand: the public check shows it."""


def revoke_paper(*, paper: Paper, reason: str, post: Post, by: User | None, at: datetime) -> PaperFate:
    """Revoke the paper. Raises Refused for a post that may not, `ReasonMissing` below ten characters, `AlreadyEnded`."""
    policies.check_revoke(post, paper.region_code)
    with recorded(Act.REVOKED, by=by, at=at, post=post, paper=paper.pk):
        return _end(paper, FateKind.REVOKED, reason=reason, successor=None, post=post, by=by, at=at)


def replace_paper(
    *, paper: Paper, successor: Paper, reason: str, post: Post, by: User | None, at: datetime
) -> PaperFate:
    """Say that `successor` replaces the paper. Raises as `revoke_paper` does; who may issue may replace."""
    policies.check_publish(post, paper.region_code)
    with recorded(Act.REPLACED, by=by, at=at, post=post, paper=paper.pk, successor=successor.pk):
        return _end(paper, FateKind.REPLACED, reason=reason, successor=successor, post=post, by=by, at=at)


def _end(
    paper: Paper,
    kind: FateKind,
    *,
    reason: str,
    successor: Paper | None,
    post: Post,
    by: User | None,
    at: datetime,
) -> PaperFate:
    words = " ".join(reason.split())
    if len(words) < SHORTEST:
        raise ReasonMissing(_("Tuliskan alasannya, paling sedikit %(count)d huruf.") % {"count": SHORTEST})
    try:
        with transaction.atomic():
            return PaperFate.objects.create(
                paper=paper, region_code=paper.region_code, kind=kind, reason=words[:500], successor=successor, at=at,
                post=post, by=by,
            )  # fmt: skip
    except IntegrityError as problem:
        if "documents_paperfate_paper_id" not in str(problem):
            raise
        raise AlreadyEnded(_("Surat %(number)s sudah diganti atau dicabut.") % {"number": paper.number}) from problem
