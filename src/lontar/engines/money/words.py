"""What surrounds a figure in a cell: approximations, bounds, ranges, rates, dates; the same for every kind of figure.

A cell that says "about" is taken with a warning; one that says "between", "at least" or "per month" is sent back,
because the column asks for one figure. Currency and multipliers are left to `amounts`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lontar.engines.money.verdicts import Note

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ t][0-9:.]+)?")
_SCIENTIFIC = re.compile(r"-?[0-9](?:[.,][0-9]+)?e\+?[0-9]{1,3}")
_REMARK = re.compile(r"\s*\([^()0-9]*\)")
_APPROXIMATE = re.compile(
    r"^(?:±|~|\+/-|\+-|sekitar|kurang lebih|kira-kira|kira kira|rata-rata|rata rata|kisaran|hampir|ca\.?(?=\s))\s*"
)
_BOUND = re.compile(
    r"^(?:[<>≤≥]=?|lebih dari|kurang dari|di ?atas|di ?bawah|minimal|maksimal|min\.?(?=\s)|maks?\.?(?=\s)|paling)\s*"
)
_RANGE = re.compile(
    r"[0-9].*(?:(?<=[0-9a-z])\s?[-–—]\s?(?=(?:rp\.?\s?)?[0-9])|\bs\.?/?d\b|\bsampai\b|\bhingga\b).*[0-9]"
)
_RATE = re.compile(r"/\s?(?=[a-z])|\bper\s(?=[a-z])|\bper(?=bulan|bln|hari|minggu|tahun|thn|kg|unit|orang)")


@dataclass(frozen=True, slots=True)
class Wording:
    """A cell's text without the words about it: `problem` when it must go back, `note` when it is only about right."""

    text: str
    problem: Note | None = None
    note: Note | None = None


def read_wording(text: str, *, key: str) -> Wording:
    """Separate a lower-case text from the words about its figure; rules are named `key.…`."""
    text = _REMARK.sub("", text)
    problem = _problem(text, key=key)
    if problem is not None:
        return Wording(text, problem=problem)
    shorter = _APPROXIMATE.sub("", text)
    if shorter != text:
        return Wording(
            shorter,
            note=Note(f"{key}.approximate", "Nilai ini perkiraan. Bila ada catatan yang pasti, isi yang pasti."),
        )
    return Wording(text)


def _problem(text: str, *, key: str) -> Note | None:
    if _DATE.fullmatch(text):
        return Note(
            f"{key}.date",
            "Excel mengubah isian sel ini menjadi tanggal. Ubah format kolom menjadi Teks (Text), lalu ketik ulang.",
        )
    if _SCIENTIFIC.fullmatch(text):
        return Note(
            f"{key}.scientific",
            "Nilai tertulis dalam bentuk ilmiah sehingga sebagian angkanya hilang. Tulis lengkap tanpa huruf E.",
        )
    if _BOUND.match(text):
        return Note(f"{key}.bound", "Sel ini hanya menyebut batas (lebih dari, kurang dari). Isi satu angka.")
    if _RANGE.search(text):
        return Note(f"{key}.range", "Sel ini berisi rentang. Isi satu angka, yaitu nilai yang sebenarnya.")
    return None


def rate_problem(text: str, *, key: str) -> Note | None:
    """Return what is wrong with a figure that is said to be per month, per day, per kilogram."""
    if not _RATE.search(text):
        return None
    return Note(
        f"{key}.per",
        "Hapus keterangan “per …” dan isi angkanya saja; satuan dan jangka waktunya menurut judul kolom.",
    )
