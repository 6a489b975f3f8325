"""Sentences of a verdict: what was found, how sure it is, and why; by rule from the stored word, never composed freely."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.ui import formats
from lontar.ui.presenters import Status, Tone
from lontar.verdicts.models import Finding
from lontar.verdicts.states import Because, Called, Outcome, Said

TONES = {Said.ROSE: Tone.GOOD, Said.DID_NOT_RISE: Tone.BAD, Said.CANNOT_TELL: Tone.PLAIN}
_SENTENCES = {
    (Outcome.TURNOVER, Said.ROSE): gettext_lazy("Omzet naik dibandingkan dengan produsen serupa di luar program."),
    (Outcome.TURNOVER, Said.DID_NOT_RISE): gettext_lazy(
        "Omzet tidak naik dibandingkan dengan produsen serupa di luar program."
    ),
    (Outcome.TURNOVER, Said.CANNOT_TELL): gettext_lazy("Belum dapat disimpulkan apakah omzet naik karena program."),
    (Outcome.WORKERS, Said.ROSE): gettext_lazy(
        "Tenaga kerja bertambah dibandingkan dengan produsen serupa di luar program."
    ),
    (Outcome.WORKERS, Said.DID_NOT_RISE): gettext_lazy(
        "Tenaga kerja tidak bertambah dibandingkan dengan produsen serupa di luar program."
    ),
    (Outcome.WORKERS, Said.CANNOT_TELL): gettext_lazy(
        "Belum dapat disimpulkan apakah tenaga kerja bertambah karena program."
    ),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One finding for a reader: the sentence first, then how sure, then why."""

    outcome: str
    text: str
    badge: Status
    figure: str
    sure: str
    why: str
    basis: str
    is_indicative: bool


def signed(value: float | None, decimals: int = 1) -> str:
    """A share as a signed percentage: `+15,0 %`."""
    if value is None:
        return formats.NONE
    if round(value, decimals + 2) == 0:
        return formats.percent(0, decimals)
    return f"{'+' if value > 0 else '−'}{formats.percent(abs(value), decimals)}"


def sentence_of(finding: Finding) -> Sentence:
    """The words of a finding."""
    said, outcome = Said(finding.said), Outcome(finding.outcome)
    indicative = finding.called == Called.INDICATIVE
    text = str(_SENTENCES[outcome, said])
    return Sentence(
        outcome=str(outcome.label), text=_("Indikatif: %(text)s") % {"text": text} if indicative else text,
        badge=Status(str(said.label), TONES[said]), figure=signed(finding.value), sure=_sure(finding), why=_why(finding),
        basis=_basis(finding), is_indicative=indicative,
    )  # fmt: skip


def _sure(finding: Finding) -> str:
    if finding.value is None:
        return ""
    return _("Perkiraan terbaik %(value)s. Dengan keyakinan 95 %%, angkanya antara %(low)s dan %(high)s.") % {
        "value": signed(finding.value), "low": signed(finding.low), "high": signed(finding.high),
    }  # fmt: skip


def _why(finding: Finding) -> str:
    words = str(Because(finding.because).label)
    if finding.called == Called.INDICATIVE:
        note = _("Laporan dari masa sebelum penetapan tidak ada; temuan ini tidak boleh disebut dampak.")
        return f"{words} {note}"
    return words


def _basis(finding: Finding) -> str:
    return _("%(producers)s produsen dalam program, %(controls)s produsen pembanding di %(villages)s desa/kelurahan.") % {
        "producers": formats.number(finding.producers), "controls": formats.number(finding.controls),
        "villages": formats.number(finding.villages),
    }  # fmt: skip


def lead_of(turnover: Finding | None) -> str:
    """The answer in one line: the first thing that the page says."""
    if turnover is None:
        return _("Belum ada putusan.")
    return sentence_of(turnover).text
