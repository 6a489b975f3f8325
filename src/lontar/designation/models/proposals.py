"""Proposals of a flagship: what the meeting decided, what the ranking advised at that time, every step since, and clusters."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Agency, Post, User
from lontar.designation.querysets import ProposalQuerySet
from lontar.designation.states import OPEN, Move, ProposalState
from lontar.registry.models import Commodity, Product, Region
from lontar.selection.models.units import OfUnit

_SHA = r"^[0-9a-f]{64}$"


@pghistory.track()
class Cluster(models.Model):
    """A sentra: neighbouring units that work on one commodity together, within a kecamatan or kabupaten/kota."""

    name = models.CharField(_("nama sentra"), max_length=120)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("wilayah sentra"))
    commodity = models.ForeignKey(
        Commodity, on_delete=models.PROTECT, related_name="+", verbose_name=pgettext_lazy("satu", "komoditas")
    )
    reason = models.TextField(_("alasan"))
    made_at = models.DateTimeField(_("dibentuk"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = pgettext_lazy("satu", "sentra")
        verbose_name_plural = _("sentra")
        constraints = [
            models.UniqueConstraint(fields=["region", "commodity", "name"], name="cluster_once"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(name=""), name="cluster_told"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(exclude=["unit_key"])
class ClusterMember(OfUnit):
    """A unit of a cluster; a unit belongs to one cluster of a commodity."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="members", verbose_name=_("sentra"))
    commodity = models.ForeignKey(Commodity, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("anggota sentra")
        verbose_name_plural = _("anggota sentra")
        constraints = [
            *OfUnit.Meta.constraints,
            models.UniqueConstraint(fields=["unit_key", "commodity"], name="cluster_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_key} ∈ {self.cluster_id}"


@pghistory.track(exclude=["unit_key"])
class Proposal(OfUnit):
    """A unit proposes its flagship: the meeting, the choice, why it differs from the ranking, where it stands since when.

    The minutes are kept sealed under `minutes_sha256`. The last row of `advice` of a send is what the ranking said then.
    """

    commodity = models.ForeignKey(
        Commodity, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=pgettext_lazy("satu", "komoditas"),
    )  # fmt: skip
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=pgettext_lazy("satu", "produk"),
    )  # fmt: skip
    name = models.CharField(_("produk unggulan"), max_length=160)
    differs = models.BooleanField(_("berbeda dari peringkat"), default=False)
    reason = models.TextField(_("alasan berbeda"), blank=True)
    meeting_date = models.DateField(_("tanggal musyawarah"))
    meeting_place = models.CharField(_("tempat musyawarah"), max_length=160)
    women = models.PositiveIntegerField(_("peserta perempuan"))
    men = models.PositiveIntegerField(_("peserta laki-laki"))
    minutes_sha256 = models.CharField(_("SHA-256 berita acara"), max_length=64)
    minutes_type = models.CharField(_("jenis berkas"), max_length=40)
    minutes_size = models.PositiveBigIntegerField(_("ukuran berkas (bita)"))
    set_key = models.CharField(_("kunci set kriteria"), max_length=40, blank=True)
    set_name = models.CharField(_("set kriteria"), max_length=160, blank=True)
    ranked_on = models.DateField(_("peringkat per"), null=True, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=ProposalState.choices, default=ProposalState.REGENCY)
    moved_at = models.DateTimeField(_("sejak"))
    sent_at = models.DateTimeField(_("diajukan"))
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("diajukan oleh"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("satu", "usulan")
        verbose_name_plural = _("usulan")
        constraints = [
            *OfUnit.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit_key"], condition=Q(state__in=OPEN), name="proposal_one_open_per_unit"
            ),
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_known"),
            models.CheckConstraint(condition=~Q(name=""), name="proposal_choice_given"),
            models.CheckConstraint(condition=Q(differs=False) | ~Q(reason=""), name="proposal_difference_explained"),
            models.CheckConstraint(condition=Q(women__gt=0) | Q(men__gt=0), name="proposal_somebody_came"),
            models.CheckConstraint(condition=Q(minutes_sha256__regex=_SHA), name="proposal_minutes_kept"),
            models.CheckConstraint(condition=Q(moved_at__gte=F("sent_at")), name="proposal_moves_after_sending"),
        ]
        indexes = [
            models.Index(fields=["village", "state"], name="proposal_by_village"),
            models.Index(fields=["state", "moved_at"], name="proposal_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_key}: {self.name}"


class ProposalAdvice(models.Model):
    """What the ranking said of one candidate when the proposal was sent, frozen with it. Append-only.

    `score` and its interval are those of the criteria set (0–1); `first_share` says how often it was first when the weights
    were shaken (0–1).
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="advice")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    sending = models.PositiveSmallIntegerField(_("pengajuan ke"), default=1)
    position = models.PositiveSmallIntegerField(_("peringkat"))
    name = models.CharField(_("calon"), max_length=160)
    score = models.DecimalField(_("nilai"), max_digits=9, decimal_places=6, null=True, blank=True)
    low = models.DecimalField(_("batas bawah"), max_digits=9, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(_("batas atas"), max_digits=9, decimal_places=6, null=True, blank=True)
    first_share = models.DecimalField(_("berapa sering pertama"), max_digits=7, decimal_places=6, null=True, blank=True)
    is_choice = models.BooleanField(_("dipilih"), default=False)

    class Meta:
        verbose_name = _("saran peringkat")
        verbose_name_plural = _("saran peringkat")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "sending", "position"], name="advice_place_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="advice_from_one"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.proposal_id}.{self.position} {self.name}"


class ProposalStep(models.Model):
    """One step of a proposal: what, from where to where, who as which post, why. Append-only."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    move = models.CharField(_("langkah"), max_length=10, choices=Move.choices)
    from_state = models.CharField(_("dari"), max_length=10, choices=ProposalState.choices, blank=True)
    to_state = models.CharField(_("ke"), max_length=10, choices=ProposalState.choices)
    reason = models.TextField(_("alasan"), blank=True)
    at = models.DateTimeField(_("waktu"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("oleh"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("instansi"))

    class Meta:
        verbose_name = _("langkah usulan")
        verbose_name_plural = _("langkah usulan")
        constraints = [
            models.CheckConstraint(condition=Q(move__in=Move.values), name="step_move_known"),
            models.CheckConstraint(
                condition=~Q(move__in=["returned", "refused", "withdrawn"]) | ~Q(reason=""), name="step_reason_given"
            ),
        ]
        indexes = [models.Index(fields=["proposal", "at"], name="step_by_proposal")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.move}"
