"""Charts of lengths: ordered bars, shares of a whole, histograms. Bars always begin at zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lontar.ui import formats
from lontar.ui.charts import marks
from lontar.ui.charts.frame import Cell, Frame, Sheet, figure

ROW = 28
BAR = 18
Value = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; None is "no data" and is said so. `low`/`high` draw an interval; `key` carries the accent."""

    label: str
    value: Value | None
    low: Value | None = None
    high: Value | None = None
    url: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars, longest first unless `ordered` is off (a natural order, such as along the islands).

    `reference` is a (label, value) drawn as a line, for instance the mean of the province. `head` names the rows.
    """

    frame: Frame
    bars: Sequence[Bar]
    head: str
    unit: str
    decimals: int = 0
    ordered: bool = True
    reference: tuple[str, Value] | None = None

    def rows(self) -> list[Bar]:
        """Bars in the order drawn: by value, those without data last."""
        if not self.ordered:
            return list(self.bars)
        return sorted(self.bars, key=lambda b: (b.value is None, -float(b.value or 0), b.label))

    @property
    def sheet(self) -> Sheet:
        """The table twin, in the order drawn."""
        spans = any(bar.low is not None for bar in self.bars)
        heads = [self.head, self.unit, *([_("paling rendah"), _("paling tinggi")] if spans else [])]
        rows: list[list[Cell]] = [[b.label, b.value, *([b.low, b.high] if spans else [])] for b in self.rows()]
        return Sheet(heads, rows, self.decimals)

    def svg(self) -> str:
        """The drawing alone."""
        rows = self.rows()
        values = [float(v) for b in rows for v in (b.value, b.high) if v is not None]
        if self.reference:
            values.append(float(self.reference[1]))
        top = max([*values, 0.0]) or 1.0
        if min([*values, 0.0]) < 0:
            raise ValueError("bars of a negative value: use a dot plot, bars have a zero baseline")
        head = 18 if self.reference else 0
        height = head + len(rows) * ROW
        parts = [self._reference(top, height)] if self.reference else []
        parts.extend(self._row(bar, head + i * ROW, top) for i, bar in enumerate(rows))
        parts.append(marks.rule(0, 0, head, height, "ax"))
        ends = [self._end(bar) for bar in rows if bar.value is not None]
        return marks.canvas(
            "".join(parts),
            height=height,
            label=self._said(rows),
            left=marks.margin(b.label for b in rows),
            right=marks.margin(ends),
        )

    def _reference(self, top: float, height: float) -> str:
        """The comparison line, beneath the bars and their figures."""
        label, value = self.reference or ("", 0)
        at = float(value) / top
        words = f"{label} {formats.number(value, self.decimals)}"
        return marks.rule(at, at, 16, height, "whisk") + marks.text(
            marks.pct(at), 12, words, css="t2 te" if at > 0.5 else "t2"
        )

    def _fill(self, bar: Bar) -> str:
        """Pale where an interval is drawn over the bar, so that both can be read."""
        return "f1" if bar.key else "f0" if bar.low is None else "f5"

    def _end(self, bar: Bar) -> str:
        return _("tidak ada data") if bar.value is None else formats.number(bar.value, self.decimals)

    def _row(self, bar: Bar, y: float, top: float) -> str:
        middle = y + ROW / 2
        parts = [marks.row_label(middle + 5, bar.label, css="te tb" if bar.key else "te", url=bar.url)]
        end = 0.0
        if bar.value is not None:
            end = float(bar.value) / top
            parts.append(marks.rect(x=0, width=end, y=middle - BAR / 2, height=BAR, css=self._fill(bar)))
        if bar.low is not None and bar.high is not None:
            low, high = float(bar.low) / top, float(bar.high) / top
            parts.append(marks.rule(low, high, middle, middle, "whisk halo"))
            parts.append(marks.rule(low, high, middle, middle, "whisk"))
            end = max(end, high)
        parts.append(marks.text(marks.pct(end), middle + 5, self._end(bar), css="tb" if bar.key else "", dx=6))
        return "".join(parts)

    def _said(self, rows: Sequence[Bar]) -> str:
        known = [bar for bar in rows if bar.value is not None]
        if not known:
            return _("%(question)s Tidak ada data.") % {"question": self.frame.question}
        best = max(known, key=lambda b: float(b.value or 0))
        least = min(known, key=lambda b: float(b.value or 0))
        return _("%(question)s Tertinggi %(best)s %(most)s %(unit)s, terendah %(worst)s %(least)s %(unit)s.") % {
            "question": self.frame.question,
            "best": best.label,
            "most": formats.number(best.value, self.decimals),
            "worst": least.label,
            "least": formats.number(least.value, self.decimals),
            "unit": self.unit,
        }

    def render(self) -> SafeString:
        """The whole figure."""
        return figure(self.frame, self.svg(), self.sheet)


@dataclass(frozen=True, slots=True)
class StackedShare:
    """Parts of a whole as one bar per row, each adding up to 100 %; counts in the table twin.

    `parts` name the segments in order, at most six; `rows` are (label, counts).
    """

    frame: Frame
    parts: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]
    head: str

    @property
    def sheet(self) -> Sheet:
        """Counts per row and part."""
        return Sheet([self.head, *self.parts], [[label, *counts] for label, counts in self.rows], 0)

    def svg(self) -> str:
        """The drawing alone; a share from eight per cent on carries its own number."""
        if len(self.parts) > 6:
            raise ValueError("more than six parts cannot be told apart; join the smallest")
        parts = [self._row(label, counts, i * ROW) for i, (label, counts) in enumerate(self.rows)]
        height = len(self.rows) * ROW
        return marks.canvas(
            "".join(parts), height=height, label=self.frame.question, left=marks.margin(r[0] for r in self.rows)
        )

    def _row(self, label: str, counts: Sequence[int], y: float) -> str:
        middle = y + ROW / 2
        out = [marks.row_label(middle + 5, label)]
        total = sum(counts)
        if not total:
            out.append(marks.text("0", middle + 5, _("tidak ada data"), css="t2", dx=6))
        at = 0.0
        for i, count in enumerate(counts):
            width = count / total if total else 0
            if width:
                out.append(marks.rect(x=at, width=width, y=middle - 11, height=22, css=f"f{i} seg"))
            if width >= 0.08:
                css = "tm on-ink" if i in (2, 4, 5) else "tm on"
                out.append(marks.text(marks.pct(at + width / 2), middle + 5, formats.percent(width, 0), css=css))
            at += width
        return "".join(out)

    def render(self) -> SafeString:
        """The whole figure, its legend above the bars in the order of the segments."""
        keys = "".join(
            f'<li><svg aria-hidden="true" viewBox="0 0 16 16" class="lc"><rect width="16" height="16" class="f{i}"/></svg>'
            f"{escape(part)}</li>"
            for i, part in enumerate(self.parts)
        )
        return figure(self.frame, f'<ul class="l-legend">{keys}</ul>{self.svg()}', self.sheet)


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many fall between edges: `len(edges) == len(counts) + 1`, edges rising, bins half-open.

    `marker` is a (label, value) such as the median.
    """

    frame: Frame
    edges: Sequence[float]
    counts: Sequence[int]
    unit: str
    noun: str
    marker: tuple[str, float] | None = None

    @property
    def sheet(self) -> Sheet:
        """One row per bin."""
        rows: list[list[Cell]] = [
            [f"{marks.tick_text(low)} – {marks.tick_text(high)}", count]
            for low, high, count in zip(self.edges, self.edges[1:], self.counts, strict=False)
        ]
        return Sheet([self.unit, self.noun], rows, 0)

    def svg(self) -> str:
        """The drawing alone; unequal bins are drawn by density, so that areas compare."""
        if len(self.edges) != len(self.counts) + 1 or any(
            a >= b for a, b in zip(self.edges, self.edges[1:], strict=False)
        ):
            raise ValueError("edges must rise and be one more than counts")
        first, last = self.edges[0], self.edges[-1]
        span = last - first
        heights = [c / (b - a) for a, b, c in zip(self.edges, self.edges[1:], self.counts, strict=False)]
        top = max(heights) or 1.0
        base, tall = 186.0, 160.0
        parts = []
        for low, high, level, count in zip(self.edges, self.edges[1:], heights, self.counts, strict=False):
            x, width = (low - first) / span, (high - low) / span
            size = tall * level / top
            parts.append(marks.rect(x=x, width=width, y=base - size, height=size, css="f0 seg"))
            if len(self.counts) <= 12 and count:
                parts.append(marks.text(marks.pct(x + width / 2), base - size - 5, formats.number(count), css="t2 tm"))
        parts.append(marks.rule(0, 1, base, base, "ax"))
        for tick in marks.nice_ticks(first, last):
            if first <= tick <= last:
                at = (tick - first) / span
                parts.append(marks.rule(at, at, base, base + 4, "ax"))
                parts.append(marks.text(marks.pct(at), base + 18, marks.tick_text(tick), css="t2 tm"))
        parts.append(marks.text("50%", base + 36, self.unit, css="t2 tm"))
        if self.marker:
            label, value = self.marker
            at = (value - first) / span
            parts.append(marks.rule(at, at, 8, base, "s1"))
            side = "te tb" if at > 0.6 else "tb"
            words = f"{label} {formats.number(value)}"
            parts.append(marks.text(marks.pct(at), 14, words, css=side, dx=-6 if at > 0.6 else 6))
        return marks.canvas("".join(parts), height=base + 42, label=self.frame.question, left=1, right=1)

    def render(self) -> SafeString:
        """The whole figure."""
        return figure(self.frame, self.svg(), self.sheet)
