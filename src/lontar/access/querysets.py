"""Chainable reads of posts, holdings and tokens, in the tenses of the office: as at a day, usable at an instant."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from lontar.access.models import ApiToken, Holding, Post, User
else:  # the models import these classes, so the names exist only for the type checker
    ApiToken = Holding = Post = User = models.Model


class PostQuerySet(models.QuerySet["Post"]):
    """Reads of posts."""

    def held_by(self, user: User, day: date) -> Self:
        """Active posts of active agencies whose holder on `day` is `user`."""
        held = Q(holdings__valid_until__isnull=True) | Q(holdings__valid_until__gt=day)
        open_post = Q(is_active=True, agency__is_active=True)
        return self.filter(held, open_post, holdings__user=user, holdings__valid_from__lte=day).distinct()


class HoldingQuerySet(models.QuerySet["Holding"]):
    """Reads of holdings."""

    def as_at(self, day: date) -> Self:
        """Holdings in force on `day`."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Reads of tokens."""

    def usable_at(self, instant: datetime) -> Self:
        """Tokens neither revoked nor expired at `instant`, of an active post of an active agency."""
        live = Q(revoked_at__isnull=True, expires_at__gt=instant)
        return self.filter(live, post__is_active=True, post__agency__is_active=True)
