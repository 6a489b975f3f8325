"""Static maps: classes, projection, weight at full size."""

from __future__ import annotations

import gzip
import itertools
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ui import gallery_charts, gallery_map

from lontar.ui import maps as m
from lontar.ui.charts import Frame
from lontar.ui.maps.land import View, land, mercator

VALUES = st.lists(st.integers(0, 1000).map(float), min_size=1, max_size=60)


def test_quantiles_hold_about_equally_many() -> None:
    assert m.quantile_breaks(range(1, 11), 5) == (1.0, 3.0, 5.0, 7.0, 9.0, 10.0)
    assert m.quantile_breaks([0, 0, 0, 0, 9], 5) == (0.0, 9.0, 9.0)
    assert m.quantile_breaks([3.0], 5) == (3.0, 3.0)
    assert m.quantile_breaks([], 5) == ()


def test_natural_breaks_part_what_is_apart() -> None:
    assert m.natural_breaks([1, 2, 2, 3, 50, 51, 52, 200, 201], 3) == (1.0, 50.0, 200.0, 201.0)


@settings(max_examples=60, deadline=None)
@given(VALUES, st.integers(2, 4))
def test_natural_breaks_are_the_best_there_are(values: list[float], classes: int) -> None:
    levels = sorted(set(values))[:9]
    kept = sorted(v for v in values if v in levels)
    edges = m.natural_breaks(kept, classes)
    if len(levels) <= classes:
        assert edges == (*levels, levels[-1])
        return

    def spread(starts: tuple[float, ...]) -> float:
        cuts = [*starts, np.inf]
        groups = [[v for v in kept if a <= v < b] for a, b in itertools.pairwise(cuts)]
        return float(sum(np.var(g) * len(g) for g in groups if g))

    best = min(spread((levels[0], *cut)) for cut in itertools.combinations(levels[1:], classes - 1))
    assert spread(edges[:-1]) == pytest.approx(best, abs=1e-6)


@given(VALUES, st.integers(2, 7))
def test_every_value_falls_into_one_class_and_the_legend_counts_them(values: list[float], classes: int) -> None:
    scale = m.Classes.of(values, classes=classes)
    places = [scale.class_of(value) for value in values]
    assert all(1 <= place <= scale.size for place in places)
    for value, place in zip(values, places, strict=True):
        low, high = scale.edges[place - 1], scale.edges[place]
        assert low <= value <= high
    assert sum(line.count for line in scale.legend([*values, None])) == len(values) + 1


def test_no_data_is_a_class_of_its_own_and_limits_belong_to_the_upper_class() -> None:
    scale = m.Classes((0.0, 10.0, 20.0))
    assert [scale.class_of(v) for v in (None, "kopi", 0.0, 9.9, 10.0, 20.0)] == [0, 0, 1, 1, 2, 2]
    with translation.override("id"):
        assert scale.legend([1.0, None])[-1].label == "tidak ada data"
        assert [line.label for line in scale.legend([1.0])] == ["0 – 9", "10 – 20"]

        assert [line.label for line in m.Classes((0.0, 1.0, 9.0, 9.0)).legend([])] == ["0", "1 – 8", "9"]
        assert m.Classes((0.0, 0.5, 1.0), decimals=2).label(1) == "0,00 – 0,49"


def test_few_classes_reach_from_light_to_deep() -> None:
    assert [m.Classes((0.0, 1.0, 2.0, 3.0)).css(p) for p in range(4)] == ["r0", "r1", "r4", "r7"]
    assert [m.Classes(tuple(map(float, range(6)))).css(p) for p in (1, 5)] == ["r1", "r7"]
    with pytest.raises(ValueError, match="between 2 and 7"):
        m.Classes.of([1.0, 2.0], classes=9)


def test_categories_go_by_key() -> None:
    kinds = m.Categories([("kopi", "Kopi"), ("tenun", "Tenun ikat")])
    assert [kinds.class_of(v) for v in ("tenun", "lain", None)] == [2, 0, 0]
    with pytest.raises(ValueError, match="more than seven"):
        m.Categories([(str(i), str(i)) for i in range(8)])


def test_the_projection_is_web_mercator() -> None:
    assert mercator(0) == pytest.approx(0, abs=1e-12)
    assert mercator(-10) == pytest.approx(-10.0511589, abs=1e-6)
    view = View(118.0, -11.0, 126.0, -8.0)
    assert view.xy(118.0, -8.0) == (0.0, 0.0)
    assert view.xy(126.0, -11.0) == pytest.approx((1000.0, view.height))


def test_a_view_holds_its_points() -> None:
    view = View.around([(121.0, -8.8)])
    assert view.west < 121.0 < view.east
    assert view.south < -8.8 < view.north
    with pytest.raises(ValueError, match="at least one point"):
        View.around([])


def test_the_land_has_the_province_its_neighbours_and_timor_leste() -> None:
    drawn = land()
    assert set(drawn.kinds) == {"own", "neighbour", "timor-leste"}
    assert len(drawn.kinds["own"]) == 16
    assert drawn.view.west < 118.95 < 125.2 < drawn.view.east


def test_three_thousand_villages_are_one_path_per_class() -> None:
    chart = gallery_map.drawing()
    svg = chart.svg()
    ET.fromstring(svg)  # noqa: S314 -- our own markup
    assert len(chart.points) > 3200
    assert svg.count("h0") == len(chart.points)
    assert svg.count("<circle") == 0
    assert len(gzip.compress(svg.encode(), 6)) <= 25_000


def test_names_keep_apart_on_a_phone_and_on_a_wide_screen() -> None:
    svg = gallery_map.drawing().svg()
    found = re.findall(r'<text x="([\d.]+)%" y="([\d.]+)%" class="([^"]+)">([^<]+)<', svg)
    assert len({name for *_rest, name in found}) >= 15
    for width, hidden in ((360, "l-wide-only"), (1120, "l-narrow-only")):
        boxes = [
            (float(x) * width / 100, float(y) * land().view.height * width / 100_000, len(name) * 6.6)
            for x, y, css, name in found
            if hidden not in css
        ]
        for (x, y, w), (x2, y2, w2) in itertools.combinations(boxes, 2):
            assert abs(y - y2) >= 13 or abs(x - x2) >= (w + w2) / 2 - 1.5


def test_an_area_without_data_is_hatched_and_one_with_an_address_leads_there() -> None:
    chart = gallery_charts.area_map()
    svg = chart.svg()
    assert svg.count('fill="url(#wilayah-h)"') == 1
    linked = m.AreaMap(Frame("Apa?", "x"), [m.Area("1", "A & B", chart.areas[0].polygons, 3.0, "/w/1")], chart.scale)
    assert '<a href="/w/1">' in linked.svg()
    assert "<title>A &amp; B</title>" in linked.svg()
