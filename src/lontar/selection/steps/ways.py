"""The methods side by side, in the order in which they are kept; apart from the computing, so that pages need no numpy."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Way(StrEnum):
    """A method of ranking; Borda is over the four before it."""

    SUM = "sum"
    TOPSIS = "topsis"
    VIKOR = "vikor"
    PROMETHEE = "promethee"
    BORDA = "borda"


WAYS: Final = tuple(Way)
