"""The few SVG marks and scales that all charts are made of. No chart is decided here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from django.utils.html import escape

from lontar.ui import formats

# Mean width of a letter of the text face at 14 px, for choosing margins; labels longer than this allows are cut.
LETTER = 6.4
MAX_LABEL = 26


def pct(share: float) -> str:
    """A share of the width as SVG length, `43.2%`; without needless digits."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def px(value: float) -> str:
    """A pixel length without needless digits."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def nice_ticks(low: float, high: float, *, wanted: int = 4) -> list[float]:
    """Round numbers that cover `low`…`high`, about `wanted` steps of 1, 2, 2.5 or 5 times a power of ten."""
    if high - low <= 1e-9 * max(1.0, abs(low)):
        high = low + 1
    raw = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    places = max(0, 2 - math.floor(math.log10(step)))
    return [round(i * step, places) for i in range(first, last + 1)]


def tick_text(value: float) -> str:
    """A tick as a number of the language, no more places than it has."""
    return formats.number(int(value)) if value == int(value) else formats.number(value)


def shortened(label: str, most: int = MAX_LABEL) -> str:
    """The label, cut with an ellipsis where it would not fit."""
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def margin(labels: Iterable[str], *, most: int = MAX_LABEL) -> int:
    """Width class (in rem, 1…12) that holds the longest label."""
    longest = max((min(len(label), most) for label in labels), default=0)
    return max(1, min(12, math.ceil((longest * LETTER + 8) / 16)))


def text(x: str, y: float, content: str, *, css: str = "", dx: float = 0) -> str:
    """A label; `x` is a length with unit, `y` and `dx` are pixels."""
    classes = f' class="{css}"' if css else ""
    shift = f' dx="{px(dx)}"' if dx else ""
    return f'<text x="{x}" y="{px(y)}"{shift}{classes}>{escape(content)}</text>'


def row_label(y: float, label: str, *, css: str = "te", url: str = "") -> str:
    """A row's name at the left of the zero line, in full as tooltip where it was cut."""
    short = shortened(label)
    title = f"<title>{escape(label)}</title>" if short != label else ""
    body = f'<text x="0" y="{px(y)}" dx="-8" class="{css}">{escape(short)}{title}</text>'
    return f'<a href="{escape(url)}">{body}</a>' if url else body


def rect(*, x: float, width: float, y: float, height: float, css: str) -> str:
    """A bar; `x` and `width` are shares of the plot, `y` and `height` pixels."""
    return f'<rect x="{pct(x)}" width="{pct(max(width, 0))}" y="{px(y)}" height="{px(height)}" class="{css}"/>'


def rule(x1: float, x2: float, y1: float, y2: float, css: str) -> str:
    """A straight line; shares along the page, pixels down it."""
    return f'<line x1="{pct(x1)}" x2="{pct(x2)}" y1="{px(y1)}" y2="{px(y2)}" class="{css}"/>'


def dot(x: float, y: float, css: str, radius: float = 5) -> str:
    """A round mark."""
    return f'<circle cx="{pct(x)}" cy="{px(y)}" r="{px(radius)}" class="{css}"/>'


def path(points: Sequence[tuple[float, float]], *, close: bool = False) -> str:
    """Path data through points in the box of 1,000 by the plot's height."""
    steps = "L".join(f"{px(x * 1000)} {px(y)}" for x, y in points)
    return f"M{steps}{'Z' if close else ''}" if points else ""


def canvas(body: str, *, height: float, label: str, left: int = 0, right: int = 0) -> str:
    """The outer drawing: as wide as its place, `height` pixels high, margins by class in rem."""
    return (
        f'<svg class="lc lc-l{left} lc-r{right}" height="{px(height)}" role="{role_of(body)}" '
        f'aria-label="{escape(label)}">{body}</svg>'
    )


def role_of(body: str) -> str:
    """A drawing is one image, unless links inside it are to be reached."""
    return "group" if "<a " in body else "img"


def stretched(body: str, *, y: float, height: float) -> str:
    """An inner drawing of 1,000 by `height` units, stretched to the width; its strokes keep their weight."""
    return (
        f'<svg y="{px(y)}" width="100%" height="{px(height)}" viewBox="0 0 1000 {px(height)}" '
        f'preserveAspectRatio="none" overflow="visible">{body}</svg>'
    )


def spread(wanted: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Moves label heights apart so that neighbours are `gap` pixels away, kept within `low`…`high` where they fit."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = list(wanted)
    floor = low
    for i in order:
        placed[i] = max(wanted[i], floor)
        floor = placed[i] + gap
    over = floor - gap - high
    if over > 0:
        ceiling = high
        for i in reversed(order):
            placed[i] = min(placed[i], ceiling)
            ceiling = placed[i] - gap
    return placed
