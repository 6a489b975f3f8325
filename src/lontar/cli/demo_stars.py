"""What the demo province has assessed: a round with every state to be seen at once, and awards of earlier years.

Scores are drawn from the product's number, so that every installation shows the same. Does nothing once a round exists.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lontar.engines.rubrics import Item, Rubric
    from lontar.registry.models import Product
    from lontar.stars.models import Assessment, Round

DECIDER = "DPMD-BIDANG"
ASSESSORS = ("PERINDAG-DATA", "KOPUKM-DATA", "UNIV-DAMPING")
PRODUCTS, AWARDS = 30, 5
SOURCE = "Contoh peraga: piagam rekaan, bukan penghargaan yang pernah diberikan"
# How the thirty stand: decided, ready, widely apart, being scored, submitted.
DECIDED, READY, WIDE, SCORING = 18, 21, 24, 28


@dataclass(frozen=True)
class _Scene:
    """Who acts, in which round, under which rubric, when."""

    round: Round
    content: Rubric
    people: dict[str, dict[str, Any]]
    at: datetime


def assess_some(say: Callable[[str], None]) -> None:
    """Run the demo's round, and record a few stars of earlier years."""
    from django.conf import settings
    from django.utils import timezone

    from lontar.access.scope import acting_in
    from lontar.stars.models import Round

    started = time.monotonic()
    with acting_in(settings.PROGRAMME_ROOT):
        products = [] if Round.objects.exists() else _products()
        if len(products) < PRODUCTS + AWARDS:
            return
        scene = _open(timezone.now() - timedelta(days=3))
        for number, product in enumerate(products[:PRODUCTS]):
            _assess(scene, number, product)
        _award(scene, products[PRODUCTS:])
        _certify(scene)
    say(f"  bintang contoh: {PRODUCTS} produk dinilai ({time.monotonic() - started:.1f} s)")


def _products() -> list[Product]:
    """Packaged products of many kabupaten: of those with a permit and of those without."""
    from lontar.registry.models import Product

    rows = Product.objects.filter(stage="packaged", enterprise__isnull=False).select_related("organization", "school")
    permitted = rows.filter(licences__kind__in=("pirt", "md"), enterprise__nib__isnull=False).distinct()
    found: dict[int, Product] = {}
    for source, number in ((permitted, 24), (rows.filter(category="weaving"), 6), (rows, 30)):
        spread = sorted(source.order_by("pk")[:400], key=lambda one: (one.pk * 7919) % 1009)
        fresh = [one for one in spread if one.pk not in found][:number]
        found |= {one.pk: one for one in fresh}
    return list(found.values())[: PRODUCTS + AWARDS]


def _open(at: datetime) -> _Scene:
    from lontar.stars.actions import open_round
    from lontar.stars.models import Rubric
    from lontar.stars.queries.rubrics import content_of

    people = {code: _acting(code) for code in (DECIDER, *ASSESSORS)}
    rubric = Rubric.objects.get(key="ntt", version=1)
    name = f"Penilaian contoh {at.year}"
    found = open_round(name=name, year=at.year, rubric=rubric, at=at, **people[DECIDER])
    return _Scene(found, content_of(rubric), people, at)


def _acting(code: str) -> dict[str, Any]:
    from lontar.access.models import Holding

    held = Holding.objects.select_related("user", "post__agency").get(post__code=code, valid_until__isnull=True)
    return {"by": held.user, "post": held.post}


def _assess(scene: _Scene, number: int, product: Product) -> None:
    from lontar.stars.actions import decide, submit_product
    from lontar.stars.states import Halal

    submitter = _acting(f"PMD-{product.village_id[:5].replace('.', '')}-BIDANG")
    halal = (Halal.IN_PROCESS, Halal.CERTIFIED, Halal.UNDECLARED, Halal.NON_HALAL)[number % 4]
    note = "Contoh produk 250 g dan foto tempat produksi diserahkan bersama pengajuan."
    found = submit_product(round=scene.round, product=product, halal=halal, note=note, at=scene.at, **submitter)
    if number < SCORING:
        _score(scene, found, number)
    if number < DECIDED:
        decide(assessment_id=found.pk, at=scene.at, **scene.people[DECIDER])


def _score(scene: _Scene, found: Assessment, number: int) -> None:
    """Two assessors, a third for some; those past `WIDE` leave one sheet open."""
    from lontar.stars.actions import appoint_assessor, hand_in, save_scores
    from lontar.stars.queries.assessing import Given

    chosen: Sequence[str] = ASSESSORS if number % 3 == 0 else ASSESSORS[:2]
    for code in chosen:
        post = scene.people[code]["post"]
        appoint_assessor(assessment_id=found.pk, assessor=post, at=scene.at, **scene.people[DECIDER])
    sheets = {one.post.code: one for one in found.assessors.select_related("post")}
    for seat, code in enumerate(chosen):
        far = READY <= number < WIDE and seat == 0
        ground = "Diperiksa pada contoh produk dan catatan pembuat."
        given = {
            item.code: Given(_points(item, number, seat=seat, far=far), ground if at % 7 == 0 else "")
            for at, item in enumerate(scene.content.criteria())
        }
        is_open = number >= WIDE and seat == len(chosen) - 1
        if is_open:
            given = dict(list(given.items())[:9])
        save_scores(assessor_id=sheets[code].pk, given=given, at=scene.at, **scene.people[code])
        if not is_open:
            hand_in(assessor_id=sheets[code].pk, at=scene.at, **scene.people[code])


def _points(item: Item, number: int, *, seat: int, far: bool) -> Decimal:
    """Points for a criterion: the product's quality, the assessor's leaning, and little else."""
    quality = (55, 96, 78, 88, 70, 100)[number % 6] - (40 if far else 0)
    wobble = (number * 31 + seat * 17 + sum(map(ord, item.code))) % 13 - 6
    wanted = item.low + (item.high - item.low) * Decimal(max(0, min(100, quality + wobble))) / 100
    if item.options:
        return min((option.points for option in item.options), key=lambda points: abs(points - wanted))
    return item.low + item.step * int((wanted - item.low) / item.step + Decimal("0.5"))


def _award(scene: _Scene, products: Sequence[Product]) -> None:
    """Stars of earlier years: some over, some ending within 30 and 90 days."""
    from lontar.stars.actions import PastAward, record_award
    from lontar.stars.models import Rubric

    rubric = Rubric.objects.get(key="kemenperin-ovop", version=1)
    today = scene.at.date()
    for number, (product, left) in enumerate(zip(products, (-200, -10, 12, 60, 300), strict=False)):
        until = today + timedelta(days=left)
        start = date(until.year - 3, until.month, min(until.day, 28))
        award = PastAward(f"OVOP contoh {start.year}", start.year, 1 + number % 3, start, until, SOURCE)
        record_award(product=product, rubric=rubric, award=award, at=scene.at, **scene.people[DECIDER])


def _certify(scene: _Scene) -> None:
    from lontar.stars.actions import certify
    from lontar.stars.models import Star

    stars = Star.objects.filter(assessment__round=scene.round).order_by("-stars", "pk").values_list("pk", flat=True)
    certify(star_ids=list(stars[:4]), at=scene.at, **scene.people[DECIDER])
