"""Changes of selection: rankings asked for, sets recorded, weights elicited and brought into force, traits laid down."""

from lontar.selection.actions.panels import (
    AnswerInvalid,
    PanelClosed,
    PanelNotReady,
    answer_panel,
    bring_into_force,
    drop_panel,
    open_panel,
)
from lontar.selection.actions.ranking import AlreadyRanking, request_ranking
from lontar.selection.actions.sets import SetMoved, WeightsInvalid, set_weights, ship_sets
from lontar.selection.actions.traits import TraitInvalid, TraitMoved, end_trait, set_trait

__all__ = [
    "AlreadyRanking",
    "AnswerInvalid",
    "PanelClosed",
    "PanelNotReady",
    "SetMoved",
    "TraitInvalid",
    "TraitMoved",
    "WeightsInvalid",
    "answer_panel",
    "bring_into_force",
    "drop_panel",
    "end_trait",
    "open_panel",
    "request_ranking",
    "set_trait",
    "set_weights",
    "ship_sets",
]
