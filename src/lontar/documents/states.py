"""Kinds of papers, kinds of signatures, what can become of a paper, and the audit events of this app."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperKind(TextChoices):
    """Papers that the programme issues. The value is the slug that drafts name; others may be added by an app above."""

    FLAGSHIP = "sk-produk-unggulan", _("Keputusan produk unggulan")
    LOCUS = "sk-lokus", _("Keputusan lokus")
    STARS = "sk-bintang", _("Keputusan bintang produk")
    CERTIFICATE = "sertifikat-bintang", _("Sertifikat bintang produk")
    PRIORITY = "peta-prioritas", _("Peta prioritas 90 hari")
    REPORT = "laporan-triwulan", _("Laporan terbuka triwulanan")


# Kinds that are decrees, and therefore have a Word template that the office edits.
DECREES = (PaperKind.FLAGSHIP, PaperKind.LOCUS, PaperKind.STARS)


class Signature(TextChoices):
    """With what a paper was signed. An unsigned one is signed by hand and stamped."""

    NONE = "none", _("Belum bertanda tangan elektronik")
    DEMO = "demo", _("Tanda tangan contoh – bukan sertifikat BSrE")
    CERTIFICATE = "certificate", _("Sertifikat instansi")
    BSRE = "bsre", _("Tanda tangan elektronik BSrE")


class FateKind(TextChoices):
    """How a paper stopped being in force."""

    REPLACED = "replaced", _("Diganti")
    REVOKED = "revoked", _("Dicabut")


class FileKind(TextChoices):
    """The files of a paper; the value is the ending of the name."""

    PDF = "pdf", "PDF/A"
    WORD = "docx", "Word"


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    PUBLISHED = "documents.paper.published", _("Surat diterbitkan")
    REPLACED = "documents.paper.replaced", _("Surat diganti")
    REVOKED = "documents.paper.revoked", _("Surat dicabut")
    TEMPLATE_UPLOADED = "documents.template.uploaded", _("Templat surat diunggah")
    TEMPLATE_IN_FORCE = "documents.template.taken", _("Templat surat diberlakukan")
    NUMBERED = "documents.number.set", _("Pola nomor surat ditetapkan")
