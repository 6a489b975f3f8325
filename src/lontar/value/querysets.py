"""Chainable reads of reckonings, their lines, and figures of trade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Subquery

if TYPE_CHECKING:
    from lontar.value.models import Reckoning, TradeFigure
else:  # the models import these classes, so the names exist only for the type checker
    Reckoning = TradeFigure = models.Model


class ReckoningQuerySet(models.QuerySet["Reckoning"]):
    """Reads of reckonings."""

    def in_force(self) -> Self:
        """The newest one of every quarter, newest quarter first."""
        newest = self.model.objects.filter(quarter=OuterRef("quarter")).order_by("-id").values("id")[:1]
        return self.filter(id=Subquery(newest)).order_by("-quarter")


class TradeFigureQuerySet(models.QuerySet["TradeFigure"]):
    """Reads of figures of trade."""

    def in_force(self) -> Self:
        """Of each direction, period and commodity the one that was loaded last, newest period first."""
        same = self.model.objects.filter(
            direction=OuterRef("direction"),
            from_date=OuterRef("from_date"),
            until_date=OuterRef("until_date"),
            commodity_key=OuterRef("commodity_key"),
        )
        newest = same.order_by("-id").values("id")[:1]
        return self.filter(id=Subquery(newest)).order_by("-from_date", "until_date", "commodity_key", "direction")
