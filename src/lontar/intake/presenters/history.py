"""The history of batches as a list, the states of a batch as badges, and the way to these screens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.engines.tabular.export import Kind
from lontar.intake import policies, queries
from lontar.intake.datasets import DATASETS
from lontar.intake.models import Batch
from lontar.intake.states import BatchState
from lontar.registry.policies import check_merge_enterprises
from lontar.ui import formats
from lontar.ui.presenters import (
    Chip,
    Column,
    Crumb,
    EmptyState,
    Export,
    Link,
    NavGroup,
    NavItem,
    Pager,
    Query,
    Row,
    Status,
    Table,
    Tone,
)

_TONES = {
    BatchState.RECEIVED: Tone.INFO,
    BatchState.NEEDS_MAPPING: Tone.WARN,
    BatchState.QUEUED: Tone.INFO,
    BatchState.RUNNING: Tone.INFO,
    BatchState.DONE: Tone.GOOD,
    BatchState.CANCELLED: Tone.PLAIN,
    BatchState.REFUSED: Tone.BAD,
    BatchState.FAILED: Tone.BAD,
}


def navigation(post: Post | None) -> NavGroup | None:
    """The group of the office rail that leads to the screens of intake; None when nothing of it is open to the post."""
    if post is None or not policies.check_see_batches.can(post):
        return None
    work = queries.waiting_here(post)
    pairs = [one for one in work if one.url == reverse("intake:pairs")]
    mine = sum(one.count for one in work if one not in pairs)
    items = [NavItem(_("Kiriman data"), reverse("intake:batches"), "list", mine)]
    if policies.check_submit.can(post):
        items.append(NavItem(_("Kirim berkas"), reverse("intake:upload"), "upload"))
    if check_merge_enterprises.can(post):
        items.append(NavItem(_("Pasangan"), reverse("intake:pairs"), "link", sum(one.count for one in pairs)))
    return NavGroup(_("Data masuk"), tuple(items))


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the office's first page through the history."""
    return [
        Crumb(_("Kantor"), "/kantor/"),
        Crumb(_("Kiriman data"), reverse("intake:batches")),
        *(Crumb(label, url) for label, url in steps),
    ]


def batch_status(batch: Batch) -> Status:
    """Where the batch stands; a done one with rows that wait says so."""
    state = BatchState(batch.state)
    if state == BatchState.DONE and batch.rows_waiting:
        return Status(_("Selesai, %(count)s baris menunggu") % {"count": formats.number(batch.rows_waiting)}, Tone.WARN)
    return Status(str(state.label), _TONES[state])


def history_table(
    query: Query, batches: Sequence[Batch], *, pager: Pager, words: Mapping[str, str], can_submit: bool
) -> Table:
    """One page of the history; `words` say the active filters by their parameter."""
    upload = Link(_("Kirim berkas"), reverse("intake:upload"), "upload") if can_submit else None
    return Table(
        caption=_("Kiriman data"),
        columns=[
            Column("berkas", _("Berkas")),
            Column("nomor", _("Nomor"), numeric=True),
            Column("jenis", _("Isi")),
            Column("instansi", _("Instansi")),
            Column("waktu", _("Dikirim")),
            Column("keadaan", _("Keadaan")),
            Column("baris", _("Baris"), numeric=True),
            Column("menunggu", _("Menunggu"), numeric=True),
            Column("pengirim", _("Pengirim"), optional=True),
            Column("saluran", _("Saluran"), optional=True),
        ],
        rows=[_row(batch) for batch in batches],
        pager=pager,
        noun=_("kiriman"),
        chips=[Chip(text, query.without(key)) for key, text in words.items()],
        exports=[Export("CSV", query.but({"format": "csv"})), Export("XLSX", query.but({"format": "xlsx"}))],
        shown=query.all("kolom") or ("nomor",),
        empty=EmptyState(
            _("Belum ada kiriman yang cocok.") if words else _("Belum ada kiriman."),
            _("Longgarkan saringan.")
            if words
            else _("Kirim daftar instansi Anda; hasil pemeriksaannya tampil di sini."),
            None if words else upload,
        ),
    )


def _row(batch: Batch) -> Row:
    return Row(
        [
            batch.file_name,
            str(batch.pk),
            _(DATASETS[batch.dataset].title),
            str(batch.agency),
            batch.created_at,
            batch_status(batch),
            batch.rows_total,
            batch.rows_waiting or None,
            batch.submitted_by.full_name,
            batch.get_channel_display(),
        ],
        url=reverse("intake:batch", args=[batch.pk]),
    )


EXPORT_HEADER = (
    "nomor", "berkas", "isi", "kode_instansi", "instansi", "dikirim", "keadaan", "baris", "baru", "diperbarui", "sama",
    "sudah_diterima", "diperbaiki_kiriman_lain", "menunggu", "pengirim", "saluran", "sha256",
)  # fmt: skip
EXPORT_KINDS: tuple[Kind, ...] = (
    "integer", "text", "text", "text", "text", "datetime", "text", "integer", "integer", "integer", "integer", "integer",
    "integer", "integer", "text", "text", "text",
)  # fmt: skip


def export_line(batch: Batch) -> list[object]:
    """One batch as a line of the exported history."""
    counts = (
        batch.rows_total, batch.rows_new, batch.rows_updated, batch.rows_unchanged, batch.rows_already,
        batch.rows_corrected, batch.rows_waiting,
    )  # fmt: skip
    sender = (batch.submitted_by.full_name, batch.get_channel_display(), batch.sha256)
    what = (batch.pk, batch.file_name, batch.dataset, batch.agency.code, batch.agency.name)
    return [
        *what,
        timezone.localtime(batch.created_at).replace(tzinfo=None),
        batch.get_state_display(),
        *counts,
        *sender,
    ]
