"""Forms of the screens of papers; and the fields that ask whoever signs, for the apps that have papers issued."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.access.forms import RegionField
from lontar.documents.states import FateKind, PaperKind, Signature
from lontar.documents.steps.signing import asks_passphrase, signer_for
from lontar.engines.papers.filling import LARGEST
from lontar.engines.papers.signing import Signer

_EVERY = ("", gettext_lazy("Semua"))


class PaperFilter(forms.Form):
    """Filters of the list."""

    cari = forms.CharField(label=gettext_lazy("Nomor, perihal, atau kode"), required=False, max_length=100)
    jenis = forms.ChoiceField(label=gettext_lazy("Jenis"), required=False, choices=[_EVERY, *PaperKind.choices])
    keadaan = forms.ChoiceField(
        label=gettext_lazy("Keadaan"),
        required=False,
        choices=[_EVERY, ("in_force", gettext_lazy("Berlaku")), *FateKind.choices],
    )
    tanda = forms.ChoiceField(label=gettext_lazy("Tanda tangan"), required=False, choices=[_EVERY, *Signature.choices])
    wilayah = RegionField(label=gettext_lazy("Wilayah"), required=False, help_text="")
    dari = forms.DateField(label=gettext_lazy("Dari"), required=False, widget=forms.DateInput)
    sampai = forms.DateField(label=gettext_lazy("Sampai"), required=False, widget=forms.DateInput)


class RevokeForm(forms.Form):
    """Why a paper is revoked; the public check shows it."""

    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Tampil di halaman periksa untuk umum. Jangan menulis data pribadi."),
    )


class PatternForm(forms.Form):
    """A number pattern from a day on."""

    pattern = forms.CharField(
        label=gettext_lazy("Pola nomor"),
        max_length=60,
        help_text=gettext_lazy(
            "Isian: {urut}, {urut:4}, {tahun}, {bulan}, {wilayah}. Misalnya 500.3.2/{urut}/DPMD/{tahun}."
        ),
    )
    valid_from = forms.DateField(label=gettext_lazy("Berlaku mulai"), widget=forms.DateInput)
    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        max_length=300,
        help_text=gettext_lazy("Peraturan, keputusan atau surat yang menetapkan pola ini."),
    )


class TemplateForm(forms.Form):
    """A Word template."""

    file = forms.FileField(
        label=gettext_lazy("Berkas Word"),
        help_text=gettext_lazy("Dokumen Word (.docx) tanpa makro, paling besar 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("Templat lebih dari 5 MB. Kecilkan gambar di dalamnya."))
        return file


class TermForm(forms.Form):
    """From when a template is in force."""

    valid_from = forms.DateField(label=gettext_lazy("Berlaku mulai"), widget=forms.DateInput)


class SigningFields(forms.Form):
    """Asks NIK and passphrase of whoever signs, where the installation signs with BSrE; else it has no field at all.

    Forms of other apps inherit it and give `form.signer()` to `publish`. Neither value is shown again or kept.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_passphrase():
            self.fields["signer_nik"] = forms.RegexField(
                r"^\d{16}$", label=_("NIK penanda tangan"), widget=_secret(),
                error_messages={"invalid": _("NIK terdiri dari 16 angka.")},
            )  # fmt: skip
            self.fields["passphrase"] = forms.CharField(
                label=_("Passphrase BSrE"), max_length=200, widget=_secret(), strip=False,
                help_text=_("Dikirim ke BSrE untuk surat ini saja; tidak disimpan."),
            )  # fmt: skip

    def signer(self) -> Signer | None:
        """The signer for this act. Raises `NotSigned` when the certificate cannot be used."""
        held = self.cleaned_data
        return signer_for(nik=held.get("signer_nik", ""), passphrase=held.get("passphrase", ""))


def _secret() -> forms.PasswordInput:
    return forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"})
