"""Regions: the Kemendagri code is the key and the path, so a region's whole subtree is one range of codes."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.registry.querysets import RegionQuerySet
from lontar.registry.states import Level, PointQuality, RegionKind, SuccessionKind


@pghistory.track()
class Region(models.Model):
    """A province, kabupaten/kota, kecamatan or desa/kelurahan. Codes are never used again."""

    code = models.CharField(_("kode Kemendagri"), max_length=13, primary_key=True, db_collation="C")
    level = models.CharField(_("tingkat"), max_length=10, choices=Level.choices)
    kind = models.CharField(_("jenis"), max_length=10, choices=RegionKind.choices)
    name = models.CharField(_("nama"), max_length=120)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    bps_code = models.CharField(_("kode BPS"), max_length=10, null=True, blank=True, unique=True)
    lat = models.FloatField(_("lintang"), null=True, blank=True)
    lon = models.FloatField(_("bujur"), null=True, blank=True)
    point_quality = models.CharField(
        _("mutu titik"), max_length=12, choices=PointQuality.choices, default=PointQuality.NONE
    )
    valid_from = models.DateField(_("berlaku mulai"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=200)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("satu", "wilayah")
        verbose_name_plural = _("wilayah")
        constraints = [
            models.CheckConstraint(
                condition=(Q(level="province") & Q(code__regex=r"^\d{2}$") & Q(parent__isnull=True))
                | (Q(level="regency") & Q(code__regex=r"^\d{2}\.\d{2}$") & Q(parent__isnull=False))
                | (Q(level="district") & Q(code__regex=r"^\d{2}\.\d{2}\.\d{2}$") & Q(parent__isnull=False))
                | (Q(level="village") & Q(code__regex=r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$") & Q(parent__isnull=False)),
                name="region_code_fits_level",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True, point_quality="none")
                | (Q(lat__range=(-90, 90)) & Q(lon__range=(-180, 180)) & ~Q(point_quality="none")),
                name="region_point_whole",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_from__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="region_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(kind__in=RegionKind.values), name="region_kind_known"),
        ]
        indexes = [models.Index(fields=["level", "code"], name="region_by_level")]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


@pghistory.track()
class RegionSuccession(models.Model):
    """A region follows another: split, merged or given a new code, on a day, by a decree."""

    old = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="successors")
    new = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="predecessors")
    kind = models.CharField(_("jenis"), max_length=10, choices=SuccessionKind.choices)
    on_date = models.DateField(_("tanggal"))
    decree = models.CharField(_("dasar hukum"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("penerus wilayah")
        verbose_name_plural = _("penerus wilayah")
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="succession_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


@pghistory.track(exclude=["geojson"])
class RegionBoundary(models.Model):
    """The outline of a region as GeoJSON text in WGS84, simplified for display."""

    region = models.OneToOneField(Region, on_delete=models.CASCADE, primary_key=True, related_name="boundary")
    geojson = models.TextField()
    is_fallback = models.BooleanField(_("pengganti: bentuk kecamatan"), default=False)
    source = models.CharField(_("sumber"), max_length=200)
    as_of = models.DateField(_("keadaan"), null=True, blank=True)

    class Meta:
        verbose_name = _("batas wilayah")
        verbose_name_plural = _("batas wilayah")

    def __str__(self) -> str:
        return str(self.region_id)


@pghistory.track()
class RegionAttribute(models.Model):
    """A figure or word about a region at a date, for example the village index: `idm` = 0.6644 in 2024."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="attributes")
    key = models.CharField(_("kunci"), max_length=60)
    as_of = models.DateField(_("keadaan"))
    number = models.DecimalField(_("nilai"), max_digits=24, decimal_places=6, null=True, blank=True)
    word = models.CharField(_("keterangan"), max_length=120, blank=True)
    unit = models.CharField(_("satuan"), max_length=20, blank=True)
    source = models.CharField(_("sumber"), max_length=200)

    class Meta:
        verbose_name = _("atribut wilayah")
        verbose_name_plural = _("atribut wilayah")
        constraints = [
            models.UniqueConstraint(fields=["region", "key", "as_of"], name="attribute_once_per_date"),
            models.CheckConstraint(condition=Q(number__isnull=False) | ~Q(word=""), name="attribute_not_empty"),
        ]
        indexes = [models.Index(fields=["key", "as_of", "region"], name="attribute_by_key")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.key} {self.as_of}"


@pghistory.track()
class OfficialTotal(models.Model):
    """A published count for a region, for example the enterprises of Table 1; never overwritten by our own counts."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="official_totals")
    key = models.CharField(_("kunci"), max_length=40)
    number = models.PositiveIntegerField(_("jumlah"))
    valid_from = models.DateField(_("berlaku mulai"))
    source = models.CharField(_("sumber"), max_length=300)

    class Meta:
        verbose_name = _("angka resmi")
        verbose_name_plural = _("angka resmi")
        constraints = [
            models.UniqueConstraint(fields=["region", "key", "valid_from"], name="official_total_once"),
            models.CheckConstraint(condition=~Q(source=""), name="official_total_source_given"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.key} = {self.number}"


class VillageTally(models.Model):
    """Enterprises counted per village, kept true by database triggers on the enterprise table; never written by hand."""

    village = models.OneToOneField(Region, on_delete=models.CASCADE, primary_key=True, related_name="tally")
    registered = models.IntegerField(_("terdaftar"), default=0)
    verified = models.IntegerField(_("terverifikasi"), default=0)
    women_owned = models.IntegerField(_("milik perempuan"), default=0)
    with_nib = models.IntegerField(_("memiliki NIB"), default=0)
    workers = models.IntegerField(_("tenaga kerja"), default=0)

    class Meta:
        verbose_name = _("hitungan desa")
        verbose_name_plural = _("hitungan desa")

    def __str__(self) -> str:
        return f"{self.village_id}: {self.registered}"
