"""What anyone may read of the batches that were taken in: a database view without file names, people or row contents.

The change counter that the pages' ETags are made of is a plain table of this app's migration; it has no model, because
only the database writes it.
"""

from __future__ import annotations

from django.db import models


class AcceptedBatch(models.Model):
    """A finished batch that changed the registry, as its sums only. Read-only; the view passes the wall of the office."""

    dataset = models.CharField(max_length=40)
    agency_name = models.CharField(max_length=160)
    region_code = models.CharField(max_length=13)
    rows_new = models.PositiveIntegerField()
    rows_updated = models.PositiveIntegerField()
    finished_at = models.DateTimeField()
    is_demo = models.BooleanField()

    class Meta:
        managed = False
        db_table = "portal_acceptedbatch"

    def __str__(self) -> str:
        return f"{self.dataset} {self.agency_name}"
