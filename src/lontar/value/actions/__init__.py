"""What changes: a quarter is counted, figures of trade are loaded."""

from lontar.value.actions.counting import NothingToCount, count_quarter
from lontar.value.actions.loading import FaultyList, SameList, load_trade

__all__ = ["FaultyList", "NothingToCount", "SameList", "count_quarter", "load_trade"]
