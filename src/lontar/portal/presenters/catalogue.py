"""The open data: which tables anyone may take, what their columns mean, and the same as a DCAT catalogue.

Which columns a table has is asked of the query that sends it; here stands what each column means, once for all tables. The
page, the dictionary and the catalogue are made from this. Serving the tables is the API's and the page views'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lontar.designation.queries.flagships import COLUMNS as FLAGSHIPS
from lontar.designation.queries.flagships import LOCUS_COLUMNS
from lontar.portal.presenters.columns import meaning
from lontar.registry.queries import enterprises, open_lists
from lontar.reports.api import REPORT_FIELDS

LICENCE_URL = "https://opendatacommons.org/licenses/odbl/1-0/"
LICENCE_NAME = "Open Database License (ODbL) 1.0"
API = "/api/v1"
CSV, JSON = "text/csv", "application/json"
COVERAGE = (
    "code",
    "name",
    "villages",
    "enterprises_official",
    "enterprises_registered",
    "enterprises_verified",
)
VILLAGES = ("code", "name", "kind", "district_code", "district", "registered", "verified", "commodities", "products")
LAYER = ("code", "name", "kind", "district", "regency", "lat", "lon", "point_quality", "<lapis>", "rank")


@dataclass(frozen=True, slots=True)
class ColumnNote:
    """A column of a table: its name in the file, its type, its unit, and what it means."""

    name: str
    kind: str
    meaning: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Distribution:
    """A way to get a table: address, format, and how it is called."""

    url: str
    media_type: str
    label: str


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table that anyone may take."""

    key: str
    title: str
    description: str
    columns: Sequence[ColumnNote]
    distributions: Sequence[Distribution]


def tables(address: Callable[..., str]) -> list[OpenTable]:
    """Every open table; `address` gives the path of a route (`reverse`)."""
    return [*_counted(address), *_listed()]


def _counted(address: Callable[..., str]) -> list[OpenTable]:
    """Tables that count what the lists hold."""
    villages = Distribution(address("portal:villages_csv", args=["53"]), CSV, "CSV")
    layer = Distribution(f"{address('portal:map_sheet', args=['csv'])}?lapis=usaha", CSV, "CSV")
    return [
        OpenTable(
            "cakupan",
            _("Cakupan daftar usaha per kabupaten/kota"),
            _("Usaha menurut angka resmi, terdaftar, dan terverifikasi, serta jumlah desa."),
            _notes("cakupan", COVERAGE),
            _ways("coverage"),
        ),
        OpenTable(
            "ringkasan-desa",
            _("Desa dan kelurahan dengan apa yang tercatat"),
            _(
                "Satu baris satu desa atau kelurahan: usaha terdaftar dan terverifikasi, ragam komoditas, jumlah produk."
            ),
            _notes("ringkasan-desa", VILLAGES),
            (villages,),
        ),
        OpenTable(
            "lapisan",
            _("Desa dan kelurahan menurut lapisan peta"),
            _(
                "Nilai satu lapisan peta (usaha, indeks desa, komoditas, dan lain-lain) untuk setiap desa, beserta titiknya."
            ),
            _notes("lapisan", LAYER),
            (layer,),
        ),
    ]


_Record = tuple[str, str, str, Sequence[str], str]  # key, title, description, columns, operation of the API


def _listed() -> list[OpenTable]:
    """Tables of single records, as the API sends them."""
    records = [*_made(), *_standing(), *_decreed()]
    return [OpenTable(key, title, text, _notes(key, names), _ways(way)) for key, title, text, names, way in records]


def _made() -> list[_Record]:
    """What is produced: enterprises, products, licences, potential."""
    return [
        (
            "usaha",
            _("Usaha terdaftar, isian publik"),
            _("Nama usaha, produk utama, kelas IMK, dan desa. Tanpa pemilik, nomor telepon, alamat, NIK, atau omzet."),
            enterprises.PUBLIC.names,
            "enterprises",
        ),
        (
            "produk",
            _("Produk desa"),
            _("Nama produk, kelompok, tahap (mentah, olahan, kemasan), harga, dan desa pembuatnya."),
            open_lists.PRODUCTS.names,
            "products",
        ),
        (
            "izin",
            _("Izin dan sertifikat"),
            _("Izin usaha dan produk dengan masa berlakunya. Nomor Induk Berusaha (NIB) tidak dikirim."),
            open_lists.licences_on(timezone.localdate()).names,
            "licences",
        ),
        (
            "potensi",
            _("Potensi desa"),
            _("Komoditas setiap desa per tahun: luas, produksi, bulan panen, bagian yang dijual mentah."),
            open_lists.POTENTIAL.names,
            "potential",
        ),
    ]


