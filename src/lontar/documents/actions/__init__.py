"""Issuing papers, one or hundreds at once; replacing and revoking them; how they are numbered; their templates."""

from lontar.documents.actions.fates import AlreadyEnded, ReasonMissing, replace_paper, revoke_paper
from lontar.documents.actions.numbering import PatternOverlaps, set_number_pattern
from lontar.documents.actions.publishing import Draft, publish
from lontar.documents.actions.templates import TermInPast, take_template, upload_template
from lontar.documents.steps.numbering import NumberTaken, UnknownKind
from lontar.documents.steps.signing import NotSigned, asks_passphrase, signer_for
from lontar.engines.papers.marks import Drawn, Marks

__all__ = [
    "AlreadyEnded",
    "Draft",
    "Drawn",
    "Marks",
    "NotSigned",
    "NumberTaken",
    "PatternOverlaps",
    "ReasonMissing",
    "TermInPast",
    "UnknownKind",
    "asks_passphrase",
    "publish",
    "replace_paper",
    "revoke_paper",
    "set_number_pattern",
    "signer_for",
    "take_template",
    "upload_template",
]
