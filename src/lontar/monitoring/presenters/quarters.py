"""Quarters in a list, one quarter with its check-list or its outcome, and a restatement with old and new numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.monitoring.models import QuarterRun, RestatedFigure
from lontar.monitoring.presenters import words
from lontar.monitoring.presenters.places import PlacePart
from lontar.monitoring.queries.checks import Checked
from lontar.monitoring.queries.stored import QuarterState, Restatement
from lontar.monitoring.states import Check, RunState, Stage
from lontar.registry.models import Region
from lontar.returns.states import PeriodState
from lontar.ui import formats
from lontar.ui.presenters import (
    Column,
    EmptyState,
    KeyValue,
    Link,
    Pager,
    Progress,
    ProgressState,
    Query,
    Row,
    Status,
    Table,
    Tone,
)

_TONES = {
    PeriodState.OPEN: Tone.INFO,
    PeriodState.GRACE: Tone.WARN,
    PeriodState.CLOSED: Tone.PLAIN,
    PeriodState.PUBLISHED: Tone.GOOD,
}
_PROGRESS = {
    RunState.QUEUED: ProgressState.WAITING,
    RunState.RUNNING: ProgressState.RUNNING,
    RunState.DONE: ProgressState.DONE,
    RunState.FAILED: ProgressState.FAILED,
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check with its verdict."""

    name: str
    words: str
    found: str
    limit: str
    badge: Status


@dataclass(frozen=True, slots=True)
class QuarterPage:
    """What the page of a quarter shows."""

    label: str
    title: str
    badge: Status
    facts: Sequence[KeyValue]
    checks: Sequence[CheckLine]
    is_closed: bool
    may_close: bool
    is_met: bool
    job: Progress | None
    places: PlacePart | None
    restatements: Sequence[Link]
    problem: str = ""
    override: str = ""
    actions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RestatementPage:
    """A restatement with its figures."""

    quarter: str
    title: str
    words: str
    facts: Sequence[KeyValue]
    table: Table


def state_badge(found: QuarterState) -> Status:
    """How the quarter stands."""
    return Status(str(found.state.label), _TONES[found.state])


def quarters_table(query: Query, found: Sequence[QuarterState]) -> Table:
    """Every quarter."""
    return Table(
        caption=_("Triwulan"),
        columns=[
            Column("triwulan", _("Triwulan")),
            Column("keadaan", _("Keadaan")),
            Column("cakupan", _("Cakupan laporan"), numeric=True),
            Column("angka", pgettext("angka", "Angka"), numeric=True),
            Column("ulang", _("Dinyatakan ulang"), numeric=True),
            Column("catatan", _("Catatan")),
        ],
        rows=[Row(_cells(one), url=reverse("monitoring:quarter", args=[one.quarter.label])) for one in found],
        pager=Pager(query, len(found), 1, max(25, len(found))),
        noun=_("triwulan"),
        empty=EmptyState(
            _("Belum ada triwulan."), _("Triwulan muncul di sini setelah bulan-bulannya dibuka untuk laporan produsen.")
        ),
    )


def _cells(one: QuarterState) -> list[object]:
    closing = one.closing
    share = (
        next((check["share"] for check in closing.checks if check["check"] == "coverage"), None) if closing else None
    )
    note = (
        _("Sedang dikerjakan")
        if one.open_run
        else _("Ditutup dengan alasan")
        if closing and closing.is_override
        else None
    )
    return [
        str(one.quarter), state_badge(one), f"{share.replace('.', ',')} %" if share else None,
        closing.figures if closing else None, one.restatements or None, note,
    ]  # fmt: skip


def progress_of(run: QuarterRun) -> Progress:
    """A run as a progress bar."""
    return Progress(
        key=f"run-{run.pk}", title=str(run.get_kind_display()), state=_PROGRESS[RunState(run.state)],
        state_label=str(RunState(run.state).label), done=run.done, total=100, unit="%",
        poll_url=reverse("monitoring:progress", args=[run.quarter]), message=str(Stage(run.stage).label),
    )  # fmt: skip


