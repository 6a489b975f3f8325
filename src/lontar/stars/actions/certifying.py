"""Issuing certificates of stars: one or many in one transaction, numbered, drawn, signed and kept by `documents`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.documents.actions import Draft, publish, replace_paper
from lontar.documents.models import Paper, PaperFate
from lontar.documents.queries.marks import has_demo_data
from lontar.engines.papers.certificate import Certificate, draw_certificate
from lontar.registry.queries import region_card
from lontar.registry.rules import public_text
from lontar.stars import policies
from lontar.stars.models import Star
from lontar.stars.states import Act, Standing, Stars
from lontar.ui import formats

KIND = "sertifikat-bintang"


class NothingToCertify(Refused):
    """No star among those asked for is in force and without a certificate."""


def certify(*, star_ids: Sequence[int], base: str = "", by: User, post: Post, at: datetime) -> list[Paper]:
    """Issue the certificates of the stars in force that have none; a renewed star's certificate replaces the earlier one.

    `base` is the address of the site. Raises `NothingToCertify`, and what `documents.actions.publish` raises.
    """
    policies.check_certify(post)
    with recorded(Act.CERTIFIED, by=by, at=at, post=post):
        rows = Star.objects.within(post.region_code).as_at(timezone.localdate(at)).filter(pk__in=star_ids)
        found = list(
            rows.filter(paper__isnull=True, assessment__isnull=False)
            .select_related("assessment__round__rubric", "renews__paper")
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        if not found:
            raise NothingToCertify(_("Tidak ada bintang yang berlaku dan belum berpiagam."))
        with override("id"):  # the paper is in Indonesian whatever the reader's language
            notice = _("DATA CONTOH") if has_demo_data() else ""
            drafts = [_draft(star, post, notice=notice, at=at) for star in found]
        papers = publish(drafts=drafts, base=base, by=by, post=post, at=at)
        for star, paper in zip(found, papers, strict=True):
            star.paper = paper
            star.save(update_fields=["paper"])
            _replace_earlier(star, paper, by=by, post=post, at=at)
    return papers


def _replace_earlier(star: Star, paper: Paper, *, by: User, post: Post, at: datetime) -> None:
    earlier = star.renews.paper if star.renews else None
    if earlier is not None and not PaperFate.objects.filter(paper=earlier).exists():
        reason = _("Bintang diperbarui pada %(round)s.") % {"round": star.round_name}
        replace_paper(paper=earlier, successor=paper, reason=reason, post=post, by=by, at=at)


def _draft(star: Star, post: Post, *, notice: str, at: datetime) -> Draft:
    if star.assessment is None:
        raise RuntimeError("an award of others has no certificate of ours")
    card = region_card(star.village_id)
    place = ", ".join(name for _code, name in reversed(card.path[1:])) if card else star.village_id
    product, maker = public_text(star.product_name), public_text(star.maker_name)
    rubric = _("%(name)s, versi %(version)d (%(standing)s)") % {
        "name": star.rubric_name,
        "version": star.rubric_version,
        "standing": str(Standing(star.assessment.round.rubric.standing).label).lower(),
    }
    content = Certificate(
        stars=star.stars, product=product, maker=maker, place=place, rubric=rubric, round=star.round_name,
        valid_from=formats.long_date(star.valid_from), valid_until=formats.long_date(star.valid_until),
        issuer=f"{post.title}, {post.agency.name}", issued=formats.long_date(at), issued_at=at, notice=notice,
    )  # fmt: skip
    facts = (
        (_("Produk"), product),
        (_("Pembuat"), maker),
        (_("Desa/kelurahan"), place),
        (_("Bintang"), str(Stars(star.stars).label)),
        (_("Rubrik"), rubric),
        (_("Ronde"), star.round_name),
        (_("Berlaku"), f"{content.valid_from} – {content.valid_until}"),
    )
    return Draft(
        kind=KIND, title=_("Piagam bintang %(stars)d: %(product)s") % {"stars": star.stars, "product": product},
        region_code=star.village_id, facts=facts, draw=lambda marks: draw_certificate(content, marks),
    )  # fmt: skip
