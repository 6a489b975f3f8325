"""One batch as its page shows it, in every state: progress, what became of the rows, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.access.models import Post
from lontar.intake import policies, queries
from lontar.intake.datasets import DATASETS
from lontar.intake.models import Batch
from lontar.intake.presenters.columns import ColumnNames
from lontar.intake.presenters.findings import FindingGroup, groups_of
from lontar.intake.presenters.history import batch_status
from lontar.intake.presenters.matched import match_figures
from lontar.intake.states import BatchState, Channel, Stage
from lontar.ui import formats
from lontar.ui.presenters import Figure, KeyValue, Link, Progress, ProgressState, Status, Step

OPEN = (BatchState.RECEIVED, BatchState.QUEUED, BatchState.RUNNING)
_PROGRESS = {
    BatchState.RECEIVED: ProgressState.WAITING,
    BatchState.QUEUED: ProgressState.WAITING,
    BatchState.NEEDS_MAPPING: ProgressState.WAITING,
    BatchState.RUNNING: ProgressState.RUNNING,
    BatchState.DONE: ProgressState.DONE,
    BatchState.CANCELLED: ProgressState.CANCELLED,
    BatchState.REFUSED: ProgressState.FAILED,
    BatchState.FAILED: ProgressState.FAILED,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page saw before: rows done, and when (seconds since 1970), so that the rate is that of this run."""

    rows: int
    at: float


@dataclass(frozen=True, slots=True)
class BatchPage:
    """Everything the page of a batch shows."""

    number: int
    file_name: str
    sent: str
    status: Status
    steps: tuple[Step, ...]
    figures: tuple[Figure, ...]
    matched: tuple[Figure, ...]
    groups: tuple[FindingGroup, ...]
    next_steps: tuple[NextStep, ...]
    notes: tuple[str, ...]
    facts: tuple[KeyValue, ...]
    related: tuple[Link, ...]
    problem: str
    may_move: bool


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do about the rows that wait: what it is, why, and the ways to do it."""

    title: str
    text: str
    links: tuple[Link, ...]


def progress_of(batch: Batch, *, now: datetime, may_move: bool, seen: Seen | None = None) -> Progress:
    """The progress of a batch; rate and time left from what the reader's own page saw before, else from its start."""
    state = BatchState(batch.state)
    rate = _rate(batch, now, seen)
    left = (batch.rows_total or 0) - batch.rows_done
    begun = seen or Seen(batch.rows_done, now.timestamp())
    poll = reverse("intake:progress", args=[batch.pk])
    is_idle = state in (BatchState.RECEIVED, BatchState.QUEUED) and not queries.is_worker_alive()
    return Progress(
        key=str(batch.pk),
        title=_("Memeriksa ulang baris yang menunggu") if batch.is_retry else _("Memeriksa dan memasukkan data"),
        state=_PROGRESS[state],
        state_label=str(state.label),
        done=batch.rows_done,
        total=batch.rows_total if batch.stage == Stage.APPLYING or batch.rows_done else None,
        rate=rate,
        seconds_left=left / rate if rate and left else None,
        poll_url=f"{poll}?baris={begun.rows}&sejak={begun.at:.0f}",
        cancel_url=reverse("intake:cancel", args=[batch.pk]) if may_move and not batch.cancel_requested else "",
        message=_message(batch, is_idle=is_idle),
        facts=_facts(batch),
    )


def _rate(batch: Batch, now: datetime, seen: Seen | None) -> float | None:
    """Rows a second; None while nothing can be said."""
    if seen is not None and batch.rows_done > seen.rows:
        return (batch.rows_done - seen.rows) / max(now.timestamp() - seen.at, 1)
    if seen is None and batch.started_at and batch.rows_done and not batch.is_retry:
        return batch.rows_done / max((now - batch.started_at).total_seconds(), 1)
    return None


def _message(batch: Batch, *, is_idle: bool) -> str:
    if batch.cancel_requested:
        return _("Pembatalan diminta; pekerjaan berhenti setelah bagian yang sedang berjalan.")
    if is_idle:
        return _("Menunggu proses pekerja (lontar worker), yang sekarang tidak berjalan. Hubungi operator bila lama.")
    return ""


def _facts(batch: Batch) -> tuple[str, ...]:
    if batch.state != BatchState.RUNNING:
        return ()
    facts = [_("tahap: %(stage)s") % {"stage": Stage(batch.stage).label}]
    if batch.stage != Stage.APPLYING and batch.rows_total:
        facts.append(_("%(count)s baris terbaca") % {"count": formats.number(batch.rows_total)})
    return tuple(facts)


def batch_page(batch: Batch, post: Post | None) -> BatchPage:
    """The page of a batch for the reader `post`."""
    may_move = policies.check_move_batch.can(post, batch)
    may_take = policies.check_take_workbook.can(post, batch)
    return BatchPage(
        number=batch.pk,
        file_name=batch.file_name,
        sent=_sent(batch),
        status=batch_status(batch),
        steps=_steps(batch),
        figures=_figures(batch),
        matched=match_figures(batch, post) if batch.state == BatchState.DONE else (),
        groups=tuple(groups_of(batch, queries.issue_groups(batch))),
        next_steps=tuple(_next_steps(batch, may_move=may_move, may_take=may_take)),
        notes=tuple(batch.notes),
        facts=tuple(_details(batch)),
        related=tuple(_related(batch)),
        problem=batch.problem,
        may_move=may_move,
    )


def _sent(batch: Batch) -> str:
    words = {
        "dataset": _(DATASETS[batch.dataset].title),
        "agency": batch.agency.name,
        "moment": formats.moment(batch.created_at),
        "person": batch.submitted_by.full_name,
    }
    return _("%(dataset)s dari %(agency)s, dikirim %(moment)s oleh %(person)s") % words


