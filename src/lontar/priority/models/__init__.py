"""Models of the 90-day priority map: rules of readiness, plans and picks, and what follows a pick."""

from lontar.priority.models.following import Baseline, Blocker, CheckIn, LateNote, Step, Target, Verdict
from lontar.priority.models.plans import Pick, PickPart, Plan, PlanLimit
from lontar.priority.models.readiness import Island, LicenceNeed, PartRule, RuleSet, Statement

__all__ = [
    "Baseline",
    "Blocker",
    "CheckIn",
    "Island",
    "LateNote",
    "LicenceNeed",
    "PartRule",
    "Pick",
    "PickPart",
    "Plan",
    "PlanLimit",
    "RuleSet",
    "Statement",
    "Step",
    "Target",
    "Verdict",
]
