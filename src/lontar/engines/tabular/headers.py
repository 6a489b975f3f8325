"""The normal form by which header texts are compared.

Knows the abbreviations of Indonesian forms. What a header means is suggested by `mapping` and decided by a person.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from lontar.engines.measures import HEADER_UNITS, SCALES, plain_scales

_SEX = r"\b(?:l\s*/\s*p\b|p\s*/\s*l\b|lk\s*/\s*pr\b|jk\b|j\s*\.\s*k\b\.?|jns\.?\s*kel(?:amin)?\b\.?|jenis\s+kel\b\.?)"
_PHRASES = (
    (re.compile(_SEX), " jenis kelamin "),
    (re.compile(r"\bno\s*\.?\s*(?=(?:urut|urt)\b)"), "nomor "),
    (re.compile(r"\be\s*-\s*mail\b"), "email"),
    (re.compile(r"\bp\s*-?\s*irt\b"), "pirt"),
)

# What a form says about how to fill a column in, not what the column is: "NIK (16 digit)", "Nama Pemilik (sesuai KTP)".
_EXPLAINED = re.compile(
    r"\(\s*(?:sesuai|seperti|jika|bila|kalau|apabila|contoh|misal(?:nya)?|mis\.|diisi|isi(?:kan)?\b|isilah|wajib|opsional|pilih|"
    r"harus|tanpa|maks|min|format|lengkap|aktif|yang aktif|wa aktif|terdaftar|dd|hh|tgl[/-]|tanggal[/-]|yyyy|"
    r"[0-9/ -]{1,8}(?:digit|angka|huruf|karakter))[^()]*\)"
)

_WORDS = {
    "no": "nomor", "nmr": "nomor", "nomer": "nomor", "num": "nomor",
    "nm": "nama", "almt": "alamat", "alm": "alamat",
    "tlp": "telepon", "telp": "telepon", "tlpn": "telepon", "telpon": "telepon", "tel": "telepon", "phone": "telepon",
    "hp": "telepon", "wa": "telepon", "whatsapp": "telepon", "handphone": "telepon", "ponsel": "telepon",
    "prov": "provinsi", "propinsi": "provinsi", "prop": "provinsi",
    "kab": "kabupaten", "kota": "kota", "kec": "kecamatan", "ds": "desa", "kel": "kelurahan", "lurah": "kelurahan",
    "jml": "jumlah", "jmlh": "jumlah", "jlh": "jumlah", "jum": "jumlah",
    "tk": "tenaga kerja", "naker": "tenaga kerja", "krywn": "karyawan",
    "thn": "tahun", "th": "tahun", "tgl": "tanggal", "tggl": "tanggal", "bln": "bulan", "jns": "jenis",
    "omset": "omzet", "ket": "keterangan", "ush": "usaha", "prsh": "perusahaan",
    "prod": "produksi", "kap": "kapasitas", "hrg": "harga", "sat": "satuan", "klp": "kelompok", "kop": "koperasi",
    "latitude": "lintang", "lat": "lintang", "longitude": "bujur", "long": "bujur", "lon": "bujur", "lng": "bujur",
}  # fmt: skip
_UNITS = frozenset({"rp", "rupiah", "idr", "org", "orang", *HEADER_UNITS, *SCALES})


@lru_cache(maxsize=8192)
def normalise_header(text: str) -> str:
    """Return the normal form by which two header texts are compared.

    Lower case without accents, punctuation, units and repeated words; abbreviations written out: "No. Telp/HP" and
    "Nomor WA" both give "nomor telepon"; "Jml TK (org)" gives "jumlah tenaga kerja", "N.I.K" "nik". Empty when nothing is left.
    """
    normal = _written_out(text)
    while (again := _written_out(normal)) != normal:  # what stood between two parts of an abbreviation is gone now
        normal = again
    return normal


def _written_out(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = plain_scales("".join(letter for letter in plain if not unicodedata.combining(letter)))
    plain = _EXPLAINED.sub(" ", plain)
    for pattern, written in _PHRASES:
        plain = pattern.sub(written, plain)
    plain = re.sub(r"[^0-9a-z]+", " ", plain)
    plain = re.sub(r"\b(?:[a-z] ){2,}[a-z]\b", lambda spaced: spaced[0].replace(" ", ""), plain)
    words = [word for short in plain.split() for word in _WORDS.get(short, short).split()]
    kept = [word for word in words if word not in _UNITS] or words
    return " ".join(word for at, word in enumerate(kept) if at == 0 or word != kept[at - 1])
