"""Changing one enterprise by hand, and the reason for looking at a masked value.

Which values are right is `lontar.registry.rules`; these forms only carry what was written, and show a fault at its field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lontar.audit.actions import REASON_SHORTEST
from lontar.registry.models import Commodity, Enterprise


def _money(label: Any, help_text: Any = "") -> forms.DecimalField:
    """Whole rupiah, written with points between the thousands."""
    return forms.DecimalField(
        label=label, help_text=help_text, required=False, localize=True, max_digits=18, decimal_places=0, min_value=0
    )


def _people(label: Any, help_text: Any = "") -> forms.IntegerField:
    """A number of people."""
    return forms.IntegerField(label=label, help_text=help_text, required=False, localize=True, min_value=0)


class EnterpriseForm(forms.Form):
    """Everything of an enterprise that a person may write. `read_at` is the state that the form was made from."""

    name = forms.CharField(label=_("Nama usaha"), max_length=200)
    main_product = forms.CharField(label=_("Produk utama"), max_length=160, required=False)
    commodity = forms.ChoiceField(label=_("Komoditas"), required=False)
    nib = forms.CharField(
        label=_("NIB"),
        required=False,
        max_length=20,
        help_text=_("Nomor Induk Berusaha, 13 angka."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    kbli = forms.CharField(
        label=_("KBLI"),
        required=False,
        max_length=10,
        help_text=_("Lima angka, seperti pada NIB."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    kbli_version = forms.TypedChoiceField(
        label=_("Versi KBLI"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "–"), ("2020", "KBLI 2020"), ("2025", "KBLI 2025")],
    )
    start_year = forms.IntegerField(label=_("Tahun mulai"), required=False, min_value=1900, max_value=2100)
    workers_paid = _people(_("Tenaga kerja dibayar"))
    workers_unpaid = _people(_("Tenaga kerja tidak dibayar"), _("Pemilik dan keluarga yang ikut bekerja."))
    annual_turnover = _money(_("Omzet setahun"))
    capital = _money(_("Modal usaha"), _("Tanpa tanah dan bangunan tempat usaha."))
    lat = forms.CharField(
        label=_("Lintang"), required=False, max_length=30, widget=forms.TextInput(attrs={"inputmode": "text"})
    )
    lon = forms.CharField(
        label=_("Bujur"), required=False, max_length=30, widget=forms.TextInput(attrs={"inputmode": "text"})
    )
    read_at = forms.DateTimeField(
        widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"]
    )

    def __init__(self, data: Mapping[str, Any] | None, *, enterprise: Enterprise) -> None:
        names = [name for name in self.base_fields if name not in ("commodity", "read_at")]
        initial = {name: getattr(enterprise, name) for name in names}
        initial["commodity"] = enterprise.commodity.code if enterprise.commodity else ""
        initial["read_at"] = enterprise.recorded_at.isoformat()
        super().__init__(data, initial=initial)
        commodities = Commodity.objects.order_by("name").values_list("code", "name")
        self.fields["commodity"].choices = [("", "–"), *commodities]  # type: ignore[attr-defined]  # ChoiceField
        for field in self.fields.values():
            field.show_hidden_initial = True  # what the person saw, so that only their own changes are sent

    @property
    def seen(self) -> list[SafeString]:
        """Hidden fields with the values that the person saw."""
        return [self[name].as_hidden(only_initial=True) for name in self.fields if name != "read_at"]

    def changes(self) -> dict[str, Any]:
        """The values that the person changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "read_at"}

    def not_in_force(self, stored: Enterprise, changes: Mapping[str, Any]) -> list[str]:
        """Labels of what the person changed and the record has otherwise: another agency is the authority for it."""
        said = {
            name: getattr(stored, name)
            for name in changes
            if name not in ("commodity", "lat", "lon", "kbli_version", "nib")
        }
        held = [name for name, value in said.items() if (value or None) != (changes[name] or None)]
        if "commodity" in changes and (stored.commodity.code if stored.commodity else "") != (
            changes["commodity"] or ""
        ):
            held.append("commodity")
        if "nib" in changes and "".join(filter(str.isdigit, changes["nib"] or "")) != (stored.nib or ""):
            held.append("nib")
        return [str(self.fields[name].label) for name in held]

    def over(self, enterprise: Enterprise) -> EnterpriseForm:
        """A form over the record as it stands now, with this person's own changes in place."""
        fresh = EnterpriseForm(None, enterprise=enterprise)
        data: dict[str, Any] = {}
        for name in self.fields:
            data[f"initial-{name}"] = fresh.written(name)
            mine = name in self.changed_data and name != "read_at"
            data[name] = self.written(name) if mine else fresh.written(name)
        return EnterpriseForm(data, enterprise=enterprise)

    def differences(self, merged: EnterpriseForm) -> list[tuple[str, str, str]]:
        """(label, value in the registry now, what this person writes) of fields that somebody else changed meanwhile."""
        rows = []
        for name, field in self.fields.items():
            was, now = self.data.get(f"initial-{name}", ""), merged.data[f"initial-{name}"]
            if name != "read_at" and was != now:
                rows.append((str(field.label), now or "–", merged.data[name] or "–"))
        return rows

    def written(self, name: str) -> str:
        """The value of a field as its input shows it."""
        bound = self[name]
        widget = bound.field.widget
        widget.is_localized = bool(bound.field.localize)
        value = widget.format_value(bound.value())
        return str((value[0] if value else "") if isinstance(value, list) else value or "")

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Put each fault beside the field it is about."""
        for name, words in faults.items():
            self.add_error(name if name in self.fields else None, words)


class AsAtForm(forms.Form):
    """As at which day the record is shown."""

    per = forms.DateField(label=_("Keadaan per tanggal"), widget=forms.DateInput, required=False)


class RevealForm(forms.Form):
    """Why somebody looks at a masked value."""

    reason = forms.CharField(
        label=_("Alasan"),
        min_length=REASON_SHORTEST,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tertulis dalam catatan yang dibaca administrator provinsi. Jangan menulis data pribadi."),
    )
