"""Sections and who signs them as data, sign-offs as a ledger, returned fields, and tallies that triggers keep.

A sign-off row is never changed by hand: an act opens it, a later act ends it. Triggers note on it which fields changed since,
how many returns of its section are open, and whether its subject still counts; from that they keep the tallies and
`Enterprise.verified_at` (docs/adr/0009-sign-offs.md).
"""

from __future__ import annotations

import uuid

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Agency, Post, User
from lontar.access.states import AgencyKind
from lontar.registry.models import Region
from lontar.registry.states import CommoditySector
from lontar.verification.querysets import FieldReturnQuerySet, SectionDutyQuerySet, SectionTermQuerySet, SignOffQuerySet
from lontar.verification.states import LIVE, ActKind, AnswerKind, ReturnState, SubjectKind


@pghistory.track()
class Section(models.Model):
    """A part of a record that is signed as one."""

    key = models.SlugField(_("kunci"), max_length=30, unique=True)
    subject = models.CharField(_("bagian dari"), max_length=10, choices=SubjectKind.choices)
    name = models.CharField(_("nama"), max_length=80)
    name_en = models.CharField(_("nama Inggris"), max_length=80)
    position = models.PositiveSmallIntegerField(_("urutan"))

    class Meta:
        verbose_name = pgettext_lazy("satu", "bagian")
        verbose_name_plural = _("bagian")
        constraints = [
            models.CheckConstraint(condition=Q(subject__in=SubjectKind.values), name="section_subject_known"),
        ]

    def __str__(self) -> str:
        return self.name


class _Dated(models.Model):
    """In force for a time, half-open, by a source."""

    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300)

    class Meta:
        abstract = True


@pghistory.track()
class SectionTerm(_Dated):
    """What a section holds for a time. `fields` are columns of the enterprise, or for a village kinds of its records;
    `is_required` says that an enterprise counts as verified only with this section signed."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="terms")
    fields = ArrayField(models.CharField(max_length=40), verbose_name=_("isian"))
    is_required = models.BooleanField(_("menentukan verifikasi"), default=False)

    objects = SectionTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("isi bagian")
        verbose_name_plural = _("isi bagian")
        constraints = [
            models.UniqueConstraint(
                fields=["section"], condition=Q(valid_until__isnull=True), name="section_term_one_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="section_term_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="section_term_source_given"),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.valid_from}"


@pghistory.track()
class SectionDuty(_Dated):
    """Which kind of agency signs a section, in which step; `sector` narrows it to commodities of a sector.

    The duty without a sector is for everything that no other duty of the section names.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="duties")
    step = models.PositiveSmallIntegerField(_("langkah"), default=1)
    agency_kind = models.CharField(_("bidang instansi"), max_length=20, choices=AgencyKind.choices)
    sector = models.CharField(_("sektor"), max_length=14, choices=CommoditySector.choices, blank=True)

    objects = SectionDutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("tugas pengesahan")
        verbose_name_plural = _("tugas pengesahan")
        constraints = [
            models.UniqueConstraint(
                fields=["section", "step", "sector"],
                condition=Q(valid_until__isnull=True),
                name="section_duty_one_open",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="section_duty_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(step__in=(1, 2)), name="section_duty_step_known"),
            models.CheckConstraint(condition=~Q(source=""), name="section_duty_source_given"),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.step} {self.agency_kind}"


class SignAct(models.Model):
    """One act over any number of sign-offs or fields: who, as which post, when. Append-only; the id is its audit event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("jenis tindakan"), max_length=10, choices=ActKind.choices)
    at = models.DateTimeField(_("waktu"))
    stamped_at = models.DateTimeField(_("waktu basis data"), db_default=Now())
    region_code = models.CharField(_("kode wilayah"), max_length=13, db_collation="C")
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("oleh")
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("jabatan")
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("instansi")
    )
    undoes = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("mengurungkan")
    )

    class Meta:
        verbose_name = _("tindakan pengesahan")
        verbose_name_plural = _("tindakan pengesahan")
        constraints = [models.CheckConstraint(condition=Q(kind__in=ActKind.values), name="sign_act_kind_known")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class SignOff(models.Model):
    """A section of one enterprise or village, signed by an act and in force until another act ends it.

    `enterprise_id` is a number: a merged enterprise leaves its table and its sign-offs stay with it. `event` is the newest
    event of the enterprise's history that the signer could see. Written by triggers: `changed_fields` (changed since),
    `returns` (live returns of the section), `is_live` (the enterprise exists and is not closed), `village` when it moves.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="signoffs", db_index=False)
    step = models.PositiveSmallIntegerField(_("langkah"))
    enterprise_id = models.BigIntegerField(_("usaha"), null=True, blank=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    signed_at = models.DateTimeField(_("disahkan"))
    act = models.ForeignKey(SignAct, on_delete=models.PROTECT, related_name="opened")
    ended_act = models.ForeignKey(
        SignAct, on_delete=models.PROTECT, related_name="ended", null=True, blank=True, db_index=False
    )
    event = models.BigIntegerField(null=True, blank=True)
    changed_fields = ArrayField(models.CharField(max_length=60), verbose_name=_("isian yang berubah"), default=list)
    returns = models.PositiveSmallIntegerField(_("isian dikembalikan"), default=0)
    is_live = models.BooleanField(_("dihitung"), default=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("satu", "pengesahan")
        verbose_name_plural = _("pengesahan")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise_id", "section", "step"],
                condition=Q(ended_act__isnull=True, enterprise_id__isnull=False),
                name="signoff_one_per_enterprise",
            ),
            models.UniqueConstraint(
                fields=["village", "section", "step"],
                condition=Q(ended_act__isnull=True, enterprise_id__isnull=True),
                name="signoff_one_per_village",
            ),
            models.CheckConstraint(condition=Q(step__in=(1, 2)), name="signoff_step_known"),
        ]
        indexes = [
            models.Index(fields=["ended_act"], condition=Q(ended_act__isnull=False), name="signoff_by_ended"),
            models.Index(
                fields=["enterprise_id"],
                condition=Q(enterprise_id__isnull=False, ended_act__isnull=False),
                name="signoff_past",
            ),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.section_id}.{self.step} {self.enterprise_id or self.village_id}"


