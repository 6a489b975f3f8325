"""Decrees in a list and in full, the preview before signing, flagships in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lontar.designation.models import Decree, Flagship
from lontar.designation.presenters.proposals import place_name, unit_name
from lontar.designation.queries.decrees import AnnexLine, line_count
from lontar.designation.queries.preview import Preview, PreviewRow
from lontar.designation.states import DecreeKind, Effect
from lontar.documents.states import Signature
from lontar.selection.states import UnitKind
from lontar.ui import formats
from lontar.ui.presenters import (
    BulkAction,
    Column,
    EmptyState,
    KeyValue,
    Link,
    Pager,
    Row,
    Status,
    Table,
    Tone,
)


def decrees_table(rows: Sequence[Decree], pager: Pager) -> Table:
    """The list of decrees."""
    return Table(
        caption=_("Keputusan"),
        columns=[
            Column("nomor", _("Nomor")),
            Column("tentang", _("Tentang")),
            Column("jenis", _("Jenis")),
            Column("baris", _("Baris lampiran"), numeric=True),
            Column("berlaku", _("Berlaku mulai")),
            Column("oleh", _("Ditetapkan oleh")),
        ],
        rows=[
            Row(
                [
                    one.paper.number,
                    one.about,
                    str(DecreeKind(one.kind).label),
                    line_count(one),
                    one.effective_date,
                    one.post.agency.short_name,
                ],
                url=reverse("designation:decree", args=[one.pk]),
            )
            for one in rows
        ],
        pager=pager,
        noun=_("keputusan"),
        empty=EmptyState(
            _("Belum ada keputusan."), _("Buka daftar usulan, pilih yang siap ditetapkan, lalu tekan Tetapkan.")
        ),
    )


@dataclass(frozen=True, slots=True)
class DecreePage:
    """One decree: its facts, its files, its annex."""

    title: str
    about: str
    status: Status
    facts: list[KeyValue]
    pdf: Link
    word: Link | None
    check: Link
    annex: Table


def decree_page(one: Decree, lines: Sequence[AnnexLine]) -> DecreePage:
    """Everything about one decree."""
    paper = one.paper
    signed = paper.signature != Signature.NONE
    return DecreePage(
        title=paper.number,
        about=one.about,
        status=Status(str(Signature(paper.signature).label), Tone.GOOD if signed else Tone.WARN),
        facts=[
            KeyValue(_("Jenis keputusan"), str(DecreeKind(one.kind).label)),
            KeyValue(_("Berlaku mulai"), one.effective_date),
            KeyValue(_("Ditetapkan"), f"{formats.long_date(one.issued_at)} · {one.post.title}, {one.issued_by}"),
            KeyValue(_("Kode periksa"), paper.code),
            KeyValue(_("SHA-256 PDF"), paper.pdf_sha256),
        ],
        pdf=Link(_("Unduh PDF"), reverse("documents:file", args=[paper.code, "pdf"]), "download"),
        word=Link(_("Unduh Word"), reverse("documents:file", args=[paper.code, "docx"]), "download")
        if paper.docx_sha256
        else None,
        check=Link(_("Periksa keaslian"), f"/periksa/{paper.code}", "shield"),
        annex=_annex(lines),
    )


def _annex(lines: Sequence[AnnexLine]) -> Table:
    return Table(
        caption=_("Lampiran"),
        columns=[
            Column("unit", _("Unit")),
            Column("akibat", _("Akibat")),
            Column("produk", _("Produk unggulan")),
            Column("desa", _("Desa/kelurahan")),
            Column("alasan", _("Alasan")),
        ],
        rows=[
            Row(
                [
                    line.unit,
                    Status(str(Effect(line.effect).label), Tone.GOOD if line.effect == Effect.OPENS else Tone.PLAIN),
                    line.what,
                    f"{line.village} ({line.village_code})",
                    line.reason,
                ],
                url=f"/desa/{line.village_code}",
            )
            for line in lines
        ],
        pager=Pager.whole(len(lines)),
        noun=_("baris"),
        key="lampiran",
    )


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row of the preview: its box (`value` is sent when it is ticked), and what it says."""

    key: int
    value: str
    checked: bool
    name: str
    place: str
    does: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The preview: rows that can be decreed, rows that something stands in the way of."""

    title: str
    told: str
    clear: list[PreviewLine]
    blocked: list[PreviewLine]


def preview_page(found: Preview, *, title: str, chosen: Sequence[int] | None = None) -> PreviewPage:
    """The preview; rows not in `chosen` stay unticked (None: all are ticked)."""
    told = _("%(clear)s baris akan ditetapkan, %(blocked)s terhalang.") % {
        "clear": formats.number(len(found.clear)),
        "blocked": formats.number(len(found.blocked)),
    }
    return PreviewPage(
        title,
        told,
        [_line(row, is_checked=chosen is None or row.key in chosen) for row in found.clear],
        [_line(row, is_checked=False) for row in found.blocked],
    )


def _line(row: PreviewRow, *, is_checked: bool) -> PreviewLine:
    if row.ends and row.ends != row.product:
        does = _("%(new)s, menggantikan %(old)s") % {"new": row.product, "old": row.ends}
    elif row.ends:
        does = _("%s berakhir") % row.ends if row.reason else row.product
    else:
        does = row.product
    more = " · ".join(word for word in (row.commodity, row.cluster) if word and word != row.product)
    return PreviewLine(
        row.key,
        f"{row.key}.{row.digest}",
        is_checked,
        f"{UnitKind(row.kind).label} {row.unit}",
        row.place,
        f"{does} ({more})" if more else does,
        (*row.obstacles, *row.notes),
    )


def flagships_table(rows: Sequence[Flagship], pager: Pager) -> Table:
    """Flagships in force, to be picked for ending."""
    return Table(
        caption=_("Produk unggulan yang berlaku"),
        columns=[
            Column("nama", _("Produk unggulan")),
            Column("unit", _("Unit")),
            Column("tempat", _("Tempat")),
            Column("mulai", _("Berlaku mulai")),
        ],
        rows=[Row([one.name, unit_name(one), place_name(one), one.valid_from], key=str(one.pk)) for one in rows],
        pager=pager,
        noun=pgettext("hitungan", "produk unggulan"),
        bulk=[BulkAction(_("Akhiri dengan keputusan"), reverse("designation:decree_end_collect"), "stop")],
        empty=EmptyState(_("Belum ada produk unggulan yang berlaku.")),
    )
