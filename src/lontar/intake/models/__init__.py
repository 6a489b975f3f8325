"""What intake keeps: batches with their rows and issues (`batches`), matching and the pairs to decide on (`pairs`)."""

from lontar.intake.models.batches import Batch, BatchIssue, BatchRow, ColumnMapping, PlaceAlias
from lontar.intake.models.pairs import Bulk, Matching, Pair, RowMatch

__all__ = ["Batch", "BatchIssue", "BatchRow", "Bulk", "ColumnMapping", "Matching", "Pair", "PlaceAlias", "RowMatch"]
