"""The province ranks, reads why one candidate stands first, and an expert compares criteria by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Installation
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out, sign_in

pytestmark = pytest.mark.browser
HEADER = "ID Sumber;Nama Pemilik;Nama Usaha;Kode Desa;Produk Utama;KBLI"
VILLAGE = "53.09.02.2010"
GOODS = [("Anyaman pandan", "16292")] * 4 + [("Parang", "25931")] * 3


@pytest.fixture(params=[360, 1280])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone and a desk; any error in the console fails the journey."""
    context = chromium.new_context(viewport={"width": request.param, "height": 780}, locale="id-ID")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


def test_candidates_are_ranked_explained_and_weighed(page: Page, installation: Installation, tmp_path: Path) -> None:
    listed = tmp_path / "calon.csv"
    rows = [
        f"C-{place};Contoh Uji Calon {place};Usaha Contoh Calon {place};{VILLAGE};{goods};{kbli}"
        for place, (goods, kbli) in enumerate(GOODS)
    ]
    listed.write_text("\n".join([HEADER, *rows]))
    installation.lontar("intake", "submit", str(listed), "--dataset", "enterprises", "--agency", "KOPUKM", "--wait")
    said = installation.lontar("choose", "rank", "--villages", VILLAGE, "--out", str(tmp_path / "peringkat.csv"))
    assert "calon dihitung" in said
    sign_in(page, installation, "dpmd.bidang")

    page.goto(f"{installation.address}/kantor/unggulan/?wilayah={VILLAGE}")
    assert_nothing_sticks_out(page)
    assert_accessible(page)
    page.goto(f"{installation.address}/kantor/unggulan/unit/village:{VILLAGE}/")
    expect(page.get_by_role("heading", name="Mengapa ia berdiri pertama")).to_be_visible()
    assert_nothing_sticks_out(page)
    assert_accessible(page)
    page.get_by_role("link", name="Lihat angkanya").click()
    expect(page.get_by_role("heading", name="3. Nilai kali bobot")).to_be_visible()
    assert_nothing_sticks_out(page)
    assert_accessible(page)

    page.goto(f"{installation.address}/kantor/unggulan/kriteria/kpju-saringan/")
    page.get_by_label("Judul penilaian").fill("FGD contoh")
    page.get_by_role("button", name="Buka penilaian baru").press("Enter")
    page.get_by_role("link", name="Tambah jawaban ahli").press("Enter")
    page.get_by_label("Nama ahli").fill("Ahli Contoh")
    first = page.locator("#id_p0")
    first.focus()
    for _step in range(2):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#p0-kata")).to_have_text("Jumlah pelaku usaha 3 kali lebih penting")
    assert_nothing_sticks_out(page)
    assert_accessible(page)
    page.get_by_role("button", name="Simpan jawaban").press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_text("Jawaban disimpan").first).to_be_visible()
    assert_nothing_sticks_out(page)
