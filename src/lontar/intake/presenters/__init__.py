"""What the screens of intake give to templates: the history, one batch in all its states, columns, findings, places."""

from lontar.intake.presenters.batch import BatchPage, batch_page, progress_of
from lontar.intake.presenters.columns import ColumnNames, MappingPage, mapping_page
from lontar.intake.presenters.findings import PlaceChoice, findings_table, groups_of, place_choices
from lontar.intake.presenters.history import batch_status, crumbs, history_table, navigation
from lontar.intake.presenters.sending import DatasetChoice, dataset_choices

__all__ = [
    "BatchPage",
    "ColumnNames",
    "DatasetChoice",
    "MappingPage",
    "PlaceChoice",
    "batch_page",
    "batch_status",
    "crumbs",
    "dataset_choices",
    "findings_table",
    "groups_of",
    "history_table",
    "mapping_page",
    "navigation",
    "place_choices",
    "progress_of",
]
