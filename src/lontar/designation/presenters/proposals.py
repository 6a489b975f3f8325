"""Proposals in a list and on a page of their own: what was chosen and why, what the ranking said, the meeting, the steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.access.models import Post, User
from lontar.designation import policies
from lontar.designation.models import Flagship, Proposal, ProposalAdvice, ProposalStep
from lontar.designation.queries.concentration import Concentration
from lontar.designation.queries.units import UnitFacts
from lontar.designation.states import HOLDERS, MOVES, OPEN, Move, ProposalState
from lontar.selection.states import UnitKind
from lontar.ui import formats
from lontar.ui.presenters import (
    BulkAction,
    Chip,
    Column,
    EmptyState,
    Export,
    HistoryEntry,
    KeyValue,
    Link,
    Pager,
    Query,
    Row,
    Status,
    Step,
    Table,
    Tone,
)

_TONES = {
    ProposalState.READY: Tone.INFO,
    ProposalState.DECREED: Tone.GOOD,
    ProposalState.COACHING: Tone.GOOD,
    ProposalState.EVALUATION: Tone.INFO,
    ProposalState.VILLAGE: Tone.WARN,
    ProposalState.REFUSED: Tone.BAD,
    ProposalState.WITHDRAWN: Tone.PLAIN,
    ProposalState.REPLACED: Tone.PLAIN,
}
# The stages as shown: until which states each lasts.
_STAGES = (
    (ProposalState.VILLAGE,),
    (ProposalState.REGENCY,),
    (ProposalState.PROVINCE,),
    (ProposalState.READY, ProposalState.DECREED),
    (ProposalState.COACHING,),
    (ProposalState.EVALUATION,),
)


def state_badge(state: str) -> Status:
    """Where a proposal stands."""
    one = ProposalState(state)
    return Status(str(one.label), _TONES.get(one, Tone.WARN))


def unit_name(one: Proposal | Flagship) -> str:
    """What the unit is called."""
    if one.school is not None:
        return one.school.name
    return one.community.name if one.community is not None else one.village.name


def place_name(one: Proposal | Flagship) -> str:
    """Village (unless it is the unit itself), kecamatan and kabupaten/kota."""
    district = one.village.parent
    names = [district.name, district.parent.name if district.parent else ""] if district else []
    own = [one.village.name] if one.kind != UnitKind.VILLAGE else []
    return ", ".join(name for name in [*own, *names] if name)


def proposals_table(
    query: Query, *, rows: Sequence[Proposal], pager: Pager, chips: Sequence[Chip], post: Post
) -> Table:
    """The list of proposals with what the post may do with many."""
    return Table(
        caption=_("Usulan produk unggulan"),
        columns=[
            Column("nama", _("Produk"), sortable=True),
            Column("unit", _("Unit")),
            Column("desa", _("Tempat"), sortable=True),
            Column("keadaan", _("Keadaan"), sortable=True),
            Column("pemegang", _("Dipegang")),
            Column("sejak", _("Sejak"), sortable=True),
        ],
        rows=[
            Row(
                [
                    one.name, unit_name(one), place_name(one), state_badge(one.state),
                    str(HOLDERS[ProposalState(one.state)].label), one.moved_at,
                ],
                url=reverse("designation:proposal", args=[one.pk]),
                key=str(one.pk),
            )
            for one in rows
        ],
        pager=pager,
        noun=pgettext("hitungan", "usulan"),
        sort=query.get("urut", "sejak"),
        chips=chips,
        exports=[Export("CSV", query.but({"format": "csv"}))],
        bulk=_bulk(query, post),
        empty=EmptyState(
            _("Belum ada usulan di sini."),
            _("Desa mengajukan produk unggulan sesudah musyawarah."),
            Link(_("Ajukan usulan"), reverse("designation:propose"), "plus")
            if policies.check_propose.can(post)
            else None,
        ),
    )  # fmt: skip


def _bulk(query: Query, post: Post) -> list[BulkAction]:
    carried = query.but({}).partition("?")[2]
    ask = f"?{carried}" if carried else ""
    found = []
    if post.role in list(policies.CHECKERS.values()):
        found.append(BulkAction(_("Terima"), reverse("designation:proposals_move") + ask, "check"))
    if policies.check_decree.can(post):
        found.append(BulkAction(_("Tetapkan"), reverse("designation:decree_collect") + ask, "document"))
    return found


EXPORTED = ("produk", "jenis", "unit", "tempat", "kode_desa", "komoditas", "keadaan", "dipegang", "sejak", "diajukan")


def export_lines(rows: Iterator[Proposal]) -> Iterator[Mapping[str, object]]:
    """Proposals by the columns of the CSV."""
    for one in rows:
        yield {
            "produk": one.name,
            "jenis": str(UnitKind(one.kind).label),
            "unit": unit_name(one),
            "tempat": place_name(one),
            "kode_desa": one.village_id,
            "komoditas": one.commodity.name if one.commodity else "",
            "keadaan": str(ProposalState(one.state).label),
            "dipegang": str(HOLDERS[ProposalState(one.state)].label),
            "sejak": timezone.localdate(one.moved_at).isoformat(),
            "diajukan": timezone.localdate(one.sent_at).isoformat(),
        }


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit that may be proposed for: what it has, and where the form or its open proposal is."""

    name: str
    kind: str
    told: str
    link: Link


