"""Counts (`3 orang`) and measures (`2,5 ha`) as people write them.

A count is whole, so a mark before three digits can only mean thousands; a measure may have decimals with a comma.
Which units a column allows, and what is plausible, is the caller's to say.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from lontar.engines.identifiers.checked import BLANK_WORDS, is_blank, plain
from lontar.engines.money.figures import Convention, Figure, read_figure, read_numeric_cell
from lontar.engines.money.verdicts import CheckedNumber, Note, nothing, sent_back, taken
from lontar.engines.money.words import rate_problem, read_wording

# Words that may follow a number of people.
PEOPLE = frozenset(
    {
        "orang",
        "org",
        "jiwa",
        "pekerja",
        "karyawan",
        "pegawai",
        "tenaga kerja",
        "tk",
        "anggota",
        "orang pekerja",
        "siswa",
        "murid",
        "pelajar",
        "anak",
        "peserta didik",
        "orang siswa",
    }
)

# What a four-byte integer holds; a default, callers give the greatest figure that makes sense in their column.
COUNT_LIMIT = 2_147_483_647
MEASURE_LIMIT = Decimal(10) ** 12

_SMALL_NUMBERS = {
    word: number
    for number, word in enumerate(
        "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split(), start=0
    )
} | {"dua belas": 12, "seorang": 1}

_WITH_UNIT = re.compile(r"(-?\s?[0-9][0-9., ]*?)\s*([a-z²³%][a-z²³0-9/%. ]*)?\.?")


def check_count(
    raw: str, *, was_number: bool = False, units: Collection[str] = PEOPLE, maximum: int = COUNT_LIMIT
) -> CheckedNumber[int]:
    """Read a whole number of people or things; value is an int from 0.

    `units` are the words that may follow, in lower case. Errors: count.text, .unit, .fraction, .negative, .range,
    .bound, .per, .date, .scientific, .too_large. Warning: count.approximate.
    """
    text = plain(raw).lower()
    if is_blank(text, words=BLANK_WORDS):
        return nothing(raw)
    cell = read_numeric_cell(text) if was_number else None
    if cell is not None:
        return _finish_count(raw, cell, note=None, maximum=maximum)
    wording = read_wording(text, key="count")
    problem = wording.problem or rate_problem(text, key="count")
    if problem is not None:
        return sent_back(raw, problem)
    figure = _split_unit(wording.text, units=units, key="count")
    if isinstance(figure, Note):
        return sent_back(raw, figure)
    return _finish_count(raw, figure.value, note=wording.note, maximum=maximum)


def _split_unit(text: str, *, units: Collection[str], key: str) -> Figure | Note:
    """Read a figure and the unit after it; a Note says why it cannot be read."""
    if text.rstrip(".") in _SMALL_NUMBERS:
        return Figure(Decimal(_SMALL_NUMBERS[text.rstrip(".")]))
    head, _, tail = text.rpartition(" ")
    if head in _SMALL_NUMBERS and tail.rstrip(".") in units:
        return Figure(Decimal(_SMALL_NUMBERS[head]))
    found = _WITH_UNIT.fullmatch(text)
    if found is None:
        return Note(f"{key}.text", "Isian ini tidak terbaca sebagai satu angka. Tulis angkanya saja, misalnya 3.")
    if found.group(1).startswith("-"):
        return Note(f"{key}.negative", "Nilai negatif tidak dapat diterima. Isi 0 bila tidak ada.")
    unit = (found.group(2) or "").strip(" .")
    if unit and unit not in units:
        return Note(f"{key}.unit", "Satuan di belakang angka tidak sesuai dengan kolom ini. Tulis angkanya saja.")
    figure = read_figure(found.group(1).strip())
    if figure is None:
        return Note(f"{key}.text", "Letak titik atau koma pada angka ini tidak wajar. Tulis angkanya tanpa titik.")
    return figure


def _finish_count(raw: str, value: Decimal, *, note: Note | None, maximum: int) -> CheckedNumber[int]:
    if value < 0:
        return sent_back(raw, Note("count.negative", "Jumlah tidak boleh negatif. Isi 0 bila tidak ada."))
    if value != value.to_integral_value():
        return sent_back(raw, Note("count.fraction", "Jumlah harus bilangan bulat. Isi tanpa koma."))
    if value > maximum:
        return sent_back(
            raw,
            Note(
                "count.too_large",
                "Jumlah ini terlalu besar untuk kolom ini. Bila Anda mengetik rentang seperti 2-3, Excel mengubahnya "
                "menjadi tanggal; isi satu angka.",
            ),
        )
    return taken(raw, int(value), note)


def check_decimal(
    raw: str,
    *,
    was_number: bool = False,
    units: Collection[str] = (),
    convention: Convention = Convention.UNKNOWN,
    maximum: Decimal = MEASURE_LIMIT,
) -> CheckedNumber[Decimal]:
    """Read a measure such as an area or a quantity; value is a Decimal from 0, with the places that were written.

    Without a known convention `1.250` is read as 1250 and `1,250` as 1.25, both flagged decimal.ambiguous. Other rules
    as in `check_count`, under `decimal.`.
    """
    text = plain(raw).lower()
    if is_blank(text, words=BLANK_WORDS):
        return nothing(raw)
    cell = read_numeric_cell(text) if was_number else None
    if cell is not None:
        return _finish_decimal(raw, cell, note=None, maximum=maximum)
    wording = read_wording(text, key="decimal")
    if wording.problem is not None:
        return sent_back(raw, wording.problem)
    figure = _split_unit(wording.text, units=units, key="decimal")
    if isinstance(figure, Note):
        return sent_back(raw, figure)
    value, note = figure.decide(convention), wording.note
    if value is None:
        value = figure.decide(Convention.INDONESIAN) or figure.value
        note = Note(
            "decimal.ambiguous",
            "Tanda pada angka ini dapat berarti ribuan atau desimal; dibaca menurut kebiasaan Indonesia. "
            "Mohon diperiksa.",
        )
    return _finish_decimal(raw, value, note=note, maximum=maximum)


def _finish_decimal(raw: str, value: Decimal, *, note: Note | None, maximum: Decimal) -> CheckedNumber[Decimal]:
    if value < 0:
        return sent_back(raw, Note("decimal.negative", "Nilai negatif tidak dapat diterima. Isi 0 bila tidak ada."))
    if value > maximum:
        return sent_back(raw, Note("decimal.too_large", "Nilai ini terlalu besar untuk kolom ini. Periksa angkanya."))
    return taken(raw, value, note)
