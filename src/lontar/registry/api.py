"""API of the registry: coverage, regions, villages, enterprises, products, licences and the rest of the programme data.

Each operation parses, asks one query and sends; lists are sent as bytes, without a model per row, because they are the hot
path. Personal values are in none of the queries used here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Annotated, Any, Literal

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from lontar.access.api import caller
from lontar.engines.regions import InvalidRegionCode, normalise_code
from lontar.registry.queries import coverage as coverage_query
from lontar.registry.queries import enterprises as lists
from lontar.registry.queries import open_lists, region_card
from lontar.registry.queries.listing import Listing
from lontar.registry.queries.open_lists import Asked
from lontar.registry.states import ImkClass, Level, LicenceKind, ProductCategory, Stage, UmkmClass

router = Router()
LIMIT = 1000
Limit = Annotated[int, Query(ge=1, le=LIMIT, description=f"Baris paling banyak, 1–{LIMIT}.")]
Offset = Annotated[int, Query(ge=0, le=100_000_000, description="Baris yang dilewati.")]
Format = Annotated[Literal["json", "csv"] | None, Query(alias="format", description="csv untuk seluruh daftar.")]
Region = Annotated[str, Query(description="Kode wilayah Kemendagri; isinya dan semua di bawahnya.", max_length=16)]
Words = Annotated[str, Query(description="Kata-kata; setiap kata awal dari kata pada nama.", max_length=200)]


class ListAnswer(Schema):
    """Every list: a page of items and the count of all."""

    items: list[dict[str, Any]]
    count: int


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return int(value) if whole else float(value)
    raise TypeError(type(value).__name__)


def send_list(items: list[dict[str, Any]], count: int) -> HttpResponse:
    """A list as JSON bytes."""
    body = orjson.dumps({"items": items, "count": count}, default=_plain)
    return HttpResponse(body, content_type="application/json")


def send_csv(blocks: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """A list as a streamed CSV file."""
    answer = StreamingHttpResponse(blocks, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def wants_csv(request: HttpRequest, asked: str | None) -> bool:
    """Whether the caller asked for CSV, by parameter or by Accept."""
    return asked == "csv" or (asked is None and request.headers.get("Accept", "").startswith("text/csv"))


def region_code(text: str) -> str:
    """A region code in dotted form; "" stays "". Raises HttpError 422 naming the cure."""
    if not text:
        return ""
    try:
        return normalise_code(text)
    except InvalidRegionCode as problem:
        raise HttpError(422, f"Kode wilayah tidak dikenal bentuknya: {problem}") from problem


def _open(
    request: HttpRequest,
    listing: Listing,
    asked: Asked,
    *,
    name: str,
    sort: str,
    limit: int,
    offset: int,
    kind: str | None,
) -> HttpResponseBase:
    if wants_csv(request, kind):
        return send_csv(open_lists.csv_rows(listing, asked, sort=sort), name)
    return send_list(*open_lists.rows(listing, asked, sort=sort, limit=limit, offset=offset))


@router.get("/coverage", response=ListAnswer, summary="Cakupan terhadap angka resmi")
def coverage(
    request: HttpRequest,
    level: Literal["regency", "district"] = "regency",
    region: Region = "",
    kind: Format = None,
) -> HttpResponseBase:
    """Per kabupaten/kota atau kecamatan: desa, usaha menurut angka resmi, terdaftar, terverifikasi."""
    rows = coverage_query(region_code(region) or settings.PROGRAMME_ROOT, Level(level))
    items = [asdict(row) for row in rows]
    if wants_csv(request, kind):
        header = ",".join(items[0]) if items else "code"
        lines = [header, *(",".join("" if value is None else str(value) for value in item.values()) for item in items)]
        return send_csv(iter(["\r\n".join(lines).encode()]), "cakupan")
    return send_list(items, len(items))


@router.get("/regions", response=ListAnswer, summary="Wilayah")
def regions(
    request: HttpRequest,
    level: Literal["province", "regency", "district", "village"] | None = None,
    region: Region = "",
    parent: str = "",
    bps_code: str = "",
    sort: Literal["code", "name", "-code", "-name"] = "code",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Provinsi, kabupaten/kota, kecamatan, desa/kelurahan dengan kode Kemendagri dan BPS."""
    asked = Asked(
        equal=(("r.level", level), ("r.parent_id", region_code(parent)), ("r.bps_code", bps_code)),
        region=region_code(region),
        region_column="r.code",
    )
    return _open(request, open_lists.REGIONS, asked, name="wilayah", sort=sort, limit=limit, offset=offset, kind=kind)


@router.get("/regions/{code}", response=dict[str, Any], summary="Satu wilayah")
def region(request: HttpRequest, code: str) -> HttpResponse:
    """Satu wilayah dengan jalurnya dan, bila ada, pendahulu dan penerusnya."""
    card = region_card(region_code(code))
    if card is None:
        raise Http404(f"Wilayah {code} tidak ada.")
    return HttpResponse(orjson.dumps(asdict(card), default=_plain), content_type="application/json")


