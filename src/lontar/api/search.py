"""Search over villages and other regions, enterprises and products in one call, open data only."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from lontar.portal.queries.finding import Hit, find
from lontar.registry.api.answers import send_list
from lontar.registry.api.params import Offset, Region, region_code
from lontar.registry.api.shapes import Items
from lontar.registry.rules import public_text

router = Router(tags=["Pencarian"])


class Found(Schema):
    """Something that bears the words: a region (`code`), an enterprise or a product (`id`), and where it lies."""

    kind: Literal["region", "enterprise", "product"]
    code: str | None
    id: int | None
    name: str
    about: str
    place: str


@router.get("/search", response=Items[Found], summary="Pencarian")
def search(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=200, description="Kata-kata, misalnya kopi bajawa.")],
    kind: Annotated[Literal["region", "enterprise", "product"] | None, Query(description="Hanya jenis ini.")] = None,
    region: Region = "",
    limit: Annotated[int, Query(ge=1, le=100, description="Per jenis, 1–100.")] = 10,
    offset: Offset = 0,
) -> HttpResponse:
    """Wilayah dahulu, lalu usaha dan produk; `limit` dan `offset` berlaku per jenis, `count` menghitung semuanya."""
    only: Any = {"region": "desa", "enterprise": "usaha", "product": "produk"}.get(kind or "")
    found = find(q, within=region_code(region), only=only, offset=offset, limit=limit)
    places = [
        {"kind": "region", "code": hit.code, "id": None, "name": hit.name, "about": "", "place": hit.path}
        for hit in found.places[offset : offset + limit]
    ]
    rows = [
        *places,
        *(_row("enterprise", hit) for hit in found.enterprises.rows),
        *(_row("product", hit) for hit in found.products.rows),
    ]
    return send_list(rows, found.count)


def _row(kind: str, hit: Hit) -> dict[str, Any]:
    return {
        "kind": kind,
        "code": hit.village_code,
        "id": hit.pk,
        "name": public_text(hit.name),
        "about": public_text(hit.about),
        "place": f"{hit.village}, {hit.regency}",
    }
