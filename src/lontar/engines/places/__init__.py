"""Free-text places: which region a written code or name means, and candidates where that cannot be said.

The public names of the package. It never guesses silently: only equality after spelling, unique within the written
parents, gives a code. Regions themselves come from ``lontar.engines.regions``; storing choices is left to the apps.
"""

from lontar.engines.places.code_reading import CodeReading, CodeSystem, detect_system, meanings, read_code
from lontar.engines.places.frame import PLACE_COLUMNS, RESULT_SCHEMA, resolve_frame
from lontar.engines.places.gazetteer import Gazetteer
from lontar.engines.places.resolver import Candidate, PlaceQuery, Resolution, resolve
from lontar.engines.places.resolving import Status
from lontar.engines.places.searching import search

__all__ = [
    "PLACE_COLUMNS",
    "RESULT_SCHEMA",
    "Candidate",
    "CodeReading",
    "CodeSystem",
    "Gazetteer",
    "PlaceQuery",
    "Resolution",
    "Status",
    "detect_system",
    "meanings",
    "read_code",
    "resolve",
    "resolve_frame",
    "search",
]
