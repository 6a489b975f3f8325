"""Months and quarters as half-open stretches of days, and whether they take returns."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.engines.periods import Month, Quarter
from lontar.returns.querysets import PeriodQuerySet
from lontar.returns.states import PeriodKind, PeriodState


@pghistory.track()
class Period(models.Model):
    """A month or a quarter: `start` ≤ day < `end`. What comes for a closed one is a restatement, never a plain change."""

    kind = models.CharField(_("jenis masa"), max_length=7, choices=PeriodKind.choices)
    start = models.DateField(_("hari pertama"))
    end = models.DateField(_("hari pertama sesudahnya"))
    state = models.CharField(_("keadaan"), max_length=9, choices=PeriodState.choices, default=PeriodState.OPEN)
    moved_at = models.DateTimeField(_("berubah"))

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("satu", "masa lapor")
        verbose_name_plural = _("masa lapor")
        constraints = [
            models.UniqueConstraint(fields=["kind", "start"], name="returns_period_once"),
            models.CheckConstraint(condition=Q(state__in=PeriodState.values), name="returns_period_state_known"),
            models.CheckConstraint(
                condition=Q(kind__in=PeriodKind.values) & Q(start__day=1) & Q(end__day=1) & Q(end__gt=F("start")),
                name="returns_period_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.span.label

    @property
    def span(self) -> Month | Quarter:
        """The stretch of days with its names."""
        return (Quarter if self.kind == PeriodKind.QUARTER else Month).from_date(self.start)
