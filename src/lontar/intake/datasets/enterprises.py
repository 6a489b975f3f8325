"""The dataset of enterprises (IKM/UMK): one row per enterprise, with its owner."""

from __future__ import annotations

from lontar.intake.datasets.declare import PLACE_COLUMNS, Column, Dataset, Kind

SEX = {
    "P": ("P", "Perempuan", "Pr", "Wanita", "W", "Female", "F", "2"),
    "L": ("L", "Laki-laki", "Laki laki", "Lakilaki", "Lk", "Pria", "Male", "M", "1"),
}
STATUS = {
    "active": ("Aktif", "Ya", "Berjalan", "Beroperasi", "Buka", "Operasional"),
    "dormant": ("Tidak aktif sementara", "Tidak aktif", "Non aktif", "Nonaktif", "Vakum", "Berhenti sementara"),
    "closed": ("Tutup", "Bangkrut", "Berhenti", "Tutup permanen"),
}

ENTERPRISES = Dataset(
    key="enterprises",
    title="Usaha (IKM/UMK)",
    description="Industri kecil menengah dan usaha mikro kecil: satu baris satu usaha, beserta pemiliknya.",
    one_of=(("name", "owner_name"), ("village_code", "village", "place_text")),
    columns=(
        Column(
            "source_key", "ID Sumber", Kind.TEXT, "Nomor usaha pada daftar instansi Anda; membantu menelusuri kembali.",
            synonyms=("ID", "No. Register", "Nomor Register", "ID Usaha", "Kode Usaha", "ID UMKM", "Nomor Urut Register"),
            examples=("CTH-0001",), length=60,
        ),
        Column(
            "nib", "NIB", Kind.NIB, "Nomor Induk Berusaha, 13 angka. Kosongkan bila belum ada.",
            synonyms=("Nomor Induk Berusaha", "Nomor Induk Berusaha (NIB)", "No NIB", "No. NIB", "Nomor NIB"), examples=("9120000000017",),
        ),
        Column(
            "nik", "NIK Pemilik", Kind.NIK, "Nomor Induk Kependudukan pemilik, 16 angka. Disimpan tersandi.",
            synonyms=("NIK", "No NIK", "No. KTP", "Nomor KTP", "No KTP", "NIK KTP", "NIK Pengusaha", "Nomor Induk Kependudukan"),
            examples=("5301044101909001",),
        ),
        Column(
            "owner_name", "Nama Pemilik", Kind.NAME, "Nama lengkap pemilik sesuai KTP.",
            synonyms=("Pemilik", "Nama Pengusaha", "Nama Lengkap", "Nama Pelaku Usaha", "Pelaku Usaha", "Nama Pemilik Usaha",
                      "Nama Owner", "Nama Penanggung Jawab", "Nama Pengusaha/Pemilik", "Nama"),
            examples=("Maria Contohina",), length=160, personal=True,
        ),
        Column(
            "sex", "Jenis Kelamin", Kind.CHOICE, "L atau P.", choices=SEX,
            synonyms=("L/P", "JK", "Kelamin", "Gender", "Jns Kelamin", "Jenis Kelamin Pemilik"), examples=("P",),
        ),
        Column(
            "birth_year", "Tahun Lahir", Kind.YEAR, "Tahun lahir pemilik; tanggal lahir lengkap juga dikenali.",
            synonyms=("Thn Lahir", "Tanggal Lahir", "Tgl Lahir", "Tahun Lahir Pemilik", "Tanggal Lahir Pemilik"),
            examples=("1990",), minimum=1900, maximum=2100,
        ),
        Column(
            "phone", "No. HP", Kind.PHONE, "Nomor telepon seluler pemilik. Disimpan tersandi.",
            synonyms=("HP", "No HP", "Telepon", "No Telepon", "Telp", "Telp/HP", "No. Telp/HP", "No Telp", "WA", "No WA",
                      "No. WhatsApp", "Nomor HP", "Nomor Telepon", "Kontak", "No. HP/WA", "Handphone", "No Telepon/HP"),
            examples=("081200000001",),
        ),
        Column(
            "name", "Nama Usaha", Kind.NAME, "Nama usaha atau merek. Bila kosong, dipakai “Usaha” dan nama pemilik.",
            synonyms=("Usaha", "Nama Usaha/Brand", "Nama Usaha/Toko", "Nama Usaha/Merk", "Merk Usaha", "Nama Perusahaan", "Nama UMKM", "Nama IKM", "Nama Toko", "Nama Usaha/Merek", "Nama Brand",
                      "Nama Perusahaan/Usaha", "Merek Usaha", "Nama Unit Usaha"),
            examples=("Tenun Ikat Mama Contoh",), length=200,
        ),
        Column(
            "address", "Alamat", Kind.TEXT, "Alamat usaha: jalan, RT/RW, dusun. Disimpan tersandi.",
            synonyms=("Alamat Usaha", "Alamat Lengkap", "Alamat Pemilik", "Jalan", "Alamat Rumah"),
            examples=("RT 01 RW 02 Dusun Contoh",), length=300, personal=True,
        ),
        *PLACE_COLUMNS,
        Column(
            "kbli", "KBLI", Kind.KBLI, "Kode lapangan usaha, 5 angka.",
            synonyms=("Kode KBLI", "KBLI 5 Digit", "Nomor KBLI", "KBLI 2020", "KBLI 2025", "No KBLI", "Kode Lapangan Usaha"), examples=("13122",),
        ),
        Column(
            "main_product", "Produk Utama", Kind.TEXT, "Barang utama yang dihasilkan.",
            synonyms=("Produk", "Produk yang Dihasilkan", "Jenis Usaha", "Jenis Produk", "Bidang Usaha", "Produk Unggulan", "Komoditi", "Komoditas",
                      "Jenis Industri", "Produksi", "Barang Yang Dihasilkan", "Jenis Usaha/Produk", "Hasil Produksi"),
            examples=("Kain tenun ikat",), length=160,
        ),
        Column(
            "start_year", "Tahun Mulai", Kind.YEAR, "Tahun usaha mulai berjalan.",
            synonyms=("Tahun Berdiri", "Thn Berdiri", "Tahun Mulai Usaha", "Mulai Usaha", "Tahun Pendirian", "Berdiri Sejak"),
            examples=("2015",), minimum=1900, maximum=2100,
        ),
        Column(
            "workers_paid", "Tenaga Kerja Dibayar", Kind.INTEGER, "Jumlah tenaga kerja yang dibayar.",
            synonyms=("TK Dibayar", "Tenaga Kerja Tetap", "Pekerja Dibayar", "Jumlah Karyawan", "Karyawan", "Tenaga Kerja / Dibayar",
                      "Jml TK Dibayar"),
            examples=("2",), minimum=0, maximum=100_000,
        ),
        Column(
            "workers_unpaid", "Tenaga Kerja Tidak Dibayar", Kind.INTEGER,
            "Pemilik dan anggota keluarga yang ikut bekerja tanpa upah. Kelas IMK menghitung mereka juga.",
            synonyms=("TK Tidak Dibayar", "Pekerja Keluarga", "Tenaga Kerja Keluarga", "Pekerja Tidak Dibayar",
                      "Tenaga Kerja / Tidak Dibayar"),
            examples=("1",), minimum=0, maximum=100_000,
        ),
        Column(
            "workers_male", "Tenaga Kerja Laki-laki", Kind.INTEGER,
            "Dipakai bila daftar Anda memisahkan tenaga kerja menurut jenis kelamin.",
            synonyms=("TK L", "Jml TK L", "TK Laki-laki", "Tenaga Kerja L", "Jumlah TK Laki-laki", "Tenaga Kerja / L",
                      "Pekerja Laki-laki", "Jml TK / L", "Jumlah Tenaga Kerja / L"),
            minimum=0, maximum=100_000,
        ),
        Column(
            "workers_female", "Tenaga Kerja Perempuan", Kind.INTEGER,
            "Dipakai bila daftar Anda memisahkan tenaga kerja menurut jenis kelamin.",
            synonyms=("TK P", "Jml TK P", "TK Perempuan", "Tenaga Kerja P", "Jumlah TK Perempuan", "Tenaga Kerja / P",
                      "Pekerja Perempuan", "Jml TK / P", "Jumlah Tenaga Kerja / P"),
            minimum=0, maximum=100_000,
        ),
        Column(
            "workers", "Jumlah Tenaga Kerja", Kind.INTEGER,
            "Jumlah seluruhnya, termasuk pemilik, bila daftar Anda tidak memerincinya.",
            synonyms=("Tenaga Kerja", "Jml Tenaga Kerja", "Jumlah TK", "Jml TK", "TK", "Jumlah Pekerja", "Total Tenaga Kerja"),
            minimum=0, maximum=100_000,
        ),
        Column(
            "annual_turnover", "Omzet Setahun (Rp)", Kind.MONEY, "Nilai penjualan setahun dalam rupiah.",
            synonyms=("Omzet", "Omset", "Omzet per Tahun", "Omset per Tahun", "Omzet Tahunan", "Penjualan Setahun",
                      "Hasil Penjualan Tahunan", "Pendapatan per Tahun", "Omzet/Tahun", "Nilai Produksi per Tahun",
                      "Omset Setahun"),
            examples=("48000000",), minimum=0, maximum=10_000_000_000_000, personal=True,
        ),
        Column(
            "monthly_turnover", "Omzet Sebulan (Rp)", Kind.MONEY,
            "Dipakai bila daftar Anda memuat omzet bulanan; dikalikan 12.",
            synonyms=("Omzet per Bulan", "Omset per Bulan", "Omzet Bulanan", "Omset Sebulan", "Omzet/Bulan", "Omset/Bulan",
                      "Pendapatan per Bulan", "Rata-rata Omzet per Bulan"),
            minimum=0, maximum=1_000_000_000_000, personal=True,
        ),
        Column(
            "capital", "Modal Usaha (Rp)", Kind.MONEY, "Modal tanpa tanah dan bangunan tempat usaha, dalam rupiah.",
            synonyms=("Modal", "Modal Awal", "Nilai Investasi", "Investasi", "Jumlah Modal", "Aset", "Modal Usaha",
                      "Nilai Aset"),
            examples=("15000000",), minimum=0, maximum=10_000_000_000_000, personal=True,
        ),
        Column(
            "npwp", "NPWP", Kind.NPWP, "Nomor Pokok Wajib Pajak, 15 atau 16 angka.",
            synonyms=("No NPWP", "Nomor NPWP", "No. NPWP"), personal=True,
        ),
        Column(
            "lat", "Lintang", Kind.COORDINATE, "Lintang tempat usaha, misalnya -10,2274.",
            synonyms=("Latitude", "Lat", "Koordinat Lintang", "Y"), personal=True,
        ),
        Column(
            "lon", "Bujur", Kind.COORDINATE, "Bujur tempat usaha, misalnya 123,3795.",
            synonyms=("Longitude", "Long", "Lon", "Lng", "Koordinat Bujur", "X"), personal=True,
        ),
        Column(
            "status", "Status Usaha", Kind.CHOICE, "Aktif, tidak aktif sementara, atau tutup.", choices=STATUS,
            synonyms=("Status", "Keadaan Usaha", "Kondisi Usaha"), examples=("Aktif",),
        ),
    ),
)  # fmt: skip
