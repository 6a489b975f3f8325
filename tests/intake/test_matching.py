"""Which enterprise a row means: by NIB, by its owner's NIK, by the agency's key, by the very same row; else it is new."""

from __future__ import annotations

from decimal import Decimal

from tests.factories import Member, make_enterprise, make_person
from tests.intake.making import (
    ELSEWHERE,
    NEIGHBOUR,
    NIB,
    NIK,
    VILLAGE,
    csv_file,
    done,
    enterprise,
    messages,
    outcomes,
)

from lontar.registry.models import Enterprise, Person


def names() -> list[str]:
    return list(Enterprise.objects.order_by("name").values_list("name", flat=True))


def test_a_row_that_nobody_knows_is_new_with_its_owner_and_its_source(officer: Member) -> None:
    batch = done(officer, csv_file([enterprise(workers_paid="2")]))

    assert outcomes(batch) == ["NEW"]
    found = Enterprise.objects.get()
    assert (found.name, found.village_id, found.workers_paid) == ("Kopi Contoh Uji", VILLAGE, 2)
    assert found.annual_turnover == Decimal(12_000_000)
    assert (found.source_batch, found.source_row, found.source_agency_id) == (batch.pk, 2, officer.held.agency_id)
    assert found.owner is not None
    assert found.owner.name == "Contoh Uji Pemilik"
    assert NIK.encode() not in bytes(found.owner.nik_sealed or b"")


def test_the_same_rows_in_another_file_change_nothing(officer: Member) -> None:
    rows = [enterprise(), enterprise(nik=None, name="Tenun Contoh Uji", village_code=NEIGHBOUR)]
    done(officer, csv_file(rows))

    batch = done(officer, csv_file([*rows, enterprise(nik="5309014101909002", name="Baru Contoh Uji")]))

    assert outcomes(batch) == ["UNCHANGED", "UNCHANGED", "NEW"]
    assert names() == ["Baru Contoh Uji", "Kopi Contoh Uji", "Tenun Contoh Uji"]


def test_a_row_with_a_known_nib_updates_that_enterprise(officer: Member) -> None:
    known = make_enterprise(VILLAGE, name="Nama Lama Contoh", nib=NIB)

    batch = done(officer, csv_file([enterprise(nib=NIB, name="Nama Baru Contoh", village_code=NEIGHBOUR)]))

    assert outcomes(batch) == ["UPDATED"]
    known.refresh_from_db()
    assert (known.name, known.village_id, known.source_batch) == ("Nama Baru Contoh", NEIGHBOUR, batch.pk)
    assert Enterprise.objects.count() == 1


def test_a_row_with_a_known_nik_updates_the_owners_only_enterprise(officer: Member) -> None:
    done(officer, csv_file([enterprise(name="Nama Lama Contoh")]))

    batch = done(officer, csv_file([enterprise(name="Nama Baru Contoh", annual_turnover="15000000")]))

    assert outcomes(batch) == ["UPDATED"]
    found = Enterprise.objects.get()
    assert (found.name, found.annual_turnover) == ("Nama Baru Contoh", Decimal(15_000_000))
    assert Person.objects.count() == 1


def test_an_owner_with_two_businesses_keeps_both_and_the_row_finds_its_own_by_name(officer: Member) -> None:
    done(officer, csv_file([enterprise(name="Kopi Contoh Uji"), enterprise(name="Tenun Contoh Uji")]))
    assert (names(), Person.objects.count()) == (["Kopi Contoh Uji", "Tenun Contoh Uji"], 1)

    batch = done(officer, csv_file([enterprise(name="TENUN  contoh-uji", workers_paid="3")]))

    assert outcomes(batch) == ["UPDATED"]
    workers = dict(Enterprise.objects.values_list("name", "workers_paid"))
    assert workers == {"Kopi Contoh Uji": None, "TENUN contoh-uji": 3}


def test_a_row_that_points_at_none_of_an_owners_businesses_waits_and_says_what_to_write(officer: Member) -> None:
    done(officer, csv_file([enterprise(name="Kopi Contoh Uji"), enterprise(name="Tenun Contoh Uji")]))

    batch = done(officer, csv_file([enterprise(name="Moke Contoh Uji")]))

    assert outcomes(batch) == ["WAITING"]
    assert messages(batch) == [
        (
            2,
            "nik",
            "Pemilik ini sudah punya beberapa usaha di registri (Kopi Contoh Uji; Tenun Contoh Uji) dan baris ini tidak "
            "menunjuk salah satunya. Tulis NIB, atau nama usaha yang sama.",
        )
    ]
    assert names() == ["Kopi Contoh Uji", "Tenun Contoh Uji"]


