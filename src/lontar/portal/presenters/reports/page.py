"""The page of a report: three answers first, then map, ranking, what rose and fell, the value chain, quality, proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.portal.presenters.words import short
from lontar.reports.presenters import telling
from lontar.reports.presenters.words import category, part_label
from lontar.reports.queries.listing import PublishedReport, Restated
from lontar.reports.queries.reading import Figure, Package
from lontar.reports.rules import Answer, reach, shown, shown_value, signed
from lontar.ui import formats
from lontar.ui.charts import Bar, Bars, Dot, DotPlot, Frame, Line, Lines
from lontar.ui.maps import Classes, Place, Point, PointMap
from lontar.ui.presenters import Column, EmptyState, KeyValue, Link, Pager, Row, Table

SOURCE = "Lontar, laporan bulanan produsen yang diterima"
TONES = {Answer.ROSE: "l-notice-good", Answer.FELL: "l-notice-bad", Answer.UNKNOWN: "l-notice-warn"}
ICONS = {Answer.ROSE: "check", Answer.FELL: "close", Answer.UNKNOWN: "info"}
MAPS_KEPT = 24
VALUE = ("O4", "O4.hayami")
QUALITY = ("R1", "R2", "C1")


@dataclass(frozen=True, slots=True)
class Card:
    """One of the three answers."""

    key: str
    question: str
    short: str
    word: str
    sentence: str
    tone: str
    icon: str
    url: str


def indicator_url(quarter: str, indicator: str, region: str = "") -> str:
    """Where a figure is told in full."""
    url = reverse("portal:report_figure", args=[quarter, indicator])
    return f"{url}?wilayah={region}" if region else url


def cards(quarter: str, told: Sequence[telling.Told]) -> list[Card]:
    """The answers, in order."""
    return [
        Card(
            one.question.key,
            str(one.question.asked),
            str(one.question.short),
            str(one.answer.label),
            one.sentence,
            TONES[one.answer],
            ICONS[one.answer],
            indicator_url(quarter, one.figure.indicator if one.figure else one.question.indicators[0]),
        )
        for one in told
    ]


def trends(told: Sequence[telling.Told]) -> list[SafeString]:
    """A line per question over the quarters so far, with its band; left out while there is one quarter alone."""
    made = []
    for one in told:
        known = [figure for _quarter, figure in one.trend if figure is not None and figure.value is not None]
        if len(known) > 1:
            made.append(trend(str(one.question.asked), str(one.question.subject), one.trend))
    return made


def _times(value: float | None, unit: str) -> float | None:
    return None if value is None else round(value * 100, 2) if unit == "rasio" else value


def trend(
    question: str, label: str, points: Sequence[tuple[str, Figure | None]], *, csv_url: str = "", level: int = 3
) -> SafeString:
    """One figure over the quarters."""
    unit = next((figure.unit for _quarter, figure in points if figure is not None), "")
    columns = [
        [_times(getattr(figure, name) if figure else None, unit) for _quarter, figure in points]
        for name in ("value", "low", "high")
    ]
    last = next((figure for _quarter, figure in reversed(points) if figure is not None), None)
    frame = Frame(
        question, SOURCE, n=last.n if last else None, noun=pgettext("hitungan", "produsen"), csv_url=csv_url, level=level,
        note=_("Pita: selang kepercayaan 95 %. Dibandingkan dengan triwulan yang sama setahun sebelumnya.")
        if unit == "rasio" else "",
    )  # fmt: skip
    line = Line(label, columns[0], columns[1], columns[2], key=True)
    axis = [telling.short_quarter(quarter) for quarter, _figure in points]
    shown_unit = "%" if unit == "rasio" else unit
    return Lines(frame, axis, [line], head=_("Triwulan"), unit=shown_unit, decimals=1).render()


def ranking_chart(quarter: str, ranked: Sequence[telling.Ranked]) -> SafeString:
    """Kabupaten on one scale with their intervals; the quarter before beside them."""
    unit = ranked[0].figure.unit if ranked else "rasio"
    dots = [
        Dot(
            short(one.place.name),
            [_times(one.before.value if one.before else None, unit), _times(one.figure.value, unit)],
            _times(one.figure.low, unit),
            _times(one.figure.high, unit),
            url=indicator_url(quarter, one.figure.indicator, one.place.code),
        )
        for one in ranked
    ]
    frame = Frame(
        _("Di kabupaten/kota mana omzet tumbuh paling cepat?"),
        SOURCE,
        n=sum(one.figure.n or 0 for one in ranked),
        noun=pgettext("hitungan", "produsen"),
        note=_("Garis: selang kepercayaan 95 %. Selang yang bertindihan berarti urutannya belum pasti."),
        csv_url=reverse("portal:report_figure_csv", args=[quarter, telling.RANKED]) + "?tingkat=regency",
        level=2,
    )
    series = [_("Triwulan lalu"), _("Triwulan ini")]
    return DotPlot(frame, dots, series, head=_("Kabupaten/kota"), unit="%", decimals=1, zero=True).render()


def ranking_table(quarter: str, ranked: Sequence[telling.Ranked]) -> Table:
    """The same as a table: place, movement, certainty."""
    rows = [
        Row(
            [
                one.rank,
                Link(one.place.name, indicator_url(quarter, one.figure.indicator, one.place.code)),
                signed(one.figure),
                reach(one.figure) or formats.NONE,
                one.figure.n,
                telling.moved_words(one),
            ]
        )
        for one in ranked
    ]
    return plain_table(
        _("Kabupaten/kota menurut pertumbuhan omzet"),
        [
            Column("peringkat", _("Peringkat"), numeric=True),
            Column("kabupaten", _("Kabupaten/kota")),
            Column("nilai", _("Pertumbuhan omzet"), numeric=True),
            Column("selang", _("Kepastian")),
            Column("n", _("Produsen"), numeric=True),
            Column("gerak", _("Sejak triwulan lalu")),
        ],
        rows,
        noun=pgettext("hitungan", "kabupaten/kota"),
        key="peringkat",
    )


def plain_table(caption: str, columns: Sequence[Column], rows: Sequence[Row], *, noun: str, key: str) -> Table:
    """A table shown whole."""
    return Table(
        caption=caption,
        columns=list(columns),
        rows=list(rows),
        pager=Pager.whole(len(rows)),
        noun=noun,
        key=key,
        empty=EmptyState(_("Belum ada angka yang dapat ditampilkan.")),
        sizes=(),
    )


_MAPS: dict[tuple[str, str], SafeString | None] = {}


def growth_map(held: Package, ranked: Sequence[telling.Ranked]) -> SafeString | None:
    """Villages as points, each in the colour of its kabupaten; None where no village has a point. Drawn once per report."""
    key = held.key, formats.language()
    if key not in _MAPS:
        while len(_MAPS) >= MAPS_KEPT:
            _MAPS.pop(next(iter(_MAPS)), None)
        _MAPS[key] = _drawn_map(held, ranked)
    return _MAPS[key]


def _drawn_map(held: Package, ranked: Sequence[telling.Ranked]) -> SafeString | None:
    values = {one.place.code: _times(one.figure.value, one.figure.unit) for one in ranked}
    villages = [one for one in held.places().values() if one.level == "village" and one.lat is not None]
    points = [Point(one.code, one.lat or 0.0, one.lon or 0.0, values.get(one.code[:5])) for one in villages]
    if not points:
        return None
    scale = Classes.of(
        [value for value in values.values() if value is not None], classes=5 if len(values) > 9 else 3, unit="%"
    )
    seats = [one.place for one in ranked if one.place.lat is not None and one.place.lon is not None]
    frame = Frame(
        _("Di mana omzet tumbuh?"),
        f"{SOURCE}; geografis (MIT)",
        n=len(points),
        noun=_("desa/kelurahan"),
        note=_("Setiap titik satu desa, berwarna menurut pertumbuhan omzet kabupatennya."),
        level=2,
    )
    places = [Place(short(one.name), one.lat or 0.0, one.lon or 0.0) for one in seats]
    return PointMap(frame, points, scale, places, key="tumbuh").render()


def categories_chart(quarter: str, held: Package, region: str, *, level: int = 2) -> SafeString | None:
    """What rose and what fell, by product category; None where nothing may be shown."""
    found = telling.rose_and_fell(held, region)
    if not found:
        return None
    bars = [
        Bar(category(one.part), _times(one.value, one.unit), _times(one.low, one.unit), _times(one.high, one.unit))
        for one in found
    ]
    frame = Frame(
        _("Produk apa yang naik, dan apa yang turun?"),
        SOURCE,
        n=sum(one.n or 0 for one in found),
        noun=pgettext("hitungan", "produsen"),
        note=_("Kelompok dengan terlalu sedikit produsen ditutup demi kerahasiaan."),
        csv_url=reverse("portal:report_figure_csv", args=[quarter, telling.RANKED]) + f"?wilayah={region}",
        level=level,
    )
    return Bars(frame, bars, head=_("Kelompok produk"), unit="%", decimals=1).render()


def channels_chart(quarter: str, held: Package, region: str) -> SafeString | None:
    """Where it is sold; None where the package has no channels."""
    names = held.definitions()
    found = [one for one in held.figures(region=region, indicators=telling.CHANNELS) if one.value is not None]
    if not found:
        return None
    bars = [
        Bar(
            str(names.get(one.indicator, {}).get("name", one.indicator)).rpartition(": ")[2],
            _times(one.value, one.unit),
            _times(one.low, one.unit),
            _times(one.high, one.unit),
            url=indicator_url(quarter, one.indicator, region),
        )
        for one in found
    ]
    frame = Frame(_("Ke mana hasilnya dijual?"), SOURCE, n=found[0].n, noun=pgettext("hitungan", "produsen"))
    return Bars(frame, bars, head=_("Saluran"), unit="%", decimals=1).render()


def figure_lines(quarter: str, held: Package, region: str, indicators: Sequence[str]) -> list[KeyValue]:
    """Figures by name, each leading to its own page."""
    names = held.definitions()
    found = telling.by_code(held.figures(region=region, indicators=indicators))
    return [
        KeyValue(
            str(names.get(code, {}).get("name", code)),
            Link(
                " · ".join(w for w in (shown(found[code]), reach(found[code])) if w),
                indicator_url(quarter, code, region),
            ),
        )
        for code in indicators
        if code in found
    ]


def check_table(held: Package) -> Table | None:
    """The check-list with which the quarter was closed: what was not met, and why it was closed nevertheless."""
    frame = held.table("quality")
    if frame.is_empty():
        return None
    rows = [
        Row(
            [
                one["name"],
                formats.number(one["value"]),
                formats.number(one["threshold"]),
                one["passed"],
                one["reason"] or "",
            ]
        )
        for one in frame.iter_rows(named=True)
    ]
    return plain_table(
        _("Daftar periksa penutupan"),
        [
            Column("butir", _("Yang diperiksa")),
            Column("nilai", _("Ditemukan"), numeric=True),
            Column("batas", _("Batas"), numeric=True),
            Column("lulus", _("Terpenuhi")),
            Column("alasan", _("Alasan bila dilewati")),
        ],
        rows,
        noun=pgettext("hitungan", "butir"),
        key="periksa",
    )


def restated_table(held: Package, found: Sequence[Restated], *, caption: str, key: str) -> Table | None:
    """Figures that were restated: what, from, to, why, and where it is told; None for none."""
    names, places = held.definitions(), held.places()
    rows = [
        Row(
            [
                telling.short_quarter(one.quarter),
                str(names.get(one.indicator, {}).get("name", one.indicator)),
                " · ".join(
                    w
                    for w in (
                        places[one.region].name if one.region in places else one.region,
                        part_label(one.by, one.part),
                    )
                    if w
                ),
                shown_value(one.old, one.unit),
                shown_value(one.new, one.unit),
                one.reason,
                one.told,
            ]
        )
        for one in found
    ]
    if not rows:
        return None
    return plain_table(
        caption,
        [
            Column("triwulan", _("Triwulan")),
            Column("indikator", _("Indikator")),
            Column("wilayah", _("Wilayah")),
            Column("semula", _("Semula"), numeric=True),
            Column("menjadi", _("Menjadi"), numeric=True),
            Column("sebab", _("Sebab")),
            Column("disebut", _("Diumumkan")),
        ],
        rows,
        noun=pgettext("hitungan", "angka"),
        key=key,
    )


def proof(report: PublishedReport) -> list[KeyValue]:
    """Number, paper, fingerprints and chain."""
    lines = [
        KeyValue(_("Nomor laporan"), report.number),
        KeyValue(_("Surat"), Link(report.paper_number, reverse("portal:check", args=[report.code]), "shield")),
        KeyValue(_("Diterbitkan"), report.published_at),
        KeyValue(_("Oleh"), f"{report.post}, {report.agency}"),
        KeyValue(_("SHA-256 manifes"), report.manifest_sha256),
    ]
    if report.previous:
        url = reverse("portal:report", args=[report.previous])
        lines.append(KeyValue(_("Laporan sebelumnya"), Link(telling.short_quarter(report.previous), url)))
        lines.append(KeyValue(_("Manifes laporan sebelumnya"), report.previous_sha256))
    return lines