@pghistory.track()
class FieldReturn(models.Model):
    """One field of a record, returned to whoever keeps it, with a reason; the rest of its section stays as it is.

    `keeper` is the agency that brought the value; none: the officer of the village. `record_id` names the row of a village's
    potential. `event` is the newest event of the record's history at that moment, from which the value of then is read.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    field = models.CharField(_("isian"), max_length=40)
    enterprise_id = models.BigIntegerField(_("usaha"), null=True, blank=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    record_id = models.BigIntegerField(_("catatan"), null=True, blank=True)
    reason = models.TextField(_("alasan"))
    state = models.CharField(_("keadaan"), max_length=10, choices=ReturnState.choices, default=ReturnState.OPEN)
    act = models.ForeignKey(SignAct, on_delete=models.PROTECT, related_name="returned")
    returned_at = models.DateTimeField(_("dikembalikan"))
    moved_at = models.DateTimeField(_("bergerak"))
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    keeper = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False,
        verbose_name=_("penanggung jawab data"),
    )  # fmt: skip
    event = models.BigIntegerField(null=True, blank=True)
    answer = models.CharField(_("jawaban"), max_length=10, choices=AnswerKind.choices, blank=True)
    answer_words = models.TextField(_("penjelasan"), blank=True)
    answered_at = models.DateTimeField(_("dijawab"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    answered_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    closed_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    objects = FieldReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("isian dikembalikan")
        verbose_name_plural = _("isian dikembalikan")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise_id", "section", "field"],
                condition=Q(state__in=LIVE, enterprise_id__isnull=False),
                name="return_once_per_enterprise",
            ),
            models.UniqueConstraint(
                fields=["village", "section", "field", "record_id"],
                condition=Q(state__in=LIVE, enterprise_id__isnull=True),
                name="return_once_per_village",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(state__in=ReturnState.values), name="return_state_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="return_reason_given"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "accepted"])
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="return_answer_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, closed_at__isnull=True) | (~Q(state__in=LIVE) & Q(closed_at__isnull=False)),
                name="return_end_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "village"], condition=Q(state__in=LIVE), name="return_live"),
            models.Index(fields=["enterprise_id"], name="return_by_enterprise"),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.enterprise_id or self.village_id} {self.state}"


class SectionTally(models.Model):
    """Sign-offs in force per village, section and step, by how they stand; kept by triggers."""

    village = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", db_index=False)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+", db_index=False)
    step = models.PositiveSmallIntegerField(_("langkah"))
    signed = models.IntegerField(_("disahkan"), default=0)
    changed = models.IntegerField(_("berubah"), default=0)
    returned = models.IntegerField(_("dikembalikan"), default=0)

    class Meta:
        verbose_name = _("hitungan pengesahan")
        verbose_name_plural = _("hitungan pengesahan")
        constraints = [models.UniqueConstraint(fields=["village", "section", "step"], name="section_tally_once")]

    def __str__(self) -> str:
        return f"{self.village_id} {self.section_id}"
