"""What waits in the assessment of products: who runs a round sees what stands still, everybody which stars end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.office.queries.waiting import Waiting
from lontar.office.states import Urgency
from lontar.stars.models import Assessment, Star
from lontar.stars.policies import check_certify, check_manage_rounds, check_see_assessments
from lontar.stars.queries.stars import first_notice, last_notice
from lontar.stars.states import AssessmentState, StarStanding


def assessments_to_move(post: Post, day: date) -> Iterable[Waiting]:
    """Products without assessors, with assessors who differ widely, ready for a decision; stars without a certificate."""
    if not check_manage_rounds.can(post):
        return
    found = Assessment.objects.within(post.region_code)
    kinds = (
        (found.awaiting_assessors(), AssessmentState.SUBMITTED, _("Produk yang menunggu penilai"), Urgency.SOON),
        (found.awaiting_second_look(), AssessmentState.SECOND_LOOK, _("Penilaian yang berselisih jauh"), Urgency.NOW),
        (found.awaiting_decision(), AssessmentState.READY, _("Bintang yang siap diputuskan"), Urgency.NOW),
    )
    for rows, state, words, urgency in kinds:
        told = rows.aggregate(number=Count("pk"), first=Min("moved_at"))
        url = f"{reverse('stars:assessments')}?keadaan={state.value}"
        yield Waiting(words, told["number"], url, urgency, since=told["first"])
    if check_certify.can(post):
        bare = Star.objects.within(post.region_code).as_at(day).filter(paper__isnull=True, assessment__isnull=False)
        told = bare.aggregate(number=Count("pk"), first=Min("decided_at"))
        yield Waiting(_("Bintang yang belum berpiagam"), told["number"], reverse("stars:stars"), since=told["first"])


def ending_stars(post: Post, day: date) -> Iterable[Waiting]:
    """Stars of the region that end soon, and those that lapsed without renewal."""
    if not check_see_assessments.can(post):
        return
    found, url = Star.objects.within(post.region_code), reverse("stars:stars")
    first, last = first_notice(day), last_notice(day)
    told = found.expiring(day, within=first).aggregate(number=Count("pk"), first=Min("valid_until"))
    ends = told["first"]
    yield Waiting(
        _("Bintang yang berakhir dalam %(days)s hari") % {"days": first},
        told["number"],
        f"{url}?keadaan={StarStanding.EXPIRING.value}",
        Urgency.NOW if ends and (ends - day).days <= last else Urgency.SOON,
        due=ends,
        hint=_("Ajukan penilaian baru agar bintangnya tidak terputus."),
    )
    told = found.lapsed(day).aggregate(number=Count("pk"), first=Min("valid_until"))
    yield Waiting(
        _("Bintang yang lewat masa berlakunya"),
        told["number"],
        f"{url}?keadaan={StarStanding.LAPSED.value}",
        since=told["first"],
        hint=_("Masih tampil sebagai bintang yang lewat sampai diperbarui."),
    )
