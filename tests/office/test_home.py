"""The first page, the quick search, places while typing, coverage."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.factories import MORNING, Member, make_post
from tests.office.world import AWAY, BENA, LANGA, World

from lontar.access import scope
from lontar.access.queries import OpenWork, register_open_work
from lontar.office.presenters.home import happenings
from lontar.office.queries import waiting
from lontar.office.queries.lately import lately
from lontar.office.states import Urgency
from lontar.registry.models import Enterprise, Licence, OfficialTotal, VillagePotential

TODAY = date(2026, 1, 15)


def found(member: Member, day: date = TODAY) -> dict[str, int]:
    member.enter()
    return {one.title: one.count for one in waiting.waiting_for(member.held, day)}


def test_the_work_list_names_what_waits_in_the_region(
    regency_officer: Member, agency_officer: Member, world: World
) -> None:
    Licence.objects.update(expires_date=date(2026, 2, 1))
    make_post("kosong-contoh", region_code="53.09.01")
    assert found(regency_officer) == {
        "Jabatan tanpa pemegang": 1, "Izin yang habis dalam 60 hari": 1, "Desa/kelurahan tanpa data potensi": 1,
    }  # fmt: skip
    assert found(agency_officer) == {
        "Izin yang habis dalam 60 hari": 1, "Desa/kelurahan tanpa data potensi": 1,
        "Pemilik dan identitas: menunggu pengesahan": 1, "Usaha dan klasifikasi: menunggu pengesahan": 1,
        "Tenaga kerja dan omzet: menunggu pengesahan": 1,
    }  # fmt: skip


def test_what_presses_comes_first_and_says_since_when(agency_officer: Member, world: World) -> None:
    Licence.objects.update(expires_date=date(2026, 3, 10))
    work = [
        OpenWork("Contoh menunggu", 2, "/kantor/kiriman/", since=MORNING, is_urgent=True),
        OpenWork("Contoh kosong", 0),
    ]
    register_open_work("contoh", lambda post: work)
    try:
        agency_officer.enter()
        first, second, *_rest = waiting.waiting_for(agency_officer.held, TODAY)
    finally:
        register_open_work("contoh", lambda post: [])
    assert (first.title, first.count, first.urgency, first.since) == ("Contoh menunggu", 2, Urgency.NOW, MORNING)
    assert (second.title, second.urgency, second.due) == (
        "Izin yang habis dalam 60 hari", Urgency.SOON, date(2026, 3, 10),
    )  # fmt: skip


def test_an_empty_work_list_says_what_to_do(viewer: Member, world: World) -> None:
    scope.enter("53")
    Licence.objects.update(expires_date=None)
    for village in (LANGA, AWAY):
        VillagePotential.objects.create(
            village_id=village, commodity=world.commodity, year=2025, unit="kg", recorded_at=MORNING
        )
    text = viewer.client().get("/kantor/").content.decode()
    assert "Tidak ada yang menunggu." in text
    assert "Periksa desa di wilayah saya" in text


def test_the_first_page_tells_coverage_and_the_latest(agency_officer: Member, world: World) -> None:
    agency_officer.client().post(f"/kantor/usaha/{world.tenun.pk}/tandai/verifikasi/")
    text = agency_officer.client().get("/kantor/").content.decode()
    assert "mengubah 1 usaha · Bagian disahkan" in text
    assert "Koperasi Ngada Contoh (Rambu Contoh Koperasi, Petugas Dinas Koperasi Ngada)" in text
    assert "2 usaha" in text


def test_the_latest_is_bounded_by_the_region_and_names_people_to_their_own_agency_only(
    agency_officer: Member, regency_officer: Member, world: World
) -> None:
    scope.enter("53")
    told = lately(BENA, regency_officer.held)
    assert {one.what for one in told} == {"enterprise", "potential", "product", "licence", "organization"}
    agency_officer.client().post(f"/kantor/usaha/{world.tenun.pk}/tandai/verifikasi/")
    regency_officer.enter()
    newest = next(one for one in lately("53.09", regency_officer.held) if one.act)
    assert (newest.what, newest.number, newest.agency, newest.person) == ("enterprise", 1, "Koperasi Ngada Contoh", "")
    assert [one.what for one in lately(AWAY, regency_officer.held)] == []


def test_an_act_beyond_the_newest_events_is_told_as_at_least_so_many(
    agency_officer: Member, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope.enter("53")
    Enterprise.objects.update(start_year=2001)
    monkeypatch.setattr("lontar.office.queries.lately.NEWEST", 2)
    told = [one for one in lately("53", agency_officer.held) if one.what == "enterprise"]
    assert [(one.kind, one.number, one.is_more) for one in told] == [("update", 2, True)]
    assert "sedikitnya 2 usaha" in happenings(told)[0].what


def test_the_search_finds_all_kinds_within_the_region(agency_officer: Member, cashier: Member, world: World) -> None:
    text = agency_officer.client().get("/kantor/cari?q=contoh").content.decode()
    for words in ("Bena Contoh", "Tenun Ikat Contoh", "Selendang Contoh", "Koperasi Contoh"):
        assert words in text, words
    assert "Garam Contoh Jauh" not in text
    assert "Maria Contohina" not in cashier.client().get("/kantor/cari?q=maria").content.decode()
    assert "Tenun Ikat Contoh" in agency_officer.client().get("/kantor/cari?q=maria").content.decode()
    assert "Tidak ada yang cocok." in agency_officer.client().get("/kantor/cari?q=zzz").content.decode()
    assert "Tekan /" in agency_officer.client().get("/kantor/cari").content.decode()


def test_places_are_offered_within_the_region_only(regency_officer: Member, world: World) -> None:
    text = regency_officer.client().get("/kantor/wilayah/saran?wilayah=contoh").content.decode()
    assert f'<option value="{BENA} · ' in text
    assert AWAY not in text


def test_coverage_stands_against_the_official_total(province_admin: Member, world: World) -> None:
    OfficialTotal.objects.create(
        region_id="53.09", key="imk_enterprises", number=8, valid_from=TODAY, source="Tabel Contoh"
    )
    text = province_admin.client().get("/kantor/cakupan/").content.decode()
    assert "Seberapa jauh usaha terdaftar dan diverifikasi?" in text
    table = re.sub(r"<[^>]+>", " ", text[text.index("Lihat sebagai tabel") :]).split()
    assert table[table.index("53.09") : table.index("53.09") + 4] == ["53.09", "1", "1", "6"]
    answer = province_admin.client().get(
        "/kantor/cakupan/?format=csv&urut=-terdaftar&kolom=resmi&kolom=terdaftar&kolom=dari-resmi&kolom=dari-terdaftar"
    )
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert rows == [
        "Kabupaten/kota,Angka resmi,Terdaftar,Terdaftar dari resmi (%),Terverifikasi dari terdaftar (%)",
        "Contoh 53.09,8,2,25.0,50.0",
        "Contoh 53.10,,1,,0.0",
    ]
    assert "Contoh 53.09.01" in province_admin.client().get("/kantor/cakupan/?tingkat=kecamatan").content.decode()
