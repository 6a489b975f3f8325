"""The place and the legal basis that decrees start with, from a day on."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.trail import recorded
from lontar.designation import policies, rules
from lontar.designation.models import DecreeWording
from lontar.designation.states import Act


def set_wording(*, place: str, recalling: str, source: str, by: User, post: Post, at: datetime) -> DecreeWording:
    """What decrees start with from today on; a second change of the same day takes the place of the first.

    `recalling` is a regulation per line. Raises Refused for a post that may not, and `BasisUnclear`.
    """
    policies.check_decree(post)
    lines, where, basis = rules.read_recalling(recalling), " ".join(place.split())[:60], " ".join(source.split())[:300]
    if not where or not basis:
        raise rules.BasisUnclear(_("Isi tempat penetapan dan sumbernya."))
    with recorded(Act.WORDED, by=by, at=at, post=post):
        found: DecreeWording = DecreeWording.objects.update_or_create(
            valid_from=timezone.localdate(at),
            defaults={"place": where, "recalling": "\n".join(lines), "source": basis},
        )[0]
        return found
