"""Verifying and accepting many returns at once: one statement over what a filter finds, however many there are.

What has a returned value that is not settled, or a flag that nobody justified, stays where it is and is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lontar.access.models import Post, User
from lontar.access.trail import recorded
from lontar.returns import policies
from lontar.returns.actions.guarding import open_months_only
from lontar.returns.models import Return
from lontar.returns.queries.listing import ReturnFilter, ready
from lontar.returns.states import Act, ReturnState


@dataclass(frozen=True, slots=True)
class Moved:
    """How many moved, and how many of those that were asked for stayed."""

    moved: int
    stayed: int


def verify_returns(found: ReturnFilter, *, by: User | None, post: Post, at: datetime) -> Moved:
    """Verify the submitted returns of the filter for the regency. Raises `Refused`, `MonthClosed`."""
    policies.check_verify_region(post, found.region)
    with open_months_only(), recorded(Act.VERIFIED, by=by, at=at, post=post, region=found.region):
        return _move(
            found, ReturnState.SUBMITTED, {"state": ReturnState.VERIFIED, "verified_at": at, "verified_by": by}
        )


def accept_returns(found: ReturnFilter, *, by: User | None, post: Post, at: datetime) -> Moved:
    """Accept the verified returns of the filter for the province. Raises `Refused`, `MonthClosed`."""
    policies.check_accept_region(post, found.region)
    with open_months_only(), recorded(Act.ACCEPTED, by=by, at=at, post=post, region=found.region):
        return _move(found, ReturnState.VERIFIED, {"state": ReturnState.ACCEPTED, "accepted_at": at, "accepted_by": by})


def _move(found: ReturnFilter, state: ReturnState, values: dict[str, object]) -> Moved:
    waiting = found.rows().filter(state=state)
    asked = waiting.count()
    # Locked in the order in which returns arrive, so that two such statements never wait for each other crosswise.
    locked = (
        Return.objects.filter(pk__in=ready(waiting, state).values("pk"), state=state)
        .order_by("producer_id", "month")
        .select_for_update(of=("self",))
    )
    moved = Return.objects.filter(pk__in=locked.values("pk"), state=state).update(**values)
    return Moved(moved, asked - moved)
