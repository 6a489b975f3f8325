"""Recording a star that a product was given before, by others: the rounds of the ministry since 2013, or on paper here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused, require_region
from lontar.access.trail import recorded
from lontar.registry.models import Product
from lontar.stars import policies
from lontar.stars.actions.moving import hold_product
from lontar.stars.models import Rubric, Star
from lontar.stars.queries.products import maker_name
from lontar.stars.states import Act


class AwardRefused(Refused):
    """An award whose dates cannot be, or beside which the product has a star of that rubric."""


@dataclass(frozen=True, slots=True)
class PastAward:
    """What the certificate of others says; half-open in time, with the `source` that shows it."""

    round_name: str
    year: int
    stars: int
    valid_from: date
    valid_until: date
    source: str


def record_award(*, product: Product, rubric: Rubric, award: PastAward, by: User, post: Post, at: datetime) -> Star:
    """Keep a star of others. Raises `AwardRefused` for impossible dates, a missing source, or a star that is there already."""
    policies.check_record_award(post)
    require_region(post, product.village_id)
    if not award.source.strip():
        raise AwardRefused(_("Tuliskan sumber bintang ini: keputusan, piagam, atau pengumuman."))
    if award.valid_until <= award.valid_from or not 1 <= award.stars <= 5:
        raise AwardRefused(_("Berlaku sampai harus sesudah berlaku mulai, dan bintang dari 1 sampai 5."))
    with recorded(Act.AWARD_RECORDED, by=by, at=at, post=post):
        hold_product(product.pk)
        if Star.objects.filter(product=product, rubric_key=rubric.key, ended_date__isnull=True).exists():
            raise AwardRefused(_("Produk ini sudah berbintang menurut rubrik yang sama."))
        return Star.objects.create(
            product=product, village_id=product.village_id, product_name=product.name, maker_name=maker_name(product),
            rubric_key=rubric.key, rubric_name=rubric.name, rubric_version=rubric.version,
            round_name=award.round_name, year=award.year, stars=award.stars, valid_from=award.valid_from,
            valid_until=award.valid_until, source=award.source.strip(), decided_at=at, decided_by=by, post=post,
        )  # fmt: skip
