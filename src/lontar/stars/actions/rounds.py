"""Opening a round over a rubric in force, and closing it over whatever is unfinished."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.stars import policies
from lontar.stars.actions.moving import held, hold_round, least_sheets, move, must_be_open, unseal
from lontar.stars.models import Assessment, Round, Rubric
from lontar.stars.queries.rubrics import content_of
from lontar.stars.states import ROUND_TRANSITIONS, Act, AssessmentState, RoundState


class RoundRefused(Refused):
    """A round that cannot be opened so."""


def open_round(*, name: str, year: int, rubric: Rubric, by: User, post: Post, at: datetime) -> Round:
    """Open a round for the region of the post. Raises `RoundRefused` for a rubric not in force, or a name taken."""
    policies.check_manage_rounds(post)
    if not Rubric.objects.as_at(timezone.localdate(at)).filter(pk=rubric.pk).exists():
        raise RoundRefused(_("Rubrik %(rubric)s tidak berlaku hari ini.") % {"rubric": rubric})
    if not content_of(rubric).is_scorable:
        reason = _("Rubrik %(rubric)s belum lengkap, sehingga tidak dapat dipakai menilai.") % {"rubric": rubric}
        raise RoundRefused(reason)
    words = " ".join(name.split())
    with recorded(Act.ROUND_OPENED, by=by, at=at, post=post):
        try:
            with transaction.atomic():
                return Round.objects.create(
                    name=words, year=year, rubric=rubric, region_id=post.region_code, opened_at=at, post=post
                )
        except IntegrityError as problem:
            if "round_name_once" not in str(problem):
                raise
            reason = _("Ronde %(name)s tahun %(year)d sudah ada.") % {"name": words, "year": year}
            raise RoundRefused(reason) from problem


def close_round(*, round_id: int, by: User, post: Post, at: datetime) -> Round:
    """Close the round: sheets not handed in no longer count; with enough others a product goes on, else it is unfinished.

    What only waits for a second look or a decision stays so. Raises `RoundClosed` when it is closed already.
    """
    policies.check_manage_rounds(post)
    with recorded(Act.ROUND_CLOSED, by=by, at=at, post=post):
        hold_round(round_id, shared=False)
        found = must_be_open(round_id)
        open_states = (AssessmentState.SUBMITTED, AssessmentState.SCORING)
        rows = Assessment.objects.filter(round=found, state__in=open_states).order_by("pk").values_list("pk", flat=True)
        for number in list(rows):
            _finish(held(number), by=by, at=at)
        if RoundState.CLOSED in ROUND_TRANSITIONS[RoundState(found.state)]:
            found.state, found.closed_at = RoundState.CLOSED, at
            found.save(update_fields=["state", "closed_at"])
    return found


def _finish(one: Assessment, *, by: User, at: datetime) -> None:
    """Go on with the sheets that are there, or end the assessment unfinished."""
    because = _("Ronde ditutup sebelum lembar nilai diserahkan.")
    one.assessors.counted().filter(handed_in_at__isnull=True).update(dropped_at=at, dropped_because=because)
    handed_in = one.assessors.counted().count()
    if one.state == AssessmentState.SCORING and handed_in >= least_sheets(at):
        unseal(one, at=at)
        return
    one.closed_at, one.closed_by = at, by
    one.reason = _("Ronde ditutup dengan %(count)d lembar nilai.") % {"count": handed_in}
    move(one, AssessmentState.UNFINISHED, at=at)
