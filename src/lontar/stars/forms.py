"""Forms of submitting, scoring, appointing, rounds, rubrics and reasons. What values mean is judged by rules and actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lontar.access.models import Post
from lontar.engines.rubrics import Item
from lontar.engines.scans import ACCEPTED
from lontar.stars.models import Round, Rubric
from lontar.stars.queries.assessing import Given, Sheet
from lontar.stars.rules import REASON_LONGEST, REASON_SHORTEST
from lontar.stars.states import AssessmentState, EvidenceFor, Halal, Stars, StarStanding
from lontar.ui import formats

EVERY = ("", gettext_lazy("Semua"))


class Filter(forms.Form):
    """A filter whose right values are used and whose wrong ones filter nothing."""

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data or {})
        self.is_valid()

    def value(self, name: str) -> str:
        """The cleaned value, or ""."""
        return str(self.cleaned_data.get(name) or "")

    def words(self) -> list[tuple[str, str]]:
        """(field, what it filters in words) of every filter in use."""
        said = []
        for name, field in self.fields.items():
            value = self.value(name)
            choices = dict(getattr(field, "choices", ()))
            if value:
                said.append((name, f"{field.label}: {choices.get(value, value)}"))
        return said


def _choice(label: Any, choices: Iterable[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[EVERY, *choices])


class AssessmentFilter(Filter):
    """Which assessments are listed."""

    q = forms.CharField(label=gettext_lazy("Cari produk atau pembuat"), required=False, max_length=100)
    keadaan = _choice(gettext_lazy("Keadaan"), AssessmentState.choices)
    ronde = _choice(gettext_lazy("Ronde"), ())
    tugas = _choice(gettext_lazy("Tugas"), [("saya", gettext_lazy("Lembar nilai saya yang belum diserahkan"))])

    def __init__(self, data: Mapping[str, Any] | None, *, rounds: Sequence[tuple[int, str]]) -> None:
        self.base_fields["ronde"].choices = [EVERY, *((str(pk), name) for pk, name in rounds)]  # type: ignore[attr-defined]  # ChoiceField
        super().__init__(data)


class StarFilter(Filter):
    """Which stars are listed."""

    q = forms.CharField(label=gettext_lazy("Cari produk atau pembuat"), required=False, max_length=100)
    bintang = _choice(pgettext_lazy("penilaian", "Bintang"), Stars.choices)
    keadaan = _choice(gettext_lazy("Keadaan"), StarStanding.choices)


class ProductSearch(forms.Form):
    """Words of a product's name."""

    q = forms.CharField(label=gettext_lazy("Nama produk"), max_length=100)


