"""An officer signs in, sends a list, sees what became of it, corrects it; the public sees the village. At both widths."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Installation

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
HEADER = "ID Sumber;NIB;Nama Pemilik;Nama Usaha;Kode Desa;Produk Utama;Tenaga Kerja Dibayar;Tenaga Kerja Tidak Dibayar"
GOOD = "J{n}-1;99{n}0000000011;Contoh Uji Satu;Kopi Contoh Uji {n};53.09.02.2010;Kopi bubuk;1;1"
BAD = "J{n}-2;99{n}00;Contoh Uji Dua;Tenun Contoh Uji {n};53.09.02.2010;Tenun;0;1"


@pytest.fixture(params=[360, 1280])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A page of a fresh visitor, 360 or 1280 pixels wide; any error in its console fails the journey."""
    context = chromium.new_context(viewport={"width": request.param, "height": 800}, locale="id-ID")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


def sign_in(page: Page, installation: Installation, username: str) -> None:
    page.goto(f"{installation.address}/kantor/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(installation.password)
    page.locator("form input[name=password]").press("Enter")
    expect(page).to_have_url(f"{installation.address}/kantor/")


def width_of(page: Page) -> int:
    size = page.viewport_size
    assert size is not None
    return size["width"]


def settled(page: Page) -> None:
    """Wait until the document that a click asked for is there to its end: between two documents there is none."""
    page.locator("footer").first.wait_for(state="attached")
    page.wait_for_load_state()


def assert_nothing_sticks_out(page: Page) -> None:
    settled(page)
    sticks = (
        "e.getBoundingClientRect().right > innerWidth + 1 || "
        "e.scrollWidth > e.clientWidth + 1 && e.clientWidth && getComputedStyle(e).overflowX == 'visible'"
    )
    wide = f"[...document.querySelectorAll('body *')].filter(e => !e.closest('.l-menu') && ({sticks})).reverse()"
    shown = ".slice(0, 3).map(e => e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 60))"
    assert page.evaluate("document.documentElement.scrollWidth") <= width_of(page), page.evaluate(wide + shown)
    end = "Math.max(innerHeight, document.querySelector('footer').getBoundingClientRect().bottom + scrollY)"
    assert page.evaluate(f"document.documentElement.scrollHeight - {end}") <= 48, "empty space beneath the footer"


def assert_accessible(page: Page) -> None:
    settled(page)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []


def test_an_officer_sends_a_list_and_the_village_shows_it(
    page: Page, installation: Installation, tmp_path: Path
) -> None:
    mark = width_of(page) % 10 + (1 if width_of(page) == 360 else 2)
    path = tmp_path / f"daftar-{mark}.csv"
    path.write_text("\n".join([HEADER, GOOD.format(n=mark), BAD.format(n=mark)]))
    sign_in(page, installation, "kopukm.data")

    page.goto(f"{installation.address}/kantor/kiriman/baru/")
    page.get_by_role("radio", name="Usaha (IKM/UMK)").check()
    page.locator("input[type=file]").set_input_files(path)
    page.locator("form:has(input[type=file]) button[type=submit]").last.click()

    expect(page.get_by_text("menunggu perbaikan").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("NIB").first).to_be_visible()
    assert_nothing_sticks_out(page)
    assert_accessible(page)

    page.goto(f"{installation.address}/desa/53.09.02.2010")
    expect(page.get_by_text(f"Kopi Contoh Uji {mark}").first).to_be_visible()
    assert "Contoh Uji Satu" not in page.content()
    with urllib.request.urlopen(f"{installation.address}/api/v1/coverage") as answer:
        ngada = next(item for item in json.load(answer)["items"] if item["code"] == "53.09")
    assert ngada["enterprises_registered"] >= 1


def test_the_map_is_read_by_keyboard_and_as_a_table(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.address}/peta")
    assert_nothing_sticks_out(page)
    assert_accessible(page)

    page.get_by_role("link", name="Lihat sebagai tabel").first.click()

    expect(page.locator("table").first).to_be_visible()
    assert_nothing_sticks_out(page)


@pytest.mark.parametrize(
    "path", ["/", "/wilayah/53.09", "/desa/53.09.02.2010", "/cari?q=ratogesa", "/data", "/tentang", "/api/v1/docs"]
)
def test_public_pages_fit_and_are_accessible(page: Page, installation: Installation, path: str) -> None:
    page.goto(f"{installation.address}{path}")

    assert_nothing_sticks_out(page)
    assert_accessible(page)


@pytest.mark.parametrize(
    "path",
    ["/kantor/", "/kantor/usaha/", "/kantor/desa/", "/kantor/cakupan/", "/kantor/kiriman/", "/kantor/akses/instansi/"],
)
def test_office_pages_fit_and_are_accessible(page: Page, installation: Installation, path: str) -> None:
    sign_in(page, installation, "dpmd.admin")

    page.goto(f"{installation.address}{path}")

    assert_nothing_sticks_out(page)
    assert_accessible(page)


def test_a_stranger_is_sent_to_the_sign_in_page_and_back(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.address}/kantor/usaha/")

    expect(page.locator("input[name=password]")).to_be_visible()
