"""Chainable reads of batches and of pairs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from lontar.intake.states import BatchState, PairState

if TYPE_CHECKING:
    from lontar.intake.models import Batch, Pair
else:  # the models import these classes, so the names exist only for the type checker
    Batch = Pair = models.Model


class BatchQuerySet(models.QuerySet["Batch"]):
    """Reads of batches."""

    def unfinished(self) -> Self:
        """Batches that a worker or a person still has to move."""
        return self.exclude(state__in=[BatchState.DONE, BatchState.CANCELLED, BatchState.REFUSED])


class PairQuerySet(models.QuerySet["Pair"]):
    """Reads of pairs."""

    def awaiting_review(self) -> Self:
        """Pairs on which nobody has decided yet."""
        return self.filter(state=PairState.OPEN)

    def free_for(self, person: int, *, at: datetime) -> Self:
        """Of these, the ones that are lent to nobody else, and on which the person has not been unsure."""
        is_free = Q(leased_until=None) | Q(leased_until__lte=at) | Q(leased_by=person)
        return self.awaiting_review().filter(is_free).exclude(passed_by__contains=[person])

    def likeliest_first(self) -> Self:
        """In the order in which they are reviewed."""
        return self.order_by(F("probability").desc(), "pk")

    def between(self, first: int, second: int) -> Self:
        """The pair of these two records, whichever stands first."""
        return self.filter(Q(first_id=first, second_id=second) | Q(first_id=second, second_id=first))

    def touching(self, *records: int) -> Self:
        """Pairs of which one of these records is a part."""
        return self.filter(Q(first_id__in=records) | Q(second_id__in=records))
