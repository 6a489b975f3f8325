"""The datasets of products and of licences held."""

from __future__ import annotations

from lontar.intake.datasets.declare import PLACE_COLUMNS, Column, Dataset, Kind

STAGE = {
    "raw": ("Mentah", "Bahan mentah", "Segar"),
    "processed": ("Olahan", "Diolah", "Setengah jadi"),
    "packaged": ("Kemasan", "Dikemas", "Olahan kemasan", "Produk jadi"),
}
CATEGORY = {
    "food": ("Makanan", "Makanan ringan", "Pangan", "Kuliner", "Makanan olahan", "Bumbu"),
    "drink": ("Minuman", "Minuman ringan", "Kopi", "Kopi dan teh"),
    "weaving": ("Kain tenun", "Tenun", "Tenun ikat", "Kain", "Fesyen", "Fashion"),
    "batik": ("Kain batik", "Batik"),
    "wicker": ("Anyaman", "Anyam-anyaman"),
    "pottery": ("Gerabah", "Keramik", "Gerabah/keramik"),
    "herbal": ("Jamu dan herbal", "Jamu", "Herbal", "Obat tradisional"),
    "cosmetic": ("Kosmetik", "Sabun", "Perawatan tubuh"),
    "craft": ("Kerajinan lain", "Kerajinan", "Kriya", "Kerajinan tangan", "Handicraft"),
    "fresh": ("Hasil segar", "Segar", "Hasil pertanian", "Hasil laut"),
    "other": ("Lainnya", "Lain-lain", "Jasa"),
}
LICENCE_KIND = {
    "nib": ("NIB", "Nomor Induk Berusaha"),
    "pirt": ("SPP-IRT", "PIRT", "P-IRT", "SPPIRT", "Izin PIRT"),
    "md": ("BPOM MD", "MD", "Izin edar MD", "BPOM"),
    "tr": ("BPOM TR", "TR", "Izin edar TR", "Obat tradisional"),
    "halal": ("Halal", "Sertifikat halal", "BPJPH"),
    "merek": ("Merek", "Merk", "HKI Merek", "HAKI", "Merek dagang"),
    "ig": ("Indikasi geografis", "IG"),
    "sni": ("SNI", "SPPT-SNI"),
    "other": ("Lainnya", "Lain-lain"),
}

_MAKER = (
    Column(
        "enterprise_nib", "NIB Usaha", Kind.NIB, "NIB usaha pembuat, bila ada.",
        synonyms=("NIB", "Nomor Induk Berusaha", "NIB Pemegang", "NIB Produsen"), examples=("9120000000017",),
    ),
    Column(
        "enterprise_key", "ID Usaha", Kind.TEXT, "Nomor usaha pada daftar yang pernah Anda kirim (kolom ID Sumber).",
        synonyms=("ID Sumber", "ID Sumber Usaha", "Kode Usaha", "ID UMKM", "No. Register Usaha"), examples=("CTH-0001",), length=60,
    ),
    Column(
        "enterprise_name", "Nama Usaha", Kind.NAME, "Nama usaha pembuat; dicari di desa yang sama.",
        synonyms=("Usaha", "Produsen", "Nama UMKM", "Pembuat", "Nama Produsen", "Nama Usaha/Kelompok"),
        examples=("Tenun Ikat Mama Contoh",),
    ),
)  # fmt: skip

