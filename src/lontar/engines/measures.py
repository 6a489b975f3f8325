"""Units of measure as people write them: behind a figure, in a column of their own, or in a header such as "Produksi (kg)".

Gives each unit one spelling, areas in hectares, and the multiplier that a header of amounts announces ("juta Rp").
Reading the figures themselves is left to `money`, comparing headers to `tabular`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

_SPELLINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "ton": ("ton", "t", "tn"),
    "kuintal": ("kuintal", "kwintal", "kw", "kwt", "ku"),
    "kg": ("kg", "kgs", "kilogram", "kilo"),
    "gram": ("gram", "gr", "g"),
    "liter": ("liter", "ltr", "lt", "l"),
    "ml": ("ml", "mililiter"),
    "ekor": ("ekor", "ekr", "ek"),
    "lembar": ("lembar", "lbr", "lb", "helai"),
    "buah": ("buah", "bh", "unit", "pcs", "biji"),
    "butir": ("butir", "btr"),
    "batang": ("batang", "btg"),
    "pohon": ("pohon", "phn"),
    "ikat": ("ikat",),
    "sisir": ("sisir",),
    "tandan": ("tandan",),
    "potong": ("potong", "ptg"),
    "pasang": ("pasang", "psg"),
    "bungkus": ("bungkus", "bks", "bgks", "pak", "pack", "pax"),
    "botol": ("botol", "btl"),
    "toples": ("toples",),
    "kotak": ("kotak", "ktk", "dus", "dos", "box"),
    "karung": ("karung", "krg", "sak"),
    "jerigen": ("jerigen", "jeriken", "jrg"),
    "rumpun": ("rumpun",),
    "m3": ("m3", "kubik", "meter kubik"),
    "ha": ("ha", "hektar", "hektare", "hekter"),
    "are": ("are",),
    "m2": ("m2", "meter persegi", "m persegi"),
    "km2": ("km2", "kilometer persegi"),
    "%": ("%", "persen", "prosen"),
}
UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {written: unit for unit, words in _SPELLINGS.items() for written in words}
)
"""Every known spelling, in lower case, with the unit it means."""

HECTARES: Final[Mapping[str, Decimal]] = MappingProxyType(
    {"ha": Decimal(1), "are": Decimal("0.01"), "m2": Decimal("0.0001"), "km2": Decimal(100)}
)
"""Units of area in hectares (1 are = 100 m²)."""

# Units that only measure. Words for things ("buah", "ekor", "botol") may name what a column is about, so a header keeps them.
HEADER_UNITS: Final = frozenset(
    written for unit in ("ton", "kuintal", "kg", "gram", "liter", *HECTARES) for written in _SPELLINGS[unit]
    if len(written) > 1 and written not in {"tn", "ku", "gr", "lt", "are"}
)  # fmt: skip

SCALES: Final[Mapping[str, int]] = MappingProxyType(
    {
        **dict.fromkeys(("000", "ribu", "ribuan", "rb"), 1_000),
        **dict.fromkeys(("juta", "jutaan", "jt"), 1_000_000),
        **dict.fromkeys(("miliar", "milyar", "miliaran", "milyaran"), 1_000_000_000),
    }
)
"""Words and signs by which a header announces that its amounts are thousands, millions, milliards of rupiah."""

_MILLIONS = re.compile(
    r"(?<![0-9.,])(?:x\s*)?(?:rp\.?\s*)?(?:1[.,]?000[.,]?000|[.,]?000[.,]000)(?:\s*[.,]\s*-)?(?![0-9])"
)
_THOUSANDS = re.compile(r"(?<![0-9.,])(?:x\s*)?(?:rp\.?\s*)?(?:1[.,]?000|[.,]?000)(?:\s*[.,]\s*-)?(?![0-9])")
_LIMIT = re.compile(r"[0-9]\s*(?:juta|jt|ribu|rb|miliar|milyar)\b|[<>≤≥]")
_IN = re.compile(
    r"\bdalam\s+(?=(?:rp|rupiah|juta|jt|ribu|rb|mil[iy]ar|ton|kg|kwt?|kuintal|ha|hektar|m2|liter|satuan)\w*)"
)


@dataclass(frozen=True, slots=True)
class HeaderMeasure:
    """What a header says of its figures: `units` in one spelling, `scale` of amounts (1 when it announces none)."""

    units: tuple[str, ...] = ()
    scale: int = 1


def unit_of(text: str) -> str | None:
    """The one spelling of a written unit: "Kwintal" and "kw." give "kuintal"; None for a word that is no known unit."""
    return UNITS.get(_plain(text).strip(" ."))


def plain_scales(header: str) -> str:
    """A header in lower case whose signs for thousands and millions became one word each, for comparing headers."""
    text = _IN.sub(" ", _plain(header))
    return _THOUSANDS.sub(" ribuan ", _MILLIONS.sub(" jutaan ", text))


def header_measure(header: str) -> HeaderMeasure:
    """The units and the multiplier that a header announces: "Produksi (Kg)", "Omzet (juta Rp)", "Nilai (Rp 000)".

    A limit such as "di bawah 300 juta" is no multiplier; two different ones cancel each other.
    """
    text = plain_scales(header)
    words = re.findall(r"[a-z]+[0-9]?|[0-9]+", text)
    units = dict.fromkeys(UNITS[word] for word in words if word in HEADER_UNITS)
    scales = {SCALES[word] for word in words if word in SCALES}
    scale = scales.pop() if len(scales) == 1 and not _LIMIT.search(_plain(header)) else 1
    return HeaderMeasure(tuple(units), scale)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(letter for letter in folded if not unicodedata.combining(letter)).split())
