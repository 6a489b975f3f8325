"""The page of a village: what is recorded of it, from whom, and what is still missing with the way to supply it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.portal.presenters.layers import attribute_label
from lontar.portal.presenters.words import sourced
from lontar.portal.queries.village import Attribute, Group, Grown, Near, Noted, Permits, Trades
from lontar.registry.queries import RegionCard
from lontar.registry.rules import public_text
from lontar.registry.states import (
    FacilityKind,
    ImkClass,
    PointQuality,
    RegionKind,
    ResourceKind,
)
from lontar.ui import formats
from lontar.ui.presenters import Figure, KeyValue

_INDEX = ("idm", "status", "idm_status", "iks", "ike", "ikl")


@dataclass(frozen=True, slots=True)
class Missing:
    """Something not recorded yet, and who can supply it how."""

    what: str
    how: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the list of sources: which part of the page, from whom, when."""

    part: str
    source: str


def figures(trades: Trades, grown: Sequence[Grown], *, goods: int, permits: Sequence[Permits]) -> list[Figure]:
    """The figures on top of the page; enterprises carry the accent."""
    newest = max((one.year for one in grown), default=0)
    now = [one for one in grown if one.year == newest]
    return [
        Figure(
            _("Usaha terdaftar"),
            formats.number(trades.number) if trades.number else formats.NONE,
            unit=_("usaha") if trades.number else "",
            note=_("%s terverifikasi") % formats.number(trades.verified) if trades.number else _("belum tercatat"),
            source=_("Registri Lontar") if trades.number else "",
            url="#usaha" if trades.number else "",
            key=bool(trades.number),
        ),
        Figure(
            _("Komoditas"),
            formats.number(len(now)) if now else formats.NONE,
            note=_("tahun data %s") % newest if newest else _("belum tercatat"),
            source=", ".join(dict.fromkeys(one.agency for one in now if one.agency)),
            as_of=timezone.localdate(max(one.at for one in now)) if now else None,
            url="#potensi" if now else "",
        ),
        _counted(_("Produk"), goods, unit=_("produk"), url="#produk"),
        _counted(_("Izin dan sertifikat berlaku"), sum(one.in_force for one in permits), unit=_("izin"), url="#izin"),
    ]


def _counted(label: str, number: int, *, unit: str, url: str) -> Figure:
    """A count; nothing recorded is a dash, because it does not mean that there is nothing."""
    if not number:
        return Figure(label, formats.NONE, note=_("belum tercatat"))
    return Figure(label, formats.number(number), unit=unit, url=url, source=_("Registri Lontar"))


def classes(trades: Trades) -> list[tuple[str, int]]:
    """Enterprises by IMK class in the order of the classes, those of unknown class last."""
    lines = [(str(one.label), trades.by_class[one.value]) for one in ImkClass if trades.by_class.get(one.value)]
    unknown = trades.by_class.get("", 0)
    return [*lines, (_("Jumlah tenaga kerja belum diketahui"), unknown)] if unknown else lines


def facts(card: RegionCard, attributes: dict[str, Attribute]) -> list[KeyValue]:
    """Codes, kind, village index, each with its source."""
    kind = str(RegionKind(card.kind).label)
    lines = [
        KeyValue(_("Kode Kemendagri"), card.code, source=card.source),
        KeyValue(_("Kode BPS (Badan Pusat Statistik)"), card.bps_code or ""),
        KeyValue(_("Jenis"), kind),
    ]
    if card.valid_until:
        lines.append(KeyValue(_("Berlaku sampai"), card.valid_until))
    shown = [attributes[key] for key in _INDEX if key in attributes]
    shown += [one for key, one in sorted(attributes.items()) if key not in _INDEX]
    return [*lines, *(_index_line(one) for one in shown)]


def _index_line(one: Attribute) -> KeyValue:
    if one.word:
        value = one.word.capitalize() if one.word.isupper() else one.word
    else:
        value = f"{formats.number(one.number, 4 if one.number is not None and one.number <= 1 else None)} {one.unit}".strip()
    return KeyValue(attribute_label(one.key), value, source=_dated(one.source, one.as_of))


def _dated(source: str, as_of: date) -> str:
    """The source with its date, unless the source already names the year."""
    return source if str(as_of.year) in source else f"{source}, {formats.long_date(as_of)}"


def resources(found: Sequence[Noted]) -> list[tuple[str, str, str]]:
    """Kind, name and source of natural resources."""
    return [(str(ResourceKind(one.kind).label), public_text(one.name), _noted(one)) for one in found]


