"""Filters of the lists of sections and returned fields."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lontar.office.forms.filters import ListFilter, PlaceField, choices_of
from lontar.verification.queries.choosing import MISSING
from lontar.verification.rules import ENTERPRISE_FIELDS
from lontar.verification.states import ReturnState, Standing

_ENTERPRISE_STANDINGS = [(one.value, one.label) for one in Standing if one is not Standing.PREPARED]
_MINE = (("jawab", _("Yang harus saya jawab")), ("periksa", _("Jawaban yang harus saya periksa")))


class SectionFilter(ListFilter):
    """Filters of the overview: a region, and one section to be compared between the regions beneath."""

    wilayah = PlaceField()
    bagian = forms.ChoiceField(label=_("Bagian"), required=False)


class SectionEnterpriseFilter(ListFilter):
    """Filters of the enterprises of one section."""

    wilayah = PlaceField()
    bagian = forms.ChoiceField(label=_("Bagian"), required=False)
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=choices_of(_ENTERPRISE_STANDINGS))
    kosong = forms.ChoiceField(
        label=_("Isian yang kosong"),
        required=False,
        choices=choices_of([(key, ENTERPRISE_FIELDS[key].label) for key in MISSING]),
    )


class SectionVillageFilter(ListFilter):
    """Filters of the villages of one section."""

    wilayah = PlaceField()
    bagian = forms.ChoiceField(label=_("Bagian"), required=False)
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=choices_of(Standing.choices))


class ReturnListFilter(ListFilter):
    """Filters of the returned fields."""

    wilayah = PlaceField()
    untuk = forms.ChoiceField(label=_("Menunggu"), required=False, choices=choices_of(_MINE))
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=choices_of(ReturnState.choices))