PRODUCTS = Dataset(
    key="products",
    title="Produk",
    description="Barang yang dibuat dan dijual: kelompok, tahap pengolahan, kapasitas, harga.",
    one_of=(("village_code", "village", "place_text", "enterprise_nib", "enterprise_key"),),
    columns=(
        Column(
            "source_key", "ID Produk", Kind.TEXT, "Nomor produk pada daftar Anda.",
            synonyms=("ID", "Kode Produk", "SKU"), examples=("PRD-0001",), length=60,
        ),
        Column(
            "name", "Nama Produk", Kind.NAME, "Nama barang seperti pada label.",
            synonyms=("Produk", "Nama Barang", "Nama Produk/Merek"), examples=("Kopi Bubuk Contoh 200 g",), required=True, length=160,
        ),
        Column(
            "category", "Kelompok", Kind.CHOICE, "Kelompok barang.", choices=CATEGORY, required=True,
            synonyms=("Kategori", "Jenis Produk", "Kelompok Produk", "Jenis"), examples=("Minuman",),
        ),
        Column(
            "stage", "Tahap", Kind.CHOICE, "Mentah, olahan, atau kemasan.", choices=STAGE, required=True,
            synonyms=("Tahap Pengolahan", "Bentuk", "Bentuk Produk", "Tingkat Pengolahan"), examples=("Kemasan",),
        ),
        *_MAKER,
        *PLACE_COLUMNS,
        Column(
            "commodity", "Komoditas", Kind.NAME, "Komoditas bahan utamanya.",
            synonyms=("Komoditi", "Bahan Baku", "Bahan Utama"), examples=("Kopi arabika",), length=80,
        ),
        Column(
            "capacity_month", "Kapasitas Sebulan", Kind.DECIMAL, "Banyaknya yang dapat dibuat sebulan.",
            synonyms=("Kapasitas", "Kapasitas Produksi", "Kapasitas per Bulan", "Kapasitas Produksi/Bulan"),
            examples=("120",), minimum=0, maximum=1_000_000_000, measure="quantity",
        ),
        Column(
            "unit", "Satuan", Kind.TEXT, "Satuan jual: bungkus, lembar, botol, kg.", synonyms=("Satuan Jual", "Kemasan"),
            examples=("bungkus",), length=20,
        ),
        Column(
            "price", "Harga (Rp)", Kind.MONEY, "Harga satu satuan dalam rupiah.",
            synonyms=("Harga", "Harga Jual", "Harga Satuan", "Harga per Satuan"), examples=("35000",),
            minimum=0, maximum=10_000_000_000,
        ),
        Column(
            "gtin", "Barcode (GTIN)", Kind.GTIN, "Nomor di bawah barcode: 8, 12, 13 atau 14 angka.",
            synonyms=("Barcode", "GTIN", "EAN", "Kode Batang"), examples=(),
        ),
        Column(
            "description", "Keterangan", Kind.TEXT, "Keterangan singkat untuk pembeli.",
            synonyms=("Deskripsi", "Catatan"), length=1000,
        ),
    ),
)  # fmt: skip

LICENCES = Dataset(
    key="licences",
    title="Izin dan sertifikat",
    description="NIB, SPP-IRT, izin edar BPOM, halal, merek, indikasi geografis dan SNI yang dipegang usaha atau produk.",
    one_of=(("enterprise_nib", "enterprise_key", "enterprise_name", "product_key"),),
    columns=(
        Column(
            "kind", "Jenis Izin", Kind.CHOICE, "Jenis izin atau sertifikat.", choices=LICENCE_KIND, required=True,
            synonyms=("Jenis", "Jenis Sertifikat", "Jenis Perizinan", "Izin", "Jenis Izin/Sertifikat"), examples=("SPP-IRT",),
        ),
        Column(
            "number", "Nomor", Kind.LICENCE, "Nomor seperti tertulis pada izin.", required=True,
            synonyms=("Nomor Izin", "No Izin", "Nomor Sertifikat", "No Sertifikat", "No. Izin/Sertifikat", "Nomor Izin/Sertifikat"),
            examples=("P-IRT 2105371010001-29",), length=120,
        ),
        *_MAKER,
        Column(
            "product_key", "ID Produk", Kind.TEXT, "Nomor produk pada daftar yang pernah Anda kirim.",
            synonyms=("Kode Produk", "ID Sumber Produk"), examples=("PRD-0001",), length=60,
        ),
        *PLACE_COLUMNS,
        Column(
            "issued_date", "Tanggal Terbit", Kind.DATE, "Tanggal izin diterbitkan.",
            synonyms=("Tgl Terbit", "Terbit", "Tanggal Izin", "Tanggal Diterbitkan", "Tanggal"), examples=("2024-03-01",),
        ),
        Column(
            "expires_date", "Berlaku Sampai", Kind.DATE, "Tanggal akhir masa berlaku; kosong bila tidak ada.",
            synonyms=("Masa Berlaku", "Tanggal Berakhir", "Tgl Berakhir", "Kedaluwarsa", "Berlaku s/d", "Tanggal Kedaluwarsa"),
            examples=("2029-03-01",),
        ),
    ),
)  # fmt: skip
