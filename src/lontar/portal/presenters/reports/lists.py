"""The list of reports and the files of one, for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.portal.presenters.reports.page import plain_table
from lontar.reports.presenters import telling
from lontar.reports.queries.listing import PublishedReport
from lontar.reports.queries.reading import Package
from lontar.ui import formats
from lontar.ui.presenters import Column, Link, Row, Table


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away."""

    label: str
    url: str
    note: str


def reports_table(found: Sequence[tuple[PublishedReport, Sequence[telling.Told]]]) -> Table:
    """Reports with their three answers, newest first."""
    rows = [
        Row(
            [
                Link(str(one.period), reverse("portal:report", args=[one.quarter])),
                *(str(answer.answer.label) for answer in told),
                one.published_at,
                Link(one.paper_number, reverse("portal:check", args=[one.code]), "shield"),
            ]
        )
        for one, told in found
    ]
    columns = [
        Column("triwulan", _("Triwulan")),
        Column("omzet", _("Omzet naik?")),
        Column("kerja", _("Lapangan kerja bertambah?")),
        Column("kelas", _("Usaha naik kelas?")),
        Column("terbit", _("Terbit")),
        Column("surat", _("Surat")),
    ]
    return plain_table(_("Laporan terbuka"), columns, rows, noun=pgettext("hitungan", "laporan"), key="laporan")


def downloads(quarter: str, held: Package) -> list[Download]:
    """What a reader may take: the paper, the workbook, each table, the whole package."""
    tables = {
        "figures": _("semua angka"),
        "cells": _("statistik pembentuk angka"),
        "records": _("catatan tanpa identitas"),
        "definitions": _("metadata indikator"),
        "verdicts": _("putusan setiap unit"),
        "value": _("nilai yang tinggal"),
        "chains": _("rantai nilai: harga dan nilai tambah"),
        "assumptions": _("anggapan di balik nilai tambah"),
    }

    def file(name: str) -> str:
        return reverse("portal:report_file", args=[quarter, name])

    def size(name: str) -> str:
        path = held.folder / name
        return formats.size(path.stat().st_size) if path.is_file() else ""

    made = [
        Download(_("PDF bertanda tangan"), reverse("portal:report_pdf", args=[quarter]), _("untuk dibaca dan dicetak")),
        Download("XLSX", file("laporan.xlsx"), _("semua tabel dalam satu buku kerja, %s") % size("laporan.xlsx")),
    ]
    made += [
        Download(f"CSV {name}", file(f"data/{name}.csv"), f"{label}, {size(f'data/{name}.csv')}")
        for name, label in tables.items()
        if size(f"data/{name}.csv")
    ]
    made += [
        Download("SDMX-CSV", file("sdmx/figures.csv"), _("untuk kantor statistik")),
        Download("DCAT JSON-LD", file("metadata/dcat.jsonld"), _("untuk katalog data")),
        Download(
            _("Seluruh paket (ZIP)"), reverse("portal:report_package", args=[quarter]), _("untuk diperiksa sendiri")
        ),
    ]
    return made
