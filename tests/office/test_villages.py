"""Villages: the list with its filters and files, one village in full, its potential changed by hand."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from tests.factories import MORNING, Member
from tests.office.test_enterprises import names
from tests.office.world import BENA, LANGA, World

from lontar.registry.models import Commodity, VillagePotential

LIST, ONE = "/kantor/desa/", f"/kantor/desa/{BENA}/"


def page(member: Member, path: str) -> str:
    answer = member.client().get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Bena Contoh", "Langa Contoh"]),
        ("?q=langa", ["Langa Contoh"]),
        ("?q=53.09.01.2001", ["Bena Contoh"]),
        ("?q=%25", []),
        ("?potensi=ada", ["Bena Contoh"]),
        ("?potensi=tidak", ["Langa Contoh"]),
        ("?cakupan=belum", ["Bena Contoh"]),
        ("?cakupan=penuh", ["Langa Contoh"]),
        ("?cakupan=kosong", []),
        ("?urut=-indeks", ["Bena Contoh", "Langa Contoh"]),
        ("?urut=indeks", ["Bena Contoh", "Langa Contoh"]),
        ("?urut=cakupan", ["Bena Contoh", "Langa Contoh"]),
        ("?urut=-cakupan", ["Langa Contoh", "Bena Contoh"]),
    ],
)
def test_the_address_filters_and_orders(agency_officer: Member, world: World, query: str, found: list[str]) -> None:
    assert names(page(agency_officer, LIST + query)) == found


def test_the_file_holds_plain_numbers(agency_officer: Member, world: World) -> None:
    query = "?format=csv&kolom=kode&kolom=indeks&kolom=usaha&kolom=cakupan&kolom=potensi"
    answer = agency_officer.client().get(LIST + query)
    head, *rows = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert head == ["Desa/kelurahan", "Kode", "Indeks desa", "Usaha", "Terverifikasi (%)", "Data potensi"]
    assert rows == [
        ["Bena Contoh", BENA, "0.664400", "1", "0.0", "Tahun 2025"],
        ["Langa Contoh", LANGA, "", "1", "100.0", "Belum ada"],
    ]


def test_a_village_shows_everything_with_source_and_date(agency_officer: Member, world: World) -> None:
    text = page(agency_officer, ONE)
    for words in (
        "Desa Bena Contoh", "Tahun 2025 (1 komoditas)", "Kopi Contoh", "12,5\xa0ha", "900\xa0kg", "Mei–Juli",
        "BPS Contoh, 15 Januari 2026", "Hutan Contoh", "Pasar (2025)", "0,6644", "Kementerian Contoh, 31 Desember 2024",
        "Koperasi Contoh", "SMK Contoh", "menambahkan Kopi Contoh tahun 2025",
    ):  # fmt: skip
        assert words in text, words


def new(member: Member, **over: str) -> object:
    form = {"commodity": "", "year": "2026", "area_ha": "1,5", "production": "1.250,5", "harvest_months": ["1", "2"]}
    return member.client().post(f"{ONE}potensi/baru/", form | over)


def test_a_commodity_is_added_changed_and_taken_away_with_history(village_officer: Member, world: World) -> None:
    other = Commodity.objects.create(code="jagung", name="Jagung Contoh", unit="ton", source="daftar contoh")
    assert new(village_officer, commodity=str(other.pk)).status_code == 302  # type: ignore[attr-defined]  # a response
    one = VillagePotential.objects.get(commodity=other)
    assert (one.year, one.area_ha, one.production, one.unit, one.harvest_months) == (
        2026, Decimal("1.5"), Decimal("1250.5"), "ton", [1, 2],
    )  # fmt: skip

    browser = village_officer.client()
    sent = {"area_ha": "2", "production": "1.250,5", "unit": "kuintal", "harvest_months": ["3"]}
    browser.post(f"{ONE}potensi/{one.pk}/", {**sent, "read_at": one.recorded_at.isoformat()})
    one.refresh_from_db()
    assert (one.area_ha, one.unit, one.harvest_months) == (Decimal(2), "kuintal", [3])

    asked = browser.get(f"{ONE}potensi/{one.pk}/hapus/").content.decode()
    assert "Hapus Jagung Contoh tahun 2026?" in asked
    assert VillagePotential.objects.filter(pk=one.pk).exists()
    browser.post(f"{ONE}potensi/{one.pk}/hapus/")
    assert not VillagePotential.objects.filter(pk=one.pk).exists()
    history = page(village_officer, ONE)
    assert "menghapus Jagung Contoh tahun 2026" in history
    assert "luas (ha): <del>1,5</del> <ins>2</ins>" in history
    assert "Meo Contoh Desa" in history


def test_a_commodity_that_is_there_already_is_not_added_again(village_officer: Member, world: World) -> None:
    answer = new(village_officer, commodity=str(world.commodity.pk), year="2025")
    assert answer.status_code == 422  # type: ignore[attr-defined]  # a response
    assert "sudah tercatat di desa ini" in answer.content.decode()  # type: ignore[attr-defined]  # as above
    assert VillagePotential.objects.count() == 1


def test_a_change_over_somebody_elses_is_shown_and_not_saved(village_officer: Member, world: World) -> None:
    sent = {"production": "1", "read_at": MORNING.replace(hour=9).isoformat()}
    answer = village_officer.client().post(f"{ONE}potensi/{world.potential.pk}/", sent)
    assert answer.status_code == 422
    assert "baru saja diubah orang lain" in answer.content.decode()
    world.potential.refresh_from_db()
    assert world.potential.production == Decimal(900)


def test_potential_of_another_village_is_not_reached_through_this_one(village_officer: Member, world: World) -> None:
    VillagePotential.objects.filter(pk=world.potential.pk).update(village_id=BENA)
    other = VillagePotential.objects.create(
        village_id=BENA, commodity=world.commodity, year=2020, unit="kg", recorded_at=MORNING
    )
    assert village_officer.client().post(f"/kantor/desa/{LANGA}/potensi/{other.pk}/hapus/").status_code == 403
    assert VillagePotential.objects.filter(pk=other.pk).exists()


def test_who_may_not_change_is_offered_no_way(viewer: Member, world: World) -> None:
    assert "potensi/baru" not in page(viewer, ONE)
    assert viewer.client().post(f"{ONE}potensi/{world.potential.pk}/hapus/").status_code == 403
    assert VillagePotential.objects.count() == 1
