"""Pages of the province, a kabupaten/kota and a kecamatan: figures, charts, comparison and the list beneath."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.portal.presenters.words import named, place_url, short
from lontar.portal.queries.area import Leading, VillageLine
from lontar.registry.presenters import titled
from lontar.registry.queries import RegionCoverage
from lontar.registry.states import Level
from lontar.ui import formats
from lontar.ui.charts import Bar, Bars, Frame
from lontar.ui.presenters import Column, EmptyState, Export, Link, Pager, Query, Row, Table


def registered_chart(rows: Sequence[RegionCoverage], code: str) -> Bars | None:
    """Registered enterprises per kecamatan of a kabupaten; None while there are none."""
    if not any(row.enterprises_registered for row in rows):
        return None
    return Bars(
        Frame(
            question=_("Di kecamatan mana usaha terdaftar paling banyak?"),
            source=_("Registri Lontar"),
            n=sum(row.enterprises_registered for row in rows),
            noun=_("usaha terdaftar"),
            note=_("Angka resmi per kecamatan tidak diterbitkan."),
            csv_url=reverse("portal:coverage_csv", args=[code]),
            level=2,
        ),
        [Bar(row.name, row.enterprises_registered, url=place_url(row.code)) for row in rows],
        head=_("Kecamatan"),
        unit=_("usaha"),
    )


def commodity_chart(found: Sequence[Leading], villages: int) -> Bars | None:
    """The leading commodities by the number of villages that have them."""
    if not found:
        return None
    return Bars(
        Frame(
            question=_("Apa yang dihasilkan paling banyak desa?"),
            source=_("Potensi desa tahun %(year)s, Registri Lontar") % {"year": found[0].year},
            n=villages,
            noun=_("desa/kelurahan"),
            note=_("Satu desa dapat menghasilkan beberapa komoditas."),
            level=2,
        ),
        [Bar(named(one.name, one.name_en), one.villages) for one in found],
        head=_("Komoditas"),
        unit=_("desa/kelurahan"),
    )


def ranked(rows: Sequence[RegionCoverage], code: str) -> str:
    """Where a kabupaten stands among all by coverage, in a sentence; empty where nothing is published for it."""
    shares = {
        row.code: row.enterprises_registered / row.enterprises_official for row in rows if row.enterprises_official
    }
    if code not in shares or not shares[code]:
        return ""
    place = 1 + sum(share > shares[code] for share in shares.values())
    return _("Kelengkapan daftar usahanya urutan %(place)s dari %(all)s kabupaten/kota.") % {
        "place": formats.number(place),
        "all": formats.number(len(shares)),
    }


def regions_table(rows: Sequence[RegionCoverage], query: Query, *, level: Level, code: str, name: str) -> Table:
    """Kabupaten/kota or kecamatan beneath a region, with their counts."""
    has_official = any(row.enterprises_official is not None for row in rows)
    columns = [
        Column("nama", _("Kabupaten/kota") if level == Level.REGENCY else _("Kecamatan"), sortable=True),
        Column("kode", _("Kode"), sortable=True),
        Column("desa", _("Desa/kelurahan"), numeric=True, sortable=True),
        *([Column("resmi", _("Usaha, angka resmi"), numeric=True, sortable=True)] if has_official else []),
        Column("terdaftar", _("Terdaftar"), numeric=True, sortable=True),
        Column("terverifikasi", _("Terverifikasi"), numeric=True, sortable=True),
        *([Column("cakupan", _("Cakupan"), numeric=True, sortable=True)] if has_official else []),
    ]
    lines = [_region_row(row, has_official=has_official) for row in rows]
    return _listed(
        lines, columns, query=query, noun=_("kabupaten/kota") if level == Level.REGENCY else _("kecamatan"),
        caption=_("Wilayah di %s") % name, export=reverse("portal:coverage_csv", args=[code]),
    )  # fmt: skip


def _region_row(row: RegionCoverage, *, has_official: bool) -> tuple[Row, tuple[object, ...]]:
    share = row.enterprises_registered / row.enterprises_official if row.enterprises_official else None
    name = short(row.name) if len(row.code) == 5 else row.name
    values: list[object] = [name, row.code, row.villages]
    cells: list[object] = [name, row.code, row.villages]
    if has_official:
        values.append(row.enterprises_official)
        cells.append(row.enterprises_official)
    values += [row.enterprises_registered, row.enterprises_verified]
    cells += [row.enterprises_registered, row.enterprises_verified]
    if has_official:
        values.append(share)
        cells.append(None if share is None else formats.percent(share, 1))
    return Row(cells, url=place_url(row.code)), tuple(values)


def villages_table(rows: Sequence[VillageLine], query: Query, *, code: str, name: str) -> Table:
    """Villages beneath a kecamatan or kabupaten, with what is recorded of each."""
    columns = [
        Column("nama", _("Desa/kelurahan"), sortable=True),
        Column("kode", _("Kode"), sortable=True),
        *([Column("kecamatan", _("Kecamatan"), sortable=True)] if len(code) < 8 else []),
        Column("terdaftar", _("Usaha terdaftar"), numeric=True, sortable=True),
        Column("terverifikasi", _("Terverifikasi"), numeric=True, sortable=True),
        Column("komoditas", _("Komoditas"), numeric=True, sortable=True),
        Column("produk", _("Produk"), numeric=True, sortable=True),
    ]
    lines = []
    for row in rows:
        middle: list[object] = [row.district] if len(code) < 8 else []
        values = [row.name, row.code, *middle, row.registered, row.verified, row.commodities, row.products]
        cells = [titled(row.name, row.kind), row.code, *middle, *(value or None for value in values[-4:])]
        lines.append((Row(cells, url=place_url(row.code)), tuple(values)))
    return _listed(
        lines, columns, query=query, noun=_("desa/kelurahan"), caption=_("Desa dan kelurahan di %s") % name,
        export=reverse("portal:villages_csv", args=[code]),
    )  # fmt: skip


def _listed(
    lines: Sequence[tuple[Row, tuple[object, ...]]],
    columns: Sequence[Column],
    *,
    query: Query,
    noun: str,
    caption: str,
    export: str,
) -> Table:
    keys = [column.key for column in columns]
    order = query.get("urut", "kode")
    place = keys.index(order.lstrip("-")) if order.lstrip("-") in keys else keys.index("kode")
    known = [line for line in lines if line[1][place] is not None]
    unknown = [line for line in lines if line[1][place] is None]
    known.sort(key=lambda line: _sortable(line[1][place]), reverse=order.startswith("-"))
    return Table(
        caption=caption,
        columns=columns,
        rows=[row for row, _values in [*known, *unknown]],
        pager=Pager(query, len(lines), 1, max(len(lines), 1)),
        noun=noun,
        sort=order,
        exports=[Export("CSV", export)],
        empty=EmptyState(_("Belum ada wilayah di sini."), action=Link(_("Buka peta"), reverse("portal:map"))),
        sizes=(),
    )


def _sortable(value: object) -> tuple[int, float, str]:
    return (0, float(value), "") if isinstance(value, int | float) else (1, 0.0, str(value).casefold())
