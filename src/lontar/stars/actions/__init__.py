"""Everything that changes rubrics, rounds, assessments and stars."""

from lontar.stars.actions.assessing import (
    AlreadyAssessed,
    AlreadyAssessor,
    PointsRefused,
    SheetIncomplete,
    SheetLocked,
    appoint_assessor,
    hand_in,
    recuse,
    save_scores,
    submit_product,
)
from lontar.stars.actions.certifying import NothingToCertify, certify
from lontar.stars.actions.deciding import StarEnded, decide, settle_by_discussion, withdraw_assessment, withdraw_star
from lontar.stars.actions.evidence import EvidenceRefused, attach_evidence, remove_evidence
from lontar.stars.actions.moving import NoSuchStep
from lontar.stars.actions.recording import AwardRefused, PastAward, record_award
from lontar.stars.actions.rounds import RoundRefused, close_round, open_round
from lontar.stars.actions.rubrics import RubricRefused, discard_draft, draft_rubric, enforce_rubric

__all__ = [
    "AlreadyAssessed",
    "AlreadyAssessor",
    "AwardRefused",
    "EvidenceRefused",
    "NoSuchStep",
    "NothingToCertify",
    "PastAward",
    "PointsRefused",
    "RoundRefused",
    "RubricRefused",
    "SheetIncomplete",
    "SheetLocked",
    "StarEnded",
    "appoint_assessor",
    "attach_evidence",
    "certify",
    "close_round",
    "decide",
    "discard_draft",
    "draft_rubric",
    "enforce_rubric",
    "hand_in",
    "open_round",
    "record_award",
    "recuse",
    "remove_evidence",
    "save_scores",
    "settle_by_discussion",
    "submit_product",
    "withdraw_assessment",
    "withdraw_star",
]
