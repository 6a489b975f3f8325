"""Amounts of rupiah as people write them: `Rp 1.250.000,-`, `1,5 juta`, `2 jt`, `500rb`, `1250000.00`.

Where a mark can mean thousands or decimals and the column does not tell, the Indonesian reading is taken and flagged.
Whether an amount is plausible for an enterprise is left to the registry's own checks.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from lontar.engines.identifiers.checked import BLANK_WORDS, is_blank, plain
from lontar.engines.money.figures import Convention, Figure, read_figure, read_numeric_cell
from lontar.engines.money.verdicts import CheckedNumber, Note, nothing, sent_back, taken
from lontar.engines.money.words import rate_problem, read_wording

# Beyond any amount of the province; a longer number is a slip of the finger. A default, callers may narrow it.
AMOUNT_LIMIT = Decimal(10) ** 15

MULTIPLIERS = MappingProxyType(
    {
        **dict.fromkeys(("rb", "ribu", "ribuan", "k"), Decimal(10) ** 3),
        **dict.fromkeys(("jt", "juta", "jutaan"), Decimal(10) ** 6),
        **dict.fromkeys(("m", "miliar", "milyar", "miliard", "milliar"), Decimal(10) ** 9),
        **dict.fromkeys(("triliun", "trilyun", "triliyun"), Decimal(10) ** 12),
    }
)

_SEN = Decimal("0.01")
_NOISE = Decimal("0.000001")
_SMALL = Decimal(1000)

# Nothing but a figure, with or without Rp: no words to look for.
_BARE = re.compile(r"(?:rp\.? ?)?([0-9][0-9.,]*)")
_CURRENCY = re.compile(r"^(?:rp|idr)(?![a-z])\.?\s*|\s*(?:rupiah|idr|rp\.?)$")
_FOREIGN = re.compile(r"[$€£¥]|\b(?:usd|eur|aud|sgd|myr|rm)\b")
_DASHES = re.compile(r"(?<=[0-9])\s*[.,]?\s*[,.]?-+$")
_NEGATIVE = re.compile(r"-\s*(?:rp\.?\s*)?[0-9].*|\([0-9., ]+\)")
_PART = re.compile(r"([0-9][0-9., ]*?)\s*([a-z]+)\.?")
_ABOUT = frozenset({"ribuan", "jutaan"})

_AMBIGUOUS = Note(
    "amount.ambiguous",
    "Tanda pada angka ini dapat berarti ribuan atau desimal; dibaca menurut kebiasaan Indonesia. Mohon diperiksa.",
)


def check_amount(
    raw: str,
    *,
    was_number: bool = False,
    convention: Convention = Convention.UNKNOWN,
    maximum: Decimal = AMOUNT_LIMIT,
) -> CheckedNumber[Decimal]:
    """Read an amount; value is rupiah with two places, never negative.

    `convention` is what the column is known to use. Errors: amount.text, .negative, .currency, .range, .bound, .per,
    .date, .scientific, .too_large. Warnings: amount.ambiguous (`1.250`), .unit_missing (a fraction below 1,000: a
    point read as a decimal mark, or millions meant), .billion (`2 M`), .approximate, .rounded (more than two places).
    """
    text = plain(raw).lower()
    if is_blank(text, words=BLANK_WORDS):
        return nothing(raw)
    cell = read_numeric_cell(text) if was_number else None
    if cell is not None:
        return _finish(raw, cell, note=None, exact=False, maximum=maximum, bare=True)
    text = _DASHES.sub("", text)
    bare = _BARE.fullmatch(text)
    figure = read_figure(bare.group(1)) if bare else None
    if bare is not None and figure is not None:
        value, doubt = _settle(figure, convention=convention, with_currency=bare.group(1) != text)
        return _finish(raw, value, note=doubt, exact=True, maximum=maximum, bare=True)
    wording = read_wording(text, key="amount")
    problem = wording.problem or rate_problem(text, key="amount")
    if problem is not None:
        return sent_back(raw, problem)
    return _read_text(raw, wording.text, note=wording.note, convention=convention, maximum=maximum)


def _read_text(
    raw: str, text: str, *, note: Note | None, convention: Convention, maximum: Decimal
) -> CheckedNumber[Decimal]:
    if _FOREIGN.search(text):
        return sent_back(raw, Note("amount.currency", "Nilai bukan dalam rupiah. Isi nilainya dalam rupiah."))
    bare = _CURRENCY.sub("", text).strip()
    if is_blank(bare, words=BLANK_WORDS):
        return nothing(raw)
    if _NEGATIVE.fullmatch(bare):
        return sent_back(raw, Note("amount.negative", "Nilai negatif tidak dapat diterima. Isi 0 bila tidak ada."))
    figure = read_figure(bare.removeprefix("+").strip())
    if figure is not None:
        value, doubt = _settle(figure, convention=convention, with_currency=bare != text)
        return _finish(raw, value, note=doubt or note, exact=True, maximum=maximum, bare=True)
    return _read_multiples(raw, bare, note=note, convention=convention, maximum=maximum)


def _settle(figure: Figure, *, convention: Convention, with_currency: bool) -> tuple[Decimal, Note | None]:
    """Choose the reading of a figure without a multiplier: rupiah have no third decimal, so thousands."""
    decided = figure.decide(convention)
    if decided is not None:
        return decided, None
    sure = figure.mark == "." and (with_currency or figure.value % 1000 == 0)
    return figure.value, None if sure else _AMBIGUOUS


def _read_multiples(
    raw: str, text: str, *, note: Note | None, convention: Convention, maximum: Decimal
) -> CheckedNumber[Decimal]:
    """Read figures with multipliers, the greater first: `1 juta 250 ribu`."""
    unreadable = Note("amount.text", "Nilai ini tidak terbaca. Tulis angkanya saja, misalnya 1250000.")
    total = Decimal(0)
    last: Decimal | None = None
    position = 0
    for part in _PART.finditer(text):
        figure = read_figure(part.group(1).strip())
        multiplier = MULTIPLIERS.get(part.group(2))
        gap = text[position : part.start()].strip()
        if figure is None or multiplier is None or gap or (last is not None and multiplier >= last):
            return sent_back(raw, unreadable)
        value = figure.decide(convention)
        if value is None:
            # With a multiplier decimals are usual: 1,250 juta; a point still marks thousands.
            value, note = (figure.value if figure.mark == "." else figure.as_decimal or figure.value), _AMBIGUOUS
        note = note or _note_of_word(part.group(2))
        total, last, position = total + value * multiplier, multiplier, part.end()
    if last is None or text[position:].strip():
        return sent_back(raw, unreadable)
    return _finish(raw, total, note=note, exact=True, maximum=maximum, bare=False)


def _note_of_word(word: str) -> Note | None:
    if word == "m":
        return Note("amount.billion", "Huruf M dibaca sebagai miliar. Mohon diperiksa bila yang dimaksud juta.")
    if word in _ABOUT:
        return Note("amount.approximate", "Nilai ini perkiraan. Bila ada catatan yang pasti, isi yang pasti.")
    return None


def _finish(
    raw: str, value: Decimal, *, note: Note | None, exact: bool, maximum: Decimal, bare: bool
) -> CheckedNumber[Decimal]:
    """Check the size of an amount, round it to sen, and say which of the notes matters most.

    `exact` figures were typed; others are binary numbers whose last places are noise. `bare` had no multiplier.
    """
    if value < 0:
        return sent_back(raw, Note("amount.negative", "Nilai negatif tidak dapat diterima. Isi 0 bila tidak ada."))
    if value > maximum:
        return sent_back(raw, Note("amount.too_large", "Nilai ini terlalu besar. Periksa jumlah angka nolnya."))
    amount = value.quantize(_SEN, rounding=ROUND_HALF_UP)
    if bare and amount < _SMALL and amount % 1:
        note = Note(
            "amount.unit_missing",
            "Nilai ini pecahan rupiah yang sangat kecil: titik ribuan terbaca sebagai desimal, atau satuannya juta. "
            "Tulis lengkap tanpa titik, misalnya 1250000.",
        )
    elif abs(amount - value) > (0 if exact else _NOISE):
        note = note or Note("amount.rounded", "Nilai dibulatkan menjadi dua angka desimal. Mohon diperiksa.")
    return taken(raw, amount, note)
