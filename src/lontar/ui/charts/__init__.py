"""Charts drawn on the server as accessible SVG: a dataclass in, markup out, no script.

Every chart has a question as its title, a source, a count, a table twin and a CSV. Lengths along the page are per cent
and heights are pixels, so that letters stay at reading size on every screen; colours come from the style sheet.
Figures arrive computed; averages, intervals and rounding of facts are the engines'.
"""

from lontar.ui.charts.bars import Bar, Bars, Histogram, StackedShare
from lontar.ui.charts.dots import Dot, DotPlot
from lontar.ui.charts.flows import Flow, FlowPicture, Node
from lontar.ui.charts.frame import Frame, Sheet, csv_text
from lontar.ui.charts.lines import Line, Lines, Panel, SmallMultiples

__all__ = [
    "Bar",
    "Bars",
    "Dot",
    "DotPlot",
    "Flow",
    "FlowPicture",
    "Frame",
    "Histogram",
    "Line",
    "Lines",
    "Node",
    "Panel",
    "Sheet",
    "SmallMultiples",
    "StackedShare",
    "csv_text",
]
