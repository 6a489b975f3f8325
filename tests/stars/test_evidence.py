"""Evidence: who attaches, who reads, what it may be, and that it is sealed, walled, and gone when removed."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from pghistory.models import Context
from tests.factories import MORNING, Member, make_parameter
from tests.stars.world import Scene, hand_in, make_evidence

from lontar.access import scope
from lontar.access.policies import Refused
from lontar.registry.models import Product
from lontar.stars import actions
from lontar.stars.models import Assessment, Evidence
from lontar.stars.rules import EvidenceUnreadable
from lontar.stars.states import EvidenceFor
from lontar.stars.steps.keeping import FILES, FileLost, sweep

PDF = b"%PDF-1.7 salinan izin contoh"
JPEG = b"\xff\xd8\xff\xe0 foto contoh"


def attach(scene: Scene, by: Member | None = None, **over: object) -> Evidence:
    """A copy of the NIB attached by the kabupaten."""
    who = by or scene.regency
    values: dict[str, object] = {
        "about": EvidenceFor.GATE, "code": "no_nib", "caption": "Salinan NIB contoh", "content": PDF, "at": MORNING,
    }  # fmt: skip
    return actions.attach_evidence(
        assessment_id=scene.found.pk, by=who.user, post=who.held, **(values | over)  # type: ignore[arg-type]  # as above
    )  # fmt: skip


def remove(scene: Scene, row: Evidence) -> Evidence:
    return actions.remove_evidence(evidence_id=row.pk, by=scene.regency.user, post=scene.regency.held, at=MORNING)


def test_a_file_is_kept_sealed_and_listed_with_who_and_when(scene: Scene) -> None:
    row = attach(scene)

    assert (row.media_type, row.size, row.attached_at, row.post) == (
        "application/pdf", len(PDF), MORNING, scene.regency.held,
    )  # fmt: skip
    assert PDF not in FILES.path_of(row.sha256).read_bytes()
    assert FILES.read(row.sha256) == PDF
    assert Context.objects.filter(metadata__action="stars.evidence.attached").count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00 program.pdf", "Isi berkas ini bukan keduanya"),
        (b"", "kosong"),
        (b"%PDF-" + b"0" * 10_000_000, "paling besar 10"),
    ],
)
def test_what_is_no_scan_is_refused_by_its_contents(scene: Scene, content: bytes, words: str) -> None:
    with pytest.raises(EvidenceUnreadable, match=words):
        attach(scene, content=content)

    assert Evidence.objects.count() == 0


def test_the_largest_file_is_a_number_with_a_date(scene: Scene) -> None:
    from lontar.audit.models import Parameter

    Parameter.objects.filter(key="star.evidence.largest").delete()
    make_parameter(key="star.evidence.largest", number=1, unit="MB")

    with pytest.raises(EvidenceUnreadable, match="paling besar 1"):
        attach(scene, content=PDF + b"0" * 1_000_000)


def test_only_what_the_rubric_asks_takes_evidence(scene: Scene) -> None:
    with pytest.raises(actions.EvidenceRefused, match=r"tidak mempunyai butir Z\.9"):
        attach(scene, about=EvidenceFor.CRITERION, code="Z.9")
    with pytest.raises(actions.EvidenceRefused, match="Tuliskan apa yang terlihat"):
        attach(scene, caption="  ")

    assert attach(scene, about=EvidenceFor.CRITERION, code="B.1").code == "B.1"


def test_the_same_file_stands_once_in_a_place(scene: Scene) -> None:
    first = attach(scene)

    with pytest.raises(actions.EvidenceRefused, match="sudah dilampirkan"):
        attach(scene)

    remove(scene, first)
    assert attach(scene).pk != first.pk


def test_an_assessment_takes_so_many_files_and_no_more(scene: Scene) -> None:
    from lontar.audit.models import Parameter

    Parameter.objects.filter(key="star.evidence.files").delete()
    make_parameter(key="star.evidence.files", number=1, unit="berkas")
    attach(scene)

    with pytest.raises(actions.EvidenceRefused, match="paling banyak 1 berkas"):
        attach(scene, content=JPEG)


def test_assessors_read_and_others_neither_read_nor_attach(
    scene: Scene, village_officer: Member, mentor: Member, viewer: Member
) -> None:
    row = attach(scene)
    url = f"/kantor/bintang/bukti/{row.pk}/"

    readers = {
        name: member.client().get(url).status_code
        for name, member in {
            "regency": scene.regency, "officer": scene.officer, "assessor": scene.assessors[0],
            "not appointed": scene.assessors[2], "village": village_officer, "mentor": mentor, "viewer": viewer,
        }.items()
    }  # fmt: skip

    assert {name for name, status in readers.items() if status == 200} == {"regency", "officer", "assessor"}
    assert Client().get(url).status_code == 302
    for member in (scene.assessors[0], scene.assessors[2], viewer, mentor):
        scope.enter("53")
        with pytest.raises(Refused):
            attach(scene, by=member, content=JPEG)
    scope.enter("53")
    assert Evidence.objects.count() == 1


def test_a_regency_officer_who_assesses_does_not_attach(scene: Scene) -> None:
    from tests.stars.world import make_assessor

    make_assessor(scene.found, scene.regency.held, by=scene.officer.user)

    with pytest.raises(Refused, match="Anda menilai produk ini"):
        attach(scene)


def test_the_wall_hides_evidence_of_another_kabupaten(scene: Scene) -> None:
    attach(scene)

    scope.enter("53.10")

    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM stars_evidence), (SELECT count(*) FROM stars_evidenceevent)")
        assert cursor.fetchone() == (0, 0)


def test_removed_evidence_stays_as_a_line_and_its_file_goes_at_night(scene: Scene) -> None:
    row = remove(scene, attach(scene))
    page = scene.assessors[0].client().get(f"/kantor/bintang/{scene.found.pk}/bukti/").content.decode()
    assert "Salinan NIB contoh – dihapus oleh" in page
    assert scene.regency.client().get(f"/kantor/bintang/bukti/{row.pk}/").status_code == 404
    scope.enter("53")
    os.utime(FILES.path_of(row.sha256), (MORNING.timestamp(), MORNING.timestamp()))

    assert sweep(at=MORNING + timedelta(hours=23)) == 0
    assert sweep(at=MORNING + timedelta(days=1, seconds=1)) == 1

    with pytest.raises(FileLost):
        FILES.read(row.sha256)
    with pytest.raises(actions.EvidenceRefused, match="sudah dihapus"):
        remove(scene, row)


def test_a_file_that_another_line_names_stays(scene: Scene) -> None:
    row = attach(scene)
    attach(scene, about=EvidenceFor.CRITERION, code="B.1")
    remove(scene, row)
    os.utime(FILES.path_of(row.sha256), (MORNING.timestamp(), MORNING.timestamp()))

    assert sweep(at=MORNING + timedelta(days=9)) == 0
    assert FILES.read(row.sha256) == PDF


def test_the_end_of_an_assessment_is_the_end_of_its_evidence(scene: Scene) -> None:
    row = attach(scene)
    hand_in(scene, 0, missing=5)
    hand_in(scene, 1, missing=8)
    actions.decide(assessment_id=scene.found.pk, by=scene.officer.user, post=scene.officer.held, at=MORNING)

    with pytest.raises(actions.EvidenceRefused, match="tidak berubah lagi"):
        remove(scene, row)
    with pytest.raises(actions.EvidenceRefused, match="tidak berubah lagi"):
        attach(scene, content=JPEG)
    with pytest.raises(DatabaseError, match="its evidence stands"), transaction.atomic():
        make_evidence(Assessment.objects.get(pk=scene.found.pk), by=scene.regency.user, post=scene.regency.held)
    assert scene.assessors[0].client().get(f"/kantor/bintang/bukti/{row.pk}/").status_code == 200


def test_the_screen_takes_a_photo_and_shows_it_beside_the_criterion(scene: Scene) -> None:
    url = f"/kantor/bintang/{scene.found.pk}/bukti/"
    given = {
        "untuk": "criterion:B.1", "keterangan": "Label kemasan",
        "berkas": SimpleUploadedFile("apa.exe", JPEG, "application/x-msdownload"),
    }  # fmt: skip

    assert scene.regency.client().post(url, given).status_code == 302

    sheet = scene.assessors[0].client().get(f"/kantor/bintang/{scene.found.pk}/nilai/?bagian=B").content.decode()
    assert "Label kemasan" in sheet
    scope.enter("53")
    (row,) = Evidence.objects.all()
    answer = scene.assessors[0].client().get(f"/kantor/bintang/bukti/{row.pk}/")
    assert (answer.content, answer["Content-Type"]) == (JPEG, "image/jpeg")
    assert answer["Content-Disposition"] == f'inline; filename="bukti-{scene.found.pk}-{row.pk}.jpg"'
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-store", "nosniff")


def test_the_screen_says_what_is_wrong_with_a_file(scene: Scene) -> None:
    url = f"/kantor/bintang/{scene.found.pk}/bukti/"
    given = {"untuk": "gate:no_nib", "keterangan": "NIB", "berkas": SimpleUploadedFile("nib.pdf", b"bukan pdf")}

    answer = scene.regency.client().post(url, given)
    refused = scene.assessors[0].client().post(url, given | {"berkas": SimpleUploadedFile("nib.pdf", PDF)})

    assert (answer.status_code, refused.status_code) == (422, 403)
    assert "Isi berkas ini bukan keduanya" in answer.content.decode()
    scope.enter("53")
    assert Evidence.objects.count() == 0


def test_a_gate_that_demands_a_document_says_that_none_is_there(scene: Scene) -> None:
    url = f"/kantor/bintang/{scene.found.pk}/"
    client = scene.regency.client()
    assert "Bukti belum ada: salinan NIB." in client.get(url).content.decode()
    assert client.get(f"{url}bukti/").content.decode().count("Bukti belum ada") == 1, "a shawl needs no food permit"

    scope.enter("53")
    attach(scene)

    assert "Bukti belum ada" not in client.get(url).content.decode()
    scope.enter("53")
    Product.objects.filter(pk=scene.product.pk).update(category="food")
    assert client.get(f"{url}bukti/").content.decode().count("Bukti belum ada") == 1, (
        "the permit; halal is not required"
    )


def test_the_confirmed_removal_comes_from_the_screen(scene: Scene) -> None:
    row = attach(scene)
    url = f"/kantor/bintang/bukti/{row.pk}/hapus/"

    assert "berkasnya ikut hilang dalam dua hari" in scene.regency.client().get(url).content.decode()
    assert scene.assessors[0].client().post(url).status_code == 403
    assert scene.regency.client().post(url).status_code == 302

    scope.enter("53")
    row.refresh_from_db()
    assert row.removed_by == scene.regency.user
    assert row.removed_at is not None
    assert row.removed_at <= timezone.now()


def test_the_api_lists_files_to_those_who_may_open_them(scene: Scene) -> None:
    row = attach(scene)
    url = f"/api/v1/stars/assessments/{scene.found.pk}/evidence"

    (item,) = scene.assessors[0].client().get(url).json()["items"]

    assert (item["id"], item["about"], item["code"], item["size"], item["sha256"]) == (
        row.pk, "gate", "no_nib", len(PDF), row.sha256,
    )  # fmt: skip
    assert Client().get(url).status_code == 403
    assert scene.assessors[2].client().get(url).status_code == 403
