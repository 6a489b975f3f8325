"""Kinds and classes of the registry. IMK (BPS, by workers) and UMKM (PP 7/2021, by rupiah) are never mixed."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """Levels of the region tree."""

    PROVINCE = "province", _("Provinsi")
    REGENCY = "regency", _("Kabupaten/Kota")
    DISTRICT = "district", _("Kecamatan")
    VILLAGE = "village", _("Desa/Kelurahan")


class RegionKind(TextChoices):
    """Kinds of region by law."""

    PROVINSI = "provinsi", _("Provinsi")
    KABUPATEN = "kabupaten", _("Kabupaten")
    KOTA = "kota", _("Kota")
    KECAMATAN = "kecamatan", _("Kecamatan")
    DESA = "desa", _("Desa")
    KELURAHAN = "kelurahan", _("Kelurahan")
    DESA_ADAT = "desa_adat", _("Desa adat")


class PointQuality(TextChoices):
    """How good a region's point is."""

    EXACT = "exact", _("Titik desa")
    APPROXIMATE = "approximate", _("Perkiraan: pusat kecamatan")
    NONE = "none", _("Tanpa titik")


class SuccessionKind(TextChoices):
    """How a region follows another."""

    SPLIT = "split", _("Pemekaran")
    MERGE = "merge", _("Penggabungan")
    RENAME = "rename", _("Perubahan kode")


class Sex(TextChoices):
    """As written in the population register."""

    FEMALE = "P", pgettext_lazy("jenis kelamin", "Perempuan")
    MALE = "L", pgettext_lazy("jenis kelamin", "Laki-laki")


class ImkClass(TextChoices):
    """BPS industry class, by workers including the owner and unpaid family."""

    MICRO = "mikro", _("Mikro (1–4 tenaga kerja)")
    SMALL = "kecil", _("Kecil (5–19 tenaga kerja)")
    MEDIUM = "sedang", _("Sedang (20–99 tenaga kerja)")
    LARGE = "besar", _("Besar (100 tenaga kerja atau lebih)")


class UmkmClass(TextChoices):
    """UMKM class after PP 7/2021 article 35, by annual sales (existing) or capital (new)."""

    MICRO = "mikro", _("Usaha mikro")
    SMALL = "kecil", _("Usaha kecil")
    MEDIUM = "menengah", _("Usaha menengah")
    LARGE = "besar", _("Usaha besar")


class EnterpriseStatus(TextChoices):
    """Whether an enterprise works."""

    ACTIVE = "active", _("Aktif")
    DORMANT = "dormant", _("Tidak aktif sementara")
    CLOSED = "closed", pgettext_lazy("keadaan usaha", "Tutup")


TRANSITIONS: dict[EnterpriseStatus, tuple[EnterpriseStatus, ...]] = {
    EnterpriseStatus.ACTIVE: (EnterpriseStatus.DORMANT, EnterpriseStatus.CLOSED),
    EnterpriseStatus.DORMANT: (EnterpriseStatus.ACTIVE, EnterpriseStatus.CLOSED),
    EnterpriseStatus.CLOSED: (EnterpriseStatus.ACTIVE,),
}


class OrganizationKind(TextChoices):
    """Organisations that are not one person's enterprise."""

    GROUP = "group", _("Kelompok usaha")
    COOPERATIVE = "cooperative", _("Koperasi")
    BUMDES = "bumdes", _("BUMDes")
    COMMUNITY = "community", _("Komunitas")


class CommunityKind(TextChoices):
    """Kinds of community of the OCOP pillar."""

    CHURCH = "church", _("Gereja dan rumah ibadah")
    YOUTH = "youth", _("Pemuda")
    WOMEN = "women", _("Perempuan")
    FISHERS = "fishers", _("Nelayan")
    FARMERS = "farmers", _("Petani")
    STUDENTS = "students", _("Mahasiswa")
    OTHER = "other", _("Lainnya")


class Stage(TextChoices):
    """How far a product has come on tanam–panen–olah–kemas–jual."""

    RAW = "raw", _("Mentah")
    PROCESSED = "processed", _("Olahan")
    PACKAGED = "packaged", _("Kemasan")


class ProductCategory(TextChoices):
    """Commodity groups: the five of Permenperin 14/2021, and what NTT adds to them."""

    FOOD = "food", _("Makanan")
    DRINK = "drink", _("Minuman")
    WEAVING = "weaving", _("Kain tenun")
    BATIK = "batik", _("Kain batik")
    WICKER = "wicker", _("Anyaman")
    POTTERY = "pottery", _("Gerabah")
    HERBAL = "herbal", _("Jamu dan herbal")
    COSMETIC = "cosmetic", _("Kosmetik")
    CRAFT = "craft", _("Kerajinan lain")
    FRESH = "fresh", _("Hasil segar")
    OTHER = "other", _("Lainnya")


