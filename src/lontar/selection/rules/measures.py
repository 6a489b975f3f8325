"""Measures, each declared once: key, name, formula in words, unit, direction, scale and source.

How the registry's rows become their values is `steps.measuring`; which measures a set uses and how they weigh is data. A
measure that the registry cannot answer yet is declared like any other: its value is then missing everywhere, which shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
MORE, LESS = 1, -1
_REGION = "Isard (1960)"
_KPJU = "Bank Indonesia, KPJu Unggulan"
_PROPOSAL = "usulan program"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `bounds` is its fixed scale; None: its place among all candidates of the province. `within` says that this
    place is taken among candidates of the same commodity, whose units alone are comparable."""

    key: str
    name: Words
    formula: Words
    unit: Words
    source: str
    direction: int = MORE
    bounds: tuple[float, float] | None = None
    within: bool = False
    decimals: int = 0


_ALL: Final = (
    Measure(
        "producers", _("Jumlah pelaku usaha"),
        _("Pelaku usaha aktif di desa ini yang produk utamanya dari komoditas ini."), _("usaha"), _KPJU,
    ),
    Measure(
        "lq", _("Kekhasan (LQ)"),
        _("Bagian komoditas ini di antara usaha desa, dibagi bagiannya di provinsi; desa kecil ditarik ke 1."),
        _("kali"), _REGION, decimals=2,
    ),
    Measure(
        "dlq", _("Laju tumbuh (DLQ)"),
        _("Pertumbuhan produksi di desa terhadap komoditas lain desa itu, dibagi hal yang sama di provinsi."),
        _("kali"), "Nazara (2005)", decimals=2,
    ),
    Measure(
        "rca", _("Keunggulan kecamatan (RCA)"),
        _("Bagian komoditas ini di antara usaha kecamatan, dibagi bagiannya di provinsi."),
        _("kali"), "Balassa (1965)", decimals=2,
    ),
    Measure(
        "density", _("Kedekatan dengan keahlian kecamatan"),
        _("Bagian kedekatan ruang produk yang sudah dikuasai kecamatan; produk itu sendiri tidak dihitung."),
        _("bagian"), "Hidalgo dkk. (2007)", decimals=2,
    ),
    Measure(
        "value_added", _("Nilai tambah (Hayami)"),
        _("(Nilai keluaran − bahan baku − masukan lain) ÷ nilai keluaran, per kilogram bahan baku."),
        _("bagian"), "Hayami dkk. (1987)", bounds=(0, 1), decimals=2,
    ),
    Measure(
        "months", _("Bulan tersedia"), _("Banyaknya bulan panen atau produksi dalam setahun."), _("bulan"), _PROPOSAL,
        bounds=(0, 12),
    ),
    Measure(
        "production", _("Produksi bahan baku"),
        _("Produksi setahun menurut potensi desa terbaru, dibandingkan dengan desa lain untuk komoditas yang sama."),
        _("satuan komoditas"), _KPJU, within=True, decimals=1,
    ),
    Measure(
        "workers", _("Tenaga kerja terserap"), _("Jumlah tenaga kerja pada usaha komoditas ini di desa."), _("orang"), _KPJU,
    ),
    Measure(
        "women", _("Bagian perempuan"), _("Bagian pemilik usaha yang perempuan."), _("%"), _PROPOSAL, bounds=(0, 100),
    ),
    Measure(
        "youth", _("Bagian pemuda"), _("Bagian pemilik usaha yang berumur 16–30 tahun."), _("%"), "UU 40/2009",
        bounds=(0, 100),
    ),
    Measure(
        "uniqueness", _("Keunikan"),
        _("Tanda yang ada: produk berindikasi geografis di kabupaten/kota ini; kerajinan budaya. Dihitung 0 sampai 2."),
        _("tanda"), _PROPOSAL, bounds=(0, 2),
    ),
    Measure(
        "permits", _("Izin yang masih kurang"),
        _("Rata-rata izin wajib yang belum dimiliki setiap produk: NIB, izin edar pangan, halal, atau merek."),
        _("izin per produk"), _PROPOSAL, direction=LESS, bounds=(0, 3), decimals=1,
    ),
    Measure(
        "turnover", _("Sumbangan pada ekonomi kecamatan"),
        _("Omzet usaha komoditas ini di desa, dibagi omzet seluruh usaha kecamatan yang tercatat."),
        _("%"), _KPJU, decimals=2,
    ),
    Measure(
        "management", _("Pengelolaan usaha"), _("Bagian usaha komoditas ini yang sudah memiliki NIB."), _("%"), _KPJU,
        bounds=(0, 100),
    ),
    Measure(
        "technology", _("Teknologi olah dan kemas"), _("Bagian produk yang sudah diolah atau dikemas."), _("%"), _KPJU,
        bounds=(0, 100),
    ),
    Measure(
        "price", _("Harga"),
        _("Harga produk desa dibagi harga tengah produk bernama dan bersatuan sama di provinsi."), _("kali"), _KPJU,
        decimals=2,
    ),
    Measure("reach", _("Jangkauan pasar"), _("Wilayah terjauh yang sudah dilayani."), _("tingkat"), _KPJU, bounds=(1, 5)),
    Measure("buyers", _("Bukti pembeli"), _("Pembeli tetap yang tercatat."), _("pembeli"), _PROPOSAL),
    Measure("skills", _("Tenaga kerja terampil"), _("Tenaga kerja yang pernah dilatih."), _("%"), _KPJU, bounds=(0, 100)),
    Measure("capital", _("Modal"), _("Kemudahan memperoleh modal awal dan modal kerja."), _("tingkat"), _KPJU, bounds=(1, 5)),
    Measure(
        "means", _("Sarana produksi"), _("Sarana desa yang mendukung: listrik, jalan, rumah produksi, gudang."),
        _("sarana"), _KPJU, bounds=(0, 4),
    ),
)  # fmt: skip
MEASURES: Final = {one.key: one for one in _ALL}

#: What the registry may lack about a unit as a whole.
LACKS: Final[dict[str, Words]] = {
    "potential": _("Potensi desa belum dicatat."),
    "enterprises": _("Pelaku usaha belum dicatat."),
    "products": _("Produk belum dicatat."),
}


def measure_named(key: str) -> Measure:
    """The measure of a key; one that is no longer declared keeps its key as its name."""
    return MEASURES.get(key) or Measure(key, key, key, "", "")


def words_for(key: str) -> str:
    """What is missing, in words: a measure or something about the unit."""
    return str(LACKS.get(key) or measure_named(key).name)
