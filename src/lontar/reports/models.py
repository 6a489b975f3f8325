"""Drafts, published reports, and the builds that drafts come from.

Drafts and reports are append-only: a draft that is no longer right is followed by the next, a report never.

The files lie in the installation's folder (`steps.folders`); what stands here is their fingerprint and what lists need.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Post, User
from lontar.documents.models import Paper
from lontar.reports.querysets import BuildQuerySet, DraftQuerySet, ReportQuerySet
from lontar.reports.states import OPEN, BuildState, Stage

_SHA = r"^[0-9a-f]{64}$"
_QUARTER = r"^[0-9]{4}-T[1-4]$"


@pghistory.track()
class Draft(models.Model):
    """A package that was built and can be looked at. `stamp` says of which state of the closed quarter it tells."""

    quarter = models.CharField(_("triwulan"), max_length=7)
    number = models.PositiveIntegerField(_("nomor laporan"))
    previous_sha256 = models.CharField(_("manifes laporan sebelumnya"), max_length=64, blank=True)
    stamp = models.CharField(_("keadaan data"), max_length=64)
    manifest_sha256 = models.CharField(_("SHA-256 manifes"), max_length=64, unique=True)
    figures = models.PositiveIntegerField(_("jumlah angka"))
    built_at = models.DateTimeField(_("dibuat"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))
    built_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("dibuat oleh")
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("rancangan laporan")
        verbose_name_plural = _("rancangan laporan")
        constraints = [
            models.CheckConstraint(condition=Q(quarter__regex=_QUARTER), name="reports_draft_quarter_shape"),
            models.CheckConstraint(condition=Q(manifest_sha256__regex=_SHA), name="reports_draft_sha256_shape"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reports_draft_number_from_one"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        indexes = [models.Index(fields=["quarter", "-id"], name="reports_draft_newest")]

    def __str__(self) -> str:
        return f"{self.quarter} ({self.built_at:%Y-%m-%d %H:%M})"


@pghistory.track()
class Report(models.Model):
    """A published report: one per quarter, numbered without gaps, each chained to the one before. Never changed."""

    quarter = models.CharField(_("triwulan"), max_length=7)
    number = models.PositiveIntegerField(_("nomor laporan"))
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="report", verbose_name=_("rancangan"))
    previous = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        related_name="next",
        null=True,
        blank=True,
        verbose_name=_("laporan sebelumnya"),
    )
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+", verbose_name=_("surat"))
    manifest_sha256 = models.CharField(_("SHA-256 manifes"), max_length=64, unique=True)
    figures = models.PositiveIntegerField(_("jumlah angka"))
    published_at = models.DateTimeField(_("diterbitkan"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan penerbit"))
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("diterbitkan oleh")
    )
    is_demo = models.BooleanField(_("data contoh"), default=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan terbuka")
        verbose_name_plural = _("laporan terbuka")
        constraints = [
            models.UniqueConstraint(fields=["quarter"], name="reports_one_per_quarter"),
            models.UniqueConstraint(fields=["number"], name="reports_one_per_number"),
            models.CheckConstraint(
                condition=Q(number=1, previous__isnull=True) | Q(number__gt=1, previous__isnull=False),
                name="reports_chain_has_no_gap",
            ),
            models.CheckConstraint(condition=Q(quarter__regex=_QUARTER), name="reports_quarter_shape"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number}: {self.quarter}"


@pghistory.track(exclude=["stage", "done", "moved_at"])
class Build(models.Model):
    """A draft that was asked for, and how far a worker is with it; of one quarter there is one at a time.

    `base` is the address of the site as who asked saw it. `problem` says why no draft came of it.
    """

    quarter = models.CharField(_("triwulan"), max_length=7, db_collation="C")
    base = models.CharField(_("alamat situs"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("diminta"))
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("diminta oleh")
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))
    state = models.CharField(_("keadaan"), max_length=8, choices=BuildState.choices, default=BuildState.QUEUED)
    stage = models.CharField(_("tahap"), max_length=10, choices=Stage.choices, default=Stage.WAITING)
    done = models.PositiveSmallIntegerField(_("kemajuan (%)"), default=0)
    moved_at = models.DateTimeField(_("bergerak"))
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    problem = models.TextField(_("masalah"), blank=True)
    finished_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    draft = models.ForeignKey(
        Draft, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("rancangan")
    )

    objects = BuildQuerySet.as_manager()

    class Meta:
        verbose_name = _("penyusunan laporan")
        verbose_name_plural = _("penyusunan laporan")
        constraints = [
            models.UniqueConstraint(fields=["quarter"], condition=Q(state__in=OPEN), name="reports_one_open_build"),
            models.CheckConstraint(condition=Q(state__in=BuildState.values), name="reports_build_state_known"),
            models.CheckConstraint(condition=Q(quarter__regex=_QUARTER), name="reports_build_quarter_shape"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(draft__isnull=False, finished_at__isnull=False),
                name="reports_build_done_has_draft",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(problem=""), name="reports_build_failed_says_why"),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.quarter} {self.state}"
