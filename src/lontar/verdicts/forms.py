"""Which quarter to judge."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from lontar.engines.periods import Quarter, parse_quarter

SHOWN = 8


class MakeForm(forms.Form):
    """One of the last eight quarters that are over."""

    triwulan = forms.ChoiceField(label=_("Triwulan"))

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        last = Quarter.from_date(today).shift(-1)
        quarters = [last.shift(-back) for back in range(SHOWN)]
        field = self.fields["triwulan"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(one.label, str(one)) for one in quarters]

    def quarter(self) -> Quarter:
        """The quarter chosen; call it on a valid form."""
        return parse_quarter(self.cleaned_data["triwulan"])