def facilities(found: Sequence[Noted]) -> list[tuple[str, str, str]]:
    """Facility, how many, and source; only the newest year of each kind."""
    newest: dict[str, Noted] = {}
    for one in found:
        newest.setdefault(one.kind, one)
    return [(str(FacilityKind(one.kind).label), formats.number(one.number), _noted(one)) for one in newest.values()]


def _noted(one: Noted) -> str:
    return _("%(source)s; tahun data %(year)s") % {"source": sourced([one.agency], one.at), "year": one.year}


def near_lines(found: Sequence[Near]) -> list[tuple[str, str, str]]:
    """Code, name and distance of the nearest villages."""
    return [(one.code, one.name, f"{formats.number(round(one.km, 1), 1)} km") for one in found]


def missing(
    card: RegionCard,
    *,
    grown: Sequence[Grown],
    trades: Trades,
    goods: int,
    permits: Sequence[Permits],
    groups: Sequence[Group],
    attributes: dict[str, Attribute],
    has_outline: bool,
    year: int,
) -> list[Missing]:
    """What is not recorded of the village, most needed first. Desa-only data is not missed of a kelurahan."""
    gaps = [
        (not grown, Missing(_("Potensi desa"), _by_village(_("potensi desa")))),
        (
            bool(grown) and max((one.year for one in grown), default=0) < year - 1,
            Missing(_("Potensi tahun terbaru"), _by_village(_("potensi desa"))),
        ),
        (
            bool(grown) and not any(one.months for one in grown),
            Missing(_("Bulan panen"), _("Isi kolom bulan panen pada templat potensi desa.")),
        ),
        (
            not trades.number,
            Missing(_("Usaha"), _("Dinas koperasi atau dinas perindustrian mengirim daftar usaha desa ini.")),
        ),
        (
            bool(trades.by_class.get("")),
            Missing(
                _("Jumlah tenaga kerja %s usaha") % formats.number(trades.by_class.get("", 0)),
                _("Tanpa tenaga kerja, kelas IMK (industri mikro dan kecil) tidak dapat ditentukan."),
            ),
        ),
        (not goods, Missing(_("Produk"), _("Petugas desa atau pendamping mengirim daftar produk."))),
        (
            bool(goods) and not permits,
            Missing(_("Izin dan sertifikat"), _("Kirim nomor izin produk, misalnya SPP-IRT atau sertifikat halal.")),
        ),
        (
            not groups,
            Missing(_("Kelompok, koperasi, BUMDes, komunitas, dan sekolah"), _("Petugas desa mengirim daftarnya.")),
        ),
        (
            card.kind == RegionKind.DESA and not any(key in attributes for key in _INDEX),
            Missing(_("Indeks desa"), _("Diterbitkan Kementerian Desa; dimuat oleh pengelola provinsi.")),
        ),
        (
            card.point_quality != PointQuality.EXACT,
            Missing(_("Titik lokasi"), _("Pengelola provinsi memuat titik atau batas desa yang resmi.")),
        ),
        (not has_outline, Missing(_("Batas desa"), _("Pengelola provinsi memuat batas desa yang resmi."))),
    ]
    return [gap for is_missing, gap in gaps if is_missing]


def _by_village(dataset: str) -> str:
    return _("Petugas desa mengunduh templat %s di kantor Lontar, mengisinya, lalu mengunggahnya.") % dataset


def is_bare(*, grown: Sequence[Grown], trades: Trades, goods: int) -> bool:
    """Whether nothing of substance is recorded yet."""
    return not grown and not trades.number and not goods


def sources(
    card: RegionCard,
    *,
    grown: Sequence[Grown],
    noted: Sequence[Noted],
    groups: Sequence[Group],
    attributes: dict[str, Attribute],
    enterprises: str,
    outline: str,
) -> list[SourceLine]:
    """Who each part of the page comes from."""
    lines = [SourceLine(_("Kode, nama, dan titik"), card.source)]
    if outline:
        lines.append(SourceLine(_("Batas desa"), outline))
    if grown:
        lines.append(SourceLine(_("Potensi"), sourced((g.agency for g in grown), max(g.at for g in grown))))
    if noted:
        lines.append(
            SourceLine(_("Sumber daya dan sarana"), sourced((n.agency for n in noted), max(n.at for n in noted)))
        )
    if enterprises:
        lines.append(SourceLine(_("Usaha"), enterprises))
    if groups:
        lines.append(
            SourceLine(_("Organisasi dan sekolah"), sourced((g.agency for g in groups), max(g.at for g in groups)))
        )
    for key in _INDEX:
        if key in attributes:
            lines.append(SourceLine(_("Indeks desa"), _dated(attributes[key].source, attributes[key].as_of)))
            break
    return lines
