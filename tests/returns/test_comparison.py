"""The comparison group: who is in it and why, and how it answers; only the province changes it, with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from tests.designation.factories import make_flagship, make_proposal
from tests.factories import Member, make_enterprise
from tests.returns.factories import FAR, HOME, JULY, World, acting, make_return

from lontar.access import doors
from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.engines.periods import Month
from lontar.registry.models import Commodity, Enterprise
from lontar.returns import actions
from lontar.returns.models import Period, Producer
from lontar.returns.queries import comparing
from lontar.returns.states import Maker

pytestmark = pytest.mark.django_db
PAGE = "/kantor/laporan-bulanan/pembanding/"
FAR_PAGE = f"{PAGE}{FAR}/"
READERS = {
    "province_admin", "province_officer", "agency_officer", "regency_officer", "village_officer", "mentor", "viewer",
}  # fmt: skip


@pytest.fixture
def coffee(world: World) -> Commodity:
    """Another maker of coffee in the village of the comparison group."""
    with acting_in("53"):
        commodity = Commodity.objects.get(code="kopi-contoh")
        make_enterprise(FAR, name="Kopi Kedua Contoh", commodity=commodity)
    return commodity


def wanted(record: Enterprise, *, reason: str = "Kabupaten dan komoditas sama.") -> actions.NewProducer:
    return actions.NewProducer(
        maker=Maker.ENTERPRISE, maker_id=record.pk, name=record.name, village=record.village_id, category="drink", unit="kg",
        reason=reason,
    )  # fmt: skip


def test_readers_see_their_part_and_the_province_arranges(world: World, cast: dict[str, Member]) -> None:
    table = {door.name: answers for door, answers in doors.permission_table()}
    pages = {
        "comparison": (PAGE, READERS, {200}),
        "comparison_village": (FAR_PAGE, READERS, {200, 404}),  # 404: outside of one's region
        "find_comparison": (f"{PAGE}cari/", {"province_officer"}, {200}),
        "change_comparison": (f"{FAR_PAGE}daftar/", {"province_officer"}, {405}),
    }
    for name, (path, allowed, inside) in pages.items():
        for role, member in cast.items():
            assert (table[f"returns:{name}"][role] == "open") == (role in allowed), (name, role)
            status = member.client().get(path).status_code
            assert status in (inside if role in allowed else {403, 405}), (name, role, status)


def test_coverage_and_loss_are_told_beside_those_of_the_programme(world: World, province_officer: Member) -> None:
    with acting_in("53"):
        for producer in (world.coffee, world.weaving, world.school, world.comparison):
            make_return(producer, Month.of(2025, 7))
        make_return(world.coffee)
        make_return(world.weaving, state="draft", submitted_at=None)
        Period.objects.filter(start__lt=JULY.start).update(state="closed")

        cover = comparing.cover_by_month("53", last=JULY, months=13)
        regencies = comparing.cover_by_regency("53", JULY)
        kept = comparing.kept_since("53", last=JULY)

    assert cover[JULY] == comparing.Cover(1, 0, 4, 1)
    assert cover[Month.of(2025, 7)] == comparing.Cover(1, 1, 4, 3)
    assert regencies[FAR[:5]].asked == 1
    assert regencies[HOME[:5]].programme_answered == 1
    assert (kept[0], kept[0].lost) == (comparing.Kept(1, 0), 1.0)
    assert (kept[1], kept[1].lost) == (comparing.Kept(3, 1), pytest.approx(2 / 3))
    text = province_officer.client().get(PAGE).content.decode()
    assert "Kopi contoh" in text
    assert "tidak dicatat" in text


def test_the_province_finds_a_village_adds_a_maker_and_says_why(
    world: World, coffee: Commodity, province_officer: Member
) -> None:
    browser = province_officer.client()

    found = browser.get(f"{PAGE}cari/?wilayah={FAR[:5]}&komoditas={coffee.pk}").content.decode()
    assert f"{FAR_PAGE}?komoditas={coffee.pk}" in found
    page = browser.get(f"{FAR_PAGE}?komoditas={coffee.pk}").content.decode()
    assert "Kopi Kedua Contoh" in page
    with acting_in("53"):
        new = Enterprise.objects.get(name="Kopi Kedua Contoh")
    values = {"pilih": str(new.pk), "bulan": Month.from_date(date.today()).label, "kelompok": "drink", "satuan": "kg"}
    refused = browser.post(f"{FAR_PAGE}daftar/?komoditas={coffee.pk}", values)
    with acting_in("53"):
        assert refused.status_code == 422
        assert not Producer.objects.filter(enterprise=new).exists()
    why = "Kabupaten dan komoditas sama."
    told = browser.post(
        f"{FAR_PAGE}daftar/?komoditas={coffee.pk}", values | {"alasan": why}, follow=True
    ).content.decode()

    assert "1 produsen tersimpan" in told
    assert why in told
    with acting_in("53"):
        kept = Producer.objects.get(enterprise=new)
    assert (kept.unit_key, kept.reason, kept.commodity_id, kept.village_id) == ("", why, coffee.pk, FAR)


def test_a_village_with_a_flagship_cannot_be_a_comparison(
    world: World, coffee: Commodity, village_officer: Member, province_officer: Member
) -> None:
    with acting_in("53"):
        other = make_enterprise(HOME, name="Lain Contoh")
        proposal = make_proposal(village_officer, commodity=coffee)
    village_officer.enter()
    flagship = make_flagship(proposal, commodity=coffee, valid_from=date(2026, 1, 1))
    with acting_in("53"):
        with pytest.raises(actions.NoComparison, match=flagship.village.name):
            actions.enrol_producers([wanted(other)], first=JULY, **acting(province_officer))
        assert not Producer.objects.filter(enterprise=other).exists()


def test_only_the_province_changes_the_group_and_never_without_a_reason(
    world: World, coffee: Commodity, regency_officer: Member, province_officer: Member
) -> None:
    with acting_in("53"):
        new = Enterprise.objects.get(name="Kopi Kedua Contoh")
        far = make_enterprise(HOME, name="Dekat Contoh")
        with pytest.raises(Refused):
            actions.enrol_producers([wanted(far)], first=JULY, **acting(regency_officer))
        with pytest.raises(actions.ReasonNeeded):
            actions.enrol_producers([wanted(new, reason=" ")], first=JULY, **acting(province_officer))
        with pytest.raises(actions.ReasonNeeded):
            actions.end_producer(producer_id=world.comparison, until=JULY, **acting(province_officer))
        assert Producer.objects.get(pk=world.comparison).until_month is None
        assert not Producer.objects.filter(enterprise__in=[new, far]).exists()


def test_who_leaves_stays_in_the_list_with_the_reason(world: World, province_officer: Member) -> None:
    month = Month.from_date(date.today())
    values = {"pilih": [str(world.comparison), str(world.coffee)], "bulan": month.label}
    browser = province_officer.client()

    refused = browser.post(f"{FAR_PAGE}akhiri/", values)
    with acting_in("53"):
        assert (refused.status_code, Producer.objects.filter(until_month__isnull=False).count()) == (422, 0)
    told = browser.post(f"{FAR_PAGE}akhiri/", values | {"alasan": "Pindah ke Kupang."}, follow=True).content.decode()

    assert "1 produsen tersimpan" in told
    assert "Berhenti: Pindah ke Kupang." in told
    with acting_in("53"):
        ended = Producer.objects.get(pk=world.comparison)
        assert (ended.until_month, ended.end_reason) == (month.start, "Pindah ke Kupang.")
        assert Producer.objects.get(pk=world.coffee).until_month is None
