"""API of rubrics, assessments and stars: stars and rubrics for everybody, assessments for posts that may read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import Path as InPath
from ninja import Query, Router, Schema

from lontar.access.api import caller
from lontar.engines.rubrics import as_rows, shown
from lontar.registry.api.answers import rows_as_csv, send, send_csv, send_list, wants_csv
from lontar.registry.api.params import Format, Limit, Offset, Region, region_code
from lontar.registry.api.shapes import Items
from lontar.registry.rules import public_text
from lontar.stars import policies
from lontar.stars.models import Assessment, Rubric, Star
from lontar.stars.queries.assessing import mean_points
from lontar.stars.queries.evidence import evidence_of
from lontar.stars.queries.rubrics import content_of
from lontar.stars.queries.stars import first_notice, list_stars, standing_of
from lontar.stars.states import AssessmentState, StarStanding

router = Router(tags=["Penilaian bintang"])
MOST = 100_000


class StarRow(Schema):
    """A star."""

    id: int
    product_id: int
    product: str
    maker: str
    village_code: str
    stars: int
    rubric: str
    rubric_name: str
    rubric_version: int
    round: str
    year: int
    valid_from: date
    valid_until: date
    standing: str
    certificate: str
    check_code: str
    source: str


class AssessmentRow(Schema):
    """An assessment; points only once every sheet is open."""

    id: int
    round: str
    product_id: int
    product: str
    maker: str
    village_code: str
    state: str
    submitted_at: datetime
    mean: float | None
    lowest: float | None
    highest: float | None
    band_stars: int | None
    stars: int | None
    gates: list[str]


class EvidenceRow(Schema):
    """A file of evidence, not removed: for which criterion or gate, what it is (bytes), who attached it and when."""

    id: int
    about: str
    code: str
    caption: str
    media_type: str
    size: int
    sha256: str
    attached_at: datetime
    attached_by: str


class RubricRow(Schema):
    """A version of a rubric."""

    id: int
    key: str
    version: int
    name: str
    standing: str
    state: str
    maximum: float
    valid_from: date
    valid_until: date | None
    source: str
    note: str


STAR_FIELDS = tuple(StarRow.model_fields)
ASSESSMENT_FIELDS = tuple(AssessmentRow.model_fields)
EVIDENCE_FIELDS = tuple(EvidenceRow.model_fields)


@router.get("/stars", response=Items[StarRow], summary="Bintang produk")
def stars(
    request: HttpRequest,
    region: Region = "",
    stars: Annotated[int | None, Query(ge=1, le=5)] = None,
    standing: StarStanding | None = None,
    rubric: Annotated[str, Query(pattern=r"^[a-z0-9-]{0,40}$")] = "",
    product: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Bintang dengan rubrik, ronde, dan masa berlakunya (sampai sebelum `valid_until`); data terbuka."""
    day = timezone.localdate()
    rows = list_stars(
        region_code(region), day, standing=standing.value if standing else "", stars=stars or 0, rubric=rubric
    )
    if product is not None:
        rows = rows.filter(product_id=product)
    rows = rows.select_related("paper").order_by("pk")
    notice = first_notice(day)
    return _answer(
        request, rows, lambda row: _star(row, day, notice), STAR_FIELDS, name="bintang", limit=limit, offset=offset, kind=kind
    )  # fmt: skip


def _star(row: Star, day: date, notice: int) -> dict[str, Any]:
    return {
        "id": row.pk, "product_id": row.product_id, "product": public_text(row.product_name),
        "maker": public_text(row.maker_name), "village_code": row.village_id, "stars": row.stars,
        "rubric": row.rubric_key, "rubric_name": row.rubric_name, "rubric_version": row.rubric_version,
        "round": row.round_name, "year": row.year, "valid_from": row.valid_from, "valid_until": row.valid_until,
        "standing": standing_of(row, day, notice=notice).value, "certificate": row.paper.number if row.paper else "",
        "check_code": row.paper.code if row.paper else "", "source": row.source,
    }  # fmt: skip


