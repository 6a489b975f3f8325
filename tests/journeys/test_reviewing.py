"""A reviewer says same, different and unsure by keys until none is left, and takes the last back; also on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Installation
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out, sign_in

pytestmark = pytest.mark.browser
HEADER = "NIK Pemilik;Nama Pemilik;Nama Usaha;Kode Desa;No. HP"
OWNERS = ("Yosefina Contoh Bhara", "Marselinus Contoh Dhae", "Petronela Contoh Lodo", "Kristoforus Contoh Wea")
NIKS = ("", "", "", "5309021504850001")
SLIP = "5309021504850002"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A desk of 1280 pixels; any error in its console, but for a merge that is refused, fails the journey."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert [one for one in faults if "409" not in one] == []


def listed(path: Path, *, names: bool) -> Path:
    """The four owners with their phones; without the names of their businesses, and one NIK mistyped, where `names` is off."""
    rows = []
    for number, (owner, nik) in enumerate(zip(OWNERS, NIKS, strict=True)):
        name = f"Anyaman Contoh {owner.split()[0]}" if names else ""
        rows.append(f"{nik if names or not nik else SLIP};{owner};{name};53.01.04.2003;08199900{number:04d}")
    path.write_text("\n".join([HEADER, *rows]))
    return path


def test_a_reviewer_works_by_keys(page: Page, installation: Installation, tmp_path: Path) -> None:
    for name, agency in (("satu", "DPMD"), ("dua", "KOPUKM")):
        path = listed(tmp_path / f"tinjau-{name}.csv", names=name == "satu")
        installation.lontar("intake", "submit", str(path), "--dataset", "enterprises", "--agency", agency, "--wait")
    sign_in(page, installation, "pmd.5301.bidang")
    page.goto(f"{installation.address}/kantor/pasangan/")
    expect(page.get_by_role("link", name="Tinjau satu per satu")).to_be_visible()
    assert_nothing_sticks_out(page)
    assert_accessible(page)
    page.get_by_role("link", name="Tinjau satu per satu").click()
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    pair = page.locator("[data-pair]")
    finished = page.get_by_role("heading", name="Tidak ada pasangan yang menunggu Anda.")

    seen: list[str] = []
    while not finished.is_visible():
        seen.append(str(pair.get_attribute("data-pair")))
        with page.expect_response(lambda answer: "/putus/" in answer.url):
            page.keyboard.press("bsr"[len(seen) % 3])
        page.wait_for_load_state("networkidle")
        if pair.count():
            expect(pair).not_to_have_attribute("data-pair", seen[-1])
        else:
            expect(finished).to_be_visible()
    assert len(seen) == len(set(seen)) >= len(OWNERS) - 1, "every pair once"
    with page.expect_response(lambda answer: "/urungkan/" in answer.url):
        page.keyboard.press("z")
    expect(pair).to_be_visible(timeout=15_000)

    page.goto(f"{installation.address}/kantor/pasangan/{pair.get_attribute('data-pair')}/")
    expect(pair).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    assert_nothing_sticks_out(page)
    assert_accessible(page)
    expect(page.get_by_role("button", name="Beda")).to_be_in_viewport()
    with page.expect_response(lambda answer: "/putus/" in answer.url) as said:
        page.get_by_role("button", name="Beda").click()
    assert said.value.status == 200
