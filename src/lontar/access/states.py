"""The roles of the programme and the kinds of agency. What a role may do is decided in each app's `policies`."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a post is for. The region scope is the post's, not the role's."""

    PROVINCE_ADMIN = "province_admin", _("Administrator provinsi")
    PROVINCE_OFFICER = "province_officer", _("Petugas provinsi")
    AGENCY_OFFICER = "agency_officer", _("Petugas dinas")
    REGENCY_OFFICER = "regency_officer", _("Petugas kabupaten/kota")
    VILLAGE_OFFICER = "village_officer", _("Petugas desa/kelurahan")
    MENTOR = "mentor", _("Pendamping")
    LENDER = "lender", _("Pemberi pinjaman")
    CASHIER = "cashier", _("Kasir")
    VIEWER = "viewer", _("Pembaca")


class AgencyKind(TextChoices):
    """What an agency does in the programme."""

    DPMD = "dpmd", _("Pemberdayaan Masyarakat dan Desa")
    BPS = "bps", _("Badan Pusat Statistik")
    COOPERATIVES = "cooperatives", _("Koperasi dan UKM")
    INDUSTRY = "industry", _("Perindustrian dan Perdagangan")
    FISHERIES = "fisheries", _("Kelautan dan Perikanan")
    AGRICULTURE = "agriculture", _("Pertanian")
    FORESTRY = "forestry", _("Kehutanan")
    PROCUREMENT = "procurement", _("Pengadaan Barang dan Jasa")
    TOURISM = "tourism", _("Pariwisata dan Ekonomi Kreatif")
    EDUCATION = "education", _("Pendidikan dan Kebudayaan")
    LABOUR = "labour", _("Ketenagakerjaan dan pelindungan pekerja migran")
    VILLAGE = "village", _("Pemerintah desa/kelurahan")
    UNIVERSITY = "university", _("Perguruan tinggi")
    LENDER = "lender", _("Lembaga pembiayaan")
    SHOP = "shop", _("Gerai NTT Mart")
    OTHER = "other", _("Lainnya")


class TokenScope(TextChoices):
    """What an API token may do, within what its post may do."""

    READ = "read", _("Membaca")
    SUBMIT = "submit", _("Mengirim data")
