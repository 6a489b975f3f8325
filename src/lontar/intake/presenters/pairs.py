"""Pairs of records for people: the queue as a list, two records side by side with their differences down to the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.engines.tabular.export import Kind
from lontar.intake.models import Bulk, Pair
from lontar.intake.queries.pairs import BANDS, MINE, PairLine, Record
from lontar.intake.rules.agreement import BLANK, FIELDS, NEAR, OTHER, SAME
from lontar.intake.states import BulkState, PairSource, PairState
from lontar.registry.rules.merging import ENTERPRISE, PERSON, refusals
from lontar.registry.states import EnterpriseStatus, Sex
from lontar.ui import formats
from lontar.ui.presenters import (
    BulkAction,
    Chip,
    Column,
    Crumb,
    EmptyState,
    Export,
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

_STATES = {
    PairState.OPEN: Tone.WARN,
    PairState.SAME: Tone.GOOD,
    PairState.DIFFERENT: Tone.INFO,
    PairState.MOOT: Tone.PLAIN,
}
Piece = tuple[str, bool]  # a piece of a text, and whether the other side lacks it


@dataclass(frozen=True, slots=True)
class Line:
    """One field of two records: both texts in pieces, and how they stand to each other (a mark of `agreement`)."""

    label: str
    first: tuple[Piece, ...]
    second: tuple[Piece, ...]
    mark: str

    @property
    def word(self) -> str:
        """The mark as a word."""
        return mark_word(self.mark)

    @property
    def kind(self) -> str:
        """The mark as a name for styles."""
        return {SAME: "same", NEAR: "near", OTHER: "other", BLANK: "blank"}[self.mark]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above one side: which record, from whom, and where it leads."""

    label: str
    url: str
    source: str


@dataclass(frozen=True, slots=True)
class PairView:
    """One pair as it is reviewed."""

    pk: int
    first: Head
    second: Head
    lines: tuple[Line, ...]
    chance: str
    figure: str
    note: str
    merge_url: str
    blocked: tuple[str, ...]


def band_label(key: str) -> str:
    """A band of likelihood in words."""
    return {
        "pasti": _("Hampir pasti sama"),
        "besar": _("Kemungkinan besar sama"),
        "mungkin": _("Mungkin sama"),
        "kecil": _("Kemungkinan kecil sama"),
    }[key]


def chance_words(probability: float) -> str:
    """How likely it is, in words."""
    return next(band_label(key) for key, (least, below) in BANDS.items() if least <= probability < below)


def chance_figure(probability: float) -> str:
    """`97 %`; one hundred only for what is beyond doubt."""
    return f"{formats.number(min(probability, 0.999) * 100, 1 if probability >= 0.99 else 0)} %"


def mark_word(mark: str) -> str:
    """How two values stand to each other."""
    return {
        SAME: pgettext("isian", "sama"),
        NEAR: pgettext("isian", "mirip"),
        OTHER: pgettext("isian", "berbeda"),
        BLANK: pgettext("isian", "kosong"),
    }[mark]


def reason_words(reasons: str) -> str:
    """`pemilik sama, nama usaha mirip; NIK berbeda`: what speaks for a pair, then what speaks against it."""
    labels = dict(
        zip(
            FIELDS,
            (
                _("pemilik"), _("nama usaha"), _("desa"), _("NIK"), _("nomor HP"), _("NIB"), _("tahun lahir"), _("KBLI"),
                _("jenis kelamin"),
            ),
            strict=True,
        )
    )  # fmt: skip
    told = list(zip((labels[name] for name in FIELDS), reasons, strict=False))
    groups = [
        [f"{label} {mark_word(mark)}" for label, mark in told if mark == wanted] for wanted in (SAME, NEAR, OTHER)
    ]
    return "; ".join(", ".join(group) for group in groups if group)


def pair_view(line: PairLine) -> PairView | None:
    """The pair side by side; None when one record is not there any more."""
    first, second, pair = line.first, line.second, line.pair
    if first is None or second is None:
        return None
    return PairView(
        pk=pair.pk,
        first=_head(first, _("Catatan pertama")),
        second=_head(second, _("Catatan kedua")),
        lines=tuple(_lines(first, second)),
        chance=chance_words(pair.probability),
        figure=chance_figure(pair.probability),
        note=pair.note,
        merge_url=reverse("office:merge", args=sorted((first.pk, second.pk))),
        blocked=tuple(_blocked(first, second)),
    )


def _blocked(first: Record, second: Record) -> list[str]:
    """Why the two cannot be merged as they are, as merging itself would say."""
    enterprises = [{"nib": one.nib} for one in (first, second)]
    owners = [{"nik_sealed": one.nik_index, "nik_index": one.nik_index} for one in (first, second)]
    return [*refusals(ENTERPRISE, *enterprises), *refusals(PERSON, *owners)]


