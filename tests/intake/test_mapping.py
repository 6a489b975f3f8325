"""Which column of a file is which: sure headers need nobody, others ask a person once, and the answer is remembered."""

from __future__ import annotations

import pytest
from tests.factories import Member
from tests.intake.making import NOW, VILLAGE, again, carry, csv_file, done, enterprise, outcomes, send

from lontar.intake import actions
from lontar.intake.models import Batch, ColumnMapping
from lontar.registry.models import Enterprise

ODD = {"name": "Apa", "owner_name": "Siapa", "village_code": "Di mana"}
MEANT = {"Apa": "name", "Siapa": "owner_name", "Di mana": "village_code"}


def odd(number: int) -> bytes:
    return csv_file(
        [{"name": f"Usaha Contoh {number}", "owner_name": "Contoh Uji", "village_code": VILLAGE}], header=ODD
    )


def settle(batch: Batch, member: Member, mapping: dict[str, str] | None = None) -> None:
    actions.confirm_mapping(batch=batch, mapping=mapping or MEANT, by=member.user, at=NOW)


def test_headers_beyond_doubt_need_nobody(officer: Member) -> None:
    header = {"name": "Nama UMKM", "owner_name": "Pemilik", "village_code": "Kd Desa", "nik": "No. KTP"}

    batch = done(officer, csv_file([{key: enterprise()[key] for key in header}], header=header))

    assert batch.mapping == {"Nama UMKM": "name", "Pemilik": "owner_name", "Kd Desa": "village_code", "No. KTP": "nik"}


def test_unknown_headers_wait_for_a_person_with_what_the_file_holds(officer: Member) -> None:
    batch = carry(send(officer, odd(1)))

    assert (batch.state, batch.mapping, batch.rows_done) == ("needs_mapping", {}, 0)
    assert [(one["letter"], one["header"], one["filled"]) for one in batch.columns] == [
        ("A", "Apa", 1),
        ("B", "Siapa", 1),
        ("C", "Di mana", 1),
    ]


def test_what_a_person_said_is_used_and_remembered_for_the_same_headers(officer: Member) -> None:
    first = carry(send(officer, odd(1)))
    settle(first, officer)
    assert outcomes(carry(first)) == ["NEW"]

    second = done(officer, odd(2))

    assert (second.mapping, outcomes(second)) == (MEANT, ["NEW"])
    assert second.notes[-1] == "Kolom dicocokkan seperti pada kiriman Anda sebelumnya yang berjudul kolom sama."


def test_the_memory_of_one_agency_is_not_that_of_another(officer: Member, regency_officer: Member) -> None:
    first = carry(send(officer, odd(1)))
    settle(first, officer)

    other = carry(send(regency_officer, odd(2)))

    assert other.state == "needs_mapping"


def test_the_memory_of_one_dataset_is_not_that_of_another(officer: Member) -> None:
    first = carry(send(officer, odd(1)))
    settle(first, officer)

    other = carry(send(officer, odd(2), dataset="communities"))

    assert other.state == "needs_mapping"


PLACE = "Kode Desa atau Desa/Kelurahan atau Lokasi"


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ({"Apa": "name"}, f"Kolom yang belum dicocokkan: {PLACE}."),
        (
            {"Apa": "name", "Siapa": "name", "Di mana": "village_code"},
            "Lebih dari satu kolom dicocokkan dengan: Nama Usaha.",
        ),
        (
            {"Tidak Ada": "name", "Di mana": "kucing"},
            f"Kolom yang belum dicocokkan: Nama Usaha atau Nama Pemilik, {PLACE}.",
        ),
    ],
    ids=["missing", "doubled", "unknown"],
)
def test_an_incomplete_mapping_is_refused_and_the_batch_goes_on_waiting(
    officer: Member, mapping: dict[str, str], reason: str
) -> None:
    batch = carry(send(officer, odd(1)))

    with pytest.raises(actions.MappingIncomplete) as refused:
        settle(batch, officer, mapping)

    assert refused.value.reason == reason
    assert (again(batch).state, ColumnMapping.objects.count()) == ("needs_mapping", 0)


@pytest.mark.parametrize("state", ["received", "queued", "running", "failed", "cancelled", "refused", "done"])
def test_columns_are_not_matched_anew_under_rows_that_are_in(officer: Member, state: str) -> None:
    batch = carry(send(officer, odd(1)))
    Batch.objects.filter(pk=batch.pk).update(state=state)

    with pytest.raises(actions.NotNow):
        settle(again(batch), officer)

    assert again(batch).state == state


def test_a_mapping_sent_along_is_used_when_it_is_enough(officer: Member) -> None:
    batch = done(officer, odd(1), mapping=MEANT)

    assert (batch.mapping, outcomes(batch), len(batch.columns)) == (MEANT, ["NEW"], 3)


