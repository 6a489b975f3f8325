"""Dot plots: positions instead of lengths, for values that need no zero and for comparing a few values per row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString

from lontar.ui import formats
from lontar.ui.charts import marks
from lontar.ui.charts.frame import Cell, Frame, Sheet, figure

ROW = 28
Value = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Dot:
    """One row: a value per series in order (None: no data), and an optional interval about the last one."""

    label: str
    values: Sequence[Value | None]
    low: Value | None = None
    high: Value | None = None
    url: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class DotPlot:
    """Rows of dots on one scale, at most four `series`; two or more are joined by a line. Ordered by the last series."""

    frame: Frame
    dots: Sequence[Dot]
    series: Sequence[str]
    head: str
    unit: str
    decimals: int = 0
    ordered: bool = True
    zero: bool = False

    def rows(self) -> list[Dot]:
        """Rows as drawn: by the last series falling, those without data last."""
        if not self.ordered:
            return list(self.dots)
        return sorted(self.dots, key=lambda d: (d.values[-1] is None, -float(d.values[-1] or 0), d.label))

    @property
    def sheet(self) -> Sheet:
        """The table twin, in the order drawn."""
        rows: list[list[Cell]] = [[dot.label, *dot.values] for dot in self.rows()]
        return Sheet([self.head, *self.series], rows, self.decimals)

    def svg(self) -> str:
        """The drawing alone."""
        rows = self.rows()
        values = [float(v) for d in rows for v in (*d.values, d.low, d.high) if v is not None]
        if self.zero or not values:
            values.append(0.0)
        ticks = marks.nice_ticks(min(values), max(values))
        low, span = ticks[0], ticks[-1] - ticks[0]
        height = 22 + len(rows) * ROW
        parts = []
        for tick in ticks:
            at = (tick - low) / span
            parts.append(marks.rule(at, at, 20, height, "gr"))
            parts.append(marks.text(marks.pct(at), 13, marks.tick_text(tick), css="t2 tm"))
        parts.extend(self._row(dot, 22 + i * ROW, low, span) for i, dot in enumerate(rows))
        return marks.canvas(
            "".join(parts),
            height=height,
            label=self.frame.question,
            left=marks.margin(d.label for d in rows),
            right=4 if len(self.series) == 1 else 1,
        )

    def _row(self, dot: Dot, y: float, low: float, span: float) -> str:
        middle = y + ROW / 2
        out = [marks.row_label(middle + 5, dot.label, css="te tb" if dot.key else "te", url=dot.url)]
        places = [None if v is None else (float(v) - low) / span for v in dot.values]
        known = [place for place in places if place is not None]
        if len(known) > 1:
            out.append(marks.rule(min(known), max(known), middle, middle, "ax"))
        if dot.low is not None and dot.high is not None:
            out.append(
                marks.rule((float(dot.low) - low) / span, (float(dot.high) - low) / span, middle, middle, "whisk")
            )
        for i, place in enumerate(places):
            if place is not None:
                accent = dot.key and i == len(places) - 1
                out.append(marks.dot(place, middle, "f1" if accent else f"f{_colour(i, len(places))}", 5.5))
        if len(self.series) == 1 and known:
            end = known[0] if dot.high is None else max(known[0], (float(dot.high) - low) / span)
            out.append(
                marks.text(marks.pct(end), middle + 5, formats.number(dot.values[0], self.decimals), css="t2", dx=9)
            )
        return "".join(out)

    def render(self) -> SafeString:
        """The whole figure; with several series a legend stands above."""
        keys = "".join(
            f'<li><svg aria-hidden="true" viewBox="0 0 16 16" class="lc"><circle cx="8" cy="8" r="6" '
            f'class="f{_colour(i, len(self.series))}"/></svg>{escape(name)}</li>'
            for i, name in enumerate(self.series)
        )
        legend = f'<ul class="l-legend">{keys}</ul>' if len(self.series) > 1 else ""
        return figure(self.frame, legend + self.svg(), self.sheet)


def _colour(place: int, count: int) -> int:
    """The last series is indigo, earlier ones grey, leaf, sea: the present stands out from the past."""
    return 0 if place == count - 1 else (4, 2, 3)[place % 3]
