"""Static maps drawn on the server: villages as points, or areas, over sea and land, with a legend that counts.

They are the first paint of the interactive map and all of it where no script runs. Boundaries and figures are handed
in; the land is a small drawing kept in `lontar/ui/geo/` (see `frontend/scripts/build-land.mjs`).
"""

from lontar.ui.maps.drawing import Area, AreaMap, Place, Point, PointMap
from lontar.ui.maps.scales import Categories, Classes, natural_breaks, quantile_breaks

__all__ = [
    "Area",
    "AreaMap",
    "Categories",
    "Classes",
    "Place",
    "Point",
    "PointMap",
    "natural_breaks",
    "quantile_breaks",
]
