"""Models of prices, value kept and the trade balance."""

from lontar.value.models.reckonings import Assumed, ChainPrice, KeptLine, Reckoning
from lontar.value.models.trade import TradeFigure, TradeLoad

__all__ = ["Assumed", "ChainPrice", "KeptLine", "Reckoning", "TradeFigure", "TradeLoad"]
