"""A product is submitted, scored blind on a phone and at a desk, decided, certified, and found by the public."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Installation
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out, sign_in

pytestmark = pytest.mark.browser
NAME = "Selendang Contoh Bintang"
MADE = """
from lontar.cli import database; database.ready()
from django.utils import timezone
from lontar.access.scope import acting_in
from lontar.registry.models import Enterprise, Product
now, village = timezone.now(), "53.09.02.2010"
with acting_in("53"):
    maker = Enterprise.objects.create(village_id=village, name="Tenun Contoh Bintang", nib="1234567890321", recorded_at=now)
    Product.objects.create(
        village_id=village, enterprise=maker, name="Selendang Contoh Bintang", category="weaving", stage="packaged",
        recorded_at=now,
    )
"""


@pytest.fixture
def pages(chromium: Browser) -> Iterator[dict[str, Page]]:
    """A phone for one assessor, a tablet for the other, desks for those who submit and decide."""
    faults: list[str] = []
    shapes = {
        "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
        "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True},
        "regency": {"viewport": {"width": 1280, "height": 800}},
        "province": {"viewport": {"width": 1280, "height": 800}},
        "public": {"viewport": {"width": 360, "height": 740}},
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


def score(page: Page, url: str, *, less: int) -> None:
    """Fill the sheet with the keyboard, part by part, `less` points under the best on the first number, and hand it in."""
    page.goto(f"{url}nilai/")
    for part in ("A", "B", "C"):
        expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(f"^{part} "))
        for group in page.locator("fieldset").all():
            group.get_by_role("radio").last.press("Space")
        for box in page.locator("input[inputmode=decimal]").all():
            hint = page.locator(f"#{box.get_attribute('aria-describedby')}").inner_text()
            most = int(re.match(r"\d+ sampai (\d+)", hint)[1])  # type: ignore[index]  # every range is written so
            box.fill(str(most - (less if part == "B" else 0)))
            less = 0 if part == "B" else less
        page.locator("input[inputmode=decimal]").last.press("Tab")
        expect(page.locator("#hitungan")).to_contain_text("lengkap")
        checked(page)
        page.get_by_role("button", name="Simpan dan lanjut").press("Enter")
    expect(page.get_by_role("heading", name="Periksa dan serahkan")).to_be_visible()
    checked(page)
    page.get_by_role("button", name="Serahkan lembar nilai").press("Enter")
    expect(page.get_by_text("Lembar nilai diserahkan").first).to_be_visible()


def test_a_product_is_scored_blind_and_its_star_is_found_by_the_public(
    pages: dict[str, Page], installation: Installation
) -> None:
    subprocess.run([sys.executable, "-W", "ignore", "-c", MADE], env=installation.environment, check=True)
    province, regency, phone, tablet = (pages[name] for name in ("province", "regency", "phone", "tablet"))
    sign_in(province, installation, "dpmd.bidang")
    province.goto(f"{installation.address}/kantor/bintang/ronde/baru/")
    province.get_by_label("Nama ronde").fill("Ronde perjalanan")
    province.get_by_role("button", name="Buka ronde").press("Enter")
    expect(province.get_by_role("heading", name="Ronde perjalanan")).to_be_visible()

    sign_in(regency, installation, "pmd.5309.bidang")
    regency.goto(f"{installation.address}/kantor/bintang/ajukan/")
    regency.get_by_label("Nama produk").fill("selendang contoh")
    regency.get_by_label("Nama produk").press("Enter")
    regency.get_by_role("link", name=NAME).press("Enter")
    expect(regency.get_by_label("Status halal")).to_be_visible()
    checked(regency)
    regency.get_by_label("Status halal").select_option("not_applicable")
    regency.get_by_role("button", name="Ajukan", exact=True).press("Enter")
    expect(regency.get_by_role("heading", name=NAME)).to_be_visible()
    url = regency.url

    province.goto(url)
    for title in ("Dinas Koperasi UKM NTT – Pengelola Data", "Disperindag NTT – Pengelola Data"):
        province.get_by_role("combobox", name="Penilai").select_option(label=title)
        province.get_by_role("button", name="Tunjuk penilai").press("Enter")
        expect(province.get_by_role("row", name=title)).to_be_visible()

    sign_in(phone, installation, "kopukm.data")
    score(phone, url, less=2)
    expect(phone.get_by_text("Nilai masih tertutup")).to_be_visible()
    checked(phone)
    province.reload()
    expect(province.get_by_role("button", name="Putuskan bintang")).to_have_count(0)

    sign_in(tablet, installation, "perindag.data")
    score(tablet, url, less=0)
    expect(tablet.get_by_text("Di mana penilai berbeda?")).to_be_visible()

    province.reload()
    checked(province)
    province.get_by_role("button", name="Putuskan bintang").press("Enter")
    province.get_by_role("button", name="Terbitkan piagam").press("Enter")
    expect(province.get_by_role("link", name=re.compile("OVOP-BINTANG"))).to_be_visible()

    public = pages["public"]
    public.goto(f"{installation.address}/bintang?q=selendang+contoh")
    checked(public)
    expect(public.get_by_text("★★★★★ 5").first).to_be_visible()
    public.get_by_role("link", name=re.compile("OVOP-BINTANG")).first.click()
    expect(public.get_by_text(NAME).first).to_be_visible()
