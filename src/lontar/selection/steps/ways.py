"""The methods side by side, in the order in which they are kept; apart from the computing, so that pages need no numpy."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Way(StrEnum):
    """A method of ranking; Borda is over all the others."""

    SUM = "sum"
    TOPSIS = "topsis"
    VIKOR = "vikor"
    PROMETHEE = "promethee"
    BORDA = "borda"
    MPE = "mpe"


#: In the order of the kept arrays; runs from before the exponential comparison lack its place.
WAYS: Final = tuple(Way)
