"""The official frame of the demo province: Table 1 and the dates that everything invented hangs on.

Table 1 of the policy brief "Strategi Pemberdayaan Masyarakat Melalui One Product One Village" (Biro Pengadaan Barang
dan Jasa Setda Provinsi NTT) gives the number of micro and small industries (IMK, BPS) and of villages of the 22
kabupaten/kota. The generator reproduces those numbers exactly. Which villages exist is left to the region list that
the caller brings; the codes here are Kemendagri codes.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

#: The day on which the demo province is described: nothing invented is dated after it.
AS_AT: Final = date(2025, 12, 31)
#: Turnover, workers and potential are those of this year.
YEAR: Final = 2025


@dataclass(frozen=True, slots=True)
class Regency:
    """One row of Table 1: Kemendagri code, name without its kind, island group, enterprises (IMK), villages."""

    code: str
    name: str
    kind: str
    area: str
    enterprises: int
    villages: int


REGENCIES: Final[tuple[Regency, ...]] = (
    Regency("53.01", "Kupang", "kabupaten", "timor", 8_702, 177),
    Regency("53.02", "Timor Tengah Selatan", "kabupaten", "timor", 10_455, 278),
    Regency("53.03", "Timor Tengah Utara", "kabupaten", "timor", 10_806, 193),
    Regency("53.04", "Belu", "kabupaten", "timor", 3_957, 81),
    Regency("53.05", "Alor", "kabupaten", "alor", 7_504, 175),
    Regency("53.06", "Flores Timur", "kabupaten", "flores", 16_155, 250),
    Regency("53.07", "Sikka", "kabupaten", "flores", 31_209, 194),
    Regency("53.08", "Ende", "kabupaten", "flores", 8_839, 278),
    Regency("53.09", "Ngada", "kabupaten", "flores", 3_024, 206),
    Regency("53.10", "Manggarai", "kabupaten", "flores", 7_408, 171),
    Regency("53.11", "Sumba Timur", "kabupaten", "sumba", 5_734, 156),
    Regency("53.12", "Sumba Barat", "kabupaten", "sumba", 4_540, 74),
    Regency("53.13", "Lembata", "kabupaten", "flores", 4_356, 151),
    Regency("53.14", "Rote Ndao", "kabupaten", "rote", 1_817, 119),
    Regency("53.15", "Manggarai Barat", "kabupaten", "flores", 3_190, 169),
    Regency("53.16", "Nagekeo", "kabupaten", "flores", 4_205, 113),
    Regency("53.17", "Sumba Tengah", "kabupaten", "sumba", 1_008, 65),
    Regency("53.18", "Sumba Barat Daya", "kabupaten", "sumba", 15_461, 175),
    Regency("53.19", "Manggarai Timur", "kabupaten", "flores", 2_690, 176),
    Regency("53.20", "Sabu Raijua", "kabupaten", "sabu", 1_950, 63),
    Regency("53.21", "Malaka", "kabupaten", "timor", 11_115, 127),
    Regency("53.71", "Kupang", "kota", "timor", 3_877, 51),
)

#: Position of a regency in `REGENCIES` by its code.
REGENCY_INDEX: Final[dict[str, int]] = {regency.code: index for index, regency in enumerate(REGENCIES)}

#: Kota Kupang: the one place that is town throughout.
TOWN_REGENCY: Final = "53.71"


def official_totals() -> dict[str, int]:
    """Enterprises of Table 1 per regency code; the 22 values add up to 168,002."""
    return {regency.code: regency.enterprises for regency in REGENCIES}
