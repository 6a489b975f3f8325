"""The village map in a real browser: mouse, keyboard, search, classes, drill-down, shared address, failures."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect
from tests.ui import gallery_map
from tests.ui.test_in_browser import PHONE, Open, visit

pytestmark = pytest.mark.browser

__all__ = ["visit"]  # the fixture


def live(visit: Open, address: str = "/peta", **options: object) -> Page:
    """The page with the map at work."""
    page = visit(address, **options)
    page.wait_for_selector(".l-map-live")
    page.wait_for_timeout(400)
    return page


def test_the_live_map_stands_where_the_drawing_stood(visit: Open) -> None:
    page = visit("/peta", wait=False)
    before = page.locator(".l-map-stage").bounding_box()
    page.wait_for_selector(".l-map-live")
    assert page.locator(".l-map-stage").bounding_box() == before
    expect(page.locator(".l-map-stage > svg.lm")).to_be_hidden()
    expect(page.locator(".l-map-class")).to_have_count(6)


def test_the_legend_counts_what_the_layer_holds(visit: Open) -> None:
    page = live(visit)
    counts = [int(text.replace(".", "")) for text in page.locator(".l-map-class .l-num").all_inner_texts()]
    assert sum(counts) == 3442
    values = gallery_map.layer("usaha")["values"]
    assert counts[-1] == sum(value is None for value in values)
    assert counts[0] == sum(value is not None and value >= gallery_map.layer("usaha")["edges"][-2] for value in values)


def test_arrow_keys_walk_from_village_to_village_and_enter_opens_one(visit: Open) -> None:
    page = live(visit, "/peta?wilayah=53.09")
    page.locator(".maplibregl-canvas").focus()
    page.keyboard.press("ArrowRight")
    first = page.locator(".l-map-card h2").inner_text()
    page.keyboard.press("ArrowDown")
    second = page.locator(".l-map-card h2").inner_text()
    assert first != second
    code = re.search(r"desa=(53\.09[\d.]+)", page.url)
    assert code is not None
    expect(page.locator("#kabar")).to_contain_text(f"{second}, Kecamatan")
    page.keyboard.press("Escape")
    expect(page.locator(".l-map-card")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    picked = re.search(r"desa=([\d.]+)", page.url)
    assert picked is not None
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desa/{picked.group(1)}")


def test_a_click_picks_the_village_under_it(visit: Open) -> None:
    data = gallery_map.villages()
    place = "53.09.02"
    pointed = [i for i, code in enumerate(data["codes"]) if code.startswith(place) and data["lat"][i] is not None]
    south = min(pointed, key=lambda i: data["lat"][i])
    page = live(visit, f"/peta?wilayah={place}")
    name = page.locator(".l-map-name:visible", has_text=re.compile(f"^{re.escape(data['names'][south])}$"))
    box = name.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - 15)
    expect(page.locator(".l-map-card h2")).to_have_text(data["names"][south])
    expect(page.locator(".l-map-card a")).to_have_attribute("href", f"/desa/{data['codes'][south]}")


def test_the_search_finds_regions_and_villages_and_goes_there(visit: Open) -> None:
    page = live(visit)
    page.get_by_role("combobox", name="Cari desa, kecamatan, atau kabupaten").fill("bajaw")
    expect(page.locator("#hasil-peta").get_by_role("option").first).to_have_text("Bajawa Kecamatan, Kabupaten Ngada")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#wilayah option:checked")).to_have_text(re.compile("Bajawa$"))
    assert re.search(r"wilayah=53\.09\.\d\d", page.url)


def test_going_down_and_up_follows_the_region_path(visit: Open) -> None:
    page = live(visit)
    page.locator(".l-map-name", has_text="Ngada").click()
    expect(page.locator("#wilayah")).to_have_value("53.09")
    expect(page.locator(".l-map-name", has_text="Bajawa").first).to_be_visible()
    inside = sum(int(text.replace(".", "")) for text in page.locator(".l-map-class .l-num").all_inner_texts())
    assert inside == sum(code.startswith("53.09.") for code in gallery_map.villages()["codes"])
    page.get_by_role("button", name="Naik satu tingkat").click()
    expect(page.locator("#wilayah")).to_have_value("")
    page.go_back()
    expect(page.locator("#wilayah")).to_have_value("53.09")


def test_a_class_can_be_shown_alone_and_the_address_carries_it(visit: Open) -> None:
    page = live(visit)
    page.locator(".l-map-class").first.click()
    assert page.url.endswith("kelas=5")
    expect(page.locator(".l-map-class").first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".l-map-class").nth(1)).to_have_attribute("aria-pressed", "false")
    again = live(visit, "/peta?lapis=unggulan&wilayah=53.09&kelas=1,2")
    expect(again.locator("#lapis")).to_have_value("unggulan")
    assert [b.get_attribute("aria-pressed") for b in again.locator(".l-map-class").all()][:4] == [
        "true",
        "true",
        "false",
        "false",
    ]


def test_a_layer_that_does_not_come_leaves_the_old_one(visit: Open) -> None:
    page = live(visit)
    page.route("**/peta/lapis/unggulan.json", lambda route: route.fulfill(status=503, body="x"))
    page.locator("#lapis").select_option("unggulan")
    expect(page.locator("#lapis")).to_have_value("usaha")
    expect(page.locator(".l-map-legend-head")).to_contain_text("Usaha terdata")


def test_without_its_data_the_drawing_and_its_legend_stay(visit: Open) -> None:
    page = visit("/hilang")
    page.context.route("**/peta/desa.json", lambda route: _broken(route))
    page.goto(page.url.replace("/hilang", "/peta"))
    expect(page.locator(".l-map-failed")).to_be_visible()
    expect(page.locator(".l-map-stage > svg.lm")).to_be_visible()
    expect(page.locator(".l-legend li")).to_have_count(6)


def _broken(route: Route) -> None:
    route.fulfill(status=200, body="<html>", content_type="text/html")


def test_a_device_that_saves_data_is_asked_first(visit: Open) -> None:
    page = visit("/hilang", size=PHONE)
    page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page.goto(page.url.replace("/hilang", "/peta"))
    page.wait_for_load_state("networkidle")
    expect(page.locator(".l-map-canvas")).to_have_count(0)
    page.get_by_role("button", name="Muat peta interaktif").click()
    page.wait_for_selector(".l-map-live")


def test_the_colours_follow_the_scheme_of_the_device(visit: Open) -> None:
    page = live(visit)
    light = page.locator(".l-map-key").first.evaluate("(key) => getComputedStyle(key).backgroundColor")
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)
    assert page.locator(".l-map-key").first.evaluate("(key) => getComputedStyle(key).backgroundColor") != light
