"""Setting how the numbers of a kind of paper are written, from a day on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.documents import policies
from lontar.documents.models import NumberPattern
from lontar.documents.rules import PatternUnclear, check_pattern
from lontar.documents.states import Act


class PatternOverlaps(Refused):
    """Another pattern of this kind begins on that day or later."""


def set_number_pattern(
    *, kind: str, pattern: str, valid_from: date, source: str, post: Post, by: User | None, at: datetime
) -> NumberPattern:
    """Number papers of this kind after `pattern` from a day on; the pattern in force ends that day.

    Raises Refused for a post that may not, `PatternUnclear` for a pattern that cannot number, `PatternOverlaps`.
    """
    policies.check_manage_papers(post)
    check_pattern(pattern)
    if not source.strip():
        raise PatternUnclear(_("Tuliskan sumber pola nomor ini: peraturan, keputusan, atau surat."))
    with recorded(Act.NUMBERED, by=by, at=at, post=post, kind=kind):
        last = NumberPattern.objects.select_for_update().filter(kind=kind).order_by("-valid_from").first()
        if last is not None:
            if last.valid_from >= valid_from or (last.valid_until is not None and last.valid_until > valid_from):
                raise PatternOverlaps(_("Sudah ada pola nomor yang berlaku mulai hari itu atau sesudahnya."))
            if last.valid_until is None:
                NumberPattern.objects.filter(pk=last.pk).update(valid_until=valid_from)
        try:
            with transaction.atomic():
                return NumberPattern.objects.create(
                    kind=kind, pattern=pattern.strip(), valid_from=valid_from, source=source.strip()
                )
        except IntegrityError as problem:
            if "numberpattern_one" not in str(problem):
                raise
            raise PatternOverlaps(_("Pola lain baru saja ditetapkan. Muat ulang halaman.")) from problem
