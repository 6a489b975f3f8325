"""One factory per model of the app, and a round in Ngada with posts that may assess it. Nothing is random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tests.factories import (
    MORNING,
    Member,
    make_agency,
    make_enterprise,
    make_holding,
    make_member,
    make_post,
    make_user,
)

from lontar.access.models import Post, User
from lontar.access.states import Role
from lontar.engines.rubrics import Rubric as Content
from lontar.registry.models import Product
from lontar.stars import actions
from lontar.stars.models import (
    Assessment,
    Assessor,
    Evidence,
    Round,
    Rubric,
    RubricBand,
    RubricGate,
    RubricItem,
    RubricOption,
    Score,
    Star,
)
from lontar.stars.queries.assessing import Given
from lontar.stars.queries.rubrics import content_of
from lontar.stars.states import Halal

VILLAGE = "53.09.01.2001"
REASON = "Disepakati bersama setelah contoh produk diperiksa ulang."


def make_product(**over: object) -> Product:
    """A woven shawl of an enterprise with a NIB: no gate of the NTT rubric holds."""
    if "enterprise" not in over:
        number = Product.objects.count()
        over = {"enterprise": make_enterprise(VILLAGE, nib=f"{1234567890000 + number}"), **over}
    values: dict[str, object] = {
        "village_id": VILLAGE, "name": "Selendang Contoh", "category": "weaving", "stage": "packaged",
        "recorded_at": MORNING,
    }  # fmt: skip
    return Product.objects.create(**(values | over))


def make_rubric(**over: object) -> Rubric:
    """An empty draft."""
    values: dict[str, object] = {
        "key": "uji", "version": 1, "name": "Rubrik Uji", "standing": "usulan", "maximum": Decimal(10),
        "valid_from": date(2026, 1, 1), "source": "Sumber contoh",
    }  # fmt: skip
    return Rubric.objects.create(**(values | over))


def make_item(rubric: Rubric, **over: object) -> RubricItem:
    """The one criterion of a small rubric."""
    values: dict[str, object] = {
        "position": 0, "code": "A", "kind": "criterion", "name": "Mutu", "low": 0, "high": 10, "step": 1,
    }  # fmt: skip
    return RubricItem.objects.create(rubric=rubric, **(values | over))


def make_option(rubric: Rubric, **over: object) -> RubricOption:
    """An option of the one criterion."""
    return RubricOption.objects.create(rubric=rubric, **({"item_code": "A", "points": 10, "label": "baik"} | over))


def make_band(rubric: Rubric, **over: object) -> RubricBand:
    """The lowest band."""
    return RubricBand.objects.create(rubric=rubric, **({"stars": 1, "low": 0} | over))


def make_gate(rubric: Rubric, **over: object) -> RubricGate:
    """A gate on the NIB."""
    values: dict[str, object] = {"condition": "no_nib", "cap": 2, "reason": "Belum ber-NIB."}
    return RubricGate.objects.create(rubric=rubric, **(values | over))


def make_round(post: Post, **over: object) -> Round:
    """An open round under the NTT proposal."""
    values: dict[str, object] = {
        "name": "Ronde Contoh", "year": 2026, "rubric": Rubric.objects.get(key="ntt", version=1), "region_id": "53",
        "opened_at": MORNING,
    }  # fmt: skip
    return Round.objects.create(post=post, **(values | over))


def make_assessment(round: Round, product: Product, *, by: User, post: Post, **over: object) -> Assessment:
    """A product submitted."""
    values: dict[str, object] = {
        "village_id": product.village_id, "product_name": product.name, "maker_name": "Usaha Contoh Uji",
        "submitted_at": MORNING, "moved_at": MORNING,
    }  # fmt: skip
    return Assessment.objects.create(round=round, product=product, submitted_by=by, post=post, **(values | over))


def make_assessor(assessment: Assessment, post: Post, *, by: User, **over: object) -> Assessor:
    """A post that assesses."""
    values: dict[str, object] = {"village_id": assessment.village_id, "appointed_at": MORNING}
    return Assessor.objects.create(assessment=assessment, post=post, appointed_by=by, **(values | over))


def make_score(assessor: Assessor, **over: object) -> Score:
    """Points for one criterion; only within `sealing.scoring_as` of the assessor's post."""
    values: dict[str, object] = {"criterion_code": "B.1", "points": Decimal(3), "at": MORNING}
    return Score.objects.create(assessor=assessor, **(values | over))