def unit_choices(
    units: Sequence[UnitFacts], *, proposals: Mapping[str, Proposal], flagships: Mapping[str, Flagship]
) -> list[UnitChoice]:
    """Units with their flagship and open proposal."""
    found = []
    for unit in units:
        flagship, proposal = flagships.get(unit.key), proposals.get(unit.key)
        told = _("Produk unggulan: %s.") % flagship.name if flagship else _("Belum punya produk unggulan.")
        if proposal is not None:
            told += " " + _("Usulan: %(name)s (%(state)s).") % {
                "name": proposal.name, "state": str(ProposalState(proposal.state).label).lower(),
            }  # fmt: skip
            link = Link(_("Lihat usulan"), reverse("designation:proposal", args=[proposal.pk]), "eye")
        else:
            label = _("Usulkan pengganti") if flagship else _("Usulkan produk")
            link = Link(label, reverse("designation:propose_for", args=[unit.key.replace(":", "-")]), "plus")
        found.append(UnitChoice(unit.name, str(unit.kind.label), told, link))
    return found


def schools_table(
    units: Sequence[UnitFacts], *, proposals: Mapping[str, Proposal], flagships: Mapping[str, Flagship], pager: Pager
) -> Table:
    """Schools to propose for, with their flagship and open proposal."""
    choices = unit_choices(units, proposals=proposals, flagships=flagships)
    return Table(
        caption=_("Sekolah dalam wilayah Anda"),
        columns=[
            Column("sekolah", _("Sekolah")),
            Column("desa", _("Desa/kelurahan")),
            Column("keadaan", _("Produk unggulan")),
            Column("tindakan", _("Tindakan")),
        ],
        rows=[
            Row([unit.name, f"{unit.village_name} ({unit.village_code})", choice.told, choice.link])
            for unit, choice in zip(units, choices, strict=True)
        ],
        pager=pager,
        noun=pgettext("hitungan", "sekolah"),
        empty=EmptyState(_("Tidak ada sekolah yang cocok."), _("Periksa penulisan nama, NPSN, atau desanya.")),
    )


@dataclass(frozen=True, slots=True)
class MoveForm:
    """A step that the reader may do now; with `asks`, a reason is wanted first."""

    move: str
    label: str
    icon: str
    asks: bool
    primary: bool = False


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """The page of a proposal."""

    pk: int
    title: str
    unit: str
    place: str
    status: Status
    holder: str
    steps: list[Step]
    facts: list[KeyValue]
    meeting: list[KeyValue]
    advice: Table | None
    advice_told: str
    moves: list[MoveForm]
    edit_url: str
    decree_url: str
    spread: str
    spread_url: str
    entries: list[HistoryEntry]
    returned: str


def proposal_page(
    one: Proposal,
    *,
    steps: Sequence[ProposalStep],
    advice: Sequence[ProposalAdvice],
    around: Concentration | None,
    post: Post,
    by: User,
) -> ProposalPage:
    """Everything about one proposal; `around` for those who may see the spread."""
    state = ProposalState(one.state)
    may = [move for move in MOVES[state] if policies.check_move_proposal.can(post, one, move, by=by)]
    last = next((step for step in steps if step.to_state == one.state), None)
    return ProposalPage(
        pk=one.pk,
        title=one.name,
        unit=f"{UnitKind(one.kind).label} {unit_name(one)}",
        place=place_name(one),
        status=state_badge(one.state),
        holder=_("%(holder)s, sejak %(since)s")
        % {"holder": HOLDERS[state].label, "since": formats.long_date(one.moved_at)},
        steps=_stages(state),
        facts=_facts(one),
        meeting=_meeting(one, post),
        advice=_advice_table(advice) if advice else None,
        advice_told=_advice_told(one, has_advice=bool(advice)),
        moves=[form for move in may if (form := _move_form(move)) is not None],
        edit_url=reverse("designation:correct", args=[one.pk]) if Move.RESENT in may else "",
        decree_url=f"{reverse('designation:decree_preview')}?usulan={one.pk}"
        if state is ProposalState.READY and policies.check_decree.can(post)
        else "",
        spread=_spread(around),
        spread_url=reverse("designation:spread", args=[one.pk]) if around is not None else "",
        entries=[_entry(step) for step in steps],
        returned=last.reason if state is ProposalState.VILLAGE and last else "",
    )


