"""A producer reports on a phone while the network goes and comes back; a mentor fills in the grid by keyboard."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, expect
from tests.journeys.conftest import Installation
from tests.journeys.test_list_to_map import assert_accessible, assert_nothing_sticks_out, sign_in

pytestmark = pytest.mark.browser
VILLAGE = "53.09.02.2010"
PREPARE = f"""
from lontar.cli import database; database.ready(lambda line: None)
from django.utils import timezone
from lontar.access.models import Post
from lontar.access.scope import acting_in
from lontar.engines.periods import Month
from lontar.registry.models import Enterprise
from lontar.returns import actions
from lontar.returns.models import Producer
from lontar.returns.states import Maker
now = timezone.now(); due = Month.from_date(timezone.localdate()).shift(-1)
with acting_in("53"):
    actions.open_periods(due.shift(-1), due, by=None, at=now)
    firms = [Enterprise.objects.create(village_id="{VILLAGE}", name=f"Kopi Contoh Lapor {{n}}", recorded_at=now)
             for n in (1, 2)]
    wanted = [actions.NewProducer(maker=Maker.ENTERPRISE, maker_id=one.pk, name=one.name, village=one.village_id,
              category="drink", unit="kg", unit_key="village:{VILLAGE}") for one in firms]
    actions.enrol_producers(wanted, first=due.shift(-1), by=None, post=None, at=now)
    post = Post.objects.get(code="DPMD-BIDANG"); by = post.holdings.get(valid_until__isnull=True).user
    first = Producer.objects.get(enterprise=firms[0])
    print(actions.give_link(producer_id=first.pk, by=by, post=post, at=now).code, due.label)
"""
COUNT = """
from lontar.cli import database; database.ready(lambda line: None)
from lontar.access.scope import acting_in
from lontar.returns.models import Return
with acting_in("53"):
    mine = Return.objects.filter(producer__name__startswith="Kopi Contoh Lapor").order_by("producer_id")
    print([(int(one.turnover), one.state, one.version, one.channel) for one in mine])
"""


@pytest.fixture
def pages(chromium: Browser) -> Iterator[dict[str, Page]]:
    """A desk for the mentor, a phone with touch for the producer."""
    shapes = {
        "desk": {"viewport": {"width": 1280, "height": 800}},
        "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    }
    contexts = {name: chromium.new_context(locale="id-ID", **shape) for name, shape in shapes.items()}  # type: ignore[arg-type]  # shapes of a browser
    yield {name: context.new_page() for name, context in contexts.items()}
    for context in contexts.values():
        context.close()


def run(installation: Installation, code: str) -> str:
    """What a piece of code prints inside the installation."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=installation.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


def test_a_return_survives_a_lost_network_and_counts_once(pages: dict[str, Page], installation: Installation) -> None:
    code, month = run(installation, PREPARE).split()
    phone, desk = pages["phone"], pages["desk"]
    phone.goto(f"{installation.address}/lapor/{code}")
    assert_nothing_sticks_out(phone)
    assert_accessible(phone)

    # the network goes in the middle of the first screen
    phone.get_by_label("Omzet (Rp)").fill("1.250.000")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_label("Perempuan Dibayar", exact=False).first.fill("2")
    phone.get_by_role("button", name="Kirim laporan").click()
    expect(phone.get_by_text("Tidak ada sambungan.")).to_be_visible()
    assert run(installation, COUNT) == "[]"

    # it comes back: what was typed goes out by itself, once
    phone.context.set_offline(False)
    expect(phone.get_by_text("sudah terkirim")).to_be_visible(timeout=30_000)
    assert run(installation, COUNT) == "[(1250000, 'submitted', 1, 'link')]"
    assert_nothing_sticks_out(phone)

    # a value that is remarkable is asked about, and justified on the same page
    phone.get_by_label("Omzet (Rp)").fill("9.000.000.000")
    phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_role("button", name="Kirim laporan").click()
    expect(phone.get_by_text(re.compile("lebih besar dari"))).not_to_have_count(0)
    phone.get_by_label("Mengapa?", exact=False).first.fill("Pesanan ekspor contoh")
    phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_role("button", name="Kirim laporan").click()
    expect(phone.get_by_text("sudah terkirim")).to_be_visible(timeout=30_000)

    # the mentor's grid, by keyboard
    sign_in(desk, installation, "dpmd.bidang")
    desk.goto(f"{installation.address}/kantor/laporan-bulanan/tabel/{month}/")
    field = desk.get_by_label("Omzet (Rp) – Kopi Contoh Lapor 2")
    field.fill("750000")
    field.press("Enter")
    expect(desk.get_by_role("status").filter(has_text="Tersimpan")).to_be_visible()
    assert_nothing_sticks_out(desk)
    assert_accessible(desk)
    assert run(installation, COUNT).endswith("(750000, 'submitted', 1, 'grid')]")


