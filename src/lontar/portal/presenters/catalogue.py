"""The open data: which tables anyone may take, what their columns mean, and the same as a DCAT catalogue.

Each table is declared once here; the page, the dictionary and the catalogue are made from it. Serving the tables is the
API's and the page views'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

LICENCE_URL = "https://opendatacommons.org/licenses/odbl/1-0/"
LICENCE_NAME = "Open Database License (ODbL) 1.0"


@dataclass(frozen=True, slots=True)
class ColumnNote:
    """A column of a table: its name in the file, its type, its unit, and what it means."""

    name: str
    kind: str
    meaning: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Distribution:
    """A way to get a table: address, format, and whether every row comes at once."""

    url: str
    media_type: str
    label: str


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table that anyone may take."""

    key: str
    title: str
    description: str
    keywords: Sequence[str]
    columns: Sequence[ColumnNote]
    distributions: Sequence[Distribution]


_CODE = ColumnNote("code", "text", gettext_lazy("Kode wilayah Kemendagri, bertitik; kunci untuk menggabungkan tabel."))  # type: ignore[arg-type]  # lazy text
_NAME = ColumnNote("name", "text", gettext_lazy("Nama wilayah."))  # type: ignore[arg-type]  # lazy text


def tables(address: Callable[..., str]) -> list[OpenTable]:
    """Every open table; `address` gives the path of a route (`reverse`)."""
    csv = "text/csv"
    return [
        OpenTable(
            "cakupan",
            _("Cakupan daftar usaha per kabupaten/kota"),
            _("Usaha menurut angka resmi, terdaftar, dan terverifikasi, serta jumlah desa."),
            (_("usaha mikro dan kecil"), _("cakupan"), "OVOP"),
            (
                _CODE,
                _NAME,
                ColumnNote("villages", "integer", _("Desa dan kelurahan yang berlaku."), _("desa/kelurahan")),
                ColumnNote(
                    "enterprises_official",
                    "integer",
                    _("Usaha menurut angka resmi; kosong bila tidak ada."),
                    _("usaha"),
                ),
                ColumnNote("enterprises_registered", "integer", _("Usaha terdaftar yang tidak tutup."), _("usaha")),
                ColumnNote("enterprises_verified", "integer", _("Di antaranya yang terverifikasi."), _("usaha")),
            ),
            (
                Distribution(address("portal:coverage_csv", args=["53"]), csv, "CSV"),
                Distribution("/api/v1/coverage", "application/json", "JSON"),
            ),
        ),
        OpenTable(
            "desa",
            _("Desa dan kelurahan dengan apa yang tercatat"),
            _(
                "Satu baris satu desa atau kelurahan: usaha terdaftar dan terverifikasi, ragam komoditas, jumlah produk."
            ),
            (_("desa"), _("potensi desa"), "OVOP"),
            (
                _CODE,
                _NAME,
                ColumnNote("kind", "text", _("Jenis: desa, kelurahan, atau desa_adat.")),
                ColumnNote("district_code", "text", _("Kode kecamatan.")),
                ColumnNote("district", "text", _("Nama kecamatan.")),
                ColumnNote("registered", "integer", _("Usaha terdaftar yang tidak tutup."), _("usaha")),
                ColumnNote("verified", "integer", _("Di antaranya yang terverifikasi."), _("usaha")),
                ColumnNote("commodities", "integer", _("Macam komoditas yang pernah dicatat."), _("komoditas")),
                ColumnNote("products", "integer", _("Produk yang tercatat."), _("produk")),
            ),
            (
                Distribution(address("portal:villages_csv", args=["53"]), csv, "CSV"),
                Distribution("/api/v1/villages", "application/json", "JSON"),
            ),
        ),
        OpenTable(
            "lapisan",
            _("Desa dan kelurahan menurut lapisan peta"),
            _(
                "Nilai satu lapisan peta (usaha, indeks desa, komoditas, dan lain-lain) untuk setiap desa, beserta titiknya."
            ),
            (_("peta"), _("komoditas"), _("indeks desa")),
            (
                _CODE,
                _NAME,
                ColumnNote("kind", "text", _("Jenis: desa, kelurahan, atau desa_adat.")),
                ColumnNote("district", "text", _("Nama kecamatan.")),
                ColumnNote("regency", "text", _("Nama kabupaten/kota.")),
                ColumnNote("lat", "number", _("Lintang titik desa, WGS 84."), _("derajat")),
                ColumnNote("lon", "number", _("Bujur titik desa, WGS 84."), _("derajat")),
                ColumnNote(
                    "point_quality", "text", _("Mutu titik: exact (titik desa), approximate (pusat kecamatan), none.")
                ),
                ColumnNote("<lapis>", "number", _("Nilai lapisan; nama kolom adalah kunci lapisan pada alamat.")),
                ColumnNote("rank", "integer", _("Peringkat di seluruh provinsi, 1 yang tertinggi.")),
            ),
            (Distribution(f"{address('portal:map_sheet', args=['csv'])}?lapis=usaha", csv, "CSV"),),
        ),
        *_of_the_api(csv),
    ]


