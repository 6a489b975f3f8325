"""Fields of closing, restating, importing prices, and of the filter of figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LEVELS = (
    ("province", _("Provinsi")),
    ("regency", _("Kabupaten/kota")),
    ("district", _("Kecamatan")),
    ("village", _("Desa/kelurahan")),
)
BREAKDOWNS = (
    ("", _("Tanpa rincian")),
    ("pillar", _("Pilar")),
    ("category", _("Kelompok produk")),
    ("sex", _("Jenis kelamin pemilik")),
    ("star", pgettext_lazy("penilaian", "Bintang")),
)


class ReasonForm(forms.Form):
    """Why a quarter is closed although a check is missed, or what a restatement corrects."""

    alasan = forms.CharField(
        label=_("Alasan"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dicetak apa adanya dalam laporan."),
    )  # fmt: skip


class PricesForm(forms.Form):
    """A series of consumer prices."""

    nama = forms.CharField(label=_("Nama deret"), max_length=120)
    sumber = forms.CharField(label=_("Sumber"), max_length=300)
    terbit = forms.DateField(label=_("Tanggal terbit"), widget=forms.DateInput(attrs={"type": "date"}))
    berkas = forms.FileField(
        label=_("Berkas"),
        help_text=_("CSV atau buku kerja dengan kolom Bulan dan Indeks, misalnya 2026-07 dan 108,42."),
    )


class FigureFilter(forms.Form):
    """Indicator, level and breakdown, all in the address."""

    indikator = forms.ChoiceField(label=_("Indikator"), required=False)
    tingkat = forms.ChoiceField(label=_("Tingkat"), required=False, choices=LEVELS)
    rincian = forms.ChoiceField(label=pgettext_lazy("angka", "Rincian"), required=False, choices=BREAKDOWNS)
    wilayah = forms.ChoiceField(label=_("Di dalam kabupaten/kota"), required=False)

    def __init__(
        self, *given: Any, indicators: Iterable[tuple[str, str]], regencies: Iterable[tuple[str, str]], **named: Any
    ) -> None:
        super().__init__(*given, **named)
        for name, choices in (("indikator", list(indicators)), ("wilayah", [("", _("Semua")), *regencies])):
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, required=False, choices=choices)

    def value(self, name: str) -> str:
        """What was chosen, when it is one of the choices; else nothing."""
        given: str = self.data.get(name, "")
        field = self.fields[name]
        return given if isinstance(field, forms.ChoiceField) and field.valid_value(given) else ""


def _text(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class DefinitionForm(forms.Form):
    """What a new version of an indicator says; names are those of the model."""

    name = forms.CharField(label=_("Nama"), max_length=120)
    name_en = forms.CharField(label=_("Nama dalam bahasa Inggris"), max_length=120)
    group = forms.CharField(label=_("Kelompok"), max_length=60)
    concept = _text(_("Konsep"))
    definition = _text(_("Definisi"))
    interpretation = _text(_("Interpretasi"))
    variables = _text(_("Variabel pembangun"))
    disaggregation = _text(_("Klasifikasi penyajian"))
    level = _text(_("Level estimasi"))
    source = _text(_("Sumber data"))
    authority = _text(_("Penanggung jawab"))
    valid_from = forms.DateField(
        label=_("Berlaku mulai"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Setelah triwulan yang sudah ditutup; angka yang terbit tetap memakai versinya sendiri."),
    )  # fmt: skip
    words = forms.CharField(label=_("Alasan perubahan"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
