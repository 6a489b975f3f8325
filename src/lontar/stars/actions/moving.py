"""What every act on an assessment shares: the locks, in one order (round, product, assessment), the step, and the unsealing."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.policies import Refused
from lontar.audit.queries import parameter_as_at
from lontar.stars.models import Assessment, Round
from lontar.stars.queries.assessing import open_sheets_of
from lontar.stars.queries.rubrics import content_of
from lontar.stars.states import TRANSITIONS, AssessmentState, RoundState

_ROUND, _PRODUCT = 5_314_001, 5_314_002  # spaces of advisory locks, ours alone


class NoSuchStep(Refused):
    """A state that cannot follow the one that the assessment has."""


class RoundClosed(Refused):
    """The round takes nothing more."""


def hold(space: int, number: int, *, shared: bool = False) -> None:
    """Hold a lock until the transaction ends; refuses to run outside one."""
    if not connection.in_atomic_block:
        raise RuntimeError("a lock outlives no statement outside a transaction")
    verb = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {verb}(%s, %s)", [space, number % 2**31])


def hold_round(round_id: int, *, shared: bool) -> None:
    """Keep the round from being closed meanwhile (`shared`), or close it alone.

    An advisory lock, because a row lock asks for the right to write rounds, which only the province has.
    """
    hold(_ROUND, round_id, shared=shared)


def hold_product(product_id: int) -> None:
    """Decide about one product one after the other."""
    hold(_PRODUCT, product_id)


def held(assessment_id: int) -> Assessment:
    """The assessment, locked. Raises `Assessment.DoesNotExist`."""
    rows = Assessment.objects.select_related("round__rubric", "post__agency", "product")
    return rows.select_for_update(of=("self",)).get(pk=assessment_id)


def must_be_open(round_id: int) -> Round:
    """The round, while it is open; raises `RoundClosed`."""
    found = Round.objects.select_related("rubric").get(pk=round_id)
    if found.state != RoundState.OPEN:
        raise RoundClosed(_("Ronde %(name)s sudah ditutup.") % {"name": found.name})
    return found


def check_step(found: Assessment, to: AssessmentState) -> None:
    """Refuse what cannot follow."""
    if to not in TRANSITIONS[AssessmentState(found.state)]:
        raise NoSuchStep(
            _("Penilaian ini berkeadaan “%(state)s”; langkah itu tidak dapat dilakukan. Muat ulang halaman.")
            % {"state": AssessmentState(found.state).label}
        )


def move(found: Assessment, to: AssessmentState, *, at: datetime) -> Assessment:
    """Put the assessment, which is locked, in its next state and save it whole."""
    check_step(found, to)
    found.state, found.moved_at = to, at
    found.save()
    return found


def least_sheets(at: datetime) -> int:
    """How many sheets a product needs."""
    return int(parameter_as_at("star.assessors.minimum", timezone.localdate(at)).number)


def unseal_if_complete(found: Assessment, *, at: datetime) -> Assessment:
    """Open the sheets of a locked assessment once every counted one is handed in and there are enough of them."""
    counted = found.assessors.counted()
    waiting = counted.filter(handed_in_at__isnull=True).exists()
    if waiting or counted.count() < least_sheets(at):
        return found
    return unseal(found, at=at)


def unseal(found: Assessment, *, at: datetime) -> Assessment:
    """Open the sheets: exact sum, number, lowest and highest; then ready for a decision, or to be looked at again."""
    found.revealed_at = at
    found.save(update_fields=["revealed_at"])
    totals = [sheet.total for sheet in open_sheets_of(found, content_of(found.round.rubric))]
    found.points_sum, found.sheets = sum(totals, Decimal(0)), len(totals)
    found.points_low, found.points_high = min(totals), max(totals)
    threshold = parameter_as_at("star.spread.second_look", timezone.localdate(at)).number
    is_wide = found.points_high - found.points_low >= threshold
    return move(found, AssessmentState.SECOND_LOOK if is_wide else AssessmentState.READY, at=at)
