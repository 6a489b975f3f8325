"""A villager reckons her coffee on a phone of 360 px; an officer loads the trade balance, and anyone reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.conftest import Installation
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out, sign_in

pytestmark = pytest.mark.browser
VILLAGE = "53.09.02.2010"
LIST = "arah;periode;komoditas;nilai;satuan;sumber;tanggal_sumber;kutipan;catatan\n"


def test_a_villager_reckons_her_coffee_and_sends_the_link(chromium: Browser, installation: Installation) -> None:
    context = chromium.new_context(
        locale="id-ID", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page, faults = context.new_page(), []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"{installation.address}/desa/{VILLAGE}")
    page.get_by_role("link", name="Hitung nilai tambah produk desa ini").tap()
    page.get_by_label("Komoditas").select_option("kopi-arabika")
    page.get_by_role("button", name="Isi dari laporan").tap()
    expect(page.get_by_label("1 satuan mentah menjadi berapa olahan?")).to_have_value("0,84")

    # nobody reported a price yet: she fills in her own, and the answer comes by itself
    for label, value in (
        ("Harga dijual mentah", "40.000"), ("Harga setelah diolah", "120.000"), ("Harga setelah dikemas", "200.000"),
        ("1 satuan mentah menjadi berapa olahan?", "0,8"), ("Panen sebulan", "500"),
    ):  # fmt: skip
        page.get_by_label(label).fill(value)
    page.get_by_text("Biaya, upah, dan asal bahan").tap()
    for label, value in (
        ("Biaya lain mengolah", "10000"), ("Biaya lain mengemas", "16000"), ("Hari kerja untuk 100 satuan mentah", "6"),
        ("Bahan mentah dari desa sendiri (%)", "90"), ("Pekerja dari desa sendiri (%)", "100"),
    ):  # fmt: skip
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Hitung", exact=True).tap()

    expect(page.locator("#hasil .l-lead")).to_contain_text("Rp130.000 tinggal di desa bila diolah dan dikemas")
    expect(page.locator("#hasil")).to_contain_text("= Rp47.000.000")
    assert_nothing_sticks_out(page)
    assert_accessible(page)
    page.get_by_label("Harga setelah dikemas").fill("300.000")
    page.get_by_label("Harga setelah dikemas").press("Tab")
    expect(page.locator("#hasil .l-lead")).to_contain_text("Rp210.000 tinggal di desa")
    assert "kemasan=300" in page.url
    page.goto(page.get_by_role("link", name="Tautan ke hitungan ini").get_attribute("href") or "")
    expect(page.locator("#hasil .l-lead")).to_contain_text("Rp210.000 tinggal di desa")
    context.close()
    assert faults == []


def test_an_officer_loads_the_balance_and_anyone_reads_it(
    chromium: Browser, installation: Installation, tmp_path: Path
) -> None:
    bad, good = tmp_path / "salah.csv", tmp_path / "neraca.csv"
    bad.write_text(f"{LIST}keluar;2025;;delapan;triliun;BI contoh;2025-12-01;ya;\n")
    good.write_text(
        f"{LIST}keluar;2025;;8;triliun;BI contoh;2025-12-01;ya;\nmasuk;2025;;59;triliun;BI contoh;2025-12-01;ya;\n"
    )
    context = chromium.new_context(locale="id-ID", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sign_in(page, installation, "dpmd.bidang")
    page.get_by_role("link", name="Neraca perdagangan").first.press("Enter")
    page.get_by_role("link", name="Muat daftar").first.press("Enter")
    page.locator("input[type=file]").set_input_files(bad)
    page.get_by_role("button", name="Muat", exact=True).press("Enter")
    expect(page.get_by_role("row", name="delapan")).to_contain_text("Tulis angka saja")
    assert_accessible(page)
    page.locator("input[type=file]").set_input_files(good)
    page.get_by_role("button", name="Muat", exact=True).press("Enter")
    expect(page.get_by_role("row", name="Masuk NTT")).to_contain_text("Rp59 triliun")
    assert_accessible(page)

    for path in ("/neraca", "/nilai-tambah/program"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{installation.address}{path}")
            assert_nothing_sticks_out(page)
            assert_accessible(page)
    page.goto(f"{installation.address}/neraca")
    expect(page.get_by_text("−Rp51 triliun").first).to_be_visible()
    context.close()
