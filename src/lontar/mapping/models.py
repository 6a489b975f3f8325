"""Issued mapping documents, which nobody changes afterwards, and the requests from which they came.

The files lie in the installation's folder by their SHA-256 (`steps.keeping`), the frozen figures beside them; the key
figures stand here as columns, so that the public check needs no file.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Post, User
from lontar.mapping.querysets import MappingDocumentQuerySet, MappingRunQuerySet
from lontar.mapping.states import OPEN, RunState, Stage
from lontar.registry.models import Region

_SHA = r"^[0-9a-f]{64}$"


@pghistory.track()
class MappingDocument(models.Model):
    """One version of the mapping document of a region. Append-only: a correction is the next version."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=pgettext_lazy("satu", "wilayah")
    )
    version = models.PositiveIntegerField(_("versi"))
    number = models.CharField(_("nomor dokumen"), max_length=60)
    code = models.CharField(_("kode periksa"), max_length=14, unique=True)
    address = models.CharField(_("alamat periksa"), max_length=300)
    issued_at = models.DateTimeField(_("diterbitkan"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan penerbit"))
    issued_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("diterbitkan oleh")
    )
    data_as_of = models.DateField(_("keadaan data"), null=True, blank=True)
    pdf_sha256 = models.CharField(_("SHA-256 PDF"), max_length=64)
    docx_sha256 = models.CharField(_("SHA-256 Word"), max_length=64)
    figures_sha256 = models.CharField(_("SHA-256 angka"), max_length=64)
    pdf_size = models.PositiveBigIntegerField(_("ukuran PDF (bita)"))
    docx_size = models.PositiveBigIntegerField(_("ukuran Word (bita)"))
    villages = models.PositiveIntegerField(_("desa/kelurahan"))
    official = models.PositiveIntegerField(_("angka resmi"), null=True, blank=True)
    registered = models.PositiveIntegerField(_("terdaftar"))
    verified = models.PositiveIntegerField(_("terverifikasi"))
    without_potential = models.PositiveIntegerField(_("desa tanpa potensi"))
    changes = ArrayField(models.TextField(), verbose_name=_("yang berubah"), default=list)
    is_demo = models.BooleanField(_("data contoh"), default=False)

    objects = MappingDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokumen pemetaan")
        verbose_name_plural = _("dokumen pemetaan")
        constraints = [
            models.UniqueConstraint(fields=["region", "version"], name="mapping_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="mapping_version_from_one"),
            models.CheckConstraint(
                condition=Q(pdf_sha256__regex=_SHA) & Q(docx_sha256__regex=_SHA) & Q(figures_sha256__regex=_SHA),
                name="mapping_sha256_shape",
            ),
            models.CheckConstraint(
                condition=Q(verified__lte=models.F("registered")), name="mapping_verified_within_registered"
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.number


@pghistory.track(exclude=["stage", "moved_at"])
class MappingRun(models.Model):
    """A request for a new version, and how far its making has come. One open request for a region at a time."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=pgettext_lazy("satu", "wilayah")
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    asked_at = models.DateTimeField(_("diminta"))
    base = models.CharField(_("alamat situs"), max_length=200)
    state = models.CharField(_("keadaan"), max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    stage = models.CharField(_("tahap"), max_length=10, choices=Stage.choices, default=Stage.WAITING)
    moved_at = models.DateTimeField(_("bergerak"))
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    problem = models.TextField(_("masalah"), blank=True)
    document = models.ForeignKey(
        MappingDocument, on_delete=models.PROTECT, related_name="runs", null=True, blank=True, verbose_name=_("dokumen")
    )

    objects = MappingRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("permintaan dokumen")
        verbose_name_plural = _("permintaan dokumen")
        constraints = [
            models.UniqueConstraint(fields=["region"], condition=Q(state__in=OPEN), name="mapping_one_open_run"),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="mapping_run_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "unchanged"]) | Q(document__isnull=False),
                name="mapping_end_has_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.state}"
