"""A village head on a phone proposes, the regency returns and accepts, the province decrees, the public checks the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Installation
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out, sign_in

pytestmark = pytest.mark.browser
PRODUCT = "Kopi Bubuk Ratogesa Contoh"
MINUTES = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def pages(chromium: Browser) -> Iterator[dict[str, Page]]:
    """The village's phone with touch, desks for regency and province, a stranger; any error in a console fails the journey."""
    faults: list[str] = []
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    desk = {"viewport": {"width": 1280, "height": 800}}
    shapes = {"phone": phone, "regency": desk, "province": desk, "public": phone}
    contexts = {name: chromium.new_context(locale="id-ID", **shape) for name, shape in shapes.items()}  # type: ignore[arg-type]  # shapes of a browser
    made = {name: context.new_page() for name, context in contexts.items()}
    for page in made.values():
        page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    yield made
    for context in contexts.values():
        context.close()
    assert faults == []


def _is_fault(message: object) -> bool:
    """Errors, but for a form that the server refused on purpose (422)."""
    kind, text = getattr(message, "type", ""), str(getattr(message, "text", ""))
    return kind == "error" and "422" not in text


def checked(page: Page) -> None:
    assert_nothing_sticks_out(page)
    assert_accessible(page)


def propose(phone: Page, installation: Installation, minutes: Path) -> None:
    sign_in(phone, installation, "desa.5309022010.sekretaris")
    phone.goto(f"{installation.address}/kantor/usulan/baru/village-53.09.02.2010/")
    checked(phone)
    phone.get_by_label("Produk lain", exact=True).check()
    phone.get_by_label("Nama produk lain").fill(PRODUCT)
    phone.get_by_label("Mengapa berbeda dari peringkat").fill("Pembeli di Bajawa sudah memesan setiap bulan.")
    phone.get_by_label("Peserta perempuan").fill("23")
    phone.get_by_label("Peserta laki-laki").fill("18")
    phone.get_by_label("Berita acara").set_input_files(minutes)
    phone.get_by_role("button", name="Ajukan").tap()
    # the place of the meeting is missing: everything else is still there
    expect(phone.get_by_text("Berita acara sudah diterima")).to_be_visible()
    expect(phone.get_by_label("Nama produk lain")).to_have_value(PRODUCT)
    checked(phone)
    phone.get_by_label("Tempat musyawarah").fill("Balai Desa Ratogesa")
    phone.get_by_role("button", name="Ajukan").tap()
    expect(phone.get_by_role("heading", name=PRODUCT)).to_be_visible()
    expect(phone.get_by_text("Diperiksa kabupaten/kota").first).to_be_visible()
    checked(phone)


def test_a_village_proposes_and_the_public_checks_the_decree(
    pages: dict[str, Page], installation: Installation, tmp_path: Path
) -> None:
    phone, regency, province, public = (pages[name] for name in ("phone", "regency", "province", "public"))
    minutes = tmp_path / "berita-acara.pdf"
    minutes.write_bytes(MINUTES)
    propose(phone, installation, minutes)
    address = phone.url

    # the regency returns it with a reason
    sign_in(regency, installation, "pmd.5309.bidang")
    regency.get_by_role("link", name="Usulan produk unggulan yang menunggu pemeriksaan kabupaten/kota").click()
    regency.get_by_role("link", name=PRODUCT).first.click()
    expect(regency.get_by_role("heading", name=PRODUCT)).to_be_visible()
    checked(regency)
    regency.get_by_text("Kembalikan dengan alasan").first.click()
    regency.locator("#returned-alasan").fill("Daftar hadir belum ditandatangani; unggah lagi.")
    regency.get_by_role("button", name="Kembalikan dengan alasan").click()
    expect(regency.get_by_text("Dikembalikan kepada pengusul").first).to_be_visible()

    # the village corrects it on the phone
    phone.goto(f"{installation.address}/kantor/")
    phone.get_by_role("link", name="Usulan yang dikembalikan kepada Anda").tap()
    phone.goto(address)
    expect(phone.get_by_text("Daftar hadir belum ditandatangani; unggah lagi.").first).to_be_visible()
    phone.get_by_role("link", name="Perbaiki usulan").tap()
    expect(phone.get_by_label("Tempat musyawarah")).to_have_value("Balai Desa Ratogesa")
    phone.get_by_label("Peserta perempuan").fill("24")
    phone.get_by_role("button", name="Ajukan").tap()
    expect(phone.get_by_text("Diperiksa kabupaten/kota").first).to_be_visible()

    # the regency accepts, the province accepts and decrees
    regency.goto(address)
    regency.get_by_role("button", name="Terima dan teruskan").click()
    sign_in(province, installation, "dpmd.bidang")
    province.goto(address)
    province.get_by_role("button", name="Terima dan teruskan").click()
    province.get_by_role("link", name="Tetapkan dengan keputusan").click()
    expect(province.get_by_text(PRODUCT).first).to_be_visible()
    checked(province)
    province.get_by_role("button", name="Tanda tangani dan terbitkan").click()
    expect(province.get_by_text(re.compile("ditetapkan dan diterbitkan"))).to_be_visible(timeout=60_000)
    checked(province)
    with province.expect_download() as download:
        province.get_by_role("link", name="Unduh PDF").click()
    paper = tmp_path / "keputusan.pdf"
    download.value.save_as(paper)

    check_in_public(public, installation, paper)


def check_in_public(public: Page, installation: Installation, paper: Path) -> None:
    """By the village page and the code, by the file, and by the file with one changed byte."""
    public.goto(f"{installation.address}/desa/53.09.02.2010")
    expect(public.get_by_text(PRODUCT).first).to_be_visible()
    public.goto(f"{installation.address}/unggulan?wilayah=53.09")
    checked(public)
    public.get_by_role("row").filter(has_text=PRODUCT).get_by_role("link", name=re.compile("DPMD")).click()
    expect(public.get_by_text(PRODUCT).first).to_be_visible()
    checked(public)
    public.locator("#berkas").set_input_files(paper)
    expect(public.locator("#hasil-cocok .l-notice-good")).to_be_visible()
    content = bytearray(paper.read_bytes())
    content[len(content) // 2] ^= 1
    forged = paper.with_name("palsu.pdf")
    forged.write_bytes(bytes(content))
    public.locator("#berkas").set_input_files(forged)
    expect(public.locator("#hasil-cocok .l-notice-bad")).to_be_visible()