def _of_the_api(csv: str) -> list[OpenTable]:
    """Tables that only the API serves; it describes their columns itself in its OpenAPI document."""
    return [
        OpenTable(
            "usaha",
            _("Usaha terdaftar, isian publik"),
            _("Nama usaha, produk utama, kelas IMK, dan desa. Tanpa pemilik, nomor telepon, alamat, NIK, atau omzet."),
            (_("usaha mikro dan kecil"), "IKM", "UMK"),
            (),
            (
                Distribution("/api/v1/enterprises?format=csv", csv, "CSV"),
                Distribution("/api/v1/enterprises", "application/json", "JSON"),
            ),
        ),
        OpenTable(
            "produk",
            _("Produk desa"),
            _("Nama produk, kelompok, tahap (mentah, olahan, kemasan), dan desa pembuatnya."),
            (_("produk unggulan"), "OVOP"),
            (),
            (
                Distribution("/api/v1/products?format=csv", csv, "CSV"),
                Distribution("/api/v1/products", "application/json", "JSON"),
            ),
        ),
        OpenTable(
            "wilayah",
            _("Daftar wilayah"),
            _("Provinsi, kabupaten/kota, kecamatan, dan desa/kelurahan dengan kode Kemendagri dan kode BPS."),
            (_("kode wilayah"),),
            (),
            (
                Distribution("/api/v1/regions?format=csv", csv, "CSV"),
                Distribution("/api/v1/regions", "application/json", "JSON"),
            ),
        ),
    ]


def dictionary(found: Sequence[OpenTable]) -> list[list[str]]:
    """One row per column: table, column, type, unit, meaning."""
    return [[one.key, c.name, c.kind, str(c.unit), str(c.meaning)] for one in found for c in one.columns]


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
        "dcat:dataset": [_dataset(one, english[one.key], absolute, home, modified) for one in indonesian],
    }


def _dataset(
    one: OpenTable, other: OpenTable, absolute: Callable[[str], str], home: str, modified: datetime | None
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@id": f"{absolute(home)}#{one.key}",
        "@type": "dcat:Dataset",
        "dct:identifier": one.key,
        "dct:title": [_said(one.title, "id"), _said(other.title, "en")],
        "dct:description": [_said(one.description, "id"), _said(other.description, "en")],
        "dcat:keyword": [_said(word, "id") for word in one.keywords],
        "dct:license": {"@id": LICENCE_URL},
        "dct:spatial": {"@type": "dct:Location", "dct:identifier": "ID-NT"},
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/IRREG"},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": way.label,
                "dcat:mediaType": way.media_type,
                "dcat:downloadURL" if way.media_type == "text/csv" else "dcat:accessURL": {"@id": absolute(way.url)},
                "dct:license": {"@id": LICENCE_URL},
            }
            for way in one.distributions
        ],
    }
    if modified is not None:
        made["dct:modified"] = {"@value": modified.isoformat(timespec="seconds"), "@type": "xsd:dateTime"}
    return made


def _said(text: str, language: str) -> dict[str, str]:
    return {"@value": str(text), "@language": language}
