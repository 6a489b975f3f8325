"""Where a row came from: agency, batch and row of the batch. The batch lives above the registry, so it is a number here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Agency


class Sourced(models.Model):
    """A row with its source. Filled by intake or by the form that made it."""

    source_agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("sumber"),
    )
    source_batch = models.BigIntegerField(_("kiriman"), null=True, blank=True)
    source_row = models.PositiveIntegerField(_("baris"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("dicatat"))

    class Meta:
        abstract = True
