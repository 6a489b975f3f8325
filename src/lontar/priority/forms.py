"""The what-if screen and the reports about a pick. Limits are judged by `rules.wanted`, figures by the actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lontar.access.models import Agency
from lontar.priority.models import PartRule, RuleSet
from lontar.priority.rules.numbers import PartNumbers, Terms, level_names
from lontar.priority.rules.wanted import Wanted, WantedInvalid, read_wanted, to_plain
from lontar.priority.states import BaselineKind, Evidence, Objective, Part
from lontar.registry.models import Region
from lontar.registry.states import ProductCategory

_FIELDS = {
    "nama": "name", "wilayah": "region", "mulai": "start", "jumlah": "size", "tujuan": "objective",
    "kabupaten": "per_regency_most", "pulau_paling_banyak": "per_island_most", "pulau_paling_sedikit": "per_island_least",
    "kelompok": "per_category_most", "anggaran": "budget", "unggulan": "flagships_least",
}  # fmt: skip
_OF_KEY = {key: name for name, key in _FIELDS.items()} | {"pillars": "ovop", "categories": "kategori", "must": "wajib",
                                                          "must_not": "kecuali"}  # fmt: skip


_MORE = ("kategori", "kategori_sedikit", "wajib", "kecuali", "tanpa")


def _number(label: Any, help_text: Any = "", *, required: bool = False, most: int = 100) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, required=required, min_value=0, max_value=most, localize=True,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


def _words(label: Any, *, help_text: Any = "", most: int = 300, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


def _money(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, required=required, min_value=0, max_digits=14, decimal_places=0, localize=True,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


class TryForm(forms.Form):
    """The plan as fields; empty limits are no limits."""

    nama = forms.CharField(label=_("Nama peta prioritas"), max_length=120, required=False)
    wilayah = forms.ChoiceField(label=_("Wilayah"))
    mulai = forms.DateField(label=_("Hari pertama"), widget=forms.DateInput)
    jumlah = _number(_("Jumlah yang dipilih"), required=True)
    tujuan = forms.ChoiceField(label=_("Yang dibuat sebesar mungkin"), choices=Objective.choices)
    kabupaten = _number(_("Paling banyak per kabupaten/kota"))
    pulau_paling_banyak = _number(_("Paling banyak per pulau"))
    pulau_paling_sedikit = _number(_("Paling sedikit per pulau"))
    ovop = _number(_("Paling sedikit OVOP (desa)"))
    osop = _number(_("Paling sedikit OSOP (sekolah)"))
    ocop = _number(_("Paling sedikit OCOP (komunitas)"))
    unggulan = _number(_("Paling sedikit yang sudah produk unggulan"), _("Sudah ditetapkan dengan keputusan."))
    unggulan_saja = forms.BooleanField(label=_("Hanya yang sudah ditetapkan"), required=False)
    kelompok = _number(_("Paling banyak per kelompok produk"))
    tanpa = forms.MultipleChoiceField(
        label=_("Kelompok yang tidak ikut"), required=False, choices=ProductCategory.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    kategori = forms.ChoiceField(label=_("Kelompok yang diutamakan"), required=False)
    kategori_sedikit = _number(_("Paling sedikit dari kelompok itu"))
    anggaran = _number(
        _("Anggaran pendampingan (Rp)"), _("Perkiraan biaya menutup kekurangan semua pilihan."), most=10**15
    )
    wajib = _words(_("Wajib ikut"), help_text=_("Kode desa, satu per baris."), most=2000, required=False)
    kecuali = _words(_("Dikecualikan"), help_text=_("Kode desa, satu per baris."), most=4000, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, region_code: str, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        rows = Region.objects.within(region_code).filter(level__in=("province", "regency"), valid_until__isnull=True)
        self.fields["wilayah"].choices = list(rows.order_by("code").values_list("code", "name"))  # type: ignore[attr-defined]  # ChoiceField
        self.fields["kategori"].choices = [("", "–"), *ProductCategory.choices]  # type: ignore[attr-defined]  # ChoiceField

    def main_fields(self) -> list[forms.BoundField]:
        """The fields that everybody needs; the name is asked beside the button that saves."""
        return [self[name] for name in self.fields if name not in ("nama", *_MORE)]

    def more_fields(self) -> list[forms.BoundField]:
        """Product groups, and units that must or must not take part."""
        return [self[name] for name in _MORE]

    def has_more(self) -> bool:
        """Whether any of these is filled, so that they are shown."""
        return any(self[name].value() for name in _MORE)

    def wanted(self, today: date) -> Wanted | None:
        """The plan, or None with the faults at their fields."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        plain: dict[str, Any] = {key: given[name] for name, key in _FIELDS.items() if given[name] not in (None, "")}
        plain["pillars"] = {name: given[name] for name in ("ovop", "osop", "ocop") if given[name] is not None}
        categories: dict[str, dict[str, int]] = {name: {"most": 0} for name in given["tanpa"]}
        if given["kategori"] and given["kategori_sedikit"] is not None:
            categories.setdefault(given["kategori"], {})["least"] = given["kategori_sedikit"]
        plain["categories"] = categories
        plain["designated_only"] = given["unggulan_saja"]
        plain |= {"must": given["wajib"].split(), "must_not": given["kecuali"].split()}
        try:
            return read_wanted(plain, today=today)
        except WantedInvalid as problem:
            self.fault(problem)
            return None

    def fault(self, problem: WantedInvalid) -> None:
        """Put a refusal at its field, where there is one."""
        name = _OF_KEY.get(problem.key.partition(".")[0])
        self.add_error(name, problem.reason if name else str(problem))


