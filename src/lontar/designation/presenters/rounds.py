"""Locus rounds: the list, and one with its quotas, its villages and what may be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.designation.models import Locus, LocusEntry, LocusRound
from lontar.designation.queries.loci import Filled
from lontar.designation.states import LocusGate, Place, RoundState
from lontar.ui import formats
from lontar.ui.presenters import (
    Chip,
    Column,
    EmptyState,
    Export,
    KeyValue,
    Link,
    Pager,
    Row,
    Status,
    Table,
    Tone,
)

_TONES = {RoundState.DECREED: Tone.GOOD, RoundState.RANKED: Tone.INFO, RoundState.DRAFT: Tone.WARN}
_PLACES = {Place.CHOSEN: Tone.GOOD, Place.WAITING: Tone.INFO, Place.OUT: Tone.PLAIN, Place.LEFT: Tone.WARN}


def state_badge(state: str) -> Status:
    """Where a round stands."""
    one = RoundState(state)
    return Status(str(one.label), _TONES.get(one, Tone.PLAIN))


def rounds_table(rows: Sequence[LocusRound]) -> Table:
    """Every round."""
    return Table(
        caption=_("Putaran seleksi lokus"),
        columns=[
            Column("nama", _("Putaran")),
            Column("keadaan", _("Keadaan")),
            Column("kuota", _("Kuota setiap kabupaten/kota"), numeric=True),
            Column("set", _("Peringkat menurut")),
            Column("sejak", _("Sejak")),
        ],
        rows=[
            Row(
                [one.name, state_badge(one.state), one.quota, one.set_name, one.moved_at],
                url=reverse("designation:round", args=[one.pk]),
            )
            for one in rows
        ],
        pager=Pager.whole(len(rows)),
        noun=_("putaran"),
        empty=EmptyState(
            _("Belum ada putaran."), _("Buka putaran: pilih set kriteria, syarat, dan kuota; lalu susun peringkatnya.")
        ),
    )


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round: facts, quotas, villages, and what may be done now."""

    pk: int
    title: str
    status: Status
    facts: list[KeyValue]
    quotas: Table
    villages: Table
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    decree_url: str = ""


def round_page(
    one: LocusRound,
    *,
    filled: Sequence[Filled],
    entries: Sequence[LocusEntry],
    loci: Mapping[int, Locus],
    pager: Pager,
    chips: Sequence[Chip],
    may_run: bool,
) -> RoundPage:
    """Everything about a round; `loci` by entry are those in force."""
    state = RoundState(one.state)
    gates = ", ".join(str(LocusGate(gate).label) for gate in one.gates) or _("tanpa syarat")
    return RoundPage(
        pk=one.pk,
        title=one.name,
        status=state_badge(one.state),
        facts=[
            KeyValue(_("Peringkat menurut"), one.set_name),
            KeyValue(_("Keadaan peringkat"), one.ranked_on or _("belum disusun")),
            KeyValue(_("Syarat mutlak"), gates),
            KeyValue(_("Kuota setiap kabupaten/kota"), one.quota, source=one.source),
        ],
        quotas=_quota_table(filled, one),
        villages=_village_table(entries, loci, pager=pager, chips=chips, may_run=may_run, state=state),
        buttons=_buttons(state) if may_run else [],
        decree_url=reverse("designation:round_decree", args=[one.pk]) if may_run and state is RoundState.RANKED else "",
    )


def _buttons(state: RoundState) -> list[tuple[str, str, str]]:
    """(act, label, icon) of what may be done with a round in this state."""
    if state is RoundState.DRAFT:
        return [("susun", _("Susun peringkat"), "sort"), ("batalkan", _("Batalkan putaran"), "stop")]
    if state is RoundState.RANKED:
        return [("susun", _("Susun ulang peringkat"), "sort"), ("batalkan", _("Batalkan putaran"), "stop")]
    return [("tutup", _("Tutup putaran"), "lock")] if state is RoundState.DECREED else []


def _quota_table(filled: Sequence[Filled], one: LocusRound) -> Table:
    rows = []
    for regency in filled:
        right = regency.chosen == regency.quota
        told = Status(_("sesuai") if right else _("periksa"), Tone.GOOD if right else Tone.WARN)
        url = f"{reverse('designation:round', args=[one.pk])}?kabupaten={regency.code}"
        rows.append(Row([regency.name, regency.quota, regency.chosen, regency.waiting, regency.out, told], url=url))
    return Table(
        caption=_("Kuota menurut kabupaten/kota"),
        columns=[
            Column("kabupaten", _("Kabupaten/kota")),
            Column("kuota", _("Kuota"), numeric=True),
            Column("terpilih", _("Terpilih"), numeric=True),
            Column("tunggu", _("Daftar tunggu"), numeric=True),
            Column("keluar", _("Tidak masuk"), numeric=True),
            Column("sesuai", _("Kesesuaian")),
        ],
        rows=rows,
        pager=Pager.whole(len(rows)),
        noun=_("kabupaten/kota"),
        key="kuota",
    )


def _village_table(
    entries: Sequence[LocusEntry],
    loci: Mapping[int, Locus],
    *,
    pager: Pager,
    chips: Sequence[Chip],
    may_run: bool,
    state: RoundState,
) -> Table:
    labels = dict(LocusGate.choices)
    rows = []
    for one in entries:
        why = ", ".join(str(labels.get(gate, gate)) for gate in one.failed)
        link: Link | None = None
        if may_run and state is RoundState.RANKED and one.place != Place.OUT:
            link = Link(_("Pindahkan"), reverse("designation:round_move", args=[one.pk]), "edit")
        elif may_run and one.pk in loci:
            url = reverse("designation:locus_replace", args=[one.round_id, loci[one.pk].pk])
            link = Link(_("Ganti dari daftar tunggu"), url, "return")
        rows.append(
            Row(
                [
                    f"{one.village.name} ({one.village_id})",
                    one.regency.name,
                    one.position,
                    formats.number(one.score, 3) if one.score is not None else None,
                    one.best,
                    Status(str(Place(one.place).label), _PLACES[Place(one.place)]),
                    why,
                    link,
                ]
            )
        )
    return Table(
        caption=_("Desa dan kelurahan dalam putaran ini"),
        columns=[
            Column("desa", _("Desa/kelurahan")),
            Column("kabupaten", _("Kabupaten/kota")),
            Column("urutan", _("Urutan"), numeric=True),
            Column("nilai", _("Nilai"), numeric=True),
            Column("calon", _("Calon terbaik")),
            Column("kedudukan", _("Kedudukan")),
            Column("syarat", _("Syarat yang tidak dipenuhi")),
            Column("tindakan", _("Tindakan")),
        ],
        rows=rows,
        pager=pager,
        noun=_("desa/kelurahan"),
        key="desa",
        chips=chips,
        exports=[Export("CSV", pager.query.but({"format": "csv"}))],
        empty=EmptyState(_("Peringkat belum disusun."), _("Tekan Susun peringkat.")),
    )


EXPORTED = ("kode", "desa", "kabupaten", "urutan", "nilai", "calon", "kedudukan", "syarat_tidak_dipenuhi")


def export_line(one: LocusEntry) -> dict[str, object]:
    """A village of a round by the columns of the CSV."""
    return {
        "kode": one.village_id,
        "desa": one.village.name,
        "kabupaten": one.regency.name,
        "urutan": one.position if one.position is not None else "",
        "nilai": one.score if one.score is not None else "",
        "calon": one.best,
        "kedudukan": str(Place(one.place).label),
        "syarat_tidak_dipenuhi": " ".join(one.failed),
    }
