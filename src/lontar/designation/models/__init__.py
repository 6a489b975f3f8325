"""Models of designation: proposals with their steps, clusters, decrees with the flagships and loci they open and end."""

from lontar.designation.models.decrees import Decree, DecreeLine, DecreeWording, Flagship
from lontar.designation.models.loci import Locus, LocusEntry, LocusMove, LocusRound, RoundQuota
from lontar.designation.models.proposals import Cluster, ClusterMember, Proposal, ProposalAdvice, ProposalStep

__all__ = [
    "Cluster",
    "ClusterMember",
    "Decree",
    "DecreeLine",
    "DecreeWording",
    "Flagship",
    "Locus",
    "LocusEntry",
    "LocusMove",
    "LocusRound",
    "Proposal",
    "ProposalAdvice",
    "ProposalStep",
    "RoundQuota",
]
