"""The filter form of each list: which filters there are, their choices, and what is asked of the query."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lontar.office.forms.filters import ListFilter, PlaceField, choices_of
from lontar.office.presenters.kbli import division_choices
from lontar.office.states import LicenceState
from lontar.registry.queries.enterprises import EnterpriseFilter
from lontar.registry.states import (
    EnterpriseStatus,
    ImkClass,
    LicenceKind,
    OrganizationKind,
    ProductCategory,
    Stage,
    UmkmClass,
)

YES_NO = (("ada", _("Ada")), ("tidak", _("Belum ada")))
VERIFIED = (("sudah", _("Sudah diverifikasi")), ("belum", _("Belum diverifikasi")))


class EnterpriseListFilter(ListFilter):
    """Filters of the enterprises."""

    q = forms.CharField(label=_("Nama usaha, produk, pemilik, atau NIB"), required=False, max_length=100)
    wilayah = PlaceField()
    verifikasi = forms.ChoiceField(label=_("Verifikasi"), required=False, choices=choices_of(VERIFIED))
    status = forms.ChoiceField(label=_("Status"), required=False, choices=choices_of(EnterpriseStatus.choices))
    imk = forms.ChoiceField(label=_("Kelas IMK"), required=False, choices=choices_of(ImkClass.choices))
    umkm = forms.ChoiceField(label=_("Kelas UMKM"), required=False, choices=choices_of(UmkmClass.choices))
    kbli = forms.ChoiceField(label=_("Golongan KBLI"), required=False, choices=choices_of(division_choices()))
    nib = forms.ChoiceField(label=_("NIB"), required=False, choices=choices_of(YES_NO))

    def asked(self) -> EnterpriseFilter:
        """What is asked of the registry."""
        return EnterpriseFilter(
            region=self.value("wilayah"),
            imk_class=self.value("imk"),
            umkm_class=self.value("umkm"),
            kbli=self.value("kbli"),
            nib=self.value("nib"),
            is_verified={"sudah": True, "belum": False}.get(self.value("verifikasi")),
            status=self.value("status"),
            text=self.value("q"),
        )


class VillageListFilter(ListFilter):
    """Filters of the villages; the words of the index are those recorded."""

    q = forms.CharField(label=_("Nama atau kode desa"), required=False, max_length=60)
    wilayah = PlaceField()
    indeks = forms.ChoiceField(label=_("Status indeks desa"), required=False)
    potensi = forms.ChoiceField(label=_("Data potensi"), required=False, choices=choices_of(YES_NO))
    cakupan = forms.ChoiceField(
        label=_("Cakupan usaha"),
        required=False,
        choices=choices_of(
            (
                ("kosong", _("Belum ada usaha terdaftar")),
                ("belum", _("Ada yang belum diverifikasi")),
                ("penuh", _("Semua sudah diverifikasi")),
            )
        ),
    )


class ProductListFilter(ListFilter):
    """Filters of the products."""

    q = forms.CharField(label=_("Nama produk"), required=False, max_length=100)
    wilayah = PlaceField()
    kelompok = forms.ChoiceField(label=_("Kelompok"), required=False, choices=choices_of(ProductCategory.choices))
    tahap = forms.ChoiceField(label=_("Tahap"), required=False, choices=choices_of(Stage.choices))
    izin = forms.ChoiceField(label=_("Izin yang berlaku"), required=False, choices=choices_of(YES_NO))


class LicenceListFilter(ListFilter):
    """Filters of the licences."""

    q = forms.CharField(label=_("Nomor, usaha, atau produk"), required=False, max_length=100)
    wilayah = PlaceField()
    jenis = forms.ChoiceField(label=_("Jenis"), required=False, choices=choices_of(LicenceKind.choices))
    keadaan = forms.ChoiceField(label=_("Masa berlaku"), required=False, choices=choices_of(LicenceState.choices))
    nomor = forms.ChoiceField(
        label=_("Bentuk nomor"),
        required=False,
        choices=choices_of((("benar", _("Benar")), ("salah", _("Perlu diperiksa")))),
    )


class BodyListFilter(ListFilter):
    """Filters of organisations and schools."""

    q = forms.CharField(label=_("Nama"), required=False, max_length=100)
    wilayah = PlaceField()
    jenis = forms.ChoiceField(
        label=_("Jenis"), required=False, choices=choices_of([*OrganizationKind.choices, ("school", _("Sekolah"))])
    )
