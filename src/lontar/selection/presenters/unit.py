"""The page of one unit: which candidate stands first, why, what would change it, what is not known, and the numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lontar.selection.presenters.words import amount, certainty, gate_badge, points, share_words, way_name
from lontar.selection.queries.listing import SetInForce
from lontar.selection.queries.sheet import CriterionUsed, UnitSheet, Why, Worked
from lontar.selection.states import Passed
from lontar.selection.steps.ways import WAYS
from lontar.ui import formats
from lontar.ui.charts import Bar, Bars, Frame
from lontar.ui.presenters import KeyValue, Link, Status, Tab

_REASONS = 3


@dataclass(frozen=True, slots=True)
class GateLine:
    """A gate with its badge and reason."""

    name: str
    badge: Status
    reason: str


@dataclass(frozen=True, slots=True)
class CandidateCard:
    """One candidate on the page."""

    place: str
    label: str
    score: str
    certainty: str
    gates: list[GateLine]
    is_closed: bool
    missing: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """The page; `answer` is the sentence at its top, `reasons`, `changes` and `doubts` are sentences too."""

    key: str
    name: str
    region: str
    answer: str
    badge: Status | None
    tabs: list[Tab]
    chart: SafeString | str
    reasons: list[str]
    against: list[str]
    changes: list[str]
    doubts: list[str]
    cards: list[CandidateCard]
    closed: list[CandidateCard]
    facts: list[KeyValue]
    numbers_url: str


def unit_page(found: UnitSheet, sets: Sequence[SetInForce], *, csv_url: str) -> UnitPage:
    """The page of a unit."""
    stood, why = found.standing, found.why
    cards = [_card(one) for one in found.rows]
    key, set_key = stood.unit.key, stood.set_key
    own = reverse("selection:unit", args=[key])
    return UnitPage(
        key=key,
        name=stood.unit.name,
        region=found.region,
        answer=answer(found),
        badge=certainty(stood.first.first_share) if stood.first else None,
        tabs=[
            Tab(one.criteria_set.shown, f"{own}?set={one.criteria_set.key}", one.criteria_set.key == set_key)
            for one in sets
            if one.current is not None
        ],
        chart=_chart(found, csv_url) if stood.first else "",
        reasons=_reasons(why, found.criteria, side=1) if why else [],
        against=_reasons(why, found.criteria, side=-1) if why else [],
        changes=_changes(why, found.criteria) if why else [],
        doubts=_doubts(found),
        cards=[one for one in cards if not one.is_closed],
        closed=[one for one in cards if one.is_closed],
        facts=_facts(found),
        numbers_url=f"{reverse('selection:numbers', args=[key])}?set={set_key}",
    )


def answer(found: UnitSheet) -> str:
    """Who stands first and how surely, in a sentence."""
    first = found.standing.first
    if first is None and not found.rows:
        return _("Belum ada calon: data induk belum mencatat komoditas, usaha, atau produk unit ini.")
    if first is None:
        return _("Belum ada calon yang lolos semua syarat mutlak. Alasannya ada di bawah.")
    words = {"first": first.label, "share": share_words(first.first_share)}
    if found.why is None:
        return _("%(first)s satu-satunya calon yang lolos syarat.") % words
    words["second"] = found.why.second.standing.label
    return (
        _(
            "%(first)s berdiri pertama, disusul %(second)s. Ketika bobot digoyang, ia tetap pertama pada %(share)s tarikan."
        )
        % words
    )


def _card(one: Worked) -> CandidateCard:
    told = one.standing
    interval = (
        _("%(score)s dari 100, antara %(low)s dan %(high)s")
        % {name: formats.number(points(value) or 0, 1) for name, value in
           (("score", told.score), ("low", told.score_low), ("high", told.score_high))}
        if told.score is not None else ""
    )  # fmt: skip
    return CandidateCard(
        place="" if told.rank is None else formats.number(told.rank, 0 if told.rank % 1 == 0 else 1),
        label=told.label,
        score=interval,
        certainty=share_words(told.first_share) if told.rank is not None else "",
        gates=[GateLine(gate.name, gate_badge(gate.passed), gate.reason) for gate in told.gates],
        is_closed=told.rank is None,
        missing=", ".join(told.missing),
    )


def _chart(found: UnitSheet, csv_url: str) -> SafeString:
    ranked = [one.standing for one in found.rows if one.standing.rank is not None]
    frame = Frame(
        _("Calon mana yang paling kuat di %(name)s?") % {"name": found.standing.unit.name},
        _("%(set)s versi %(version)s; data induk Lontar, %(day)s")
        % {
            "set": found.set_shown, "version": found.standing.set_version,
            "day": formats.long_date(found.standing.day),
        },
        n=len(ranked), noun=_("calon yang lolos syarat"),
        note=_("Garis: nilai terendah dan tertinggi yang mungkin selama data belum lengkap."), csv_url=csv_url,
    )  # fmt: skip
    bars = [
        Bar(one.label, points(one.score), points(one.score_low), points(one.score_high), key=place == 0)
        for place, one in enumerate(ranked)
    ]
    return Bars(frame, bars, head=_("Calon"), unit=_("nilai 0–100"), decimals=1, ordered=False).render()


def _reasons(why: Why, criteria: Sequence[CriterionUsed], *, side: int) -> list[str]:
    """The criteria that count most for the first (side 1) or for the second (−1), in sentences."""
    place = {one.measure.key: number for number, one in enumerate(criteria)}
    told = []
    for reason in [one for one in why.reasons if one.adds * side > 0.0005][:_REASONS]:
        at, measure = place[reason.criterion.measure.key], reason.criterion.measure
        words = {
            "measure": str(measure.name),
            "first": amount(measure, why.first.low[at], why.first.high[at]),
            "second": amount(measure, why.second.low[at], why.second.high[at]),
            "adds": formats.number(abs(points(reason.adds) or 0), 1),
        }
        told.append(_("%(measure)s: %(first)s, sedangkan %(second)s (%(adds)s angka).") % words)
    return told


def _changes(why: Why, criteria: Sequence[CriterionUsed]) -> list[str]:
    first, second = why.first.standing.label, why.second.standing.label
    told = []
    if why.weight_change is not None:
        one = why.weight_change
        told.append(
            _("Bila bobot “%(measure)s” berubah dari %(now)s menjadi %(then)s, %(first)s dan %(second)s seimbang.")
            % {
                "measure": criteria[one.criterion].measure.name, "now": formats.percent(one.now, 1),
                "then": formats.percent(one.then, 1), "first": first, "second": second,
            }
        )  # fmt: skip
    if why.value_change is not None:
        change = why.value_change
        told.append(
            _("Bila “%(measure)s” %(second)s naik dari %(now)s menjadi %(then)s pada skala 0–100, keduanya seimbang.")
            % {
                "measure": criteria[change.criterion].measure.name, "second": second,
                "now": formats.number(points(change.now) or 0, 1), "then": formats.number(points(change.then) or 0, 1),
            }
        )  # fmt: skip
    return told or [_("Tidak ada satu perubahan bobot atau ukuran pun yang membalik urutan dua calon teratas.")]


def _doubts(found: UnitSheet) -> list[str]:
    told = [str(one) for one in found.standing.missing]
    ranked = [one for one in found.rows if one.standing.rank is not None]
    if ranked and ranked[0].standing.missing:
        names = {"first": ranked[0].standing.label, "missing": ", ".join(ranked[0].standing.missing)}
        told.append(_("Belum diketahui tentang %(first)s: %(missing)s. Nilainya dihitung sebagai rentang.") % names)
    if found.agreement is not None and len(ranked) > 1:
        best = [min(one.ranks[at] for one in ranked) for at in range(len(WAYS))]
        others = [way_name(way) for at, way in enumerate(WAYS) if ranked[0].ranks[at] > best[at]]
        if others:
            told.append(_("Menurut %(ways)s bukan calon ini yang pertama.") % {"ways": ", ".join(others)})
    open_gates = [gate.reason for one in ranked[:1] for gate in one.standing.gates if gate.passed == Passed.UNKNOWN]
    return told + open_gates


def _facts(found: UnitSheet) -> list[KeyValue]:
    stood = found.standing
    return [
        KeyValue(_("Set kriteria"), Link(
            _("%(name)s, versi %(number)s") % {"name": found.set_shown, "number": stood.set_version},
            reverse("selection:set", args=[stood.set_key]),
        )),
        KeyValue(_("Dihitung"), formats.moment(stood.computed_at)),
        KeyValue(_("Data yang ada"), formats.percent(found.known, 0)),
        KeyValue(
            _("Kesesuaian cara (Kendall τ)"),
            formats.NONE if found.agreement is None else formats.number(round(found.agreement, 2), 2),
        ),
    ]  # fmt: skip


# --- the worked numbers -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table of the worked numbers: title, note, headings, rows (the first cell names the row)."""

    title: str
    note: str
    heads: list[str]
    rows: list[list[str]]
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class NumbersPage:
    """Every number behind a ranking: values, the common scale, weighted, and by method."""

    name: str
    region: str
    back_url: str
    pdf_url: str
    facts: list[KeyValue]
    grids: list[Grid]


