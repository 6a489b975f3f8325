"""Decrees, the lines of their annexes, and the flagships that they open and end.

A unit has one flagship at a time, and the database sees to it twice: no two rows of a unit without an end
(`flagship_one_lasting_per_unit`), and no two whose times overlap, ended or not (`flagship_no_overlap`, docs/adr/0013).
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.models import Post, User
from lontar.designation.models.loci import Locus, LocusRound
from lontar.designation.models.proposals import Proposal
from lontar.designation.querysets import FlagshipQuerySet, WordingQuerySet
from lontar.designation.states import DecreeKind, Effect
from lontar.documents.models import Paper
from lontar.registry.models import Commodity, Product, Region
from lontar.selection.models.units import OfUnit


@pghistory.track()
class Decree(models.Model):
    """A signed decree (SK): what it does, from which day, and its paper with number and check code. Append-only."""

    kind = models.CharField(_("jenis keputusan"), max_length=12, choices=DecreeKind.choices)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+", verbose_name=_("surat"))
    about = models.CharField(_("tentang"), max_length=200)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    round = models.ForeignKey(
        LocusRound, on_delete=models.PROTECT, related_name="decrees", null=True, blank=True, verbose_name=_("putaran")
    )
    effective_date = models.DateField(_("berlaku mulai"))
    issued_at = models.DateTimeField(_("ditetapkan"))
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("ditetapkan oleh"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))
    is_demo = models.BooleanField(_("data contoh"), default=False)

    class Meta:
        verbose_name = pgettext_lazy("satu", "keputusan")
        verbose_name_plural = _("keputusan")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DecreeKind.values), name="decree_kind_known"),
            models.CheckConstraint(condition=~Q(about=""), name="decree_told"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.about


@pghistory.track(exclude=["unit_key"])
class Flagship(OfUnit):
    """The flagship of a unit, opened by a decree and in force half-open until another decree ends it."""

    name = models.CharField(_("produk unggulan"), max_length=160)
    commodity = models.ForeignKey(
        Commodity, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=pgettext_lazy("satu", "komoditas"),
    )  # fmt: skip
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=pgettext_lazy("satu", "produk"),
    )  # fmt: skip
    proposal = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, related_name="flagship", verbose_name=pgettext_lazy("satu", "usulan")
    )
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    objects = FlagshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("produk unggulan")
        verbose_name_plural = _("produk unggulan")
        constraints = [
            *OfUnit.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit_key"], condition=Q(valid_until__isnull=True), name="flagship_one_lasting_per_unit"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="flagship_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="flagship_named"),
        ]
        indexes = [models.Index(fields=["village", "valid_from"], name="flagship_by_village")]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.unit_key}: {self.name}"


class DecreeLine(models.Model):
    """One line of a decree's annex: the flagship or the locus that it opens or ends. Append-only."""

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField(_("urutan"))
    effect = models.CharField(_("akibat"), max_length=5, choices=Effect.choices)
    flagship = models.ForeignKey(
        Flagship, on_delete=models.PROTECT, related_name="lines", null=True, blank=True,
        verbose_name=_("produk unggulan"),
    )  # fmt: skip
    locus = models.ForeignKey(
        Locus, on_delete=models.PROTECT, related_name="lines", null=True, blank=True, verbose_name=_("lokus")
    )
    reason = models.TextField(_("alasan"), blank=True)

    class Meta:
        verbose_name = _("baris lampiran keputusan")
        verbose_name_plural = _("baris lampiran keputusan")
        constraints = [
            models.UniqueConstraint(fields=["decree", "position"], name="decree_line_place_once"),
            models.UniqueConstraint(fields=["flagship", "effect"], name="decree_line_flagship_once"),
            models.UniqueConstraint(fields=["locus", "effect"], name="decree_line_locus_once"),
            models.CheckConstraint(
                condition=Q(flagship__isnull=True, locus__isnull=False) | Q(flagship__isnull=False, locus__isnull=True),
                name="decree_line_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(effect__in=Effect.values), name="decree_line_effect_known"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.decree_id}.{self.position} {self.effect}"


@pghistory.track()
class DecreeWording(models.Model):
    """Where decrees are given and which legal basis they recall, from a day on until the next row; with its source.

    What a decree form starts with. A paper that was issued keeps what it said.
    """

    valid_from = models.DateField(_("berlaku mulai"), unique=True)
    place = models.CharField(_("tempat penetapan"), max_length=60)
    recalling = models.TextField(_("dasar hukum (Mengingat)"))
    source = models.CharField(_("sumber"), max_length=300)

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bawaan keputusan")
        verbose_name_plural = _("bawaan keputusan")
        constraints = [
            models.CheckConstraint(condition=~Q(place="") & ~Q(recalling=""), name="wording_place_and_basis_given"),
            models.CheckConstraint(condition=~Q(source=""), name="wording_source_given"),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.place}"
