"""Chainable reads of batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from lontar.intake.states import BatchState

if TYPE_CHECKING:
    from lontar.intake.models import Batch
else:  # the models import this class, so the name exists only for the type checker
    Batch = models.Model


class BatchQuerySet(models.QuerySet["Batch"]):
    """Reads of batches."""

    def unfinished(self) -> Self:
        """Batches that a worker or a person still has to move."""
        return self.exclude(state__in=[BatchState.DONE, BatchState.CANCELLED, BatchState.REFUSED])
