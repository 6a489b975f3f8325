"""Coverage, regions and villages."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from ninja import Query, Router

from lontar.registry.api import shapes
from lontar.registry.api.answers import rows_as_csv, send, send_csv, send_list, wants_csv
from lontar.registry.api.open import send_open
from lontar.registry.api.params import CODE, Code, Format, Limit, Offset, Region, Words, region_code
from lontar.registry.queries import coverage as coverage_of
from lontar.registry.queries import open_lists, region_card, village_profile
from lontar.registry.queries.open_lists import Asked
from lontar.registry.states import Level

router = Router(tags=["Wilayah"])
Sort = Literal["code", "name", "-code", "-name"]
COVERAGE = ("code", "name", "villages", "enterprises_official", "enterprises_registered", "enterprises_verified")


@router.get("/coverage", response=shapes.Items[shapes.Coverage], summary="Cakupan terhadap angka resmi")
def coverage(
    request: HttpRequest,
    level: Literal["regency", "district", "village"] = "regency",
    region: Region = "",
    limit: Limit = 1000,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Usaha menurut angka resmi, terdaftar dan terverifikasi per kabupaten/kota (atau kecamatan, desa/kelurahan)."""
    rows = coverage_of(region_code(region) or settings.PROGRAMME_ROOT, Level(level))
    items = [asdict(row) for row in rows]
    if wants_csv(request, kind):
        return send_csv(rows_as_csv(COVERAGE, items), "cakupan")
    return send_list(items[offset : offset + limit], len(items))


@router.get("/regions", response=shapes.Items[shapes.Region], summary="Wilayah")
def regions(
    request: HttpRequest,
    level: Literal["province", "regency", "district", "village"] | None = None,
    region: Region = "",
    parent: Annotated[str, Query(pattern=CODE, description="Kode wilayah tepat di atasnya.")] = "",
    bps_code: Annotated[str, Query(pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{7}|[0-9]{10})?$")] = "",
    q: Words = "",
    ended: Annotated[bool, Query(description="Juga wilayah yang sudah tidak berlaku.")] = False,
    sort: Sort = "code",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Provinsi, kabupaten/kota, kecamatan, desa/kelurahan dengan kode Kemendagri dan BPS."""
    asked = Asked(
        equal=(("r.level", level), ("r.parent_id", region_code(parent)), ("r.bps_code", bps_code)),
        region=region_code(region),
        region_column="r.code",
        only=() if ended else ("r.valid_until IS NULL",),
        words=q,
        word_column=open_lists.NAME_WORDS,
    )
    return send_open(
        request, open_lists.REGIONS, asked, name="wilayah", sort=sort, limit=limit, offset=offset, kind=kind
    )


@router.get("/regions/{code}", response=dict[str, Any], summary="Satu wilayah")
def region(request: HttpRequest, code: Code) -> HttpResponse:
    """Satu wilayah dengan jalurnya dan, bila ada, pendahulu dan penerusnya."""
    card = region_card(region_code(code))
    if card is None:
        raise Http404(f"Wilayah {code} tidak ada.")
    return send(card)


@router.get("/villages", response=shapes.Items[shapes.Village], summary="Desa dan kelurahan")
def villages(
    request: HttpRequest,
    region: Region = "",
    village_kind: Annotated[Literal["desa", "kelurahan", "desa_adat"] | None, Query(alias="kind")] = None,
    q: Words = "",
    sort: Sort = "code",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Desa dan kelurahan yang berlaku, dengan hitungan usahanya."""
    asked = Asked(
        equal=(("r.kind", village_kind),),
        region=region_code(region),
        region_column="r.code",
        only=("r.level = 'village'", "r.valid_until IS NULL"),
        words=q,
        word_column=open_lists.NAME_WORDS,
    )
    return send_open(request, open_lists.VILLAGES, asked, name="desa", sort=sort, limit=limit, offset=offset, kind=kind)


@router.get("/villages/{code}", response=dict[str, Any], summary="Satu desa atau kelurahan")
def village(request: HttpRequest, code: Code) -> HttpResponse:
    """Profil: potensi menurut tahun, sumber daya, sarana, atribut, hitungan usaha, produk, izin, lembaga, sekolah."""
    profile = village_profile(region_code(code), day=timezone.localdate())
    if profile is None:
        raise Http404(f"Desa/kelurahan {code} tidak ada.")
    return send(profile)
