"""Forms about claims: the filter of the disagreements, the reason of a decision, a new rank of the authority table."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lontar.access.states import AgencyKind
from lontar.audit.actions import REASON_SHORTEST
from lontar.office.forms.filters import ListFilter, PlaceField
from lontar.office.presenters.claims import field_choices
from lontar.registry.rules.claims import LOWEST


class DisagreementFilter(ListFilter):
    """Filters of the disagreements."""

    wilayah = PlaceField()
    isian = forms.ChoiceField(label=_("Isian"), required=False)
    instansi = forms.ChoiceField(label=_("Instansi yang berbeda"), required=False)


class ReasonForm(forms.Form):
    """Why a claim is accepted."""

    reason = forms.CharField(
        label=_("Alasan"),
        min_length=REASON_SHORTEST,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya: dicocokkan dengan surat izin. Tersimpan dalam riwayat. Jangan menulis data pribadi."),
    )


class SettleForm(ReasonForm):
    """What is decided for many records at once."""

    field = forms.ChoiceField(label=_("Isian"), required=False)
    agency = forms.ChoiceField(label=_("Yang diterima"), required=False)
    field_order = ("field", "agency", "reason")

    def __init__(self, *args: object, agencies: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as any form
        self.fields["field"].choices = [("", _("Semua isian yang berbeda")), *field_choices()]  # type: ignore[attr-defined]  # ChoiceField
        self.fields["agency"].choices = [  # type: ignore[attr-defined]  # ChoiceField
            ("", _("Nilai yang sekarang berlaku")),
            *agencies,
        ]


class AuthorityForm(forms.Form):
    """From which day on agencies of a kind rank how."""

    agency_kind = forms.ChoiceField(label=_("Bidang instansi"), choices=AgencyKind.choices)
    rank = forms.IntegerField(
        label=_("Urutan"),
        min_value=1,
        max_value=LOWEST,
        help_text=_("1 didengar lebih dahulu. Urutan yang sama: klaim terbaru berlaku."),
    )
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=forms.DateInput, initial=timezone.localdate)
    source = forms.CharField(
        label=_("Sumber"), max_length=300, help_text=_("Peraturan, keputusan atau surat yang menetapkan urutan ini.")
    )
