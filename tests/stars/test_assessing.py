"""From submission to a star: conflicts, locks, second looks, gates, closing, renewal, withdrawal."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from tests.factories import MORNING, Member, make_holding, make_post
from tests.stars.world import (
    REASON,
    VILLAGE,
    Scene,
    fill,
    hand_in,
    make_product,
    make_round,
    make_star,
    sheet_of,
    sheet_worth,
)

from lontar.access.policies import Refused
from lontar.access.states import Role
from lontar.registry.models import Licence
from lontar.stars import actions
from lontar.stars.models import Assessment, Score, Star
from lontar.stars.queries.assessing import Given
from lontar.stars.queries.stars import list_stars, standing_of, stars_in_force
from lontar.stars.rules import months_after
from lontar.stars.sealing import scoring_as
from lontar.stars.states import AssessmentState, Halal, RoundState, StarStanding


def run(scene: Scene) -> dict[str, object]:
    return {"by": scene.officer.user, "post": scene.officer.held, "at": MORNING}


def decided(scene: Scene, *, missing: tuple[int, int] = (5, 8)) -> Star:
    hand_in(scene, 0, missing=missing[0])
    hand_in(scene, 1, missing=missing[1])
    return actions.decide(assessment_id=scene.found.pk, **run(scene))  # type: ignore[arg-type]  # by, post and at


def test_a_star_comes_from_the_exact_mean_and_lasts_36_months(scene: Scene) -> None:
    star = decided(scene, missing=(10, 11))

    assert (star.stars, star.valid_from, star.valid_until) == (4, date(2026, 1, 15), date(2029, 1, 15))
    assert (star.rubric_key, star.rubric_version, star.year) == ("ntt", 1, 2026)
    found = Assessment.objects.get(pk=scene.found.pk)
    assert (found.state, found.band_stars, found.stars, found.gates_held) == (AssessmentState.DECIDED, 4, 4, [])


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 1, 14), False),
        (date(2026, 1, 15), True),
        (date(2029, 1, 14), True),
        (date(2029, 1, 15), False),
    ],
)
def test_a_star_holds_on_its_first_day_and_no_longer_on_its_last(scene: Scene, day: date, *, standing: bool) -> None:
    star = decided(scene)

    assert Star.objects.as_at(day).filter(pk=star.pk).exists() is standing
    assert (star.product_id in stars_in_force([star.product_id], day)) is standing


@pytest.mark.parametrize(
    ("left", "standing"),
    [(91, StarStanding.IN_FORCE), (90, StarStanding.EXPIRING), (1, StarStanding.EXPIRING), (0, StarStanding.LAPSED)],
)
def test_the_reminder_begins_90_days_before_and_the_day_of_the_end_is_over(
    scene: Scene, left: int, standing: StarStanding
) -> None:
    star = decided(scene)
    day = star.valid_until - timedelta(days=left)

    assert standing_of(star, day, notice=90) is standing
    assert [one.pk for one in list_stars("53", day, standing=standing.value)] == [star.pk]


def test_months_after_ends_on_a_day_that_exists() -> None:
    assert months_after(date(2024, 2, 29), 36) == date(2027, 2, 28)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2026, 1, 15), 36) == date(2029, 1, 15)


@pytest.mark.parametrize(
    ("category", "halal", "licence", "nib", "stars", "gates"),
    [
        ("weaving", Halal.UNDECLARED, None, "1234567890999", 5, []),
        ("weaving", Halal.UNDECLARED, None, None, 2, ["no_nib"]),
        ("food", Halal.IN_PROCESS, None, "1234567890999", 1, ["food_without_permit"]),
        ("food", Halal.UNDECLARED, date(2030, 1, 1), "1234567890999", 2, ["halal_undeclared"]),
        ("food", Halal.CERTIFIED, date(2030, 1, 1), "1234567890999", 2, ["halal_undeclared"]),
        ("food", Halal.NON_HALAL, date(2030, 1, 1), "1234567890999", 5, []),
        ("food", Halal.NON_HALAL, MORNING.date(), "1234567890999", 5, []),
        ("food", Halal.NON_HALAL, date(2026, 1, 14), "1234567890999", 1, ["food_without_permit", "document_expired"]),
    ],
)  # fmt: skip
def test_gates_read_from_the_registry_cap_the_star_and_are_kept(
    scene: Scene, category: str, halal: Halal, licence: date | None, nib: str | None, *, stars: int, gates: list[str]
) -> None:
    product = scene.product
    product.category = category
    product.save()
    Assessment.objects.filter(pk=scene.found.pk).update(halal=halal)
    assert product.enterprise is not None
    product.enterprise.nib = nib
    product.enterprise.save()
    if licence is not None:
        Licence.objects.create(
            village_id=VILLAGE, product=product, kind="md", number="MD 123", number_raw="MD 123", is_format_ok=True,
            expires_date=licence, recorded_at=MORNING,
        )  # fmt: skip

    star = decided(scene)

    found = Assessment.objects.get(pk=scene.found.pk)
    assert (star.stars, found.band_stars, found.gates_held) == (stars, 5, gates)


def test_an_incomplete_sheet_is_not_handed_in_and_says_what_is_missing(scene: Scene) -> None:
    member, sheet = scene.assessors[0], sheet_of(scene.found, scene.assessors[0])
    given = {code: one for code, one in sheet_worth(scene.content, 0).items() if code not in ("B.2", "C.6")}
    actions.save_scores(assessor_id=sheet.pk, given=given, by=member.user, post=member.held, at=MORNING)

    with pytest.raises(actions.SheetIncomplete) as problem:
        actions.hand_in(assessor_id=sheet.pk, by=member.user, post=member.held, at=MORNING)

    assert problem.value.missing == ("B.2", "C.6")
    sheet.refresh_from_db()
    assert sheet.handed_in_at is None


def test_points_that_the_rubric_does_not_give_leave_the_sheet_as_it_was(scene: Scene) -> None:
    member, sheet = scene.assessors[0], sheet_of(scene.found, scene.assessors[0])
    given = {"B.1": Given(Decimal(2), ""), "A.I.1": Given(Decimal(4), "")}

    with pytest.raises(actions.PointsRefused, match=r"A\.I\.1 tidak memberi nilai 4"):
        actions.save_scores(assessor_id=sheet.pk, given=given, by=member.user, post=member.held, at=MORNING)

    with scoring_as(member.held):
        assert Score.objects.count() == 0


def test_a_sheet_that_is_handed_in_is_locked_in_the_action_and_in_the_database(scene: Scene) -> None:
    hand_in(scene, 0, missing=5)
    member, sheet = scene.assessors[0], sheet_of(scene.found, scene.assessors[0])

    with pytest.raises(actions.SheetLocked):
        fill(scene, 0, missing=50)
    with pytest.raises(DatabaseError, match="is handed in"), scoring_as(member.held):
        Score.objects.filter(assessor=sheet, criterion_code="B.1").update(points=0)
    with scoring_as(member.held):
        assert Score.objects.get(assessor=sheet, criterion_code="C.6").points == 5


def test_one_person_hands_in_one_sheet_whatever_posts_that_person_holds(scene: Scene) -> None:
    hand_in(scene, 0, missing=5)
    first, second = scene.assessors[0], fill(scene, 1, missing=5)

    with pytest.raises(actions.AlreadyAssessor):
        actions.hand_in(assessor_id=second.pk, by=first.user, post=scene.assessors[1].held, at=MORNING)

    second.refresh_from_db()
    assert second.handed_in_at is None


def test_who_is_too_near_may_not_assess(scene: Scene, village_officer: Member, mentor: Member) -> None:
    colleague = make_post("rekan-pengaju", agency=scene.regency.held.agency, role=Role.AGENCY_OFFICER, region_code="53")
    district = make_post("camat-contoh", role=Role.AGENCY_OFFICER, region_code="53.09.01")
    cases = [
        (village_officer.held, "Hanya"),
        (district, "wilayah produk ini sendiri"),
        (colleague, "sendiri yang mengajukan"),
        (mentor.held, "mendampingi usaha"),
        (make_post("jauh", role=Role.AGENCY_OFFICER, region_code="53.10"), "di luar wilayah tugas"),
    ]
    for post, words in cases:
        with pytest.raises(Refused, match=words):
            actions.appoint_assessor(assessment_id=scene.found.pk, assessor=post, **run(scene))  # type: ignore[arg-type]  # by, post and at
    assert scene.found.assessors.count() == 2


def test_who_scored_does_not_decide(scene: Scene) -> None:
    officer = scene.officer
    second = make_post("kabid-dua", agency=officer.held.agency, role=Role.PROVINCE_OFFICER)
    make_holding(second, officer.user)
    hand_in(scene, 0, missing=5)
    hand_in(scene, 1, missing=8)
    scene.found.assessors.filter(post=scene.assessors[0].held).update(handed_in_by=officer.user)

    with pytest.raises(Refused, match="oleh orang lain"):
        actions.decide(assessment_id=scene.found.pk, by=officer.user, post=second, at=MORNING)

    assert Star.objects.count() == 0


@pytest.mark.parametrize(("missing", "state"), [(14, AssessmentState.READY), (15, AssessmentState.SECOND_LOOK)])
def test_ten_points_apart_want_a_second_look(scene: Scene, missing: int, state: AssessmentState) -> None:
    hand_in(scene, 0, missing=5)

    assert hand_in(scene, 1, missing=missing).state == state


def test_a_second_look_is_settled_by_a_discussion_with_its_reason(scene: Scene) -> None:
    hand_in(scene, 0, missing=5)
    hand_in(scene, 1, missing=40)
    with pytest.raises(actions.NoSuchStep):
        actions.decide(assessment_id=scene.found.pk, **run(scene))  # type: ignore[arg-type]  # by, post and at
    with pytest.raises(Refused, match="paling sedikit 10 huruf"):
        actions.settle_by_discussion(assessment_id=scene.found.pk, reason="ya", **run(scene))  # type: ignore[arg-type]  # the same

    found = actions.settle_by_discussion(assessment_id=scene.found.pk, reason=REASON, **run(scene))  # type: ignore[arg-type]  # the same

    assert (found.state, found.discussion) == (AssessmentState.READY, REASON)
    assert actions.decide(assessment_id=found.pk, **run(scene)).stars == 3  # type: ignore[arg-type]  # the same


def test_an_assessor_who_steps_back_no_longer_counts(scene: Scene) -> None:
    actions.appoint_assessor(assessment_id=scene.found.pk, assessor=scene.assessors[2].held, **run(scene))  # type: ignore[arg-type]  # by, post and at
    hand_in(scene, 0, missing=5)
    hand_in(scene, 1, missing=8)
    third, sheet = scene.assessors[2], sheet_of(scene.found, scene.assessors[2])

    found = actions.recuse(assessor_id=sheet.pk, reason=REASON, by=third.user, post=third.held, at=MORNING)

    assert (found.state, found.sheets) == (AssessmentState.READY, 2)


def test_closing_goes_on_with_enough_sheets_and_ends_the_rest(scene: Scene) -> None:
    actions.appoint_assessor(assessment_id=scene.found.pk, assessor=scene.assessors[2].held, **run(scene))  # type: ignore[arg-type]  # by, post and at
    hand_in(scene, 0, missing=5)
    hand_in(scene, 1, missing=8)
    bare = actions.submit_product(
        round=scene.round, product=make_product(name="Tas Contoh"), halal=Halal.UNDECLARED, by=scene.regency.user,
        post=scene.regency.held, at=MORNING,
    )  # fmt: skip

    closed = actions.close_round(round_id=scene.round.pk, **run(scene))  # type: ignore[arg-type]  # the same

    states = dict(Assessment.objects.values_list("pk", "state"))
    assert states == {scene.found.pk: AssessmentState.READY, bare.pk: AssessmentState.UNFINISHED}
    assert closed.state == RoundState.CLOSED
    with pytest.raises(actions.SheetLocked, match="tidak dihitung lagi"):
        fill(scene, 2, missing=5)
    with pytest.raises(Refused, match="sudah ditutup"):
        actions.submit_product(
            round=scene.round, product=make_product(name="Lain"), halal=Halal.UNDECLARED, by=scene.regency.user,
            post=scene.regency.held, at=MORNING,
        )  # fmt: skip


def test_a_product_is_once_in_a_round(scene: Scene) -> None:
    with pytest.raises(actions.AlreadyAssessed):
        actions.submit_product(
            round=scene.round, product=scene.product, halal=Halal.UNDECLARED, by=scene.regency.user,
            post=scene.regency.held, at=MORNING,
        )  # fmt: skip
    assert Assessment.objects.count() == 1


def test_a_renewed_star_ends_the_one_before_and_names_it(scene: Scene) -> None:
    lapsed = make_star(scene.product, by=scene.officer.user, post=scene.officer.held)
    at = datetime(2026, 6, 20, 2, tzinfo=MORNING.tzinfo)
    hand_in(scene, 0, missing=5)
    hand_in(scene, 1, missing=8)

    star = actions.decide(assessment_id=scene.found.pk, by=scene.officer.user, post=scene.officer.held, at=at)

    lapsed.refresh_from_db()
    assert star.renews_id == lapsed.pk
    assert (lapsed.ended_date, lapsed.end_reason) == (date(2026, 6, 1), "replaced")
    assert standing_of(lapsed, date(2026, 6, 20), notice=90) is StarStanding.REPLACED


def test_the_database_keeps_one_open_star_for_a_product_and_rubric(scene: Scene) -> None:
    make_star(scene.product, by=scene.officer.user, post=scene.officer.held)

    with pytest.raises(IntegrityError, match="star_one_open"), transaction.atomic():
        make_star(scene.product, by=scene.officer.user, post=scene.officer.held)


def test_a_withdrawn_star_is_over_at_once_and_its_certificate_is_revoked(scene: Scene) -> None:
    star = decided(scene)
    (paper,) = actions.certify(star_ids=[star.pk], **run(scene))  # type: ignore[arg-type]  # by, post and at

    actions.withdraw_star(star_id=star.pk, reason=REASON, **run(scene))  # type: ignore[arg-type]  # the same

    assert not Star.objects.as_at(MORNING.date()).exists()
    assert paper.fate.reason == REASON
    with pytest.raises(actions.StarEnded):
        actions.withdraw_star(star_id=star.pk, reason=REASON, **run(scene))  # type: ignore[arg-type]  # the same


def test_a_certificate_is_issued_once(scene: Scene) -> None:
    star = decided(scene)
    (paper,) = actions.certify(star_ids=[star.pk], **run(scene))  # type: ignore[arg-type]  # by, post and at

    with pytest.raises(actions.NothingToCertify):
        actions.certify(star_ids=[star.pk], **run(scene))  # type: ignore[arg-type]  # the same

    facts = dict(paper.facts)
    assert paper.number == "OVOP-BINTANG/00001/2026"
    assert (facts["Produk"], facts["Bintang"]) == ("Selendang Contoh", "Bintang 5")


def test_an_award_of_others_names_its_source_and_stands_once(scene: Scene) -> None:
    from lontar.stars.models import Rubric

    rubric = Rubric.objects.get(key="kemenperin-ovop")
    award = actions.PastAward("OVOP 2024", 2024, 3, date(2024, 10, 1), date(2026, 10, 1), "Pengumuman contoh")

    star = actions.record_award(product=scene.product, rubric=rubric, award=award, **run(scene))  # type: ignore[arg-type]  # by, post and at

    assert (star.stars, star.source, star.assessment_id) == (3, "Pengumuman contoh", None)
    with pytest.raises(actions.AwardRefused, match="sudah berbintang"):
        actions.record_award(product=scene.product, rubric=rubric, award=award, **run(scene))  # type: ignore[arg-type]  # the same


def test_each_act_leaves_one_audit_event(scene: Scene) -> None:
    from pghistory.models import Context

    decided(scene)

    names = list(
        Context.objects.filter(metadata__action__startswith="stars.").values_list("metadata__action", flat=True)
    )
    assert sorted(names) == sorted(
        ["stars.assessment.submitted", *["stars.assessor.appointed"] * 2, *["stars.sheet.saved"] * 2,
         *["stars.sheet.handed_in"] * 2, "stars.assessment.decided"]
    )  # fmt: skip


def test_another_year_takes_the_product_again(scene: Scene) -> None:
    decided(scene)
    later = make_round(scene.officer.held, name="Ronde 2027", year=2027)

    again = actions.submit_product(
        round=later, product=scene.product, halal=Halal.UNDECLARED, by=scene.regency.user, post=scene.regency.held,
        at=timezone.now(),
    )  # fmt: skip

    assert again.state == AssessmentState.SUBMITTED
