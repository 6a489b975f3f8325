"""Sending a file from the screen: received up to the limit, kept sealed under its hash, recognised, refused in words."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import Member
from tests.intake.making import again, carry, csv_file, done, enterprise, left_behind, send, xlsx_file

from lontar.host import places
from lontar.intake import actions
from lontar.intake.models import Batch
from lontar.intake.steps import storage

UPLOAD = "/kantor/kiriman/baru/"


@pytest.fixture
def sender(officer: Member) -> Client:
    """The officer's browser, which checks the form's token as a real one does."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def upload(client: Client, content: bytes, *, name: str = "daftar.csv", path: str = UPLOAD, **fields: str) -> Any:
    """Send the form as the browser would, with the token of its page."""
    client.get(path)
    token = client.cookies["csrftoken"].value
    given = {"csrfmiddlewaretoken": token, "jenis": "enterprises", "berkas": SimpleUploadedFile(name, content)}
    return client.post(path, given | fields)


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_file_becomes_a_batch_and_the_person_sees_its_page(sender: Client, officer: Member) -> None:
    answer = upload(sender, csv_file([enterprise()]))

    batch = Batch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/kantor/kiriman/{batch.pk}/")
    assert (batch.agency_id, batch.submitted_by, batch.channel) == (officer.held.agency_id, officer.user, "web")
    assert f"Berkas diterima sebagai kiriman #{batch.pk}." in words(sender.get(answer["Location"]))


def test_the_file_is_kept_sealed_under_the_hash_of_its_contents(officer: Member) -> None:
    content = csv_file([enterprise()])

    batch = send(officer, content)

    assert (batch.sha256, batch.size) == (hashlib.sha256(content).hexdigest(), len(content))
    kept = places.inside("kiriman", batch.sha256[:2]) / batch.sha256
    assert b"Contoh Uji Pemilik" not in kept.read_bytes()
    with storage.opened(batch.sha256) as plain:
        assert plain.read_bytes() == content
    assert not plain.exists()


def test_a_kept_file_that_can_no_longer_be_opened_is_replaced_by_the_same_file_sent_again(officer: Member) -> None:
    content = csv_file([enterprise(name="Usaha Contoh Disk Rusak")])
    batch = send(officer, content)
    kept = places.inside("kiriman", batch.sha256[:2]) / batch.sha256
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")

    assert storage.keep(BytesIO(content)).sha256 == batch.sha256

    with storage.opened(batch.sha256) as plain:
        assert plain.read_bytes() == content


def test_the_same_file_again_leads_to_the_batch_that_holds_it(sender: Client) -> None:
    content = csv_file([enterprise()])
    first = upload(sender, content)

    answer = upload(sender, content, name="nama-lain.csv")

    assert answer["Location"] == first["Location"]
    assert "sama persis dengan kiriman" in words(sender.get(answer["Location"]))
    assert Batch.objects.count() == 1


def test_a_file_that_was_refused_may_be_sent_again(officer: Member) -> None:
    first = carry(send(officer, b"%PDF-1.4 bukan tabel"))

    second = send(officer, b"%PDF-1.4 bukan tabel")

    assert (first.state, second.pk != first.pk) == ("refused", True)


def test_the_same_file_as_another_dataset_is_another_batch(officer: Member) -> None:
    content = csv_file([enterprise()])

    first, second = send(officer, content), send(officer, content, dataset="communities")

    assert first.pk != second.pk


def test_without_a_dataset_and_a_file_the_form_says_what_is_missing(sender: Client) -> None:
    sender.get(UPLOAD)

    answer = sender.post(UPLOAD, {"csrfmiddlewaretoken": sender.cookies["csrftoken"].value})

    assert answer.status_code == 422
    assert "Pilih apa isi berkas Anda." in words(answer)
    assert "Pilih berkas yang akan dikirim." in words(answer)
    assert not Batch.objects.exists()


def test_an_empty_file_is_refused_before_anything_is_kept(sender: Client) -> None:
    answer = upload(sender, b"")

    assert answer.status_code == 422
    assert "Berkas ini kosong (0 bita)." in words(answer)
    assert not Batch.objects.exists()


