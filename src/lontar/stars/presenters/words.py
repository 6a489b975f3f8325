"""Stars, means and states in words; a star is never shown by its drawing alone."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from lontar.engines.rubrics import Item, shown
from lontar.stars.models import Assessment
from lontar.stars.queries.assessing import mean_points
from lontar.stars.states import AssessmentState, StarStanding
from lontar.ui import formats
from lontar.ui.presenters import Status, Tone

_TONES = {
    AssessmentState.SUBMITTED: Tone.WARN,
    AssessmentState.SCORING: Tone.INFO,
    AssessmentState.SECOND_LOOK: Tone.BAD,
    AssessmentState.READY: Tone.WARN,
    AssessmentState.DECIDED: Tone.GOOD,
    AssessmentState.UNFINISHED: Tone.PLAIN,
    AssessmentState.WITHDRAWN: Tone.PLAIN,
}
_STANDING_TONES = {
    StarStanding.IN_FORCE: Tone.GOOD,
    StarStanding.EXPIRING: Tone.WARN,
    StarStanding.LAPSED: Tone.BAD,
    StarStanding.REPLACED: Tone.PLAIN,
    StarStanding.WITHDRAWN: Tone.BAD,
}


def state_badge(found: Assessment) -> Status:
    """Where an assessment stands."""
    state = AssessmentState(found.state)
    return Status(str(state.label), _TONES[state])


def standing_badge(standing: StarStanding) -> Status:
    """How a star stands."""
    return Status(str(standing.label), _STANDING_TONES[standing])


def star_words(stars: int | None) -> str | None:
    """`★★★☆☆ 3`; None where there is none."""
    return None if stars is None else f"{'★' * stars}{'☆' * (5 - stars)}{formats.NBSP}{stars}"


def mean_words(found: Assessment) -> str:
    """The mean as it is written, rounded down; a dash while there is none."""
    mean = mean_points(found)
    return formats.NONE if mean is None else points(mean)


def points(value: Fraction | Decimal) -> str:
    """Points with at most two places, rounded down."""
    return formats.number(shown(value) if isinstance(value, Fraction) else value)


def of_most(value: Decimal, most: Decimal) -> str:
    """`23 dari 30`."""
    return _("%(points)s dari %(most)s") % {"points": formats.number(value), "most": formats.number(most)}


def item_name(item: Item) -> str:
    """Code and name of a part or criterion in the language of the page."""
    name = item.name_en if formats.language() == "en" and item.name_en else item.name
    return f"{item.code} {name}"
