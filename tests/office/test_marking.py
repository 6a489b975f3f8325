"""Verification in bulk: asked first with how many, by the rows picked or the filter, within the region, undone exactly."""

from __future__ import annotations

import re

import pytest
from pghistory.models import Context
from tests.factories import Member, make_enterprise
from tests.office.world import BENA, LANGA, World

from lontar.access import scope
from lontar.registry.models import Enterprise

VERIFY, UNVERIFY = "/kantor/usaha/tandai/verifikasi/", "/kantor/usaha/tandai/batalkan/"


def verified() -> set[str]:
    scope.enter("53")
    return set(Enterprise.objects.filter(verified_at__isnull=False).values_list("name", flat=True))


def undo_url(text: str) -> str:
    found = re.search(r'href="(/kantor/usaha/tandai/[0-9a-f-]+/urungkan/)"', text)
    assert found, text
    return found[1]


def test_the_filter_is_verified_after_a_confirmation_that_names_how_many(agency_officer: Member, world: World) -> None:
    scope.enter("53")
    for number in range(3):
        make_enterprise(BENA, name=f"Usaha Contoh {number}")
    browser = agency_officer.client()
    asked = browser.post(f"{VERIFY}?wilayah={BENA}", {"semua": "1"}).content.decode()
    assert "Verifikasi 4 usaha?" in asked
    assert "4 usaha dipilih; 4 akan berubah" in asked
    assert verified() == {"=Kopi Contoh"}

    done = browser.post(f"{VERIFY}?wilayah={BENA}", {"semua": "1", "yakin": "1"}, follow=True)
    assert "4 usaha diverifikasi." in done.content.decode()
    assert verified() == {
        "=Kopi Contoh", "Tenun Ikat Contoh", "Usaha Contoh 0", "Usaha Contoh 1", "Usaha Contoh 2",
    }  # fmt: skip
    assert Context.objects.filter(metadata__action="verification.sections.signed").count() == 1


def test_closed_ones_and_those_already_verified_are_left_out_of_the_number(
    agency_officer: Member, world: World
) -> None:
    browser = agency_officer.client()
    text = browser.post(VERIFY, {"semua": "1"}).content.decode()
    assert "3 usaha dipilih; 1 akan berubah" in text
    picked = {"pilih": [str(world.tenun.pk), str(world.kopi.pk), str(world.closed.pk), str(world.away.pk)]}
    text = browser.post(VERIFY, picked).content.decode()
    assert "3 usaha dipilih; 1 akan berubah" in text, "the one beyond the region is not even counted"
    browser.post(VERIFY, {**picked, "yakin": "1"})
    assert verified() == {"=Kopi Contoh", "Tenun Ikat Contoh"}
    answer = browser.post(VERIFY, picked, follow=True)
    assert "Tidak ada yang berubah" in answer.content.decode()


def test_undoing_gives_back_exactly_what_the_act_took(agency_officer: Member, world: World) -> None:
    browser = agency_officer.client()
    done = browser.post(VERIFY, {"semua": "1", "yakin": "1"}, follow=True).content.decode()
    scope.enter("53")
    Enterprise.objects.filter(pk=world.kopi.pk).update(main_product="Lain")
    assert "Urungkan tindakan ini?" in browser.get(undo_url(done)).content.decode()
    text = browser.post(undo_url(done), follow=True).content.decode()
    assert "Diurungkan untuk 1 usaha." in text
    assert verified() == {"=Kopi Contoh"}, "the one verified before the act stays"
    assert "sudah berubah sesudahnya" in browser.post(undo_url(done), follow=True).content.decode()


def test_what_somebody_verified_anew_after_the_act_is_not_undone(agency_officer: Member, world: World) -> None:
    browser = agency_officer.client()
    done = browser.post(VERIFY, {"semua": "1", "yakin": "1"}, follow=True).content.decode()
    for path in (UNVERIFY, VERIFY):
        browser.post(path, {"pilih": [world.tenun.pk], "yakin": "1"})
    browser.post(undo_url(done))
    assert "Tenun Ikat Contoh" in verified()


def test_taking_a_verification_back_can_be_undone_too(agency_officer: Member, world: World) -> None:
    browser = agency_officer.client()
    done = browser.post(UNVERIFY, {"semua": "1", "yakin": "1"}, follow=True).content.decode()
    assert "Verifikasi 1 usaha dibatalkan." in done
    assert verified() == set()
    browser.post(undo_url(done))
    assert verified() == {"=Kopi Contoh"}


def test_another_act_cannot_be_undone_as_a_verification(agency_officer: Member, world: World) -> None:
    agency_officer.client().post(f"/kantor/usaha/{world.kopi.pk}/tutup/")
    other = Context.objects.get(metadata__action="registry.enterprise.status_changed").pk
    text = agency_officer.client().post(f"/kantor/usaha/tandai/{other}/urungkan/", follow=True).content.decode()
    assert "Tidak ada lagi yang dapat diurungkan" in text


def test_one_enterprise_is_verified_from_its_own_page(agency_officer: Member, world: World) -> None:
    answer = agency_officer.client().post(f"/kantor/usaha/{world.tenun.pk}/tandai/verifikasi/", follow=True)
    assert "1 usaha diverifikasi." in answer.content.decode()
    assert verified() == {"=Kopi Contoh", "Tenun Ikat Contoh"}


@pytest.mark.parametrize("who", ["regency_officer", "village_officer", "viewer", "lender", "province_officer"])
def test_nobody_else_verifies(who: str, cast: dict[str, Member], world: World) -> None:
    browser = cast[who].client()
    for path in (VERIFY, f"/kantor/usaha/{world.tenun.pk}/tandai/verifikasi/"):
        assert browser.post(path, {"semua": "1", "yakin": "1"}).status_code == 403
    assert verified() == {"=Kopi Contoh"}
    if who != "lender":
        assert "data-bulk" not in browser.get("/kantor/usaha/").content.decode()


def test_without_a_choice_nothing_happens(agency_officer: Member, world: World) -> None:
    text = agency_officer.client().post(f"{VERIFY}?wilayah={LANGA}", {}, follow=True).content.decode()
    assert "Pilih dahulu paling sedikit satu usaha." in text
    assert agency_officer.client().get(VERIFY).status_code == 405
