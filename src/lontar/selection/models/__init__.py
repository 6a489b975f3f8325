"""Models of selection: units, criteria sets, runs with rankings and candidates, panels of experts, traits of commodities."""

from lontar.selection.models.panels import Judgement, Panel, Panelist
from lontar.selection.models.runs import Candidate, CandidateRun, PublicStanding, Ranking
from lontar.selection.models.sets import CriteriaSet, Criterion, Gate, SetVersion
from lontar.selection.models.traits import CommodityTrait
from lontar.selection.models.units import OfUnit

__all__ = [
    "Candidate",
    "CandidateRun",
    "CommodityTrait",
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
