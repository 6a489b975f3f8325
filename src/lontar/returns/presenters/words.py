"""Words and tones for states of returns, shared by lists and pages."""

from __future__ import annotations

from lontar.returns.states import ReturnState
from lontar.ui.presenters import Status, Tone

_TONES = {
    ReturnState.DRAFT: Tone.PLAIN,
    ReturnState.SUBMITTED: Tone.WARN,
    ReturnState.VERIFIED: Tone.INFO,
    ReturnState.ACCEPTED: Tone.GOOD,
    ReturnState.LOCKED: Tone.GOOD,
}


def state_badge(state: str) -> Status:
    """Where a return stands."""
    one = ReturnState(state)
    return Status(str(one.label), _TONES[one])
