"""Figures as table, chart, map and file; definitions of indicators; consumer prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from lontar.engines.periods import Quarter
from lontar.engines.tabular import stream_csv
from lontar.engines.tabular.export import Kind
from lontar.engines.tabular.flowing import stream_xlsx
from lontar.monitoring.forms import FigureFilter
from lontar.monitoring.models import IndicatorDefinition, PriceIndex
from lontar.monitoring.presenters import words
from lontar.monitoring.queries.stored import COLUMNS, Figure
from lontar.ui import formats
from lontar.ui.charts import Bar, Bars, Frame, Line, Lines
from lontar.ui.maps import Classes, Point, PointMap
from lontar.ui.presenters import Column, EmptyState, Export, KeyValue, Pager, Query, Row, Table

SIZE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NUMBERS = {"value", "low", "high", "missing"}
_WHOLE = {"numerator", "denominator", "n", "restated"}
_KINDS: tuple[Kind, ...] = tuple(
    "decimal" if name in _NUMBERS else "integer" if name in _WHOLE else "text" for name in COLUMNS
)


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Figures of one indicator."""

    title: str
    quarter: str
    meaning: str
    definition_url: str
    table: Table
    charts: Sequence[SafeString]


@dataclass(frozen=True, slots=True)
class VersionPart:
    """One version of a definition."""

    title: str
    lines: Sequence[KeyValue]


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """An indicator with every version."""

    title: str
    code: str
    versions: Sequence[VersionPart]


def name_of(one: IndicatorDefinition) -> str:
    """The name in the language of the page."""
    return one.name_en if get_language() == "en" else one.name


