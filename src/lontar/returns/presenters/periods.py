"""A month in the list of months: how it stands, and the steps that are open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.returns.models import Period
from lontar.returns.queries.standing import Progress
from lontar.returns.states import PERIOD_TRANSITIONS, PeriodState
from lontar.ui import formats
from lontar.ui.presenters import Status, Tone

_TONES = {
    PeriodState.OPEN: Tone.INFO,
    PeriodState.GRACE: Tone.WARN,
    PeriodState.CLOSED: Tone.PLAIN,
    PeriodState.PUBLISHED: Tone.GOOD,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One button of a month."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month: its name, state, numbers as text, and the steps that are open."""

    name: str
    badge: Status
    asked: str
    answered: str
    accepted: str
    steps: Sequence[Step]


def month_line(one: Period, stands: Progress) -> MonthLine:
    """One line."""
    state, label = PeriodState(one.state), one.span.label
    words = {
        PeriodState.OPEN: (_("Buka kembali"), "buka"),
        PeriodState.GRACE: (_("Beri masa tenggang"), "tenggang"),
        PeriodState.CLOSED: (_("Tutup bulan"), "tutup"),
    }
    steps = [
        Step(words[to][0], reverse("returns:move_month", args=[label, words[to][1]]))
        for to in PeriodState
        if to in PERIOD_TRANSITIONS[state] and to in words
    ]
    return MonthLine(
        str(one.span), Status(str(state.label), _TONES[state]), formats.number(stands.asked),
        formats.number(stands.answered), formats.number(stands.accepted), steps,
    )  # fmt: skip
