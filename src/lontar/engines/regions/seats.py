"""The capitals of the kabupaten/kota of Nusa Tenggara Timur, each by the kecamatan in which its town lies.

Towns: the laws that made the kabupaten, as Badan Pusat Statistik lists them (NTT Dalam Angka). The kecamatan is ours, by the
name of the town; it is brought into the registry as a dated attribute, where the office corrects it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

SEAT: Final = "ibu_kota"
"""The key of the attribute of a kabupaten/kota whose word is the code of the region in which its capital lies."""
AS_OF: Final = date(2025, 5, 27)
SOURCE: Final = "Undang-undang pembentukan kabupaten, menurut BPS NTT; kecamatan letak ibu kota: perlu konfirmasi"
SEATS: Final[Mapping[str, str]] = {
    "53.01": "53.01.06",  # Oelamasi
    "53.02": "53.02.01",  # SoE
    "53.03": "53.03.05",  # Kefamenanu
    "53.04": "53.04.12",  # Atambua
    "53.05": "53.05.01",  # Kalabahi
    "53.06": "53.06.03",  # Larantuka
    "53.07": "53.07.05",  # Maumere
    "53.08": "53.08.19",  # Ende
    "53.09": "53.09.06",  # Bajawa
    "53.10": "53.10.12",  # Ruteng
    "53.11": "53.11.01",  # Waingapu
    "53.12": "53.12.15",  # Waikabubak
    "53.13": "53.13.05",  # Lewoleba
    "53.14": "53.14.03",  # Ba'a
    "53.15": "53.15.05",  # Labuan Bajo
    "53.16": "53.16.01",  # Mbay
    "53.17": "53.17.01",  # Waibakul
    "53.18": "53.18.09",  # Tambolaka
    "53.19": "53.19.01",  # Borong
    "53.20": "53.20.01",  # Seba
    "53.21": "53.21.01",  # Betun
    "53.71": "53.71.05",  # Kupang
}