def numbers_page(found: UnitSheet) -> NumbersPage:
    """The worked numbers of a unit."""
    rows = [one for one in found.rows if one.standing.rank is not None]
    labels = [one.standing.label for one in rows]
    criteria = list(enumerate(found.criteria))

    def grid(title: str, note: str, cell: object) -> Grid:
        lines = [[str(used.measure.name), *(cell(at, used, one) for one in rows)] for at, used in criteria]  # type: ignore[operator]  # a callable
        return Grid(title, note, [_("Kriteria"), *labels], lines)

    weighted = grid(
        _("3. Nilai kali bobot"), _("Tengah rentang kali bobot; jumlah kolom adalah nilai calon."),
        lambda at, used, one: formats.number(round(100 * used.weight * one.worth[at], 2), 2),
    )  # fmt: skip
    total = [_("Jumlah"), *(formats.number(round(100 * (one.standing.score or 0), 2), 2) for one in rows)]
    key = found.standing.unit.key
    return NumbersPage(
        found.standing.unit.name, found.region,
        f"{reverse('selection:unit', args=[key])}?set={found.standing.set_key}",
        f"{reverse('selection:numbers_pdf', args=[key])}?set={found.standing.set_key}", _facts(found),
        [
            _weights_grid(found.criteria),
            grid(_("1. Nilai menurut data induk"), _("Rentang bila belum pasti; n: banyaknya catatan yang dipakai."),
                 lambda at, used, one: amount(used.measure, one.low[at], one.high[at]) + _records(one, at)),
            grid(_("2. Skala bersama 0–100"), _("0 paling lemah, 100 paling kuat di provinsi; yang belum ada 0–100."),
                 lambda at, _used, one: _span(one.worth_low[at], one.worth_high[at])),
            Grid(weighted.title, weighted.note, weighted.heads, [*weighted.rows, total]),
            _ways_grid(rows),
        ],
    )  # fmt: skip


