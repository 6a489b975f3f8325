"""What intake keeps: batches with their rows and issues (`batches`)."""

from lontar.intake.models.batches import Batch, BatchIssue, BatchRow, ColumnMapping, PlaceAlias

__all__ = ["Batch", "BatchIssue", "BatchRow", "ColumnMapping", "PlaceAlias"]
