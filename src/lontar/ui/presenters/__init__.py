"""What templates are given instead of models: frozen dataclasses, one module per family of components.

Apps fill them from their queries; the templates below `ui/parts/` show them. Texts arrive translated and escaped by
the template; a value that is already HTML must be a `SafeString`.
"""

from lontar.ui.presenters.maps import LayerChoice, PlaceChoice, VillageMap
from lontar.ui.presenters.pieces import (
    Confirm,
    Crumb,
    EmptyState,
    Figure,
    HistoryEntry,
    KeyValue,
    Link,
    Masked,
    NavGroup,
    NavItem,
    PanelHead,
    Progress,
    ProgressState,
    Status,
    Step,
    Tab,
    Tone,
)
from lontar.ui.presenters.query import Query
from lontar.ui.presenters.tables import BulkAction, Chip, Column, Export, Pager, Row, Table

__all__ = [
    "BulkAction",
    "Chip",
    "Column",
    "Confirm",
    "Crumb",
    "EmptyState",
    "Export",
    "Figure",
    "HistoryEntry",
    "KeyValue",
    "LayerChoice",
    "Link",
    "Masked",
    "NavGroup",
    "NavItem",
    "Pager",
    "PanelHead",
    "PlaceChoice",
    "Progress",
    "ProgressState",
    "Query",
    "Row",
    "Status",
    "Step",
    "Tab",
    "Table",
    "Tone",
    "VillageMap",
]
