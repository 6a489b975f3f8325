"""Flow pictures (Sankey): bands from left to right, as thick as what flows, with the same flows as a table.

All columns share one scale, so a band that is thin is small: nothing is enlarged to be seen better. What is thinner than a
line is drawn as a line and said so in its label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lontar.ui import formats
from lontar.ui.charts import marks
from lontar.ui.charts.frame import Cell, Frame, Sheet, figure

TALL = 230.0
LABEL = 40.0
THIN = 1.2
_NODE = 14.0  # of the 1,000 units that the width is
_SHORT = 17


@dataclass(frozen=True, slots=True)
class Node:
    """A place of the picture in a column (from 0, left to right); columns list their nodes in the order given."""

    key: str
    label: str
    column: int
    css: str = "f0"


@dataclass(frozen=True, slots=True)
class Flow:
    """An amount (not negative) from a node to one of a later column; `key` carries the accent."""

    source: str
    target: str
    value: Decimal
    key: bool = False


@dataclass(frozen=True, slots=True)
class _Box:
    node: Node
    total: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """Flows between nodes in rupiah. Raises ValueError for negative amounts, unknown nodes and flows that run backwards."""

    frame: Frame
    nodes: Sequence[Node]
    flows: Sequence[Flow]
    head: str
    unit: str = "Rp"

    def __post_init__(self) -> None:
        """Refuses what cannot be drawn true to size."""
        columns = {node.key: node.column for node in self.nodes}
        for flow in self.flows:
            if flow.value < 0:
                raise ValueError(f"{flow.source} → {flow.target}: {flow.value}; a band cannot be thinner than nothing")
            if columns[flow.source] >= columns[flow.target]:
                raise ValueError(f"{flow.source} → {flow.target}: flows run from left to right")

    @property
    def sheet(self) -> Sheet:
        """The table twin: from, to, how much, and which share of what leaves there."""
        names = {node.key: node.label for node in self.nodes}
        left = self._sums("source")
        rows: list[list[Cell]] = [
            [
                names[flow.source],
                names[flow.target],
                flow.value.quantize(Decimal(1)),
                formats.percent(float(flow.value) / left[flow.source]) if left[flow.source] else None,
            ]
            for flow in self.flows
        ]
        return Sheet([self.head, _("Ke"), self.unit, _("Bagian")], rows)

    def _sums(self, end: str) -> dict[str, float]:
        found = {node.key: 0.0 for node in self.nodes}
        for flow in self.flows:
            found[getattr(flow, end)] += float(flow.value)
        return found

    def _boxes(self) -> tuple[dict[str, _Box], float, float]:
        """Every node's box, the height of the drawing, and pixels per rupiah."""
        out, into = self._sums("source"), self._sums("target")
        totals = {node.key: max(out[node.key], into[node.key]) for node in self.nodes}
        columns: dict[int, list[Node]] = {}
        for node in self.nodes:
            columns.setdefault(node.column, []).append(node)
        scale = TALL / (max(sum(totals[node.key] for node in column) for column in columns.values()) or 1.0)
        boxes: dict[str, _Box] = {}
        deepest = 0.0
        for column in columns.values():
            top = 0.0
            for node in column:
                height = max(totals[node.key] * scale, THIN)
                boxes[node.key] = _Box(node, totals[node.key], top + LABEL, height)
                top += LABEL + height
            deepest = max(deepest, top)
        return boxes, deepest + 6, scale

    def svg(self) -> str:
        """The drawing alone."""
        boxes, height, scale = self._boxes()
        last = max(node.column for node in self.nodes) or 1
        bands = self._bands(boxes, scale=scale, last=last)
        blocks = "".join(
            f'<rect x="{marks.px(self._x(box.node, last))}" width="{marks.px(_NODE)}" y="{marks.px(box.top)}" '
            f'height="{marks.px(box.height)}" class="{box.node.css}"/>'
            for box in boxes.values()
        )
        labels = "".join(self._label(box, last) for box in boxes.values())
        return marks.canvas(
            marks.stretched(bands + blocks, y=0, height=height) + labels, height=height, label=self.frame.question
        )

    def _x(self, node: Node, last: int) -> float:
        return (1000 - _NODE) * node.column / last

    def _bands(self, boxes: Mapping[str, _Box], *, scale: float, last: int) -> str:
        order = {node.key: place for place, node in enumerate(self.nodes)}
        starts = {key: box.top for key, box in boxes.items()}
        ends = dict(starts)
        drawn: list[tuple[Flow, float, float]] = []
        for flow in sorted(self.flows, key=lambda one: (order[one.source], order[one.target])):
            drawn.append((flow, starts[flow.source], 0.0))
            starts[flow.source] += float(flow.value) * scale
        placed = []
        for flow, start, _end in sorted(drawn, key=lambda one: (order[one[0].target], order[one[0].source])):
            placed.append(self._band(flow, boxes, start=start, end=ends[flow.target], scale=scale, last=last))
            ends[flow.target] += float(flow.value) * scale
        return "".join(placed)

    def _band(self, flow: Flow, boxes: Mapping[str, _Box], *, start: float, end: float, scale: float, last: int) -> str:
        if not flow.value:
            return ""
        thick = max(float(flow.value) * scale, THIN)
        left = self._x(boxes[flow.source].node, last) + _NODE
        right = self._x(boxes[flow.target].node, last)
        middle = (left + right) / 2
        x0, x1, xm = marks.px(left), marks.px(right), marks.px(middle)
        y0, y1, y2, y3 = (marks.px(y) for y in (start, end, end + thick, start + thick))
        css = "f1" if flow.key or thick <= THIN else "band"
        names = {key: box.node.label for key, box in boxes.items()}
        told = f"{names[flow.source]} → {names[flow.target]}: {formats.rupiah_short(flow.value)}"
        return (
            f'<path d="M{x0} {y0}C{xm} {y0} {xm} {y1} {x1} {y1}L{x1} {y2}C{xm} {y2} {xm} {y3} {x0} {y3}Z" class="{css}">'
            f"<title>{escape(told)}</title></path>"
        )

    def _label(self, box: _Box, last: int) -> str:
        column = box.node.column
        x, anchor = ("0", "") if column == 0 else ("100%", "te") if column == last else ("50%", "tm")
        name = marks.text(x, box.top - 22, marks.shortened(box.node.label, _SHORT), css=f"tb {anchor}".strip())
        amount = formats.rupiah_short(Decimal(round(box.total)))
        return name + marks.text(x, box.top - 6, amount, css=f"t2 {anchor}".strip())

    def render(self) -> SafeString:
        """The whole figure."""
        return figure(self.frame, self.svg(), self.sheet)
