"""One returned field as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.registry.models import EnterpriseClaim
from lontar.ui import formats
from lontar.ui.presenters import Crumb, KeyValue, Link, Status
from lontar.verification import policies
from lontar.verification.models import FieldReturn
from lontar.verification.presenters.sections import keeper_words
from lontar.verification.presenters.words import return_badge, return_title, say_all
from lontar.verification.queries.returns import Held
from lontar.verification.states import WITH_KEEPER, AnswerKind, ReturnState


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """The page of a return; `may_answer` and `may_review` say which forms stand on it."""

    pk: int
    title: str
    name: str
    reason: str
    status: Status
    now: str
    proposed: str
    facts: list[KeyValue]
    answer: list[KeyValue]
    may_answer: bool
    may_review: bool
    may_withdraw: bool


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way to a page of sign-offs."""
    return [
        Crumb(label, url)
        for label, url in (
            (_("Daftar kerja"), reverse("office:home")),
            (_("Pengesahan"), reverse("office:sections")),
            *steps,
        )
    ]


def return_page(found: FieldReturn, held: Held | None, post: Post, claim: EnterpriseClaim | None = None) -> ReturnPage:
    """Everything about one returned field; `claim` is its correction where the word of another agency is still in force."""
    state = ReturnState(found.state)
    reviews = policies.check_review_return.can(post, found)
    where = (
        reverse("office:enterprise", args=[found.enterprise_id])
        if found.enterprise_id is not None
        else reverse("office:village", args=[found.village_id])
    )
    name = held.name if held else _("catatan yang sudah tidak ada")
    now = say_all(held.now) if held else formats.NONE
    facts = [
        KeyValue(_("Catatan"), Link(name, where) if held else name),
        KeyValue(_("Desa/kelurahan"), found.village.name),
        KeyValue(_("Bagian"), found.section.name),
        KeyValue(_("Nilai saat dikembalikan"), say_all(held.then) if held else formats.NONE),
        KeyValue(_("Nilai sekarang"), now),
        KeyValue(
            _("Dikembalikan"),
            f"{formats.long_date(found.returned_at)} · {found.post.agency.short_name}, {found.returned_by}",
        ),
        KeyValue(_("Dijawab oleh"), keeper_words(found)),
    ]
    return ReturnPage(
        pk=found.pk,
        title=_("%(field)s – %(name)s") % {"field": return_title(found), "name": name},
        name=name,
        reason=found.reason,
        status=return_badge(found),
        now=now,
        proposed=say_all({name: getattr(claim, name) for name in held.now}) if claim and held else "",
        facts=facts,
        answer=_answer(found),
        may_answer=state in WITH_KEEPER and held is not None and policies.check_answer_return.can(post, found),
        may_review=state is ReturnState.ANSWERED and reviews,
        may_withdraw=state in (*WITH_KEEPER, ReturnState.ANSWERED) and reviews,
    )


def _answer(found: FieldReturn) -> list[KeyValue]:
    """What the keeper answered last; nothing before the first answer."""
    if not found.answer or found.answered_at is None:
        return []
    agency = found.answered_post.agency.short_name if found.answered_post else ""
    return [
        KeyValue(_("Jawaban"), str(AnswerKind(found.answer).label)),
        KeyValue(_("Penjelasan"), found.answer_words or None),
        KeyValue(_("Dijawab"), f"{formats.long_date(found.answered_at)} · {agency}, {found.answered_by}"),
    ]
