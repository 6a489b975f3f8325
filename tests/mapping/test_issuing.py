"""From a request to an issued document: figures, versions, what changed, what stays, who is refused, what a crash leaves."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from tests.factories import MORNING, Member
from tests.portal.province import BENA, SECRETS, Seeded

from lontar.access import scope
from lontar.access.policies import Refused
from lontar.access.states import Role
from lontar.documents.rules import draw_code, read_code
from lontar.mapping import actions, policies
from lontar.mapping.models import MappingDocument, MappingRun
from lontar.mapping.queries import listed, verify, versions_of
from lontar.mapping.queries.figures import figures_of
from lontar.mapping.states import TRANSITIONS, RunState
from lontar.mapping.steps import keeping
from lontar.mapping.steps.run import QUIET, run
from lontar.registry.models import Enterprise, Region

BASE = "https://lontar.example"


def asked(member: Member, code: str = "53.09") -> MappingRun:
    member.enter()
    region = Region.objects.get(code=code)
    return actions.request_document(region=region, base=BASE + "/", post=member.held, by=member.user, at=MORNING)


def issued(member: Member, code: str = "53.09") -> MappingDocument:
    document = run(asked(member, code).pk, clock=lambda: MORNING)
    assert document is not None
    return document


def words_of(document: MappingDocument) -> str:
    book = pypdfium2.PdfDocument(keeping.read(document.pdf_sha256))
    return " ".join(" ".join(book[n].get_textpage().get_text_range().split()) for n in range(len(book)))


def test_the_first_version_freezes_the_figures_of_the_region(province: Seeded, regency_officer: Member) -> None:
    document = issued(regency_officer)
    pdf = keeping.read(document.pdf_sha256)

    assert (document.version, document.number) == (1, "PEMETAAN/53.09/1")
    assert (document.villages, document.official, document.registered, document.verified) == (4, 40, 3, 1)
    assert hashlib.sha256(pdf).hexdigest() == document.pdf_sha256
    assert document.address == f"{BASE}/periksa/{document.code}"
    assert document.pdf_size == len(pdf)
    assert MappingRun.objects.get().state == RunState.DONE
    said = words_of(document)
    assert "Kabupaten Ngada" in said
    assert "53.09.01.2001 Bena Uji 2 1 Kopi arabika" in said
    assert "Kopi Bubuk Contoh" in said
    assert "Jumlah 4 40 3 7,5 % 1 33,3 %" in said
    assert document.code in said


def test_no_paper_carries_personal_data(province: Seeded, province_officer: Member) -> None:
    document = issued(province_officer, "53")
    whole = words_of(document) + keeping.read(document.figures_sha256).decode()

    for secret in SECRETS:
        assert secret.lower() not in whole.lower(), secret


def test_a_province_counts_its_kabupaten_and_sums_their_published_totals(
    province: Seeded, province_officer: Member
) -> None:
    province_officer.enter()

    found = figures_of(Region.objects.get(code="53"))

    assert [(one.code, one.official, one.registered) for one in found.lines] == [("53.09", 40, 3), ("53.12", 10, 1)]
    assert (found.total.official, found.total.registered, found.total.villages) == (50, 4, 6)
    assert len(found.placed) == 5


def test_nothing_changed_makes_no_version_and_a_change_says_what(province: Seeded, regency_officer: Member) -> None:
    first = issued(regency_officer)

    assert run(asked(regency_officer).pk, clock=lambda: MORNING) is None
    assert MappingRun.objects.order_by("-pk")[0].state == RunState.UNCHANGED
    assert MappingRun.objects.order_by("-pk")[0].document == first
    Enterprise.objects.filter(name__startswith="Kios Contoh").update(verified_at=MORNING)
    second = issued(regency_officer)

    assert second.version == 2
    assert second.changes == [
        "Usaha terverifikasi bertambah 1 menjadi 2.",
        "Jumlah usaha berubah di 1 desa/kelurahan.",
    ]
    assert [one.version for one in versions_of("53.09")] == [2, 1]
    assert keeping.read(first.pdf_sha256)
    assert "Usaha terverifikasi bertambah 1 menjadi 2." in words_of(second)


def test_an_issued_document_can_be_neither_changed_nor_removed(province: Seeded, regency_officer: Member) -> None:
    document = issued(regency_officer)
    refusals: tuple[Any, ...] = (InternalError, ProgrammingError)

    for statement in ("UPDATE mapping_mappingdocument SET registered = 99", "DELETE FROM mapping_mappingdocument"):
        with pytest.raises(refusals), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert MappingDocument.objects.get(pk=document.pk).registered == 3
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants"
            " WHERE grantee = 'lontar_app' AND table_name = 'mapping_mappingdocument' ORDER BY 1"
        )
        assert [row[0] for row in cursor.fetchall()] == ["INSERT", "SELECT"]


def test_one_region_has_one_open_request(province: Seeded, regency_officer: Member) -> None:
    asked(regency_officer)

    with pytest.raises(actions.AlreadyAsked, match="sedang dibuat"):
        asked(regency_officer)

    assert MappingRun.objects.count() == 1


def test_a_run_belongs_to_one_worker_until_it_has_been_quiet(province: Seeded, regency_officer: Member) -> None:
    left = asked(regency_officer)
    MappingRun.objects.update(state=RunState.RUNNING, moved_at=MORNING, attempts=1)

    assert run(left.pk, clock=lambda: MORNING + QUIET) is None
    assert MappingDocument.objects.count() == 0
    document = run(left.pk, clock=lambda: MORNING + QUIET + timedelta(seconds=1))

    assert document is not None
    assert MappingRun.objects.get().attempts == 2
    assert run(left.pk, clock=lambda: MORNING + 2 * QUIET) is None
    assert MappingDocument.objects.count() == 1


def test_a_run_that_keeps_dying_is_given_up_with_a_reason(province: Seeded, regency_officer: Member) -> None:
    left = asked(regency_officer)
    MappingRun.objects.update(state=RunState.RUNNING, moved_at=MORNING, attempts=3)

    run(left.pk, clock=lambda: MORNING + 2 * QUIET)

    found = MappingRun.objects.get()
    assert (found.state, found.document) == (RunState.FAILED, None)
    assert "berhenti tiga kali" in found.problem


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [
        ("province_officer", "53", ""),
        ("province_officer", "53.12", ""),
        ("regency_officer", "53.09", ""),
        ("regency_officer", "53.12", "di luar wilayah tugas Anda"),
        ("regency_officer", "53", "di luar wilayah tugas Anda"),
        ("province_officer", "53.09.01", "provinsi atau kabupaten/kota"),
        ("agency_officer", "53.09", "Hanya Petugas provinsi, Petugas kabupaten/kota yang dapat"),
        ("village_officer", "53.09", "Hanya Petugas provinsi"),
        ("stranger", "53.09", "belum memegang jabatan"),
    ],
)
def test_who_may_issue(cast: dict[str, Member], name: str, code: str, reason: str) -> None:
    post = cast[name].post
    if not reason:
        policies.check_issue_document(post, code)
        return

    with pytest.raises(Refused, match=reason):
        policies.check_issue_document(post, code)


def test_a_refused_request_leaves_nothing(province: Seeded, village_officer: Member) -> None:
    with pytest.raises(Refused):
        asked(village_officer)

    assert MappingRun.objects.count() == 0


def test_a_village_reads_the_paper_of_its_kabupaten_and_not_of_another(cast: dict[str, Member]) -> None:
    village = cast["village_officer"].post
    assert village is not None
    assert village.region_code.startswith("53.09")

    assert policies.check_see_document.can(village, "53.09")
    assert policies.check_see_document.can(village, "53")
    assert not policies.check_see_document.can(village, "53.12")
    assert Role.MENTOR not in policies.READERS


def test_the_wall_lets_all_read_documents_and_none_write_beyond_the_scope(
    province: Seeded, regency_officer: Member
) -> None:
    document = issued(regency_officer)
    scope.enter("")

    assert verify(document.code) is not None
    assert MappingRun.objects.count() == 0
    scope.enter("53.12")
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        MappingDocument.objects.create(
            **{
                field.attname: getattr(document, field.attname)
                for field in MappingDocument._meta.concrete_fields
                if field.name not in {"id", "version", "code"}
            },
            version=2,
            code=draw_code(),
        )


def test_a_code_is_read_however_it_is_written(province: Seeded, regency_officer: Member) -> None:
    document = issued(regency_officer)

    found = verify(f"  {document.code.lower().replace('-', ' ')} ")

    assert found is not None
    assert (found.number, found.version, found.newest) == ("PEMETAAN/53.09/1", 1, 1)
    assert read_code("0000-0000-0000") == read_code("") == read_code("K7QF") == ""
    assert verify("K7QF-2M9A-X3TB") is None
    assert len({draw_code() for _one in range(500)}) == 500


def test_a_changed_file_is_not_given_out(province: Seeded, regency_officer: Member) -> None:
    document = issued(regency_officer)
    path = keeping.path_of(document.pdf_sha256)
    path.chmod(0o600)
    path.write_bytes(b"lain")

    with pytest.raises(keeping.FileLost):
        keeping.read(document.pdf_sha256)
    path.unlink()


def test_the_list_shows_the_regions_above_and_beneath(province: Seeded, regency_officer: Member) -> None:
    issued(regency_officer)

    assert [(one.code, one.newest is not None) for one in listed("53.09")] == [("53", False), ("53.09", True)]
    assert [one.code for one in listed(BENA)] == ["53", "53.09"]
    assert [one.code for one in listed("53")] == ["53", "53.09", "53.12"]


def test_every_state_leads_somewhere_known() -> None:
    assert set(TRANSITIONS) == set(RunState)
    assert {state for state, ends in TRANSITIONS.items() if not ends} == {
        RunState.DONE, RunState.UNCHANGED, RunState.FAILED,
    }  # fmt: skip
