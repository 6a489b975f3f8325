"""Proposing, moving proposals through the stages, clusters, decrees, and rounds of the locus selection."""

from lontar.designation.actions.clusters import ClusterUnclear, form_cluster
from lontar.designation.actions.decrees import (
    ChangedSincePreview,
    NothingToDecree,
    Signing,
    issue_ending,
    issue_opening,
)
from lontar.designation.actions.loci import issue_loci, replace_locus
from lontar.designation.actions.moving import Moved, move_proposal, move_proposals
from lontar.designation.actions.proposing import AlreadyProposed, Choice, ChoiceUnclear, Meeting, propose, resend
from lontar.designation.actions.rounds import (
    RoundElsewhere,
    RoundUnclear,
    close_round,
    move_entry,
    open_round,
    rank_round,
)
from lontar.designation.actions.wording import set_wording

__all__ = [
    "AlreadyProposed",
    "ChangedSincePreview",
    "Choice",
    "ChoiceUnclear",
    "ClusterUnclear",
    "Meeting",
    "Moved",
    "NothingToDecree",
    "RoundElsewhere",
    "RoundUnclear",
    "Signing",
    "close_round",
    "form_cluster",
    "issue_ending",
    "issue_loci",
    "issue_opening",
    "move_entry",
    "move_proposal",
    "move_proposals",
    "open_round",
    "propose",
    "rank_round",
    "replace_locus",
    "resend",
    "set_wording",
]
