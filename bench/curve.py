"""Draws precision against recall of every measured list into docs/pictures/matching-curve.svg, beside the references' best points."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

PICTURE = Path("docs/pictures/matching-curve.svg")
_INKS = ("#8a1c2c", "#1f4e5f", "#b7791f", "#4a6b2a", "#5b3a6e", "#3b3b3b")
_LEFT, _TOP, _WIDE, _TALL = 64, 24, 560, 360
_FROM = 0.4  # both axes begin here; what lies below is left out
_MARKS = {
    "splink": ("plain Splink, its best threshold", "M-5,-5L5,5M-5,5L5,-5"),
    "rapidfuzz": ("rapidfuzz with weights by hand", "M-6,0H6M0,-6V6"),
}


def draw(results: dict[str, Any], path: Path = PICTURE) -> None:
    """Write the picture of `results` (the content of linkage.json)."""
    parts = [_axes()]
    for number, (name, result) in enumerate(results.items()):
        ink, told = _INKS[number % len(_INKS)], result["ours"]
        points = sorted((recall, precision) for _threshold, precision, recall in result["curve"] if recall >= _FROM)
        line = " ".join(f"{_x(recall):.1f},{_y(precision):.1f}" for recall, precision in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{ink}" stroke-width="2"/>')
        parts.append(f'<circle cx="{_x(told["recall"]):.1f}" cy="{_y(told["precision"]):.1f}" r="4.5" fill="{ink}"/>')
        for matcher, (_words, mark) in _MARKS.items():
            if matcher in result:
                at = f"translate({_x(result[matcher]['recall']):.1f} {_y(result[matcher]['precision']):.1f})"
                parts.append(f'<path d="{mark}" transform="{at}" stroke="{ink}" stroke-width="2"/>')
        parts.append(_text(_LEFT + _WIDE + 36, _TOP + 16 + 22 * number, name, ink=ink))
        parts.append(
            f'<rect x="{_LEFT + _WIDE + 18}" y="{_TOP + 8 + 22 * number}" width="12" height="4" fill="{ink}"/>'
        )
    parts += _legend(_TOP + 40 + 22 * len(results))
    wide, tall = _LEFT + _WIDE + 290, _TOP + _TALL + 56
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" font-family="system-ui,sans-serif" font-size="13" '
        f'role="img" aria-label="Precision against recall of lontar link by threshold, list by list">'
        f'<rect width="{wide}" height="{tall}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _x(recall: float) -> float:
    return _LEFT + (recall - _FROM) / (1 - _FROM) * _WIDE


def _y(precision: float) -> float:
    return _TOP + (1 - precision) / (1 - _FROM) * _TALL


def _axes() -> str:
    told = []
    for step in range(7):
        value = _FROM + step / 10
        told.append(
            f'<path d="M{_x(value):.1f},{_TOP}V{_TOP + _TALL}M{_LEFT},{_y(value):.1f}H{_LEFT + _WIDE}" stroke="#e3e0da"/>'
        )
        told.append(_text(_x(value), _TOP + _TALL + 18, f"{value:.1f}", anchor="middle"))
        told.append(_text(_LEFT - 8, _y(value) + 4, f"{value:.1f}", anchor="end"))
    told.append(_text(_LEFT + _WIDE / 2, _TOP + _TALL + 42, "recall", anchor="middle"))
    told.append(f'<text transform="translate(18 {_TOP + _TALL / 2}) rotate(-90)" text-anchor="middle">precision</text>')
    return "".join(told)


def _legend(top: float) -> list[str]:
    across = _LEFT + _WIDE + 24
    told = [
        f'<circle cx="{across}" cy="{top}" r="4.5" fill="#555"/>',
        _text(across + 12, top + 4, "lontar link, default threshold"),
    ]
    for number, (words, mark) in enumerate(_MARKS.values(), 1):
        told.append(
            f'<path d="{mark}" transform="translate({across} {top + 22 * number})" stroke="#555" stroke-width="2"/>'
        )
        told.append(_text(across + 12, top + 22 * number + 4, words))
    return told


def _text(x: float, y: float, words: str, *, anchor: str = "start", ink: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{ink}">{escape(words)}</text>'


if __name__ == "__main__":
    draw(json.loads(Path(__file__).with_name("linkage.json").read_text()))