KEPT = """async () => {
  const stores = await caches.keys(), found = [];
  for (const one of stores) for (const held of await (await caches.open(one)).keys()) found.push(new URL(held.url).pathname);
  return { stores, paths: found.filter((one) => !one.startsWith('/static/')),
           workers: (await navigator.serviceWorker.getRegistrations()).map((one) => new URL(one.scope).pathname) };
}"""
REVOKE = """
from lontar.cli import database; database.ready(lambda line: None)
from django.utils import timezone
from lontar.access.models import Post
from lontar.access.scope import acting_in
from lontar.returns import actions
from lontar.returns.models import Producer
with acting_in("53"):
    post = Post.objects.get(code="DPMD-BIDANG"); by = post.holdings.get(valid_until__isnull=True).user
    mine = Producer.objects.get(name="Kopi Contoh Luring 1")
    print(actions.revoke_links(producer_id=mine.pk, by=by, post=post, at=timezone.now()))
"""


def test_a_page_that_was_opened_once_opens_without_a_network_and_goes_when_its_link_ends(
    pages: dict[str, Page], installation: Installation
) -> None:
    code, _month = run(installation, PREPARE.replace("Contoh Lapor", "Contoh Luring")).split()
    count = COUNT.replace("Contoh Lapor", "Contoh Luring")
    here, nothing = f"{installation.address}/lapor/{code}", {"stores": [], "paths": [], "workers": []}
    first = pages["phone"]
    context = first.context
    first.goto(f"{installation.address}/tentang")
    assert first.evaluate(KEPT) == nothing
    first.goto(here)
    expect(first.get_by_text("Halaman ini tersimpan di ponsel ini")).to_be_visible()
    assert_nothing_sticks_out(first)
    assert_accessible(first)
    first.goto("about:blank")

    # the network is gone before the page is opened again
    context.set_offline(True)
    phone = context.new_page()
    phone.goto(here)
    phone.get_by_label("Omzet (Rp)").fill("1.100.000")
    phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_role("button", name="Kirim laporan").click()
    expect(phone.get_by_text("Tidak ada sambungan.")).to_be_visible()
    elsewhere = context.new_page()
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        elsewhere.goto(f"{installation.address}/tentang")
    with pytest.raises(Error, match="ERR_"):
        elsewhere.goto(f"{installation.address}/lapor/AAAAAAAAAAAA")

    context.set_offline(False)
    expect(phone.get_by_text("sudah terkirim")).to_be_visible(timeout=30_000)
    assert run(installation, count) == "[(1100000, 'submitted', 1, 'link')]"
    expect(phone.get_by_text("Halaman ini tersimpan di ponsel ini")).to_be_visible()
    only = {"stores": ["lontar-lapor"], "paths": [f"/lapor/{code}"], "workers": ["/lapor/"]}
    assert phone.evaluate(KEPT) == only

    # its owner takes it off; opening it again keeps it again
    phone.get_by_role("button", name="Hapus dari ponsel ini").click()
    expect(phone.get_by_text("sudah dihapus dari ponsel ini")).to_be_visible()
    assert phone.evaluate(KEPT) == nothing
    phone.goto(here)
    expect(phone.get_by_text("Halaman ini tersimpan di ponsel ini")).to_be_visible()
    assert phone.evaluate(KEPT) == only

    # the link is revoked: the server says so once, and nothing is left
    run(installation, REVOKE)
    phone.goto(here)
    expect(phone.get_by_text("Tautan ini tidak berlaku")).to_be_visible()
    phone.wait_for_function("async () => !(await caches.keys()).length")
    phone.goto(f"{installation.address}/tentang")
    assert phone.evaluate(KEPT) == nothing
