"""The monthly return declared once: from it come form, grid, workbook, checks and API (M17, DOMAIN §7).

A change that makes older returns mean something else is a new version; what was sent keeps the version it was sent by.
"""

from __future__ import annotations

from lontar.intake.datasets.declare import Column, Dataset, Kind

VERSION = 1
MONEY_MOST = 9_999_999_999_999
PEOPLE_MOST = 100_000

PRICES = ("price_raw", "price_processed", "price_packed")
CHANNELS = (
    "channel_mart", "channel_catalogue", "channel_marketplace", "channel_fair", "channel_direct", "channel_outside",
)  # fmt: skip
WORKERS = ("paid_women", "paid_men", "unpaid_women", "unpaid_men")
MATERIAL = ("material_inside", "material_outside")


def _money(key: str, label: str, explanation: str, *synonyms: str, required: bool = False) -> Column:
    return Column(
        key, label, Kind.MONEY, explanation, synonyms=synonyms, minimum=0, maximum=MONEY_MOST, required=required
    )


def _people(key: str, label: str, explanation: str, *synonyms: str) -> Column:
    return Column(key, label, Kind.INTEGER, explanation, synonyms=synonyms, minimum=0, maximum=PEOPLE_MOST)


RETURN = Dataset(
    key="returns",
    title="Laporan bulanan produsen",
    description="Omzet, banyaknya, harga, jalur penjualan, tenaga kerja, dan bahan satu produsen dalam satu bulan.",
    place=None,
    columns=(
        Column(
            "producer_id", "Nomor Produsen", Kind.INTEGER, "Nomor dari lembar ini; jangan diubah.", required=True,
            synonyms=("ID Produsen", "No Produsen"), minimum=1,
        ),
        Column("month", "Bulan", Kind.TEXT, "Bulan laporan, misalnya 2026-07.", required=True, examples=("2026-07",)),
        _money("turnover", "Omzet (Rp)", "Seluruh hasil penjualan bulan ini; 0 bila tidak ada.",
               "Omzet", "Omset", "Penjualan", "Hasil Penjualan", required=True),
        Column(
            "quantity", "Banyaknya Terjual", Kind.DECIMAL, "Banyaknya yang terjual, dalam satuan produk.",
            synonyms=("Jumlah Terjual", "Volume", "Banyaknya"), minimum=0, maximum=1_000_000_000,
        ),
        Column("unit", "Satuan", Kind.TEXT, "Satuan banyaknya, misalnya kg atau lembar.", length=20),
        _money("price_raw", "Harga Mentah (Rp)", "Harga satu satuan bila dijual mentah.", "Harga Mentah"),
        _money("price_processed", "Harga Olahan (Rp)", "Harga satu satuan setelah diolah.", "Harga Olahan"),
        _money("price_packed", "Harga Kemasan (Rp)", "Harga satu satuan dalam kemasan.", "Harga Kemasan"),
        _money("channel_mart", "Lewat NTT Mart (Rp)", "Bagian omzet lewat NTT Mart.", "NTT Mart"),
        _money("channel_catalogue", "Lewat E-Katalog (Rp)", "Bagian omzet lewat e-katalog pemerintah.", "E-Katalog"),
        _money("channel_marketplace", "Lewat Lokapasar (Rp)", "Bagian omzet lewat lokapasar (toko daring).",
               "Marketplace", "Lokapasar", "Toko Daring"),
        _money("channel_fair", "Di Pameran (Rp)", "Bagian omzet di pameran atau bazar.", "Pameran"),
        _money("channel_direct", "Langsung (Rp)", "Bagian omzet dijual langsung di NTT.", "Penjualan Langsung"),
        _money("channel_outside", "Ke Luar NTT (Rp)", "Bagian omzet dijual ke luar NTT.", "Luar NTT"),
        _people("paid_women", "Perempuan Dibayar", "Pekerja perempuan yang dibayar.", "Pekerja Perempuan Dibayar"),
        _people("paid_men", "Laki-laki Dibayar", "Pekerja laki-laki yang dibayar.", "Pekerja Laki-laki Dibayar"),
        _people("unpaid_women", "Perempuan Tidak Dibayar", "Perempuan yang bekerja tanpa upah, termasuk pemilik dan keluarga."),
        _people("unpaid_men", "Laki-laki Tidak Dibayar", "Laki-laki yang bekerja tanpa upah, termasuk pemilik dan keluarga."),
        _people("youth", "Usia 16–30", "Di antara mereka, yang berusia 16–30 tahun.", "Pekerja Muda", "Pemuda"),
        Column(
            "worker_days", "Hari Kerja", Kind.INTEGER, "Jumlah hari kerja semua pekerja bulan ini.",
            synonyms=("Hari Orang Kerja", "HOK"), minimum=0, maximum=PEOPLE_MOST * 31,
        ),
        _money("material_inside", "Bahan dari NTT (Rp)", "Bahan yang dibeli di dalam NTT.", "Bahan Lokal"),
        _money("material_outside", "Bahan dari Luar NTT (Rp)", "Bahan yang dibeli dari luar NTT.", "Bahan Luar"),
        Column(
            "problems", "Kendala", Kind.TEXT, "Kendala bulan ini, singkat. Jangan tulis nama atau nomor orang.", length=500,
        ),
    ),
)  # fmt: skip
ABOUT = ("producer_id", "month")
VALUES = tuple(column.key for column in RETURN.columns if column.key not in ABOUT)
"""The keys of what a producer answers."""
NUMBERS = tuple(column.key for column in RETURN.columns if column.key in VALUES and column.kind is not Kind.TEXT)
SCREENS: tuple[tuple[str, ...], ...] = (
    ("turnover", "quantity", *PRICES, *CHANNELS),
    (*WORKERS, "youth", "worker_days", *MATERIAL, "problems"),
)
"""Which fields stand on which of the two screens of the phone; the unit is the producer's."""
