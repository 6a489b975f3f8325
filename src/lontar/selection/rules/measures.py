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
        "shift", _("Pertumbuhan karena tempat (shift-share)"),
        _(
            "Tambahan usaha komoditas ini di desa di luar pertumbuhan provinsi dan komoditasnya, menurut tahun berdiri usaha "
            "yang masih aktif; yang tahunnya tidak tercatat menjadi rentang."
        ),
        _("usaha"), "Dunn (1960)", decimals=1,
    ),
    Measure(
        "klassen", _("Kelas Klassen"),
        _(
            "Dari dua pertanyaan, berapa yang dijawab ya: bagiannya di atas provinsi; tumbuhnya di atas provinsi. 2 maju dan "
            "cepat, 1 salah satunya, 0 tertinggal."
        ),
        _("dari 2"), "Sjafrizal (1997)", bounds=(0, 2),
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
        _(
            "(Nilai keluaran − bahan baku − masukan lain) ÷ nilai keluaran, dari harga mentah dan harga olahan per kilogram di "
            "desa ini; bila tidak ada, di kecamatan, kabupaten/kota, lalu provinsi. Rendemen dan masukan lain berupa rentang."
        ),
        _("bagian"), "Hayami dkk. (1987)", bounds=(0, 1), decimals=2,
    ),
    Measure(
        "months", _("Bulan tersedia"), _(
            "Banyaknya bulan panen setahun menurut potensi desa; bila belum dicatat, menurut kalender komoditas."
        ), _("bulan"), _PROPOSAL,
        bounds=(0, 12),
    ),
    Measure(
        "production", _("Produksi bahan baku"),
        _("Produksi setahun menurut potensi desa terbaru, dibandingkan dengan desa lain untuk komoditas yang sama."),
        _("satuan komoditas"), _KPJU, within=True, decimals=1,
    ),
    Measure(
        "workers", _("Tenaga kerja terserap"), _(
            "Jumlah tenaga kerja pada usaha komoditas ini di desa."
        ), _("orang"), _KPJU,
    ),
    Measure(
        "women", _("Bagian perempuan"), _(
            "Bagian pemilik usaha yang perempuan; pemilik yang belum tercatat menjadi rentang."
        ), _("%"), _PROPOSAL, bounds=(0, 100),
    ),
    Measure(
        "youth", _("Bagian pemuda"), _(
            "Bagian pemilik usaha yang berumur 16–30 tahun; yang belum tercatat menjadi rentang."
        ), _("%"), "UU 40/2009",
        bounds=(0, 100),
    ),
    Measure(
        "uniqueness", _("Keunikan"),
        _(
            "Tanda yang ada: indikasi geografis di kabupaten/kota ini, menurut izin atau daftar sifat komoditas; kerajinan "
            "budaya. Dihitung 0 sampai 2."
        ),
        _("tanda"), _PROPOSAL, bounds=(0, 2),
    ),
    Measure(
        "permits", _("Izin yang masih kurang"),
        _("Rata-rata izin wajib yang belum dimiliki setiap produk: NIB, izin edar pangan, halal, atau merek."),
        _("izin per produk"), _PROPOSAL, direction=LESS, bounds=(0, 3), decimals=1,
    ),
    Measure(
        "permit_days", _("Jarak ke izin lengkap"),
        _("Lama mengurus izin yang belum dimiliki setiap produk, rata-rata; lama setiap izin adalah parameter program."),
        _("hari"), _PROPOSAL, direction=LESS, bounds=(0, 365),
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
        "technology", _("Teknologi olah dan kemas"), _(
            "Bagian produk yang sudah diolah atau dikemas; sedikit produk menjadi rentang (Wilson, 90 %)."
        ), _("%"), _KPJU,
        bounds=(0, 100),
    ),
    Measure(
        "price", _("Harga"),
        _("Harga produk desa dibagi harga tengah produk bernama dan bersatuan sama di provinsi."), _("kali"), _KPJU,
        decimals=2,
    ),
    Measure(
        "reach", _("Jangkauan pasar"),
        _(
            "Pasar yang terbuka bagi produk terbaiknya: 1, lalu satu lagi untuk izin edar (atau NIB), halal (atau merek), "
            "MD/TR/SNI, dan GTIN."
        ),
        _("dari 5"), _KPJU, bounds=(1, 5),
    ),
    Measure(
        "buyers", _("Siap untuk pembeli"),
        _(
            "Bagian produk yang dapat langsung ditawarkan: dikemas, berizin edar (atau NIB), dan berharga; sedikit produk "
            "menjadi rentang (Wilson, 90 %). Pembeli tetap diukur tersendiri."
        ),
        _("%"), _PROPOSAL, bounds=(0, 100),
    ),
    Measure(
        "skills", _("Tenaga kerja berpengalaman"),
        _(
            "Bagian tenaga kerja pada usaha yang sudah berjalan selama jendela pertumbuhan; pelatihan belum tercatat."
        ), _("%"),
        _KPJU, bounds=(0, 100),
    ),
    Measure(
        "capital", _("Modal"),
        _(
            "Modal usaha rata-rata; yang belum tercatat diisi antara persepuluhan terbawah dan teratas provinsi."
        ), _("juta Rp"),
        _KPJU, decimals=1,
    ),
    Measure(
        "market_km", _("Jarak ke pasar"),
        _(
            "Jarak lurus di permukaan bumi (lingkaran besar) dari titik desa ke tempat jual terdekat di kabupaten/kota yang "
            "sama: desa yang tercatat mempunyai pasar, atau kecamatan letak ibu kota. Jalan dan selat tidak dilihat; titik "
            "yang kasar menjadi rentang."
        ),
        _("km"), _PROPOSAL, direction=LESS, decimals=1,
    ),
    Measure(
        "regular_buyers", _("Pembeli tetap (terukur)"),
        _(
            "Dari bulan-bulan dengan penjualan dalam 12 bulan terakhir menurut laporan yang diterima, bagian bulan dengan "
            "penjualan lewat NTT Mart, e-katalog, atau lokapasar. Ukuran pengganti: nama pembeli tidak dilaporkan. Bulan yang "
            "salurannya tidak diisi, dan usaha yang tidak melapor (Wilson, 90 %), menjadi rentang; terlalu sedikit pelapor: "
            "tidak diketahui."
        ),
        _("%"), _PROPOSAL, bounds=(0, 100),
    ),
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