def quarter_page(
    found: QuarterState,
    *,
    checked: Sequence[Checked],
    places: PlacePart | None,
    restatements: Sequence[Restatement],
    failed: str,
    is_over: bool,
) -> QuarterPage:
    """The page of one quarter."""
    label, closing = found.quarter.label, found.closing
    kept = checked if closing is None else [Checked(**one) for one in closing.checks]
    return QuarterPage(
        label=label,
        title=str(found.quarter),
        badge=state_badge(found),
        facts=_facts(found),
        checks=[_check(one) for one in kept],
        is_closed=found.is_closed,
        may_close=is_over and not found.is_closed and found.open_run is None,
        is_met=all(one.is_met for one in kept),
        job=progress_of(found.open_run) if found.open_run else None,
        places=places,
        restatements=[
            Link(
                _("Pernyataan ulang %(number)s: %(words)s") % {"number": one.number, "words": one.words},
                reverse("monitoring:restatement", args=[label, one.number]),
            )
            for one in restatements
        ],
        problem=failed if closing is None and found.open_run is None else "",
        override=closing.words if closing and closing.is_override else "",
    )


def _facts(found: QuarterState) -> list[KeyValue]:
    closing = found.closing
    span = f"{formats.long_date(found.quarter.start)} – {formats.long_date(found.quarter.last_day)}"
    if closing is None:
        return [KeyValue(_("Masa"), span)]
    return [
        KeyValue(_("Masa"), span),
        KeyValue(_("Ditutup"), closing.finished_at),
        KeyValue(_("Laporan bulanan dalam salinan (dua tahun)"), closing.returns),
        KeyValue(pgettext("angka", "Angka"), closing.figures),
    ]


def _check(one: Checked) -> CheckLine:
    return CheckLine(
        name=str(Check(one.check).label),
        words=_("%(found)s dari %(among)s %(words)s")
        % {"found": formats.number(one.found), "among": formats.number(one.among), "words": one.words},
        found=f"{one.share.replace('.', ',')} %",
        limit=f"{one.limit} %",
        badge=Status(_("Terpenuhi"), Tone.GOOD) if one.is_met else Status(_("Belum terpenuhi"), Tone.BAD),
    )


def restatement_page(query: Query, found: Restatement, rows: Sequence[RestatedFigure]) -> RestatementPage:
    """A restatement with every figure that it changed."""
    page = min(max(1, int(query.get("hal", "1")) if query.get("hal", "1").isdigit() else 1), -(-len(rows) // 50) or 1)
    shown = rows[(page - 1) * 50 : page * 50]
    names = dict(Region.objects.filter(code__in={one.region for one in shown}).values_list("code", "name"))
    table = Table(
        caption=_("Angka lama dan baru"),
        columns=[
            Column("indikator", _("Indikator")),
            Column("wilayah", _("Wilayah")),
            Column("bagian", pgettext("angka", "Bagian")),
            Column("lama", _("Lama"), numeric=True),
            Column("baru", _("Baru"), numeric=True),
            Column("n", _("n lama → baru"), numeric=True),
        ],
        rows=[
            Row(
                [
                    one.indicator, names.get(one.region, one.region), words.part(one.by, one.part) if one.by else None,
                    words.number(one.value, one.unit) or None, words.number(one.new_value, one.unit) or None,
                    f"{one.n} → {one.new_n}",
                ]
            )
            for one in shown
        ],
        pager=Pager(query, len(rows), page, 50),
        noun=_("angka"),
        empty=EmptyState(
            _("Tidak ada angka yang boleh ditunjukkan berubah."),
            _("Perubahannya menyangkut kurang dari tiga produsen; ditahan sampai terkumpul lebih banyak."),
        ),
    )  # fmt: skip
    facts = [
        KeyValue(_("Dinyatakan ulang"), found.at),
        KeyValue(_("Angka berubah"), found.changed),
        KeyValue(_("Sel yang ditahan karena kurang dari tiga produsen"), found.held_back),
    ]
    title = _("Pernyataan ulang %s") % found.number
    return RestatementPage(found.quarter, title, found.words, facts, table)
