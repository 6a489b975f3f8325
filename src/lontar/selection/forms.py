"""Forms of the screens: the filters of the list, weights entered by hand, panels and their experts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lontar.engines.regions import InvalidRegionCode, normalise_code
from lontar.registry.states import CommoditySector
from lontar.selection.states import TraitKind, UnitKind, WeightSource

_ALL = ("", _("Semua"))
STATES = (
    ("sure", _("Pasti: pertama di 90 % tarikan atau lebih")),
    ("likely", _("Cukup pasti: 60–90 %")),
    ("open", _("Terbuka: di bawah 60 %")),
    ("none", _("Belum ada calon yang lolos")),
    ("missing", _("Data belum lengkap")),
)


class RankingListFilter(forms.Form):
    """Filters of the list; a filter that cannot be read counts as not given."""

    q = forms.CharField(label=_("Nama unit, calon, atau kode desa"), required=False, max_length=80)
    wilayah = forms.CharField(label=_("Kode wilayah"), required=False, max_length=13, help_text=_("Misalnya 53.09"))
    jenis = forms.ChoiceField(label=_("Jenis unit"), required=False, choices=[_ALL, *UnitKind.choices])
    set = forms.ChoiceField(label=_("Set kriteria"), required=False)
    komoditas = forms.ChoiceField(label=_("Calon pertama"), required=False)
    keadaan = forms.ChoiceField(label=_("Kepastian"), required=False, choices=[_ALL, *STATES])

    def __init__(self, data: object, *, sets: list[tuple[str, str]], commodities: list[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        self.fields["set"].choices = sets  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["komoditas"].choices = [_ALL, *commodities]  # type: ignore[attr-defined]  # a ChoiceField
        self.is_valid()

    def clean_wilayah(self) -> str:
        """The code in dotted form."""
        written = self.cleaned_data["wilayah"].strip()
        if not written:
            return ""
        try:
            return normalise_code(written)
        except InvalidRegionCode as problem:
            raise forms.ValidationError(_("Tulis kode wilayah, misalnya 53.09 atau 53.09.02.2010.")) from problem

    def value(self, name: str) -> str:
        """What was given, "" for nothing or for what cannot be read."""
        return str(self.cleaned_data.get(name) or "")


class WeightsForm(forms.Form):
    """One number for each criterion, and what it rests on; only the proportions count."""

    source = forms.CharField(
        label=_("Dasar bobot"), max_length=300, help_text=_("Misalnya nomor dan tanggal berita acara.")
    )

    origin = forms.ChoiceField(
        choices=[(one.value, one.label) for one in (WeightSource.ENTERED, WeightSource.ENTROPY, WeightSource.CRITIC)],
        required=False, widget=forms.HiddenInput, initial=WeightSource.ENTERED,
    )  # fmt: skip

    def __init__(self, data: object, *, criteria: list[tuple[str, str, float]], origin: str = "entered") -> None:
        super().__init__(data, initial={"origin": origin})  # type: ignore[arg-type]  # a QueryDict or None
        for key, name, weight in criteria:
            self.fields[f"w-{key}"] = forms.FloatField(
                label=name, min_value=0, max_value=1000, localize=True, initial=round(weight * 100, 2)
            )
        self.order_fields([*(f"w-{key}" for key, _name, _weight in criteria), "source"])

    def weights(self) -> dict[str, float]:
        """The numbers by measure."""
        return {name[2:]: value for name, value in self.cleaned_data.items() if name.startswith("w-")}

    def weights_from(self) -> WeightSource:
        """Whether they were typed or taken over from a computation."""
        return WeightSource(self.cleaned_data["origin"] or WeightSource.ENTERED)


class PanelForm(forms.Form):
    """A new panel."""

    title = forms.CharField(
        label=_("Judul penilaian"), max_length=120, help_text=_("Misalnya FGD Kupang, November 2026.")
    )


class ExpertForm(forms.Form):
    """An expert's name, and one slider for each pair: −8 to 8."""

    name = forms.CharField(label=_("Nama ahli"), max_length=120)
    affiliation = forms.CharField(label=_("Lembaga"), max_length=160, required=False)

    def __init__(self, data: object, *, pairs: list[tuple[str, str, str]], initial: dict[str, object]) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # a QueryDict or None
        self.pairs = pairs
        for number, pair in enumerate(pairs):
            self.fields[f"p{number}"] = forms.IntegerField(min_value=-8, max_value=8, label=" : ".join(pair[1:]))

    def steps(self) -> dict[tuple[str, str, str], int]:
        """The answers by pair: the range grows towards the right one, a judgement towards the left one."""
        return {pair: -int(self.cleaned_data[f"p{number}"]) for number, pair in enumerate(self.pairs)}


class TraitForm(forms.Form):
    """A trait of a commodity or of a sector, from a day on."""

    kind = forms.ChoiceField(label=_("Sifat"), choices=TraitKind.choices)
    code = forms.ChoiceField(label=_("Komoditas"), required=False)
    sector = forms.ChoiceField(
        label=_("atau seluruh sektor"), required=False, choices=[("", "–"), *CommoditySector.choices]
    )
    region_code = forms.CharField(
        label=_("Kode wilayah"), required=False, max_length=13,
        help_text=_("Kosongkan bila berlaku di seluruh provinsi. Misalnya 53.09."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Keterangan"), max_length=300)
    source = forms.CharField(
        label=_("Sumber"), max_length=300, help_text=_("Peraturan, keputusan, atau nomor pendaftaran.")
    )
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=forms.DateInput)

    def __init__(self, data: object, *, commodities: list[tuple[str, str]], initial: dict[str, object]) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # a QueryDict or None
        self.fields["code"].choices = [("", "–"), *commodities]  # type: ignore[attr-defined]  # a ChoiceField


class TraitDayForm(forms.Form):
    """As at which day."""

    pada = forms.DateField(label=_("Keadaan pada"), required=False, widget=forms.DateInput)


class EndTraitForm(forms.Form):
    """From which day a trait holds no longer."""

    day = forms.DateField(label=_("Tidak berlaku mulai"), widget=forms.DateInput)
