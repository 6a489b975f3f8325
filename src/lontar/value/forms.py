"""The forms of the calculator, of the filters of value kept, and of a list of trade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.engines.economy import Part, Recipe, Spread, spread_of
from lontar.value.queries.prefill import Prefill
from lontar.value.states import Step

_HUNDRED = Decimal(100)
_MOST = Decimal(10) ** 10
LIST_BYTES = 8_000_000


def _number(label: Any, hint: Any = "", *, least: str = "0", most: Decimal = _MOST) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=hint,
        localize=True,
        min_value=Decimal(least),
        max_value=most,
        decimal_places=4,
        max_digits=16,
    )


class ChainForm(forms.Form):
    """What a village knows of its product; per unit of what is sold raw (`unit`, mostly a kilogram)."""

    mentah = _number(gettext_lazy("Harga dijual mentah"), least="1")
    olahan = _number(gettext_lazy("Harga setelah diolah"), least="1")
    kemasan = _number(gettext_lazy("Harga setelah dikemas"), least="1")
    jadi = _number(gettext_lazy("1 satuan mentah menjadi berapa olahan?"), least="0.01", most=_HUNDRED)
    panen = _number(gettext_lazy("Panen sebulan"))
    biaya_olah = _number(
        gettext_lazy("Biaya lain mengolah"), gettext_lazy("Bahan bakar, air, listrik; tanpa bahan mentah.")
    )
    biaya_kemas = _number(gettext_lazy("Biaya lain mengemas"), gettext_lazy("Kemasan dan label."))
    hari = _number(gettext_lazy("Hari kerja untuk 100 satuan mentah"), gettext_lazy("Termasuk keluarga sendiri."))
    upah = _number(gettext_lazy("Upah sehari"))
    bahan = _number(gettext_lazy("Bahan mentah dari desa sendiri (%)"), most=_HUNDRED)
    pekerja = _number(gettext_lazy("Pekerja dari desa sendiri (%)"), most=_HUNDRED)

    MAIN = ("mentah", "olahan", "kemasan", "jadi", "panen")
    MORE = ("biaya_olah", "biaya_kemas", "hari", "upah", "bahan", "pekerja")

    def main(self) -> list[forms.BoundField]:
        """The fields that are always there."""
        return [self[name] for name in self.MAIN]

    def more(self) -> list[forms.BoundField]:
        """The fields that most leave as they are."""
        return [self[name] for name in self.MORE]

    def recipe(self) -> Recipe:
        """The form's numbers as the engine takes them: two thirds of the days are processing, the rest packing."""
        given = self.cleaned_data
        days = given["hari"]
        return Recipe(
            processed_per_raw=given["jadi"],
            processing=given["biaya_olah"],
            packing=given["biaya_kemas"],
            processing_days=days * 2 / 3,
            packing_days=days / 3,
            wage=given["upah"],
        )

    def spreads(self, found: Prefill) -> dict[Part, Spread]:
        """Where the money goes: the form's shares of the village, the rest as assumed; nothing raw is bought outside NTT."""
        one = Decimal(1)
        assumed = found.assumed
        material, labour = self.cleaned_data["bahan"] / _HUNDRED, self.cleaned_data["pekerja"] / _HUNDRED
        return {
            **assumed.spreads(),
            Part.MATERIAL: spread_of(
                village=material, regency=max(material, assumed.of("value.material.regency")), ntt=one
            ),
            Part.LABOUR: spread_of(village=labour, regency=max(labour, assumed.of("value.labour.regency")), ntt=one),
        }


def first_numbers(found: Prefill) -> dict[str, Decimal]:
    """What the form begins with; a number that nobody told is left out."""
    assumed = found.assumed
    conversion, _own = assumed.conversion(found.commodity)
    told = {
        "mentah": found.price(Step.RAW),
        "olahan": found.price(Step.PROCESSED),
        "kemasan": found.price(Step.PACKED),
        "jadi": conversion,
        "panen": found.harvest.kg_a_month if found.harvest else _HUNDRED,
        "hari": assumed.of("value.days"),
        "upah": assumed.of("value.wage"),
        "bahan": assumed.of("value.material.village") * _HUNDRED,
        "pekerja": assumed.of("value.labour.village") * _HUNDRED,
        "biaya_olah": _cost(found.price(Step.PROCESSED), conversion, assumed.of("value.others.processing")),
        "biaya_kemas": _cost(found.price(Step.PACKED), conversion, assumed.of("value.others.packing")),
    }
    return {name: _plain(number) for name, number in told.items() if number is not None}


def _plain(number: Decimal) -> Decimal:
    """Without noughts behind the comma."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _cost(price: Decimal | None, conversion: Decimal, share: Decimal) -> Decimal | None:
    """Other inputs per unit of raw material as a share of what it is sold for; whole hundreds of rupiah."""
    return None if price is None else (price * conversion * share).quantize(_HUNDRED).quantize(Decimal(1))


class PlaceForm(forms.Form):
    """Of which commodity, where."""

    komoditas = forms.ChoiceField(label=gettext_lazy("Komoditas"))
    wilayah = forms.ChoiceField(label=gettext_lazy("Kabupaten/kota"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        commodities: Sequence[tuple[str, str]],
        places: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self.fields["komoditas"].choices = list(commodities)  # type: ignore[attr-defined]  # ChoiceField
        self.fields["wilayah"].choices = [("", _("Seluruh NTT")), *places]  # type: ignore[attr-defined]  # ChoiceField
        self.is_valid()  # unbound before a commodity was chosen

    def value(self, name: str) -> str:
        """The value where it is right, else ""."""
        return str(getattr(self, "cleaned_data", {}).get(name) or "")


class KeptForm(forms.Form):
    """Which quarter, which commodity."""

    triwulan = forms.ChoiceField(label=gettext_lazy("Triwulan"), required=False)
    komoditas = forms.ChoiceField(label=gettext_lazy("Komoditas"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        quarters: Sequence[tuple[str, str]],
        commodities: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self.fields["triwulan"].choices = list(quarters)  # type: ignore[attr-defined]  # ChoiceField
        self.fields["komoditas"].choices = [("", _("Semua komoditas")), *commodities]  # type: ignore[attr-defined]  # ChoiceField
        self.is_valid()
        self.newest = quarters[0][0] if quarters else ""

    def quarter(self) -> str:
        """The quarter asked for, else the newest; "" where none was counted."""
        return str(self.cleaned_data.get("triwulan") or self.newest)

    def commodity(self) -> str:
        """The commodity asked for; "" for all of them together."""
        return str(self.cleaned_data.get("komoditas") or "")


class ListForm(forms.Form):
    """A list of goods in and out."""

    file = forms.FileField(
        label=gettext_lazy("Daftar barang masuk dan keluar"),
        help_text=gettext_lazy("CSV atau XLSX, judul kolom seperti pada contoh."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.ods,.xls,.tsv"}),
    )

    def clean_file(self) -> Any:
        """The file, when it is small enough."""
        found = self.cleaned_data["file"]
        if found.size > LIST_BYTES:
            raise ValidationError(_("Berkas lebih dari 8 MB; kirim per tahun."))
        return found
