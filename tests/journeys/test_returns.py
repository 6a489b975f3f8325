"""A producer reports on a phone while the network goes and comes back; a mentor fills in the grid by keyboard."""

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
