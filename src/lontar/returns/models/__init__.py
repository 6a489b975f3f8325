"""Models of returns: periods, producers, what they return, single values returned to them, and their personal links."""

from lontar.returns.models.links import ReportLink
from lontar.returns.models.periods import Period
from lontar.returns.models.producers import Producer
from lontar.returns.models.returned import ReturnedValue
from lontar.returns.models.returns import Return, ReturnTally

__all__ = ["Period", "Producer", "ReportLink", "Return", "ReturnTally", "ReturnedValue"]
