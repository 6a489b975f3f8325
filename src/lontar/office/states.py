"""The lists of the office, how urgent waiting work is, and the audit events of this app."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class ListKey(TextChoices):
    """The lists of the office; the value is the address beneath `/kantor/`, or a short name for those within another."""

    ENTERPRISES = "usaha", _("Usaha")
    VILLAGES = "desa", _("Desa dan kelurahan")
    PRODUCTS = "produk", _("Produk")
    LICENCES = "izin", _("Izin dan sertifikat")
    BODIES = "lembaga", _("Lembaga")
    COVERAGE = "cakupan", _("Cakupan")
    DISAGREEMENTS = "perbedaan", _("Perbedaan antarinstansi")
    SECTIONS = "pengesahan", _("Pengesahan")
    SECTION_ENTERPRISES = "sah-usaha", _("Pengesahan usaha")
    SECTION_VILLAGES = "sah-desa", _("Pengesahan data desa")
    RETURNS = "sah-isian", _("Isian dikembalikan")


class Urgency(IntegerChoices):
    """How soon somebody has to act; the work list begins with the lowest number."""

    NOW = 1, _("Segera")
    SOON = 2, _("Dalam waktu dekat")
    LATER = 3, _("Bila sempat")


class LicenceState(TextChoices):
    """Where a licence stands on a day: what `lontar.registry.rules.Expiry` says, and whether its end is near."""

    VALID = "berlaku", _("Berlaku")
    ENDING = "segera", _("Segera habis")
    EXPIRED = "habis", _("Habis masa berlaku")
    ENDLESS = "tetap", _("Berlaku tanpa batas waktu")
    UNKNOWN = "belum", _("Tanggal berlaku belum diketahui")


class Act(TextChoices):
    """Stable names of audit events, and the words in which a history tells them."""

    VIEW_SAVED = "office.view.saved", _("Tampilan disimpan")
    VIEW_DROPPED = "office.view.dropped", _("Tampilan dihapus")
