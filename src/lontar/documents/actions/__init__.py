"""Issuing papers, one or hundreds at once; replacing and revoking them; how they are numbered."""

from lontar.documents.actions.fates import AlreadyEnded, ReasonMissing, replace_paper, revoke_paper
from lontar.documents.actions.numbering import PatternOverlaps, set_number_pattern
from lontar.documents.actions.publishing import Draft, publish
from lontar.documents.steps.numbering import NumberTaken, UnknownKind
from lontar.engines.papers.marks import Drawn, Marks

__all__ = [
    "AlreadyEnded",
    "Draft",
    "Drawn",
    "Marks",
    "NumberTaken",
    "PatternOverlaps",
    "ReasonMissing",
    "UnknownKind",
    "publish",
    "replace_paper",
    "revoke_paper",
    "set_number_pattern",
]
