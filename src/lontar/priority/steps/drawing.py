"""The A3 sheet of a plan as a draft paper: everything is read here into plain values; the drawing touches no database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import override
from shapely import Polygon, box

from lontar.documents.actions import Draft, Drawn, Marks
from lontar.documents.queries.marks import has_demo_data
from lontar.documents.states import PaperKind
from lontar.engines.papers import Dot, Name, PickLine, Picture, Polygons, PrioritySheet, make_priority_pdf
from lontar.priority.models import Pick, Plan
from lontar.priority.queries.plans import plan_with_picks, progress_of, wanted_of
from lontar.priority.queries.solving import limit_words
from lontar.priority.states import PILLARS
from lontar.registry.models import Region, RegionBoundary
from lontar.ui import formats
from lontar.ui.maps.land import WIDTH, View, land

FLATTEST, TALLEST = 0.405, 0.415
SOURCE = "batas dan titik desa menurut registri Lontar; garis pantai Natural Earth, disederhanakan, bukan batas resmi"
DEMO = "Data contoh: wilayahnya nyata; produk, angka, dan orangnya rekaan."


def map_draft(plan: Plan) -> Draft:
    """The sheet of a plan in force, ready to be numbered, drawn and signed."""
    with override("id"):
        found = plan_with_picks(plan.pk)
        assert found is not None and found.decided_at is not None  # noqa: S101, PT018 - called with the plan just decided
        sheet, at = sheet_of(found), found.decided_at
        facts = [
            ("Wilayah", found.region.name),
            ("Nama", found.name),
            ("Masa", _period(found)),
            ("Pilihan", "; ".join(f"{one.number}. {one.product}, {one.place}" for one in sheet.picks)),
            ("Kemajuan", "/prioritas"),
        ]

    def draw(marks: Marks) -> Drawn:
        return Drawn(make_priority_pdf(sheet, marks, at=at))

    return Draft(
        PaperKind.PRIORITY, f"Peta prioritas 90 hari {found.region.name}: {found.name}", found.region_id, facts, draw
    )


def sheet_of(plan: Plan) -> PrioritySheet:
    """What the sheet says, in Indonesian."""
    post = plan.decided_post or plan.post
    picks = list(plan.picks.all())
    standing = progress_of([plan.pk])
    names = dict(Region.objects.filter(code__in={one.village_id[:5] for one in picks}).values_list("code", "name"))
    wanted = wanted_of(plan)
    days = (plan.end_date - plan.start_date).days
    return PrioritySheet(
        title=f"Peta prioritas {days} hari",
        region=plan.region.name,
        period=_period(plan),
        issuer=f"{post.title}, {post.agency.name}",
        issued=formats.long_date(plan.decided_at),
        lead=(
            f"{plan.name}. {len(picks)} dari {formats.number(plan.offers)} calon yang paling siap hari ini"
            f"{', optimum terbukti' if plan.is_proven else ''}; masing-masing dengan sasaran tambahan omzet yang diperiksa "
            f"pada hari ke-{days}."
        ),
        picks=tuple(_line(one, names, standing[one.pk].target) for one in picks),
        rules=tuple(limit_words(kind, value, bound) for (kind, value), bound in wanted.limits.items())
        or ("Kesiapan tertinggi, tanpa batas lain",),
        sources=(SOURCE, f"aturan kesiapan versi {plan.rule_set.number} ({plan.rule_set.source})"),
        demo=DEMO if has_demo_data() else "",
        picture=_picture(plan, picks),
    )


def _period(plan: Plan) -> str:
    last = plan.end_date - timedelta(days=1)
    return f"{formats.long_date(plan.start_date)} – {formats.long_date(last)}"


def _line(one: Pick, names: dict[str, str], target: object) -> PickLine:
    low, high = float(one.low), float(one.high)
    exact = round(low * 100) == round(high * 100)
    return PickLine(
        number=str(one.place),
        product=one.product,
        place=f"{one.unit_name}, {names.get(one.village_id[:5], one.village_id[:5]).removeprefix('Kabupaten ')}",
        pillar=str(PILLARS[one.kind].value).upper(),
        readiness=f"{low * 100:.0f}" if exact else f"{low * 100:.0f}–{high * 100:.0f}",
        low=low,
        high=high,
        target=formats.rupiah_short(target) if target is not None else "belum ditetapkan",  # type: ignore[arg-type]  # Decimal of the view
    )


def _picture(plan: Plan, picks: Sequence[Pick]) -> Picture:
    """The region's land with the outlines of its kabupaten where these are known, and the picks by number."""
    villages = Region.objects.villages().within(plan.region_id).filter(lat__isnull=False, valid_until__isnull=True)
    points = list(villages.values_list("lon", "lat"))
    view = _framed(View.around([(lon or 0.0, lat or 0.0) for lon, lat in points], margin=0.06))
    placed = [one for one in picks if one.village.lat is not None and one.village.lon is not None]
    seats = Region.objects.regencies().within(plan.region_id).filter(lat__isnull=False, valid_until__isnull=True)
    kinds = land().kinds
    return Picture(
        question="",
        window=(view.west, view.south, view.east, view.north),
        land=_within(kinds.get("own", ()), view),
        neighbours=_within([one for kind, found in sorted(kinds.items()) if kind != "own" for one in found], view),
        outlines=_outlines(plan.region_id),
        dots=tuple(Dot(one.village.lon or 0.0, one.village.lat or 0.0, 1, str(one.place)) for one in placed),
        classes=(),
        names=tuple(
            Name(name.removeprefix("Kabupaten "), lon or 0.0, lat or 0.0)
            for name, lon, lat in seats.order_by("code").values_list("name", "lon", "lat")
        ),
        source=SOURCE,
    )


def _outlines(region_code: str) -> Polygons:
    rows = RegionBoundary.objects.filter(region__in=Region.objects.regencies().within(region_code)).order_by(
        "region_id"
    )
    found: list[Any] = []
    for text in rows.values_list("geojson", flat=True):
        shape = json.loads(text)
        found += shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return found


def _within(polygons: Polygons, view: View) -> Polygons:
    """The land in the window and a little beyond."""
    wide, tall = (view.east - view.west) / 20, (view.north - view.south) / 20
    window = box(view.west - wide, view.south - tall, view.east + wide, view.north + tall)
    parts = [Polygon(rings[0], rings[1:]).intersection(window) for rings in polygons]
    whole = [one for part in parts for one in getattr(part, "geoms", [part]) if isinstance(one, Polygon)]
    return [[list(ring.coords) for ring in (one.exterior, *one.interiors)] for one in whole if not one.is_empty]


def _framed(view: View) -> View:
    """The window grown to the shape of its place on the sheet."""
    ratio = view.height / WIDTH
    wider = (view.east - view.west) * (max(ratio / TALLEST, 1) - 1) / 2
    taller = (view.north - view.south) * (max(FLATTEST / ratio, 1) - 1) / 2
    return View(view.west - wider, view.south - taller, view.east + wider, view.north + taller)
