"""Enterprises: what anyone may read, and for an office its own fields within its region."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from ninja import Query, Router
from ninja.errors import HttpError

from lontar.access.models import Post
from lontar.registry.api import shapes
from lontar.registry.api.answers import send, send_csv, send_list, wants_csv
from lontar.registry.api.params import Format, Limit, Number, Offset, Region, Slug, Words, office_reader, region_code
from lontar.registry.queries import enterprises as lists
from lontar.registry.queries.merging import standing_for
from lontar.registry.states import EnterpriseStatus, ImkClass, UmkmClass

router = Router(tags=["Usaha"])
Sort = Literal[
    "village", "-village", "name", "-name", "id", "-id", "turnover", "-turnover", "workers", "-workers", "recorded", "-recorded"
]  # fmt: skip


@router.get("/enterprises", response=shapes.Items[shapes.Enterprise], summary="Usaha")
def enterprises(
    request: HttpRequest,
    region: Region = "",
    imk_class: ImkClass | None = None,
    umkm_class: Annotated[UmkmClass | None, Query(description="Hanya untuk kantor.")] = None,
    kbli: Annotated[str, Query(pattern=r"^([0-9]{2,5})?$", description="Dua sampai lima angka pertama KBLI.")] = "",
    nib: Annotated[
        str, Query(pattern=r"^(ada|tidak|[0-9]{13})?$", description="ada, tidak, atau 13 angka. Hanya untuk kantor.")
    ] = "",
    status: Annotated[EnterpriseStatus | None, Query(description="Hanya untuk kantor.")] = None,
    is_verified: bool | None = None,
    commodity: Slug = "",
    q: Words = "",
    sort: Annotated[
        Sort, Query(description="turnover, workers dan recorded hanya untuk kantor; - untuk urutan terbalik.")
    ] = "village",
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Tanpa kunci: isian terbuka. Dengan kunci: isian kantor dalam wilayah jabatan (tanpa NIK, telepon, alamat)."""
    asked = lists.EnterpriseFilter(
        region=region_code(region),
        imk_class=imk_class.value if imk_class else "",
        umkm_class=umkm_class.value if umkm_class else "",
        kbli=kbli,
        nib=nib,
        is_verified=is_verified,
        status=status.value if status else "",
        text=q,
        commodity=commodity,
    )
    post = office_reader(request)
    if post is None:
        return _open(request, asked, sort=sort, limit=limit, offset=offset, kind=kind)
    if wants_csv(request, kind):
        return send_csv(lists.csv_office(asked, within=post.region_code, sort=sort), "usaha")
    page = lists.list_office(asked, within=post.region_code, sort=sort, limit=limit, offset=offset)
    return send_list(page.items, page.count)


def _open(
    request: HttpRequest, asked: lists.EnterpriseFilter, *, sort: str, limit: int, offset: int, kind: str | None
) -> HttpResponseBase:
    if asked.nib or asked.umkm_class or asked.status or sort.removeprefix("-") not in lists.PUBLIC.orders:
        raise HttpError(401, "Saringan atau urutan ini hanya untuk kantor; sertakan kunci API.")
    if wants_csv(request, kind):
        return send_csv(lists.csv_public(asked, sort=sort), "usaha")
    page = lists.list_public(asked, sort=sort, limit=limit, offset=offset)
    return send_list(page.items, page.count)


@router.get("/enterprises/{number}", response=shapes.Enterprise, summary="Satu usaha")
def enterprise(request: HttpRequest, number: Number) -> HttpResponse:
    """Satu usaha; di luar wilayah jabatan, isian terbukanya. Nomor yang sudah digabungkan dijawab dengan usaha penerusnya."""
    post: Post | None = office_reader(request)
    row = _row(number, post)
    if row is None and (stands := standing_for(number)) is not None:
        row = _row(stands, post)
    if row is None:
        raise Http404(f"Usaha {number} tidak ada.")
    return send(row)


def _row(number: int, post: Post | None) -> dict[str, Any] | None:
    return (lists.office_row(number) if post is not None else None) or lists.public_row(number)
