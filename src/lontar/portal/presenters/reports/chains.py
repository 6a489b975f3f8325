"""The price chains of a report: how many times the raw price, as a picture; prices, value added and what stays as tables.

Everything is read from the frozen package; reports from before chains were published show none of this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.engines.reporting.chaining import STEPS
from lontar.portal.presenters.reports.page import SOURCE, plain_table
from lontar.reports.queries.reading import Package
from lontar.ui import formats
from lontar.ui.charts import Dot, DotPlot, Frame
from lontar.ui.presenters import Column, Row, Table
from lontar.value.presenters.kept import hidden_words
from lontar.value.states import Step

BRIEF = 17


@dataclass(frozen=True, slots=True)
class ChainPart:
    """The picture ("" where no price may be shown), the tables of the province and of kabupaten, and what was assumed."""

    chart: SafeString | str
    table: Table | None
    regencies: Table | None
    assumptions: Table | None


def chain_part(held: Package) -> ChainPart:
    """The price chains of a package."""
    rows = held.table("chains")
    lines = list(rows.iter_rows(named=True)) if rows.height else []
    whole = [one for one in lines if one["level"] == "province"]
    beneath = [one for one in lines if one["level"] == "regency"]
    names = {code: one.name for code, one in held.places().items()}
    return ChainPart(
        _chart(whole), _table(whole, _("Harga sepanjang rantai di seluruh NTT"), {}),
        _table(beneath, _("Harga sepanjang rantai, per kabupaten/kota"), names), _assumptions(held),
    )  # fmt: skip


def _label(one: Mapping[str, Any]) -> str:
    return f"{one['name']} ({one['unit']})"


def _brief(name: str) -> str:
    """A name that fits beside the rows."""
    return name if len(name) <= BRIEF else f"{name[: BRIEF - 1].rstrip()}…"


def _chart(lines: Sequence[Mapping[str, Any]]) -> SafeString | str:
    shown = [one for one in lines if one["raw"] and (one["processed"] or one["packed"])]
    if not shown:
        return ""
    dots = [Dot(_brief(one["name"]), [_times(one, step) for step in STEPS]) for one in shown]
    frame = Frame(
        _("Berapa kali harga mentahnya?"),
        SOURCE,
        n=sum(one["raw_n"] or 0 for one in shown),
        noun=pgettext("hitungan", "produsen"),
        note=_("Harga tengah per satuan, dibagi harga mentahnya. Komoditas dengan terlalu sedikit produsen ditutup."),
        level=3,
    )
    series = [str(Step(step).label) for step in STEPS]
    return DotPlot(frame, dots, series, head=_("Komoditas"), unit="×", decimals=1, zero=True).render()


def _times(one: Mapping[str, Any], step: str) -> float | None:
    return one[step] / one["raw"] if one[step] else None


def _table(lines: Sequence[Mapping[str, Any]], caption: str, names: Mapping[str, str]) -> Table | None:
    """One row per commodity and unit; with its kabupaten where `names` has it."""
    if not lines:
        return None
    head = [Column("kab", _("Kabupaten/kota"))] if names else []
    ordered = sorted(lines, key=lambda one: (one["region"], one["name"], one["unit"]))
    return plain_table(
        caption,
        [
            *head, Column("komoditas", _("Komoditas")), Column("n", "n", numeric=True),
            *(Column(step, str(Step(step).label), numeric=True) for step in STEPS),
            Column("olah", _("Nilai tambah mengolah"), numeric=True),
            Column("kemas", _("Nilai tambah sampai kemasan"), numeric=True),
            Column("desa", _("Tinggal di desa"), numeric=True), Column("kabupaten", _("Di kabupaten"), numeric=True),
            Column("ntt", _("Di NTT"), numeric=True),
        ],
        [Row([*([names.get(one["region"], one["region"])] if names else []), *_cells(one)]) for one in ordered],
        noun=pgettext("hitungan", "rantai"), key="rantai-kab" if names else "rantai-harga",
    )  # fmt: skip


def _cells(one: Mapping[str, Any]) -> list[object]:
    return [
        _label(one), _n(one), *(_price(one, step) for step in STEPS),
        *(_rupiah(one[f"added_{step}"]) for step in ("processed", "packed")),
        *(_share(one[f"kept_{place}"]) for place in ("village", "regency", "ntt")),
    ]  # fmt: skip


def _price(one: Mapping[str, Any], step: str) -> str:
    if one[f"{step}_status"] == "S":
        return hidden_words()
    if one[step] is None:
        return formats.NONE
    return _rupiah(one[step])


def _n(one: Mapping[str, Any]) -> str:
    """Of how many producers: the step that fewest told, for the prices stand or fall with it."""
    told = [one[f"{step}_n"] for step in STEPS if one[f"{step}_n"]]
    return formats.number(min(told)) if told else formats.NONE


def _rupiah(value: float | None) -> str:
    return formats.NONE if value is None else formats.rupiah(round(value))


def _share(value: float | None) -> str:
    return formats.NONE if value is None else formats.percent(value, 1)


def _assumptions(held: Package) -> Table | None:
    rows = held.table("assumptions")
    if not rows.height:
        return None
    return plain_table(
        _("Anggapan di balik nilai tambah"),
        [
            Column("nama", _("Anggapan")), Column("nilai", _("Nilai"), numeric=True),
            Column("sejak", _("Berlaku mulai")), Column("sumber", _("Sumber")),
        ],
        [
            Row([one["name"], f"{formats.number(one['number'], _decimals(one['number']))} {one['unit']}".strip(),
                 one["valid_from"] or formats.NONE, one["source"]])
            for one in rows.iter_rows(named=True)
        ],
        noun=pgettext("hitungan", "anggapan"), key="anggapan",
    )  # fmt: skip


def _decimals(value: float) -> int:
    return 0 if value == round(value) else 2
