"""What villages have and make: products, licences, potential, organisations, schools, commodities. All open data."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import Query, Router

from lontar.registry.api import shapes
from lontar.registry.api.open import send_open
from lontar.registry.api.params import Format, Limit, Offset, Region, Slug, Words, region_code
from lontar.registry.queries import open_lists
from lontar.registry.queries.open_lists import Asked
from lontar.registry.rules import Expiry
from lontar.registry.states import LicenceKind, OrganizationKind, ProductCategory, Stage

router = Router(tags=["Produk dan potensi"])
Key = Annotated[int | None, Query(ge=1, le=2**62)]


@router.get("/products", response=shapes.Items[shapes.Product], summary="Produk")
def products(
    request: HttpRequest,
    region: Region = "",
    category: ProductCategory | None = None,
    stage: Stage | None = None,
    commodity: Slug = "",
    enterprise: Key = None,
    q: Words = "",
    sort: Literal["id", "name", "-id", "-name"] = "id",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Produk dengan kelompok, tahap, kapasitas dan harga; tanpa produk usaha yang sudah tutup."""
    asked = Asked(
        equal=(
            ("r.category", category and category.value),
            ("r.stage", stage and stage.value),
            ("r.enterprise_id", enterprise),
            (open_lists.COMMODITY_CODE, commodity),
        ),
        region=region_code(region),
        only=(open_lists.OF_OPEN_ENTERPRISE,),
        words=q,
        word_column="r.search",
    )
    return send_open(
        request, open_lists.PRODUCTS, asked, name="produk", sort=sort, limit=limit, offset=offset, kind=kind
    )


@router.get("/licences", response=shapes.Items[shapes.Licence], summary="Izin dan sertifikat")
def licences(
    request: HttpRequest,
    region: Region = "",
    licence: Annotated[LicenceKind | None, Query(alias="kind")] = None,
    state: Annotated[Expiry | None, Query(description="Masa berlaku pada hari ini.")] = None,
    enterprise: Key = None,
    product: Key = None,
    sort: Literal["id", "-id", "expires", "-expires"] = "id",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Izin dan sertifikat dengan masa berlakunya; nomor NIB tidak dikirim, karena mengenali orang."""
    day = timezone.localdate()
    asked = Asked(
        equal=(
            ("r.kind", licence and licence.value),
            ("r.enterprise_id", enterprise),
            ("r.product_id", product),
            (open_lists.state_sql(day), state and state.value),
        ),
        region=region_code(region),
        only=(open_lists.OF_OPEN_ENTERPRISE,),
    )
    listing = open_lists.licences_on(day)
    return send_open(request, listing, asked, name="izin", sort=sort, limit=limit, offset=offset, kind=kind)


@router.get("/potential", response=shapes.Items[shapes.Potential], summary="Potensi desa")
def potential(
    request: HttpRequest,
    region: Region = "",
    commodity: Slug = "",
    year: Annotated[int | None, Query(ge=1990, le=2100)] = None,
    sort: Literal["village", "-village"] = "village",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Komoditas desa menurut tahun: luas (ha), produksi, bulan panen, bagian yang dijual mentah (%)."""
    asked = Asked(equal=(("r.year", year), (open_lists.COMMODITY_CODE, commodity)), region=region_code(region))
    return send_open(
        request, open_lists.POTENTIAL, asked, name="potensi", sort=sort, limit=limit, offset=offset, kind=kind
    )


@router.get(
    "/organizations", response=shapes.Items[shapes.Organization], summary="Kelompok, koperasi, BUMDes, komunitas"
)
def organizations(
    request: HttpRequest,
    region: Region = "",
    organization: Annotated[OrganizationKind | None, Query(alias="kind")] = None,
    sort: Literal["id", "name", "-id", "-name"] = "id",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Organisasi desa dan kelurahan."""
    asked = Asked(equal=(("r.kind", organization and organization.value),), region=region_code(region))
    return send_open(
        request, open_lists.ORGANIZATIONS, asked, name="lembaga", sort=sort, limit=limit, offset=offset, kind=kind
    )


@router.get("/schools", response=shapes.Items[shapes.School], summary="Sekolah")
def schools(
    request: HttpRequest,
    region: Region = "",
    sort: Literal["npsn", "name", "-npsn", "-name"] = "npsn",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Sekolah pilar One School One Product."""
    asked = Asked(region=region_code(region))
    return send_open(
        request, open_lists.SCHOOLS, asked, name="sekolah", sort=sort, limit=limit, offset=offset, kind=kind
    )


@router.get("/commodities", response=shapes.Items[shapes.Commodity], summary="Komoditas")
def commodities(
    request: HttpRequest,
    sort: Literal["code", "name", "-code", "-name"] = "code",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Daftar komoditas dengan satuan dan musim lazimnya."""
    return send_open(
        request, open_lists.COMMODITIES, Asked(), name="komoditas", sort=sort, limit=limit, offset=offset, kind=kind
    )
