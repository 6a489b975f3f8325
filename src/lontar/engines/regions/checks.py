"""Whether a set of regions is whole: the counts that Nusa Tenggara Timur must have, and faults inside the set.

The expected counts are data with a source, given to ``check_counts`` by the caller; a new decree is a new
``ExpectedCounts``. Reading files is left to ``tables`` and ``packages``.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from lontar.engines.regions.codes import NTT_ENVELOPE, Envelope, Level, RegionRow, is_within


@dataclass(frozen=True, slots=True)
class ExpectedCounts:
    """How many regions a province has, and how many desa and kelurahan each regency; ``source`` says who says so."""

    province: str
    regencies: int
    districts: int
    villages: int
    villages_per_regency: Mapping[str, int]
    source: str
    envelope: Envelope = NTT_ENVELOPE


# Table 1 of the policy brief of Biro Pengadaan Barang dan Jasa Setda Provinsi NTT, after BPS (Keputusan Kepala BPS
# 649/2023); every row equals the Kemendagri list (Kepmendagri 300.2.2-2430/2025): 3,137 desa and 305 kelurahan.
NTT_COUNTS: Final = ExpectedCounts(
    province="53",
    regencies=22,
    districts=315,
    villages=3442,
    villages_per_regency=MappingProxyType(
        {
            "53.01": 177,  # Kupang
            "53.02": 278,  # Timor Tengah Selatan
            "53.03": 193,  # Timor Tengah Utara
            "53.04": 81,  # Belu
            "53.05": 175,  # Alor
            "53.06": 250,  # Flores Timur
            "53.07": 194,  # Sikka
            "53.08": 278,  # Ende
            "53.09": 206,  # Ngada
            "53.10": 171,  # Manggarai
            "53.11": 156,  # Sumba Timur
            "53.12": 74,  # Sumba Barat
            "53.13": 151,  # Lembata
            "53.14": 119,  # Rote Ndao
            "53.15": 169,  # Manggarai Barat
            "53.16": 113,  # Nagekeo
            "53.17": 65,  # Sumba Tengah
            "53.18": 175,  # Sumba Barat Daya
            "53.19": 176,  # Manggarai Timur
            "53.20": 63,  # Sabu Raijua
            "53.21": 127,  # Malaka
            "53.71": 51,  # Kota Kupang
        }
    ),
    source="Tabel 1 (BPS, Keputusan Kepala BPS 649/2023); Kepmendagri 300.2.2-2430/2025",
)


def check_counts(rows: Sequence[RegionRow], expected: ExpectedCounts) -> list[str]:
    """Every fault of the set as an Indonesian sentence; an empty list means that the set may be taken."""
    return [
        *_count_faults(rows, expected),
        *_repeat_faults(rows),
        *_orphan_faults(rows),
        *_foreign_faults(rows, expected.province),
        *_point_faults(rows, expected.envelope),
    ]


def _count_faults(rows: Sequence[RegionRow], expected: ExpectedCounts) -> Iterator[str]:
    found = Counter(row.level for row in rows)
    wanted: tuple[tuple[Level, str, int], ...] = (
        ("province", "provinsi", 1),
        ("regency", "kabupaten/kota", expected.regencies),
        ("district", "kecamatan", expected.districts),
        ("village", "desa/kelurahan", expected.villages),
    )
    for level, words, count in wanted:
        if found[level] != count:
            yield (
                f"Jumlah {words} {found[level]}, seharusnya {count} (sumber: {expected.source}). "
                "Gunakan daftar wilayah yang lengkap."
            )
    names = {row.code: row.name for row in rows if row.level == "regency"}
    per_regency = Counter(row.code[:5] for row in rows if row.level == "village")
    for code in sorted(set(expected.villages_per_regency) | set(per_regency)):
        want = expected.villages_per_regency.get(code, 0)
        if per_regency[code] != want:
            yield (
                f"{names.get(code, 'Kabupaten/kota')} ({code}) memuat {per_regency[code]} desa/kelurahan, "
                f"seharusnya {want} (sumber: {expected.source})."
            )


def _repeat_faults(rows: Iterable[RegionRow]) -> Iterator[str]:
    members = list(rows)
    for code, count in sorted(Counter(row.code for row in members).items()):
        if count > 1:
            yield f"Kode {code} muncul {count} kali. Sisakan satu baris untuk setiap kode."
    holders: dict[tuple[str, str], list[str]] = {}
    for row in members:
        if row.bps_code:
            holders.setdefault((row.level, row.bps_code), []).append(row.code)
    for (_, bps), codes in sorted(holders.items()):
        if len(set(codes)) > 1:
            users = ", ".join(sorted(set(codes)))
            yield f"Kode BPS {bps} dipakai oleh {users}. Satu kode BPS hanya untuk satu wilayah."


def _orphan_faults(rows: Iterable[RegionRow]) -> Iterator[str]:
    members = list(rows)
    known = {row.code for row in members}
    for row in members:
        if row.parent_code is not None and row.parent_code not in known:
            yield f"{row.code} ({row.name}) tidak punya induk: tambahkan wilayah {row.parent_code}."


def _foreign_faults(rows: Iterable[RegionRow], province: str) -> Iterator[str]:
    for row in rows:
        if not is_within(row.code, province):
            yield f"{row.code} ({row.name}) bukan wilayah provinsi {province}. Hapus baris itu."


def _point_faults(rows: Iterable[RegionRow], envelope: Envelope) -> Iterator[str]:
    for row in rows:
        if row.lat is None or row.lon is None:
            continue
        if envelope.holds(row.lat, row.lon):
            continue
        if envelope.holds(row.lon, row.lat):
            yield f"{row.code} ({row.name}): lintang dan bujur tertukar ({row.lat}, {row.lon}). Tukar kedua kolom itu."
        else:
            yield f"{row.code} ({row.name}): titik {row.lat}, {row.lon} berada di luar provinsi. Periksa koordinatnya."
