"""Months are opened, moved and closed on their screen and by the nightly job; producers of a unit are asked, and no longer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from tests.designation.factories import make_flagship, make_proposal
from tests.factories import Member, make_enterprise
from tests.returns.factories import HOME, JULY, World, make_return

from lontar.access import doors
from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.audit.models import Parameter
from lontar.audit.states import KnownParameter
from lontar.designation.models import Flagship
from lontar.engines.periods import Month
from lontar.registry.models import Enterprise
from lontar.returns import actions
from lontar.returns.models import Period, Producer, Return
from lontar.returns.queries.standing import open_months, standing
from lontar.returns.states import ReturnState

pytestmark = pytest.mark.django_db
MONTHS = "/kantor/laporan-bulanan/masa/"
UNITS = "/kantor/laporan-bulanan/unit/"


@pytest.fixture
def flagship(world: World, village_officer: Member) -> Flagship:
    """The coffee of the home village, designated; one maker is asked already, one is not."""
    with acting_in("53"):
        commodity = Producer.objects.get(pk=world.coffee).commodity
        assert commodity is not None
        make_enterprise(HOME, name="Kopi Baru Contoh", commodity=commodity)
        make_enterprise(HOME, name="Tenun Lain Contoh")
        proposal = make_proposal(village_officer, commodity=commodity)
        village_officer.enter()
        return make_flagship(proposal, commodity=commodity, valid_from=date(2026, 1, 1))


def states() -> dict[str, str]:
    """Months with their states, the newest three."""
    rows = Period.objects.months().order_by("-start")[:3]
    return {one.span.label: one.state for one in rows}


def test_only_the_province_opens_months_and_only_enrollers_see_units(
    world: World, flagship: Flagship, cast: dict[str, Member]
) -> None:
    province, enrollers = {"province_officer"}, {"province_officer", "regency_officer"}
    table = {door.name: answers for door, answers in doors.permission_table()}
    pages = {
        "months": (MONTHS, province, 200),
        "open_next": (f"{MONTHS}berikut/", province, 405),
        "move_month": (f"{MONTHS}2026-07/tenggang/", province, 405),
        "units": (UNITS, enrollers, 200),
        "unit": (f"{UNITS}{flagship.pk}/", enrollers, 200),
        "change_unit": (f"{UNITS}{flagship.pk}/daftar/", enrollers, 405),
    }
    for name, (path, allowed, inside) in pages.items():
        for role, member in cast.items():
            assert (table[f"returns:{name}"][role] == "open") == (role in allowed), (name, role)
            status = member.client().get(path).status_code
            assert status in ({inside} if role in allowed else {403, 405}), (name, role, status)


def test_a_month_gets_grace_is_opened_again_and_closed_for_good_after_one_more_question(
    world: World, province_officer: Member
) -> None:
    with acting_in("53"):
        make_return(world.coffee, JULY, state="accepted")
    browser = province_officer.client()

    browser.post(f"{MONTHS}2026-07/tenggang/")
    assert states()["2026-07"] == "grace"
    browser.post(f"{MONTHS}2026-07/buka/")
    assert states()["2026-07"] == "open"
    asked = browser.post(f"{MONTHS}2026-07/tutup/").content.decode()
    assert "1 laporan yang sudah diterima dikunci; 4 produsen" in asked
    assert states()["2026-07"] == "open"
    browser.post(f"{MONTHS}2026-07/tutup/", {"yakin": "1"})
    refused = browser.post(f"{MONTHS}2026-07/buka/", follow=True).content.decode()

    assert states()["2026-07"] == "closed"
    assert "tidak dapat menjadi terbuka" in refused
    with acting_in("53"):
        assert standing(Return.objects.get(), open_months()) == ReturnState.LOCKED
        assert Return.objects.all().standing(ReturnState.LOCKED).count() == 1
        assert Return.objects.all().standing(ReturnState.ACCEPTED).count() == 0


def test_the_next_month_is_opened_once_it_has_begun(world: World, province_officer: Member) -> None:
    present = Month.from_date(timezone.localdate())
    actions.open_periods(JULY, present.shift(-1), by=None, at=timezone.now())
    browser = province_officer.client()

    opened = browser.post(f"{MONTHS}berikut/", follow=True).content.decode()
    refused = browser.post(f"{MONTHS}berikut/", follow=True).content.decode()

    assert f"{present} dibuka untuk laporan." in opened
    assert f"{present.shift(1)} belum mulai" in refused
    assert next(iter(states())) == present.label


def test_the_nightly_job_opens_the_month_that_began_in_wita_once(world: World) -> None:
    before = datetime(2026, 7, 31, 15, 59, tzinfo=UTC)  # 23.59 WITA
    assert actions.open_due(before) == 0
    assert next(iter(states())) == "2026-07"

    opened = [actions.open_due(datetime(2026, 9, 30, 16, 20, tzinfo=UTC)) for _night in range(2)]

    assert opened == [3, 0]
    assert states() == {"2026-10": "open", "2026-09": "open", "2026-08": "open"}


def test_the_nightly_job_begins_nothing_by_itself(db: None) -> None:
    assert actions.open_due(timezone.now()) == 0
    assert not Period.objects.exists()


def test_who_may_not_opens_nothing(world: World, viewer: Member) -> None:
    with pytest.raises(Refused):
        actions.open_next(by=viewer.user, post=viewer.held, at=timezone.now())

    assert next(iter(states())) == "2026-07"


def test_a_maker_is_asked_to_report_and_later_no_longer(
    world: World, flagship: Flagship, province_officer: Member
) -> None:
    browser, here = province_officer.client(), f"{UNITS}{flagship.pk}/"
    page = browser.get(here).content.decode()
    assert "Kopi Baru Contoh" in page
    assert "Tenun Lain Contoh" not in page
    present = Month.from_date(timezone.localdate())
    sent = {"bulan": present.label, "kelompok": "drink", "satuan": "kg"}
    with acting_in("53"):
        fresh = key_of("Kopi Baru Contoh")
        other = key_of("Tenun Lain Contoh")

    browser.post(f"{here}daftar/", {**sent, "pilih": [f"enterprise:{fresh}", f"enterprise:{other}"]})

    with acting_in("53"):
        asked = Producer.objects.get(enterprise_id=fresh)
        assert not Producer.objects.filter(enterprise_id=other).exists()
    assert (asked.unit_key, asked.from_month, asked.unit, asked.category) == (
        f"village:{HOME}", present.start, "kg", "drink",
    )  # fmt: skip

    early = browser.post(f"{here}akhiri/", {"bulan": present.shift(-1).label, "pilih": [asked.pk]})
    assert early.status_code == 422
    assert "baru melapor mulai" in early.content.decode()
    browser.post(f"{here}akhiri/", {"bulan": present.shift(1).label, "pilih": [asked.pk]})
    with acting_in("53"):
        asked.refresh_from_db()
    assert asked.until_month == present.shift(1).start


def key_of(name: str) -> int:
    """The key of the enterprise with this name."""
    return int(Enterprise.objects.get(name=name).pk)


def test_every_parameter_of_returns_has_a_label(db: None) -> None:
    keys = set(Parameter.objects.filter(key__startswith="returns.").values_list("key", flat=True))

    assert len(keys) == 30
    assert keys <= set(KnownParameter.values)
