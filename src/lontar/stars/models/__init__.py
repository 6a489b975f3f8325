"""Rubrics as frozen versions, rounds, assessments with sealed sheets and evidence, and stars with their time."""

from lontar.stars.models.assessing import Assessment, Assessor, Round, Score
from lontar.stars.models.evidence import Evidence
from lontar.stars.models.rubrics import Rubric, RubricBand, RubricGate, RubricItem, RubricOption
from lontar.stars.models.stars import Star

__all__ = [
    "Assessment",
    "Assessor",
    "Evidence",
    "Round",
    "Rubric",
    "RubricBand",
    "RubricGate",
    "RubricItem",
    "RubricOption",
    "Score",
    "Star",
]
