"""Evidence of an assessment: files sealed on disk, each for one criterion or one gate. Closed to the public.

A line that is removed stays, with who and when; its file is taken away at night. Nothing is added to or removed from an
assessment that is over.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Post, User
from lontar.engines.scans import SUFFIXES
from lontar.registry.models import Region
from lontar.stars.models.assessing import Assessment
from lontar.stars.querysets import EvidenceQuerySet
from lontar.stars.states import EvidenceFor

_OVER = """
    IF EXISTS (SELECT FROM stars_assessment a WHERE a.id = NEW.assessment_id AND a.closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'assessment % is over and its evidence stands', NEW.assessment_id;
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Evidence(models.Model):
    """A file that shows something of the product: PDF or photo, by `sha256` of its contents, `size` in bytes."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="evidence", db_index=False, verbose_name=_("penilaian")
    )
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    about = models.CharField(_("bukti untuk"), max_length=10, choices=EvidenceFor.choices)
    code = models.CharField(_("kode kriteria atau gerbang"), max_length=40)
    caption = models.CharField(_("keterangan"), max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)
    media_type = models.CharField(_("jenis berkas"), max_length=40)
    size = models.PositiveIntegerField(_("ukuran berkas (bita)"))
    attached_at = models.DateTimeField(_("dilampirkan"))
    attached_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("dilampirkan oleh")
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))
    removed_at = models.DateTimeField(_("dihapus"), null=True, blank=True)
    removed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("dihapus oleh")
    )
    removed_post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("jabatan yang menghapus"),
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("bukti")
        verbose_name_plural = _("bukti")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "about", "code", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="evidence_once",
            ),
            models.CheckConstraint(condition=Q(about__in=EvidenceFor.values), name="evidence_about_known"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(caption=""), name="evidence_told"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="evidence_kept"),
            models.CheckConstraint(condition=Q(media_type__in=list(SUFFIXES)), name="evidence_type_known"),
            models.CheckConstraint(condition=Q(size__gte=1), name="evidence_not_empty"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_post__isnull=True)
                | Q(
                    removed_at__gte=F("attached_at"), removed_by__isnull=False, removed_post__isnull=False,
                ),
                name="evidence_removal_whole",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["sha256"], name="evidence_by_content")]
        triggers = [
            pgtrigger.Trigger(
                name="over",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_OVER,
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.caption}"
