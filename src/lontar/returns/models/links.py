"""Personal links by which a producer without an account reports; only a digest of the code is kept."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Post, User
from lontar.registry.models import Region
from lontar.returns.models.producers import Producer
from lontar.returns.querysets import ReportLinkQuerySet


@pghistory.track(exclude=["digest"])
class ReportLink(models.Model):
    """A link of one producer: the SHA-256 of its code, until when it works, and whether somebody took it back."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="links", verbose_name=_("produsen"))
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    digest = models.BinaryField(_("sidik kode"), max_length=32, unique=True)
    given_at = models.DateTimeField(_("dibuat"))
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))
    expires_at = models.DateTimeField(_("berlaku sampai"))
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)

    objects = ReportLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tautan lapor pribadi")
        verbose_name_plural = _("tautan lapor pribadi")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("given_at")), name="report_link_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.producer_id} {self.given_at:%Y-%m-%d}"
