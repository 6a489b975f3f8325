"""Statistical disclosure control of tables of figures: which cells are hidden so that no producer can be read out of them.

Plain arrays and frames in, a mask out. Which figures share a mask, and what a hidden figure looks like, is left to the callers.
"""

from lontar.engines.disclosure.hiding import Behind, Limits, primary, protect
from lontar.engines.disclosure.tables import Sums, known_sums
from lontar.engines.disclosure.undoing import determined

__all__ = ["Behind", "Limits", "Sums", "determined", "known_sums", "primary", "protect"]
