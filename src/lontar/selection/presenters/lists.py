"""The list of units with their first candidate, and the criteria sets with their runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.selection.forms import RankingListFilter
from lontar.selection.models import CandidateRun
from lontar.selection.presenters.words import certainty, kind_name, points
from lontar.selection.queries.listing import Listed, SetInForce
from lontar.selection.rules.measures import words_for
from lontar.selection.states import RunState, Stage
from lontar.ui import formats
from lontar.ui.presenters import (
    Chip,
    Column,
    EmptyState,
    Export,
    Pager,
    Progress,
    ProgressState,
    Query,
    Row,
    Table,
)

_COLUMNS = ("unit", "kode", "jenis", "calon1", "nilai", "kepastian", "selisih", "cara", "lolos", "kurang")
_PROGRESS = {
    RunState.QUEUED: ProgressState.WAITING,
    RunState.RUNNING: ProgressState.RUNNING,
    RunState.DONE: ProgressState.DONE,
    RunState.FAILED: ProgressState.FAILED,
}


def columns() -> list[Column]:
    """The columns of the list."""
    return [
        Column("unit", _("Unit"), sortable=True),
        Column("desa", _("Kode desa"), sortable=True, optional=True),
        Column("jenis", _("Jenis"), optional=True),
        Column("calon1", _("Calon pertama")),
        Column("nilai", _("Nilai (0–100)"), numeric=True, sortable=True),
        Column("kepastian", _("Kepastian"), sortable=True, hint=_("Berapa sering tetap pertama ketika bobot digoyang")),
        Column("selisih", _("Selisih dengan kedua"), numeric=True, sortable=True, optional=True),
        Column("cara", _("Kesesuaian cara (τ)"), numeric=True, sortable=True, optional=True),
        Column("calon", _("Calon, lolos syarat"), sortable=True, optional=True),
        Column("kurang", _("Yang belum ada"), optional=True),
    ]


def unit_url(unit_key: str, set_key: str) -> str:
    """The page of a unit by a set."""
    return f"{reverse('selection:unit', args=[unit_key])}?set={set_key}"


def rankings_table(
    query: Query,
    rows: Sequence[Listed],
    *,
    count: int,
    page: int,
    size: int,
    sort: str,
    form: RankingListFilter,
    set_key: str,
) -> Table:
    """One page of the list."""
    return Table(
        caption=_("Calon unggulan setiap unit"),
        columns=columns(),
        rows=[Row(cells(one), url=unit_url(one.unit_key, set_key)) for one in rows],
        pager=Pager(query, count, page, size),
        noun=_("unit"),
        sort=sort,
        shown=query.all("kolom"),
        chips=_chips(form, query),
        exports=[
            Export(_("CSV"), query.but({"format": "csv"})),
            Export(_("Excel"), query.but({"format": "xlsx"})),
        ],
        empty=EmptyState(
            _("Belum ada peringkat yang cocok."),
            _("Longgarkan saringan, atau mintalah petugas provinsi menghitung peringkat di halaman set kriteria."),
        ),
    )


def cells(one: Listed) -> list[object]:
    """The cells of a unit, in the order of the columns."""
    return [
        one.name if one.kind == "village" else f"{one.name} ({one.village})",
        one.village_code,
        kind_name(one.kind),
        one.first or None,
        points(one.score),
        certainty(one.first_share),
        points(one.lead),
        None if one.agreement is None else round(one.agreement, 2),
        _("%(all)s calon, %(ranked)s lolos") % {"all": one.candidates, "ranked": one.ranked},
        " ".join(words_for(key) for key in one.missing) or None,
    ]


def _chips(form: RankingListFilter, query: Query) -> list[Chip]:
    told = []
    for name, field in form.fields.items():
        given = form.value(name)
        if not given:
            continue
        words = dict(getattr(field, "choices", ())).get(given, given)
        told.append(Chip(f"{field.label}: {words}", query.without(name)))
    return told


def sheet_rows(rows: Sequence[Listed]) -> tuple[list[str], list[list[object]]]:
    """Headings and plain rows for a file."""
    heads = [
        "unit", "jenis", "kode_desa", "desa", "nama", "calon_pertama", "nilai", "bagian_pertama", "selisih", "kesesuaian_cara",
        "calon", "lolos_syarat", "belum_ada",
    ]  # fmt: skip
    return heads, [
        [
            one.unit_key, one.kind, one.village_code, one.village, one.name, one.first, one.score, one.first_share, one.lead,
            one.agreement, one.candidates, one.ranked, " ".join(one.missing),
        ]
        for one in rows
    ]  # fmt: skip


def progress_of(run: CandidateRun, set_key: str) -> Progress:
    """A run as a progress bar."""
    stage = Stage(run.stage)
    return Progress(
        key=f"run-{run.pk}", title=_("Peringkat semua unit"), state=_PROGRESS[RunState(run.state)],
        state_label=str(RunState(run.state).label), done=run.done, total=100, unit="%",
        poll_url=reverse("selection:progress", args=[set_key]), message=str(stage.label),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SetCard:
    """A set in the list of sets: where it leads, and a line of its state."""

    name: str
    purpose: str
    url: str
    state: str


def set_cards(found: Sequence[SetInForce]) -> list[SetCard]:
    """Every set with its state."""
    return [
        SetCard(
            one.criteria_set.shown, one.criteria_set.purpose, reverse("selection:set", args=[one.criteria_set.key]),
            _("Versi %(number)s, bobot: %(weights)s. %(run)s")
            % {
                "number": one.version.number,
                "weights": one.version.get_weights_from_display().lower(),
                "run": _("Belum dihitung.") if one.current is None else _("Dihitung %(at)s untuk %(n)s unit.")
                % {"at": formats.moment(one.current.finished_at), "n": formats.number(one.current.units)},
            },
        )
        for one in found
    ]  # fmt: skip
