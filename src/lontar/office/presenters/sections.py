"""The overview of sections, the lists of enterprises and villages of one section, and the list of returned fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.office.presenters.sheets import Col, Sheet
from lontar.office.queries.sections import SectionLine
from lontar.office.states import ListKey
from lontar.ui import formats
from lontar.ui.presenters import Link, Query
from lontar.verification.models import FieldReturn
from lontar.verification.presenters.sections import keeper_words
from lontar.verification.presenters.words import (
    field_label,
    potential_ref,
    return_badge,
    return_title,
    standing_badge,
)
from lontar.verification.queries.sections import SectionView
from lontar.verification.queries.standing import Counts
from lontar.verification.states import Standing, SubjectKind


@dataclass(frozen=True, slots=True)
class Overview:
    """A row of the overview: a section of the region, or one region beneath it."""

    key: str
    label: str
    url: str
    who: str
    counts: Counts
    lists: Mapping[Standing, str]


def list_url(section: SectionView, region: str, standing: Standing | None = None) -> str:
    """The list of a section's enterprises or villages in a region that stand so."""
    route = "section_enterprises" if section.subject is SubjectKind.ENTERPRISE else "section_villages"
    values = {"bagian": section.key, "wilayah": region} | ({"keadaan": standing.value} if standing else {})
    return Query(reverse(f"office:{route}")).but(values)


def overview(section: SectionView, counts: Counts, *, by_region: bool) -> Overview:
    """A line of the overview, with the way to each list."""
    here = Query(reverse("office:sections"))
    url = here.but({"bagian": section.key, "wilayah": counts.code})
    if by_region and len(counts.code) == 13:
        url = list_url(section, counts.code)
    steps = [" / ".join(dict.fromkeys(str(kind.label) for kind in step.values())) for step in section.steps]
    return Overview(
        counts.code if by_region else section.key,
        counts.name if by_region else section.name,
        url,
        " → ".join(steps),
        counts,
        {standing: list_url(section, counts.code, standing) for standing in Standing},
    )


def overview_sheet(first: str, *, by_region: bool) -> Sheet[Overview]:
    """The columns of the overview; every figure leads to its list."""

    def figure(standing: Standing) -> Col[Overview]:
        return Col(
            standing.value,
            _("Berubah") if standing is Standing.CHANGED else str(standing.label),
            lambda row: (
                Link(formats.number(row.counts.of(standing)), row.lists[standing])
                if row.counts.of(standing)
                else row.counts.of(standing)
            ),
            kind="integer",
            plain=lambda row: row.counts.of(standing),
        )

    columns: list[Col[Overview]] = [Col("nama", first, lambda row: row.label)]
    if not by_region:
        columns.append(Col("siapa", _("Disahkan oleh"), lambda row: row.who, start=False))
    columns += [
        Col("jumlah", _("Seluruhnya"), lambda row: row.counts.total, kind="integer"),
        *(figure(one) for one in (Standing.SIGNED, Standing.PREPARED, Standing.CHANGED)),
        *(figure(one) for one in (Standing.RETURNED, Standing.UNSIGNED)),
        Col(
            "bagian-disahkan",
            _("Bagian yang disahkan"),
            lambda row: _share(row.counts),
            kind="decimal",
            plain=lambda row: (
                round(Decimal(100 * row.counts.signed) / row.counts.total, 1) if row.counts.total else None
            ),
        ),
    ]
    return Sheet(ListKey.SECTIONS, _("Pengesahan"), _("baris"), columns, first_sort="nama")


def _share(counts: Counts) -> str | None:
    return formats.percent(Decimal(counts.signed) / counts.total, 1) if counts.total else None


def overview_link(row: Overview) -> tuple[str, str]:
    """The way deeper; there is no side panel."""
    return "", row.url


def lines_sheet(section: SectionView) -> Sheet[SectionLine]:
    """The columns of the enterprises or villages of one section."""
    is_enterprise = section.subject is SubjectKind.ENTERPRISE
    columns: list[Col[SectionLine]] = [
        Col("nama", _("Nama usaha") if is_enterprise else _("Desa/kelurahan"), lambda row: row.name),
        Col("keadaan", section.name, lambda row: standing_badge(row.standing)),
        Col("berubah", _("Yang berubah"), lambda row: changed_words(row)),
        Col("desa", _("Desa/kelurahan") if is_enterprise else _("Kecamatan"), lambda row: row.place),
        Col("kecamatan", _("Kecamatan") if is_enterprise else _("Kabupaten/kota"), lambda row: row.district),
        Col("tanggal", pgettext("kolom", "Disahkan"), lambda row: row.signed_at, kind="datetime"),
        Col("oleh", _("Oleh"), lambda row: row.agency, start=False),
        Col("kode", _("Kode"), lambda row: row.key, start=False),
    ]
    key = f"pengesahan-{section.key}"
    noun = _("usaha") if is_enterprise else _("desa/kelurahan")
    return Sheet(key, section.name, noun, columns, first_sort="nama")


def changed_words(row: SectionLine) -> str:
    """The changed fields in words, each once."""
    label = potential_ref if len(row.key) == 13 and "." in row.key else field_label
    return ", ".join(dict.fromkeys(label(name) for name in row.changed))


def line_link(row: SectionLine) -> tuple[str, str]:
    """The key, for picking, and the page of the record."""
    route = "office:village" if "." in row.key else "office:enterprise"
    return row.key, reverse(route, args=[row.key])


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A returned field and the name of its record."""

    found: FieldReturn
    name: str


def returns_sheet() -> Sheet[ReturnRow]:
    """The columns of the returned fields."""
    columns: list[Col[ReturnRow]] = [
        Col("isian", _("Isian"), lambda row: return_title(row.found)),
        Col("catatan", _("Usaha atau desa"), lambda row: row.name),
        Col("keadaan", _("Keadaan"), lambda row: return_badge(row.found)),
        Col("alasan", _("Alasan"), lambda row: row.found.reason),
        Col("desa", _("Desa/kelurahan"), lambda row: row.found.village.name),
        Col("oleh", _("Dikembalikan oleh"), lambda row: row.found.post.agency.short_name),
        Col("penjawab", _("Dijawab oleh"), lambda row: keeper_words(row.found), start=False),
        Col("sejak", _("Bergerak"), lambda row: row.found.moved_at, kind="datetime"),
    ]
    return Sheet("isian-dikembalikan", _("Isian dikembalikan"), _("isian"), columns, first_sort="isian")


def return_link(row: ReturnRow) -> tuple[str, str]:
    """The page of a returned field; there is no side panel."""
    return "", reverse("verification:return", args=[row.found.pk])
