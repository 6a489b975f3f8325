"""Moving proposals from stage to stage: accept, return, refuse, withdraw, coach, evaluate. Decrees are in `decrees`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lontar.access.models import Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.designation import policies, rules
from lontar.designation.actions.holding import hold_units
from lontar.designation.actions.proposing import note_step
from lontar.designation.models import Proposal
from lontar.designation.states import MOVES, Act, Move, ProposalState

WITH_REASON = (Move.RETURNED, Move.REFUSED, Move.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Moved:
    """What an act over many did: how many moved, and (unit, reason) of those that stayed."""

    number: int
    left_out: tuple[tuple[str, str], ...]


def move_proposal(*, proposal_id: int, move: Move, reason: str = "", by: User, post: Post, at: datetime) -> Proposal:
    """Do one thing with one proposal; a return, refusal or withdrawal needs a reason of ten characters.

    Raises Refused when the post may not or the proposal is no longer where it was, `ReasonTooShort`, `Proposal.DoesNotExist`.
    """
    words = rules.read_reason(reason) if move in WITH_REASON else " ".join(reason.split())[: rules.REASON_LONGEST]
    with recorded(Act.MOVED, by=by, at=at, post=post, proposal=proposal_id, move=move.value):
        key = Proposal.objects.values_list("unit_key", flat=True).get(pk=proposal_id)
        hold_units([key])
        proposal = Proposal.objects.select_related("post").select_for_update(of=("self",)).get(pk=proposal_id)
        policies.check_move_proposal(post, proposal, move, by=by)
        step_to(proposal, move, reason=words, by=by, post=post, at=at)
        return proposal


def step_to(proposal: Proposal, move: Move, *, reason: str, by: User, post: Post, at: datetime) -> None:
    """Put a held proposal into the state that the move leads to, and note the step."""
    before = ProposalState(proposal.state)
    proposal.state, proposal.moved_at = MOVES[before][move], at
    proposal.save(update_fields=["state", "moved_at"])
    note_step(proposal, move, before=before, reason=reason, by=by, post=post, at=at)


def move_proposals(*, ids: Sequence[int], move: Move, reason: str = "", by: User, post: Post, at: datetime) -> Moved:
    """Do the same with many proposals, one audit event for all; those that may not be moved stay and say why.

    Proposals outside the connection's scope are not among them. Raises Refused for a post that moves nothing at all.
    """
    policies.check_move(post)
    words = rules.read_reason(reason) if move in WITH_REASON else ""
    stayed: list[tuple[str, str]] = []
    number = 0
    with recorded(Act.MOVED_MANY, by=by, at=at, post=post, move=move.value, asked=len(ids)):
        hold_units(Proposal.objects.filter(pk__in=ids).values_list("unit_key", flat=True))
        rows = Proposal.objects.select_related("post", "village").filter(pk__in=ids)
        for proposal in rows.select_for_update(of=("self",)).order_by("pk"):
            try:
                policies.check_move_proposal(post, proposal, move, by=by)
            except Refused as refused:
                stayed.append((f"{proposal.village.name}: {proposal.name}", refused.reason))
                continue
            step_to(proposal, move, reason=words, by=by, post=post, at=at)
            number += 1
    return Moved(number, tuple(stayed))