def _head(one: Record, label: str) -> Head:
    words = {"agency": one.agency or _("petugas"), "day": formats.short_date(timezone.localdate(one.recorded_at))}
    told = [_("%(agency)s, %(day)s") % words]
    if one.batch:
        told.append(_("kiriman #%(number)s") % {"number": one.batch})
    return Head(f"{label} · {one.pk}", reverse("office:enterprise", args=[one.pk]), " · ".join(told))


def _lines(first: Record, second: Record) -> list[Line]:
    told = [
        (_("Nama usaha"), first.name, second.name),
        (_("Pemilik"), first.owner, second.owner),
        (_("Desa/kelurahan"), first.village, second.village),
        (_("NIB"), first.nib, second.nib),
        (_("Tahun lahir pemilik"), _plain(first.birth_year), _plain(second.birth_year)),
        (_("Jenis kelamin pemilik"), _sex(first), _sex(second)),
        (_("Produk utama"), first.product, second.product),
        (_("KBLI"), first.kbli, second.kbli),
        (_("Tahun mulai"), _plain(first.start_year), _plain(second.start_year)),
        (_("Tenaga kerja"), _plain(first.workers), _plain(second.workers)),
        (_("Omzet setahun"), _money(first), _money(second)),
        (_("Status"), str(EnterpriseStatus(first.status).label), str(EnterpriseStatus(second.status).label)),
    ]
    found = [_line(*one) for one in told]
    hidden = [
        _hidden(_("NIK pemilik"), first.nik_index, second.nik_index),
        _hidden(_("Nomor HP"), first.phone_index, second.phone_index),
    ]
    return [one for one in (*found[:4], *hidden, *found[4:]) if one.first or one.second]


def _plain(number: int | None) -> str:
    return "" if number is None else str(number)


def _sex(one: Record) -> str:
    return str(Sex(one.sex).label) if one.sex else ""


def _money(one: Record) -> str:
    return "" if one.turnover is None else formats.rupiah(one.turnover)


def _line(label: str, first: str, second: str) -> Line:
    """A field with its differences marked; letters are compared without regard to capitals."""
    if not first or not second:
        return Line(label, _whole(first), _whole(second), BLANK)
    low = first.casefold(), second.casefold()
    if low[0] == low[1] or len(low[0]) != len(first) or len(low[1]) != len(second):
        return Line(label, _whole(first), _whole(second), SAME if low[0] == low[1] else OTHER)
    matcher = SequenceMatcher(None, *low, autojunk=False)
    steps = matcher.get_opcodes()
    pieces = (
        tuple((first[a:b], tag != "equal") for tag, a, b, _c, _d in steps if a < b),
        tuple((second[c:d], tag != "equal") for tag, _a, _b, c, d in steps if c < d),
    )
    is_near = matcher.ratio() >= 0.6 and not first.replace(".", "").isdecimal()
    if not is_near:  # nothing is gained by marking single letters of two different words
        return Line(label, ((first, True),), ((second, True),), OTHER)
    return Line(label, *pieces, NEAR)


def _whole(text: str) -> tuple[Piece, ...]:
    return ((text, False),) if text else ()