def initial_of(wanted: Wanted) -> dict[str, Any]:
    """The fields that give this plan."""
    plain = to_plain(wanted)
    found: dict[str, Any] = {name: plain.get(key) for name, key in _FIELDS.items()}
    found |= dict(plain.get("pillars", {}))
    for name, ends in plain.get("categories", {}).items():
        if ends.get("most") == 0:
            found.setdefault("tanpa", []).append(name)
        elif "least" in ends:
            found |= {"kategori": name, "kategori_sedikit": ends["least"]}
    found["wajib"] = "\n".join(one.removeprefix("village:") for one in wanted.must)
    found["kecuali"] = "\n".join(one.removeprefix("village:") for one in wanted.must_not)
    return {name: value for name, value in found.items() if value not in (None, "")}


class BaselineForm(forms.Form):
    """Turnover before the plan."""

    kind = forms.ChoiceField(label=_("Yang diketahui"), choices=BaselineKind.choices)
    amount = _money(_("Omzet selama masa itu (Rp)"), required=False)
    from_date = forms.DateField(label=_("Dari tanggal"), required=False, widget=forms.DateInput)
    until_date = forms.DateField(label=_("Sampai sebelum tanggal"), required=False, widget=forms.DateInput)
    evidence = forms.ChoiceField(label=_("Jenis bukti"), required=False, choices=[("", "–"), *Evidence.choices])
    words = _words(_("Buktinya, dan siapa yang menyatakan"))


