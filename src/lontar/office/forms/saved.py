"""What is sent to keep a view."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from lontar.office.states import ListKey

_PLACE = frozenset({"hal", "buka", "format", "kolom"})


class SaveViewForm(forms.Form):
    """A name for the present filters, order and columns; `columns` come as a repeated field."""

    list_key = forms.TypedChoiceField(choices=ListKey.choices, coerce=ListKey)
    name = forms.CharField(label=_("Nama tampilan"), max_length=80)
    query = forms.CharField(required=False, max_length=1000)

    def clean_query(self) -> str:
        """The query string, written anew from its parts: nothing but names and values."""
        pairs = parse_qsl(self.cleaned_data["query"])
        return urlencode([(key, value) for key, value in pairs if key not in _PLACE], safe=",:")
