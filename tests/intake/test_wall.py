"""Both walls before batches: who may see, move and take away; what the database shows; what a history tells of files."""

from __future__ import annotations

import pytest
from tests.factories import CAST, Member
from tests.intake.making import ELSEWHERE, VILLAGE, again, csv_file, done, enterprise, messages, outcomes, send

from lontar.access.queries import open_work_of
from lontar.audit.queries import history_of
from lontar.intake import policies, queries
from lontar.intake.models import Batch
from lontar.registry.models import Enterprise

SENDERS = {"province_admin", "province_officer", "agency_officer", "regency_officer", "village_officer"}


@pytest.mark.parametrize("name", CAST)
def test_who_may_send_and_who_may_see(cast: dict[str, Member], name: str) -> None:
    post = cast[name].post

    assert policies.check_submit.can(post) is (name in SENDERS)
    assert policies.check_see_batches.can(post) is (name in SENDERS | {"viewer"})


@pytest.mark.usefixtures("ngada")
def test_who_may_see_move_and_take_a_batch_of_ngada(cast: dict[str, Member]) -> None:
    cast["agency_officer"].enter()
    batch = send(cast["agency_officer"], csv_file([enterprise()]))

    def those(check: object) -> set[str]:
        return {name for name, one in cast.items() if check.can(one.post, batch)}  # type: ignore[attr-defined]

    assert those(policies.check_see_batch) == {
        "province_admin", "province_officer", "agency_officer", "regency_officer", "viewer",
    }  # fmt: skip
    assert those(policies.check_move_batch) == {"province_admin", "agency_officer"}
    assert those(policies.check_take_workbook) == {"agency_officer"}


def test_the_database_itself_hides_batches_of_other_regions(officer: Member, village_officer: Member) -> None:
    batch = send(officer, csv_file([enterprise()]))

    village_officer.enter()

    assert not Batch.objects.filter(pk=batch.pk).exists()
    assert Batch.objects.filter(pk=batch.pk).update(state="done") == 0
    assert again(batch).state == "received"


def test_without_a_scope_there_are_no_batches(officer: Member, stranger: Member) -> None:
    send(officer, csv_file([enterprise()]))

    stranger.enter()

    assert not Batch.objects.exists()


def test_a_row_of_a_village_beyond_the_senders_region_waits(officer: Member) -> None:
    batch = done(officer, csv_file([enterprise(village_code=ELSEWHERE), enterprise(name="Dua Contoh")]))

    assert outcomes(batch) == ["WAITING", "NEW"]
    assert messages(batch) == [
        (
            2,
            "village",
            f"Desa {ELSEWHERE} berada di luar wilayah Anda (Ngada). Kirim baris ini melalui instansi di wilayahnya.",
        )
    ]
    assert list(Enterprise.objects.values_list("village_id", flat=True)) == [VILLAGE]


def test_the_work_list_counts_what_waits_for_the_agency(officer: Member, regency_officer: Member) -> None:
    done(officer, csv_file([enterprise(nik="1")]))
    failed = send(officer, csv_file([enterprise()]))
    Batch.objects.filter(pk=failed.pk).update(state="failed")

    mine = {work.label: (work.count, work.url) for work in queries.waiting_here(officer.held) if work.count}

    assert mine == {
        "Kiriman dengan baris yang menunggu perbaikan": (
            1,
            "/kantor/kiriman/?instansi=koperasi-ngada-contoh&keadaan=sisa",
        ),
        "Kiriman yang terhenti dan dapat dilanjutkan": (
            1,
            "/kantor/kiriman/?instansi=koperasi-ngada-contoh&keadaan=failed",
        ),
    }
    assert {work.label for work in open_work_of(officer.held)} >= set(mine)
    assert not any(work.count for work in queries.waiting_here(regency_officer.held))


def test_a_history_names_the_file_and_the_row(officer: Member) -> None:
    done(officer, csv_file([enterprise()]), name="usaha-ngada.csv")
    second = done(
        officer,
        csv_file([enterprise(nik="9", name="Rusak Contoh"), enterprise(workers_paid="4")]),
        name="usaha-baru.csv",
    )

    changes = history_of(Enterprise.objects.get(), officer.held)

    assert [change.source for change in changes] == ["usaha-baru.csv, baris 3", "usaha-ngada.csv, baris 2"]
    assert changes[0].file is not None
    assert changes[0].file.url == f"/kantor/kiriman/{second.pk}/"
    assert changes[0].sentence.startswith("Koperasi Ngada Contoh mengubah ")
    assert changes[0].sentence.endswith(", dari berkas usaha-baru.csv, baris 3")


def test_the_file_of_a_batch_beyond_the_scope_is_told_by_its_number_only(
    officer: Member, village_officer: Member
) -> None:
    batch = done(officer, csv_file([enterprise()]), name="usaha-ngada.csv")

    village_officer.enter()
    changes = history_of(Enterprise.objects.get(), village_officer.held)

    assert [change.source for change in changes] == [f"kiriman {batch.pk}, baris 2"]


def test_findings_and_places_of_a_batch_hold_no_personal_value(officer: Member) -> None:
    secret = {
        "nik": "5309014101909001",
        "phone": "08123456700112345",
        "address": "Jalan Contoh Uji 12",
        "npwp": "09.123",
    }
    batch = done(officer, csv_file([enterprise(**secret, annual_turnover="sekitar 37 jutaan", lat="abc", lon="123,4")]))

    told = str(list(batch.issues.values()))

    assert batch.issues.count() >= 3
    for value in (*secret.values(), "37 jutaan"):
        assert value not in told, value
