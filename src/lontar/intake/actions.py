"""What people do with batches: send a file, say what its columns are, cancel, resume, say what a place name means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lontar.access.models import Agency, Post, User
from lontar.access.policies import Refused
from lontar.access.trail import recorded
from lontar.intake import tasks
from lontar.intake.datasets import DATASETS
from lontar.intake.models import Batch, ColumnMapping, PlaceAlias
from lontar.intake.policies import SENDERS
from lontar.intake.states import BatchState, Channel
from lontar.intake.steps import moving, reading, storage
from lontar.registry.models import Region

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
        with recorded("intake.batch.submitted", by=by, at=at, post=post):
            batch = Batch.objects.create(
                dataset=dataset,
                agency=agency,
                post=post,
                submitted_by=by,
                region_code=post.region_code,
                channel=channel,
                corrects=corrects,
                file_name=PurePath(file_name).name[:255] or "tanpa-nama",
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
    """Say which column of the file is which (file column name → key) and queue the batch; remembered for next time."""
    dataset = DATASETS[batch.dataset]
    chosen = {name: key for name, key in mapping.items() if key in dataset.keys}
    doubled = sorted({key for key in chosen.values() if list(chosen.values()).count(key) > 1})
    if doubled:
        labels = ", ".join(dataset.column(key).label for key in doubled)
        raise MappingIncomplete(_("Lebih dari satu kolom dicocokkan dengan: %(labels)s.") % {"labels": labels})
    lacking = reading.missing(dataset, chosen)
    if lacking:
        raise MappingIncomplete(_("Kolom yang belum dicocokkan: %(labels)s.") % {"labels": ", ".join(lacking)})
    with recorded("intake.batch.mapped", by=by, at=at, batch=batch.pk):
        _move(batch, BatchState.QUEUED, mapping=chosen)
        ColumnMapping.objects.update_or_create(
            agency=batch.agency,
            dataset=batch.dataset,
            signature=reading.header_signature([str(column["header"]) for column in batch.columns]),
            defaults={"mapping": chosen, "used_at": at},
        )
        transaction.on_commit(lambda: tasks.queue(batch.pk))


def cancel_batch(*, batch: Batch, by: User, at: datetime) -> None:
    """Stop a batch: at once when it waits, at the next chunk when it runs. What was committed stays."""
    with recorded("intake.batch.cancelled", by=by, at=at, batch=batch.pk):
        if batch.state == BatchState.RUNNING:
            moving.note(batch, cancel_requested=True)
        else:
            _move(batch, BatchState.CANCELLED, finished_at=at)


def resume_batch(*, batch: Batch, by: User, at: datetime) -> None:
    """Go on with a failed or cancelled batch after the last committed row."""
    with recorded("intake.batch.resumed", by=by, at=at, batch=batch.pk):
        _move(batch, BatchState.QUEUED, finished_at=None, cancel_requested=False)
        transaction.on_commit(lambda: tasks.queue(batch.pk))


def decide_place(*, batch: Batch, words: str, village: Region, by: User, at: datetime) -> None:
    """Say which village an agency's spelling means; from now on it resolves without asking."""
    with recorded("intake.place.decided", by=by, at=at, batch=batch.pk):
        PlaceAlias.objects.update_or_create(
            agency=batch.agency, words=words, defaults={"village": village, "decided_by": by, "decided_at": at}
        )


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
