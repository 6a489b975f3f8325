"""An officer finds an enterprise by keyboard, looks at it beside the list, reveals a number with a reason, verifies, undoes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Installation
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out, sign_in

pytestmark = pytest.mark.browser
HEADER = "ID Sumber;NIK Pemilik;Nama Pemilik;Nama Usaha;Kode Desa;Produk Utama"
ROWS = (
    "K-1;5309021504850001;Contoh Uji Papan;Anyaman Papan Ketik;53.09.02.2010;Nyiru bambu",
    "K-2;;Contoh Uji Kunci;Tenun Papan Ketik;53.09.02.2010;Kain tenun",
)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A desk of 1280 pixels; any error in its console fails the journey."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


def test_the_office_by_keyboard(page: Page, installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "papan-ketik.csv"
    path.write_text("\n".join([HEADER, *ROWS]))
    installation.lontar("intake", "submit", str(path), "--dataset", "enterprises", "--agency", "KOPUKM", "--wait")
    sign_in(page, installation, "kopukm.data")
    page.wait_for_load_state("networkidle")  # the keys are the script's

    page.keyboard.press("/")
    page.keyboard.type("papan ketik")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Tenun Papan Ketik")).to_be_visible()

    page.goto(f"{installation.address}/kantor/usaha/?q=papan+ketik&urut=nama")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2").first).to_have_text("Anyaman Papan Ketik")
    assert "buka=" in page.url
    assert_nothing_sticks_out(page)
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()

    page.locator("input[name=semua], [data-pick-page]").last.check()
    page.get_by_role("button", name="Verifikasi", exact=True).click()
    expect(page.get_by_role("heading", name="Verifikasi 2 usaha?")).to_be_visible()
    page.get_by_role("button", name="Verifikasi").click()
    expect(page.get_by_text("2 usaha diverifikasi.")).to_be_visible()
    page.get_by_role("link", name="Urungkan").click()
    page.get_by_role("dialog").get_by_role("button", name="Urungkan").click()
    expect(page.get_by_text("Diurungkan untuk 2 usaha.")).to_be_visible()

    page.goto(f"{installation.address}/kantor/usaha/?q=papan+ketik&urut=nama")
    page.get_by_role("link", name="Anyaman Papan Ketik").click()
    page.get_by_role("link", name="Buka halaman lengkap").click()
    expect(page.get_by_text("5309********0001")).to_be_visible()
    page.get_by_role("link", name="Tampilkan NIK").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("Mencocokkan KTP contoh")
    page.get_by_role("dialog").get_by_role("button", name="Catat alasan dan tampilkan").click()
    expect(page.get_by_role("dialog").get_by_text("5309021504850001")).to_be_visible()