class TargetForm(forms.Form):
    """Extra turnover wanted: quantity × (price then − price now)."""

    quantity = forms.DecimalField(
        label=_("Banyaknya selama 90 hari"), min_value=0, max_digits=14, decimal_places=2, localize=True,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    unit = forms.CharField(label=_("Satuan"), max_length=20, help_text=_("Misalnya kg atau lembar."))
    price_before = _money(
        _("Harga sekarang per satuan (Rp)"), help_text=_("Mentah atau belum dikemas; nol bila belum dijual.")
    )
    price_after = _money(_("Harga nanti per satuan (Rp)"))
    words = _words(_("Bagaimana caranya"))


class _AgencyForm(forms.Form):
    """Chooses an agency that works for the village."""

    agency = forms.ModelChoiceField(label=_("Instansi"), queryset=Agency.objects.none())

    def __init__(self, data: Mapping[str, Any] | None, *, village: str) -> None:
        super().__init__(data)
        codes = [village[:length] for length in (2, 5, 8, 13)]
        rows = Agency.objects.filter(is_active=True, region_code__in=codes).order_by("region_code", "short_name")
        self.fields["agency"].queryset = rows  # type: ignore[attr-defined]  # ModelChoiceField


class StepForm(_AgencyForm):
    """An action with owner and due date."""

    words = _words(_("Tindakan"), most=200)
    due_date = forms.DateField(label=_("Paling lambat"), widget=forms.DateInput)


class BlockerForm(_AgencyForm):
    """A blocker, put before an agency."""

    words = _words(_("Apa yang menghambat"))


class CheckInForm(forms.Form):
    """The report of a week, as a mentor fills it in on a phone."""

    week = forms.TypedChoiceField(label=_("Minggu"), coerce=int)
    turnover = _money(_("Omzet minggu itu (Rp)"))
    evidence = forms.ChoiceField(label=_("Jenis bukti"), choices=Evidence.choices)
    words = _words(
        _("Bukti"), help_text=_("Misalnya: nota nomor 12–18. Jangan tulis nama atau nomor orang."), required=False
    )

    def __init__(self, data: Mapping[str, Any] | None, *, weeks: list[tuple[int, str]], week: int) -> None:
        super().__init__(data, initial={"week": week, "evidence": Evidence.CASH_BOOK})
        self.fields["week"].choices = weeks  # type: ignore[attr-defined]  # ChoiceField


class ReplyForm(forms.Form):
    """What the agency replies."""

    reply = _words(_("Jawaban instansi Anda"))


class StateForm(forms.Form):
    """A part of a unit's readiness that somebody of the office states."""

    desa = forms.CharField(
        label=_("Kode desa"), max_length=30,
        help_text=_("Misalnya 53.09.02.2010; untuk sekolah atau komunitas kuncinya, misalnya school:12."),
    )  # fmt: skip
    part = forms.ChoiceField(label=_("Bagian kesiapan"), choices=Part.choices)
    share = forms.IntegerField(
        label=_("Nilai (0–100)"), min_value=0, max_value=100, help_text=_("0 belum ada sama sekali, 100 penuh."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    words = _words(_("Keterangan"), most=200, help_text=_("Misalnya: Koperasi memesan 200 kg setiap bulan."))
    source = _words(_("Bukti"), most=200, help_text=_("Surat, kontrak, atau daftar beserta tanggalnya."))
    valid_until = forms.DateField(
        label=_("Berlaku sampai sebelum"), required=False, widget=forms.DateInput, help_text=_("Kosong: seterusnya.")
    )


class RulesForm(forms.Form):
    """A new version of the rules: every number of each part and of the plan, from when, and why.

    A part has the fields of the marks that it has in the newest version; shares are written as per cent.
    """

    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=forms.DateInput)
    source = _words(_("Alasan dan dasar perubahan"))

    def __init__(self, data: Mapping[str, Any] | None, *, newest: RuleSet) -> None:
        super().__init__(data)
        self.held = {Part(one.part): one for one in newest.parts.all()}
        for part in Part:
            self._part(part, self.held[part])
        self._number("hari", gettext("Lama rencana (hari)"), newest.days)
        self._number("hari_sasaran", gettext("Sasaran ditetapkan paling lambat hari ke-"), newest.target_days)
        self._share("tercapai", gettext("Tercapai mulai (% dari sasaran)"), newest.reached_share)
        self._share("sebagian", gettext("Tercapai sebagian mulai (% dari sasaran)"), newest.partly_share)
        self._number("minggu", gettext("Minggu berbukti paling sedikit"), newest.least_weeks)

    def _part(self, part: Part, held: PartRule) -> None:
        name, label = part.value, part.label
        weight, full, none = gettext("bobot dari 100"), gettext("penuh pada"), gettext("nol pada")
        cost, due = gettext("biaya menutup kekurangan (Rp)"), gettext("tindakan paling lambat hari ke-")
        self._share(f"bobot_{name}", f"{label}: {weight}", held.weight, places=3)
        if held.full is not None:
            self._mark(f"penuh_{name}", f"{label}: {full} ({held.unit})", held.full)
        if held.reach is not None:
            self._mark(f"nol_{name}", f"{label}: {none} ({held.unit})", held.reach)
        for at, (words, level) in enumerate(zip(level_names(part), held.levels, strict=False)):
            self._share(f"tingkat_{name}_{at}", f"{label}: {words} (%)", level)
        self.fields[f"biaya_{name}"] = _money(f"{label}: {cost}")
        self.initial[f"biaya_{name}"] = held.gap_cost
        self._number(f"hari_{name}", f"{label}: {due}", held.due_day)

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in groups: from when and why, each part, the plan."""
        ends = [f"_{part.value}" for part in Part]
        of_part = {
            part: [self[name] for name in self.fields if f"_{part.value}" in name] for part in Part
        }  # fmt: skip
        plan = [self[name] for name in self.fields if not any(end in name for end in ends)]
        head, rest = plan[:2], plan[2:]
        return [
            (gettext("Kapan dan mengapa"), head),
            *((str(part.label), fields) for part, fields in of_part.items()),
            (gettext("Rencana"), rest),
        ]

    def _number(self, name: str, label: str, value: int) -> None:
        self.fields[name] = forms.IntegerField(label=label, min_value=1, max_value=366, localize=True)
        self.initial[name] = value

    def _share(self, name: str, label: str, value: Decimal, *, places: int = 1) -> None:
        self.fields[name] = forms.DecimalField(
            label=label, min_value=0, max_value=100, decimal_places=places, localize=True
        )
        self.initial[name] = (value * 100).normalize()

    def _mark(self, name: str, label: str, value: Decimal) -> None:
        self.fields[name] = forms.DecimalField(label=label, max_digits=16, decimal_places=2, localize=True)
        self.initial[name] = value.normalize()

    def parts(self) -> dict[Part, PartNumbers]:
        """The numbers of every part."""
        given = self.cleaned_data
        return {
            part: PartNumbers(
                weight=given[f"bobot_{part.value}"] / 100,
                gap_cost=given[f"biaya_{part.value}"],
                full=given.get(f"penuh_{part.value}"),
                reach=given.get(f"nol_{part.value}"),
                levels=tuple(
                    given[name] / 100
                    for at in range(len(held.levels))
                    if (name := f"tingkat_{part.value}_{at}") in given
                ),
                due_day=given[f"hari_{part.value}"],
            )
            for part, held in self.held.items()
        }

    def terms(self) -> Terms:
        """The numbers of the plan."""
        given = self.cleaned_data
        return Terms(
            days=given["hari"], target_days=given["hari_sasaran"], reached_share=given["tercapai"] / 100,
            partly_share=given["sebagian"] / 100, least_weeks=given["minggu"],
        )  # fmt: skip


class LateForm(forms.Form):
    """Evidence that came after the verdict."""

    turnover = _money(_("Omzet menurut bukti (Rp)"), required=False)
    words = _words(_("Bukti yang terlambat"))
