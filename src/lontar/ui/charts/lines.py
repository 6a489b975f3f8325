"""Lines over time, one chart or many small ones on the same scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString

from lontar.ui import formats
from lontar.ui.charts import marks
from lontar.ui.charts.frame import Cell, Frame, Sheet, figure

Value = int | float | Decimal
TALL = 220.0


@dataclass(frozen=True, slots=True)
class Line:
    """A series: one value per place of the axis (None: a gap), and where known its band, of the same length."""

    label: str
    values: Sequence[Value | None]
    low: Sequence[Value | None] = ()
    high: Sequence[Value | None] = ()
    key: bool = False


def _runs(values: Sequence[Value | None]) -> list[list[tuple[int, float]]]:
    """Unbroken stretches of (place, value)."""
    runs: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((place, float(value)))
    return [run for run in runs if run]


def _extent(lines: Sequence[Line], *, zero: bool) -> tuple[float, float]:
    values = [float(v) for line in lines for part in (line.values, line.low, line.high) for v in part if v is not None]
    if zero or not values:
        values.append(0.0)
    return min(values), max(values)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Places of the axis to shares of the width, values to pixels from the top."""

    count: int
    low: float
    high: float
    tall: float

    def x(self, place: int) -> float:
        return place / (self.count - 1) if self.count > 1 else 0.5

    def y(self, value: float) -> float:
        return self.tall * (1 - (value - self.low) / (self.high - self.low))


