"""Closing and restating quarters, importing consumer prices, and new versions of definitions."""

from lontar.monitoring.actions.closing import (
    AlreadyClosed,
    ChecksMissed,
    NotClosed,
    NotOver,
    ReasonMissing,
    RunOpen,
    request_closing,
    request_restatement,
)
from lontar.monitoring.actions.defining import WORDED, DefinitionUnclear, define_indicator
from lontar.monitoring.actions.prices import PricesUnreadable, cells_of, import_prices, read_prices

__all__ = [
    "WORDED",
    "AlreadyClosed",
    "ChecksMissed",
    "DefinitionUnclear",
    "NotClosed",
    "NotOver",
    "PricesUnreadable",
    "ReasonMissing",
    "RunOpen",
    "cells_of",
    "define_indicator",
    "import_prices",
    "read_prices",
    "request_closing",
    "request_restatement",
]
