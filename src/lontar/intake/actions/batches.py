"""What people do with batches: send a file, say what its columns are, cancel, resume, say what a place name means."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lontar.access.models import Agency, Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.engines.regions import is_within
from lontar.intake import tasks
from lontar.intake.datasets import DATASETS
from lontar.intake.models import Batch, ColumnMapping, PlaceAlias
from lontar.intake.policies import SENDERS
from lontar.intake.rules.places import WORDS
from lontar.intake.states import Act, BatchState, Channel
from lontar.intake.steps import moving, reading, storage
from lontar.registry.models import Region
from lontar.registry.states import Level

_ENDED = (BatchState.REFUSED, BatchState.CANCELLED)


class SameFile(Refused):
    """Berkas yang sama sudah pernah dikirim untuk jenis data ini."""

    def __init__(self, batch: Batch) -> None:
        super().__init__(
            _("Berkas ini sama persis dengan kiriman #%(number)s (%(name)s). Tidak ada yang dikerjakan ulang.")
            % {"number": batch.pk, "name": batch.file_name}
        )
        self.batch = batch


class MappingIncomplete(Refused):
    """Pencocokan kolom belum lengkap."""


class NotNow(Refused):
    """Kiriman tidak dapat diubah dalam keadaannya sekarang."""


class NotAPlace(Refused):
    """Tempat yang dipilih bukan desa di wilayah pengirim."""


def submit_file(
    *,
    dataset: str,
    agency: Agency,
    post: Post,
    by: User,
    source: BinaryIO,
    file_name: str,
    channel: Channel,
    at: datetime,
    mapping: Mapping[str, str] | None = None,
    corrects: Batch | None = None,
) -> Batch:
    """Keep the file and queue the batch. Raises SameFile with the earlier batch when the agency sent these bytes before."""
    if dataset not in DATASETS:
        raise Refused(_("Jenis data “%(name)s” tidak dikenal.") % {"name": dataset})
    kept = storage.keep(source)
    earlier = Batch.objects.filter(agency=agency, dataset=dataset, sha256=kept.sha256).exclude(state__in=_ENDED).first()
    if earlier is not None:
        raise SameFile(earlier)
    try:
        with recorded(Act.SUBMITTED, by=by, at=at, post=post):
            batch = Batch.objects.create(
                dataset=dataset,
                agency=agency,
                post=post,
                submitted_by=by,
                region_code=post.region_code,
                channel=channel,
                corrects=corrects,
                file_name=clean_file_name(file_name),
                sha256=kept.sha256,
                size=kept.size,
                mapping=dict(mapping or {}),
                created_at=at,
            )
            transaction.on_commit(lambda: tasks.queue(batch.pk))
    except IntegrityError:
        with_same = Batch.objects.filter(agency=agency, dataset=dataset, sha256=kept.sha256).exclude(state__in=_ENDED)
        raise SameFile(with_same.get()) from None
    return batch


def confirm_mapping(*, batch: Batch, mapping: Mapping[str, str], by: User, at: datetime) -> None:
    """Say which column of the file is which (file column name → key) and queue the batch; remembered for next time.

    For a done batch whose rows wait, the new mapping is for those rows alone. Raises MappingIncomplete, and NotNow for a
    batch in any other state: rows already in were read with the mapping of then.
    """
    is_retry = batch.state == BatchState.DONE and batch.rows_waiting > 0
    if batch.state != BatchState.NEEDS_MAPPING and not is_retry:
        raise NotNow(_("Kolom kiriman #%(number)s tidak dapat dicocokkan sekarang.") % {"number": batch.pk})
    chosen = checked_mapping(batch, mapping)
    again = {"is_retry": True, "started_at": None, "finished_at": None} if is_retry else {}
    with recorded(Act.MAPPED, by=by, at=at, batch=batch.pk):
        _move(batch, BatchState.QUEUED, mapping=chosen, **again)
        ColumnMapping.objects.update_or_create(
            agency=batch.agency,
            dataset=batch.dataset,
            signature=reading.header_signature([str(column["header"]) for column in batch.columns]),
            defaults={"mapping": chosen, "used_at": at},
        )
        transaction.on_commit(lambda: tasks.queue(batch.pk))


def checked_mapping(batch: Batch, mapping: Mapping[str, str]) -> dict[str, str]:
    """`mapping` without unknown columns and keys; raises MappingIncomplete for doubled or missing keys."""
    dataset = DATASETS[batch.dataset]
    names = {str(column["name"]) for column in batch.columns}
    chosen = {name: key for name, key in mapping.items() if name in names and key in dataset.keys}
    doubled = sorted({key for key in chosen.values() if list(chosen.values()).count(key) > 1})
    if doubled:
        labels = ", ".join(_(dataset.column(key).label) for key in doubled)
        raise MappingIncomplete(_("Lebih dari satu kolom dicocokkan dengan: %(labels)s.") % {"labels": labels})
    lacking = reading.missing(dataset, chosen)
    if lacking:
        raise MappingIncomplete(_("Kolom yang belum dicocokkan: %(labels)s.") % {"labels": ", ".join(lacking)})
    return chosen


def cancel_batch(*, batch: Batch, by: User, at: datetime) -> None:
    """Stop a batch: at once when it waits, at the next chunk when it runs. What was committed stays."""
    with recorded(Act.CANCELLED, by=by, at=at, batch=batch.pk):
        if batch.state == BatchState.RUNNING:
            moving.note(batch, cancel_requested=True)
        else:
            state = moving.given_up(batch)
            _move(batch, state, finished_at=at, **moving.closing(batch, state))


def resume_batch(*, batch: Batch, by: User, at: datetime) -> None:
    """Go on with a failed or cancelled batch after the last committed row.

    Raises SameFile when the same file was sent again in the meantime, and NotNow for a batch in any other state.
    """
    if batch.state not in {BatchState.FAILED, BatchState.CANCELLED}:
        raise NotNow(_("Kiriman #%(number)s tidak sedang terhenti.") % {"number": batch.pk})
    try:
        with recorded(Act.RESUMED, by=by, at=at, batch=batch.pk):
            _move(batch, BatchState.QUEUED, finished_at=None, cancel_requested=False)
            transaction.on_commit(lambda: tasks.queue(batch.pk))
    except IntegrityError:
        same = Batch.objects.filter(agency=batch.agency, dataset=batch.dataset, sha256=batch.sha256)
        raise SameFile(same.exclude(state__in=_ENDED).exclude(pk=batch.pk).get()) from None


def retry_waiting(*, batch: Batch, by: User, at: datetime) -> None:
    """Look again at the rows of a done batch that wait, and at no others; what passes now goes into the registry.

    The whole stored file is checked again, because a row is judged beside its neighbours, with the places decided since.
    Rows already accepted, or corrected in another batch, stay as they are; asking twice is asking once (NotNow).
    """
    if batch.state != BatchState.DONE or not batch.rows_waiting:
        raise NotNow(
            _("Kiriman #%(number)s tidak punya baris yang menunggu untuk diperiksa ulang.") % {"number": batch.pk}
        )
    with recorded(Act.RETRIED, by=by, at=at, batch=batch.pk):
        _move(batch, BatchState.QUEUED, is_retry=True, started_at=None, finished_at=None)
        transaction.on_commit(lambda: tasks.queue(batch.pk))


def decide_place(*, batch: Batch, words: str, village: Region, by: User, at: datetime) -> None:
    """Say which village an agency's spelling means; from now on it resolves without asking.

    Raises NotAPlace for a region that is no village in force, or lies outside the region of the sender.
    """
    if village.level != Level.VILLAGE or village.valid_until is not None:
        raise NotAPlace(_("%(name)s bukan desa atau kelurahan yang berlaku.") % {"name": village.name})
    if not is_within(village.code, batch.region_code):
        raise NotAPlace(_("%(name)s berada di luar wilayah pengirim.") % {"name": village.name})
    with recorded(Act.PLACE_DECIDED, by=by, at=at, batch=batch.pk):
        PlaceAlias.objects.update_or_create(
            agency=batch.agency, words=words[:WORDS], defaults={"village": village, "decided_by": by, "decided_at": at}
        )


def note_workbook_taken(*, batch: Batch, by: User, post: Post, at: datetime) -> None:
    """Leave a trace that somebody took the rows of a batch away: they hold personal values in clear."""
    with recorded(Act.WORKBOOK_TAKEN, by=by, at=at, post=post, batch=batch.pk):
        pass


def unread_reason(batch: Batch) -> str:
    """Why a batch whose file was never read has nothing to give."""
    return _("Berkas kiriman #%(number)s belum atau tidak dapat dibaca.") % {"number": batch.pk}


def clean_file_name(name: str) -> str:
    """A file name as it may be kept and shown: no folders, no control or direction marks, at most 255 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()
    suffix = PurePath(plain).suffix[:20]
    return (plain if len(plain) <= 255 else plain[: 255 - len(suffix)] + suffix) or "tanpa-nama"


def _move(batch: Batch, to: BatchState, **changes: object) -> None:
    try:
        moving.move(batch, to, **changes)
    except moving.IllegalMove:
        raise NotNow(
            _("Kiriman #%(number)s sekarang “%(state)s”, sehingga tidak dapat diubah menjadi “%(to)s”.")
            % {"number": batch.pk, "state": BatchState(batch.state).label, "to": to.label}
        ) from None


def operator() -> User:
    """The account under which commands of the operator are recorded; nobody can sign in with it."""
    user, _made = User.objects.get_or_create(
        username="operator", defaults={"full_name": "Operator sistem", "is_active": False, "password": "!"}
    )
    return user


def sending_post(agency: Agency) -> Post | None:
    """The post under which an agency's lists are sent at the command line: its first that may send."""
    return Post.objects.filter(agency=agency, is_active=True, role__in=SENDERS).order_by("pk").first()