def _strokes(line: Line, scale: _Scale, css: str) -> str:
    """Band and line of a series, as paths in the stretched drawing."""
    parts = []
    lows, highs = _runs(line.low), _runs(line.high)
    for low, high in zip(lows, highs, strict=False):
        outline = [(scale.x(p), scale.y(v)) for p, v in high] + [(scale.x(p), scale.y(v)) for p, v in reversed(low)]
        parts.append(f'<path d="{marks.path(outline, close=True)}" class="band"/>')
    for run in _runs(line.values):
        points = [(scale.x(p), scale.y(v)) for p, v in run]
        if len(points) == 1:
            points *= 2
        parts.append(f'<path d="{marks.path(points)}" class="{css}" vector-effect="non-scaling-stroke"/>')
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Lines:
    """One to five series over `axis` (labels such as "Tw I 2025"), each named at its end; `zero` starts at nought."""

    frame: Frame
    axis: Sequence[str]
    lines: Sequence[Line]
    head: str
    unit: str
    decimals: int = 0
    zero: bool = True

    def __post_init__(self) -> None:
        """Refuses series that do not fit the axis."""
        if any(len(line.values) != len(self.axis) for line in self.lines):
            raise ValueError("every line has one value per place of the axis")
        if len(self.lines) > 5:
            raise ValueError("more than five lines: use small multiples")

    @property
    def sheet(self) -> Sheet:
        """One row per place of the axis."""
        heads = [self.head, *(line.label for line in self.lines)]
        rows: list[list[Cell]] = [
            [label, *(line.values[i] for line in self.lines)] for i, label in enumerate(self.axis)
        ]
        return Sheet(heads, rows, self.decimals)

    def svg(self) -> str:
        """The drawing alone."""
        ticks = marks.nice_ticks(*_extent(self.lines, zero=self.zero))
        scale = _Scale(len(self.axis), ticks[0], ticks[-1], TALL)
        parts = [marks.text("0", 12, self.unit, css="t2", dx=0)]
        for tick in ticks:
            y = 24 + scale.y(tick)
            parts.append(marks.rule(0, 1, y, y, "ax" if tick == 0 else "gr"))
            parts.append(marks.text("0", y + 4, marks.tick_text(tick), css="t2 te", dx=-6))
        strokes = "".join(_strokes(line, scale, self._css(i)) for i, line in enumerate(self.lines))
        parts.append(marks.stretched(strokes, y=24, height=TALL))
        parts.append(self._axis_labels(scale))
        parts.append(self._end_labels(scale))
        return marks.canvas(
            "".join(parts),
            height=24 + TALL + 26,
            label=self.frame.question,
            left=marks.margin(marks.tick_text(tick) for tick in ticks),
            right=marks.margin((self._end(line) for line in self.lines), most=18),
        )

    def _css(self, place: int) -> str:
        line = self.lines[place]
        if line.key or len(self.lines) == 1:
            return "s1" if line.key else "s0"
        return ("s0", "s3", "s2", "s4", "s0")[place]

    def _end(self, line: Line) -> str:
        last = next((v for v in reversed(line.values) if v is not None), None)
        return f"{marks.shortened(line.label, 12)} {formats.number(last, self.decimals)}"

    def _axis_labels(self, scale: _Scale) -> str:
        last = len(self.axis) - 1
        step = max(1, -(-len(self.axis) // 6))
        out = []
        for i, label in enumerate(self.axis):
            if i not in (0, last) and (i % step or last - i < step):
                continue
            anchor = "t2" if i == 0 else "t2 te" if i == last else "t2 tm l-wide-only"
            out.append(marks.text(marks.pct(scale.x(i)), 24 + TALL + 18, label, css=anchor))
        return "".join(out)

    def _end_labels(self, scale: _Scale) -> str:
        ends = [
            (i, _runs(line.values)[-1][-1])
            for i, line in enumerate(self.lines)
            if any(v is not None for v in line.values)
        ]
        heights = marks.spread([24 + scale.y(v) + 4 for _i, (_p, v) in ends], gap=16, low=14, high=24 + TALL)
        out = []
        for (i, (place, value)), y in zip(ends, heights, strict=True):
            colour = self._css(i).replace("s", "f")
            out.append(marks.dot(scale.x(place), 24 + scale.y(value), colour, 4))
            out.append(marks.text("100%", y, self._end(self.lines[i]), css="tb" if self.lines[i].key else "", dx=8))
        return "".join(out)

    def render(self) -> SafeString:
        """The whole figure."""
        return figure(self.frame, self.svg(), self.sheet)


@dataclass(frozen=True, slots=True)
class Panel:
    """One small chart of many."""

    label: str
    line: Line
    url: str = ""


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """The same line for each place, on one common scale, in the order given (by value, or along the islands)."""

    frame: Frame
    axis: Sequence[str]
    panels: Sequence[Panel]
    head: str
    unit: str
    decimals: int = 0

    @property
    def sheet(self) -> Sheet:
        """One row per panel, one column per place of the axis."""
        rows: list[list[Cell]] = [[panel.label, *panel.line.values] for panel in self.panels]
        return Sheet([self.head, *self.axis], rows, self.decimals)

    def svg(self) -> str:
        """All panels, laid out by the page's grid: two in a row on a phone, more on a wide screen."""
        low, high = _extent([panel.line for panel in self.panels], zero=True)
        scale = _Scale(len(self.axis), low, high if high > low else low + 1, 56)
        return f'<div class="l-multiples">{"".join(self._panel(panel, scale) for panel in self.panels)}</div>'

    def _panel(self, panel: Panel, scale: _Scale) -> str:
        runs = _runs(panel.line.values)
        body = marks.stretched(_strokes(panel.line, scale, "s1" if panel.line.key else "s0"), y=8, height=56)
        body += marks.rule(0, 1, 64, 64, "ax")
        words = formats.NONE
        if runs:
            place, value = runs[-1][-1]
            words = formats.number(value, self.decimals)
            body += marks.dot(scale.x(place), 8 + scale.y(value), "f1" if panel.line.key else "f0", 3.5)
        body += marks.text("0", 79, self.axis[0], css="t2") + marks.text("100%", 79, self.axis[-1], css="t2 te")
        name = escape(panel.label)
        head = f'<a href="{escape(panel.url)}">{name}</a>' if panel.url else name
        drawing = marks.canvas(body, height=84, label=f"{panel.label}: {words} {self.unit}")
        return f'<div><p class="l-multiples-head"><span>{head}</span> <strong class="l-num">{words}</strong></p>{drawing}</div>'

    def render(self) -> SafeString:
        """The whole figure."""
        return figure(self.frame, self.svg(), self.sheet)
