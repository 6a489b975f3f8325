"""What a verdict is about, the words that it may use, and the audit event of this app."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(TextChoices):
    """What is judged with an interval; classes are counted."""

    TURNOVER = "turnover", _("Omzet")
    WORKERS = "workers", _("Tenaga kerja")


class Said(TextChoices):
    """What may be said, by rule (engines.impact.words)."""

    ROSE = "rose", pgettext_lazy("putusan", "naik")
    DID_NOT_RISE = "did_not_rise", pgettext_lazy("putusan", "tidak naik")
    CANNOT_TELL = "cannot_tell", pgettext_lazy("putusan", "belum dapat disimpulkan")


class Called(TextChoices):
    """How it may be called: impact only with returns from before the designation."""

    IMPACT = "impact", _("dampak")
    INDICATIVE = "indicative", _("indikatif")


class Because(TextChoices):
    """Why the word is what it is."""

    CLEAR = "clear", _("Selang keyakinannya seluruhnya di atas nol.")
    SMALL = "small", _("Selang keyakinannya seluruhnya di bawah kenaikan yang berarti.")
    FEW = "few", _("Produsen atau desa pembanding terlalu sedikit.")
    APART = "apart", _("Kedua kelompok sudah bergerak berbeda sebelum penetapan.")
    CHANCE = "chance", _("Perbedaan sebesar ini sering muncul secara kebetulan.")
    WIDE = "wide", _("Selang keyakinannya masih terlalu lebar.")
    NO_BASELINE = "no_baseline", _("Belum ada laporan dari masa sebelum penetapan.")


class Group(TextChoices):
    """Whose classes are counted."""

    PROGRAMME = "programme", _("dalam program")
    COMPARISON = "comparison", _("pembanding")


class Ladder(TextChoices):
    """Class systems, never mixed (DOMAIN 2): rupiah, workers, and the rungs within micro."""

    SALES = "umkm", _("Kelas UMKM menurut hasil penjualan (PP 7/2021)")
    WORKERS = "imk", _("Kelas industri menurut tenaga kerja (BPS)")
    RUNG = "rung", _("Tangga di dalam kelas mikro (usulan program)")


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    MADE = "verdicts.verdict.made", _("Putusan dibuat")
