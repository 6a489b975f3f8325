"""An officer builds and publishes a report; a villager goes down to a village on a phone; a journalist takes the tables."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator

import polars as pl
import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer
from tests.factories import Member, make_member
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out
from tests.reports.world import close_quarters

from lontar.access.scope import acting_in
from lontar.reports.actions import carry_build
from lontar.reports.models import Build

pytestmark = pytest.mark.browser
# The driver of the browser keeps a loop in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def officer(committed_db: None) -> Member:
    """The province officer, really stored."""
    return make_member("province_officer")


@pytest.fixture
def site(officer: Member, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The site in this very process, over quarters that are closed."""
    close_quarters(monkeypatch)
    server = LiveServer("localhost")
    yield server.url
    server.stop()
    connections.close_all()


def signed_in(browser: Browser, site: str, member: Member) -> BrowserContext:
    """A desk where the member is signed in already."""
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 800}, accept_downloads=True)
    cookie = member.client().cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return context


def test_a_report_is_published_read_on_a_phone_and_taken_away(chromium: Browser, site: str, officer: Member) -> None:
    desk = signed_in(chromium, site, officer)
    office = desk.new_page()
    office.goto(f"{site}/kantor/laporan/")
    assert_accessible(office)
    office.get_by_role("button", name="Buat rancangan").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Menyusun rancangan Triwulan III 2026")
    assert_accessible(office)
    with acting_in("53"):
        waiting = Build.objects.get()
    carry_build(waiting.pk)  # the worker's part; the page asks every two seconds and goes on by itself
    expect(office.get_by_role("heading", level=1)).to_contain_text("Rancangan laporan", timeout=15_000)
    expect(office.get_by_text("Apakah omzet naik? Naik")).to_be_visible()
    assert_accessible(office)
    office.goto(site + (office.locator("a", has_text="Terbitkan").first.get_attribute("href") or ""))
    office.get_by_label(re.compile("Ketik")).fill("terbitkan")
    office.get_by_role("button", name="Terbitkan").click()
    expect(office.get_by_text("terbit sebagai laporan nomor 1")).to_be_visible()

    phone = chromium.new_context(locale="id-ID", **PHONE).new_page()  # type: ignore[arg-type]  # a shape of a browser
    phone.goto(f"{site}/laporan")
    phone.get_by_role("link", name="Triwulan III 2026").first.tap()
    lead = phone.get_by_text("Omzet: naik; Lapangan kerja: belum dapat dipastikan")
    expect(lead).to_be_in_viewport()
    assert_nothing_sticks_out(phone)
    assert_accessible(phone)
    phone.get_by_role("table", name="Kabupaten/kota menurut pertumbuhan omzet").get_by_text("Kabupaten Ngada").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Pertumbuhan omzet")
    expect(phone.get_by_text("Catatan produsen tanpa identitas").first).to_be_attached()
    assert_nothing_sticks_out(phone)
    assert_accessible(phone)
    phone.get_by_role("link", name="Aimere").first.tap()
    expect(phone.get_by_role("link", name="Aimere Contoh")).to_be_visible()

    journalist = chromium.new_context(locale="id-ID", accept_downloads=True).new_page()
    journalist.goto(f"{site}/laporan/2026-T3")
    with journalist.expect_download() as taken:
        journalist.get_by_role("link", name="XLSX").first.click()
    assert pl.read_excel(taken.value.path(), sheet_name="records").height == 20
    with journalist.expect_download() as whole:
        journalist.get_by_role("link", name="Seluruh paket (ZIP)").click()
    assert "2026-T3/manifest.json" in zipfile.ZipFile(io.BytesIO(whole.value.path().read_bytes())).namelist()
