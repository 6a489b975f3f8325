"""Claims on the office's screens: what others say stands beside the value in force, is accepted, taken back, listed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone
from tests.factories import Member, make_agency, make_post, make_user
from tests.office.world import World

from lontar.access import scope
from lontar.access.models import Post
from lontar.access.states import AgencyKind
from lontar.registry.actions import change_enterprise
from lontar.registry.models import Acceptance, Authority, Disagreement, EnterpriseClaim

pytestmark = pytest.mark.django_db
REASON = "Dicocokkan dengan surat izin contoh"


@pytest.fixture
def cooperatives(world: World) -> Post:
    """Dinas Koperasi, the authority for money, says another turnover than the list of BPS did."""
    scope.enter("53")
    agency = make_agency("koperasi-dua", short_name="Koperasi Dua", kind=AgencyKind.COOPERATIVES)
    post = make_post("petugas-koperasi", agency=agency)
    change_enterprise(
        enterprise_id=world.tenun.pk,
        values={"annual_turnover": 60_000_000},
        by=make_user("orang.koperasi"),
        post=post,
        at=timezone.now(),
    )
    return post


def turnover(world: World) -> Decimal | None:
    scope.enter("53")
    world.tenun.refresh_from_db()
    return world.tenun.annual_turnover


def test_the_page_shows_what_holds_and_who_says_otherwise_with_file_and_row(
    regency_officer: Member, world: World, cooperatives: Post
) -> None:
    page = regency_officer.client().get(f"/kantor/usaha/{world.tenun.pk}/").content.decode()

    assert "Rp60.000.000" in page
    assert "Rp48.000.000" in page
    assert "kiriman 7, baris 214" in page
    assert "Berlaku menurut kewenangan atas omzet dan modal." in page
    assert page.count("Belum diputuskan") == 1


def test_an_officer_accepts_a_claim_with_a_reason_and_takes_it_back(
    regency_officer: Member, world: World, cooperatives: Post
) -> None:
    browser = regency_officer.client()
    scope.enter("53")
    claim = EnterpriseClaim.objects.get(agency=world.tenun.source_agency)
    here = f"/kantor/usaha/{world.tenun.pk}/klaim/annual_turnover/{claim.pk}/terima/"

    assert browser.post(here, {"reason": "ya"}).status_code == 422
    assert turnover(world) == Decimal(60_000_000)
    assert browser.post(here, {"reason": REASON}).status_code == 302
    assert turnover(world) == Decimal(48_000_000)
    accepted = Acceptance.objects.get()
    assert REASON in browser.get(f"/kantor/usaha/{world.tenun.pk}/").content.decode()

    assert browser.post(f"/kantor/usaha/klaim/{accepted.pk}/lepas/").status_code == 302
    assert turnover(world) == Decimal(60_000_000)


def test_a_village_officer_accepts_nothing(village_officer: Member, world: World, cooperatives: Post) -> None:
    scope.enter("53")
    claim = EnterpriseClaim.objects.get(agency=world.tenun.source_agency)

    answer = village_officer.client().post(
        f"/kantor/usaha/{world.tenun.pk}/klaim/annual_turnover/{claim.pk}/terima/", {"reason": REASON}
    )

    assert (answer.status_code, turnover(world)) == (403, Decimal(60_000_000))
    assert Acceptance.objects.count() == 0


def test_a_change_that_another_agency_is_the_authority_for_is_told_plainly(
    village_officer: Member, world: World, cooperatives: Post
) -> None:
    browser, here = village_officer.client(), f"/kantor/usaha/{world.tenun.pk}/ubah/"
    form = browser.get(here).context["form"]
    shown = {f"initial-{name}": form.written(name) for name in form.fields}
    data = {name: form.written(name) for name in form.fields} | shown | {"annual_turnover": "1.000.000"}

    page = browser.post(here, data, follow=True).content.decode()

    assert "Tercatat sebagai klaim instansi Anda: Omzet setahun." in page
    assert turnover(world) == Decimal(60_000_000)


def test_the_list_finds_by_place_field_and_agency_and_leaves_as_a_file(
    regency_officer: Member, world: World, cooperatives: Post
) -> None:
    browser = regency_officer.client()

    def found(**asked: object) -> bool:
        return "Tenun Ikat Contoh" in browser.get("/kantor/perbedaan/", asked).content.decode()

    source = world.tenun.source_agency_id
    assert found()
    assert found(isian="annual_turnover", instansi=source, wilayah="53.09.01")
    assert not found(isian="nib")
    assert not found(instansi=cooperatives.agency_id)
    assert not found(wilayah="53.09.01.2002")
    answer = browser.get("/kantor/perbedaan/?format=csv")
    assert "Omzet setahun" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # streams


def test_picked_differences_are_decided_with_one_reason(
    regency_officer: Member, world: World, cooperatives: Post
) -> None:
    browser = regency_officer.client()
    scope.enter("53")
    one = Disagreement.objects.get()

    asked = browser.post("/kantor/perbedaan/putuskan/", {"pilih": one.pk})
    assert "Putuskan perbedaan pada 1 catatan" in asked.content.decode()
    done = browser.post("/kantor/perbedaan/putuskan/", {"pilih": one.pk, "reason": REASON, "field": "", "agency": ""})

    assert (done.status_code, turnover(world)) == (302, Decimal(60_000_000))
    assert Disagreement.objects.count() == 0
    assert Acceptance.objects.get().reason == REASON


def test_the_work_list_counts_what_is_undecided(regency_officer: Member, world: World, cooperatives: Post) -> None:
    page = regency_officer.client().get("/kantor/").content.decode()

    assert "Perbedaan antarinstansi yang belum diputuskan" in page


def test_only_the_provinces_administrator_sets_a_rank(province_admin: Member, regency_officer: Member) -> None:
    today = timezone.localdate().isoformat()
    data = {"agency_kind": "bps", "rank": "1", "valid_from": today, "source": "Keputusan Contoh 2/2026"}
    before = Authority.objects.count()

    assert regency_officer.client().post("/kantor/kewenangan/money/", data).status_code == 403
    assert Authority.objects.count() == before
    assert province_admin.client().post("/kantor/kewenangan/money/", data).status_code == 302

    assert Authority.objects.get(topic="money", agency_kind="bps", valid_until=None).rank == 1
    assert "Keputusan Contoh 2/2026" in province_admin.client().get("/kantor/kewenangan/money/").content.decode()
    assert province_admin.client().get("/kantor/kewenangan/apa/").status_code == 404