def test_a_file_beyond_the_limit_is_refused_and_leaves_nothing(sender: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100_000
    before = left_behind(places.inside("tmp"))

    answer = upload(sender, b"x" * 150_000)

    assert answer.status_code == 422
    assert "Berkas lebih besar dari 100,0 kB dan tidak diterima." in words(answer).replace("\u00a0", " ")
    assert (Batch.objects.count(), left_behind(places.inside("tmp"))) == (0, before)


def test_a_body_far_beyond_any_limit_is_not_read_to_its_end(sender: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 10_000

    answer = upload(sender, b"x" * 600_000)

    assert answer.status_code == 422
    assert "tidak diterima" in words(answer)


def test_a_form_without_its_token_is_refused_and_nothing_is_kept(officer: Member, sender: Client) -> None:
    answer = sender.post(UPLOAD, {"jenis": "enterprises", "berkas": SimpleUploadedFile("a.csv", b"x")})

    assert answer.status_code == 403
    assert not Batch.objects.exists()


def test_somebody_who_may_not_send_is_refused_before_the_body_is_read(mentor: Member) -> None:
    answer = mentor.client().post(UPLOAD, {"berkas": SimpleUploadedFile("a.csv", b"x")})

    assert answer.status_code == 403
    assert "Hanya" in words(answer)
    assert "mengirim data" in words(answer)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\contoh\\daftar usaha.xlsx", "daftar usaha.xlsx"),
        ("daftar\u202excod.exe", "daftarxcod.exe"),
        ("a\x00b\r\n.csv", "ab.csv"),
        ("\u200b", "tanpa-nama"),
        ("x" * 300 + ".xlsx", "x" * 250 + ".xlsx"),
        ("", "tanpa-nama"),
    ],
)
def test_a_file_name_keeps_neither_folders_nor_control_marks(given: str, kept: str) -> None:
    assert actions.clean_file_name(given) == kept


def test_a_hostile_file_name_is_shown_as_text(sender: Client, officer: Member) -> None:
    batch = send(officer, csv_file([enterprise()]), name="<script>alert(1)</script>.csv")

    page = words(sender.get(f"/kantor/kiriman/{batch.pk}/"))

    assert batch.file_name == "script>.csv"  # what stands before a slash is a folder
    assert "<script>alert" not in page


def test_a_correction_is_linked_to_the_batch_that_it_corrects(sender: Client, officer: Member) -> None:
    first = done(officer, csv_file([enterprise(nik="1")]))

    answer = upload(sender, csv_file([enterprise()]), path=f"{UPLOAD}?memperbaiki={first.pk}", jenis="schools")

    assert answer.status_code == 302
    second = Batch.objects.latest("pk")
    assert (second.corrects_id, second.dataset) == (first.pk, "enterprises")


def test_a_batch_of_somebody_elses_cannot_be_corrected(
    regency_officer: Member, officer: Member, village_officer: Member
) -> None:
    first = done(officer, csv_file([enterprise(nik="1")]))

    assert regency_officer.client().get(f"{UPLOAD}?memperbaiki={first.pk}").status_code == 403
    assert village_officer.client().get(f"{UPLOAD}?memperbaiki={first.pk}").status_code == 404


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_holds_stays(tmp_path: Path) -> None:
    folder, kept = places.inside("tmp"), places.inside("kiriman")
    dead = [folder / "baca~4194304-abc.xlsx", kept / ".draft~4194304-xyz", folder / "baca~4194304-b~.csv"]
    for path in dead:
        path.write_bytes(b"contoh")
    with storage.draft(suffix=".csv") as living:
        swept = storage.sweep()

        assert (swept >= 3, living.exists()) == (True, True)
    assert not any(path.exists() for path in dead)
    assert not living.exists()


def test_every_dataset_offers_its_template(sender: Client) -> None:
    page = words(sender.get(UPLOAD))

    for key in ("enterprises", "potential", "products", "licences", "schools", "communities"):
        assert f"/kantor/kiriman/templat/{key}.xlsx" in page
    answer: Any = sender.get("/kantor/kiriman/templat/schools.xlsx")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert sender.get("/kantor/kiriman/templat/kucing.xlsx").status_code == 404


def test_an_unreadable_file_ends_refused_with_its_cure_on_the_page(sender: Client, officer: Member) -> None:
    batch = carry(send(officer, b"%PDF-1.4 bukan tabel", name="daftar.xlsx"))

    page = words(sender.get(f"/kantor/kiriman/{batch.pk}/"))

    assert batch.state == "refused"
    assert batch.problem in page.replace("&quot;", '"')
    assert "Berkas ini tidak dapat dibaca; tidak ada yang masuk." in page
    assert again(batch).rows_done == 0


def test_a_workbook_with_text_only_in_its_title_is_no_list(officer: Member) -> None:
    batch = carry(send(officer, xlsx_file([["DAFTAR USAHA CONTOH"]]), name="judul.xlsx"))

    assert batch.state == "refused"
    assert batch.problem