@router.get("/villages", response=ListAnswer, summary="Desa dan kelurahan")
def villages(
    request: HttpRequest,
    region: Region = "",
    village_kind: Annotated[Literal["desa", "kelurahan", "desa_adat"] | None, Query(alias="kind")] = None,
    sort: Literal["code", "name", "-code", "-name"] = "code",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Desa dan kelurahan yang berlaku, dengan hitungan usahanya."""
    asked = Asked(
        equal=(("r.level", Level.VILLAGE.value), ("r.kind", village_kind), ("r.valid_until IS NULL", True)),
        region=region_code(region),
        region_column="r.code",
    )
    return _open(request, open_lists.VILLAGES, asked, name="desa", sort=sort, limit=limit, offset=offset, kind=kind)


@router.get("/enterprises", response=ListAnswer, summary="Usaha")
def enterprises(
    request: HttpRequest,
    region: Region = "",
    imk_class: ImkClass | None = None,
    umkm_class: UmkmClass | None = None,
    kbli: Annotated[str, Query(pattern=r"^(\d{2,5})?$", description="Dua sampai lima angka pertama KBLI.")] = "",
    nib: Annotated[
        str, Query(pattern=r"^(ada|tidak|\d{13})?$", description="ada, tidak, atau 13 angka (kantor).")
    ] = "",
    status: Literal["active", "dormant", "closed"] | None = None,
    is_verified: bool | None = None,
    commodity: Annotated[str, Query(max_length=40)] = "",
    q: Words = "",
    sort: Literal[
        "village", "name", "id", "-name", "turnover", "-turnover", "workers", "-workers", "recorded", "-recorded"
    ] = "village",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Tanpa kunci: isian umum. Dengan kunci: isian kantor dalam wilayah jabatan (tanpa NIK, telepon, alamat)."""
    asked = lists.EnterpriseFilter(
        region=region_code(region),
        imk_class=imk_class.value if imk_class else "",
        umkm_class=umkm_class.value if umkm_class else "",
        kbli=kbli,
        nib=nib,
        is_verified=is_verified,
        status=status or "",
        text=q,
        commodity=commodity,
    )
    post = caller(request)
    if post is None:
        return _public_enterprises(request, asked, sort=sort, limit=limit, offset=offset, kind=kind)
    if wants_csv(request, kind):
        return send_csv(lists.csv_office(asked, within=post.region_code, sort=sort), "usaha")
    page = lists.list_office(asked, within=post.region_code, sort=sort, limit=limit, offset=offset)
    return send_list(page.items, page.count)


def _public_enterprises(
    request: HttpRequest, asked: lists.EnterpriseFilter, *, sort: str, limit: int, offset: int, kind: str | None
) -> HttpResponseBase:
    if asked.nib or asked.umkm_class or asked.status or sort.removeprefix("-") not in lists.PUBLIC.orders:
        raise HttpError(401, "Saringan atau urutan ini hanya untuk kantor; sertakan kunci API.")
    if wants_csv(request, kind):
        return send_csv(lists.csv_public(asked, sort=sort), "usaha")
    page = lists.list_public(asked, sort=sort, limit=limit, offset=offset)
    return send_list(page.items, page.count)


@router.get("/products", response=ListAnswer, summary="Produk")
def products(
    request: HttpRequest,
    region: Region = "",
    category: ProductCategory | None = None,
    stage: Stage | None = None,
    enterprise: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    q: Words = "",
    sort: Literal["id", "name", "-id", "-name"] = "id",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Produk dengan kelompok, tahap, kapasitas dan harga."""
    asked = Asked(
        equal=(
            ("r.category", category and category.value),
            ("r.stage", stage and stage.value),
            ("r.enterprise_id", enterprise),
        ),
        region=region_code(region),
        words=q,
        word_column="r.search",
    )
    return _open(request, open_lists.PRODUCTS, asked, name="produk", sort=sort, limit=limit, offset=offset, kind=kind)


@router.get("/licences", response=ListAnswer, summary="Izin dan sertifikat")
def licences(
    request: HttpRequest,
    region: Region = "",
    licence: Annotated[LicenceKind | None, Query(alias="kind")] = None,
    sort: Literal["id", "-id", "expires", "-expires"] = "id",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Izin dan sertifikat; nomor NIB tidak dikirim, karena mengenali orang."""
    asked = Asked(equal=(("r.kind", licence and licence.value),), region=region_code(region))
    return _open(request, open_lists.LICENCES, asked, name="izin", sort=sort, limit=limit, offset=offset, kind=kind)


@router.get("/potential", response=ListAnswer, summary="Potensi desa")
def potential(
    request: HttpRequest,
    region: Region = "",
    year: Annotated[int | None, Query(ge=1990, le=2100)] = None,
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Komoditas desa menurut tahun."""
    asked = Asked(equal=(("r.year", year),), region=region_code(region))
    return _open(
        request, open_lists.POTENTIAL, asked, name="potensi", sort="village", limit=limit, offset=offset, kind=kind
    )


@router.get("/organizations", response=ListAnswer, summary="Kelompok, koperasi, BUMDes, komunitas")
def organizations(
    request: HttpRequest,
    region: Region = "",
    organization: Annotated[Literal["group", "cooperative", "bumdes", "community"] | None, Query(alias="kind")] = None,
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Organisasi desa."""
    asked = Asked(equal=(("r.kind", organization),), region=region_code(region))
    return _open(
        request, open_lists.ORGANIZATIONS, asked, name="lembaga", sort="id", limit=limit, offset=offset, kind=kind
    )


@router.get("/schools", response=ListAnswer, summary="Sekolah")
def schools(
    request: HttpRequest, region: Region = "", limit: Limit = 100, offset: Offset = 0, kind: Format = None
) -> HttpResponseBase:
    """Sekolah pilar OSOP."""
    asked = Asked(region=region_code(region))
    return _open(request, open_lists.SCHOOLS, asked, name="sekolah", sort="npsn", limit=limit, offset=offset, kind=kind)


@router.get("/commodities", response=ListAnswer, summary="Komoditas")
def commodities(request: HttpRequest, limit: Limit = 100, offset: Offset = 0, kind: Format = None) -> HttpResponseBase:
    """Daftar komoditas dengan satuan dan musim lazimnya."""
    return _open(
        request, open_lists.COMMODITIES, Asked(), name="komoditas", sort="code", limit=limit, offset=offset, kind=kind
    )
