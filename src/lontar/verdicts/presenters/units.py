"""The page of one unit: sentences after six and twelve months, the figures behind them, and its classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.engines.periods import parse_quarter
from lontar.ui import formats
from lontar.ui.presenters import Row, Table
from lontar.verdicts.models import ClassMove, Finding
from lontar.verdicts.presenters.pages import CLASS_HEADS, demo_words, move_cells, small_table
from lontar.verdicts.presenters.words import Sentence, sentence_of, signed
from lontar.verdicts.queries import UnitTold
from lontar.verdicts.states import Ladder, Outcome


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit for readers: sentences after 6 and 12 months, its figures, its classes."""

    name: str
    place: str
    since: str
    quarter: str
    spans: tuple[tuple[str, tuple[Sentence, ...]], ...]
    figures: Table
    classes: Table | None
    demo: str = ""


def unit_page(told: UnitTold, *, place: str) -> UnitPage:
    """Everything that the page of a unit says."""
    first = told.findings[0]
    spans = sorted({one.months for one in told.findings}, reverse=True)
    return UnitPage(
        name=first.unit_name, place=place, since=formats.long_date(first.since),
        quarter=str(parse_quarter(told.verdict.quarter)),
        spans=tuple(
            (_("Sesudah %(months)s bulan") % {"months": months},
             tuple(sentence_of(one) for one in sorted(told.findings, key=lambda each: each.outcome)
                   if one.months == months))
            for months in spans
        ),
        figures=_unit_figures(told.findings), classes=_unit_classes(told.moves), demo=demo_words(),
    )  # fmt: skip


def _unit_figures(findings: Sequence[Finding]) -> Table:
    rows = []
    for one in sorted(findings, key=lambda each: (-each.months, each.outcome)):
        about = {"outcome": Outcome(one.outcome).label, "months": one.months}
        cells = [
            pgettext("baris putusan", "%(outcome)s, %(months)s bulan") % about, _amount(one, one.baseline),
            _amount(one, one.now), signed(one.growth), signed(one.beside), formats.number(one.permutation_p, 3),
            formats.percent(one.detectable, 1),
        ]  # fmt: skip
        rows.append(Row(cells))
    heads = (
        ("yang-dinilai", _("Yang dinilai")), ("dasar", _("Garis dasar per produsen sebulan")), ("kini", _("Sesudahnya")),
        ("sendiri", _("Perubahan sendiri")), ("pembanding", _("Perubahan pembanding")), ("p", _("p permutasi")),
        ("terkecil", _("Terkecil yang terdeteksi")),
    )  # fmt: skip
    return small_table("angka", _("Angka di balik putusan"), heads, rows)


def _amount(finding: Finding, value: float | None) -> str:
    if value is None:
        return formats.NONE
    return formats.rupiah(round(value)) if finding.outcome == Outcome.TURNOVER else formats.number(value, 1)


def _unit_classes(moves: Sequence[ClassMove]) -> Table | None:
    rows = [Row([str(Ladder(one.ladder).label), *move_cells(one)]) for one in moves]
    return (
        small_table("kelas", _("Naik kelas dalam setahun"), (("menurut", _("Kelas menurut")), *CLASS_HEADS), rows)
        if rows
        else None
    )