class CommoditySector(TextChoices):
    """Where a commodity comes from."""

    PLANTATION = "perkebunan", _("Perkebunan")
    FOREST = "kehutanan", _("Kehutanan")
    FOOD_CROP = "pangan", _("Tanaman pangan")
    HORTICULTURE = "hortikultura", _("Hortikultura")
    MARINE = "kelautan", _("Kelautan dan perikanan")
    LIVESTOCK = "peternakan", _("Peternakan")
    CRAFT = "kerajinan", _("Kerajinan")
    DRINK = "minuman", _("Minuman")
    PROCESSED_FOOD = "pangan olahan", _("Pangan olahan")
    OTHER = "industri lain", _("Industri lain")


class LicenceKind(TextChoices):
    """Licences and marks that an enterprise or product may hold."""

    NIB = "nib", _("NIB")
    PIRT = "pirt", _("SPP-IRT")
    MD = "md", _("Izin edar BPOM MD")
    TR = "tr", _("Izin edar BPOM TR")
    HALAL = "halal", _("Sertifikat halal")
    TRADEMARK = "merek", _("Merek")
    GEOGRAPHICAL = "ig", _("Indikasi geografis")
    SNI = "sni", _("SNI")
    OTHER = "other", _("Lainnya")


class ResourceKind(TextChoices):
    """Natural resources of a village."""

    SEA = "sea", _("Laut dan pesisir")
    FOREST = "forest", _("Hutan")
    FARMLAND = "farmland", _("Lahan pertanian")
    PASTURE = "pasture", _("Padang penggembalaan")
    WATER = "water", _("Mata air dan sungai")
    MINERAL = "mineral", _("Mineral dan garam")
    TOURISM = "tourism", _("Wisata dan budaya")
    OTHER = "other", _("Lainnya")


class FacilityKind(TextChoices):
    """Facilities of a village that matter for making and selling."""

    MARKET = "market", _("Pasar")
    ROAD = "road", _("Jalan beraspal")
    ELECTRICITY = "electricity", _("Listrik PLN")
    SIGNAL = "signal", _("Sinyal 4G")
    BANK = "bank", _("Bank atau agen bank")
    PROCESSING = "processing", _("Rumah produksi bersama")
    WAREHOUSE = "warehouse", _("Gudang")
    PORT = "port", _("Dermaga")
    OTHER = "other", _("Lainnya")


class Topic(TextChoices):
    """What an agency can be the authority for: groups of the fields that agencies claim."""

    IDENTITY = "identity", _("Nama usaha dan tahun mulai")
    STATUS = "status", _("Status usaha")
    PLACE = "place", _("Tempat usaha")
    LICENSING = "licensing", _("NIB, NPWP, dan KBLI")
    PRODUCT = "product", _("Produk dan komoditas")
    WORKERS = "workers", _("Tenaga kerja")
    MONEY = "money", _("Omzet dan modal")
    OWNER = "owner", _("Data pemilik")


class MergeKind(TextChoices):
    """What can be merged with its like."""

    ENTERPRISE = "enterprise", pgettext_lazy("satu", "usaha")
    PERSON = "person", _("pemilik")
    ORGANIZATION = "organization", _("organisasi")


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    REGIONS_LOADED = "registry.regions.loaded", _("Daftar wilayah dimuat")
    REGIONS_IMPORTED = "registry.regions.imported", _("Daftar wilayah diimpor")
    REGION_SUCCEEDED = "registry.region.succeeded", _("Penerus wilayah dicatat")
    TOTALS_LOADED = "registry.totals.loaded", _("Angka resmi dimuat")
    BOUNDARIES_IMPORTED = "registry.boundaries.imported", _("Batas wilayah diimpor")
    ATTRIBUTES_IMPORTED = "registry.attributes.imported", _("Atribut wilayah diimpor")
    ENTERPRISE_CHANGED = "registry.enterprise.changed", _("Data usaha diubah")
    ENTERPRISE_STATUS = "registry.enterprise.status_changed", _("Status usaha diubah")
    ENTERPRISES_VERIFIED = "registry.enterprises.verified", _("Usaha diverifikasi")
    ENTERPRISES_UNVERIFIED = "registry.enterprises.unverified", _("Verifikasi usaha dibatalkan")
    POTENTIAL_CHANGED = "registry.potential.changed", _("Potensi desa diubah")
    POTENTIAL_REMOVED = "registry.potential.removed", _("Potensi desa dihapus")
    RECORDS_MERGED = "registry.records.merged", _("Catatan digabungkan")
    CLAIM_ACCEPTED = "registry.claim.accepted", _("Klaim diterima")
    CLAIM_RELEASED = "registry.claim.released", _("Penerimaan klaim dibatalkan")
    AUTHORITY_SET = "registry.authority.set", _("Kewenangan isian ditetapkan")
    AUTHORITY_FOLLOWED = "registry.authority.followed", _("Nilai disesuaikan dengan kewenangan")
    MERGES_UNDONE = "registry.records.unmerged", _("Penggabungan dibatalkan")