def _records(one: Worked, at: int) -> str:
    """` (n = 12)`; nothing where no value is known or the run is older than the count."""
    known = at < len(one.counts) and not math.isnan(one.low[at])
    return f" (n = {formats.number(one.counts[at])})" if known and one.counts[at] else ""


def _span(low: float, high: float) -> str:
    one = formats.number(round(100 * low, 1), 1)
    return one if high - low < 0.0005 else f"{one}–{formats.number(round(100 * high, 1), 1)}"


def _weights_grid(criteria: Sequence[CriterionUsed]) -> Grid:
    rows = [
        [
            str(one.measure.name), formats.percent(one.weight, 1), str(one.measure.formula),
            _("besar") if one.direction > 0 else _("kecil"), one.measure.source,
        ]
        for one in criteria
    ]  # fmt: skip
    heads = [_("Kriteria"), _("Bobot"), _("Cara menghitung"), _("Yang baik"), _("Sumber")]
    return Grid(_("Kriteria dan bobot"), "", heads, rows, is_text=True)


def _ways_grid(rows: Sequence[Worked]) -> Grid:
    lines = [[way_name(way), *(_placed(one.ranks[at], one.scores[at]) for one in rows)] for at, way in enumerate(WAYS)]
    lines.append([_("Dalam set kompromi VIKOR"), *(_("ya") if one.is_compromise else _("tidak") for one in rows)])
    lines.append([_("Pertama pada tarikan bobot"), *(share_words(one.standing.first_share) for one in rows)])
    lines.append([_("Tiga pertama pada tarikan bobot"), *(share_words(one.standing.three_share) for one in rows)])
    note = _("Peringkat, lalu nilai menurut cara itu di dalam kurung.")
    return Grid(_("4. Cara lain di sampingnya"), note, [_("Cara"), *(one.standing.label for one in rows)], lines)


def _placed(rank: float, score: float) -> str:
    """`1 (0,642)`"""
    if math.isnan(rank):
        return formats.NONE
    return f"{formats.number(rank, 0 if rank % 1 == 0 else 1)} ({formats.number(round(score, 3), 3)})"
