"""Sending a proposal, and sending it again after a return. The ranking of that moment is frozen with each sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.designation import policies, rules
from lontar.designation.actions.holding import hold_units
from lontar.designation.models import Proposal, ProposalAdvice, ProposalStep
from lontar.designation.queries.advice import Advice, advice_for
from lontar.designation.queries.units import UnitFacts
from lontar.designation.states import MOVES, Act, Move, ProposalState

_SIX = Decimal("0.000001")


class AlreadyProposed(Refused):
    """The unit has a proposal on its way."""


class ChoiceUnclear(Refused):
    """It is not told which product, or the product is not the unit's."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A musyawarah desa: day, place, who came, and the minutes as kept (SHA-256, media type, size in bytes)."""

    day: date
    place: str
    women: int
    men: int
    minutes_sha256: str
    minutes_type: str
    minutes_size: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What the meeting chose: the name as the village says it, its commodity and product where the registry knows them."""

    name: str
    commodity_id: int | None = None
    product_id: int | None = None


def propose(
    *, unit: UnitFacts, choice: Choice, meeting: Meeting, reason: str, by: User, post: Post, at: datetime
) -> Proposal:
    """Send a unit's proposal to the check of kabupaten/kota.

    `reason` is required when the choice is not the first of the ranking. Raises Refused for a post that may not,
    `ChoiceUnclear`, `MeetingUnclear`, `ReasonTooShort`, `AlreadyProposed`.
    """
    policies.check_propose_for(post, unit.kind, unit.village_code)
    advice = advice_for(unit.key)
    values = _checked(choice, meeting, reason, advice=advice, at=at)
    with recorded(Act.PROPOSED, by=by, at=at, post=post, unit=unit.key):
        hold_units([unit.key])
        if Proposal.objects.open().filter(unit_key=unit.key).exists():
            raise AlreadyProposed(
                _("%(unit)s sudah mempunyai usulan yang belum selesai. Tarik atau selesaikan usulan itu dahulu.")
                % {"unit": unit.name}
            )
        try:
            with transaction.atomic():
                proposal = Proposal.objects.create(
                    kind=unit.kind, village_id=unit.village_code, school_id=unit.school_id,
                    community_id=unit.community_id, state=ProposalState.REGENCY, moved_at=at, sent_at=at,
                    sent_by=by, post=post, **values,
                )  # fmt: skip
        except IntegrityError as problem:
            if "proposal_one_open_per_unit" not in str(problem):
                raise
            raise AlreadyProposed(_("%s baru saja diusulkan. Muat ulang halaman.") % unit.name) from problem
        _freeze(proposal, advice, sending=1, choice=choice)
        note_step(proposal, Move.SENT, before="", reason="", by=by, post=post, at=at)
        return proposal


def resend(
    *, proposal_id: int, choice: Choice, meeting: Meeting, reason: str, by: User, post: Post, at: datetime
) -> Proposal:
    """Send a returned proposal again, corrected. Raises as `propose`, and Refused when it is not with its proposer."""
    found = Proposal.objects.select_related("post").get(pk=proposal_id)
    policies.check_move_proposal(post, found, Move.RESENT, by=by)
    advice = advice_for(str(found.unit_key))
    values = _checked(choice, meeting, reason, advice=advice, at=at)
    with recorded(Act.CORRECTED, by=by, at=at, post=post, proposal=found.pk):
        hold_units([str(found.unit_key)])
        proposal = Proposal.objects.select_related("post").select_for_update(of=("self",)).get(pk=proposal_id)
        policies.check_move_proposal(post, proposal, Move.RESENT, by=by)
        before = ProposalState(proposal.state)
        for name, value in values.items():
            setattr(proposal, name, value)
        proposal.state, proposal.moved_at = MOVES[before][Move.RESENT], at
        proposal.sent_by, proposal.post = by, post
        proposal.save()
        last = proposal.advice.order_by("-sending").values_list("sending", flat=True).first() or 0
        sent = proposal.steps.filter(move__in=(Move.SENT, Move.RESENT)).count()
        _freeze(proposal, advice, sending=max(last, sent) + 1, choice=choice)
        note_step(proposal, Move.RESENT, before=before, reason="", by=by, post=post, at=at)
        return proposal


def _checked(choice: Choice, meeting: Meeting, reason: str, *, advice: Advice | None, at: datetime) -> dict[str, Any]:
    """The columns of a sending, or the refusal that says what is missing."""
    name = " ".join(choice.name.split())
    if not name:
        raise ChoiceUnclear(_("Pilih calon produk, atau tuliskan nama produk unggulan yang disepakati musyawarah."))
    rules.check_meeting(day=meeting.day, women=meeting.women, men=meeting.men, today=timezone.localdate(at))
    if not meeting.place.strip():
        raise rules.MeetingUnclear(_("Tuliskan tempat musyawarah, misalnya Balai Desa."))
    differs = advice is not None and advice.differs(choice.commodity_id, choice.product_id, name)
    return {
        "name": name[:160],
        "commodity_id": choice.commodity_id,
        "product_id": choice.product_id,
        "differs": differs,
        "reason": rules.read_reason(reason) if differs else " ".join(reason.split())[: rules.REASON_LONGEST],
        "meeting_date": meeting.day,
        "meeting_place": " ".join(meeting.place.split())[:160],
        "women": meeting.women,
        "men": meeting.men,
        "minutes_sha256": meeting.minutes_sha256,
        "minutes_type": meeting.minutes_type,
        "minutes_size": meeting.minutes_size,
        "set_key": advice.set_key if advice else "",
        "set_name": advice.set_name if advice else "",
        "ranked_on": advice.day if advice else None,
    }


def _freeze(proposal: Proposal, advice: Advice | None, *, sending: int, choice: Choice) -> None:
    """Keep what the ranking says now: `sending` counts from one."""
    if advice is None:
        return
    ProposalAdvice.objects.bulk_create(
        ProposalAdvice(
            proposal=proposal,
            village_id=proposal.village_id,
            sending=sending,
            position=place,
            name=line.name[:160],
            score=_six(line.score),
            low=_six(line.low),
            high=_six(line.high),
            first_share=_six(line.first_share),
            is_choice=line.is_it(choice.commodity_id, choice.product_id, choice.name),
        )
        for place, line in enumerate(advice.lines, start=1)
    )


def _six(value: float | None) -> Decimal | None:
    """Six decimals of a figure between 0 and 1; what is not a number is unknown."""
    return None if value is None or value != value else Decimal(str(value)).quantize(_SIX)


def note_step(
    proposal: Proposal, move: Move, *, before: str, reason: str, by: User, post: Post, at: datetime
) -> ProposalStep:
    """Write down one step of a proposal that stands in its new state already."""
    return ProposalStep.objects.create(
        proposal=proposal, village_id=proposal.village_id, move=move, from_state=before, to_state=proposal.state,
        reason=reason, at=at, by=by, post=post, agency_id=post.agency_id,
    )  # fmt: skip
