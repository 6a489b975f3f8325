"""Reads of candidates, rankings, criteria sets and panels."""

from lontar.selection.queries.standing import (
    DEFAULT_SET,
    Best,
    CandidateStanding,
    GateAnswer,
    PublicCandidate,
    PublicCandidates,
    Standing,
    Unit,
    best,
    public_candidates,
    standing,
    standings,
)

__all__ = [
    "DEFAULT_SET",
    "Best",
    "CandidateStanding",
    "GateAnswer",
    "PublicCandidate",
    "PublicCandidates",
    "Standing",
    "Unit",
    "best",
    "public_candidates",
    "standing",
    "standings",
]
