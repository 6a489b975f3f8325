"""The colours as written in the style sheet, held to the contrast that people with weak sight need (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "frontend" / "src" / "styles" / "_tokens.scss"
TEXT_PAIRS = [
    (text, ground)
    for ground in ("tulang", "kertas")
    for text in ("tinta", "tinta-2", "nila", "mengkudu", "laut", "laut-kuat", "lontar-teks")
] + [
    ("di-nila", "nila"),
    ("di-nila", "nila-kuat"),
    ("di-nila", "mengkudu"),
    ("laut-kuat", "laut-muda"),
    ("lontar-teks", "lontar-muda"),
    ("mengkudu", "mengkudu-muda"),
    ("nila", "nila-muda"),
    ("tinta", "abu-muda"),
    ("tinta", "nila-muda"),
    ("tinta-2", "abu-muda"),
    ("mengkudu", "abu-muda"),
    ("tinta", "tanah"),
]
SHAPE_PAIRS = [("garis-kuat", "kertas"), ("garis-kuat", "tulang"), ("mengkudu", "tulang"), ("laut", "abu-muda")]


def schemes() -> dict[str, dict[str, str]]:
    """Tokens of the light and the dark scheme."""
    light, dark = SOURCE.read_text(encoding="utf-8").split("@media screen and (prefers-color-scheme: dark)")
    find = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")
    first = dict(find.findall(light))
    return {"light": first, "dark": {**first, **dict(find.findall(dark))}}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_a_contrast_of_four_and_a_half(scheme: str) -> None:
    tokens = schemes()[scheme]
    poor = {pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_and_marks_have_a_contrast_of_three(scheme: str) -> None:
    tokens = schemes()[scheme]
    poor = {pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in SHAPE_PAIRS}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 3} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ramp_of_the_map_moves_one_way(scheme: str) -> None:
    tokens = schemes()[scheme]
    steps = [luminance(tokens[f"ramp-{i}"]) for i in range(1, 8)]
    assert steps == sorted(steps, reverse=scheme == "light")
