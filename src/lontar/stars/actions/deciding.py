"""Settling a wide spread by discussion, deciding a star, withdrawing a submission or a star."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.audit.queries import parameter_as_at
from lontar.documents.actions import revoke_paper
from lontar.documents.models import PaperFate
from lontar.engines.rubrics import outcome
from lontar.stars import policies
from lontar.stars.actions.moving import check_step, held, hold_product, move
from lontar.stars.models import Assessment, Star
from lontar.stars.queries.assessing import mean_points
from lontar.stars.queries.products import product_facts
from lontar.stars.queries.rubrics import content_of
from lontar.stars.rules import gates_holding, months_after, read_reason
from lontar.stars.states import Act, AssessmentState, EndReason


class StarEnded(Refused):
    """A star that is over already."""


def settle_by_discussion(*, assessment_id: int, reason: str, by: User, post: Post, at: datetime) -> Assessment:
    """Let the mean stand although assessors differ widely, with what the discussion found."""
    words = read_reason(reason)
    with recorded(Act.DISCUSSED, by=by, at=at, post=post):
        found = held(assessment_id)
        policies.check_decide(post, found)
        check_step(found, AssessmentState.READY)
        found.discussion = words
        return move(found, AssessmentState.READY, at=at)


def decide(*, assessment_id: int, by: User, post: Post, at: datetime) -> Star:
    """Decide the star: the band of the exact mean, capped by the gates that hold in the registry today.

    It is in force from today for `star.validity` months and ends the product's star before it under the same rubric.
    Raises `NoSuchStep` unless the assessment is ready.
    """
    day = timezone.localdate(at)
    with recorded(Act.DECIDED, by=by, at=at, post=post):
        product_id = Assessment.objects.values_list("product_id", flat=True).get(pk=assessment_id)
        hold_product(product_id)
        found = held(assessment_id)
        policies.check_decide(post, found)
        policies.check_decide_person(by, found)
        check_step(found, AssessmentState.DECIDED)
        mean = mean_points(found)
        if mean is None:
            raise RuntimeError("ready without a mean")  # a database constraint says that this cannot be
        holding = gates_holding(product_facts(found.product, halal=found.halal, day=day))
        result = outcome(content_of(found.round.rubric), mean, holding=holding)
        found.gates_held = [gate.condition for gate in result.gates]
        found.band_stars, found.stars = result.band, result.stars
        found.closed_at, found.closed_by = at, by
        move(found, AssessmentState.DECIDED, at=at)
        return _give(found, result.stars, by=by, post=post, at=at)


def _give(found: Assessment, stars: int, *, by: User, post: Post, at: datetime) -> Star:
    day, rubric = timezone.localdate(at), found.round.rubric
    months = int(parameter_as_at("star.validity", day).number)
    before = Star.objects.filter(product=found.product, rubric_key=rubric.key, ended_date__isnull=True).first()
    if before is not None:
        before.ended_date = max(min(before.valid_until, day), before.valid_from)
        before.end_reason, before.ended_by = EndReason.REPLACED, by
        before.end_words = _("Digantikan bintang %(year)d.") % {"year": found.round.year}
        before.save(update_fields=["ended_date", "end_reason", "end_words", "ended_by"])
    return Star.objects.create(
        assessment=found, product=found.product, village_id=found.village_id, product_name=found.product_name,
        maker_name=found.maker_name, rubric_key=rubric.key, rubric_name=rubric.name, rubric_version=rubric.version,
        round_name=found.round.name, year=found.round.year, stars=stars, valid_from=day,
        valid_until=months_after(day, months), renews=before, decided_at=at, decided_by=by, post=post,
    )  # fmt: skip


def withdraw_assessment(*, assessment_id: int, reason: str, by: User, post: Post, at: datetime) -> Assessment:
    """Take a submission back before it is decided; the product may be submitted anew."""
    words = read_reason(reason)
    with recorded(Act.WITHDRAWN, by=by, at=at, post=post):
        found = held(assessment_id)
        policies.check_withdraw_assessment(post, found)
        check_step(found, AssessmentState.WITHDRAWN)
        found.closed_at, found.closed_by, found.reason = at, by, words
        return move(found, AssessmentState.WITHDRAWN, at=at)


def withdraw_star(*, star_id: int, reason: str, by: User, post: Post, at: datetime) -> Star:
    """End a star today, with the reason; it stays in the history and on the public page as withdrawn."""
    words, day = read_reason(reason), timezone.localdate(at)
    with recorded(Act.STAR_WITHDRAWN, by=by, at=at, post=post):
        product_id = Star.objects.values_list("product_id", flat=True).get(pk=star_id)
        hold_product(product_id)
        star = Star.objects.select_related("paper").select_for_update(of=("self",)).get(pk=star_id)
        policies.check_withdraw_star(post, star)
        if star.ended_date is not None or star.valid_until <= day:
            raise StarEnded(_("Bintang ini sudah berakhir."))
        star.ended_date, star.end_reason, star.end_words, star.ended_by = day, EndReason.WITHDRAWN, words, by
        star.save(update_fields=["ended_date", "end_reason", "end_words", "ended_by"])
        if star.paper is not None and not PaperFate.objects.filter(paper=star.paper).exists():
            revoke_paper(paper=star.paper, reason=words, post=post, by=by, at=at)
    return star
