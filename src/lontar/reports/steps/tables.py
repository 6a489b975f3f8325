"""The tables of a report beside figures, statistics and records: declared once, for files, dictionary and pages alike."""

from __future__ import annotations

from lontar.engines.reporting import KEYS, Column, Table

REGIONS = Table(
    "regions",
    "Wilayah",
    (
        Column("code", "text", "Kode wilayah Kemendagri"),
        Column("name", "text", "Nama"),
        Column("level", "text", "province, regency, district, village"),
        Column("lat", "number", "Lintang titik wilayah", "derajat"),
        Column("lon", "number", "Bujur titik wilayah", "derajat"),
    ),
    ("code",),
    "Nama wilayah pada hari laporan dibuat.",
)
DEFINITIONS = Table(
    "definitions",
    "Metadata indikator (Satu Data Indonesia)",
    tuple(
        Column(name, "text", meaning)
        for name, meaning in {
            "code": "Kode indikator",
            "name": "Nama",
            "concept": "Konsep",
            "definition": "Definisi",
            "formula": "Rumus",
            "interpretation": "Interpretasi",
            "unit": "Satuan",
            "method": "Cara selang kepercayaan dihitung",
            "variables": "Variabel pembangun",
            "disaggregation": "Klasifikasi penyajian",
            "level": "Tingkat estimasi",
            "source": "Sumber",
            "authority": "Produsen data",
            "access": "Akses publik",
        }.items()
    ),
    ("code",),
    "Isian menurut formulir metadata indikator (MS-Ind), Perpres 39/2019.",
)
RESTATEMENTS = Table(
    "restatements",
    "Angka yang diperbarui sesudah terbit",
    (
        *KEYS,
        Column("old", "number", "Nilai semula"),
        Column("new", "number", "Nilai sesudah diperbarui"),
        Column("reason", "text", "Sebab"),
        Column("restated_on", "text", "Hari pembaruan"),
    ),
    ("quarter", "indicator", "level", "region", "by", "part", "restated_on"),
    "Angka laporan terdahulu yang berubah karena data terlambat atau diperbaiki; berkas laporan lama tidak pernah berubah.",
)
QUALITY = Table(
    "quality",
    "Daftar periksa penutupan triwulan",
    (
        Column("check", "text", "Kode butir"),
        Column("name", "text", "Butir yang diperiksa"),
        Column("value", "number", "Nilai yang ditemukan"),
        Column("threshold", "number", "Batas yang dinyatakan"),
        Column("passed", "text", "ya, atau tidak"),
        Column("reason", "text", "Alasan bila batas dilampaui dengan keputusan"),
    ),
    ("check",),
    "Triwulan ditutup dengan daftar ini; batas yang tidak dipenuhi hanya dilewati dengan alasan, yang disebut di sini.",
)
VERDICTS = Table(
    "verdicts",
    "Putusan program dan setiap unit",
    (
        Column("unit", "text", "Kunci unit; kosong untuk seluruh program"),
        Column("name", "text", "Nama unit"),
        Column("region", "text", "Kode wilayah Kemendagri"),
        Column("months", "integer", "Bulan sesudah penetapan: 6 atau 12; 0 untuk seluruh masa"),
        Column("outcome", "text", "Yang dinilai: turnover, jobs, class"),
        Column("said", "text", "Kata putusan menurut aturan"),
        Column("because", "text", "Alasan kata itu"),
        Column("called", "text", "Sebutan: impact (dampak) atau indicative (indikatif)"),
        Column("value", "number", "Perkiraan pengaruh, bagian dari yang semestinya"),
        Column("low", "number", "Batas bawah selang 95 persen"),
        Column("high", "number", "Batas atas selang 95 persen"),
        Column("growth", "number", "Pertumbuhan sendiri terhadap garis dasar"),
        Column("beside", "number", "Pertumbuhan pembanding"),
        Column("p", "number", "Nilai p"),
        Column("detectable", "number", "Perubahan terkecil yang terdeteksi"),
        Column("producers", "integer", "Produsen dalam program"),
        Column("controls", "integer", "Produsen pembanding"),
    ),
    ("unit", "outcome", "months"),
    "Terhadap garis dasar dan terhadap produsen sebanding yang belum ikut program.",
)
_KEPT = {
    "turnover": "Omzet", "counted": "Omzet yang dapat diurai", "material": "Bahan baku",
    "material_outside": "Bahan baku dari luar NTT", "others": "Masukan lain", "labour": "Tenaga kerja",
    "margin": "Sisa bagi pemilik", "village": "Tinggal di desa", "regency": "Tinggal di kabupaten, luar desa",
    "ntt": "Tinggal di NTT, luar kabupaten", "outside": "Keluar NTT", "sold_known": "Omzet dengan saluran diketahui",
    "sold_outside": "Dijual ke luar NTT",
}  # fmt: skip
VALUE = Table(
    "value",
    "Nilai yang tinggal",
    (
        Column("region", "text", "Kode wilayah Kemendagri"),
        Column("commodity", "text", "Kode komoditas; kosong untuk semuanya"),
        Column("status", "text", "A: angka; S: ditutup demi kerahasiaan"),
        Column("n", "integer", "Produsen"),
        *(Column(name, "number", meaning, "Rp") for name, meaning in _KEPT.items()),
    ),
    ("region", "commodity"),
    "Omzet triwulan diurai: apa yang dibayar, dan di mana uangnya tinggal.",
)