def test_a_nib_of_another_region_waits_and_its_enterprise_stays_untouched(
    officer: Member, province_officer: Member
) -> None:
    province_officer.enter()
    foreign = make_enterprise(ELSEWHERE, name="Usaha Contoh Manggarai", nib=NIB)

    batch = done(officer, csv_file([enterprise(nib=NIB, name="Nama Lain Contoh")]))

    assert outcomes(batch) == ["WAITING"]
    assert messages(batch) == [
        (
            2,
            "nib",
            f"NIB ini sudah terdaftar di desa {ELSEWHERE}, di luar wilayah Anda. Periksa nomornya, atau hubungi instansi di "
            "sana.",
        )
    ]
    province_officer.enter()
    foreign.refresh_from_db()
    assert (foreign.name, foreign.village_id, Enterprise.objects.count()) == ("Usaha Contoh Manggarai", ELSEWHERE, 1)


def test_a_blank_cell_leaves_what_is_known(officer: Member) -> None:
    done(officer, csv_file([enterprise(workers_paid="4", main_product="Kopi bubuk", phone="081234567001")]))

    batch = done(
        officer, csv_file([enterprise(workers_paid="", annual_turnover="", main_product="", phone="", sex="P")])
    )

    assert outcomes(batch) == ["UPDATED"]  # the owner's sex is new
    found = Enterprise.objects.select_related("owner").get()
    assert (found.workers_paid, found.main_product) == (4, "Kopi bubuk")
    assert found.annual_turnover == Decimal(12_000_000)
    assert found.owner is not None
    assert found.owner.sex == "P"
    assert found.owner.phone_index is not None


def test_a_business_without_numbers_is_found_by_the_agencys_own_key(officer: Member) -> None:
    row = enterprise(nik=None, source_key="CTH-1", name="Nama Lama Contoh")
    done(officer, csv_file([row]))

    batch = done(officer, csv_file([row | {"name": "Nama Baru Contoh"}]))

    assert outcomes(batch) == ["UPDATED"]
    assert names() == ["Nama Baru Contoh"]


def test_the_key_of_one_agency_means_nothing_in_the_list_of_another(officer: Member, regency_officer: Member) -> None:
    row = enterprise(nik=None, source_key="CTH-1", name="Usaha Contoh Satu")
    done(officer, csv_file([row]))

    batch = done(regency_officer, csv_file([row | {"name": "Usaha Contoh Dua"}]))

    assert outcomes(batch) == ["NEW"]
    assert names() == ["Usaha Contoh Dua", "Usaha Contoh Satu"]


def test_an_owners_business_of_another_name_in_another_agencys_list_is_a_further_one(
    officer: Member, regency_officer: Member
) -> None:
    done(officer, csv_file([enterprise(name="Kopi Contoh Uji")]))

    batch = done(regency_officer, csv_file([enterprise(name="Bengkel Las Contoh")]))

    assert outcomes(batch) == ["NEW"]
    assert (names(), Person.objects.count()) == (["Bengkel Las Contoh", "Kopi Contoh Uji"], 1)


def test_rows_of_one_owner_far_apart_in_a_file_share_the_owner(officer: Member) -> None:
    others = [enterprise(nik=f"53090141019090{n:02d}", name=f"Usaha Contoh {n}") for n in range(10, 15)]

    batch = done(officer, csv_file([enterprise(name="Kopi Contoh"), *others, enterprise(name="Tenun Contoh")]))

    assert outcomes(batch) == ["NEW"] * 7
    assert Person.objects.count() == 6


def test_a_row_that_names_another_nik_changes_the_owner(officer: Member) -> None:
    known = make_enterprise(
        VILLAGE, name="Kopi Contoh Uji", nib=NIB, owner=make_person(VILLAGE, name="Pemilik Lama Contoh")
    )

    done(officer, csv_file([enterprise(nib=NIB, nik="5309014101909009", owner_name="Pemilik Baru Contoh")]))

    known.refresh_from_db()
    assert known.owner is not None
    assert known.owner.name == "Pemilik Baru Contoh"
