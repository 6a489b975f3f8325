"""API of intake: what can be sent, sending it, following it, taking findings and marked workbooks, moving a batch.

Anybody may read what the datasets are. Everything about batches needs a key or a session; whatever changes one, and whatever
holds personal values in clear, needs a key with the scope to submit. The file is received as on the screens: streamed into an
unnamed temporary file, refused beyond the limit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from http import HTTPStatus
from pathlib import PurePath
from typing import Annotated, Any, Literal

import orjson
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from ninja import File, Form, Router, Schema
from ninja import Path as InPath
from ninja import Query as InQuery
from ninja.errors import AuthenticationError, HttpError
from ninja.files import UploadedFile
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from lontar.access.api import caller, sender
from lontar.access.models import Post, User
from lontar.access.policies import Policy, Refused
from lontar.access.problems import problem
from lontar.engines.tabular import stream_csv
from lontar.intake import actions, policies, queries
from lontar.intake.datasets import DATASETS
from lontar.intake.forms.receiving import prepare
from lontar.intake.models import Batch
from lontar.intake.presenters import documents
from lontar.intake.presenters.columns import ColumnNames
from lontar.intake.presenters.findings import export_line as finding_line
from lontar.intake.presenters.history import EXPORT_HEADER, export_line
from lontar.intake.queries import Finding
from lontar.intake.states import BatchState, Channel
from lontar.intake.steps import marking
from lontar.registry.models import Region
from lontar.ui import formats

router = Router()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORKBOOK = {"responses": {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}}
Limit = Annotated[int, InQuery(ge=1, le=1000, description="Baris paling banyak, 1–1000.")]
Offset = Annotated[int, InQuery(ge=0, le=100_000_000, description="Baris yang dilewati.")]
Format = Annotated[Literal["json", "csv"] | None, InQuery(alias="format", description="csv untuk seluruh daftar.")]
Number = Annotated[int, InPath(ge=1, le=2**62, description="Nomor kiriman.")]
Word = Annotated[str, InQuery(pattern=r"^[A-Za-z0-9_.-]{0,60}$")]
DatasetKey = Literal["enterprises", "potential", "products", "licences", "schools", "communities"]
AnyState = Literal[
    "received", "needs_mapping", "queued", "running", "done", "cancelled", "refused", "failed", "sisa"
]  # fmt: skip


class ListAnswer(Schema):
    """Every list: a page of items and the count of all."""

    items: list[dict[str, Any]]
    count: int


class Mapping(Schema):
    """Which column of the file is which: its name in `columns` → key of the dataset."""

    mapping: dict[str, str]


class PlaceDecision(Schema):
    """What a spelling means: its `words` of the list of places → code of the village."""

    words: str
    village: str


class Key(HttpBearer):
    """A key, or a session of the site: each kind says in `__call__` whom it lets in."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Never called: `__call__` decides."""
        raise NotImplementedError


class Reader(Key):
    """A key, or a session of the site."""

    openapi_description = "Kunci API."

    def __call__(self, request: HttpRequest) -> Post:
        """The post behind the request, if it may see batches."""
        post = caller(request)
        if post is None:
            raise AuthenticationError
        policies.check_see_batches(post)
        return post


class Sender(Key):
    """A key with the scope to submit, or a session of the site with its CSRF token."""

    openapi_description = "Kunci API dengan izin mengirim data."

    def __call__(self, request: HttpRequest) -> tuple[Post, User]:
        """The post and person behind the request; raises as `access.api.sender` does."""
        found = sender(request)
        policies.check_submit(found[0])
        self.settle(request)
        if not request.headers.get("Authorization") and check_csrf(request) is not None:
            raise Refused("Permintaan dari peramban perlu tanda CSRF; muat ulang halaman, atau pakai kunci API.")
        return found

    def settle(self, request: HttpRequest) -> None:
        """What has to be settled before the body is read."""


