"""Forms of the screens of audit: filters of the reveal log, the day of the parameters, a new value."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lontar.access.forms import AgencyField, PersonField, RegionField
from lontar.audit.states import RevealKind


class RevealFilter(forms.Form):
    """Filters of the reveal log."""

    orang = PersonField(label=_("Orang"), required=False, help_text="")
    instansi = AgencyField(label=_("Instansi"), required=False, help_text="")
    wilayah = RegionField(label=_("Wilayah"), required=False, help_text="")
    jenis = forms.ChoiceField(label=_("Data"), required=False, choices=[("", _("Semua")), *RevealKind.choices])
    dari = forms.DateField(label=_("Dari"), required=False, widget=forms.DateInput)
    sampai = forms.DateField(label=_("Sampai"), required=False, widget=forms.DateInput)


class DayForm(forms.Form):
    """As at which day."""

    pada = forms.DateField(label=_("Keadaan pada"), required=False, widget=forms.DateInput)


class ParameterForm(forms.Form):
    """A new value from a day on."""

    number = forms.DecimalField(label=_("Nilai baru"), max_digits=24, decimal_places=6, localize=True)
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=forms.DateInput)
    source = forms.CharField(
        label=_("Sumber"), max_length=300, help_text=_("Peraturan, keputusan atau surat yang menetapkan nilai ini.")
    )
    backdated_because = forms.CharField(
        label=_("Alasan bila berlaku surut"),
        required=False,
        max_length=300,
        help_text=_("Hanya diisi bila tanggal mulai sudah lewat. Jangan menulis data pribadi."),
    )
