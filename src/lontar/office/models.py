"""Saved views: filters, order and columns of a list that a person comes back to, and hands on as a link."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lontar.access.models import User
from lontar.office.querysets import SavedViewQuerySet
from lontar.office.states import ListKey


@pghistory.track()
class SavedView(models.Model):
    """A list as somebody looks at it. It holds no rows: whoever follows the link sees what their own post may see."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views", verbose_name=_("pemilik"))
    list_key = models.CharField(_("daftar"), max_length=10, choices=ListKey.choices)
    name = models.CharField(_("nama"), max_length=80)
    query = models.CharField(_("saringan"), max_length=1000, blank=True)
    columns = ArrayField(models.CharField(max_length=20), verbose_name=_("kolom"), default=list, blank=True)
    slug = models.CharField(_("kode tautan"), max_length=16, unique=True)
    saved_at = models.DateTimeField(_("disimpan"))

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("tampilan tersimpan")
        verbose_name_plural = _("tampilan tersimpan")
        constraints = [
            models.UniqueConstraint(fields=["user", "list_key", "name"], name="view_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="view_name_given"),
            models.CheckConstraint(condition=models.Q(list_key__in=ListKey.values), name="view_list_known"),
        ]

    def __str__(self) -> str:
        return self.name
