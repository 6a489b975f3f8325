"""Anybody reads the verdict on a phone: the sentence first, how sure, why, one unit; the office reads the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import ROOT, Installation
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out, sign_in

pytestmark = pytest.mark.browser
UNIT = "village:53.09.02.2010"
SENTENCE = "Omzet naik dibandingkan dengan produsen serupa di luar program."
MADE = """
from lontar.cli import database; database.ready()
from datetime import date
from lontar.access.scope import acting_in
from lontar.engines.demo.returns import Effect
from lontar.verdicts.rules.judging import judge
from tests.verdicts.factories import make_class_move, make_finding, make_verdict
from tests.verdicts.test_rules import inputs_of, producers
result = judge(inputs_of(producers(), effect=Effect(turnover=0.3)), region="53")
with acting_in("53"):
    verdict = make_verdict(evidence=result.evidence)
    for one in (one for one in result.findings if not one.unit_key):
        make_finding(verdict, outcome=one.outcome, said=one.said, because=one.because, value=one.value, low=one.low,
                     high=one.high, detectable=one.detectable)
    for outcome in ("turnover", "workers"):
        make_finding(verdict, unit_key="village:53.09.02.2010", unit_name="Bena", village_id="53.09.02.2010", months=6,
                     outcome=outcome, since=date(2026, 1, 2), said="cannot_tell", because="wide", low=-0.05)
    make_class_move(verdict)
    make_class_move(verdict, unit_key="village:53.09.02.2010", village_id="53.09.02.2010")
"""


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A phone of somebody without an account."""
    faults: list[str] = []
    context = chromium.new_context(
        locale="id-ID", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert faults == []


def checked(page: Page) -> None:
    assert_nothing_sticks_out(page)
    assert_accessible(page)


def test_the_verdict_is_read_on_a_phone(installation: Installation, phone: Page) -> None:
    subprocess.run(
        [sys.executable, "-c", MADE], env=installation.environment, cwd=ROOT, capture_output=True, check=True
    )
    phone.goto(f"{installation.address}/putusan")
    expect(phone.locator("h1")).to_have_text("Apakah program ini berhasil?")
    expect(phone.locator(".l-lead").first).to_contain_text(SENTENCE)
    expect(phone.get_by_text("Perkiraan terbaik").first).to_be_visible()
    for more in phone.locator("main details > summary").all():
        more.click()
    expect(phone.get_by_text("Uji plasebo").first).to_be_visible()
    checked(phone)

    phone.goto(f"{installation.address}/putusan/{UNIT}")
    expect(phone.get_by_text("Belum dapat disimpulkan apakah omzet naik karena program.")).to_be_visible()
    checked(phone)
    phone.get_by_role("link", name="Putusan seluruh program").click()
    expect(phone).to_have_url(f"{installation.address}/putusan")


def test_the_office_reads_the_same_and_may_ask_for_another(installation: Installation, chromium: Browser) -> None:
    context = chromium.new_context(locale="id-ID", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sign_in(page, installation, "dpmd.bidang")
    page.goto(f"{installation.address}/kantor/putusan/")
    checked(page)

    page.get_by_role("link", name="Triwulan III 2026").first.click()
    expect(page.locator("h1")).to_have_text(SENTENCE)
    checked(page)

    page.goto(f"{installation.address}/kantor/putusan/")
    page.get_by_role("button", name="Hitung putusan").click()
    expect(page.get_by_text("sedang dihitung").first).to_be_visible()
    context.close()
