"""An analyst builds a 90-day map: tries limits, relaxes a clash, saves, takes it into force; a mentor reports on a phone."""

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
VILLAGES = ("53.09.02.2010", "53.09.02.2002", "53.01.04.2003")
GOODS = ("Kopi Contoh Prioritas", "Madu Contoh Prioritas", "Tenun Contoh Prioritas")


@pytest.fixture
def pages(chromium: Browser) -> Iterator[dict[str, Page]]:
    """A desk for the analyst, a phone with touch for the mentor; any error in a console fails the journey."""
    faults: list[str] = []
    shapes = {
        "desk": {"viewport": {"width": 1280, "height": 800}},
        "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
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


def offered(installation: Installation, folder: Path) -> None:
    """Three villages with a product each, sent as lists by the agency."""
    firms, goods = folder / "usaha-prioritas.csv", folder / "produk-prioritas.csv"
    rows = [
        f"P-{n};Contoh Uji Prioritas;Usaha {name};{code};{name};2"
        for n, (code, name) in enumerate(zip(VILLAGES, GOODS, strict=True))
    ]
    firms.write_text("\n".join([HEADER, *rows]))
    head = (
        "ID Produk;ID Sumber Usaha;Nama Usaha;Kode Desa;Nama Produk;Komoditas;Kelompok Produk;Tahap;Kapasitas per Bulan;Satuan;"
        "Harga (Rp)"
    )
    made = [
        f"PP-{n};P-{n};Usaha {name};{code};{name};Kopi arabika;Makanan;Kemasan;200;bungkus;45000"
        for n, (code, name) in enumerate(zip(VILLAGES, GOODS, strict=True))
    ]
    goods.write_text("\n".join([head, *made]))
    installation.lontar("intake", "submit", str(firms), "--dataset", "enterprises", "--agency", "KOPUKM", "--wait")
    installation.lontar("intake", "submit", str(goods), "--dataset", "products", "--agency", "KOPUKM", "--wait")


def test_an_analyst_builds_a_ninety_day_map(pages: dict[str, Page], installation: Installation, tmp_path: Path) -> None:
    offered(installation, tmp_path)
    desk, phone = pages["desk"], pages["phone"]
    sign_in(desk, installation, "dpmd.bidang")
    desk.get_by_role("link", name="Peta prioritas").first.press("Enter")
    desk.get_by_role("link", name="Coba syarat").press("Enter")

    # a clash is said in words and relaxed with one click, all by keyboard
    desk.get_by_label("Jumlah yang dipilih").fill("3")
    desk.get_by_label("Paling banyak per kabupaten/kota").fill("1")
    desk.get_by_label("Paling banyak per kabupaten/kota").press("Tab")
    expect(desk.get_by_role("heading", name="Syaratnya bertabrakan")).to_be_visible(timeout=20_000)
    checked(desk)
    desk.get_by_role("link", name="Pakai pelonggaran ini").press("Enter")
    expect(desk.get_by_text("optimum terbukti")).to_be_visible()

    # one fewer: who fell out is shown at once
    desk.get_by_label("Jumlah yang dipilih").fill("2")
    desk.get_by_label("Jumlah yang dipilih").press("Tab")
    expect(desk.get_by_text("Keluar:")).to_be_visible()
    desk.get_by_label("Jumlah yang dipilih").fill("3")
    desk.get_by_label("Jumlah yang dipilih").press("Tab")
    expect(desk.get_by_text("Masuk:")).to_be_visible()
    desk.get_by_label("Nama peta prioritas").fill("Peta perjalanan contoh")
    desk.get_by_role("button", name="Simpan rancangan").press("Enter")
    expect(desk.get_by_role("heading", name="Peta perjalanan contoh")).to_be_visible()
    checked(desk)

    # into force, with a target for one pick
    desk.get_by_role("link", name="Berlakukan").press("Enter")
    desk.get_by_role("button", name="Berlakukan").press("Enter")
    expect(desk.get_by_text("Peta prioritas berlaku.")).to_be_visible(timeout=30_000)
    expect(desk.get_by_role("link", name=re.compile("Lembar A3"))).to_be_visible()
    desk.get_by_role("link", name=re.compile("Kopi Contoh Prioritas")).press("Enter")
    desk.get_by_text("Tetapkan sasaran", exact=True).press("Enter")
    desk.get_by_label("Banyaknya selama 90 hari").fill("500")
    desk.get_by_label("Satuan", exact=True).fill("bungkus")
    desk.get_by_label("Harga sekarang per satuan (Rp)").fill("45.000")
    desk.get_by_label("Harga nanti per satuan (Rp)").fill("65.000")
    desk.get_by_label("Bagaimana caranya").fill("Dikemas ulang")
    desk.get_by_role("button", name="Tetapkan", exact=True).press("Enter")
    expect(desk.get_by_text("Rp10.000.000")).to_be_visible()
    checked(desk)

    # the mentor reports the first week on a phone
    sign_in(phone, installation, "pmd.5309.damping")
    phone.goto(desk.url)
    phone.get_by_role("link", name="Lapor mingguan").tap()
    expect(phone.get_by_label("Omzet minggu itu (Rp)")).to_be_visible()
    checked(phone)
    phone.get_by_label("Omzet minggu itu (Rp)").fill("1.250.000")
    phone.get_by_label("Bukti (opsional)").fill("Buku kas halaman 3")
    phone.get_by_role("button", name="Kirim laporan").tap()
    expect(phone.get_by_text("Laporan minggu ke-1 terkirim.")).to_be_visible()
    checked(phone)

    # everyone sees it
    phone.goto(f"{installation.address}/prioritas")
    expect(phone.get_by_role("heading", name=re.compile("Kopi Contoh Prioritas"))).to_be_visible()
    checked(phone)
