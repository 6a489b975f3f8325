"""One value of a return, sent back with a reason, corrected, and reviewed again by itself."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Post, User
from lontar.registry.models import Region
from lontar.returns.models.returns import Return
from lontar.returns.querysets import ReturnedValueQuerySet
from lontar.returns.states import ReturnedState


@pghistory.track()
class ReturnedValue(models.Model):
    """The value of `field` as it was when it was returned and as it was corrected, both as text ("" is unknown)."""

    filing = models.ForeignKey(
        Return, on_delete=models.PROTECT, related_name="returned", verbose_name=_("laporan bulanan")
    )
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    field = models.CharField(_("isian"), max_length=20)
    reason = models.CharField(_("alasan"), max_length=300)
    state = models.CharField(_("keadaan"), max_length=9, choices=ReturnedState.choices, default=ReturnedState.OPEN)
    value = models.CharField(_("nilai semula"), max_length=500, blank=True)
    corrected = models.CharField(_("nilai perbaikan"), max_length=500, blank=True)
    returned_at = models.DateTimeField(_("dikembalikan"))
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))
    moved_at = models.DateTimeField(_("bergerak"))

    objects = ReturnedValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("nilai yang dikembalikan")
        verbose_name_plural = _("nilai yang dikembalikan")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReturnedState.values), name="returned_value_state_known"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(field=""), name="returned_value_has_reason"),
            models.UniqueConstraint(
                fields=["filing", "field"], condition=~Q(state="settled"), name="returned_value_once_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["village"], condition=~Q(state="settled"), name="returned_value_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.field}"
