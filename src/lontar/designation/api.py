"""API of proposals, decrees, flagships and locus rounds: flagships and loci are open, proposals are the office's."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import Query, Router
from ninja.errors import AuthenticationError

from lontar.access.api import caller, token_of
from lontar.access.models import Post
from lontar.access.policies import Refused
from lontar.access.states import TokenScope
from lontar.designation import policies
from lontar.designation.presenters.proposals import place_name, unit_name
from lontar.designation.queries.flagships import COLUMNS, LOCUS_COLUMNS, FlagshipFilter, flagship_lines, public_loci
from lontar.designation.queries.proposals import Asked, ordered
from lontar.designation.states import HOLDERS, ProposalState
from lontar.registry.api.answers import rows_as_csv, send_csv, send_list, wants_csv
from lontar.registry.api.params import Format, Limit, Offset, Region, Slug, region_code
from lontar.registry.api.shapes import Items
from lontar.selection.states import UnitKind

router = Router(tags=["Penetapan"])
Ended = Annotated[bool, Query(description="Juga yang sudah berakhir.")]
_MOST = 100_000


@router.get("/flagships", response=Items[dict[str, Any]], summary="Produk unggulan yang ditetapkan")
def flagships(
    request: HttpRequest,
    region: Region = "",
    unit: Annotated[UnitKind | None, Query(alias="kind", description="Jenis unit.")] = None,
    commodity: Slug = "",
    ended: Ended = False,
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Produk unggulan desa, sekolah, dan komunitas dengan keputusan dan kode periksanya."""
    asked = FlagshipFilter(
        timezone.localdate(), region=region_code(region), kind=unit.value if unit else "", commodity=commodity,
        ended=ended,
    )  # fmt: skip
    if wants_csv(request, kind):
        return send_csv(rows_as_csv(COLUMNS, list(flagship_lines(asked))), "produk-unggulan")
    items = [{name: getattr(one, name) for name in COLUMNS} for one in asked.rows(limit=limit, offset=offset)]
    return send_list(items, asked.count())


@router.get("/loci", response=Items[dict[str, Any]], summary="Lokus program")
def loci(
    request: HttpRequest, region: Region = "", ended: Ended = False, limit: Limit = 100, offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:  # fmt: skip
    """Desa dan kelurahan lokus program dengan putaran, urutan, dan keputusannya."""
    rows = public_loci(timezone.localdate(), region=region_code(region), ended=ended)
    if wants_csv(request, kind):
        return send_csv(rows_as_csv(LOCUS_COLUMNS, rows), "lokus")
    return send_list(rows[offset : offset + limit], len(rows))


PROPOSAL_COLUMNS = (
    "id", "unit_key", "kind", "unit", "place", "village_code", "product", "commodity_code", "differs", "state", "holder",
    "since", "sent_at",
)  # fmt: skip


def _office(request: HttpRequest) -> Post:
    """The post behind a key or session that may read proposals."""
    post = caller(request)
    if post is None:
        raise AuthenticationError
    token = token_of(request)
    if token is not None and TokenScope.READ not in token.scopes:
        raise Refused("Kunci ini tidak untuk membaca. Buat kunci dengan izin membaca.")
    policies.check_see_proposals(post)
    return post


@router.get("/proposals", response=Items[dict[str, Any]], summary="Usulan produk unggulan (kantor)")
def proposals(
    request: HttpRequest,
    region: Region = "",
    state: ProposalState | None = None,
    unit: Annotated[UnitKind | None, Query(alias="kind", description="Jenis unit.")] = None,
    limit: Limit = 100,
    offset: Offset = 0,
    kind: Format = None,
) -> HttpResponseBase:
    """Usulan dalam wilayah jabatan pemegang kunci: siapa memegangnya dan sejak kapan. Tanpa berita acara."""
    post = _office(request)
    asked = Asked(
        region_code(region) or post.region_code, state=state.value if state else "", kind=unit.value if unit else ""
    )
    rows = ordered(asked.rows(), "sejak")
    if wants_csv(request, kind):
        return send_csv(rows_as_csv(PROPOSAL_COLUMNS, [_proposal(one) for one in rows[:_MOST]]), "usulan")
    return send_list([_proposal(one) for one in rows[offset : offset + limit]], rows.count())


def _proposal(one: Any) -> dict[str, str | int | bool | date | datetime | None]:
    return {
        "id": one.pk,
        "unit_key": one.unit_key,
        "kind": one.kind,
        "unit": unit_name(one),
        "place": place_name(one),
        "village_code": one.village_id,
        "product": one.name,
        "commodity_code": one.commodity.code if one.commodity else "",
        "differs": one.differs,
        "state": one.state,
        "holder": HOLDERS[ProposalState(one.state)].value,
        "since": one.moved_at,
        "sent_at": one.sent_at,
    }
