"""What waits in verification: fields to answer, answers to review, sections that changed, sections never signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.office.presenters.sections import list_url
from lontar.office.queries.waiting import Waiting
from lontar.office.states import Urgency
from lontar.verification.policies import check_answer, check_return, check_sign_within
from lontar.verification.queries.returns import for_keeper, for_reviewer, waiting
from lontar.verification.queries.sections import duties_of
from lontar.verification.queries.standing import counts
from lontar.verification.states import Standing


def returned_fields(post: Post, _day: date) -> Iterable[Waiting]:
    """Fields that came back to this post, and answers that it has to review."""
    url = reverse("office:returns")
    if check_answer.can(post):
        mine = waiting(for_keeper(post))
        words = _("Isian dikembalikan untuk Anda perbaiki")
        yield Waiting(words, mine.number, f"{url}?untuk=jawab", Urgency.NOW, since=mine.since)
    if check_return.can(post):
        answers = waiting(for_reviewer(post))
        words = _("Jawaban isian yang menunggu pemeriksaan Anda")
        yield Waiting(words, answers.number, f"{url}?untuk=periksa", Urgency.NOW, since=answers.since)


def sections_to_sign(post: Post, day: date) -> Iterable[Waiting]:
    """Per section that the post's agency signs: how many changed since, and how many were never signed."""
    duties = {duty.section.key: duty for duty in duties_of(post, day)}
    for duty in duties.values():
        if not check_sign_within.can(post, post.region_code, [duty]):
            continue
        for line in counts(duty.section, post.region_code):
            changed, unsigned = Standing.CHANGED, Standing.UNSIGNED
            if duty.step > 1:
                unsigned = Standing.PREPARED
            name = {"name": duty.section.name}
            yield Waiting(
                _("%(name)s: berubah sejak disahkan") % name,
                line.of(changed),
                list_url(duty.section, line.code, changed),
                Urgency.SOON,
            )
            yield Waiting(
                _("%(name)s: menunggu pengesahan") % name,
                line.of(unsigned),
                list_url(duty.section, line.code, unsigned),
            )
