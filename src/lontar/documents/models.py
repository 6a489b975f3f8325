"""Issued papers, which nobody changes afterwards; what became of them; their numbers and the patterns of these.

The files lie in the installation's folder by their SHA-256 (`steps.keeping`). What a paper decrees is known to the app that
had it issued; here stands what anyone may read of it (`facts`).
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lontar.access.models import REGION_CODE, Post, User
from lontar.documents.querysets import NumberPatternQuerySet, PaperQuerySet
from lontar.documents.states import FateKind, Signature

_SHA = r"^[0-9a-f]{64}$"
_SHA_OR_NONE = r"^([0-9a-f]{64})?$"


@pghistory.track()
class Paper(models.Model):
    """One issued paper with its number, files and signature. Append-only: what becomes of it is a `PaperFate`.

    `facts` is a list of [label, value] that the public check shows: no personal data. Without a signature, `signer` and
    `certificate_sha256` are empty and `signed_at` is null.
    """

    kind = models.SlugField(_("jenis"), max_length=40, db_index=False)
    year = models.PositiveSmallIntegerField(_("tahun"))
    sequence = models.PositiveIntegerField(_("nomor urut"))
    number = models.CharField(_("nomor"), max_length=80, unique=True)
    code = models.CharField(_("kode periksa"), max_length=14, unique=True)
    address = models.CharField(_("alamat periksa"), max_length=300)
    title = models.CharField(_("perihal"), max_length=300)
    region_code = models.CharField(_("kode wilayah"), max_length=13, db_collation="C")
    facts = models.JSONField(_("isi pokok"), default=list, blank=True)
    issued_at = models.DateTimeField(_("diterbitkan"), db_index=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan penerbit"))
    issued_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("diterbitkan oleh")
    )
    pdf_sha256 = models.CharField(_("SHA-256 PDF"), max_length=64, db_index=True)
    pdf_size = models.PositiveBigIntegerField(_("ukuran PDF (bita)"))
    docx_sha256 = models.CharField(_("SHA-256 Word"), max_length=64, blank=True, db_index=True)
    docx_size = models.PositiveBigIntegerField(_("ukuran Word (bita)"), default=0)
    signature = models.CharField(_("tanda tangan"), max_length=12, choices=Signature.choices)
    signer = models.CharField(_("penanda tangan"), max_length=200, blank=True)
    certificate_sha256 = models.CharField(_("sidik sertifikat"), max_length=64, blank=True)
    signed_at = models.DateTimeField(_("ditandatangani"), null=True, blank=True)
    is_demo = models.BooleanField(_("data contoh"), default=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("surat")
        verbose_name_plural = _("surat")
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "sequence"], name="paper_sequence_once"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="paper_sequence_from_one"),
            models.CheckConstraint(condition=Q(region_code__regex=REGION_CODE), name="paper_region_code_shape"),
            models.CheckConstraint(
                condition=Q(pdf_sha256__regex=_SHA) & Q(docx_sha256__regex=_SHA_OR_NONE), name="paper_sha256_shape"
            ),
            models.CheckConstraint(condition=Q(signature__in=Signature.values), name="paper_signature_known"),
            models.CheckConstraint(
                condition=Q(signature="none", signer="", certificate_sha256="", signed_at__isnull=True)
                | (~Q(signature="none") & ~Q(signer="") & Q(signed_at__isnull=False)),
                name="paper_signature_whole",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        indexes = [models.Index(fields=["region_code", "-issued_at"], name="paper_by_region")]

    def __str__(self) -> str:
        return self.number


@pghistory.track()
class PaperFate(models.Model):
    """Why a paper is no longer in force: replaced by another one, or revoked. One for a paper, append-only."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="fate", verbose_name=_("surat"))
    region_code = models.CharField(_("kode wilayah"), max_length=13, db_collation="C")
    kind = models.CharField(_("nasib"), max_length=10, choices=FateKind.choices)
    reason = models.CharField(_("alasan"), max_length=500)
    successor = models.ForeignKey(
        Paper, on_delete=models.PROTECT, related_name="replaces", null=True, blank=True, verbose_name=_("pengganti")
    )
    at = models.DateTimeField(_("waktu"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("nasib surat")
        verbose_name_plural = _("nasib surat")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FateKind.values), name="paperfate_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="paperfate_reason_given"),
            models.CheckConstraint(
                condition=Q(kind="revoked", successor__isnull=True) | Q(kind="replaced", successor__isnull=False),
                name="paperfate_successor_when_replaced",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("paper")), name="paperfate_not_by_itself"
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.kind}"


@pghistory.track()
class NumberSeries(models.Model):
    """The last number given to a kind of paper in a year. The row is the lock under which numbers are allotted."""

    kind = models.SlugField(_("jenis"), max_length=40, db_index=False)
    year = models.PositiveSmallIntegerField(_("tahun"))
    last = models.PositiveIntegerField(_("nomor terakhir"), default=0)

    class Meta:
        verbose_name = _("urutan nomor")
        verbose_name_plural = _("urutan nomor")
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="numberseries_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


@pghistory.track()
class NumberPattern(models.Model):
    """How the numbers of a kind of paper are written, in force for a time, half-open, with the source that set it.

    Places: `{urut}` (`{urut:4}` with zeros in front), `{tahun}`, `{bulan}` (Roman), `{wilayah}`.
    """

    kind = models.SlugField(_("jenis"), max_length=40, db_index=False)
    pattern = models.CharField(_("pola nomor"), max_length=60)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300)

    objects = NumberPatternQuerySet.as_manager()

    class Meta:
        verbose_name = _("pola nomor")
        verbose_name_plural = _("pola nomor")
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="numberpattern_one_per_start"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(valid_until__isnull=True), name="numberpattern_one_open_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="numberpattern_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="numberpattern_source_given"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.pattern}"
