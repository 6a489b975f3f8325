"""The sections of one record: how each stands, who signed, what changed since, what the reader may do; and its live returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.ui import formats
from lontar.ui.presenters import Link, Status
from lontar.verification import policies
from lontar.verification.models import FieldReturn
from lontar.verification.presenters.words import (
    field_label,
    potential_ref,
    return_badge,
    return_title,
    say,
    standing_badge,
)
from lontar.verification.queries.returns import live_of_enterprise, live_of_village
from lontar.verification.queries.sections import Duty, duties_of
from lontar.verification.queries.standing import SectionState, sections_of_enterprise, sections_of_village
from lontar.verification.states import Standing, SubjectKind


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A value that changed since the sign-off."""

    label: str
    before: str
    after: str
    when: str


@dataclass(frozen=True, slots=True)
class SectionCard:
    """A section as a person reads it; `sign_url` and `withdraw_url` only where the reader may."""

    title: str
    status: Status
    signed: list[str]
    changes: list[ChangeLine]
    waiting: str
    sign_url: str = ""
    sign_label: str = ""
    withdraw_url: str = ""


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A live return in the list of a record."""

    link: Link
    status: Status
    reason: str
    about: str


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """The block on the page of a record; `seen` is the event that the reader sees."""

    cards: list[SectionCard]
    returns: list[ReturnLine]
    return_url: str
    seen: str


def enterprise_block(enterprise_id: int, village_code: str, post: Post, day: date, *, seen: int | None) -> SectionBlock:
    """The sections of an enterprise."""
    live = live_of_enterprise(enterprise_id)
    states = sections_of_enterprise(enterprise_id, {one.section_id for one in live}, day)
    duties = {duty.section.key: duty for duty in duties_of(post, day, subject=SubjectKind.ENTERPRISE)}
    may_return = policies.check_return_within.can(post, village_code, duties)
    return SectionBlock(
        [_card(one, duties, post, village_code, "enterprise", str(enterprise_id)) for one in states],
        [return_line(one) for one in live],
        reverse("verification:return_enterprise", args=[enterprise_id]) if may_return else "",
        str(seen or ""),
    )


def village_block(code: str, post: Post, day: date) -> SectionBlock:
    """The sections of a village's own data."""
    live = live_of_village(code)
    states = sections_of_village(code, {one.section_id for one in live}, day)
    duties: dict[str, Duty] = {}
    by_section = {one.section.key: one for one in states}
    for duty in duties_of(post, day, subject=SubjectKind.VILLAGE):
        # Who holds both steps signs the one that is next.
        state = by_section[duty.section.key]
        done = {one.step for one in state.signed if not one.changed_fields}
        if duty.section.key not in duties or duties[duty.section.key].step in done:
            duties[duty.section.key] = duty
    return SectionBlock(
        [_card(one, duties, post, code, "village", code) for one in states],
        [return_line(one) for one in live],
        "",
        "",
    )


def _card(
    state: SectionState,
    duties: dict[str, Duty],
    post: Post,
    village_code: str,
    subject: str,
    key: str,
) -> SectionCard:
    duty = duties.get(state.section.key)
    mine = [one for one in state.signed if duty and one.step == duty.step]
    may = duty is not None and policies.check_sign_within.can(post, village_code, [duty])
    ready = duty is not None and (
        duty.step == 1 or any(one.step == duty.step - 1 and not one.changed_fields for one in state.signed)
    )
    open_ = may and ready and state.standing is not Standing.RETURNED
    needs = not mine or any(one.changed_fields for one in mine)
    return SectionCard(
        title=state.section.name,
        status=standing_badge(state.standing),
        signed=[_signed_words(one.step, one.at, one.agency, one.person, state) for one in state.signed],
        changes=_changes(state),
        waiting=_waiting_words(state),
        sign_url=_url(subject, key, state, "sahkan") if open_ and needs else "",
        sign_label=_sign_label(state, duty) if duty else "",
        withdraw_url=_url(subject, key, state, "tarik") if may and mine else "",
    )


def _url(subject: str, key: str, state: SectionState, act: str) -> str:
    return reverse(f"verification:sign_{subject}", args=[key, state.section.key, act])


def _sign_label(state: SectionState, duty: Duty) -> str:
    if state.section.last_step > 1 and duty.step == 1:
        return _("Nyatakan siap: %(name)s") % {"name": state.section.name}
    if state.standing is Standing.CHANGED:
        return _("Sahkan lagi: %(name)s") % {"name": state.section.name}
    return _("Sahkan: %(name)s") % {"name": state.section.name}


def _signed_words(step: int, at: object, agency: str, person: str, state: SectionState) -> str:
    who = ", ".join(part for part in (agency, person) if part) or _("verifikasi sebelum ada pembagian bagian")
    day = formats.long_date(at)  # type: ignore[arg-type]  # an instant
    prepared = state.section.last_step > 1 and step == 1
    words = _("Disiapkan %(day)s oleh %(who)s") if prepared else _("Disahkan %(day)s oleh %(who)s")
    return words % {"day": day, "who": who}


def _waiting_words(state: SectionState) -> str:
    """Who has to sign next."""
    if state.standing is Standing.SIGNED:
        return ""
    done = {one.step for one in state.signed if not one.changed_fields}
    step = next((number for number in range(1, state.section.last_step + 1) if number not in done), None)
    if step is None or len(state.section.steps) < step:
        return ""
    kinds = dict.fromkeys(str(kind.label) for kind in state.section.steps[step - 1].values())
    return _("Menunggu: %(who)s") % {"who": " / ".join(kinds)}


def _changes(state: SectionState) -> list[ChangeLine]:
    if state.section.subject is SubjectKind.VILLAGE:
        refs = dict.fromkeys(potential_ref(ref) for one in state.signed for ref in one.changed_fields)
        return [ChangeLine(ref, "", "", "") for ref in refs]
    return [
        ChangeLine(
            field_label(one.field),
            say(one.field, one.before),
            say(one.field, one.after),
            formats.long_date(one.at) if one.at else "",
        )
        for one in state.changes
    ]


def return_line(found: FieldReturn) -> ReturnLine:
    """A return in a list."""
    about = _("oleh %(agency)s, %(day)s") % {
        "agency": found.post.agency.short_name,
        "day": formats.long_date(found.returned_at),
    }
    link = Link(return_title(found), reverse("verification:return", args=[found.pk]))
    return ReturnLine(link, return_badge(found), found.reason, about)


def keeper_words(found: FieldReturn) -> str:
    """Who has to answer."""
    return found.keeper.short_name if found.keeper else _("petugas desa/kelurahan")


def lines_of(rows: Sequence[FieldReturn]) -> list[ReturnLine]:
    """Returns as lines."""
    return [return_line(one) for one in rows]