def answer(rows: Sequence[Figure], kind: str, *, name: str) -> HttpResponseBase:
    """Figures as CSV or Excel, streamed."""
    plain = ([getattr(one, column) for column in COLUMNS] for one in rows)
    blocks = (
        stream_xlsx(plain, list(COLUMNS), kinds=_KINDS, title=name)
        if kind == "xlsx"
        else stream_csv(plain, list(COLUMNS))
    )
    done = StreamingHttpResponse(blocks, content_type=_XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
    done["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return done


def figures_page(
    query: Query,
    quarter: Quarter,
    chosen: IndicatorDefinition,
    shown: Sequence[Figure],
    *,
    form: FigureFilter,
    names: Mapping[str, str],
    province: Figure | None,
    dots: Sequence[tuple[str, float, float]],
    trend: Sequence[Figure],
) -> FiguresPage:
    """Table, chart by region (or map of villages) and trend of one indicator."""
    charts = []
    if form.value("rincian") == "" and 1 < len(shown) <= 60:
        charts.append(_bars(chosen, shown, names=names, quarter=quarter, province=province))
    if dots:
        charts.append(_map(chosen, shown, dots=dots, quarter=quarter))
    if len([one for one in trend if one.value is not None]) > 1:
        charts.append(_trend(chosen, trend))
    return FiguresPage(
        title=name_of(chosen),
        quarter=str(quarter),
        meaning=chosen.interpretation,
        definition_url=reverse("monitoring:indicator", args=[chosen.code]),
        table=_table(query, shown, names=names, title=name_of(chosen)),
        charts=charts,
    )


def _table(query: Query, shown: Sequence[Figure], *, names: Mapping[str, str], title: str) -> Table:
    page = min(
        max(1, int(query.get("hal", "1")) if query.get("hal", "1").isdigit() else 1), -(-len(shown) // SIZE) or 1
    )
    rows = shown[(page - 1) * SIZE : page * SIZE]
    return Table(
        caption=title,
        columns=[
            Column("wilayah", _("Wilayah")),
            Column("bagian", pgettext("angka", "Bagian")),
            Column("nilai", _("Nilai"), numeric=True),
            Column("selang", _("Selang 95 %"), numeric=True),
            Column("n", "n", numeric=True, hint=_("Banyaknya yang dihitung")),
            Column("kosong", _("Tidak menjawab"), numeric=True),
        ],
        rows=[
            Row(
                [
                    names.get(one.region, one.region), words.part(one.by, one.part) if one.by else None, words.told(one),
                    words.interval(one) or None, one.n, None if one.missing is None else formats.percent(one.missing),
                ]
            )
            for one in rows
        ],
        pager=Pager(query, len(shown), page, SIZE),
        noun=_("angka"),
        exports=[
            Export(_("Excel, seluruh triwulan"), query.but({"format": "xlsx"})),
            Export(_("CSV, seluruh triwulan"), query.but({"format": "csv"})),
        ],
        empty=EmptyState(_("Tidak ada angka di sini."), _("Pilih tingkat atau rincian lain.")),
    )  # fmt: skip


def _scale(unit: str) -> tuple[float, str]:
    """By what a value is multiplied in pictures, and its unit there."""
    return (100.0, "%") if unit == "rasio" else (1e-6, _("Rp juta")) if unit == "Rp" else (1.0, unit)


def _bars(
    chosen: IndicatorDefinition,
    shown: Sequence[Figure],
    *,
    names: Mapping[str, str],
    quarter: Quarter,
    province: Figure | None,
) -> SafeString:
    times, unit = _scale(chosen.unit)

    def scaled(value: object) -> float | None:
        return None if value is None else round(float(str(value)) * times, 2)

    counted = sum(one.n or 0 for one in shown)
    mean = scaled(province.value) if province and chosen.unit != "Rp" and chosen.unit != "orang" else None
    return Bars(
        Frame(
            _("%(name)s: bagaimana setiap wilayah?") % {"name": name_of(chosen)},
            f"{chosen.source}, {quarter}", n=counted, noun=_("yang dihitung"),
            note=_("Garis tipis adalah selang kepercayaan 95 %. Wilayah tanpa batang dirahasiakan atau tanpa data."), level=2,
        ),
        [
            Bar(names.get(one.region, one.region), scaled(one.value), low=scaled(one.low), high=scaled(one.high))
            for one in shown
        ],
        head=_("Wilayah"), unit=unit, decimals=1, reference=(_("Provinsi"), mean) if mean is not None else None,
    ).render()  # fmt: skip


def _map(
    chosen: IndicatorDefinition, shown: Sequence[Figure], *, dots: Sequence[tuple[str, float, float]], quarter: Quarter
) -> SafeString:
    times, unit = _scale(chosen.unit)
    values = {one.region: round(float(one.value) * times, 2) for one in shown if one.value is not None}
    frame = Frame(
        _("%(name)s: di mana?") % {"name": name_of(chosen)}, f"{chosen.source}, {quarter}", n=len(values),
        noun=_("desa/kelurahan dengan angka"), level=2,
    )  # fmt: skip
    points = [Point(code, lat, lon, values.get(code)) for code, lat, lon in dots]
    scale = Classes.of(values.values(), classes=5, unit=unit, decimals=1)
    return PointMap(frame, points, scale, key="angka").render()


def _trend(chosen: IndicatorDefinition, trend: Sequence[Figure]) -> SafeString:
    times, unit = _scale(chosen.unit)

    def column(name: str) -> list[float | None]:
        found = [getattr(one, name) for one in trend]
        return [None if value is None else round(float(value) * times, 2) for value in found]

    return Lines(
        Frame(
            _("%(name)s: bagaimana dari triwulan ke triwulan?") % {"name": name_of(chosen)}, chosen.source,
            note=_("Pita adalah selang kepercayaan 95 %."), level=2,
        ),
        [one.quarter for one in trend], [Line(name_of(chosen), column("value"), low=column("low"), high=column("high"))],
        head=_("Triwulan"), unit=unit, decimals=1, zero=False,
    ).render()  # fmt: skip


def indicators_table(query: Query, rows: Sequence[IndicatorDefinition]) -> Table:
    """Every indicator in force."""
    return Table(
        caption=_("Indikator"),
        columns=[
            Column("kode", _("Kode")),
            Column("nama", _("Nama")),
            Column("kelompok", _("Kelompok")),
            Column("satuan", _("Satuan")),
            Column("rumus", _("Rumus"), optional=True),
        ],
        rows=[
            Row(
                [one.code, name_of(one), one.group, one.unit, one.formula],
                url=reverse("monitoring:indicator", args=[one.code]),
            )
            for one in rows
        ],
        pager=Pager(query, len(rows), 1, max(25, len(rows))),
        noun=_("indikator"),
    )


def indicator_page(versions: Sequence[IndicatorDefinition]) -> IndicatorPage:
    """An indicator with all its versions, by the fields of the metadata."""
    named = {one.name: one.verbose_name for one in IndicatorDefinition._meta.concrete_fields}
    keys = (
        "concept", "definition", "formula", "interpretation", "unit", "method", "variables", "disaggregation", "level",
        "source",
        "authority", "access", "valid_from", "valid_until", "words",
    )  # fmt: skip
    return IndicatorPage(
        title=name_of(versions[0]),
        code=versions[0].code,
        versions=[
            VersionPart(
                _("Versi %s") % one.version,
                [KeyValue(str(named[key]).capitalize(), getattr(one, key)) for key in keys if getattr(one, key)],
            )
            for one in versions
        ],
    )


def fixed_lines(one: IndicatorDefinition) -> list[KeyValue]:
    """What a new version cannot say anew."""
    named = {field.name: field.verbose_name for field in IndicatorDefinition._meta.concrete_fields}
    return [KeyValue(str(named[key]).capitalize(), getattr(one, key)) for key in ("code", "formula", "unit", "method")]


def prices_table(query: Query, rows: Sequence[PriceIndex]) -> Table:
    """The index of every month as it counts, newest first."""
    return Table(
        caption=_("Indeks harga konsumen"),
        columns=[
            Column("bulan", _("Bulan")),
            Column("indeks", _("Nilai indeks"), numeric=True),
            Column("deret", _("Deret")),
            Column("sumber", _("Sumber")),
            Column("terbit", _("Terbit")),
        ],
        rows=[
            Row(
                [
                    formats.month(one.month),
                    one.index.normalize(),
                    one.series.name,
                    one.series.source,
                    one.series.issued_date,
                ]
            )
            for one in rows
        ],
        pager=Pager(query, len(rows), 1, max(25, len(rows))),
        noun=_("bulan"),
        empty=EmptyState(
            _("Belum ada indeks harga."),
            _("Muat deret bulanan dari BPS; tanpa itu pertumbuhan riil tidak dapat dihitung."),
        ),
    )
