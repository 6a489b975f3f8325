"""Filters of the lists, as they stand in the address; each form also says its values in words, for the chips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.engines.places import Candidate, search
from lontar.engines.regions import ancestors_of, is_code
from lontar.registry.models import Region
from lontar.registry.presenters import titled
from lontar.registry.queries import gazetteer
from lontar.registry.queries.enterprises import region_within

EVERY: tuple[str, str | Promise] = ("", gettext_lazy("Semua"))
SUGGESTIONS = "saran-wilayah"
_SURE = 95.0


def choices_of(kinds: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The choices of a filter: all, then each."""
    return [EVERY, *kinds]


def place_label(one: Candidate) -> str:
    """`53.09.07 · Kecamatan Bajawa, Ngada`: what the suggestions write, and the field reads."""
    return f"{one.code} · {one.path_text}"


def region_name(code: str) -> str:
    """`Kecamatan Bajawa, Kabupaten Ngada`, or the code where no region has it."""
    rows = Region.objects.filter(code__in=[code, *ancestors_of(code)[:-1]]).order_by("-code")
    return ", ".join(titled(name, kind) for name, kind in rows.values_list("name", "kind")) or code


class PlaceInput(forms.TextInput):
    """A text field that offers places while somebody types; without script it takes a name or a code as well."""

    place = ""

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "list": SUGGESTIONS,
                "autocomplete": "off",
                "autocapitalize": "words",
                "spellcheck": "false",
                "hx-get": reverse_lazy("office:places"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": f"#{SUGGESTIONS}",
                "hx-select": "unset",
                "hx-swap": "innerHTML",
                "hx-push-url": "false",
            }
        )

    def format_value(self, value: Any) -> str | None:
        """A code is shown with its name, which the form puts into `place`."""
        text = str(value or "")
        return f"{text} · {self.place}" if self.place and is_code(text) else text or None


class PlaceField(forms.CharField):
    """A region by name or code; gives its code. A name that several regions bear is answered with all of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"max_length": 160, "required": False, "label": gettext_lazy("Wilayah"), "widget": PlaceInput(), **kwargs}
        )

    def clean(self, value: Any) -> str:
        """The code; an empty text for an empty field."""
        text = str(super().clean(value) or "").strip()
        code = text.partition(" · ")[0].strip()
        if not text or (is_code(code) and Region.objects.filter(code=code).exists()):
            return code
        found = search(gazetteer(), text, limit=6)
        sure = [one for one in found if one.score >= _SURE]
        if len(sure) == 1:
            return sure[0].code
        if not found:
            raise ValidationError(_("“%s” tidak ditemukan dalam daftar wilayah.") % text[:60])
        names = "; ".join(place_label(one) for one in found)
        raise ValidationError(
            _("“%(text)s” dapat berarti beberapa wilayah: %(names)s. Tuliskan kodenya.")
            % {"text": text[:60], "names": names}
        )


class ListFilter(forms.Form):
    """What every filter form has: values that are right are used, and each can be said in words.

    A value that is wrong stands beside its field with the cure, and does not filter.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        within: str,
        choices: Mapping[str, Iterable[tuple[str, Any]]] | None = None,
    ) -> None:
        super().__init__(data or {})
        self.within = within
        for name, kinds in (choices or {}).items():
            self.fields[name].choices = choices_of(kinds)  # type: ignore[attr-defined]  # ChoiceField
        self.is_valid()
        place = self.value("wilayah")
        self.place = region_name(place) if place else ""
        if place:
            self.fields["wilayah"].widget.place = self.place

    def value(self, name: str) -> Any:
        """The cleaned value, or an empty text where the field is empty or wrong."""
        return self.cleaned_data.get(name) or ""

    def words(self) -> list[tuple[str, str]]:
        """(field, what it filters in words) of every filter in use."""
        said = []
        for name, field in self.fields.items():
            value = self.value(name)
            if value:
                said.append((name, f"{field.label}: {self._said(name, value)}"))
        return said

    def _said(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, PlaceField):
            return self.place
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # no groups in filters
        return str(value)

    @property
    def region(self) -> str | None:
        """The region that the list shows: the place asked for within the post's own; None when they share nothing."""
        return region_within(self.value("wilayah"), self.within)
