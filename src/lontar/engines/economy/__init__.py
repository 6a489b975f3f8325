"""What region science says of products and places: concentration, growth, nearness of products, value added.

Arrays are (regions × products) counts or amounts, as the registry has them; nothing here knows where they come from. Every
measure says what it needs and gives NaN, not a guess, where it is not defined.
"""

from lontar.engines.economy.growth import Klassen, Shift, dynamic_quotient, klassen, shift_share
from lontar.engines.economy.keeping import (
    Chain,
    Kept,
    Part,
    Place,
    Recipe,
    Spread,
    assumed_spreads,
    chain,
    divided,
    kept,
    spread_of,
)
from lontar.engines.economy.products import density, proximity, revealed
from lontar.engines.economy.quotients import (
    TableInvalid,
    dispersion,
    location_quotient,
    quotient_interval,
    symmetric,
)
from lontar.engines.economy.value_added import Level, ValueAdded, value_added

__all__ = [
    "Chain",
    "Kept",
    "Klassen",
    "Level",
    "Part",
    "Place",
    "Recipe",
    "Shift",
    "Spread",
    "TableInvalid",
    "ValueAdded",
    "assumed_spreads",
    "chain",
    "density",
    "dispersion",
    "divided",
    "dynamic_quotient",
    "kept",
    "klassen",
    "location_quotient",
    "proximity",
    "quotient_interval",
    "revealed",
    "shift_share",
    "spread_of",
    "symmetric",
    "value_added",
]
