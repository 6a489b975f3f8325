"""Concentration on a map and in a table: the proposal's own unit, flagships in force, other proposals."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lontar.designation.models import Proposal
from lontar.designation.presenters.proposals import place_name, unit_name
from lontar.designation.queries.concentration import Concentration
from lontar.ui import formats
from lontar.ui.charts import Frame
from lontar.ui.maps import Categories, Place, Point, PointMap
from lontar.ui.maps.land import View
from lontar.ui.presenters import Column, EmptyState, Pager, Row, Table

OWN, FLAGSHIP, PROPOSED = "usulan", "unggulan", "diusulkan"
NAMES = 30
AROUND = 0.2  # degrees, about 22 km


@dataclass(frozen=True, slots=True)
class SpreadPage:
    """The page: what is told, the limits with their source, the map (None without points), its table twin."""

    pk: int
    title: str
    told: str
    is_dense: bool
    limits: str
    figure: SafeString | None
    table: Table
    suggested: str


def spread_page(one: Proposal, around: Concentration) -> SpreadPage:
    """What stands around a proposal."""
    commodity = one.commodity.name if one.commodity else one.name
    limit = around.threshold
    return SpreadPage(
        pk=one.pk,
        title=_("Sebaran %(what)s di sekitar %(unit)s") % {"what": commodity, "unit": unit_name(one)},
        told=_("%(number)d unit sekitar, termasuk pengusul, punya atau mengusulkan %(what)s.")
        % {"number": around.number, "what": commodity}
        if around.neighbours
        else _("Tidak ada unit lain di sekitar dengan komoditas yang sama."),
        is_dense=around.is_dense,
        limits=_(
            "Sekitar: sekecamatan, atau dalam %(km)s km. Sentra ditawarkan mulai %(least)d unit. Sumber: %(source)s."
        )
        % {"km": formats.number(limit.distance.number), "least": limit.least, "source": limit.units.source},
        figure=_map(one, around, commodity),
        table=_table(one, around),
        suggested=_("Sentra %(what)s %(place)s")
        % {"what": commodity, "place": one.village.parent.name if one.village.parent else one.village.name},
    )


def _map(one: Proposal, around: Concentration, commodity: str) -> SafeString | None:
    here = one.village
    points = [
        Point(near.village_code, near.lat, near.lon, FLAGSHIP if near.is_flagship else PROPOSED)
        for near in around.neighbours
        if near.lat is not None and near.lon is not None
    ]
    names = [
        Place(near.village_name, near.lat, near.lon) for near in around.neighbours[:NAMES] if near.lat and near.lon
    ]
    if here.lat is not None and here.lon is not None:
        points.append(Point(here.code, here.lat, here.lon, OWN))
        names.insert(0, Place(here.name, here.lat, here.lon))
    if not points:
        return None
    scale = Categories(
        [(OWN, _("usulan ini")), (FLAGSHIP, _("produk unggulan yang berlaku")), (PROPOSED, _("usulan lain"))]
    )
    frame = Frame(
        _("Di mana %s sudah menjadi atau diusulkan sebagai produk unggulan?") % commodity,
        _("Registri Lontar: usulan dan keputusan"), n=len(points), noun=_("unit"),
    )  # fmt: skip
    # The land around stays in sight, also where there is one point only.
    corners = [(point.lon + side, point.lat + side) for point in points for side in (-AROUND, AROUND)]
    view = View.around(corners)
    return PointMap(frame, points, scale, places=names, view=view, key="sebaran").render()


def _table(one: Proposal, around: Concentration) -> Table:
    rows = [Row([unit_name(one), place_name(one), one.name, _("usulan ini"), 0, ""])]
    rows += [
        Row(
            [
                near.village_name,
                near.village_code,
                near.name,
                _("produk unggulan yang berlaku") if near.is_flagship else _("usulan lain"),
                None if near.km is None else round(near.km, 1),
                near.cluster,
            ]
        )
        for near in around.neighbours
    ]
    return Table(
        caption=_("Unit sekitar dengan komoditas yang sama"),
        columns=[
            Column("desa", _("Desa/kelurahan")),
            Column("tempat", _("Tempat")),
            Column("produk", _("Produk")),
            Column("kedudukan", _("Kedudukan")),
            Column("km", _("Jarak (km)"), numeric=True),
            Column("sentra", _("Sentra")),
        ],
        rows=rows,
        pager=Pager.whole(len(rows)),
        noun=_("unit"),
        key="sekitar",
        empty=EmptyState(_("Tidak ada unit lain di sekitar.")),
    )
