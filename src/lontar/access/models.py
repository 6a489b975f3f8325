"""Agencies, posts, holders of posts over time, handovers and API tokens.

A duty belongs to a post and stays when its holder leaves. What a post may do is decided in `policies`; the rows it may see
are those whose region code begins with the post's region code.
"""

from __future__ import annotations

import pghistory
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.querysets import ApiTokenQuerySet, HoldingQuerySet, PostQuerySet
from lontar.access.states import AgencyKind, Role, TokenScope

REGION_CODE = r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$"


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractUser):
    """A person who signs in. Duties come from the posts that the person holds, not from the account."""

    full_name = models.CharField(_("nama lengkap"), max_length=120)
    language = models.CharField(_("bahasa"), max_length=5, default="id")

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")

    def __str__(self) -> str:
        return self.full_name or self.username


@pghistory.track()
class Agency(models.Model):
    """An office or organisation that has a duty in the programme."""

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=160)
    short_name = models.CharField(_("nama singkat"), max_length=60)
    kind = models.CharField(_("bidang"), max_length=20, choices=AgencyKind.choices)
    region_code = models.CharField(_("kode wilayah"), max_length=13, db_collation="C")
    is_active = models.BooleanField(_("aktif"), default=True)

    class Meta:
        verbose_name = _("instansi")
        verbose_name_plural = _("instansi")
        constraints = [
            models.CheckConstraint(condition=Q(region_code__regex=REGION_CODE), name="agency_region_code_shape"),
            models.CheckConstraint(condition=Q(kind__in=AgencyKind.values), name="agency_kind_known"),
        ]

    def __str__(self) -> str:
        return self.short_name


@pghistory.track()
class Post(models.Model):
    """A duty at an agency: one role within one region. It outlives its holders."""

    code = models.SlugField(_("kode"), max_length=60, unique=True)
    title = models.CharField(_("jabatan"), max_length=160)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts", verbose_name=_("instansi"))
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    region_code = models.CharField(_("kode wilayah"), max_length=13, db_collation="C")
    is_active = models.BooleanField(_("aktif"), default=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("jabatan")
        verbose_name_plural = _("jabatan")
        constraints = [
            models.CheckConstraint(condition=Q(region_code__regex=REGION_CODE), name="post_region_code_shape"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_role_known"),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Holding(models.Model):
    """A person holds a post from a day on, half-open: `valid_from <= day < valid_until`."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holdings")
    valid_from = models.DateField(_("mulai"))
    valid_until = models.DateField(_("sampai"), null=True, blank=True)
    decree = models.CharField(_("nomor keputusan"), max_length=120, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemegang jabatan")
        verbose_name_plural = _("pemegang jabatan")
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(valid_until__isnull=True), name="holding_one_open_per_post"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="holding_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.post}"


@pghistory.track()
class Handover(models.Model):
    """A post passes from one holder to the next, with the work that was open at that moment."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="handovers")
    from_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("waktu"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(_("catatan serah terima"), blank=True)
    open_work = models.PositiveIntegerField(_("pekerjaan terbuka"), default=0)

    class Meta:
        verbose_name = _("serah terima")
        verbose_name_plural = _("serah terima")

    def __str__(self) -> str:
        return f"{self.post} → {self.to_user}"


@pghistory.track(exclude=["digest", "last_used_at"])
class ApiToken(models.Model):
    """A key with which a program acts for a post. Only its SHA-256 is kept."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tokens")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("nama"), max_length=80)
    prefix = models.CharField(_("awal kunci"), max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(
        models.CharField(max_length=10, choices=TokenScope.choices), verbose_name=pgettext_lazy("kunci API", "izin")
    )
    created_at = models.DateTimeField(_("dibuat"))
    expires_at = models.DateTimeField(_("berlaku sampai"))
    last_used_at = models.DateTimeField(_("terakhir dipakai"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("kunci API")
        verbose_name_plural = _("kunci API")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
