"""One figure of a report in full: meaning, trend, the regions beneath, its parts, and the anonymous records behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.portal.presenters.reports.page import indicator_url, plain_table, trend
from lontar.reports.presenters import telling
from lontar.reports.presenters.words import breakdown, category, level_label, part_label
from lontar.reports.queries.reading import LENGTHS, LEVELS, Figure, Package, Place
from lontar.reports.rules import first_of, reach, shown, signed
from lontar.ui import formats
from lontar.ui.charts import Sheet
from lontar.ui.presenters import Column, Crumb, KeyValue, Link, Row, Table

ROOT = "53"
RECORDS_SHOWN = 50
HEADS = ("indicator", "level", "region", "by", "part", "value", "low", "high", "n", "missing", "status", "unit")
_META = ("concept", "definition", "formula", "interpretation", "method", "source", "authority")


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Everything that is told of one figure."""

    title: str
    place: str
    value: str
    certainty: str
    behind: str
    meaning: list[KeyValue]
    trend: object
    crumbs: list[Crumb]
    beneath: Table | None
    parts: list[Table]
    records: Table | None
    csv_url: str
    records_url: str


def path_of(held: Package, region: str) -> list[Place]:
    """The places from the province down to the region."""
    places = held.places()
    return [places[region[:length]] for length in (2, 5, 8, 13) if length <= len(region) and region[:length] in places]


def figure_page(chain: telling.Chain, indicator: str, region: str) -> FigurePage:
    """The page of an indicator in a region of the last report of the chain; the region must be one of the package."""
    quarter, held = chain[-1]
    meta = held.definitions()[indicator]
    trail = path_of(held, region)
    points = [
        (label, first_of(one.figures(region=region, indicators=[indicator]), [indicator])) for label, one in chain
    ]
    figure = points[-1][1]
    url = reverse("portal:report_figure_csv", args=[quarter, indicator]) + f"?wilayah={region}"
    known = [one for _label, one in points if one is not None and one.value is not None]
    crumbs = [
        Crumb(telling.short_quarter(quarter), reverse("portal:report", args=[quarter])),
        *(Crumb(one.name, indicator_url(quarter, indicator, one.code)) for one in trail[:-1]),
        Crumb(trail[-1].name),
    ]
    return FigurePage(
        title=str(meta["name"]),
        place=trail[-1].name,
        value=shown(figure),
        certainty=reach(figure),
        behind=_behind(figure),
        meaning=[KeyValue(label, str(meta[key])) for key, label in _labels() if meta.get(key)],
        trend=trend(_("Bagaimana angkanya dari triwulan ke triwulan?"), str(meta["name"]), points, csv_url=url, level=2)
        if len(known) > 1
        else "",
        crumbs=crumbs,
        beneath=_beneath(quarter, held, indicator, region),
        parts=_parts(held, indicator, region),
        records=records_table(held, region),
        csv_url=url,
        records_url=reverse("portal:report_file", args=[quarter, "data/records.csv"]),
    )


def _labels() -> list[tuple[str, str]]:
    return [
        ("concept", _("Konsep")),
        ("definition", _("Definisi")),
        ("formula", _("Rumus")),
        ("interpretation", _("Cara membaca")),
        ("method", _("Selang kepercayaan")),
        ("source", _("Sumber")),
        ("authority", _("Produsen data")),
    ]


def _behind(figure: Figure | None) -> str:
    if figure is None:
        return _("Angka ini tidak ada untuk wilayah ini.")
    if figure.status == "S":
        return _(
            "Ditutup: terlalu sedikit produsen, atau satu produsen terlalu besar, sehingga orangnya dapat dikenali."
        )
    if figure.status == "M" or figure.n is None:
        return _("Belum ada yang dapat dihitung di sini.")
    said = _("n = %(n)s") % {"n": formats.number(figure.n)}
    if figure.missing is not None:
        said += " · " + _("tidak menjawab %(share)s") % {"share": formats.percent(figure.missing, 1)}
    return said


def _beneath(quarter: str, held: Package, indicator: str, region: str) -> Table | None:
    here = LENGTHS[len(region)]
    if here == "village":
        return None
    level = LEVELS[LEVELS.index(here) + 1]
    places = held.places()
    found = held.figures(region=region, level=level, indicators=[indicator])
    found.sort(key=lambda one: (one.value is None, -(one.value or 0), one.region))
    rows = [
        Row(
            [
                Link(
                    places[one.region].name if one.region in places else one.region,
                    indicator_url(quarter, indicator, one.region),
                ),
                signed(one),
                reach(one) or formats.NONE,
                one.n,
            ]
        )
        for one in found
    ]
    if not rows:
        return None
    columns = [Column("tempat", level_label(level)), *_columns()]
    return plain_table(level_label(level), columns, rows, noun=pgettext("hitungan", "wilayah"), key="wilayah")


def _columns() -> list[Column]:
    return [
        Column("nilai", _("Nilai"), numeric=True),
        Column("selang", _("Kepastian")),
        Column("n", _("n"), numeric=True),
    ]


def _parts(held: Package, indicator: str, region: str) -> list[Table]:
    """A table per breakdown."""
    found = [one for one in held.figures(region=region, indicators=[indicator], by=None) if one.by]
    tables = []
    for by in dict.fromkeys(one.by for one in found):
        rows = [
            Row([part_label(by, one.part), signed(one), reach(one) or formats.NONE, one.n])
            for one in found if one.by == by
        ]  # fmt: skip
        columns = [Column("rincian", breakdown(by)), *_columns()]
        tables.append(
            plain_table(breakdown(by), columns, rows, noun=pgettext("hitungan", "rincian"), key=f"rincian-{by}")
        )
    return tables


def records_table(held: Package, region: str) -> Table | None:
    """The anonymous records at or beneath the region, the first of them; None where none may be shown."""
    frame = held.table("records")
    if frame.is_empty():
        return None
    found = frame.filter(pl.col("region").str.starts_with(region)).head(RECORDS_SHOWN)
    if found.is_empty():
        return None
    places = held.places()
    rows = [
        Row(
            [
                places[one["region"]].name if one["region"] in places else one["region"],
                category(one["category"]),
                formats.rupiah_short(round(one["turnover"])),
                formats.rupiah_short(None if one["turnover_before"] is None else round(one["turnover_before"])),
                one["workers"],
                one["months"],
            ]
        )
        for one in found.iter_rows(named=True)
    ]
    return plain_table(
        _("Catatan produsen tanpa identitas"),
        [
            Column("wilayah", pgettext("satu", "Wilayah")),
            Column("kelompok", _("Kelompok produk")),
            Column("omzet", _("Omzet"), numeric=True),
            Column("dahulu", _("Setahun lalu"), numeric=True),
            Column("pekerja", _("Pekerja")),
            Column("bulan", _("Bulan dijawab"), numeric=True),
        ],
        rows,
        noun=pgettext("hitungan", "catatan"),
        key="catatan",
    )


def sheet(figures: Sequence[Figure]) -> Sheet:
    """Figures as a table for machines."""
    return Sheet(list(HEADS), [[getattr(one, name) for name in HEADS] for one in figures])