def _hidden(label: str, first: bytes | None, second: bytes | None) -> Line:
    """A number that is never shown: only whether there is one, and whether it is the same."""
    there, lacking = _("ada, disamarkan"), _("kosong")
    sides = [((there if one else lacking), False) for one in (first, second)]
    mark = BLANK if not first or not second else SAME if first == second else OTHER
    return Line(label, (sides[0],), (sides[1],), mark)


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here through the queue."""
    return [
        Crumb(_("Kantor"), "/kantor/"),
        Crumb(_("Pasangan untuk ditinjau"), reverse("intake:pairs")),
        *(Crumb(label, url) for label, url in steps),
    ]


def pairs_table(
    shown: Sequence[PairLine], *, query: Query, pager: Pager, words: Mapping[str, str], state: str
) -> Table:
    """One page of the queue; what may be done with the picked ones follows from the state that is listed."""
    merge = BulkAction(_("Gabungkan yang hampir pasti"), _with(query, "intake:pairs_bulk", "gabung"), "check")
    undo = BulkAction(_("Urungkan yang dipilih"), _with(query, "intake:pairs_bulk", "urungkan"), "undo")
    bulk = {PairState.OPEN.value: (merge,), MINE: (undo,)}.get(state, ())
    return Table(
        caption=_("Pasangan untuk ditinjau"),
        columns=[
            Column("pasangan", _("Pasangan")),
            Column("lain", _("Dengan")),
            Column("desa", _("Desa/kelurahan")),
            Column("kemungkinan", _("Kemungkinan"), numeric=True),
            Column("alasan", _("Alasan")),
            Column("keadaan", _("Keadaan")),
            Column("asal", _("Asal"), optional=True),
            Column("ditemukan", _("Ditemukan"), optional=True),
        ],
        rows=[_row(one) for one in shown],
        pager=pager,
        noun=_("pasangan"),
        chips=[Chip(text, query.without(key)) for key, text in words.items()],
        exports=[Export("CSV", query.but({"format": "csv"})), Export("XLSX", query.but({"format": "xlsx"}))],
        bulk=bulk,
        shown=query.all("kolom") or ("pasangan",),
        empty=EmptyState(
            _("Tidak ada pasangan yang cocok.") if words else _("Tidak ada pasangan yang menunggu."),
            _("Longgarkan saringan.")
            if words
            else _("Pasangan muncul di sini bila kiriman membawa usaha yang mirip dengan catatan lain."),
        ),
    )


def _with(query: Query, name: str, *given: str) -> str:
    """An address that carries the filters of the list."""
    return Query(reverse(name, args=given), query.pairs).but({})


def _row(one: PairLine) -> Row:
    pair = one.pair
    return Row(
        [
            _called(one.first),
            _called(one.second),
            one.first.village if one.first else pair.village_low,
            chance_figure(pair.probability),
            reason_words(pair.reasons),
            pair_status(pair),
            source_words(pair),
            pair.created_at,
        ],
        url=reverse("intake:pair", args=[pair.pk]),
        key=str(pair.pk),
    )


def _called(one: Record | None) -> str:
    """A record in one line."""
    if one is None:
        return _("(tidak ada lagi)")
    return f"{one.name} · {one.owner}" if one.owner else one.name


def pair_status(pair: Pair) -> Status:
    """The state as a badge; a doubted pair says so."""
    if pair.state == PairState.OPEN and pair.passed_by:
        return Status(_("Diragukan"), Tone.WARN)
    return Status(str(PairState(pair.state).label), _STATES[PairState(pair.state)])


def source_words(pair: Pair) -> str:
    """How the pair was found."""
    label = str(PairSource(pair.source).label)
    return f"{label} · #{pair.batch_id}" if pair.batch_id else label


EXPORT_HEADER = (
    "nomor", "catatan_pertama", "nama_pertama", "pemilik_pertama", "desa_pertama", "catatan_kedua", "nama_kedua",
    "pemilik_kedua", "desa_kedua", "kemungkinan", "alasan", "keadaan", "asal", "kiriman", "ditemukan", "diputuskan",
)  # fmt: skip
EXPORT_KINDS: tuple[Kind, ...] = (
    "integer", "integer", "text", "text", "text", "integer", "text", "text", "text", "decimal", "text", "text", "text",
    "integer", "datetime", "datetime",
)  # fmt: skip


def export_line(one: PairLine) -> list[object]:
    """One pair as a line of the exported queue."""
    pair = one.pair
    sides: list[object] = []
    for number, record in ((pair.first_id, one.first), (pair.second_id, one.second)):
        sides += [number, *((record.name, record.owner, record.village_code) if record else ("", "", ""))]
    moments = [timezone.localtime(at).replace(tzinfo=None) if at else None for at in (pair.created_at, pair.decided_at)]
    told = (str(PairState(pair.state).label), str(PairSource(pair.source).label), pair.batch_id)
    return [pair.pk, *sides, pair.probability, reason_words(pair.reasons), *told, *moments]


_WORK = {
    BulkState.WAITING: ProgressState.WAITING,
    BulkState.RUNNING: ProgressState.RUNNING,
    BulkState.DONE: ProgressState.DONE,
    BulkState.CANCELLED: ProgressState.CANCELLED,
}


def bulk_progress(bulk: Bulk) -> Progress:
    """Many decisions as a job."""
    state = BulkState(bulk.state)
    told = []
    if bulk.failed:
        told.append(_("%(count)s tidak dapat") % {"count": formats.number(bulk.failed)})
    return Progress(
        key=f"pasangan-{bulk.pk}",
        title=_("Menggabungkan pasangan") if bulk.verdict == "same" else _("Mengurungkan keputusan"),
        state=_WORK[state],
        state_label=str(state.label),
        done=bulk.done + bulk.failed,
        total=len(bulk.pairs),
        unit=_("pasangan"),
        poll_url=reverse("intake:pairs_work_progress", args=[bulk.pk]),
        cancel_url=reverse("intake:pairs_work_stop", args=[bulk.pk]),
        next=Link(_("Kembali ke daftar"), reverse("intake:pairs")),
        facts=tuple(told),
    )
