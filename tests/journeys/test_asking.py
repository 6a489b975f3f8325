"""The province's officer keeps months and asks a maker of a unit to report, on a phone and on a desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.factories import Member, make_enterprise, make_member
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out

pytestmark = pytest.mark.browser
# The driver of the browser keeps a loop in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def officer(committed_db: None) -> Member:
    """The province officer, really stored, with the small world of returns and its coffee designated."""
    from tests.designation.factories import make_flagship, make_proposal
    from tests.returns.factories import HOME, make_world

    from lontar.access.scope import acting_in
    from lontar.returns.models import Producer

    world = make_world()
    village, found = make_member("village_officer"), make_member("province_officer")
    with acting_in("53"):
        coffee = Producer.objects.get(pk=world.coffee).commodity
        assert coffee is not None
        make_enterprise(HOME, name="Kopi Baru Contoh", commodity=coffee)
        proposal = make_proposal(village, commodity=coffee)
        village.enter()
        make_flagship(proposal, commodity=coffee, valid_from=date(2026, 1, 1))
    return found


@pytest.fixture
def site(officer: Member) -> Iterator[str]:
    """The site in this very process."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()
    connections.close_all()


def looked_at(page: Page) -> None:
    """Nothing sticks out and nobody is shut out, on a phone and on a desk."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert_nothing_sticks_out(page)
        assert_accessible(page)


def test_an_officer_keeps_months_and_asks_a_maker_to_report(chromium: Browser, site: str, officer: Member) -> None:
    context = chromium.new_context(locale="id-ID", viewport={"width": 1280, "height": 800})
    cookie = officer.client().cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    page = context.new_page()
    page.goto(f"{site}/kantor/laporan-bulanan/")
    page.get_by_role("link", name="Masa lapor").press("Enter")
    row = page.get_by_role("row", name="Juli 2026")
    row.get_by_role("button", name="Beri masa tenggang").press("Enter")
    expect(row).to_contain_text("Masa tenggang")
    row.get_by_role("button", name="Buka kembali").press("Enter")
    expect(row).to_contain_text("Terbuka")
    looked_at(page)
    row.get_by_role("button", name="Tutup bulan").press("Enter")
    expect(page.get_by_text("tidak dapat dibuka kembali")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Tutup bulan").press("Enter")
    expect(page.get_by_role("row", name="Juli 2026")).to_contain_text("Ditutup")

    page.goto(f"{site}/kantor/laporan-bulanan/unit/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Produsen yang melapor")
    looked_at(page)
    page.get_by_role("link", name="Kopi Bubuk Contoh").press("Enter")
    page.get_by_label("Kopi Baru Contoh").check()
    looked_at(page)
    page.get_by_label("Kelompok produk").select_option("drink")
    page.get_by_role("button", name="Minta melapor").press("Enter")
    expect(page.get_by_text("1 produsen tersimpan.")).to_be_visible()
    page.get_by_label("Kopi Baru Contoh").check()
    page.get_by_role("button", name="Tidak diminta lagi").press("Enter")
    expect(page.get_by_text("sebelum")).to_be_visible()
    looked_at(page)
    context.close()
