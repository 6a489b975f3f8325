"""Reads of prices, value kept and the trade balance; `chains` and `flows` are what the open report takes."""

from lontar.value.queries.chains import Chain, StepPrice, chain_at, chains
from lontar.value.queries.flows import Flows, flows, kept_lines, newest_quarters, provisional, reckoning_of
from lontar.value.queries.trade import Balance, balance, figures_in_force, revisions_of

__all__ = [
    "Balance",
    "Chain",
    "Flows",
    "StepPrice",
    "balance",
    "chain_at",
    "chains",
    "figures_in_force",
    "flows",
    "kept_lines",
    "newest_quarters",
    "provisional",
    "reckoning_of",
    "revisions_of",
]
