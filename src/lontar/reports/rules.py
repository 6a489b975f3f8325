"""The words of the three answers follow the figures by rule, never by hand; where a figure is said, it is said with its reach.

M18 of the programme: did turnover rise, did jobs grow, did enterprises move up a class – or was it only ceremony?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from lontar.reports.queries.reading import Figure
from lontar.ui import formats


class Answer(TextChoices):
    """What the figures answer to "did it rise?"."""

    ROSE = "rose", pgettext_lazy("jawaban laporan", "Naik")
    FELL = "fell", pgettext_lazy("jawaban laporan", "Tidak naik")
    UNKNOWN = "unknown", gettext_lazy("Belum dapat dipastikan")


@dataclass(frozen=True, slots=True)
class Question:
    """One of the three: the indicators that answer it, the first that has a figure counts, and the words around it."""

    key: str
    indicators: tuple[str, ...]
    asked: object
    subject: object
    short: object


QUESTIONS = (
    Question(
        "omzet", ("O1R", "O1"), gettext_lazy("Apakah omzet naik?"), gettext_lazy("Omzet produsen yang sama"),
        pgettext_lazy("jawaban laporan", "Omzet"),
    ),
    Question(
        "kerja", ("O2G",), gettext_lazy("Apakah lapangan kerja bertambah?"),
        gettext_lazy("Tenaga kerja produsen yang sama"), pgettext_lazy("jawaban laporan", "Lapangan kerja"),
    ),
    Question(
        "kelas", ("O3.pp",), gettext_lazy("Apakah usaha naik kelas?"), gettext_lazy("Naik kelas bersih"),
        pgettext_lazy("jawaban laporan", "Kelas usaha"),
    ),
)  # fmt: skip


def answer_of(figure: Figure | None) -> Answer:
    """It rose when the whole 95 % interval lies above nought, it did not when none of it does; else it cannot be told yet.

    Without an interval nothing can be told, except of nought itself.
    """
    if figure is None or figure.value is None or figure.low is None or figure.high is None:
        return Answer.UNKNOWN
    if figure.low > 0:
        return Answer.ROSE
    return Answer.FELL if figure.high <= 0 else Answer.UNKNOWN


def shown(figure: Figure | None) -> str:
    """A figure in words with its unit: `12,3 %`, `Rp1,2 miliar`, `1.234 orang`; why there is none, where there is none."""
    if figure is None or figure.status == "M":
        return pgettext("angka laporan", "belum ada data")
    if figure.status == "S" or figure.value is None:
        return pgettext("angka laporan", "ditutup")
    return shown_value(figure.value, figure.unit)


def shown_value(value: float | None, unit: str) -> str:
    """A value of a unit in words; a dash for none."""
    if value is None:
        return formats.NONE
    if unit == "rasio":
        return formats.percent(value, 1)
    if unit == "Rp":
        return formats.rupiah_short(round(value))
    decimals = 0 if value == round(value) else 2
    return f"{formats.number(value, decimals)} {unit}".strip()


def signed(figure: Figure | None) -> str:
    """As `shown`, a rise with its plus sign."""
    text = shown(figure)
    return f"+{text}" if figure is not None and figure.status == "A" and (figure.value or 0) > 0 else text


def reach(figure: Figure | None) -> str:
    """The interval in words; "" where there is none."""
    if figure is None or figure.low is None or figure.high is None:
        return ""
    if figure.low == figure.high:
        return _("semua yang diminta menjawab")
    low, high = shown_value(figure.low, figure.unit), shown_value(figure.high, figure.unit)
    return _("selang 95 %%: %(low)s sampai %(high)s") % {"low": low, "high": high}


def sentence(question: Question, figure: Figure | None, nominal: Figure | None = None) -> str:
    """One sentence that says how much, how sure, of how many, and against what."""
    if figure is None or figure.value is None:
        return _("%(subject)s: %(why)s.") % {"subject": question.subject, "why": shown(figure)}
    parts = [f"{question.subject} {signed(figure)}"]
    if figure.indicator == "O1R":
        parts[0] += " " + _("setelah inflasi dikeluarkan")
    if question.key != "kelas":
        parts[0] += " " + _("dari triwulan yang sama setahun lalu")
    parts += [one for one in (reach(figure), _behind(figure)) if one]
    if nominal is not None and nominal.value is not None and figure.indicator == "O1R":
        parts.append(_("tanpa mengeluarkan inflasi %(value)s") % {"value": signed(nominal)})
    return "; ".join(parts) + "."


def _behind(figure: Figure) -> str:
    if figure.n is None:
        return ""
    said = _("dari %(n)s produsen") % {"n": formats.number(figure.n)}
    if figure.missing is not None:
        said += ", " + _("%(share)s tidak menjawab") % {"share": formats.percent(figure.missing, 1)}
    return said


def first_of(figures: Sequence[Figure], indicators: Sequence[str]) -> Figure | None:
    """The first indicator of the list that has a value, else the first that is there at all."""
    by_code = {one.indicator: one for one in figures}
    found = [by_code[code] for code in indicators if code in by_code]
    return next((one for one in found if one.value is not None), found[0] if found else None)
