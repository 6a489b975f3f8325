"""Batches, what became of their rows, the issues found, and what is remembered per agency: mappings and place names.

The raw file and the read rows are kept sealed in the installation's folder, named by SHA-256; the database keeps outcomes.
"""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Agency, Post, User
from lontar.intake.querysets import BatchQuerySet
from lontar.intake.states import BatchState, Channel, Outcome, Severity, Stage
from lontar.registry.models import Region


@pghistory.track(exclude=["rows_done", "heartbeat_at"])
class Batch(models.Model):
    """One file of one dataset from one agency, and how far it has come."""

    dataset = models.CharField(_("jenis data"), max_length=40)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="batches", verbose_name=_("instansi"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="batches", verbose_name=_("jabatan"))
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="batches", verbose_name=_("pengirim"))
    region_code = models.CharField(_("kode wilayah"), max_length=13, db_collation="C")
    channel = models.CharField(_("saluran"), max_length=8, choices=Channel.choices)
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="corrections",
        null=True,
        blank=True,
        verbose_name=_("memperbaiki"),
    )
    file_name = models.CharField(_("nama berkas"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.BigIntegerField(_("ukuran (bita)"))
    sheet = models.CharField(_("lembar"), max_length=80, blank=True)
    columns = models.JSONField(_("kolom berkas"), default=list)
    mapping = models.JSONField(_("pencocokan kolom"), default=dict)
    notes = ArrayField(models.TextField(), verbose_name=_("catatan pembacaan"), default=list)
    state = models.CharField(_("keadaan"), max_length=14, choices=BatchState.choices, default=BatchState.RECEIVED)
    stage = models.CharField(_("tahap"), max_length=10, choices=Stage.choices, default=Stage.READING)
    problem = models.TextField(_("masalah"), blank=True)
    rows_total = models.PositiveIntegerField(_("baris"), null=True, blank=True)
    rows_done = models.PositiveIntegerField(_("baris selesai"), default=0)
    rows_new = models.PositiveIntegerField(_("baru"), default=0)
    rows_updated = models.PositiveIntegerField(_("diperbarui"), default=0)
    rows_unchanged = models.PositiveIntegerField(_("sama"), default=0)
    rows_waiting = models.PositiveIntegerField(_("menunggu"), default=0)
    rows_already = models.PositiveIntegerField(_("sudah diterima"), default=0)
    rows_corrected = models.PositiveIntegerField(_("diperbaiki pada kiriman lain"), default=0)
    is_retry = models.BooleanField(_("memeriksa ulang baris yang menunggu"), default=False)
    cancel_requested = models.BooleanField(_("diminta batal"), default=False)
    created_at = models.DateTimeField(_("dikirim"))
    started_at = models.DateTimeField(_("mulai"), null=True, blank=True)
    finished_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("kiriman")
        verbose_name_plural = _("kiriman")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state_known"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="batch_sha256_shape"),
            models.UniqueConstraint(
                fields=["agency", "dataset", "sha256"],
                condition=~Q(state__in=["refused", "cancelled"]),
                name="batch_same_file_once",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="batch_by_agency")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.file_name}"


class BatchRow(models.Model):
    """What became of one row. `row_hash` (16 bytes over the mapped values) tells a corrected row from one sent again."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows", db_index=False)
    sheet_no = models.PositiveSmallIntegerField(_("lembar"), default=1)
    row_no = models.PositiveIntegerField(_("baris"))
    outcome = models.PositiveSmallIntegerField(_("hasil"), choices=Outcome.choices)
    target_id = models.BigIntegerField(null=True, blank=True)
    row_hash = models.BinaryField(max_length=16)

    class Meta:
        verbose_name = _("baris kiriman")
        verbose_name_plural = _("baris kiriman")
        constraints = [models.UniqueConstraint(fields=["batch", "sheet_no", "row_no"], name="batch_row_once")]
        indexes = [
            models.Index(fields=["row_hash"], name="batch_row_by_hash"),
            models.Index(fields=["target_id"], name="batch_row_by_target"),  # for merges, which move these rows
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.sheet_no}:{self.row_no}"


class BatchIssue(models.Model):
    """A finding: row, column, value (masked where personal), rule, and the message with its cure.

    `words` is there where the place of the row is unknown: the key under which a `PlaceAlias` would settle it.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="issues", db_index=False)
    sheet_no = models.PositiveSmallIntegerField(_("lembar"), default=1)
    row_no = models.PositiveIntegerField(_("baris"))
    field = models.CharField(_("isian"), max_length=40)
    rule = models.CharField(_("aturan"), max_length=60)
    severity = models.CharField(pgettext_lazy("temuan", "derajat"), max_length=8, choices=Severity.choices)
    value = models.CharField(_("nilai"), max_length=200, blank=True)
    message = models.TextField(_("pesan"))
    suggestion = models.CharField(_("usul"), max_length=200, blank=True)
    words = models.CharField(_("tulisan tempat"), max_length=300, blank=True, db_default="")

    class Meta:
        verbose_name = _("temuan")
        verbose_name_plural = _("temuan")
        indexes = [models.Index(fields=["batch", "rule", "row_no"], name="issue_by_rule")]
        constraints = [models.CheckConstraint(condition=Q(severity__in=Severity.values), name="issue_severity_known")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row_no} {self.rule}"


@pghistory.track()
class ColumnMapping(models.Model):
    """How an agency's headers were mapped last time, remembered per dataset and header signature."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="column_mappings")
    dataset = models.CharField(_("jenis data"), max_length=40)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(_("pencocokan"))
    used_at = models.DateTimeField(_("terakhir dipakai"))

    class Meta:
        verbose_name = _("ingatan pencocokan kolom")
        verbose_name_plural = _("ingatan pencocokan kolom")
        constraints = [models.UniqueConstraint(fields=["agency", "dataset", "signature"], name="mapping_once")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.signature[:8]}"


@pghistory.track()
class PlaceAlias(models.Model):
    """A person said which village an agency's spelling means; the same words then resolve without asking."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="place_aliases")
    words = models.CharField(_("tulisan"), max_length=300)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("diputuskan"))

    class Meta:
        verbose_name = _("arti nama tempat")
        verbose_name_plural = _("arti nama tempat")
        constraints = [models.UniqueConstraint(fields=["agency", "words"], name="place_alias_once")]

    def __str__(self) -> str:
        return f"{self.words} → {self.village_id}"
