"""Choosing the quarter whose report is built."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from lontar.engines.periods import Quarter


class BuildForm(forms.Form):
    """One of the closed quarters that wait for their report."""

    quarter = forms.ChoiceField(label=_("Triwulan yang sudah ditutup"))

    def __init__(self, *args: object, quarters: Sequence[Quarter], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        choices = [(one.label, str(one)) for one in quarters]
        self.fields["quarter"].choices = choices  # type: ignore[attr-defined]  # a choice field
