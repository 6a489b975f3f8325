"""A commodity of a village in a year, as a person writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lontar.registry.models import Commodity, VillagePotential
from lontar.ui import formats


def _amount(
    label: Any, *, digits: int, places: int, most: int | None = None, help_text: Any = ""
) -> forms.DecimalField:
    """A number that is not negative, with a comma for its decimals; it may stay empty."""
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        localize=True,
        min_value=0,
        max_value=most,
        max_digits=digits,
        decimal_places=places,
    )


class PotentialForm(forms.Form):
    """Area, production, harvest and share of one commodity. `read_at` is the state that the form was made from."""

    area_ha = _amount(gettext_lazy("Luas"), digits=12, places=2)
    production = _amount(gettext_lazy("Produksi setahun"), digits=16, places=3)
    unit = forms.CharField(
        label=gettext_lazy("Satuan produksi"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Kosongkan untuk satuan yang biasa bagi komoditas ini."),
    )
    harvest_months = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Bulan panen"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    sold_raw_share = _amount(
        gettext_lazy("Dijual mentah"),
        digits=5,
        places=2,
        most=100,
        help_text=gettext_lazy("Bagian hasil yang dijual tanpa diolah."),
    )
    read_at = forms.DateTimeField(
        required=False,
        widget=forms.HiddenInput,
        input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"],
    )

    def __init__(self, data: Mapping[str, Any] | None, *, potential: VillagePotential | None = None) -> None:
        initial: dict[str, Any] = {}
        if potential is not None:
            names = ("area_ha", "production", "unit", "harvest_months", "sold_raw_share")
            initial = {name: getattr(potential, name) for name in names}
            initial["read_at"] = potential.recorded_at.isoformat()
        super().__init__(data, initial=initial)
        months = [(str(number), name) for number, name in enumerate(formats.month_names(), start=1)]
        self.fields["harvest_months"].choices = months  # type: ignore[attr-defined]  # a field with choices

    def values(self) -> dict[str, Any]:
        """What is written, without the mark of what was read."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("read_at", "commodity", "year")
        }


class NewPotentialForm(PotentialForm):
    """A commodity that the village has not had recorded in that year."""

    commodity = forms.ModelChoiceField(
        label=gettext_lazy("Komoditas"), queryset=Commodity.objects.order_by("name"), empty_label="–"
    )
    year = forms.IntegerField(label=gettext_lazy("Tahun data"), min_value=1990, max_value=2100)
    field_order = ("commodity", "year")

    def __init__(self, data: Mapping[str, Any] | None, *, year: str) -> None:
        super().__init__(data)
        self.fields["year"].initial = year
