"""Merges of records that tell of one thing: what was absorbed by what, and every row that was moved or set aside for it.

The absorbed row itself leaves its table, so that no list, count, trigger or statement has to know of merges; it is kept in the
history, from which an undo brings it back whole. Nothing here repeats a value: events of the history are named by number.
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Post, User
from lontar.registry.models.regions import Region
from lontar.registry.querysets import MergeQuerySet
from lontar.registry.states import MergeKind


@pghistory.track()
class Merge(models.Model):
    """One record absorbed by another. Ids are numbers, for the absorbed row is gone and the kept one may follow it.

    `kept_before`, `kept_after` and `absorbed_event` are events of the merged model's history (`pgh_id`); `undone_beyond` is
    the newest merge at the time of the undo, which tells what stood while this one was taken back.
    """

    kind = models.CharField(_("jenis catatan"), max_length=12, choices=MergeKind.choices)
    kept_id = models.BigIntegerField(_("catatan yang dipertahankan"))
    absorbed_id = models.BigIntegerField(_("catatan yang digabungkan"))
    absorbed_name = models.CharField(_("nama catatan yang digabungkan"), max_length=200)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="parts", null=True, blank=True, verbose_name=_("bagian dari")
    )
    kept_before = models.BigIntegerField()
    kept_after = models.BigIntegerField()
    absorbed_event = models.BigIntegerField()
    merged_at = models.DateTimeField(_("digabungkan"))
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    undone_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    undone_beyond = models.BigIntegerField(null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("satu", "penggabungan")
        verbose_name_plural = _("penggabungan")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "absorbed_id"], condition=Q(undone_at__isnull=True), name="merge_absorbed_once"
            ),
            models.CheckConstraint(condition=~Q(kept_id=F("absorbed_id")), name="merge_not_itself"),
            models.CheckConstraint(condition=Q(kind__in=MergeKind.values), name="merge_kind_known"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_beyond__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False, undone_beyond__isnull=False),
                name="merge_undone_whole",
            ),
        ]
        indexes = [models.Index(fields=["kind", "kept_id"], name="merge_by_kept")]

    def __str__(self) -> str:
        return f"{self.kind} {self.absorbed_id} → {self.kept_id}"


class MergeStep(models.Model):
    """A row that pointed at the absorbed record: moved to the kept one, or set aside because that had its like.

    `relation` names the declared relation (`lontar.registry.rules.merging`); a row set aside is in its history as `event`.
    """

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="steps")
    relation = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    event = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("langkah penggabungan")
        verbose_name_plural = _("langkah penggabungan")
        constraints = [models.UniqueConstraint(fields=["merge", "relation", "row_id"], name="merge_step_once")]

    def __str__(self) -> str:
        return f"{self.relation} {self.row_id}"
