"""The API of intake: datasets for everybody; batches for keys and sessions; problem documents for everything else."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from tests.factories import Member
from tests.intake.making import ELSEWHERE, VILLAGE, again, carry, csv_file, done, enterprise, send

from lontar.access.actions import issue_token
from lontar.access.states import TokenScope
from lontar.intake.models import Batch, PlaceAlias
from lontar.registry.models import Enterprise

pytestmark = pytest.mark.usefixtures("ngada")
WAITS = enterprise(
    nik="5309014101909002", name="Tenun Contoh Uji", village_code=None, village="Waesai Uji", district="Aimere"
)


def key(member: Member, *scopes: str) -> dict[str, str]:
    """Headers of a caller with a key of the member's post."""
    now = timezone.now()
    made = issue_token(
        post=member.held, name="contoh", scopes=list(scopes or ("read", "submit")), expires_at=now + timedelta(days=9),
        by=member.user, at=now,
    )  # fmt: skip
    return {"Authorization": f"Bearer {made.secret}"}


def post_file(headers: dict[str, str], content: bytes, **fields: Any) -> Any:
    upload = SimpleUploadedFile("daftar.csv", content)
    return Client().post("/api/v1/batches", {"dataset": "enterprises", "file": upload, **fields}, headers=headers)


def test_everybody_reads_what_can_be_sent() -> None:
    answer = Client().get("/api/v1/datasets")

    assert answer.status_code == 200
    told = answer.json()
    assert (told["count"], [one["key"] for one in told["items"]]) == (
        6,
        ["enterprises", "potential", "products", "licences", "schools", "communities"],
    )


def test_a_dataset_tells_columns_synonyms_limits_and_the_schema_of_a_row() -> None:
    told = Client().get("/api/v1/datasets/schools").json()

    pupils = next(column for column in told["columns"] if column["key"] == "pupils")
    assert (pupils["kind"], pupils["minimum"], pupils["maximum"]) == ("integer", 0, 20000)
    assert "Jumlah Siswa" in pupils["synonyms"]
    assert told["schema"]["required"] == ["npsn", "name", "kind"]
    assert told["schema"]["properties"]["kind"]["enum"] == ["SMA", "SMK", "MA", "SMP", "SD", "SLB"]
    assert told["schema"]["allOf"] == [
        {"anyOf": [{"required": [key]} for key in ("village_code", "village", "place_text")]}
    ]


def test_the_template_of_a_dataset_is_a_workbook_with_its_headers() -> None:
    answer = Client().get("/api/v1/datasets/schools/template.xlsx")

    book = load_workbook(io.BytesIO(answer.content))
    assert [cell.value for cell in book["Data"][1]][:4] == ["NPSN *", "Nama Sekolah *", "Jenjang *", "Kode Desa"]


def test_an_unknown_dataset_is_a_problem_document() -> None:
    answer = Client().get("/api/v1/datasets/kucing")

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_a_file_sent_with_a_key_becomes_a_batch_of_the_keys_post(officer: Member) -> None:
    answer = post_file(key(officer), csv_file([enterprise()]))

    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert answer["Location"] == told["url"] == f"/api/v1/batches/{told['id']}"
    batch = Batch.objects.get()
    assert (batch.agency_id, batch.post_id, batch.channel) == (officer.held.agency_id, officer.held.pk, "api")
    assert (batch.submitted_by, batch.file_name, batch.state) == (officer.user, "daftar.csv", "received")


def test_the_same_file_again_is_answered_with_the_batch_that_holds_it(officer: Member) -> None:
    headers, content = key(officer), csv_file([enterprise()])
    first = post_file(headers, content).json()

    answer = post_file(headers, content)

    assert (answer.status_code, answer.json()["id"]) == (200, first["id"])
    assert answer.json()["detail"].startswith(f"Berkas ini sama persis dengan kiriman #{first['id']}")
    assert Batch.objects.count() == 1


def test_a_key_that_only_reads_sends_nothing(officer: Member) -> None:
    answer = post_file(key(officer, TokenScope.READ), csv_file([enterprise()]))

    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["detail"] == "Kunci ini hanya untuk membaca. Buat kunci dengan izin mengirim data."
    assert not Batch.objects.exists()


def test_without_a_key_nothing_of_batches_is_told(officer: Member) -> None:
    batch = send(officer, csv_file([enterprise()]))

    for path in ("", f"/{batch.pk}", f"/{batch.pk}/issues", f"/{batch.pk}/marked.xlsx", f"/{batch.pk}/places"):
        answer = Client().get(f"/api/v1/batches{path}")
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json"), path


def test_a_role_that_has_nothing_to_do_with_lists_is_refused_with_the_reason(mentor: Member) -> None:
    answer = mentor.client().get("/api/v1/batches")

    assert answer.status_code == 403
    assert "melihat kiriman data" in answer.json()["detail"]


