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
from lontar.stars.actions.deciding import decide, settle_by_discussion, withdraw_assessment, withdraw_star
from lontar.stars.actions.moving import NoSuchStep
from lontar.stars.actions.rounds import RoundRefused, close_round, open_round
from lontar.stars.actions.rubrics import RubricRefused, discard_draft, draft_rubric, enforce_rubric

__all__ = [
    "AlreadyAssessed",
    "AlreadyAssessor",
    "NoSuchStep",
    "PointsRefused",
    "RoundRefused",
    "RubricRefused",
    "SheetIncomplete",
    "SheetLocked",
    "appoint_assessor",
    "close_round",
    "decide",
    "discard_draft",
    "draft_rubric",
    "enforce_rubric",
    "hand_in",
    "open_round",
    "recuse",
    "save_scores",
    "settle_by_discussion",
    "submit_product",
    "withdraw_assessment",
    "withdraw_star",
]
