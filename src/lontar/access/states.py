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


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    ADMINISTRATION_FOUNDED = "access.administration.founded", _("Administrator pertama ditetapkan")
    AGENCY_CREATED = "access.agency.created", _("Instansi ditambahkan")
    AGENCY_CHANGED = "access.agency.changed", _("Instansi diubah")
    POST_CREATED = "access.post.created", _("Jabatan dibuat")
    POST_CHANGED = "access.post.changed", _("Jabatan diubah")
    POST_GIVEN = "access.post.given", _("Jabatan diberikan")
    POST_ENDED = "access.post.ended", _("Jabatan diakhiri")
    POST_HANDED_OVER = "access.post.handed_over", _("Jabatan diserahterimakan")
    POST_CHOSEN = "access.post.chosen", _("Bertugas sebagai jabatan lain")
    USER_CREATED = "access.user.created", _("Akun dibuat")
    USER_INVITED = "access.user.invited", _("Tautan kata sandi dikirim ulang")
    USER_CHANGED = "access.user.changed", _("Data akun diubah")
    USER_CLOSED = "access.user.closed", _("Akun ditutup")
    USER_REOPENED = "access.user.reopened", _("Akun dibuka kembali")
    USER_UNLOCKED = "access.user.unlocked", _("Kunci masuk dibuka")
    USER_PASSWORD_SET = "access.user.password_set", _("Kata sandi dipasang oleh operator")
    SECOND_FACTOR_RESET = "access.second_factor.reset", _("Faktor kedua dihapus")
    TOKEN_ISSUED = "access.token.issued", _("Kunci API diterbitkan")
    TOKEN_REVOKED = "access.token.revoked", _("Kunci API dicabut")
