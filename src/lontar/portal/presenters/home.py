"""The front page: what the programme is and how far it has come, in figures that carry their source and date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.intake.datasets import DATASETS
from lontar.portal.presenters.words import place_url, short
from lontar.portal.queries.activity import Taken
from lontar.portal.queries.figures import Figures
from lontar.registry.queries import RegionCoverage
from lontar.ui import formats
from lontar.ui.charts import Bar, Bars, Frame
from lontar.ui.presenters import Figure, Status, Tone


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain, with whether it works today."""

    number: int
    name: str
    text: str
    status: Status


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in one sentence."""

    at: datetime
    text: str


def chain() -> tuple[Link, ...]:
    """The five links of the programme and what exists of each today."""
    works = Status(_("Sudah berjalan"), Tone.GOOD)
    later = Status(_("Menyusul"), Tone.PLAIN)
    return (
        Link(
            1,
            _("Petakan"),
            _("Potensi setiap desa dan setiap usahanya dicatat dari daftar instansi, diperiksa baris demi baris."),
            works,
        ),
        Link(2, _("Pilih"), _("Setiap desa menyepakati satu produk unggulan, dengan alasan yang dapat dibaca."), later),
        Link(3, _("Produksi"), _("Hasil desa diolah dan dikemas, dengan pelatihan, alat, izin, dan modal."), later),
        Link(4, _("Pasarkan"), _("Produk berizin masuk NTT Mart, katalog elektronik, dan lokapasar."), later),
        Link(5, _("Pantau"), _("Setiap triwulan dilaporkan terbuka: apakah omzet dan lapangan kerja naik."), later),
    )


def key_figures(found: Figures) -> list[Figure]:
    """The live figures of a region, each with its source and date; the registered enterprises carry the accent."""
    ours = _("Registri Lontar")
    entered = timezone.localdate(found.enterprises_at) if found.enterprises_at else None
    figures = [
        Figure(
            _("Desa dan kelurahan"),
            formats.number(found.villages),
            note=_("%(desa)s desa, %(kelurahan)s kelurahan")
            % {"desa": formats.number(found.desa), "kelurahan": formats.number(found.kelurahan)},
            source=_("Kode wilayah Kemendagri"),
        ),
        Figure(
            _("Usaha terdaftar"),
            formats.number(found.registered),
            unit=_("usaha"),
            note=_against(found),
            source=ours,
            as_of=entered,
            key=True,
        ),
        Figure(
            _("Usaha terverifikasi"),
            formats.number(found.verified),
            unit=_("usaha"),
            note=formats.share(found.verified, found.registered) if found.registered else "",
            source=ours,
            as_of=entered,
        ),
        Figure(
            _("Produk tercatat"),
            formats.number(found.products),
            unit=_("produk"),
            source=ours,
            as_of=timezone.localdate(found.products_at) if found.products_at else None,
        ),
        Figure(
            _("Izin dan sertifikat berlaku"),
            formats.number(found.licences),
            unit=_("izin"),
            note=_("%s sudah lewat masa berlaku") % formats.number(found.expired) if found.expired else "",
            source=ours,
            as_of=timezone.localdate(found.licences_at) if found.licences_at else None,
        ),
    ]
    return figures


def _against(found: Figures) -> str:
    if found.published is None or not found.published.number:
        return ""
    return _("%(share)s dari %(number)s menurut angka resmi") % {
        "share": formats.percent(found.registered / found.published.number, 1),
        "number": formats.number(found.published.number),
    }


def coverage_chart(rows: Sequence[RegionCoverage], found: Figures, *, level: int = 3) -> Bars | None:
    """Registered against published enterprises per kabupaten/kota, in per cent; None where nothing is published."""
    known = [row for row in rows if row.enterprises_official]
    if not known or found.published is None:
        return None
    bars = [
        Bar(
            short(row.name),
            round(100 * row.enterprises_registered / row.enterprises_official, 1) if row.enterprises_official else None,
            url=place_url(row.code),
        )
        for row in rows
    ]
    return Bars(
        Frame(
            question=_("Seberapa lengkap daftar usaha di setiap kabupaten/kota?"),
            source="; ".join([_("Registri Lontar"), found.published.source]),
            n=found.registered,
            noun=_("usaha terdaftar"),
            note=_(
                "Usaha terdaftar dalam persen dari angka resmi. Lebih dari 100 % berarti daftar memuat lebih banyak usaha."
            ),
            csv_url=reverse("portal:coverage_csv", args=[settings.PROGRAMME_ROOT]),
            level=level,
        ),
        bars,
        head=_("Kabupaten/kota"),
        unit="%",
        decimals=1,
        reference=(_("Provinsi"), round(100 * found.registered / found.published.number, 1)),
    )


def events(taken: Sequence[Taken]) -> list[Event]:
    """Batches in sentences."""
    return [Event(one.at, _said(one)) for one in taken]


def _said(one: Taken) -> str:
    dataset = DATASETS.get(one.dataset)
    parts = []
    if one.new:
        parts.append(_("%s baris baru") % formats.number(one.new))
    if one.updated:
        parts.append(_("%s baris diperbarui") % formats.number(one.updated))
    return _("%(agency)s mengirim %(dataset)s: %(what)s.") % {
        "agency": one.agency,
        "dataset": _(dataset.title) if dataset else one.dataset,
        "what": ", ".join(parts),
    }
