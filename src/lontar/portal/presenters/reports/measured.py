"""What a report holds of verdicts and of value kept: sentences, the flow of the money, units and kabupaten as tables.

Everything is read from the frozen package, so that the page of an old report says what was published then; the words are
those of the apps that judge and count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.portal.presenters.reports.page import plain_table
from lontar.reports.queries.reading import Package
from lontar.ui import formats
from lontar.ui.presenters import Column, Query, Row, Table
from lontar.ui.presenters import Figure as Told
from lontar.value.models import KeptLine
from lontar.value.presenters import kept
from lontar.value.queries.flows import flows_of
from lontar.value.states import Status
from lontar.verdicts.models import Finding
from lontar.verdicts.presenters.words import Sentence, sentence_of, signed
from lontar.verdicts.states import Because, Outcome, Said

KEPT = 24
ROOT = settings.PROGRAMME_ROOT
_NUMBERS = (
    "turnover", "counted", "material", "material_outside", "others", "labour", "margin", "village", "regency", "ntt",
    "outside", "sold_known", "sold_outside",
)  # fmt: skip
_FOUND = ("outcome", "said", "because", "called", "value", "low", "high", "producers", "controls", "months")


@dataclass(frozen=True, slots=True)
class Measured:
    """Sentences on the whole programme, units in a table (None for none), and the value kept (empty where not counted)."""

    sentences: tuple[Sentence, ...]
    units: Table | None
    figures: tuple[Told, ...]
    flow: SafeString | str
    regencies: Table | None


_MADE: dict[tuple[str, str], Measured] = {}


def measured(held: Package) -> Measured:
    """Both parts of a report; made once per report and language."""
    key = held.key, formats.language()
    if key not in _MADE:
        while len(_MADE) >= KEPT:
            _MADE.pop(next(iter(_MADE)), None)
        _MADE[key] = _measured(held)
    return _MADE[key]


def _measured(held: Package) -> Measured:
    quarter = _label(held)
    found = [_finding(one) for one in held.table("verdicts").iter_rows(named=True)]
    lines = [_line(one) for one in held.table("value").iter_rows(named=True) if not one["commodity"]]
    shown = [one for one in lines if one.region_code == ROOT and one.status == Status.SHOWN]
    whole = flows_of(shown, (quarter,)) if shown else None
    return Measured(
        sentences=tuple(sentence_of(one) for one in found if not one.unit_key),
        units=_units([one for one in found if one.unit_key], held),
        figures=kept.figures(whole),
        flow=kept.flow_picture(whole) if whole else "",
        regencies=_regencies([one for one in lines if len(one.region_code) == len("53.01")], held),
    )


def _label(held: Package) -> str:
    labels = held.table("figures")["quarter"]
    return str(labels[0]) if len(labels) else ""


def _finding(row: Mapping[str, Any]) -> Finding:
    """A row of the package as the finding that it was; it is never kept."""
    known = {name: row[name] for name in _FOUND}
    return Finding(unit_key=row["unit"], unit_name=row["name"], village_id=row["region"], **known)


def _line(row: Mapping[str, Any]) -> KeptLine:
    """The same of value kept; rupiah come back from the whole numbers of the files."""
    sums = {name: None if row[name] is None else Decimal(str(row[name])) for name in _NUMBERS}
    return KeptLine(region_code=row["region"], commodity=row["commodity"], status=row["status"], n=row["n"], **sums)


def _units(found: Sequence[Finding], held: Package) -> Table | None:
    """A row per unit and outcome of the longest time that was judged."""
    longest: dict[tuple[str, str], Finding] = {}
    for one in sorted(found, key=lambda one: one.months):
        longest[one.unit_key, one.outcome] = one
    if not longest:
        return None
    places = held.places()
    rows = [
        Row(
            [
                one.unit_name or one.unit_key,
                places[one.village_id].name if one.village_id in places else one.village_id,
                str(Outcome(one.outcome).label),
                str(Said(one.said).label),
                signed(one.value),
                f"{signed(one.low)} … {signed(one.high)}" if one.low is not None else formats.NONE,
                one.months,
                str(Because(one.because).label),
            ]
        )
        for _key, one in sorted(longest.items())
    ]
    columns = [
        Column("unit", _("Unit")), Column("tempat", _("Tempat")), Column("ukuran", _("Yang dinilai")),
        Column("putusan", _("Putusan")), Column("nilai", _("Perkiraan pengaruh"), numeric=True),
        Column("selang", _("Selang keyakinan 95 %")), Column("bulan", _("Bulan sesudah penetapan"), numeric=True),
        Column("sebab", _("Alasan")),
    ]  # fmt: skip
    return plain_table(_("Putusan setiap unit"), columns, rows, noun=pgettext("hitungan", "putusan"), key="putusan")


def _regencies(lines: Sequence[KeptLine], held: Package) -> Table | None:
    names = {code: one.name for code, one in held.places().items()}
    return kept.kept_table(lines, names=names, query=Query(""), exports=()) if lines else None