def test_a_mapping_sent_along_that_is_not_enough_asks_a_person_and_keeps_what_it_said(officer: Member) -> None:
    batch = carry(send(officer, odd(1), mapping={"Apa": "name", "Tidak Ada": "nik"}))

    assert (batch.state, batch.mapping) == ("needs_mapping", {})
    assert batch.columns[0]["suggested_target"] == "name"
    assert batch.columns[0]["suggested_reason"] == "ditentukan saat pengiriman"


def test_examples_of_personal_columns_are_kept_without_their_values(officer: Member) -> None:
    row = enterprise(address="Jalan Contoh Uji 12", phone="081234567001", npwp="091234567801000")

    batch = done(officer, csv_file([row]))

    kept = str(batch.columns)
    for secret in (
        "5309014101909001",
        "Contoh Uji Pemilik",
        "Jalan Contoh",
        "081234567001",
        "12000000",
        "091234567801000",
    ):
        assert secret not in kept, secret
    assert "Kopi Contoh Uji" in kept


def test_a_killed_run_that_had_read_the_columns_asks_again(officer: Member) -> None:
    batch = carry(send(officer, odd(1)))
    Batch.objects.filter(pk=batch.pk).update(state="running")

    assert carry(batch).state == "needs_mapping"
    assert not Enterprise.objects.exists()


def test_a_mapping_is_remembered_though_the_headers_are_written_another_way(officer: Member) -> None:
    first = done(
        officer, b"Nama Pemilik,Nama Usaha,No. HP,Kode Desa\nContoh Uji,Kopi Contoh Uji,081200000001,53.09.01.2001\n"
    )
    other = b"NAMA PEMILIK,NAMA USAHA,NO HP,KODE DESA\nContoh Uji Dua,Mete Contoh Uji,081200000002,53.09.01.2001\n"

    batch = done(officer, other)

    assert batch.mapping == {
        "NAMA PEMILIK": "owner_name",
        "NAMA USAHA": "name",
        "NO HP": "phone",
        "KODE DESA": "village_code",
    }
    assert (first.rows_new, batch.rows_new) == (1, 1)


def test_a_column_that_numbers_the_rows_is_not_the_number_of_a_licence(officer: Member) -> None:
    listed = b"No,Jenis Izin,Nomor Izin,NIB\n1,PIRT,P-IRT 2065337010001-29,9120000000017\n"

    batch = carry(send(officer, listed, dataset="licences"))

    assert batch.mapping == {"Jenis Izin": "kind", "Nomor Izin": "number", "NIB": "enterprise_nib"}


def test_two_columns_of_one_header_with_other_contents_are_asked_about(officer: Member) -> None:
    listed = f"Nama Usaha,Kode Desa,Omzet,Omzet\nKopi Contoh Uji,{VILLAGE},1000,2000\n".encode()

    batch = carry(send(officer, listed))

    assert batch.state == "needs_mapping"
    assert [one.get("suggested_score") for one in batch.columns] == [1.0, 1.0, 0.75, None]


def test_columns_that_nothing_is_made_of_are_told(officer: Member) -> None:
    listed = f"No,Nama Usaha,Kode Desa,Hobi\n1,Kopi Contoh Uji,{VILLAGE},Bernyanyi\n".encode()

    batch = done(officer, listed)

    assert (
        "Kolom yang tidak dipakai: “Hobi”. Bila isinya diperlukan, cocokkan kolomnya di layar atau dengan --mapping."
        in batch.notes
    )


def test_a_mapping_that_names_what_is_not_there_or_one_thing_twice_is_told(officer: Member) -> None:
    listed = f"A,B,C\nKopi Contoh Uji,{VILLAGE},x\n".encode()

    batch = carry(send(officer, listed, mapping={"A": "name", "B": "village_code", "C": "name", "D": "phone"}))

    assert (batch.state, batch.mapping) == ("needs_mapping", {})
    assert (
        "Tidak dipakai dari pencocokan yang dikirim, karena kolom atau kuncinya tidak ada: “D” → phone." in batch.notes
    )
    assert "Lebih dari satu kolom dicocokkan dengan: Nama Usaha. Sisakan satu." in batch.notes


def test_a_row_with_more_cells_than_the_header_waits(officer: Member) -> None:
    listed = f"Nama Usaha,Kode Desa,Omzet\nKopi Uji,{VILLAGE},1000\nTeh Uji,{VILLAGE},1,500,000\n".encode()

    batch = done(officer, listed)

    assert outcomes(batch) == ["NEW", "WAITING"]
    assert batch.issues.get(row_no=3).rule == "row.shifted"
