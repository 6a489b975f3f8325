"""Chainable reads of saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from lontar.access.models import User

if TYPE_CHECKING:
    from lontar.office.models import SavedView
else:  # the model imports this class, so the name exists only for the type checker
    SavedView = models.Model


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Reads of saved views."""

    def of(self, user: User, list_key: str) -> Self:
        """The views that a person saved of one list, by name."""
        return self.filter(user=user, list_key=list_key).order_by("name", "pk")
