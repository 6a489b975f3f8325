"""Models of selection: units, criteria sets, runs with their rankings and candidates, panels of experts."""

from lontar.selection.models.panels import Judgement, Panel, Panelist
from lontar.selection.models.runs import Candidate, CandidateRun, PublicStanding, Ranking
from lontar.selection.models.sets import CriteriaSet, Criterion, Gate, SetVersion
from lontar.selection.models.units import OfUnit

__all__ = [
    "Candidate",
    "CandidateRun",
    "CriteriaSet",
    "Criterion",
    "Gate",
    "Judgement",
    "OfUnit",
    "Panel",
    "Panelist",
    "PublicStanding",
    "Ranking",
    "SetVersion",
]
