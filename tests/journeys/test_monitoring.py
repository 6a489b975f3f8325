"""The province's officer closes a quarter below its threshold: refused, then with a reason, which stays on the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Installation
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out, sign_in
from tests.journeys.test_returns import run

pytestmark = pytest.mark.browser
VILLAGE = "53.09.02.2010"
REASON = "Contoh: dua produsen pindah, deret harga terlambat terbit"
# Six producers were asked a year ago, four answered, each one million a month; the other journeys live in newer months.
PREPARE = f"""
from lontar.cli import database; database.ready(lambda line: None)
import polars as pl
from datetime import date
from django.utils import timezone
from lontar.access.scope import acting_in
from lontar.engines.periods import Quarter
from lontar.registry.models import Enterprise
from lontar.returns import actions
from lontar.returns.models import Producer
from lontar.returns.states import Maker
now = timezone.now(); quarter = Quarter.from_date(timezone.localdate()).shift(-4); months = quarter.months()
with acting_in("53"):
    actions.open_periods(months[0], months[2], by=None, at=now)
    firms = [Enterprise.objects.create(village_id="{VILLAGE}", name=f"Jagung Contoh Triwulan {{n}}", recorded_at=now)
             for n in range(6)]
    wanted = [actions.NewProducer(maker=Maker.ENTERPRISE, maker_id=one.pk, name=one.name, village=one.village_id,
              category="food", unit="kg", unit_key="village:{VILLAGE}") for one in firms]
    actions.enrol_producers(wanted, first=months[0], by=None, post=None, at=now)
    asked = Producer.objects.filter(enterprise__in=firms).order_by("pk")
    asked.update(until_month=quarter.end)
    rows = [(one.pk, month.start, 1_000_000) for one in asked[:4] for month in months]
    frame = pl.DataFrame(rows, schema={{"producer_id": pl.Int64, "month": pl.Date, "turnover": pl.Int64}}, orient="row")
    actions.receive_frame(frame, by=None, post=None, at=now)
print(quarter.label, quarter, sep="|")
"""


def looked_at(page: Page) -> None:
    """Nothing sticks out and nobody is shut out, on a phone and on a desk."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert_nothing_sticks_out(page)
        assert_accessible(page)


def test_an_officer_closes_a_quarter_below_the_threshold_with_a_reason(
    chromium: Browser, installation: Installation
) -> None:
    label, name = run(installation, PREPARE).split("|")
    context = chromium.new_context(locale="id-ID", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sign_in(page, installation, "dpmd.bidang")
    page.goto(f"{installation.address}/kantor/pemantauan/")
    page.get_by_role("link", name=name).first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_text(re.compile("Cakupan laporan: 66,7"))).to_be_visible()
    expect(page.get_by_text("12 dari 18 bulan-produsen")).to_be_visible()
    looked_at(page)

    # without a reason it is refused, and nothing was closed
    page.get_by_role("button", name="Tutup dengan alasan").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Belum terpenuhi: cakupan laporan 66,7 %")
    expect(page.get_by_label("Alasan")).to_be_visible()
    looked_at(page)

    # with one the worker closes it, and the page says so by itself
    page.get_by_label("Alasan").fill(REASON)
    page.get_by_role("button", name="Tutup dengan alasan").press("Enter")
    expect(page.get_by_role("link", name="Lihat angka")).to_be_visible(timeout=90_000)
    expect(page.get_by_text(f"Alasan: {REASON}")).to_be_visible()
    expect(page.get_by_role("button", name="Tutup dengan alasan")).to_have_count(0)
    looked_at(page)

    page.get_by_role("link", name="Lihat angka").press("Enter")
    expect(page).to_have_url(re.compile(f"/kantor/pemantauan/{label}/angka/"))
    looked_at(page)
    page.goto(f"{installation.address}/kantor/pemantauan/{label}/angka/?indikator=O1T&tingkat=province")
    expect(page.get_by_role("table").first).to_contain_text("12")
    looked_at(page)
    page.goto(f"{installation.address}/kantor/pemantauan/")
    expect(page.get_by_role("row", name=name)).to_contain_text("Ditutup dengan alasan")
    looked_at(page)
    context.close()
