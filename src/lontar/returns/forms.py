"""The form of one return, made from the declared schema; the filters of lists. Values are read and checked by `rules`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lontar.engines.periods import Month
from lontar.intake.datasets.declare import Column, Kind
from lontar.registry.models import Region
from lontar.registry.states import ProductCategory
from lontar.returns.models import Period, Producer
from lontar.returns.rules.schema import RETURN, SCREENS
from lontar.returns.states import ReturnState
from lontar.ui import formats

SAID = "alasan-"
"""What the fields of justifications are called, before the name of the value."""


def _field(column: Column, *, hint: str) -> forms.CharField:
    number = column.kind is not Kind.TEXT
    attributes = {"inputmode": "decimal" if column.kind is Kind.DECIMAL else "numeric", "autocomplete": "off"}
    widget = forms.TextInput(attrs=attributes) if number else forms.Textarea(attrs={"rows": 2})
    return forms.CharField(
        label=_(column.label), help_text=hint, required=column.required, widget=widget,
        max_length=40 if number else column.length,
    )  # fmt: skip


class AnswerForm(forms.Form):
    """Two screens of fields; a justification appears beneath a value that was flagged."""

    kunci = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)
    versi = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        producer: Producer,
        hints: Mapping[str, str],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"kunci": str(uuid4()), **(initial or {})})
        for screen in SCREENS:
            for name in screen:
                column = RETURN.column(name)
                hint = hints.get(name, "")
                if name in {"quantity", "price_raw", "price_processed", "price_packed"}:
                    hint = " ".join(word for word in (_("Per %(unit)s.") % {"unit": producer.unit}, hint) if word)
                self.fields[name] = _field(column, hint=hint)
        given = data or self.initial
        for name in [key.removeprefix(SAID) for key in given if key.startswith(SAID)]:
            if name in self.fields and str(given.get(SAID + name, "")).strip():
                self.ask(name)

    def ask(self, name: str) -> None:
        """Show the field in which the value `name` is justified."""
        self.fields[SAID + name] = forms.CharField(
            label=_("Mengapa? (%(label)s)") % {"label": self.fields[name].label}, required=False, max_length=300,
            help_text=_("Nilai yang benar tidak perlu diubah; cukup dijelaskan."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip

    def texts(self) -> dict[str, str]:
        """What was written, by the name of the value."""
        return {name: str(self.data.get(name, "")).strip() for screen in SCREENS for name in screen}

    def said(self) -> dict[str, str]:
        """Justifications by the name of the value."""
        return {
            key.removeprefix(SAID): str(value).strip()
            for key, value in self.data.items()
            if key.startswith(SAID) and str(value).strip()
        }

    @property
    def screens(self) -> list[list[forms.BoundField]]:
        """Bound fields by screen, each justification behind its value."""
        return [
            [self[key] for name in screen for key in (name, SAID + name) if key in self.fields] for screen in SCREENS
        ]


def shown(value: Any) -> str:
    """A value as it stands in the form: grouped as people write it; "" for unknown."""
    if value is None or value == "":
        return ""
    return value if isinstance(value, str) else formats.number(value)


class ReturnFilterForm(forms.Form):
    """Month, region, state, flags, words."""

    q = forms.CharField(label=gettext_lazy("Nama produsen"), required=False, max_length=60)
    bulan = forms.ChoiceField(label=pgettext_lazy("masa lapor", "Bulan"), required=False)
    wilayah = forms.ChoiceField(label=gettext_lazy("Kabupaten/kota"), required=False)
    keadaan = forms.ChoiceField(
        label=gettext_lazy("Keadaan"), required=False, choices=[("", gettext_lazy("Semua")), *ReturnState.choices]
    )
    tanda = forms.ChoiceField(
        label=gettext_lazy("Tanda"), required=False,
        choices=[
            ("", gettext_lazy("Semua")), ("any", gettext_lazy("Ditandai")), ("none", gettext_lazy("Tanpa tanda")),
            ("unexplained", gettext_lazy("Ditandai, belum dijelaskan")),
        ],
    )  # fmt: skip
    kelompok = forms.ChoiceField(
        label=gettext_lazy("Kelompok produk"), required=False,
        choices=[("", gettext_lazy("Semua")), *ProductCategory.choices],
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, *, within: str) -> None:
        super().__init__(data)
        months = Period.objects.months().order_by("-start")[:36]
        self.fields["bulan"].choices = [  # type: ignore[attr-defined]  # ChoiceField
            ("", _("Semua")),
            *((one.span.label, str(one.span)) for one in months),
        ]
        regions = Region.objects.filter(level="regency", code__startswith=within[:5]).order_by("code")
        choices = [("", _("Semua")), *regions.values_list("code", "name"), *_deeper(data, within)]
        self.fields["wilayah"].choices = choices  # type: ignore[attr-defined]  # as above

    def value(self, name: str) -> str:
        """What the address asks for, where it is one of the choices; else ""."""
        return str(self.cleaned_data.get(name, "")) if self.is_valid() or name in self.cleaned_data else ""


def _deeper(data: Mapping[str, Any] | None, within: str) -> list[tuple[str, str]]:
    """The kecamatan or village of the address, which no list of choices could hold, where it lies within the post's region."""
    code = str((data or {}).get("wilayah", ""))
    if len(code) not in (8, 13) or not code.startswith(f"{within}."):
        return []
    return list(Region.objects.filter(code=code).values_list("code", "name"))


