"""A regency officer returns one field, the village corrects it on a phone, the agency signs, the mapping document is issued."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Installation
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out, sign_in

pytestmark = pytest.mark.browser
HEADER = "ID Sumber;Nama Pemilik;Nama Usaha;Kode Desa;Produk Utama;Tenaga Kerja Dibayar"
ROW = "V-1;Contoh Uji Pengesahan;Tenun Contoh Pengesahan;53.09.02.2010;Kain tenun;40"
NAME = "Tenun Contoh Pengesahan"


@pytest.fixture
def pages(chromium: Browser) -> Iterator[dict[str, Page]]:
    """The village's phone with touch, and a desk for everybody else; any error in a console fails the journey."""
    faults: list[str] = []
    shapes = {
        "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
        "desk": {"viewport": {"width": 1280, "height": 800}},
        "agency": {"viewport": {"width": 1280, "height": 800}},
    }
    contexts = {name: chromium.new_context(locale="id-ID", **shape) for name, shape in shapes.items()}  # type: ignore[arg-type]  # shapes of a browser
    made = {name: context.new_page() for name, context in contexts.items()}
    for page in made.values():
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield made
    for context in contexts.values():
        context.close()
    assert faults == []


def checked(page: Page) -> None:
    assert_nothing_sticks_out(page)
    assert_accessible(page)


def open_enterprise(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.address}/kantor/usaha/?q=Tenun+Contoh+Pengesahan")
    href = page.locator("tbody").get_by_role("link", name=NAME).first.get_attribute("href") or ""
    number = re.search(r"(?:buka=|usaha/)(\d+)", href)
    assert number is not None, href
    page.goto(f"{installation.address}/kantor/usaha/{number[1]}/")
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def test_one_field_goes_back_and_the_paper_counts_what_was_signed(
    pages: dict[str, Page], installation: Installation, tmp_path: Path
) -> None:
    listed = tmp_path / "pengesahan.csv"
    listed.write_text(f"{HEADER}\n{ROW}")
    installation.lontar("intake", "submit", str(listed), "--dataset", "enterprises", "--agency", "KOPUKM", "--wait")
    desk, phone, agency = pages["desk"], pages["phone"], pages["agency"]

    # the regency returns one field
    sign_in(desk, installation, "pmd.5309.bidang")
    open_enterprise(desk, installation)
    checked(desk)
    desk.get_by_role("link", name="Kembalikan satu isian").press("Enter")
    desk.get_by_label("Isian yang dikembalikan").select_option("workers_paid")
    desk.get_by_label("Alasan").fill("Di lapangan hanya ada empat orang yang dibayar.")
    checked(desk)
    desk.get_by_role("button", name="Kembalikan dengan alasan").press("Enter")
    expect(desk.get_by_text("Isian dikembalikan.")).to_be_visible()

    # the village corrects it on a phone
    sign_in(phone, installation, "desa.5309022010.sekretaris")
    checked(phone)
    phone.get_by_role("link", name="Isian dikembalikan untuk Anda perbaiki").tap()
    phone.get_by_role("link", name="Tenaga kerja dibayar").first.tap()
    expect(phone.get_by_text("Di lapangan hanya ada empat orang yang dibayar.")).to_be_visible()
    expect(phone.get_by_label("Tenaga kerja dibayar")).to_have_value("40")
    checked(phone)
    phone.get_by_label("Tenaga kerja dibayar").fill("4")
    phone.get_by_role("button", name="Kirim perbaikan").tap()
    expect(phone.get_by_text("Perbaikan dikirim; menunggu pemeriksaan.")).to_be_visible()

    # the regency is alerted and accepts
    desk.goto(f"{installation.address}/kantor/")
    desk.get_by_role("link", name="Jawaban isian yang menunggu pemeriksaan Anda").press("Enter")
    desk.get_by_role("link", name="Tenaga kerja dibayar").first.click()
    expect(desk.get_by_role("button", name="Terima jawaban")).to_be_visible()
    checked(desk)
    desk.get_by_role("button", name="Terima jawaban").press("Enter")
    expect(desk.get_by_text("Jawaban diterima; isian ini selesai diperiksa.")).to_be_visible()

    # the agency signs
    sign_in(agency, installation, "kopukm.data")
    agency.goto(f"{installation.address}/kantor/pengesahan/?wilayah=53.09.02.2010")
    checked(agency)
    open_enterprise(agency, installation)
    agency.get_by_role("button", name="Verifikasi").first.press("Enter")
    expect(agency.get_by_text("1 usaha diverifikasi.")).to_be_visible()
    expect(agency.get_by_text(re.compile("^Disahkan .* oleh")).first).to_be_visible()
    checked(agency)

    # the document is issued, and its page counts the enterprise as verified
    desk.goto(f"{installation.address}/kantor/dokumen-pemetaan/53.09/")
    newest = desk.get_by_role("heading", name=re.compile(r"Versi \d+ · terbaru"))
    earlier = newest.inner_text() if newest.count() else "–"  # another journey may have issued one
    desk.get_by_role("button", name=re.compile("Terbitkan")).press("Enter")
    expect(newest).not_to_have_text(earlier, timeout=60_000)
    desk.get_by_role("link", name="Halaman periksa").first.click()
    expect(desk.get_by_role("heading", name="Dokumen ini asli")).to_be_visible()
    expect(desk.get_by_text(re.compile(r"1 .*%")).first).to_be_visible()
