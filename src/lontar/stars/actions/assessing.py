"""Submitting a product, appointing who assesses it, filling a sheet as one goes, handing it in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.engines.rubrics import NotScorable, progress
from lontar.registry.models import Product
from lontar.stars import policies
from lontar.stars.actions.moving import NoSuchStep, held, hold_round, move, must_be_open, unseal_if_complete
from lontar.stars.models import Assessment, Assessor, Round, Score
from lontar.stars.queries.assessing import Given, own_sheet, points_of
from lontar.stars.queries.products import maker_name
from lontar.stars.queries.rubrics import content_of
from lontar.stars.rules import read_reason
from lontar.stars.sealing import scoring_as
from lontar.stars.states import Act, AssessmentState, Halal


class AlreadyAssessed(Refused):
    """The product is in this round already."""


class AlreadyAssessor(Refused):
    """The post assesses this product already, or did."""


class SheetLocked(Refused):
    """A sheet that was handed in, or is no longer counted."""


class SheetIncomplete(Refused):
    """A sheet with criteria that have no points; `missing` are their codes."""

    def __init__(self, reason: str, missing: tuple[str, ...]) -> None:
        super().__init__(reason)
        self.missing = missing


class PointsRefused(Refused):
    """Points that the rubric does not give."""


def submit_product(
    *, round: Round, product: Product, halal: Halal, note: str = "", by: User, post: Post, at: datetime
) -> Assessment:
    """Submit a product to a round. Raises `RoundClosed`, `AlreadyAssessed`, and what the policy raises."""
    policies.check_submit_within(post, product.village_id)
    with recorded(Act.SUBMITTED, by=by, at=at, post=post):
        hold_round(round.pk, shared=True)
        must_be_open(round.pk)
        try:
            with transaction.atomic():
                return Assessment.objects.create(
                    round=round, product=product, village_id=product.village_id, product_name=product.name,
                    maker_name=maker_name(product), halal=halal, note=" ".join(note.split())[:2000], submitted_at=at,
                    submitted_by=by, post=post, moved_at=at,
                )  # fmt: skip
        except IntegrityError as problem:
            if "assessment_once_per_round" not in str(problem):
                raise
            raise AlreadyAssessed(
                _("%(product)s sudah diajukan dalam ronde ini.") % {"product": product.name}
            ) from problem


def appoint_assessor(*, assessment_id: int, assessor: Post, by: User, post: Post, at: datetime) -> Assessor:
    """Appoint a post. After a wide spread the third assessor scores blind: the sheets are sealed again until it hands in.

    Raises `NoSuchStep` when scoring is over, `AlreadyAssessor`, `RoundClosed`, and the conflict that the policy finds.
    """
    with recorded(Act.APPOINTED, by=by, at=at, post=post):
        found = _reached(assessment_id)
        policies.check_appoint(post, found, assessor)
        if found.assessors.filter(post=assessor).exists():
            raise AlreadyAssessor(_("%(post)s sudah menjadi penilai produk ini.") % {"post": assessor.title})
        if found.state != AssessmentState.SCORING:
            found.revealed_at = found.points_sum = found.sheets = found.points_low = found.points_high = None
            move(found, AssessmentState.SCORING, at=at)
        return Assessor.objects.create(
            assessment=found, village_id=found.village_id, post=assessor, appointed_at=at, appointed_by=by
        )


def _reached(assessment_id: int) -> Assessment:
    """The assessment, locked within its round, which stays open meanwhile."""
    round_id = Assessment.objects.values_list("round_id", flat=True).get(pk=assessment_id)
    hold_round(round_id, shared=True)
    must_be_open(round_id)
    return held(assessment_id)


def save_scores(
    *, assessor_id: int, given: Mapping[str, Given], by: User, post: Post, at: datetime
) -> dict[str, Given]:
    """Keep points and grounds of a sheet that is not handed in; gives the whole sheet. Other criteria stay as they are.

    Raises `SheetLocked`, `PointsRefused` for points that the rubric does not give; then nothing is kept.
    """
    with recorded(Act.SCORED, by=by, at=at, post=post), scoring_as(post):
        sheet = _own(assessor_id, post)
        content = content_of(sheet.assessment.round.rubric)
        try:
            progress(content, points_of(dict(given)))
        except NotScorable as problem:
            raise PointsRefused(_("Nilai tidak dapat disimpan: %(reason)s.") % {"reason": problem}) from problem
        known = {item.code for item in content.criteria()}
        Score.objects.bulk_create(
            [
                Score(assessor=sheet, criterion_code=code, points=one.points, note=one.note.strip()[:4000], at=at)
                for code, one in given.items()
                if code in known
            ],
            update_conflicts=True,
            unique_fields=["assessor", "criterion_code"],
            update_fields=["points", "note", "at"],
        )
        return own_sheet(sheet, post)


def _own(assessor_id: int, post: Post) -> Assessor:
    """The sheet, locked, when it is the post's own and may still be filled."""
    rows = Assessor.objects.select_related("assessment__round__rubric", "post")
    sheet = rows.select_for_update(of=("self",)).get(pk=assessor_id)
    policies.check_score(post, sheet)
    if sheet.handed_in_at is not None:
        raise SheetLocked(_("Lembar nilai ini sudah diserahkan dan terkunci."))
    if sheet.dropped_at is not None:
        raise SheetLocked(_("Lembar nilai ini tidak dihitung lagi: %(reason)s") % {"reason": sheet.dropped_because})
    return sheet


