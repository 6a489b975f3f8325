"""Work that waits at a post: sheets to hand in."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.access.queries import OpenWork
from lontar.access.scope import acting_in
from lontar.stars.models import Assessor


def open_sheets(post: Post) -> Iterable[OpenWork]:
    """Sheets that this post still has to hand in; others wait for them."""
    with acting_in(post.region_code):
        found = Assessor.objects.awaiting(post).aggregate(number=Count("pk"), first=Min("appointed_at"))
    yield OpenWork(
        str(_("Lembar nilai bintang yang belum diserahkan")),
        found["number"],
        f"{reverse('stars:assessments')}?tugas=saya",
        found["first"],
        is_urgent=False,
    )
