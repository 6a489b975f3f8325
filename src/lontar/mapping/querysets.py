"""Chainable reads of documents and requests."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from lontar.access.scope import bounds
from lontar.mapping.states import OPEN

if TYPE_CHECKING:
    from lontar.mapping.models import MappingDocument, MappingRun
else:  # the models import these classes, so the names exist only for the type checker
    MappingDocument = MappingRun = models.Model


class MappingDocumentQuerySet(models.QuerySet["MappingDocument"]):
    """Reads of issued documents."""

    def of(self, region_code: str) -> Self:
        """All versions of one region, newest first."""
        return self.filter(region_id=region_code).order_by("-version")

    def within(self, region_code: str) -> Self:
        """Documents of regions at or beneath `region_code`."""
        low, high = bounds(region_code)
        return self.filter(region_id__gte=low, region_id__lt=high)


class MappingRunQuerySet(models.QuerySet["MappingRun"]):
    """Reads of requests."""

    def open(self) -> Self:
        """Requests that may still move."""
        return self.filter(state__in=OPEN)

    def quiet_since(self, instant: datetime) -> Self:
        """Open requests that have not moved since `instant`."""
        return self.open().filter(moved_at__lt=instant)