def test_a_session_sends_only_with_its_csrf_token(officer: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.post("/api/v1/batches", {"dataset": "enterprises", "file": SimpleUploadedFile("a.csv", b"x")})

    assert answer.status_code == 403
    assert "CSRF" in answer.json()["detail"]
    assert not Batch.objects.exists()


@pytest.mark.parametrize("fields", [{}, {"file": SimpleUploadedFile("kosong.csv", b"")}], ids=["none", "empty"])
def test_a_request_without_a_file_is_told_so(officer: Member, fields: dict[str, Any]) -> None:
    answer = Client().post("/api/v1/batches", {"dataset": "enterprises", **fields}, headers=key(officer))

    assert answer.status_code == 422
    assert answer.json()["detail"] == "Sertakan berkas yang tidak kosong pada bagian “file” (multipart)."
    assert not Batch.objects.exists()


def test_a_file_beyond_the_limit_is_refused_by_its_size(officer: Member, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 50_000

    answer = post_file(key(officer), b"x" * 60_000)

    assert (answer.status_code, answer.json()["title"]) == (413, "Berkas terlalu besar")
    assert not Batch.objects.exists()


def test_a_broken_multipart_body_is_a_bad_request(officer: Member) -> None:
    answer = Client().post(
        "/api/v1/batches", b"--x\r\nnonsense", content_type="multipart/form-data", headers=key(officer)
    )

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_a_batch_tells_state_rows_and_findings(officer: Member) -> None:
    batch = done(officer, csv_file([enterprise(), enterprise(nik="123", name="Rusak Contoh")]))

    told = Client().get(f"/api/v1/batches/{batch.pk}", headers=key(officer, TokenScope.READ)).json()

    assert (told["state"], told["dataset"], told["agency"]["code"]) == ("done", "enterprises", "koperasi-ngada-contoh")
    assert told["rows"] == {
        "total": 2, "done": 2, "new": 1, "updated": 0, "unchanged": 0, "already_accepted": 0, "corrected_elsewhere": 0,
        "waiting": 1,
    }  # fmt: skip
    assert [(one["field"], one["severity"], one["count"]) for one in told["findings"]] == [("nik", "error", 1)]
    assert told["mapping"]["NIK Pemilik"] == "nik"


def test_batches_are_listed_filtered_and_counted(officer: Member) -> None:
    done(officer, csv_file([enterprise()]))
    last = done(officer, csv_file([enterprise(nik="1", name="Rusak Contoh")]))
    headers = key(officer)

    everything = Client().get("/api/v1/batches", headers=headers).json()
    waiting = Client().get("/api/v1/batches?state=sisa", headers=headers).json()
    none = Client().get("/api/v1/batches?dataset=schools", headers=headers).json()

    assert (everything["count"], len(everything["items"])) == (2, 2)
    assert [one["id"] for one in waiting["items"]] == [last.pk]
    assert none == {"items": [], "count": 0}
    lines = b"".join(Client().get("/api/v1/batches?format=csv", headers=headers).streaming_content).decode()  # type: ignore[attr-defined]
    assert lines.splitlines()[1].startswith(f"{last.pk},daftar.csv,enterprises,koperasi-ngada-contoh,")


def test_findings_are_listed_with_row_column_and_masked_value(officer: Member) -> None:
    batch = done(officer, csv_file([enterprise(nik="530901410190900")]))
    headers = key(officer, TokenScope.READ)

    told = Client().get(f"/api/v1/batches/{batch.pk}/issues?severity=error&field=nik", headers=headers).json()

    assert told["count"] == 1
    one = told["items"][0]
    assert (one["row_no"], one["column"], one["field"], one["value"]) == (2, "A", "nik", "5309********0900")
    assert "530901410190900" not in one["message"]
    csv = b"".join(
        Client().get(f"/api/v1/batches/{batch.pk}/issues?format=csv", headers=headers).streaming_content
    ).decode()  # type: ignore[attr-defined]
    assert csv.splitlines()[1].startswith("1,2,A,nik,5309********0900,error,nik.length,")


def test_the_marked_workbook_is_for_the_sender_alone(
    officer: Member, province_officer: Member, regency_officer: Member
) -> None:
    batch = done(officer, csv_file([enterprise(), enterprise(nik="1", name="Rusak Contoh")]))
    path = f"/api/v1/batches/{batch.pk}/marked.xlsx"

    own = Client().get(path, headers=key(officer))

    book = load_workbook(io.BytesIO(b"".join(own.streaming_content)))  # type: ignore[attr-defined]
    assert [row[2].value for row in book.worksheets[1].iter_rows(min_row=2)] == ["Rusak Contoh"]
    for other in (province_officer, regency_officer):
        assert Client().get(path, headers=key(other)).status_code == 403
    assert Client().get(path, headers=key(officer, TokenScope.READ)).status_code == 403


def test_columns_are_matched_through_the_api(officer: Member) -> None:
    batch = carry(
        send(
            officer, csv_file([enterprise()], header={"name": "Apa", "owner_name": "Siapa", "village_code": "Di mana"})
        )
    )
    assert batch.state == "needs_mapping"
    headers = key(officer)
    path = f"/api/v1/batches/{batch.pk}/mapping"

    lacking = Client().post(path, {"mapping": {"Apa": "name"}}, content_type="application/json", headers=headers)
    right = Client().post(
        path, {"mapping": {"Apa": "name", "Di mana": "village_code"}}, content_type="application/json", headers=headers
    )

    assert lacking.status_code == 422
    assert lacking.json()["detail"] == "Kolom yang belum dicocokkan: Kode Desa atau Desa/Kelurahan atau Lokasi."
    assert (right.status_code, right.json()["state"]) == (200, "queued")
    assert carry(batch).rows_new == 1


def test_a_batch_is_cancelled_and_resumed_through_the_api(officer: Member) -> None:
    batch = send(officer, csv_file([enterprise()]))
    headers = key(officer)

    assert Client().post(f"/api/v1/batches/{batch.pk}/cancel", headers=headers).json()["state"] == "cancelled"
    conflict = Client().post(f"/api/v1/batches/{batch.pk}/cancel", headers=headers)
    assert (conflict.status_code, conflict.json()["state"]) == (409, "cancelled")
    assert Client().post(f"/api/v1/batches/{batch.pk}/resume", headers=headers).json()["state"] == "queued"
    assert carry(batch).rows_new == 1


def test_an_unknown_place_is_decided_and_its_rows_looked_at_again(officer: Member) -> None:
    batch = done(officer, csv_file([WAITS]))
    headers = key(officer)
    places = Client().get(f"/api/v1/batches/{batch.pk}/places", headers=headers).json()
    assert [(one["written"], one["rows"], one["suggestion"]) for one in places["items"]] == [
        ("Waesai Uji, Aimere", 1, VILLAGE)
    ]
    words, path = places["items"][0]["words"], f"/api/v1/batches/{batch.pk}/places"

    outside = Client().post(
        path, {"words": words, "village": ELSEWHERE}, content_type="application/json", headers=headers
    )
    unknown = Client().post(
        path, {"words": "lain", "village": VILLAGE}, content_type="application/json", headers=headers
    )
    good = Client().post(path, {"words": words, "village": VILLAGE}, content_type="application/json", headers=headers)

    assert (outside.status_code, unknown.status_code, good.status_code) == (403, 422, 200)
    assert PlaceAlias.objects.get().village_id == VILLAGE
    assert Client().post(f"/api/v1/batches/{batch.pk}/retry", headers=headers).json()["state"] == "queued"
    assert carry(batch).rows_waiting == 0
    assert Enterprise.objects.get().village_id == VILLAGE


def test_batches_of_another_region_do_not_exist_for_a_key(officer: Member, village_officer: Member) -> None:
    batch = send(officer, csv_file([enterprise()]))
    headers = key(village_officer)

    assert Client().get(f"/api/v1/batches/{batch.pk}", headers=headers).status_code == 404
    assert Client().get("/api/v1/batches", headers=headers).json()["count"] == 0
    assert Client().post(f"/api/v1/batches/{batch.pk}/cancel", headers=headers).status_code == 404
    assert again(batch).state == "received"


def test_another_agency_of_the_region_reads_but_does_not_move(officer: Member, regency_officer: Member) -> None:
    batch = send(officer, csv_file([enterprise()]))
    headers = key(regency_officer)

    assert Client().get(f"/api/v1/batches/{batch.pk}", headers=headers).status_code == 200
    assert Client().post(f"/api/v1/batches/{batch.pk}/cancel", headers=headers).status_code == 403
    assert again(batch).state == "received"


@pytest.mark.parametrize(
    "path", ["/api/v1/batches/99999999999999999999", "/api/v1/batches/0", "/api/v1/batches?agency=%00"]
)
def test_numbers_and_words_beyond_all_bounds_are_refused_as_unreadable(officer: Member, path: str) -> None:
    assert Client().get(path, headers=key(officer)).status_code == 422


def test_a_mapping_sent_along_is_used_and_a_misshapen_one_refused(officer: Member) -> None:
    headers = key(officer)
    content = csv_file([enterprise()], header={"name": "Apa", "owner_name": "Siapa", "village_code": "Di mana"})

    wrong = post_file(headers, content, mapping="[1]")
    right = post_file(headers, content, mapping='{"Apa": "name", "Di mana": "village_code", "Siapa": "owner_name"}')

    assert wrong.status_code == 422
    assert right.status_code == 201
    batch = carry(Batch.objects.get())
    assert (batch.state, batch.rows_new) == ("done", 1)
    assert batch.columns[0]["letter"] == "A"