def _stages(state: ProposalState) -> list[Step]:
    labels = (
        _("Pengusulan"), _("Kabupaten/kota"), _("Provinsi"), _("Penetapan"), _("Pembinaan"), _("Evaluasi"),
    )  # fmt: skip
    here = next((place for place, states in enumerate(_STAGES) if state in states), None)
    if here is None:
        return []
    return [
        Step(label, "done" if place < here else "current" if place == here else "todo")
        for place, label in enumerate(labels)
    ]


def _move_form(move: Move) -> MoveForm | None:
    words = {
        Move.ACCEPTED: (_("Terima dan teruskan"), "check", False),
        Move.RETURNED: (_("Kembalikan dengan alasan"), "return", True),
        Move.REFUSED: (_("Tolak usulan"), "stop", True),
        Move.WITHDRAWN: (_("Tarik usulan"), "undo", True),
        Move.COACHED: (_("Mulai pembinaan"), "users", False),
        Move.EVALUATED: (_("Mulai evaluasi"), "chart", False),
        Move.CONTINUED: (_("Lanjutkan pembinaan"), "check", False),
    }.get(move)
    return MoveForm(move.value, *words, primary=not words[2]) if words else None


def _facts(one: Proposal) -> list[KeyValue]:
    lines = [
        KeyValue(_("Produk yang diusulkan"), one.name),
        KeyValue(pgettext("satu", "Komoditas"), one.commodity.name if one.commodity else _("di luar daftar")),
    ]
    if one.differs:
        lines.append(KeyValue(_("Mengapa berbeda dari peringkat"), one.reason))
    elif one.reason:
        lines.append(KeyValue(_("Catatan pengusul"), one.reason))
    lines.append(KeyValue(_("Diajukan"), f"{formats.long_date(one.sent_at)} · {one.post.agency.short_name}"))
    return lines


def _meeting(one: Proposal, post: Post) -> list[KeyValue]:
    minutes: object = _("Tersimpan; hanya pengusul dan pemeriksa yang dapat membukanya.")
    if policies.check_see_minutes.can(post, one.village_id):
        url = reverse("designation:minutes", args=[one.pk])
        minutes = Link(_("Buka berita acara (%s)") % formats.size(one.minutes_size), url, "document")
    people = _("%(all)s orang: %(women)s perempuan, %(men)s laki-laki") % {
        "all": formats.number(one.women + one.men), "women": formats.number(one.women), "men": formats.number(one.men),
    }  # fmt: skip
    return [
        KeyValue(_("Musyawarah"), f"{formats.long_date(one.meeting_date)}, {one.meeting_place}"),
        KeyValue(_("Yang hadir"), people),
        KeyValue(_("Berita acara"), minutes),
        KeyValue("SHA-256", one.minutes_sha256),
    ]


def _advice_told(one: Proposal, *, has_advice: bool) -> str:
    if not has_advice or one.ranked_on is None:
        return _("Unit ini belum masuk peringkat ketika usulan diajukan.")
    return _("Peringkat menurut %(set)s, keadaan %(day)s, dibekukan bersama usulan ini.") % {
        "set": one.set_name, "day": formats.long_date(one.ranked_on),
    }  # fmt: skip


def _advice_table(advice: Sequence[ProposalAdvice]) -> Table:
    return Table(
        caption=_("Peringkat ketika usulan diajukan"),
        columns=[
            Column("calon", _("Calon")),
            Column("nilai", _("Nilai"), numeric=True),
            Column("selang", _("Selang"), numeric=True),
            Column("pertama", _("Berapa sering pertama"), numeric=True),
        ],
        rows=[
            Row(
                [
                    _advised(one),
                    formats.number(one.score, 2) if one.score is not None else _("tidak masuk"),
                    f"{formats.number(one.low, 2)}–{formats.number(one.high, 2)}"
                    if one.low is not None and one.high is not None
                    else None,
                    formats.percent(one.first_share, 0) if one.first_share is not None else None,
                ]
            )
            for one in advice
        ],
        pager=Pager.whole(len(advice)),
        noun=_("calon"),
        key="peringkat",
    )


def _advised(one: ProposalAdvice) -> str:
    """`1. Kopi – pilihan musyawarah`."""
    name = f"{one.position}. {one.name}"
    return _("%s – pilihan musyawarah") % name if one.is_choice else name


def _spread(around: Concentration | None) -> str:
    if around is None:
        return ""
    if not around.neighbours:
        return _("Tidak ada unit lain di sekitar dengan komoditas yang sama.")
    told = _("%(number)d unit sekitar, termasuk pengusul, punya atau mengusulkan komoditas yang sama.") % {
        "number": around.number
    }
    if not around.is_dense:
        return told
    return told + " " + _("Pertimbangkan satu sentra bersama.")


def _entry(step: ProposalStep) -> HistoryEntry:
    return HistoryEntry(
        at=step.at,
        who=f"{step.by} · {step.agency.short_name}",
        what=f"{Move(step.move).label} → {ProposalState(step.to_state).label}",
        reason=step.reason,
    )


def is_open(one: Proposal) -> bool:
    """Whether the proposal is on its way to a decree."""
    return one.state in OPEN