def _standing() -> list[_Record]:
    """Who and where: organisations, schools, villages, regions, and the catalogue."""
    return [
        (
            "organisasi",
            _("Kelompok, koperasi, BUMDes, dan komunitas"),
            _("Organisasi setiap desa dengan jenis dan jumlah anggotanya."),
            open_lists.ORGANIZATIONS.names,
            "organizations",
        ),
        (
            "sekolah",
            _("Sekolah"),
            _("Sekolah setiap desa, menurut Nomor Pokok Sekolah Nasional (NPSN)."),
            open_lists.SCHOOLS.names,
            "schools",
        ),
        (
            "desa",
            _("Desa dan kelurahan"),
            _("Desa dan kelurahan yang berlaku dengan kode Kemendagri, kode BPS, titik, dan hitungan usahanya."),
            open_lists.VILLAGES.names,
            "villages",
        ),
        (
            "wilayah",
            _("Daftar wilayah"),
            _("Provinsi, kabupaten/kota, kecamatan, dan desa/kelurahan dengan kode Kemendagri dan kode BPS."),
            open_lists.REGIONS.names,
            "regions",
        ),
        (
            "komoditas",
            _("Katalog komoditas"),
            _("Komoditas dengan satuan, sektor, dan bulan panen awal."),
            open_lists.COMMODITIES.names,
            "commodities",
        ),
    ]


def _decreed() -> list[_Record]:
    """What was decreed and published: flagships, loci, reports."""
    return [
        (
            "unggulan",
            _("Produk unggulan yang ditetapkan"),
            _("Satu unit satu produk unggulan, dengan keputusan dan kode periksanya."),
            FLAGSHIPS,
            "flagships",
        ),
        (
            "lokus",
            _("Lokus program"),
            _("Desa dan kelurahan lokus program dengan putaran, urutan, dan keputusannya."),
            LOCUS_COLUMNS,
            "loci",
        ),
        (
            "laporan",
            _("Laporan terbuka"),
            _("Laporan triwulanan yang terbit; setiap laporan menjadi paket data yang dapat diperiksa sendiri."),
            REPORT_FIELDS,
            "reports",
        ),
    ]


def _ways(operation: str) -> tuple[Distribution, ...]:
    return (
        Distribution(f"{API}/{operation}?format=csv", CSV, "CSV"),
        Distribution(f"{API}/{operation}", JSON, "JSON"),
    )


def _notes(table: str, names: Sequence[str]) -> list[ColumnNote]:
    return [ColumnNote(name, *meaning(table, name)) for name in names]


def dictionary(found: Sequence[OpenTable]) -> list[list[str]]:
    """One row per column: table, column, type, unit, meaning."""
    return [[one.key, c.name, c.kind, c.unit, c.meaning] for one in found for c in one.columns]


def dcat(
    address: Callable[..., str], absolute: Callable[[str], str], *, home: str, modified: datetime | None
) -> dict[str, Any]:
    """The catalogue as DCAT 3 in JSON-LD, titles in Indonesian and English."""
    with override("id"):
        indonesian = tables(address)
    with override("en"):
        english = {one.key: one for one in tables(address)}
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": absolute(home),
        "@type": "dcat:Catalog",
        "dct:title": [
            {"@value": "Data terbuka Lontar", "@language": "id"},
            {"@value": "Lontar open data", "@language": "en"},
        ],
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": "Pemerintah Provinsi Nusa Tenggara Timur"},
        "dct:license": {"@id": LICENCE_URL},
        "dct:language": ["id", "en"],
        "foaf:homepage": {"@id": absolute("/")},
        "dcat:dataset": [
            _dataset(one, english[one.key], absolute=absolute, home=home, modified=modified) for one in indonesian
        ],
    }


def _dataset(
    one: OpenTable, other: OpenTable, *, absolute: Callable[[str], str], home: str, modified: datetime | None
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@id": f"{absolute(home)}#{one.key}",
        "@type": "dcat:Dataset",
        "dct:identifier": one.key,
        "dct:title": [_said(one.title, "id"), _said(other.title, "en")],
        "dct:description": [_said(one.description, "id"), _said(other.description, "en")],
        "dct:license": {"@id": LICENCE_URL},
        "dct:spatial": {"@type": "dct:Location", "dct:identifier": "ID-NT"},
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/IRREG"},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": way.label,
                "dcat:mediaType": way.media_type,
                "dcat:downloadURL" if way.media_type == CSV else "dcat:accessURL": {"@id": absolute(way.url)},
                "dct:license": {"@id": LICENCE_URL},
            }
            for way in one.distributions
        ],
    }
    if modified is not None:
        made["dct:modified"] = {"@value": modified.isoformat(timespec="seconds"), "@type": "xsd:dateTime"}
    return made


def _said(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}
