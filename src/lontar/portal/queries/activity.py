"""What happened lately: batches that changed the registry, as sums. File names, people and rows stay in the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lontar.portal.models import AcceptedBatch


@dataclass(frozen=True, slots=True)
class Taken:
    """A finished batch: which dataset (key of the intake), from which agency, rows new and changed, and when."""

    dataset: str
    agency: str
    region_code: str
    new: int
    updated: int
    at: datetime


def taken_lately(limit: int) -> list[Taken]:
    """The last `limit` batches that changed something, newest first."""
    found = AcceptedBatch.objects.order_by("-finished_at", "-pk")[:limit]
    return [
        Taken(row.dataset, row.agency_name, row.region_code, row.rows_new, row.rows_updated, row.finished_at)
        for row in found
    ]


def has_demo_data() -> bool:
    """Whether invented lists of the demonstration were taken in; every page then says so."""
    return AcceptedBatch.objects.filter(is_demo=True).exists()
