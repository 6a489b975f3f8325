"""People, enterprises, organisations and schools. Personal values are sealed and live apart, in `Person`."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.registry.models.potential import Commodity
from lontar.registry.models.provenance import Sourced
from lontar.registry.models.regions import Region
from lontar.registry.querysets import EnterpriseQuerySet
from lontar.registry.states import (
    CommunityKind,
    EnterpriseStatus,
    ImkClass,
    OrganizationKind,
    Sex,
    UmkmClass,
)


@pghistory.track()
class Person(Sourced):
    """An owner. NIK, phone and address are sealed (AES-GCM); NIK and phone have an HMAC index for finding equal ones."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="people", db_index=False)
    name = models.CharField(_("nama"), max_length=160)
    sex = models.CharField(_("jenis kelamin"), max_length=1, choices=Sex.choices, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("tahun lahir"), null=True, blank=True)
    nik_sealed = models.BinaryField(null=True, blank=True)
    nik_index = models.BinaryField(null=True, blank=True, unique=True, max_length=16)
    phone_sealed = models.BinaryField(null=True, blank=True)
    phone_index = models.BinaryField(null=True, blank=True, max_length=16, db_index=True)
    address_sealed = models.BinaryField(null=True, blank=True)
    address_index = models.BinaryField(null=True, blank=True, max_length=16)

    class Meta:
        verbose_name = pgettext_lazy("satu", "orang")
        verbose_name_plural = _("orang")
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=["", *Sex.values]), name="person_sex_known"),
            models.CheckConstraint(
                condition=Q(nik_sealed__isnull=True, nik_index__isnull=True)
                | Q(nik_sealed__isnull=False, nik_index__isnull=False),
                name="person_nik_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(exclude=["search", "owner_name", "workers"])
class Enterprise(Sourced):
    """A micro or small enterprise (IKM/UMK) in a village. Two class systems stand side by side and are never mixed.

    `owner_name` repeats the owner's name for the office's search; triggers fill it where a writer leaves it empty and
    follow a renamed owner.
    """

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="enterprises", db_index=False)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enterprises", null=True, blank=True)
    name = models.CharField(_("nama usaha"), max_length=200)
    nib = models.CharField(_("NIB"), max_length=13, null=True, blank=True)  # noqa: DJ001 - unique, so absent is NULL
    npwp = models.CharField(_("NPWP"), max_length=16, blank=True)
    kbli = models.CharField(_("KBLI"), max_length=5, blank=True)
    kbli_version = models.PositiveSmallIntegerField(_("versi KBLI"), null=True, blank=True)
    main_product = models.CharField(_("produk utama"), max_length=160, blank=True)
    commodity = models.ForeignKey(
        Commodity, on_delete=models.PROTECT, related_name="enterprises", null=True, blank=True, db_index=False
    )
    start_year = models.PositiveSmallIntegerField(_("tahun mulai"), null=True, blank=True)
    workers_paid = models.PositiveIntegerField(_("tenaga kerja dibayar"), null=True, blank=True)
    workers_unpaid = models.PositiveIntegerField(_("tenaga kerja tidak dibayar"), null=True, blank=True)
    imk_class = models.CharField(_("kelas IMK"), max_length=8, choices=ImkClass.choices, blank=True)
    annual_turnover = models.DecimalField(_("omzet setahun"), max_digits=18, decimal_places=0, null=True, blank=True)
    capital = models.DecimalField(_("modal usaha"), max_digits=18, decimal_places=0, null=True, blank=True)
    umkm_class = models.CharField(_("kelas UMKM"), max_length=8, choices=UmkmClass.choices, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=EnterpriseStatus.choices, default=EnterpriseStatus.ACTIVE
    )
    lat = models.FloatField(_("lintang"), null=True, blank=True)
    lon = models.FloatField(_("bujur"), null=True, blank=True)
    source_key = models.CharField(_("ID pada sumber"), max_length=60, blank=True)
    verified_at = models.DateTimeField(_("diverifikasi"), null=True, blank=True)
    search = models.GeneratedField(
        expression=SearchVector("name", "main_product", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    owner_name = models.CharField(_("nama pemilik"), max_length=160, blank=True, db_default="", editable=False)
    workers = models.GeneratedField(
        expression=Case(
            When(workers_paid__isnull=True, workers_unpaid__isnull=True, then=None),
            default=Coalesce(F("workers_paid"), Value(0)) + Coalesce(F("workers_unpaid"), Value(0)),
        ),
        output_field=models.IntegerField(),
        db_persist=True,
    )

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("satu", "usaha")
        verbose_name_plural = _("usaha")
        constraints = [
            models.UniqueConstraint(fields=["nib"], name="enterprise_nib_once"),
            models.CheckConstraint(condition=~Q(name=""), name="enterprise_name_given"),
            models.CheckConstraint(
                condition=Q(nib__isnull=True) | Q(nib__regex=r"^\d{13}$"), name="enterprise_nib_shape"
            ),
            models.CheckConstraint(condition=Q(kbli="") | Q(kbli__regex=r"^\d{5}$"), name="enterprise_kbli_shape"),
            models.CheckConstraint(
                condition=Q(kbli="") | Q(kbli_version__in=(2020, 2025)), name="enterprise_kbli_has_version"
            ),
            models.CheckConstraint(
                condition=(Q(annual_turnover__isnull=True) | Q(annual_turnover__gte=0))
                & (Q(capital__isnull=True) | Q(capital__gte=0)),
                name="enterprise_money_not_negative",
            ),
            models.CheckConstraint(condition=Q(imk_class__in=["", *ImkClass.values]), name="enterprise_imk_known"),
            models.CheckConstraint(condition=Q(umkm_class__in=["", *UmkmClass.values]), name="enterprise_umkm_known"),
            models.CheckConstraint(condition=Q(status__in=EnterpriseStatus.values), name="enterprise_status_known"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | (Q(lat__range=(-90, 90)) & Q(lon__range=(-180, 180))),
                name="enterprise_point_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "id"], name="enterprise_by_village"),
            # The sorts of the lists. The village at the end lets the database pass over rows of other regions in the index.
            models.Index(fields=["name", "id", "village"], name="enterprise_by_name"),
            # Unknown counts as −1, so that a page after a given row is one comparison of (value, id).
            models.Index(Coalesce("annual_turnover", Value(-1)), "id", "village", name="enterprise_by_turnover"),
            models.Index(Coalesce("workers", Value(-1)), "id", "village", name="enterprise_by_workers"),
            models.Index(fields=["recorded_at", "id", "village"], name="enterprise_by_recorded"),
            models.Index(fields=["kbli", "imk_class", "umkm_class", "status"], name="enterprise_by_class"),
            GinIndex(fields=["search"], name="enterprise_search"),
            GinIndex(SearchVector("owner_name", config="simple"), name="enterprise_owner_search"),
            models.Index(
                fields=["source_agency", "source_key"], condition=~Q(source_key=""), name="enterprise_by_source_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Organization(Sourced):
    """A group, cooperative, BUMDes or community of a village."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="organizations")
    kind = models.CharField(_("jenis"), max_length=12, choices=OrganizationKind.choices)
    community_kind = models.CharField(_("jenis komunitas"), max_length=10, choices=CommunityKind.choices, blank=True)
    name = models.CharField(_("nama"), max_length=160)
    registration = models.CharField(_("nomor badan hukum"), max_length=80, blank=True)
    members = models.PositiveIntegerField(_("anggota"), null=True, blank=True)
    founded_year = models.PositiveSmallIntegerField(_("tahun berdiri"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisasi")
        verbose_name_plural = _("organisasi")
        constraints = [
            models.UniqueConstraint(fields=["village", "kind", "name"], name="organization_once_per_village"),
            models.CheckConstraint(
                condition=Q(kind="community", community_kind__in=CommunityKind.values)
                | (~Q(kind="community") & Q(community_kind="")),
                name="organization_community_kind_fits",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Membership(models.Model):
    """An enterprise belongs to an organisation."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        verbose_name = _("keanggotaan")
        verbose_name_plural = _("keanggotaan")
        constraints = [models.UniqueConstraint(fields=["enterprise", "organization"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} ∈ {self.organization_id}"


@pghistory.track()
class School(Sourced):
    """A school of the OSOP pillar, keyed by NPSN."""

    npsn = models.CharField(_("NPSN"), max_length=8, unique=True)
    name = models.CharField(_("nama"), max_length=160)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="schools")
    kind = models.CharField(_("jenjang"), max_length=20)
    pupils = models.PositiveIntegerField(_("peserta didik"), null=True, blank=True)

    class Meta:
        verbose_name = _("sekolah")
        verbose_name_plural = _("sekolah")
        constraints = [
            models.CheckConstraint(condition=Q(npsn__regex=r"^[0-9A-Z]{8}$"), name="school_npsn_shape"),
        ]

    def __str__(self) -> str:
        return self.name