@router.get("/stars/assessments", response=Items[AssessmentRow], summary="Penilaian")
def assessments(
    request: HttpRequest,
    region: Region = "",
    state: AssessmentState | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Penilaian dalam wilayah jabatan pemegang kunci; nilai hanya ada setelah semua lembar terbuka."""
    post = caller(request)
    policies.check_see_assessments(post)
    rows = Assessment.objects.within(post.region_code if post else "")
    if region:
        rows = rows.within(region_code(region))
    if state is not None:
        rows = rows.filter(state=state.value)
    rows = rows.select_related("round").order_by("pk")
    return _answer(
        request, rows, _assessment, ASSESSMENT_FIELDS, name="penilaian-bintang", limit=limit, offset=offset, kind=kind
    )  # fmt: skip


def _assessment(row: Assessment) -> dict[str, Any]:
    mean = mean_points(row)
    return {
        "id": row.pk, "round": row.round.name, "product_id": row.product_id, "product": row.product_name,
        "maker": row.maker_name, "village_code": row.village_id, "state": row.state, "submitted_at": row.submitted_at,
        "mean": shown(mean) if mean is not None else None, "lowest": row.points_low, "highest": row.points_high,
        "band_stars": row.band_stars, "stars": row.stars, "gates": row.gates_held,
    }  # fmt: skip


@router.get("/stars/assessments/{number}/evidence", response=Items[EvidenceRow], summary="Bukti satu penilaian")
def evidence(request: HttpRequest, number: Annotated[int, InPath(ge=1, le=2**62)]) -> HttpResponseBase:
    """Daftar berkas bukti, tanpa isinya; hanya untuk penilai produk itu, pengaju, kabupaten/kotanya, dan penyelenggara."""
    post = caller(request)
    policies.check_open_evidence(post)
    found = Assessment.objects.select_related("post__agency").filter(pk=number).first()
    if found is None:
        raise Http404(f"Penilaian nomor {number} tidak ada di wilayah Anda.")
    policies.check_see_evidence(post, found)
    rows = [row for row in evidence_of(found) if row.removed_at is None]
    return send_list(
        [{"id": row.pk, **{name: getattr(row, name) for name in EVIDENCE_FIELDS[1:]}} for row in rows], len(rows)
    )


@router.get("/stars/rubrics", response=Items[RubricRow], summary="Rubrik")
def rubrics(request: HttpRequest, limit: Limit = 100, offset: Offset = 0, kind: Format = None) -> HttpResponseBase:
    """Semua versi rubrik dengan sumber dan asalnya: resmi, contoh, atau usulan."""
    rows = Rubric.objects.order_by("key", "version")
    fields = tuple(RubricRow.model_fields)
    return _answer(request, rows, _rubric, fields, name="rubrik", limit=limit, offset=offset, kind=kind)


def _rubric(row: Rubric) -> dict[str, Any]:
    return {name: getattr(row, name) for name in RubricRow.model_fields}


@router.get("/stars/rubrics/{number}", response=dict[str, Any], summary="Satu rubrik")
def rubric(request: HttpRequest, number: Annotated[int, InPath(ge=1, le=2**62)]) -> HttpResponseBase:
    """Satu versi dengan seluruh butir, pilihan, batas bintang, dan gerbangnya, baris demi baris."""
    found = Rubric.objects.filter(pk=number).first()
    if found is None:
        raise Http404(f"Rubrik nomor {number} tidak ada.")
    return send(_rubric(found) | {"lines": as_rows(content_of(found))})


def _answer(
    request: HttpRequest, rows: QuerySet[Any], written: Any, fields: Sequence[str], *, name: str, limit: int, offset: int,
    kind: Literal["json", "csv"] | None,
) -> HttpResponseBase:  # fmt: skip
    if wants_csv(request, kind):
        return send_csv(rows_as_csv(fields, [written(row) for row in rows[:MOST]]), name)
    return send_list([written(row) for row in rows[offset : offset + limit]], rows.count())