class FileSender(Sender):
    """The same, for a request that carries a file."""

    def settle(self, request: HttpRequest) -> None:
        """Receive the file by way of a temporary file, up to the limit."""
        request.lontar_upload = prepare(request)  # type: ignore[attr-defined]  # Django's own way of extending a request


def _batch(post: Post, number: int, check: Policy[[Post | None, Batch]]) -> Batch:
    batch = Batch.objects.select_related("agency", "submitted_by").filter(pk=number).first()
    if batch is None:
        raise Http404(f"Kiriman #{number} tidak ada, atau berada di luar wilayah Anda.")
    check(post, batch)
    return batch


def _json(content: object, status: int = HTTPStatus.OK) -> HttpResponse:
    return HttpResponse(orjson.dumps(content), status=status, content_type="application/json")


def _csv(request: HttpRequest, kind: str | None) -> bool:
    return kind == "csv" or (kind is None and request.headers.get("Accept", "").startswith("text/csv"))


def _csv_answer(name: str, rows: Iterator[list[object]], header: tuple[str, ...]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(stream_csv(rows, header), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


@router.get("/datasets", response=ListAnswer, summary="Jenis data yang dapat dikirim")
def datasets(request: HttpRequest) -> HttpResponse:
    """Setiap jenis data dengan kolomnya; rincian dan skema JSON di alamat masing-masing."""
    del request
    items = [documents.dataset_summary(dataset) for dataset in DATASETS.values()]
    return _json({"items": items, "count": len(items)})


@router.get("/datasets/{key}", response=dict[str, Any], summary="Satu jenis data")
def dataset(request: HttpRequest, key: DatasetKey) -> HttpResponse:
    """Kolom dengan jenis, sinonim judul, batas dan contoh, serta skema JSON satu baris."""
    del request
    return _json(documents.dataset_document(DATASETS[key]))


@router.get("/datasets/{key}/template.xlsx", summary="Templat jenis data", openapi_extra=_WORKBOOK)
def template(request: HttpRequest, key: DatasetKey) -> HttpResponse:
    """Buku kerja kosong: pilihan, contoh, petunjuk setiap kolom, kolom nomor berformat teks."""
    del request
    answer = HttpResponse(_template(key), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="templat-{key}.xlsx"'
    return answer


@lru_cache(maxsize=len(DATASETS))
def _template(key: str) -> bytes:
    with marking.opened_template_workbook(key) as opened:
        return opened.read()


@router.post("/batches", auth=FileSender(), response={201: dict[str, Any], 200: dict[str, Any]}, summary="Kirim berkas")
def submit(
    request: HttpRequest,
    dataset: Form[DatasetKey],
    file: File[UploadedFile | None] = None,
    mapping: Annotated[str, Form(description="Objek JSON: judul kolom → kunci.", max_length=20_000)] = "",
    corrects: Annotated[int | None, Form(ge=1, le=2**62, description="Nomor kiriman yang diperbaiki.")] = None,
) -> HttpResponse:
    """Kirim satu berkas (multipart: dataset, file). 201 bila diterima; 200 dengan kiriman lama bila berkasnya sama persis."""
    post, person = request.auth  # type: ignore[attr-defined]  # set by ninja
    if file is None or not file.size:
        return _no_file(request)
    corrected = _batch(post, corrects, policies.check_move_batch) if corrects else None
    try:
        batch = actions.submit_file(
            dataset=dataset,
            agency=corrected.agency if corrected else post.agency,
            post=post,
            by=person,
            source=file,  # type: ignore[arg-type]  # reads like a file
            file_name=file.name or "",
            channel=Channel.API,
            at=timezone.now(),
            mapping=_given_mapping(mapping),
            corrects=corrected,
        )
    except actions.SameFile as same:
        return _json(documents.batch_document(same.batch) | {"detail": same.reason})
    answer = _json(documents.batch_document(batch), HTTPStatus.CREATED)
    answer["Location"] = f"/api/v1/batches/{batch.pk}"
    return answer


def _no_file(request: HttpRequest) -> HttpResponse:
    if request.lontar_upload.too_large:  # type: ignore[attr-defined]  # set by FileSender
        limit = formats.size(settings.UPLOAD_LIMIT)
        return problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"Berkas lebih besar dari {limit}. Bagi menjadi beberapa berkas."
        )
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Sertakan berkas yang tidak kosong pada bagian “file” (multipart).")


def _given_mapping(text: str) -> dict[str, str]:
    if not text.strip():
        return {}
    try:
        content = json.loads(text)
    except ValueError:
        content = None
    if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
        raise HttpError(422, 'mapping: tulis satu objek JSON, misalnya {"Nama Usaha": "name"}.')
    return {str(header): value for header, value in content.items()}


@router.get("/batches", auth=Reader(), response=ListAnswer, summary="Kiriman")
def batches(
    request: HttpRequest,
    dataset: DatasetKey | None = None,
    agency: Word = "",
    state: AnyState | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Kiriman dalam wilayah pemegang kunci, terbaru dahulu; state=sisa: selesai dengan baris yang menunggu."""
    found = queries.batches(dataset=dataset or "", agency_code=agency, state=state or "")
    if _csv(request, kind):
        return _csv_answer("kiriman", (export_line(one) for one in found.iterator(chunk_size=500)), EXPORT_HEADER)
    items = [documents.batch_document(one, brief=True) for one in found[offset : offset + limit]]
    return _json({"items": items, "count": found.count()})


@router.get("/batches/{number}", auth=Reader(), response=dict[str, Any], summary="Satu kiriman")
def batch(request: HttpRequest, number: Number) -> HttpResponse:
    """Keadaan, kemajuan, apa yang terjadi dengan barisnya, kolom dan pencocokannya, temuan menurut aturan."""
    found = _batch(request.auth, number, policies.check_see_batch)  # type: ignore[attr-defined]  # set by ninja
    return _json(documents.batch_document(found) | {"findings": documents.groups(queries.issue_groups(found))})


@router.get("/batches/{number}/issues", auth=Reader(), response=ListAnswer, summary="Temuan kiriman")
def issues(
    request: HttpRequest,
    number: Number,
    severity: Literal["error", "warning"] | None = None,
    rule: Word = "",
    field: Word = "",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Temuan menurut urutan baris; nilai pribadi disamarkan."""
    found = _batch(request.auth, number, policies.check_see_batch)  # type: ignore[attr-defined]  # set by ninja
    names, rows = ColumnNames(found), queries.findings(found, field=field, rule=rule, severity=severity or "")
    if _csv(request, kind):
        lines = (finding_line(names, Finding(*values)) for values in rows.values_list(*queries.SHOWN).iterator(2000))
        return _csv_answer(f"temuan-kiriman-{number}", lines, documents.FINDING_HEADER)
    items = [documents.finding(names, one) for one in queries.findings_page(rows, offset=offset, limit=limit)]
    return _json({"items": items, "count": rows.count()})


@router.get("/batches/{number}/marked.xlsx", auth=Sender(), summary="Buku kerja bertanda", openapi_extra=_WORKBOOK)
def marked(request: HttpRequest, number: Number, rows: Literal["waiting", "all"] = "waiting") -> HttpResponseBase:
    """Baris yang menunggu, atau semua, dengan temuan ditandai; hanya untuk instansi pengirim, karena memuat data pribadi."""
    post, person = request.auth  # type: ignore[attr-defined]  # set by ninja
    found = _batch(post, number, policies.check_take_workbook)
    if not found.columns:
        return problem(HTTPStatus.CONFLICT, actions.unread_reason(found))
    actions.note_workbook_taken(batch=found, by=person, post=post, at=timezone.now())
    name = f"{PurePath(found.file_name).stem[:80]}-bertanda.xlsx"
    opened = marking.opened_marked_workbook(found, only_problem_rows=rows == "waiting")
    return FileResponse(opened, as_attachment=True, filename=name, content_type=XLSX)


@router.get("/batches/{number}/places", auth=Reader(), response=ListAnswer, summary="Nama tempat yang belum dikenal")
def unknown_places(request: HttpRequest, number: Number, limit: Limit = 100, offset: Offset = 0) -> HttpResponse:
    """Tulisan tempat yang belum dikenal dengan banyaknya baris dan desa yang mungkin dimaksud."""
    found = _batch(request.auth, number, policies.check_see_batch)  # type: ignore[attr-defined]  # set by ninja
    items = [documents.place(one) for one in queries.unknown_places(found, offset=offset, limit=limit)]
    return _json({"items": items, "count": queries.unknown_places_count(found)[0]})


@router.post("/batches/{number}/places", auth=Sender(), response=dict[str, Any], summary="Tetapkan arti nama tempat")
def decide_place(request: HttpRequest, number: Number, given: PlaceDecision) -> HttpResponse:
    """Sejak itu tulisan yang sama dari instansi ini dikenali; baris yang menunggu masuk setelah diperiksa ulang."""
    post, person = request.auth  # type: ignore[attr-defined]  # set by ninja
    found = _batch(post, number, policies.check_move_batch)
    village = Region.objects.filter(pk=given.village.replace("\x00", "")[:13]).first()
    if village is None or not queries.unknown_places_named(found, [given.words.replace("\x00", "")]):
        return problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "words harus dari daftar tempat kiriman ini, village kode desa yang ada."
        )
    actions.decide_place(batch=found, words=given.words, village=village, by=person, at=timezone.now())
    return _json({"words": given.words, "village": village.code})


@router.post("/batches/{number}/mapping", auth=Sender(), response=dict[str, Any], summary="Cocokkan kolom")
def map_columns(request: HttpRequest, number: Number, given: Mapping) -> HttpResponse:
    """Nama kolom berkas → kunci; diingat untuk berkas berikutnya yang berjudul kolom sama."""
    return _moved(request, number, actions.confirm_mapping, mapping=given.mapping)


@router.post("/batches/{number}/cancel", auth=Sender(), response=dict[str, Any], summary="Batalkan kiriman")
def cancel(request: HttpRequest, number: Number) -> HttpResponse:
    """Berhenti setelah bagian yang sedang berjalan; yang sudah masuk tetap."""
    return _moved(request, number, actions.cancel_batch)


@router.post("/batches/{number}/resume", auth=Sender(), response=dict[str, Any], summary="Lanjutkan kiriman")
def resume(request: HttpRequest, number: Number) -> HttpResponse:
    """Teruskan kiriman yang gagal atau dibatalkan setelah baris terakhir yang masuk."""
    return _moved(request, number, actions.resume_batch)


@router.post("/batches/{number}/retry", auth=Sender(), response=dict[str, Any], summary="Periksa ulang yang menunggu")
def retry(request: HttpRequest, number: Number) -> HttpResponse:
    """Hanya baris yang menunggu diperiksa ulang; baris lain tidak berubah."""
    return _moved(request, number, actions.retry_waiting)


def _moved(request: HttpRequest, number: int, act: Any, **given: object) -> HttpResponse:
    post, person = request.auth  # type: ignore[attr-defined]  # set by ninja
    found = _batch(post, number, policies.check_move_batch)
    try:
        act(batch=found, by=person, at=timezone.now(), **given)
    except actions.MappingIncomplete as refused:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, refused.reason)
    except (actions.NotNow, actions.SameFile) as refused:
        return problem(HTTPStatus.CONFLICT, refused.reason, state=BatchState(found.state).value)
    found.refresh_from_db()
    return _json(documents.batch_document(found))
