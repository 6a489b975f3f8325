"""What the columns of the open tables mean: type, meaning and unit, by name; a table may have a meaning of its own."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

TEXT, WHOLE, NUMBER, YES, DAY = "text", "integer", "number", "boolean", "date"

_MEANINGS: dict[str, tuple[str, str, str]] = {
    "code": (TEXT, gettext_noop("Kode wilayah Kemendagri, bertitik; kunci untuk menggabungkan tabel."), ""),
    "name": (TEXT, gettext_noop("Nama."), ""),
    "id": (WHOLE, gettext_noop("Nomor catatan di registri; tetap selama catatan ada."), ""),
    "villages": (WHOLE, gettext_noop("Desa dan kelurahan yang berlaku."), gettext_noop("desa/kelurahan")),
    "enterprises_official": (
        WHOLE,
        gettext_noop("Usaha menurut angka resmi; kosong bila tidak ada."),
        gettext_noop("usaha"),
    ),
    "enterprises_registered": (WHOLE, gettext_noop("Usaha terdaftar yang tidak tutup."), gettext_noop("usaha")),
    "enterprises_verified": (WHOLE, gettext_noop("Di antaranya yang terverifikasi."), gettext_noop("usaha")),
    "registered": (WHOLE, gettext_noop("Usaha terdaftar yang tidak tutup."), gettext_noop("usaha")),
    "verified": (WHOLE, gettext_noop("Di antaranya yang terverifikasi."), gettext_noop("usaha")),
    "commodities": (WHOLE, gettext_noop("Macam komoditas yang pernah dicatat."), gettext_noop("komoditas")),
    "products": (WHOLE, gettext_noop("Produk yang tercatat."), gettext_noop("produk")),
    "kind": (TEXT, gettext_noop("Jenis: desa, kelurahan, atau desa_adat."), ""),
    "level": (TEXT, gettext_noop("Tingkat: province, regency, district, atau village."), ""),
    "parent_code": (TEXT, gettext_noop("Kode wilayah satu tingkat di atasnya."), ""),
    "bps_code": (TEXT, gettext_noop("Kode wilayah BPS (Badan Pusat Statistik); kosong bila belum dikenal."), ""),
    "district_code": (TEXT, gettext_noop("Kode kecamatan."), ""),
    "district": (TEXT, gettext_noop("Nama kecamatan."), ""),
    "district_name": (TEXT, gettext_noop("Nama kecamatan."), ""),
    "regency": (TEXT, gettext_noop("Nama kabupaten/kota."), ""),
    "regency_code": (TEXT, gettext_noop("Kode kabupaten/kota."), ""),
    "regency_name": (TEXT, gettext_noop("Nama kabupaten/kota."), ""),
    "village_code": (TEXT, gettext_noop("Kode desa/kelurahan Kemendagri, bertitik."), ""),
    "village_name": (TEXT, gettext_noop("Nama desa/kelurahan."), ""),
    "lat": (NUMBER, gettext_noop("Lintang titik desa, WGS 84."), gettext_noop("derajat")),
    "lon": (NUMBER, gettext_noop("Bujur titik desa, WGS 84."), gettext_noop("derajat")),
    "point_quality": (TEXT, gettext_noop("Mutu titik: exact (titik desa), approximate (pusat kecamatan), none."), ""),
    "valid_from": (DAY, gettext_noop("Berlaku mulai hari ini; kosong bila tidak dicatat."), ""),
    "valid_until": (DAY, gettext_noop("Tidak berlaku lagi mulai hari ini; kosong selama berlaku."), ""),
    "source": (TEXT, gettext_noop("Sumber catatan."), ""),
    "<lapis>": (NUMBER, gettext_noop("Nilai lapisan; nama kolom adalah kunci lapisan pada alamat."), ""),
    "rank": (WHOLE, gettext_noop("Peringkat di seluruh provinsi, 1 yang tertinggi."), ""),
    "main_product": (TEXT, gettext_noop("Produk utama sebagaimana ditulis instansi."), ""),
    "kbli": (TEXT, gettext_noop("Klasifikasi Baku Lapangan Usaha Indonesia (KBLI), lima angka."), ""),
    "kbli_version": (WHOLE, gettext_noop("Versi KBLI: 2020 atau 2025."), ""),
    "imk_class": (
        TEXT,
        gettext_noop("Kelas IMK menurut BPS dari jumlah tenaga kerja: mikro, kecil, sedang, besar."),
        "",
    ),
    "commodity": (TEXT, gettext_noop("Kode komoditas pada katalog."), ""),
    "is_verified": (YES, gettext_noop("Sudah diperiksa petugas."), ""),
    "category": (TEXT, gettext_noop("Kelompok produk."), ""),
    "stage": (TEXT, gettext_noop("Tahap: raw (mentah), processed (olahan), packaged (kemasan)."), ""),
    "capacity_month": (NUMBER, gettext_noop("Kapasitas sebulan, dalam satuan pada kolom unit."), ""),
    "unit": (TEXT, gettext_noop("Satuan."), ""),
    "price": (NUMBER, gettext_noop("Harga per satuan."), gettext_noop("rupiah")),
    "gtin": (TEXT, gettext_noop("Nomor barang (GTIN) pada kemasan."), ""),
    "enterprise_id": (WHOLE, gettext_noop("Nomor usaha pada tabel usaha."), ""),
    "organization_id": (WHOLE, gettext_noop("Nomor organisasi pada tabel organisasi."), ""),
    "school_id": (WHOLE, gettext_noop("Nomor sekolah di registri."), ""),
    "product_id": (WHOLE, gettext_noop("Nomor produk pada tabel produk."), ""),
    "number": (TEXT, gettext_noop("Nomor izin; NIB tidak dikirim."), ""),
    "is_format_ok": (YES, gettext_noop("Bentuk nomornya benar; belum berarti sudah diperiksa."), ""),
    "issued_date": (DAY, gettext_noop("Tanggal terbit."), ""),
    "expires_date": (DAY, gettext_noop("Hari terakhir berlaku; kosong bila tanpa batas waktu."), ""),
    "state": (
        TEXT,
        gettext_noop("Masa berlaku hari ini: in_force (berlaku), expired (habis), endless (tanpa batas), unknown."),
        "",
    ),
    "year": (WHOLE, gettext_noop("Tahun data."), ""),
    "area_ha": (NUMBER, gettext_noop("Luas."), gettext_noop("hektare")),
    "production": (NUMBER, gettext_noop("Produksi setahun, dalam satuan pada kolom unit."), ""),
    "harvest_months": (TEXT, gettext_noop("Bulan panen, angka 1–12 dipisahkan spasi."), ""),
    "sold_raw_share": (NUMBER, gettext_noop("Bagian yang dijual mentah."), "%"),
    "community_kind": (TEXT, gettext_noop("Jenis komunitas; kosong untuk yang bukan komunitas."), ""),
    "members": (WHOLE, gettext_noop("Anggota."), gettext_noop("orang")),
    "founded_year": (WHOLE, gettext_noop("Tahun berdiri."), ""),
    "npsn": (TEXT, gettext_noop("Nomor Pokok Sekolah Nasional (NPSN)."), ""),
    "pupils": (WHOLE, gettext_noop("Peserta didik."), gettext_noop("orang")),
    "name_en": (TEXT, gettext_noop("Nama Inggris."), ""),
    "sector": (TEXT, gettext_noop("Sektor asal komoditas."), ""),
    "hs": (TEXT, gettext_noop("Kode HS."), ""),
}
_OWN: dict[tuple[str, str], tuple[str, str, str]] = {
    ("wilayah", "kind"): (
        TEXT,
        gettext_noop("Jenis: provinsi, kabupaten, kota, kecamatan, desa, kelurahan, desa_adat."),
        "",
    ),
    ("komoditas", "code"): (TEXT, gettext_noop("Kode komoditas."), ""),
    ("izin", "kind"): (TEXT, gettext_noop("Jenis izin: nib, pirt, md, tr, halal, merek, ig, sni, other."), ""),
    ("organisasi", "kind"): (TEXT, gettext_noop("Jenis: group, cooperative, bumdes, community."), ""),
    ("sekolah", "kind"): (TEXT, gettext_noop("Jenjang."), ""),
}


def meaning(table: str, column: str) -> tuple[str, str, str]:
    """Type, meaning and unit of a column in the language of the page; KeyError for one that nobody explained."""
    kind, text, unit = _OWN.get((table, column)) or _MEANINGS[column]
    return kind, _(text), _(unit) if unit else ""
