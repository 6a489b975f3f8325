"""A regency officer issues the mapping document, downloads it, and a stranger verifies the paper on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Installation
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out, sign_in

pytestmark = pytest.mark.browser
HEADER = "ID Sumber;Nama Pemilik;Nama Usaha;Kode Desa;Produk Utama"
ROW = "P-1;Contoh Uji Pemetaan;Kopi Contoh Pemetaan;53.09.02.2010;Kopi bubuk"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A phone of 360 pixels; any error in its console fails the journey."""
    context = chromium.new_context(viewport={"width": 360, "height": 780}, locale="id-ID", accept_downloads=True)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


def test_the_document_is_issued_downloaded_and_verified(page: Page, installation: Installation, tmp_path: Path) -> None:
    listed = tmp_path / "pemetaan.csv"
    listed.write_text(f"{HEADER}\n{ROW}")
    installation.lontar("intake", "submit", str(listed), "--dataset", "enterprises", "--agency", "KOPUKM", "--wait")
    sign_in(page, installation, "pmd.5309.bidang")

    page.goto(f"{installation.address}/kantor/dokumen-pemetaan/")
    assert_nothing_sticks_out(page)
    assert_accessible(page)
    page.goto(f"{installation.address}/kantor/dokumen-pemetaan/53.09/")
    page.get_by_role("button", name="Terbitkan").press("Enter")
    expect(page.get_by_role("heading", name="Versi 1 · terbaru")).to_be_visible(timeout=60_000)
    assert_nothing_sticks_out(page)
    assert_accessible(page)

    with page.expect_download() as waited:
        page.get_by_role("link", name="PDF/A").click()
    pdf = tmp_path / "dokumen.pdf"
    waited.value.save_as(pdf)
    cover = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "Kabupaten Ngada" in cover

    page.get_by_role("link", name="Halaman periksa").click()
    assert page.url.removeprefix(installation.address) in cover
    expect(page.get_by_role("heading", name="Dokumen ini asli")).to_be_visible()
    expect(page.get_by_text("Ini versi terbaru.")).to_be_visible()
    page.get_by_label("Berkas dokumen").set_input_files(pdf)
    expect(page.get_by_text("Cocok: ini berkas PDF asli")).to_be_visible()
    assert_nothing_sticks_out(page)
    assert_accessible(page)
    changed = tmp_path / "diubah.pdf"
    changed.write_bytes(pdf.read_bytes() + b"\n")
    page.get_by_label("Berkas dokumen").set_input_files(changed)
    expect(page.get_by_text("Tidak cocok")).to_be_visible()
