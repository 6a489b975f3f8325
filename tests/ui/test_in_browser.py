"""The look in a real browser, on a phone and on a desk: policy, accessibility, keyboard, map, dialogs, uploads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK = (360, 740), (1280, 900)
ADDRESSES = ("/", "/kantor/?jenis=kopi&pesan=1", "/kantor/?buka=2", "/kantor/konfirmasi", "/bagan", "/peta", "/hilang")
Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """Opens an address; at the end no page may have broken the policy or thrown an error."""
    contexts = []
    problems: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            problems.append(message.text)

    def opened(address: str, *, size: tuple[int, int] = DESK, wait: bool = True, **options: object) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)  # type: ignore[arg-type]  # playwright's own options
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(site + address)
        if wait:
            page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


def complaints(page: Page) -> list[str]:
    """What axe finds, in one line each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("(tags) => axe.run(document, {runOnly: tags})", TAGS)
    return [f"{v['id']}: {v['nodes'][0]['target']}" for v in found["violations"]]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(visit: Open, address: str, size: tuple[int, int], scheme: str) -> None:
    page = visit(address, size=size, color_scheme=scheme)
    if address == "/peta":
        page.wait_for_selector(".l-map-live")
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_open_table_of_a_chart_scrolls_within_itself_on_a_phone(visit: Open) -> None:
    page = visit("/bagan", size=PHONE)
    page.evaluate(
        """() => document.querySelectorAll('.l-figure-links thead tr').forEach((row) => {
            for (let at = 0; at < 6; at++) row.append(Object.assign(document.createElement('th'), {textContent: 'Naik 10%'}));
        })"""
    )

    for more in page.locator(".l-figure-links summary").all():
        more.click()

    widths = page.evaluate(
        "[...document.querySelectorAll('.l-figure-links .l-scroll')].map((e) => [e.clientWidth, e.scrollWidth])"
    )
    assert widths
    assert all(inside < wanted for inside, wanted in widths)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@pytest.mark.parametrize("address", ["/", "/kantor/", "/peta"])
def test_what_a_finger_presses_is_large_enough(visit: Open, address: str) -> None:
    page = visit(address, size=PHONE, has_touch=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a.btn, button, select, .form-control, .l-menu a, .l-rail a, .l-pager a')]
            .filter((e) => e.offsetParent && !e.closest('[hidden]') && !e.matches('.l-map-name'))
            .map((e) => [e.className, e.getBoundingClientRect()]).filter(([, r]) => r.height < 44 || r.width < 24)
            .map(([name, r]) => `${name} ${r.width}x${r.height}`)"""
    )
    assert small == []


def test_a_page_reads_without_script(visit: Open) -> None:
    page = visit("/kantor/?jenis=kopi", java_script_enabled=False)
    expect(page.locator("tbody tr")).to_have_count(6)
    page.get_by_role("link", name="Contoh Uji 3").click()
    expect(page.locator("#panel h2")).to_have_text("Contoh Uji 2")
    page.get_by_role("link", name="Tutup").click()
    expect(page.locator("#panel")).to_be_hidden()
    page = visit("/peta", java_script_enabled=False)
    expect(page.locator(".l-map-stage svg.lm")).to_be_visible()
    expect(page.get_by_role("button", name="Tampilkan")).to_be_visible()
    expect(page.locator(".l-legend li")).to_have_count(6)


def test_filters_renew_the_list_alone_and_stay_in_the_address(visit: Open) -> None:
    page = visit("/kantor/")
    page.evaluate("window.mark = 'same page'")
    page.locator(".l-filters select").select_option("kopi")
    page.get_by_role("button", name="Terapkan").click()
    expect(page.locator(".l-chip")).to_contain_text("Jenis: Kopi")
    assert page.evaluate("window.mark") == "same page"
    assert re.search(r"/kantor/\?.*jenis=kopi", page.url)


def test_a_row_opens_the_panel_and_the_panel_has_an_address(visit: Open) -> None:
    page = visit("/kantor/?jenis=kopi")
    page.get_by_role("link", name="Contoh Uji 3").click()
    expect(page.locator("#panel")).to_be_visible()
    assert page.url.endswith("/kantor/?jenis=kopi&buka=2")
    page.reload()
    expect(page.locator("#panel h2")).to_have_text("Contoh Uji 2")
    page.locator("#panel").get_by_role("link", name="Tutup").click()
    expect(page.locator("#panel")).to_be_hidden()
    assert page.url.endswith("/kantor/?jenis=kopi")


def test_a_typed_word_frees_the_button_of_the_dialog(visit: Open) -> None:
    page = visit("/kantor/")
    page.get_by_role("link", name="Unggah daftar").click()
    dialog = page.get_by_role("dialog", name="Hapus 214 usaha?")
    button = dialog.get_by_role("button", name="Hapus 214 usaha")
    expect(button).to_be_disabled()
    dialog.get_by_label("Ketik HAPUS untuk melanjutkan").fill("HAPUS")
    expect(button).to_be_enabled()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("link", name="Unggah daftar")).to_be_focused()


def test_errors_take_the_focus_and_lead_to_their_field(visit: Open) -> None:
    page = visit("/kantor/")
    expect(page.locator(".l-errors")).to_be_focused()
    page.locator(".l-errors a").first.click()
    expect(page.locator("#id_usaha-nama")).to_be_focused()


def test_picking_rows_is_counted(visit: Open) -> None:
    page = visit("/kantor/")
    page.get_by_label("Pilih semua baris di halaman ini").check()
    expect(page.locator("[data-picked]")).to_have_text("6")
    page.get_by_label("Contoh Uji 2", exact=True).uncheck()
    expect(page.locator("[data-picked]")).to_have_text("5")
    assert page.get_by_label("Pilih semua baris di halaman ini").evaluate("(box) => box.indeterminate")


def test_an_upload_shows_its_progress_and_then_the_answer(visit: Open, tmp_path: Path) -> None:
    file = tmp_path / "usaha.csv"
    file.write_bytes(b"nama\n" + b"Contoh Uji\n" * 200_000)
    page = visit("/kantor/unggah")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("[data-drop-name]")).to_have_text("usaha.csv · 2,2 MB")
    page.evaluate("""() => new MutationObserver(() => { window.seen = true })
        .observe(document.querySelector('[data-drop-progress]'), {attributes: true})""")
    page.get_by_role("button", name="Kirim").click()
    page.wait_for_url("**/kantor/unggah/selesai")
    expect(page.locator("main")).to_contain_text("usaha.csv, 2,2 MB")


def test_a_file_that_is_too_large_is_stopped_before_it_is_sent(visit: Open, tmp_path: Path) -> None:
    file = tmp_path / "besar.csv"
    file.write_bytes(b"x" * 6_000_000)
    page = visit("/kantor/unggah")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Kirim").click()
    assert page.url.endswith("/kantor/unggah")
    assert "lebih besar dari 5,0" in page.locator("input[type=file]").evaluate("(field) => field.validationMessage")


def test_a_broken_upload_says_so_and_can_be_sent_again(visit: Open, tmp_path: Path) -> None:
    file = tmp_path / "usaha.csv"
    file.write_bytes(b"nama\n")
    page = visit("/kantor/unggah")
    page.route("**/kantor/unggah", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Kirim").click()
    expect(page.locator("[data-drop-failed]")).to_be_visible()
    page.unroute("**/kantor/unggah")
    page.get_by_role("button", name="Kirim").click()
    page.wait_for_url("**/kantor/unggah/selesai")
