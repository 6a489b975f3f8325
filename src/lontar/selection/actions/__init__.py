"""Changes of selection: rankings asked for, sets recorded, weights elicited and brought into force."""

from lontar.selection.actions.ranking import AlreadyRanking, request_ranking
from lontar.selection.actions.sets import SetMoved, WeightsInvalid, set_weights, ship_sets

__all__ = ["AlreadyRanking", "SetMoved", "WeightsInvalid", "request_ranking", "set_weights", "ship_sets"]
