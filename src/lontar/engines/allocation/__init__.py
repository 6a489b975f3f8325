"""Choosing a few of many under declared constraints: to proven optimum, or with the constraints that clash."""

from lontar.engines.allocation.picking import (
    Infeasible,
    Limit,
    Offer,
    Picked,
    Plan,
    PlanInvalid,
    pick,
)

__all__ = ["Infeasible", "Limit", "Offer", "Picked", "Plan", "PlanInvalid", "pick"]
