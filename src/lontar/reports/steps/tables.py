"""The tables of a report beside figures, statistics and records: declared once, for files, dictionary and pages alike."""

from __future__ import annotations

from lontar.engines.reporting import Column, Table

_FIGURE = (
    Column("quarter", "text", "Triwulan"),
    Column("indicator", "text", "Kode indikator"),
    Column("level", "text", "Tingkat wilayah"),
    Column("region", "text", "Kode wilayah Kemendagri"),
    Column("by", "text", "Rincian menurut; kosong berarti semua"),
    Column("part", "text", "Nilai rincian"),
)
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
        *_FIGURE,
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
    "Vonis setiap unit",
    (
        Column("unit", "text", "Kunci unit"),
        Column("name", "text", "Nama unit"),
        Column("village", "text", "Kode desa"),
        Column("months", "integer", "Bulan sejak penetapan: 6 atau 12"),
        Column("outcome", "text", "Ukuran: turnover, jobs, class"),
        Column("word", "text", "Kata menurut aturan"),
        Column("effect", "number", "Perkiraan pengaruh"),
        Column("low", "number", "Batas bawah selang 95 persen"),
        Column("high", "number", "Batas atas selang 95 persen"),
        Column("n", "integer", "Produsen yang diperbandingkan"),
        Column("label", "text", "Sebutan: dampak atau indikatif"),
    ),
    ("unit", "months", "outcome"),
    "Terhadap garis awal dan terhadap unit serupa yang belum ikut program.",
)
VALUE = Table(
    "value",
    "Nilai yang tinggal",
    (
        Column("region", "text", "Kode wilayah"),
        Column("commodity", "text", "Kode komoditas"),
        Column("measure", "text", "Ukuran"),
        Column("value", "number", "Nilai"),
        Column("unit", "text", "Satuan"),
        Column("n", "integer", "Produsen"),
    ),
    ("region", "commodity", "measure"),
    "Nilai tambah per satuan dan bagian yang tinggal di desa, kabupaten, dan NTT.",
)
