"""The datasets of schools (OSOP) and communities (OCOP), with groups, cooperatives and BUMDes."""

from __future__ import annotations

from lontar.intake.datasets.declare import PLACE_COLUMNS, Column, Dataset, Kind

SCHOOL_KIND = {
    "SMA": (
        "SMA",
        "Sekolah Menengah Atas",
        "SMA Negeri",
        "SMA Swasta",
        "SMAN",
        "SMAS",
        "SMA Katolik",
        "SMA Kristen",
        "SMAK",
    ),
    "SMK": (
        "SMK",
        "Sekolah Menengah Kejuruan",
        "SMK Negeri",
        "SMK Swasta",
        "SMKN",
        "SMKS",
        "SMK Katolik",
        "SMK Kristen",
    ),
    "MA": ("MA", "Madrasah Aliyah", "MAN", "MAS", "MA Negeri", "MA Swasta"),
    "SMP": (
        "SMP",
        "Sekolah Menengah Pertama",
        "MTs",
        "SMP Negeri",
        "SMP Swasta",
        "SMPN",
        "SMPS",
        "SMPK",
        "MTsN",
        "MTs Negeri",
    ),
    "SD": (
        "SD",
        "Sekolah Dasar",
        "MI",
        "SD Negeri",
        "SD Swasta",
        "SDN",
        "SDS",
        "SD Inpres",
        "SDI",
        "SDK",
        "SD Katolik",
        "MIN",
    ),
    "SLB": ("SLB", "Sekolah Luar Biasa", "SLB Negeri", "SLBN", "SLB Swasta"),
}
ORGANIZATION_KIND = {
    "group": (
        "Kelompok usaha",
        "Kelompok",
        "KUB",
        "KUBE",
        "Kelompok Usaha Bersama",
        "Poktan",
        "Kelompok tani",
        "Gapoktan",
    ),
    "cooperative": ("Koperasi", "KSP", "KSU", "Koperasi Desa Merah Putih", "KDMP"),
    "bumdes": ("BUMDes", "BUM Desa", "Badan Usaha Milik Desa", "BUMDesma"),
    "community": ("Komunitas", "Community"),
}
COMMUNITY_KIND = {
    "church": ("Gereja", "Gereja dan rumah ibadah", "Rumah ibadah", "Paroki", "Jemaat", "Masjid"),
    "youth": ("Pemuda", "Karang Taruna", "OMK", "Orang muda"),
    "women": ("Perempuan", "PKK", "Kelompok perempuan", "Dasawisma"),
    "fishers": ("Nelayan", "Kelompok nelayan"),
    "farmers": ("Petani", "Kelompok tani"),
    "students": ("Mahasiswa", "Pelajar"),
    "other": ("Lainnya", "Lain-lain"),
}

SCHOOLS = Dataset(
    key="schools",
    title="Sekolah",
    description="Sekolah pilar One School One Product (OSOP), dikenali dari NPSN.",
    one_of=(("village_code", "village", "place_text"),),
    columns=(
        Column(
            "npsn", "NPSN", Kind.NPSN, "Nomor Pokok Sekolah Nasional, 8 tanda.", required=True,
            synonyms=("No NPSN", "Nomor Pokok Sekolah Nasional"), examples=("50300001",),
        ),
        Column(
            "name", "Nama Sekolah", Kind.NAME, "Nama sekolah.", required=True, synonyms=("Sekolah", "Nama Satuan Pendidikan"),
            examples=("SMK Contoh Negeri",), length=160,
        ),
        Column(
            "kind", "Jenjang", Kind.CHOICE, "Jenjang sekolah.", choices=SCHOOL_KIND, required=True,
            synonyms=("Bentuk", "Bentuk Pendidikan", "Jenis Sekolah", "Tingkat"), examples=("SMK",),
        ),
        *PLACE_COLUMNS,
        Column(
            "pupils", "Peserta Didik", Kind.INTEGER, "Banyaknya peserta didik.",
            synonyms=("Jumlah Siswa", "Siswa", "Jumlah Peserta Didik", "Murid"), examples=("320",), minimum=0, maximum=20_000,
        ),
    ),
)  # fmt: skip

COMMUNITIES = Dataset(
    key="communities",
    title="Komunitas dan kelompok",
    description="Komunitas pilar One Community One Product (OCOP), kelompok usaha, koperasi dan BUMDes.",
    one_of=(("village_code", "village", "place_text"),),
    columns=(
        Column(
            "name", "Nama", Kind.NAME, "Nama komunitas, kelompok, koperasi atau BUMDes.", required=True,
            synonyms=("Nama Komunitas", "Nama Kelompok", "Nama Koperasi", "Nama BUMDes", "Nama Organisasi", "Nama Lembaga"),
            examples=("Kelompok Tenun Contoh",), length=160,
        ),
        Column(
            "kind", "Jenis", Kind.CHOICE, "Kelompok usaha, koperasi, BUMDes atau komunitas.", choices=ORGANIZATION_KIND,
            required=True, synonyms=("Jenis Organisasi", "Bentuk", "Jenis Lembaga", "Jenis Kelompok"), examples=("Komunitas",),
        ),
        Column(
            "community_kind", "Jenis Komunitas", Kind.CHOICE, "Wajib bila jenisnya Komunitas.", choices=COMMUNITY_KIND,
            synonyms=("Golongan", "Golongan Komunitas", "Bidang Komunitas"), examples=("Pemuda",),
        ),
        *PLACE_COLUMNS,
        Column(
            "registration", "Nomor Badan Hukum", Kind.TEXT, "Nomor badan hukum atau keputusan pembentukan.",
            synonyms=("No Badan Hukum", "Nomor SK", "No. SK", "SK Pembentukan"), length=80,
        ),
        Column(
            "members", "Jumlah Anggota", Kind.INTEGER, "Banyaknya anggota.", synonyms=("Anggota", "Jml Anggota"),
            examples=("25",), minimum=0, maximum=1_000_000,
        ),
        Column(
            "founded_year", "Tahun Berdiri", Kind.YEAR, "Tahun berdiri.", synonyms=("Tahun Pembentukan", "Thn Berdiri"),
            examples=("2019",), minimum=1900, maximum=2100,
        ),
    ),
)  # fmt: skip
