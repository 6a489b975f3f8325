"""Reveals of personal data and effective-dated parameters. The trail itself is written by database triggers."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Post, User
from lontar.audit.querysets import ParameterQuerySet, RevealQuerySet


class Reveal(models.Model):
    """Someone looked at a masked value: who, as which post, what of whom, why. Append-only."""

    at = models.DateTimeField(_("waktu"), db_index=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("jenis data"), max_length=20)
    subject = models.CharField(_("catatan"), max_length=60)
    subject_id = models.BigIntegerField()
    region_code = models.CharField(_("kode wilayah"), max_length=13, db_collation="C")
    reason = models.TextField(_("alasan"))

    objects = RevealQuerySet.as_manager()

    class Meta:
        verbose_name = _("pembukaan data pribadi")
        verbose_name_plural = _("pembukaan data pribadi")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reveal_reason_given")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        indexes = [models.Index(fields=["subject", "subject_id"], name="reveal_by_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}#{self.subject_id}"


@pghistory.track()
class Parameter(models.Model):
    """A limit, rate or threshold in force for a time, half-open, with the source that set it.

    `number` for a single figure; a set of bands is several parameters with one `key` prefix
    (`umkm.sales.micro`, `umkm.sales.small`, …).
    """

    key = models.CharField(_("kunci"), max_length=80)
    number = models.DecimalField(_("nilai"), max_digits=24, decimal_places=6)
    unit = models.CharField(_("satuan"), max_length=20, blank=True)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300)

    objects = ParameterQuerySet.as_manager()

    class Meta:
        verbose_name = _("parameter")
        verbose_name_plural = _("parameter")
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="parameter_one_per_start"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(valid_until__isnull=True), name="parameter_one_open_per_key"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="parameter_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="parameter_source_given"),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.number} {self.unit}".strip()
