"""Claims of agencies about enterprises and owners, whose claim holds, what persons accepted, and where agencies differ.

Claims are only ever added; what may change in one is the record that it is about (a merge moves it) and that record's village
(the wall). Personal values are sealed and live apart, as in the records. Disagreements are kept by the settling of claims and
are never written by hand.
"""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Agency, Post, User
from lontar.access.states import AgencyKind
from lontar.registry.models.enterprises import Enterprise, Person
from lontar.registry.models.merging import Merge
from lontar.registry.models.potential import Commodity
from lontar.registry.models.regions import Region
from lontar.registry.querysets import AcceptanceQuerySet, AuthorityQuerySet
from lontar.registry.states import Topic


class Claim(models.Model):
    """What one agency said in one statement: a row of a list, or a person at a form. NULL is nothing said.

    Only what differs from the agency's own earlier claims stands in it; `emptied` names fields that it says are empty.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    batch = models.BigIntegerField(_("kiriman"), null=True)
    sheet = models.PositiveSmallIntegerField(_("lembar"), null=True)
    row = models.PositiveIntegerField(_("baris"), null=True)
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False
    )
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False
    )
    recorded_at = models.DateTimeField(_("dicatat"))
    home = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=_("wilayah"),
    )
    emptied = ArrayField(models.CharField(max_length=16), null=True)

    class Meta:
        abstract = True


class EnterpriseClaim(Claim):
    """A claim about an enterprise; the columns are those of `Enterprise`."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="claims", db_index=False)
    village = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False
    )
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="owned_claims", null=True, db_constraint=False
    )
    name = models.CharField(max_length=200, null=True)  # noqa: DJ001 - nothing said is not an empty name
    nib = models.CharField(max_length=13, null=True)  # noqa: DJ001 - nothing said
    npwp = models.CharField(max_length=16, null=True)  # noqa: DJ001 - nothing said
    kbli = models.CharField(max_length=5, null=True)  # noqa: DJ001 - nothing said
    kbli_version = models.PositiveSmallIntegerField(null=True)
    main_product = models.CharField(max_length=160, null=True)  # noqa: DJ001 - nothing said
    commodity = models.ForeignKey(
        Commodity, on_delete=models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False
    )
    start_year = models.PositiveSmallIntegerField(null=True)
    workers_paid = models.PositiveIntegerField(null=True)
    workers_unpaid = models.PositiveIntegerField(null=True)
    annual_turnover = models.DecimalField(max_digits=18, decimal_places=0, null=True)
    capital = models.DecimalField(max_digits=18, decimal_places=0, null=True)
    status = models.CharField(max_length=8, null=True)  # noqa: DJ001 - nothing said
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        verbose_name = _("klaim usaha")
        verbose_name_plural = _("klaim usaha")
        indexes = [
            models.Index(fields=["enterprise", "agency"], name="claim_by_enterprise"),
            models.Index(fields=["nib"], condition=Q(nib__isnull=False), name="claim_by_nib"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} ← {self.agency_id} #{self.pk}"


class PersonClaim(Claim):
    """A claim about an owner; the columns are those of `Person`, the personal ones sealed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims", db_index=False)
    name = models.CharField(max_length=160, null=True)  # noqa: DJ001 - nothing said is not an empty name
    sex = models.CharField(max_length=1, null=True)  # noqa: DJ001 - nothing said
    birth_year = models.PositiveSmallIntegerField(null=True)
    nik_sealed = models.BinaryField(null=True)
    nik_index = models.BinaryField(null=True, max_length=16)
    phone_sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True, max_length=16)
    address_sealed = models.BinaryField(null=True)
    address_index = models.BinaryField(null=True, max_length=16)

    class Meta:
        verbose_name = _("klaim pemilik")
        verbose_name_plural = _("klaim pemilik")
        indexes = [models.Index(fields=["person", "agency"], name="claim_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} ← {self.agency_id} #{self.pk}"


@pghistory.track(exclude=["settled_at", "rows_done", "rows_total"])
class Authority(models.Model):
    """From a day on, agencies of a kind rank so for a topic: 1 is heard first. Half-open, with the source that set it.

    `settled_at` is when the values of all records followed the rank; until then `rows_done` of `rows_total` did.
    """

    topic = models.CharField(_("isian"), max_length=12, choices=Topic.choices)
    agency_kind = models.CharField(_("bidang"), max_length=20, choices=AgencyKind.choices)
    rank = models.PositiveSmallIntegerField(pgettext_lazy("kewenangan", "urutan"))
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300)
    settled_at = models.DateTimeField(_("nilai disesuaikan"), null=True, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("kewenangan isian")
        verbose_name_plural = _("kewenangan isian")
        constraints = [
            models.UniqueConstraint(fields=["topic", "agency_kind", "valid_from"], name="authority_one_per_start"),
            models.UniqueConstraint(
                fields=["topic", "agency_kind"], condition=Q(valid_until__isnull=True), name="authority_one_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="authority_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(rank__range=(1, 100)), name="authority_rank_sane"),
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="authority_topic_known"),
            models.CheckConstraint(condition=Q(agency_kind__in=AgencyKind.values), name="authority_kind_known"),
            models.CheckConstraint(condition=~Q(source=""), name="authority_source_given"),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.agency_kind} {self.rank}"


@pghistory.track()
class Acceptance(models.Model):
    """A person decided that one claim holds for one field of one record; it can be taken back.

    It outranks the authority until the authority says something new. `claim_id` is a row of the record's claims; `merge` is the
    merge in whose preview the value was chosen.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    field = models.CharField(_("isian"), max_length=16)
    claim_id = models.BigIntegerField(_("klaim"))
    reason = models.TextField(_("alasan"))
    decided_at = models.DateTimeField(_("diputuskan"))
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    merge = models.ForeignKey(
        Merge, on_delete=models.PROTECT, related_name="acceptances", null=True, blank=True, db_index=False
    )
    undone_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("penerimaan klaim")
        verbose_name_plural = _("penerimaan klaim")
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise__isnull=True, person__isnull=False)
                | Q(enterprise__isnull=False, person__isnull=True),
                name="acceptance_of_one_record",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="acceptance_reason_given"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="acceptance_undone_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise"], condition=Q(enterprise__isnull=False), name="acceptance_by_enterprise"),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="acceptance_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.field} ← {self.claim_id}"


class Disagreement(models.Model):
    """An enterprise or owner of which agencies' present claims differ: in which fields, who says otherwise, since when.

    Rewritten by every settling, therefore without constraints of keys; there is one for each such record.
    """

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, related_name="+", null=True, db_index=False, db_constraint=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", null=True, db_index=False, db_constraint=False
    )
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    fields = ArrayField(models.CharField(max_length=16), verbose_name=_("isian"))
    agencies = ArrayField(models.BigIntegerField(), verbose_name=_("instansi"))
    since = models.DateTimeField(_("sejak"))

    class Meta:
        verbose_name = pgettext_lazy("antarinstansi", "perbedaan")
        verbose_name_plural = pgettext_lazy("antarinstansi", "perbedaan")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(enterprise__isnull=False), name="disagreement_of_enterprise"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(person__isnull=False), name="disagreement_of_person"
            ),
            models.CheckConstraint(
                condition=Q(enterprise__isnull=True, person__isnull=False)
                | Q(enterprise__isnull=False, person__isnull=True),
                name="disagreement_of_one_record",
            ),
        ]
        indexes = [models.Index(fields=["village", "id"], name="disagreement_by_village")]

    def __str__(self) -> str:
        return f"{self.enterprise_id or self.person_id}: {', '.join(self.fields)}"
