"""Charts: exact places of marks, zero baselines, table twins, and what is refused."""

from __future__ import annotations

import csv
import io
import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from tests.ui import gallery_charts as gallery

from lontar.ui import charts as c
from lontar.ui.charts import marks

MAKERS = (
    gallery.bars,
    gallery.intervals,
    gallery.dots,
    gallery.histogram,
    gallery.lines,
    gallery.multiples,
    gallery.shares,
)
FRAME = c.Frame("Berapa?", "contoh", 3)


def widths(svg: str) -> list[float]:
    """Widths of all bars in per cent."""
    return [float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)%"', svg)]


@pytest.mark.parametrize("maker", MAKERS)
def test_every_chart_is_well_formed_and_says_what_it_shows(maker: object) -> None:
    chart = maker()  # type: ignore[operator]  # one of the makers above
    root = ET.fromstring(f"<div>{chart.svg()}</div>")  # noqa: S314 -- our own markup
    drawing = next(root.iter("svg"))
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label")
    assert "style=" not in chart.svg()
    figure = chart.render()
    for part in (chart.frame.question, "n = ", "Sumber:", chart.frame.source, "Lihat sebagai tabel"):
        assert part in figure


def test_bars_begin_at_zero_and_the_longest_fills_the_width() -> None:
    chart = c.Bars(FRAME, [c.Bar("A", 25), c.Bar("B", 100), c.Bar("C", 50)], "Nama", "usaha")
    assert [bar.label for bar in chart.rows()] == ["B", "C", "A"]
    assert widths(chart.svg()) == [100.0, 50.0, 25.0]
    assert 'x="0%"' in chart.svg()


def test_nothing_recorded_is_said_and_is_not_a_bar() -> None:
    chart = c.Bars(FRAME, [c.Bar("A", None), c.Bar("B", 0)], "Nama", "usaha")
    assert [bar.label for bar in chart.rows()] == ["B", "A"]
    assert "tidak ada data" in chart.svg()
    assert widths(chart.svg()) == [0.0]
    with pytest.raises(ValueError, match="zero baseline"):
        c.Bars(FRAME, [c.Bar("A", -1)], "Nama", "usaha").svg()


def test_the_interval_counts_for_the_scale() -> None:
    chart = c.Bars(FRAME, [c.Bar("A", 50, 40, 100)], "Nama", "usaha")
    assert widths(chart.svg()) == [50.0]
    assert chart.sheet.heads == ["Nama", "usaha", "paling rendah", "paling tinggi"]


def test_labels_are_cut_with_the_whole_in_a_tooltip_and_never_become_markup() -> None:
    long = "<Kelompok> Tenun Ikat Bersama Contoh Uji"
    svg = c.Bars(FRAME, [c.Bar(long, 1)], "Nama", "usaha").svg()
    assert "&lt;Kelompok&gt; Tenun Ikat Bersama Contoh Uji</title>" in svg
    assert "&lt;Kelompok&gt; Tenun Ikat Ber…" in svg
    assert "<Kelompok>" not in svg


def test_shares_add_up_to_the_whole_width() -> None:
    svg = c.StackedShare(FRAME, ["a", "b", "c"], [("A", [1, 2, 5]), ("B", [0, 0, 0])], "Nama").svg()
    assert sum(widths(svg)) == pytest.approx(100)
    assert "tidak ada data" in svg
    with pytest.raises(ValueError, match="more than six parts"):
        c.StackedShare(FRAME, list("abcdefg"), [("A", [1] * 7)], "Nama").svg()


def test_a_wide_bin_is_drawn_by_density() -> None:
    svg = c.Histogram(FRAME, [0, 10, 30], [10, 20], "usaha", "desa").svg()
    heights = [float(h) for h in re.findall(r'height="([\d.]+)" class="f0 seg"', svg)]
    assert heights == [160.0, 160.0]
    with pytest.raises(ValueError, match="edges must rise"):
        c.Histogram(FRAME, [0, 10, 10], [1, 2], "usaha", "desa").svg()


def test_a_gap_in_a_line_stays_a_gap() -> None:
    lines = [c.Line("A", [1, None, 3, 4])]
    svg = c.Lines(FRAME, ["1", "2", "3", "4"], lines, "Tahun", "usaha").svg()
    assert svg.count('class="s0"') == 2
    with pytest.raises(ValueError, match="one value per place"):
        c.Lines(FRAME, ["1"], lines, "Tahun", "usaha")
    with pytest.raises(ValueError, match="small multiples"):
        c.Lines(FRAME, ["1"], [c.Line(str(i), [i]) for i in range(6)], "Tahun", "usaha")


def test_dots_need_no_zero_but_bars_of_time_have_one() -> None:
    chart = c.DotPlot(FRAME, [c.Dot("A", [100]), c.Dot("B", [104])], ["2025"], "Nama", "indeks")
    assert [dot.label for dot in chart.rows()] == ["B", "A"]
    assert ">100<" in chart.svg()
    assert ">0<" not in chart.svg()
    assert ">0<" in replace(chart, zero=True).svg()


def test_small_multiples_share_one_scale() -> None:
    panels = [c.Panel("A", c.Line("A", [0, 10])), c.Panel("B", c.Line("B", [0, 5]))]
    svg = c.SmallMultiples(FRAME, ["1", "2"], panels, "Nama", "usaha").svg()
    assert re.findall(r'd="(M[^"]+)"', svg) == ["M0 56L1000 0", "M0 56L1000 28"]


def test_the_table_twin_and_the_csv_hold_the_same_figures() -> None:
    chart = gallery.bars()
    rows = list(csv.reader(io.StringIO(c.csv_text(chart.sheet))))
    assert rows[0] == ["Kabupaten/kota", "usaha"]
    assert rows[1] == ["Sikka", "31209"]
    assert sum(int(row[1]) for row in rows[1:] if row[1]) == 168_002
    with translation.override("id"):
        assert '<th scope="row">Sikka</th><td class="l-n">31.209</td>' in chart.render()


def test_a_label_cannot_run_as_a_formula() -> None:
    sheet = c.Sheet(["Nama", "usaha"], [["=HYPERLINK(1)", 2], ["Contoh", None]])
    assert c.csv_text(sheet) == "Nama,usaha\r\n'=HYPERLINK(1),2\r\nContoh,\r\n"


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_ticks_are_round_rise_evenly_and_cover_the_values(low: float, span: float) -> None:
    ticks = marks.nice_ticks(low, low + span)
    steps = [b - a for a, b in itertools.pairwise(ticks)]
    assert 2 <= len(ticks) <= 9
    assert ticks[0] <= low + 1e-8 * max(1, abs(low), span)
    assert ticks[-1] >= low + span - 1e-8 * max(1, abs(low), span)
    assert max(steps) == pytest.approx(min(steps), rel=1e-3, abs=1e-9 * max(1, abs(low)))


@given(st.lists(st.floats(0, 300), min_size=1, max_size=8))
def test_end_labels_do_not_cover_each_other(heights: list[float]) -> None:
    placed = marks.spread(heights, gap=16, low=14, high=244)
    rising = sorted(placed)
    assert all(b - a >= 16 - 1e-9 for a, b in itertools.pairwise(rising))
    assert rising[-1] <= 244 + 1e-9