def _steps(batch: Batch) -> tuple[Step, ...]:
    state = BatchState(batch.state)
    order = {BatchState.RECEIVED: 1, BatchState.NEEDS_MAPPING: 1, BatchState.DONE: 3, BatchState.REFUSED: 1}
    at = order.get(state, 2 if batch.mapping else 1)
    labels = (_("Kirim berkas"), _("Cocokkan kolom"), _("Periksa dan masukkan"), _("Hasil"))
    finished = state == BatchState.DONE and not batch.rows_waiting
    return tuple(
        Step(label, "done" if index < at or finished else "current" if index == at else "todo")
        for index, label in enumerate(labels)
    )


def _figures(batch: Batch) -> tuple[Figure, ...]:
    """What became of the rows; nothing before the first of them is in."""
    if not batch.rows_done and batch.state != BatchState.DONE:
        return ()
    unit = _("baris")
    waiting = reverse("intake:findings", args=[batch.pk]) + "?derajat=error"
    counts: list[tuple[str, int, str]] = [
        (_("Baru"), batch.rows_new, ""),
        (_("Diperbarui"), batch.rows_updated, ""),
        (_("Sama dengan registri"), batch.rows_unchanged, ""),
    ]
    if batch.rows_already:
        counts.append((_("Sudah diterima sebelumnya"), batch.rows_already, ""))
    if batch.rows_corrected:
        counts.append((_("Diperbaiki pada kiriman lain"), batch.rows_corrected, ""))
    counts.append((_("Menunggu perbaikan"), batch.rows_waiting, waiting if batch.rows_waiting else ""))
    total = Figure(_("Baris dalam berkas"), formats.number(batch.rows_total), unit)
    rest = [Figure(label, formats.number(count), unit, url=url, key=bool(url)) for label, count, url in counts]
    return (total, *rest)


def _next_steps(batch: Batch, *, may_move: bool, may_take: bool) -> list[NextStep]:
    """The ways to get the waiting rows in, the easiest first."""
    if not batch.rows_waiting or batch.state != BatchState.DONE:
        return []
    found = []
    spellings, rows = queries.unknown_places_count(batch)
    if spellings and may_move:
        words = {"spellings": formats.number(spellings), "rows": formats.number(rows)}
        found.append(
            NextStep(
                _("Tetapkan nama tempat"),
                _("%(spellings)s tulisan tempat belum dikenal; %(rows)s baris menunggu karenanya. Sekali ditetapkan, "
                  "tulisan itu dikenali pada kiriman berikutnya.") % words,
                (Link(_("Tetapkan nama tempat"), reverse("intake:places", args=[batch.pk]), "pin"),),
            )
        )  # fmt: skip
    if may_take:
        workbook = reverse("intake:workbook", args=[batch.pk])
        found.append(
            NextStep(
                _("Perbaiki di Excel"),
                _("Unduh buku kerja bertanda: sel yang salah berwarna dan berkomentar. Perbaiki, simpan, lalu kirim lagi; "
                  "hanya baris yang berubah yang diproses. Berkas ini memuat data pribadi."),
                (
                    Link(_("Unduh baris yang menunggu"), workbook, "download"),
                    Link(_("Kirim perbaikan"), f"{reverse('intake:upload')}?memperbaiki={batch.pk}", "upload"),
                    Link(_("Unduh semua baris"), f"{workbook}?baris=semua"),
                ),
            )
        )  # fmt: skip
    if may_move:
        found.append(
            NextStep(
                _("Periksa ulang"),
                _("Bila tempat sudah ditetapkan atau usaha pembuatnya sudah dikirim, baris yang menunggu dapat diperiksa "
                  "ulang tanpa mengirim berkas lagi."),
                (
                    Link(_("Periksa ulang baris yang menunggu"), reverse("intake:retry", args=[batch.pk]), "undo", dialog=True),
                    Link(_("Ubah pencocokan kolom"), reverse("intake:mapping", args=[batch.pk]), "columns"),
                ),
            )
        )  # fmt: skip
    return found


def _related(batch: Batch) -> list[Link]:
    """The batch that this one corrects, and those that correct it."""
    found = []
    if batch.corrects is not None:
        label = _("Memperbaiki kiriman #%(number)s (%(name)s)")
        found.append(_to(batch.corrects, label))
    found += [_to(one, _("Diperbaiki oleh kiriman #%(number)s (%(name)s)")) for one in queries.corrections_of(batch)]
    return found


def _to(batch: Batch, label: str) -> Link:
    return Link(label % {"number": batch.pk, "name": batch.file_name}, reverse("intake:batch", args=[batch.pk]))


def _details(batch: Batch) -> list[KeyValue]:
    dataset, names = DATASETS[batch.dataset], ColumnNames(batch)
    used = [
        f"{column['letter']} “{column['header']}” → {names.label(batch.mapping[str(column['name'])])}"
        for column in batch.columns
        if batch.mapping.get(str(column["name"])) in dataset.keys
    ]
    took = None
    if batch.started_at and batch.finished_at:
        took = formats.duration((batch.finished_at - batch.started_at).total_seconds())
    return [
        KeyValue(_("Nomor kiriman"), f"#{batch.pk}"),
        KeyValue(_("Instansi"), batch.agency.name),
        KeyValue(_("Saluran"), str(Channel(batch.channel).label)),
        KeyValue(_("Ukuran"), formats.size(batch.size)),
        KeyValue(_("Lembar"), batch.sheet or None),
        KeyValue(_("Kolom yang dipakai"), "; ".join(used) or None),
        KeyValue(_("Lama pekerjaan"), took),
        KeyValue(_("Sidik berkas (SHA-256)"), batch.sha256),
    ]
