"""Returning a field, answering a returned one, returning it once more. Values are judged by the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lontar.registry.models import Commodity
from lontar.verification.models import FieldReturn
from lontar.verification.queries.returns import returnable
from lontar.verification.rules import ENTERPRISE_FIELDS, POTENTIAL_FIELDS, REASON_LONGEST, REASON_SHORTEST

_MONTHS = [(str(number), str(number)) for number in range(1, 13)]


def _reason(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        min_length=REASON_SHORTEST if required else None,
        max_length=REASON_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReturnForm(forms.Form):
    """Which field goes back, and why."""

    field = forms.ChoiceField(label=_("Isian yang dikembalikan"))
    reason = _reason(_("Alasan"), _("Tuliskan apa yang keliru dan bagaimana memperbaikinya; petugas desa membacanya."))

    def __init__(self, data: Mapping[str, Any] | None, *, kind: str, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        fields = ENTERPRISE_FIELDS if kind == "enterprise" else POTENTIAL_FIELDS
        self.fields["field"].choices = [(one.key, one.label) for one in fields.values()]  # type: ignore[attr-defined]  # ChoiceField


class AgainForm(forms.Form):
    """Why the field goes back once more."""

    reason = _reason(_("Alasan dikembalikan lagi"))


class StandsForm(forms.Form):
    """Why the value stands as it is."""

    words = _reason(_("Mengapa nilainya sudah benar"))


def _decimal(label: Any, places: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, localize=True, max_digits=18, decimal_places=places, min_value=0
    )


def _whole(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, localize=True, min_value=0)


def _text(label: Any, *, mode: str = "text", most: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        widget=forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"}),
    )


def _input(column: str, label: Any) -> forms.Field:
    """The input for one column of a record."""
    if column in ("annual_turnover", "capital"):
        return _decimal(label, 0)
    if column in ("area_ha", "sold_raw_share"):
        return _decimal(label, 2)
    if column == "production":
        return _decimal(label, 3)
    if column in ("workers_paid", "workers_unpaid"):
        return _whole(label)
    if column == "start_year":
        return forms.IntegerField(label=label, required=False, min_value=1900, max_value=2100)
    return _chosen(column, label) or _text(label, mode="numeric" if column in ("nib", "kbli") else "text")


def _chosen(column: str, label: Any) -> forms.Field | None:
    """Columns whose value is picked from a list."""
    if column == "commodity_id":
        found = Commodity.objects.order_by("name").values_list("code", "name")
        return forms.ChoiceField(label=label, required=False, choices=[("", "–"), *found])
    if column == "kbli_version":
        return forms.TypedChoiceField(
            label=_("Versi KBLI"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", "–"), ("2020", "KBLI 2020"), ("2025", "KBLI 2025")],
        )
    if column == "harvest_months":
        return forms.TypedMultipleChoiceField(
            label=label, required=False, coerce=int, choices=_MONTHS, widget=forms.CheckboxSelectMultiple
        )
    return None


class CorrectForm(forms.Form):
    """The returned field alone, filled with what it holds now. `read_at` is the state that the form was made from."""

    read_at = forms.DateTimeField(
        widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"]
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, found: FieldReturn, now: Mapping[str, Any], read_at: str
    ) -> None:
        super().__init__(data, initial={"read_at": read_at})
        one = returnable(found)
        labels = {"lat": _("Lintang"), "lon": _("Bujur")}
        for column, value in now.items():
            name = column.removesuffix("_id")
            self.fields[name] = _input(column, labels.get(column, one.label))
            self.initial[name] = value
        if "commodity" in self.fields:
            held = Commodity.objects.filter(pk=now["commodity_id"]).first()
            self.initial["commodity"] = held.code if held else ""

    def values(self) -> dict[str, Any]:
        """What is written, without the mark of what was read."""
        return {name: value for name, value in self.cleaned_data.items() if name != "read_at"}

    def show(self, reason: str, faults: Mapping[str, str]) -> None:
        """Faults at their fields; others above the form."""
        shown = {name: words for name, words in faults.items() if name in self.fields}
        for name, words in shown.items():
            self.add_error(name, words)
        if not shown:
            self.add_error(None, reason)
