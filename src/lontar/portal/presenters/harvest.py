"""The harvest calendar of a village: twelve months across, one row per commodity, with its table twin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lontar.ui import formats
from lontar.ui.charts import Frame, Sheet, marks
from lontar.ui.charts.frame import figure

ROW, HEAD = 28, 22


@dataclass(frozen=True, slots=True)
class Season:
    """A commodity and its harvest months, 1–12."""

    name: str
    months: Sequence[int]


@dataclass(frozen=True, slots=True)
class HarvestCalendar:
    """Seasons in the order given."""

    frame: Frame
    seasons: Sequence[Season]

    @property
    def sheet(self) -> Sheet:
        """Commodity and months in words."""
        return Sheet([_("Komoditas"), _("Bulan panen")], [[s.name, formats.months(s.months)] for s in self.seasons])

    def svg(self) -> str:
        """The drawing alone; the table twin says the same in words."""
        height = HEAD + ROW * len(self.seasons)
        parts = [self._heads(), *(self._row(season, HEAD + i * ROW) for i, season in enumerate(self.seasons))]
        said = "; ".join(f"{season.name}: {formats.months(season.months)}" for season in self.seasons)
        return marks.canvas(
            "".join(parts),
            height=height,
            label=f"{self.frame.question} {said}",
            left=marks.margin(season.name for season in self.seasons),
        )

    def _heads(self) -> str:
        out = []
        for place, name in enumerate(formats.month_names()):
            middle = marks.pct((place + 0.5) / 12)
            out.append(
                f'<text x="{middle}" y="14" class="t2 tm">{escape(name[:1])}<title>{escape(name)}</title></text>'
            )
        return "".join(out)

    def _row(self, season: Season, y: float) -> str:
        harvested = set(season.months)
        out = [marks.row_label(y + ROW / 2 + 5, season.name)]
        for place, month in enumerate(formats.month_names()):
            css = "f3" if place + 1 in harvested else "rest"
            box = marks.rect(x=place / 12 + 0.004, width=1 / 12 - 0.008, y=y + 4, height=ROW - 8, css=css)
            label = escape(f"{season.name}, {month}")
            title = f"<title>{label}</title>" if css == "f3" else ""
            out.append(f"<g>{box}{title}</g>" if title else box)
        return "".join(out)

    def render(self) -> SafeString:
        """The whole figure."""
        return figure(self.frame, self.svg(), self.sheet)