def hand_in(*, assessor_id: int, by: User, post: Post, at: datetime) -> Assessment:
    """Hand in and lock a complete sheet; the last one opens all of them.

    Raises `SheetIncomplete` with the criteria that have no points, `SheetLocked`, `RoundClosed`.
    """
    with recorded(Act.HANDED_IN, by=by, at=at, post=post):
        assessment_id = Assessor.objects.values_list("assessment_id", flat=True).get(pk=assessor_id)
        found = _reached(assessment_id)
        sheet = _own(assessor_id, post)
        if found.state != AssessmentState.SCORING:
            raise NoSuchStep(_("Produk ini tidak sedang dinilai. Muat ulang halaman."))
        _check_whole(sheet, post)
        _check_person(found, by)
        sheet.handed_in_at, sheet.handed_in_by = at, by
        sheet.save(update_fields=["handed_in_at", "handed_in_by"])
        return unseal_if_complete(found, at=at)


def _check_whole(sheet: Assessor, post: Post) -> None:
    points: dict[str, Decimal] = points_of(own_sheet(sheet, post))
    missing = progress(content_of(sheet.assessment.round.rubric), points).missing
    if missing:
        raise SheetIncomplete(
            _("%(count)d kriteria belum bernilai: %(codes)s.") % {"count": len(missing), "codes": ", ".join(missing)},
            missing,
        )


def _check_person(found: Assessment, by: User) -> None:
    """One person, one sheet, whatever posts that person holds."""
    if found.assessors.filter(handed_in_by=by).exists():
        raise AlreadyAssessor(_("Anda sudah menyerahkan lembar nilai produk ini sebagai jabatan lain."))


def recuse(*, assessor_id: int, reason: str, by: User, post: Post, at: datetime) -> Assessment:
    """Step back from a product, with the conflict or other reason; the sheet is no longer counted."""
    words = read_reason(reason)
    with recorded(Act.RECUSED, by=by, at=at, post=post):
        assessment_id = Assessor.objects.values_list("assessment_id", flat=True).get(pk=assessor_id)
        found = _reached(assessment_id)
        sheet = _own(assessor_id, post)
        sheet.dropped_at, sheet.dropped_because = at, words[:300]
        sheet.save(update_fields=["dropped_at", "dropped_because"])
        return unseal_if_complete(found, at=at) if found.state == AssessmentState.SCORING else found
