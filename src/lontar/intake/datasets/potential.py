"""The dataset of village potential: one row per village, commodity and year."""

from __future__ import annotations

from lontar.intake.datasets.declare import PLACE_COLUMNS, Column, Dataset, Kind

POTENTIAL = Dataset(
    key="potential",
    title="Potensi desa",
    description="Komoditas setiap desa menurut tahun: luas, produksi, bulan panen, bagian yang dijual mentah.",
    one_of=(("village_code", "village", "place_text"),),
    columns=(
        *PLACE_COLUMNS,
        Column(
            "year", "Tahun", Kind.YEAR, "Tahun data.", synonyms=("Thn", "Tahun Data", "Periode"), examples=("2025",),
            required=True, minimum=1990, maximum=2100,
        ),
        Column(
            "commodity", "Komoditas", Kind.NAME, "Nama komoditas; daftar komoditas ada pada lembar Petunjuk.",
            synonyms=("Komoditi", "Jenis Komoditas", "Nama Komoditas", "Potensi", "Jenis Tanaman"),
            examples=("Kopi arabika",), required=True, length=80,
        ),
        Column(
            "area_ha", "Luas (ha)", Kind.DECIMAL, "Luas tanam atau lahan dalam hektare.",
            synonyms=("Luas", "Luas Lahan", "Luas Tanam", "Luas Areal", "Luas Lahan (Ha)", "Luas Tanam (Ha)"),
            examples=("12,5",), minimum=0, maximum=1_000_000, measure="area",
        ),
        Column(
            "production", "Produksi", Kind.DECIMAL, "Jumlah produksi setahun, dalam satuan pada kolom Satuan.",
            synonyms=("Jumlah Produksi", "Produksi (Ton)", "Hasil", "Hasil Produksi", "Volume Produksi", "Produksi per Tahun"),
            examples=("8,4",), minimum=0, maximum=1_000_000_000, measure="quantity",
        ),
        Column(
            "unit", "Satuan", Kind.TEXT, "Satuan produksi: ton, kg, liter, ekor, lembar. Kosong berarti satuan lazim komoditas.",
            synonyms=("Satuan Produksi", "Unit"), examples=("ton",), length=20,
        ),
        Column(
            "harvest_months", "Bulan Panen", Kind.MONTHS,
            "Bulan panen, misalnya “Mei–September”, “5, 6, 7” atau “Sepanjang tahun”. Kosong berarti musim lazim komoditas.",
            synonyms=("Musim Panen", "Bulan", "Waktu Panen", "Masa Panen"), examples=("Mei–September",),
        ),
        Column(
            "sold_raw_share", "Dijual Mentah (%)", Kind.PERCENT, "Bagian produksi yang dijual tanpa diolah, 0–100.",
            synonyms=("Persentase Dijual Mentah", "Dijual Mentah", "% Dijual Mentah", "Persen Mentah"),
            examples=("80",), minimum=0, maximum=100,
        ),
        Column(
            "resource", "Sumber Daya Alam", Kind.TEXT, "Sumber daya alam desa yang menonjol; pisahkan dengan titik koma.",
            synonyms=("SDA", "Potensi Alam", "Sumber Daya"), examples=("Mata air; padang penggembalaan",), length=300,
        ),
    ),
)  # fmt: skip