def make_evidence(assessment: Assessment, *, by: User, post: Post, **over: object) -> Evidence:
    """A line of evidence without a file behind it."""
    values: dict[str, object] = {
        "village_id": assessment.village_id, "about": "gate", "code": "no_nib", "caption": "Salinan NIB contoh",
        "sha256": "a" * 64, "media_type": "application/pdf", "size": 10, "attached_at": MORNING,
    }  # fmt: skip
    return Evidence.objects.create(assessment=assessment, attached_by=by, post=post, **(values | over))


def make_star(product: Product, *, by: User, post: Post, **over: object) -> Star:
    """A star that others gave."""
    values: dict[str, object] = {
        "village_id": product.village_id, "product_name": product.name, "maker_name": "Usaha Contoh Uji",
        "rubric_key": "ntt", "rubric_name": "Penilaian produk OVOP NTT", "rubric_version": 1, "round_name": "Ronde lama",
        "year": 2025, "stars": 3, "valid_from": date(2025, 6, 1), "valid_until": date(2026, 6, 1),
        "source": "Piagam contoh", "decided_at": MORNING,
    }  # fmt: skip
    return Star.objects.create(product=product, decided_by=by, post=post, **(values | over))


def make_assessing_member(name: str) -> Member:
    """Somebody of a province agency who may assess: `name` is "satu", "dua", "tiga"."""
    agency = make_agency(f"dinas-{name}", short_name=f"Dinas {name.title()}")
    post = make_post(f"penilai-{name}", agency=agency, role=Role.AGENCY_OFFICER, title=f"Penilai {name.title()}")
    user = make_user(f"penilai.{name}", full_name=f"Penilai {name.title()} Contoh")
    make_holding(post, user)
    return Member(user, post)


@dataclass(frozen=True)
class Scene:
    """A product of Ngada in an open round: who runs it, who submitted it, three who may assess."""

    officer: Member
    regency: Member
    assessors: Sequence[Member]
    round: Round
    product: Product
    found: Assessment
    content: Content


def make_scene(*, appointed: int = 2, officer: Member | None = None, regency: Member | None = None) -> Scene:
    """The scene, with the first `appointed` assessors appointed. Enter the province first."""
    officer, regency = officer or make_member("province_officer"), regency or make_member("regency_officer")
    product = make_product()
    round_ = make_round(officer.held)
    found = actions.submit_product(
        round=round_, product=product, halal=Halal.NOT_APPLICABLE, by=regency.user, post=regency.held, at=MORNING
    )
    assessors = [make_assessing_member(name) for name in ("satu", "dua", "tiga")]
    for one in assessors[:appointed]:
        actions.appoint_assessor(
            assessment_id=found.pk, assessor=one.held, by=officer.user, post=officer.held, at=MORNING
        )
    found.refresh_from_db()
    return Scene(officer, regency, assessors, round_, product, found, content_of(round_.rubric))


def sheet_worth(content: Content, missing: int) -> dict[str, Given]:
    """A complete sheet of the NTT rubric that lacks `missing` points of a hundred (at most 70), taken where zero is given."""
    given, left = {}, Decimal(missing)
    for item in content.criteria():
        less = min(left, item.high - item.low)
        left -= less
        given[item.code] = Given(item.high - less, "")
    assert left == 0
    return given


def sheet_of(found: Assessment, member: Member) -> Assessor:
    """The assessor's row of a member."""
    return Assessor.objects.get(assessment=found, post=member.held)


def fill(scene: Scene, number: int, *, missing: int, at: datetime = MORNING) -> Assessor:
    """Fill the sheet of the `number`-th assessor without handing it in."""
    member = scene.assessors[number]
    sheet = sheet_of(scene.found, member)
    given = sheet_worth(scene.content, missing)
    actions.save_scores(assessor_id=sheet.pk, given=given, by=member.user, post=member.held, at=at)
    return sheet


def hand_in(scene: Scene, number: int, *, missing: int, at: datetime = MORNING) -> Assessment:
    """Fill and hand in the sheet of the `number`-th assessor."""
    member, sheet = scene.assessors[number], fill(scene, number, missing=missing, at=at)
    return actions.hand_in(assessor_id=sheet.pk, by=member.user, post=member.held, at=at)
