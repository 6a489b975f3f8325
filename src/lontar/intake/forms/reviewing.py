"""The filters of the review queue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.access.forms import AgencyField
from lontar.engines.places import search
from lontar.engines.regions import is_code
from lontar.intake.presenters.pairs import band_label
from lontar.intake.queries.pairs import BANDS, MINE, PairFilter
from lontar.intake.states import PairState
from lontar.registry.queries import places


class PairsFilter(forms.Form):
    """Region, batch, agency, likelihood and state; a place is given by its name or code."""

    wilayah = forms.CharField(label=gettext_lazy("Wilayah (nama atau kode)"), required=False, max_length=120)
    kiriman = forms.IntegerField(label=gettext_lazy("Nomor kiriman"), required=False, min_value=1, max_value=10**12)
    instansi = AgencyField(label=gettext_lazy("Instansi pengirim"), required=False, help_text="")
    kemungkinan = forms.ChoiceField(label=gettext_lazy("Kemungkinan"), required=False)
    keadaan = forms.ChoiceField(label=gettext_lazy("Keadaan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kemungkinan"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("Semua")),
            *((key, band_label(key)) for key in BANDS),
        ]
        self.fields["keadaan"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", PairState.OPEN.label),
            (MINE, _("Keputusan saya")),
            *((one.value, one.label) for one in PairState if one is not PairState.OPEN),
        ]

    def clean_wilayah(self) -> str:
        """The code of the region; a name stands for the likeliest region of that name."""
        text = str(self.cleaned_data["wilayah"] or "").strip()
        if not text or is_code(text):
            return text
        found = search(places.gazetteer(), text, limit=1)
        if not found:
            raise forms.ValidationError(
                _("Wilayah “%(name)s” tidak ditemukan. Tulis nama atau kodenya.") % {"name": text}
            )
        return found[0].code

    def asked(self) -> PairFilter:
        """What is asked of the queue."""
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {})
        agency = chosen.get("instansi")
        return PairFilter(
            region=chosen.get("wilayah") or "",
            batch=chosen.get("kiriman"),
            agency=agency.code if agency else "",
            band=chosen.get("kemungkinan") or "",
            state=chosen.get("keadaan") or PairState.OPEN.value,
        )

    def words(self) -> dict[str, str]:
        """Each active filter as its chip says it."""
        chosen, asked = getattr(self, "cleaned_data", {}), self.asked()
        found = {
            "wilayah": asked.region,
            "kiriman": _("kiriman #%(number)s") % {"number": asked.batch} if asked.batch else "",
            "instansi": str(chosen.get("instansi") or ""),
            "kemungkinan": band_label(asked.band) if asked.band else "",
            "keadaan": str(dict(self.fields["keadaan"].choices)[chosen["keadaan"]])  # type: ignore[attr-defined]  # as above
            if chosen.get("keadaan")
            else "",
        }
        return {key: text for key, text in found.items() if text}
