"""The criteria sets that come with the system, as they are recorded in the database on first use.

Bank Indonesia names criteria and goals and asks for weights from local experts; no fixed weights exist, so all weigh the same
until a panel has spoken. Which criterion serves which goal, the limits of the gates and the whole set of region science are
proposals and marked so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from lontar.selection.rules.gates import LAWFUL, MATERIAL, PRODUCERS

START: Final = date(2025, 5, 27)
JOBS, GROWTH, RIVALRY = "Penciptaan lapangan kerja", "Pertumbuhan ekonomi daerah", "Daya saing produk"
NOW, CHANCE, READY, PEOPLE = "Kekuatan sekarang", "Peluang", "Kesiapan", "Kekhasan dan orang"
#: Goals are kept in Indonesian with the criteria; these are the shipped ones in words that a catalogue translates.
GOALS: Final = {
    JOBS: _("Penciptaan lapangan kerja"), GROWTH: _("Pertumbuhan ekonomi daerah"), RIVALRY: _("Daya saing produk"),
    NOW: _("Kekuatan sekarang"), CHANCE: _("Peluang"), READY: _("Kesiapan"), PEOPLE: _("Kekhasan dan orang"),
}  # fmt: skip
_PROTOCOL = "usulan program: protokol pemilihan unggulan desa"
GATES: Final = (
    (LAWFUL, None, _PROTOCOL),
    (MATERIAL, Decimal(8), _PROTOCOL),
    (PRODUCERS, Decimal(3), _PROTOCOL),
)


@dataclass(frozen=True, slots=True)
class Shipped:
    """A set: criteria as (measure, goal); weights are equal; `source` is the text it rests on."""

    key: str
    name: str
    name_en: str
    purpose: str
    source: str
    criteria: tuple[tuple[str, str], ...]
    is_proposal: bool
    gates: tuple[tuple[str, Decimal | None, str], ...] = GATES


SETS: Final = (
    Shipped(
        "wilayah", "Ukuran wilayah", "Regional measures",
        "Ukuran yang dapat dihitung dari data induk: kekhasan, pertumbuhan, kedekatan, musim, izin, dan siapa yang bekerja.",
        "Isard (1960); Dunn (1960); Klassen; Nazara (2005); Hidalgo dkk. (2007); Hayami dkk. (1987); usulan program",
        (
            ("producers", NOW), ("lq", NOW), ("turnover", NOW),
            ("production", NOW), ("dlq", CHANCE), ("shift", CHANCE), ("klassen", CHANCE),
            ("rca", CHANCE), ("density", CHANCE), ("value_added", CHANCE), ("months", READY),
            ("permit_days", READY), ("buyers", READY), ("reach", READY), ("uniqueness", PEOPLE),
            ("women", PEOPLE), ("youth", PEOPLE),
        ),
        is_proposal=True,
    ),
    Shipped(
        "kpju", "KPJu Bank Indonesia", "Bank Indonesia KPJu",
        "Tiga tujuan dan sebelas kriteria Bank Indonesia untuk komoditas, produk, dan jenis usaha unggulan.",
        "Bank Indonesia, KPJu Unggulan UMKM; pembagian kriteria pada tujuan: usulan program",
        (
            ("skills", JOBS), ("workers", JOBS), ("uniqueness", JOBS), ("production", GROWTH), ("capital", GROWTH),
            ("means", GROWTH), ("turnover", GROWTH), ("technology", RIVALRY), ("management", RIVALRY), ("reach", RIVALRY),
            ("price", RIVALRY),
        ),
        is_proposal=False,
    ),
    Shipped(
        "kpju-saringan", "Saringan KPJu Bank Indonesia", "Bank Indonesia KPJu screening",
        "Empat kriteria saringan tingkat kecamatan: jumlah usaha, jangkauan pasar, bahan baku, sumbangan ekonomi.",
        "Bank Indonesia, KPJu Unggulan UMKM",
        (("producers", ""), ("reach", ""), ("production", ""), ("turnover", "")),
        is_proposal=False,
    ),
    Shipped(
        "pasar", "Akses pasar", "Market access",
        "Seberapa dekat dan siap suatu produk dijual: jarak ke pasar, saluran tetap, izin, jangkauan, dan harga.",
        "usulan program; laporan bulanan yang diterima; titik dan sarana desa",
        (
            ("market_km", CHANCE), ("regular_buyers", NOW), ("reach", NOW), ("price", NOW), ("buyers", READY),
            ("permit_days", READY),
        ),
        is_proposal=True,
    ),
)  # fmt: skip


def goal_words(goal: str) -> str:
    """A goal in the reader's language; one that people wrote themselves stays as it is."""
    return str(GOALS.get(goal, goal))