class ReasonForm(forms.Form):
    """Which value is sent back, and why."""

    isian = forms.ChoiceField(label=gettext_lazy("Nilai yang dikembalikan"))
    alasan = forms.CharField(
        label=gettext_lazy("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Sebutkan apa yang harus diperiksa; hanya nilai ini yang ditinjau lagi."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, *, fields: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["isian"].choices = fields  # type: ignore[attr-defined]  # ChoiceField


class WorkbookForm(forms.Form):
    """A filled workbook."""

    berkas = forms.FileField(
        label=gettext_lazy("Buku kerja yang sudah diisi"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


def _around(present: Month) -> list[tuple[str, str]]:
    """From the month after this one back to a year ago."""
    return [(one.label, str(one)) for one in (present.shift(1 - step) for step in range(14))]


class EnrolForm(forms.Form):
    """From which month the picked are asked, for what kind of product, in which unit of quantity."""

    bulan = forms.ChoiceField(label=gettext_lazy("Melapor mulai bulan"))
    kelompok = forms.ChoiceField(label=gettext_lazy("Kelompok produk"), choices=ProductCategory.choices)
    satuan = forms.CharField(
        label=gettext_lazy("Satuan jumlah dan harga"), max_length=20, help_text=gettext_lazy("Misalnya kg atau lembar.")
    )

    def __init__(self, data: Mapping[str, Any] | None, *, present: Month, unit: str) -> None:
        super().__init__(data, initial={"bulan": present.label, "satuan": unit}, auto_id="daftar-%s")
        self.fields["bulan"].choices = _around(present)  # type: ignore[attr-defined]  # ChoiceField


class EndForm(forms.Form):
    """The first month for which the picked are asked no more."""

    bulan = forms.ChoiceField(label=gettext_lazy("Tidak diminta mulai bulan"))

    def __init__(self, data: Mapping[str, Any] | None, *, present: Month) -> None:
        super().__init__(data, initial={"bulan": present.label}, auto_id="akhiri-%s")
        self.fields["bulan"].choices = _around(present)  # type: ignore[attr-defined]  # ChoiceField


class FindForm(forms.Form):
    """Where villages for the comparison group are looked for, and for which product."""

    wilayah = forms.ChoiceField(label=gettext_lazy("Kabupaten/kota"))
    komoditas = forms.ChoiceField(label=pgettext_lazy("satu", "Komoditas"))

    def __init__(self, data: Mapping[str, Any] | None, *, within: str, products: list[tuple[str, str]]) -> None:
        super().__init__(data)
        regions = Region.objects.filter(level="regency", code__startswith=within[:5]).order_by("code")
        self.fields["wilayah"].choices = list(regions.values_list("code", "name"))  # type: ignore[attr-defined]  # ChoiceField
        self.fields["komoditas"].choices = products  # type: ignore[attr-defined]  # ChoiceField


class JoinForm(EnrolForm):
    """As for a unit, and why these are comparable."""

    alasan = forms.CharField(
        label=gettext_lazy("Mengapa mereka dipilih"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Misalnya: kabupaten dan komoditas sama, jumlah pembuat serupa, tanpa produk unggulan."),
    )  # fmt: skip


class LeaveForm(EndForm):
    """As for a unit, and why they are compared no more."""

    alasan = forms.CharField(
        label=gettext_lazy("Mengapa tidak lagi"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Misalnya: pindah usaha, berhenti menjawab, atau desanya masuk program."),
    )  # fmt: skip