class SubmitForm(forms.Form):
    """In which round a product is assessed, and how it stands toward halal."""

    round = forms.ModelChoiceField(Round.objects.none(), label=gettext_lazy("Ronde"), empty_label=None)
    halal = forms.ChoiceField(
        label=gettext_lazy("Status halal"),
        choices=Halal.choices,
        initial=Halal.UNDECLARED,
        help_text=gettext_lazy(
            "Sertifikat halal dibaca dari registri. Nyatakan di sini bila sedang diproses, tidak halal, atau tidak diwajibkan."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("Catatan pengajuan"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Contoh produk, foto, dan berkas apa yang Anda serahkan, dan di mana dapat dilihat."),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, rounds: Any) -> None:
        super().__init__(data)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]  # ModelChoiceField


class AppointForm(forms.Form):
    """Who assesses, among posts that may."""

    assessor = forms.TypedChoiceField(label=gettext_lazy("Penilai"), coerce=int, choices=())

    def __init__(self, data: Mapping[str, Any] | None, *, posts: Sequence[Post]) -> None:
        super().__init__(data)
        choices = [(one.pk, f"{one.agency.short_name} – {one.title}") for one in posts]
        self.fields["assessor"].choices = choices  # type: ignore[attr-defined]  # ChoiceField


class ReasonForm(forms.Form):
    """A reason that somebody else understands."""

    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        min_length=REASON_SHORTEST,
        max_length=REASON_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RoundForm(forms.Form):
    """A new round."""

    name = forms.CharField(label=gettext_lazy("Nama ronde"), max_length=120)
    year = forms.IntegerField(label=gettext_lazy("Tahun"), min_value=2000, max_value=2200)
    rubric = forms.ModelChoiceField(Rubric.objects.none(), label=gettext_lazy("Rubrik"), empty_label=None)

    def __init__(self, data: Mapping[str, Any] | None, *, rubrics: Any, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["rubric"].queryset = rubrics  # type: ignore[attr-defined]  # ModelChoiceField


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class AwardForm(forms.Form):
    """A star that others gave before, as its certificate says."""

    rubric = forms.ModelChoiceField(Rubric.objects.none(), label=gettext_lazy("Rubrik"), empty_label=None)
    round_name = forms.CharField(
        label=gettext_lazy("Ronde"), max_length=120, help_text=gettext_lazy("Misalnya: Penghargaan OVOP 2024.")
    )
    year = forms.IntegerField(label=gettext_lazy("Tahun"), min_value=2000, max_value=2200)
    stars = forms.TypedChoiceField(
        label=pgettext_lazy("penilaian", "bintang"), coerce=int, choices=Stars.choices, widget=forms.RadioSelect
    )
    valid_from = _day(gettext_lazy("Berlaku mulai"))
    valid_until = _day(gettext_lazy("Berlaku sampai sebelum"), gettext_lazy("Hari pertama yang tidak berlaku lagi."))
    source = forms.CharField(
        label=gettext_lazy("Sumber"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Keputusan, piagam, atau pengumuman yang menunjukkannya."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, *, rubrics: Any) -> None:
        super().__init__(data)
        self.fields["rubric"].queryset = rubrics  # type: ignore[attr-defined]  # ModelChoiceField


class EvidenceForm(forms.Form):
    """A file of evidence: for what, and what can be seen on it. What the file is, is judged by its contents."""

    untuk = forms.ChoiceField(label=gettext_lazy("Bukti untuk"))
    keterangan = forms.CharField(
        label=gettext_lazy("Keterangan"),
        max_length=120,
        help_text=gettext_lazy(
            "Apa yang terlihat, misalnya “Label kemasan sisi depan”. Jangan menulis NIK atau nomor telepon."
        ),
    )
    berkas = forms.FileField(
        label=gettext_lazy("Berkas bukti"),
        max_length=255,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy("PDF atau foto (JPG, PNG). Disimpan tersegel; tidak tampil untuk umum."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: Any,
        *,
        places: Sequence[tuple[str, list[tuple[str, str]]]],
        chosen: str,
    ) -> None:
        super().__init__(data, files, initial={"untuk": chosen})
        self.fields["untuk"].choices = [("", _("– pilih –")), *places]  # type: ignore[attr-defined]  # ChoiceField

    def place(self) -> tuple[EvidenceFor, str]:
        """What it is for: criterion or gate, and its code."""
        about, _colon, code = str(self.cleaned_data["untuk"]).partition(":")
        return EvidenceFor(about), code


class RubricFile(forms.Form):
    """A rubric as a workbook or JSON."""

    file = forms.FileField(
        label=gettext_lazy("Berkas rubrik"),
        help_text=gettext_lazy("XLSX atau JSON. Unduh satu rubrik sebagai contoh, ubah, naikkan nomor versinya."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.json"}),
    )

    def clean_file(self) -> Any:
        """The file, when it may be one of the two and is small."""
        found = self.cleaned_data["file"]
        if not found.name.lower().endswith((".xlsx", ".json")):
            raise ValidationError(_("Pilih berkas XLSX atau JSON."))
        if found.size > 2_000_000:
            raise ValidationError(_("Berkas rubrik paling besar 2 MB."))
        return found


class PartForm(forms.Form):
    """The criteria of one part of a sheet: points and ground for each. Empty points stay open."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None, *, items: Sequence[Item], sheet: Sheet) -> None:
        super().__init__(data)
        self.items, noted = list(items), _("Bukti dan catatan")
        for at, item in enumerate(self.items):
            held = sheet.get(item.code)
            self.fields[f"nilai-{at}"] = _points_field(item)
            self.initial[f"nilai-{at}"] = _initial(item, held.points if held else None)
            self.fields[f"dasar-{at}"] = forms.CharField(
                label=noted,
                required=False,
                max_length=4000,
                widget=forms.Textarea(
                    attrs={"rows": 2, "class": "form-control", "aria-label": f"{noted}: {item.name}"}
                ),
            )
            self.initial[f"dasar-{at}"] = held.note if held else ""

    def given(self) -> dict[str, Given]:
        """What is right, by criterion; a criterion with a fault is left as it was."""
        found = {}
        for at, item in enumerate(self.items):
            if f"nilai-{at}" not in self.errors and f"dasar-{at}" not in self.errors:
                points = self.cleaned_data.get(f"nilai-{at}")
                note = str(self.cleaned_data.get(f"dasar-{at}") or "")
                found[item.code] = Given(points if isinstance(points, Decimal) else None, note)
        return found


def _initial(item: Item, points: Decimal | None) -> Any:
    if points is None or item.options:
        return "" if points is None else str(points.normalize())
    return points.normalize()


def _points_field(item: Item) -> forms.Field:
    """Radios for options, a number for a range."""
    label = f"{item.code} {item.name}"
    if item.options:
        language = formats.language()
        choices = [
            (
                str(option.points.normalize()),
                f"{formats.number(option.points)} – {(option.label_en if language == 'en' else '') or option.label}",
            )
            for option in item.options
        ]
        return _OptionField(
            label=label, coerce=Decimal, empty_value=None, choices=choices, widget=forms.RadioSelect,
            help_text=item.hint,
        )  # fmt: skip
    words = _("%(low)s sampai %(high)s") % {"low": formats.number(item.low), "high": formats.number(item.high)}
    return _PointsField(item, label=label, localize=True, help_text=f"{words}. {item.hint}".strip())


class _OptionField(forms.TypedChoiceField):
    """A choice that is needed before handing in, and may stay open until then."""

    def validate(self, value: Any) -> None:
        """Only a value that no option has is wrong."""
        if value:
            super().validate(value)


class _PointsField(forms.DecimalField):
    """A number that the criterion gives; the fault names its range and step."""

    def __init__(self, item: Item, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.item = item

    def validate(self, value: Any) -> None:
        """It is needed before handing in, and may stay open until then."""

    def clean(self, value: Any) -> Decimal | None:
        """The points; raises ValidationError outside the range or between steps."""
        points: Decimal | None = super().clean(value)
        if points is not None and not self.item.accepts(points):
            raise ValidationError(
                _("Tulis %(low)s sampai %(high)s dengan langkah %(step)s.")
                % {
                    "low": formats.number(self.item.low),
                    "high": formats.number(self.item.high),
                    "step": formats.number(self.item.step),
                }
            )
        return points
