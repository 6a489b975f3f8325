"""The forms of the village's proposal, of the checks, of a cluster, of a decree and of a locus round.

The proposal's form keeps everything that was typed when the server refuses it, the uploaded minutes included: they are kept
sealed at once and come back as a signed word in a hidden field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.designation import rules
from lontar.designation.actions import Choice, Meeting
from lontar.designation.queries.advice import Advice
from lontar.designation.rules import REASON_LONGEST, REASON_SHORTEST, MinutesUnreadable
from lontar.designation.states import LocusGate, ProposalState
from lontar.engines.scans import ACCEPTED, HEAD
from lontar.intake.steps import storage
from lontar.registry.models import Commodity, Region
from lontar.selection.states import UnitKind
from lontar.ui import formats

OTHER = "lain"
SHOWN = 6
_SALT = "lontar.designation.minutes"
_HOURS_KEPT = 48


@dataclass(frozen=True, slots=True)
class KeptMinutes:
    """Minutes that the server has received and sealed already."""

    sha256: str
    media_type: str
    size: int
    name: str

    def word(self, user_id: int) -> str:
        """The signed word that the form carries for this user."""
        return signing.dumps([self.sha256, self.media_type, self.size, self.name], salt=f"{_SALT}.{user_id}")

    @classmethod
    def read(cls, word: str, user_id: int) -> KeptMinutes | None:
        """The minutes of a word made for this user within two days; None for any other."""
        try:
            found = signing.loads(word, salt=f"{_SALT}.{user_id}", max_age=_HOURS_KEPT * 3600)
        except signing.BadSignature:
            return None
        return cls(*found)


def _reason(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, min_length=REASON_SHORTEST if required else None,
        max_length=REASON_LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def _whole(label: Any, *, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=100_000, localize=True)


class ProposalForm(forms.Form):
    """What the meeting chose, why it differs, and the meeting itself. `advice` gives the candidates to choose from."""

    pilihan = forms.ChoiceField(label=gettext_lazy("Produk yang disepakati musyawarah"), widget=forms.RadioSelect)
    nama_lain = forms.CharField(
        label=gettext_lazy("Nama produk lain"), required=False, max_length=160,
        help_text=gettext_lazy("Isi hanya bila memilih “Produk lain”."),
    )  # fmt: skip
    komoditas_lain = forms.ChoiceField(label=gettext_lazy("Komoditas produk lain"), required=False)
    alasan = _reason(
        gettext_lazy("Mengapa berbeda dari peringkat"),
        gettext_lazy("Wajib bila pilihan bukan peringkat pertama. Tuliskan apa yang diketahui musyawarah."),
        required=False,
    )
    tanggal = forms.DateField(
        label=gettext_lazy("Tanggal musyawarah"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    tempat = forms.CharField(label=gettext_lazy("Tempat musyawarah"), max_length=160)
    perempuan = _whole(gettext_lazy("Peserta perempuan"))
    laki_laki = _whole(gettext_lazy("Peserta laki-laki"))
    berkas = forms.FileField(
        label=gettext_lazy("Berita acara (foto atau PDF)"), required=False, max_length=255,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy("Foto setiap halaman boleh digabung dalam satu PDF. Paling besar 10 MB."),
    )  # fmt: skip
    tersimpan = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        advice: Advice | None,
        user_id: int,
        kept: KeptMinutes | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        self._advice, self._user_id = advice, user_id
        self.kept = KeptMinutes.read(str((data or {}).get("tersimpan", "")), user_id) or kept
        self.fields["pilihan"].choices = self._choices()  # type: ignore[attr-defined]  # a ChoiceField
        found = Commodity.objects.order_by("name").values_list("pk", "name")
        self.fields["komoditas_lain"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("– tidak ada dalam daftar –")), *[(str(pk), name) for pk, name in found]
        ]  # fmt: skip

    def _choices(self) -> list[tuple[str, str]]:
        lines = self._advice.lines[:SHOWN] if self._advice else ()
        told = []
        for place, line in enumerate(lines, start=1):
            if line.score is None or not line.is_open:
                told.append((str(place - 1), _("%(name)s – tidak masuk peringkat") % {"name": line.name}))
                continue
            told.append(
                (
                    str(place - 1),
                    _("%(place)d. %(name)s – nilai %(score)s")
                    % {"place": place, "name": line.name, "score": formats.number(line.score, 2)},
                )
            )
        return [*told, (OTHER, _("Produk lain"))]

    def clean(self) -> dict[str, Any]:
        """Keep minutes that came along, and miss them only when none were ever received."""
        values: dict[str, Any] = super().clean() or {}
        sent = values.get("berkas")
        if isinstance(sent, UploadedFile):
            self._keep(sent)
        if self.kept is None and "berkas" not in self.errors:
            self.add_error("berkas", _("Unggah berita acara: foto halamannya atau PDF."))
        if values.get("pilihan") == OTHER and not values.get("nama_lain", "").strip():
            self.add_error("nama_lain", _("Tuliskan nama produk yang disepakati."))
        return values

    def _keep(self, sent: UploadedFile[bytes]) -> None:
        try:
            head = sent.read(HEAD)
            sent.seek(0)
            media_type = rules.read_minutes_type(head, sent.size or 0)
        except MinutesUnreadable as problem:
            self.add_error("berkas", problem.reason)
            return
        kept = storage.keep(sent.file)  # type: ignore[arg-type]  # an uploaded file reads bytes
        self.kept = KeptMinutes(kept.sha256, media_type, kept.size, (sent.name or "")[:80])

    @property
    def kept_word(self) -> str:
        """The signed word of the minutes received, for the hidden field; empty before."""
        return self.kept.word(self._user_id) if self.kept else ""

    @property
    def kept_told(self) -> str:
        """`foto.jpg (2,3 MB)`, empty before."""
        if self.kept is None:
            return ""
        name = self.kept.name or _("berita acara")
        return f"{name} ({formats.size(self.kept.size)})"

    def choice(self) -> Choice:
        """What was chosen."""
        values = self.cleaned_data
        if values["pilihan"] == OTHER or self._advice is None:
            commodity = values["komoditas_lain"]
            return Choice(values["nama_lain"], int(commodity) if commodity else None)
        line = self._advice.lines[int(values["pilihan"])]
        return Choice(line.name, line.commodity_id, line.product_id)

    def meeting(self) -> Meeting:
        """The meeting as told, with the kept minutes."""
        values, kept = self.cleaned_data, self.kept
        if kept is None:
            raise ValueError("ask a form that is_valid(): it refuses to be without minutes")
        return Meeting(
            day=values["tanggal"], place=values["tempat"], women=values["perempuan"], men=values["laki_laki"],
            minutes_sha256=kept.sha256, minutes_type=kept.media_type, minutes_size=kept.size,
        )  # fmt: skip


class ReasonForm(forms.Form):
    """Why a proposal goes back, is refused or withdrawn."""

    alasan = _reason(gettext_lazy("Alasan"), gettext_lazy("Tuliskan apa yang kurang dan bagaimana memperbaikinya."))


class ClusterForm(forms.Form):
    """A sentra of units around a proposal."""

    nama = forms.CharField(label=gettext_lazy("Nama sentra"), max_length=120)
    anggota = forms.MultipleChoiceField(
        label=gettext_lazy("Anggota, selain pengusul"), widget=forms.CheckboxSelectMultiple
    )
    alasan = _reason(gettext_lazy("Mengapa sentra"))

    def __init__(
        self, data: Mapping[str, Any] | None, *, members: Sequence[tuple[str, str]], initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["anggota"].choices = members  # type: ignore[attr-defined]  # a ChoiceField


class DecreeForm(forms.Form):
    """What a decree is called, and from which day it holds."""

    tentang = forms.CharField(label=gettext_lazy("Keputusan tentang"), max_length=200)
    berlaku = forms.DateField(
        label=gettext_lazy("Berlaku mulai"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    tempat = forms.CharField(label=gettext_lazy("Ditetapkan di"), max_length=60)
    mengingat = forms.CharField(
        label=gettext_lazy("Mengingat (dasar hukum)"), max_length=6000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Satu peraturan per baris."),
    )  # fmt: skip
    jadi_bawaan = forms.BooleanField(
        label=gettext_lazy("Pakai tempat dan dasar hukum ini untuk keputusan berikutnya"), required=False
    )

    def clean_mengingat(self) -> str:
        """Each regulation on a line, closed as a decree closes it."""
        try:
            return "\n".join(rules.read_recalling(self.cleaned_data["mengingat"]))
        except rules.BasisUnclear as problem:
            raise forms.ValidationError(problem.reason) from problem


class EndingForm(DecreeForm):
    """A decree that ends flagships, with one reason for all."""

    alasan = _reason(gettext_lazy("Alasan pengakhiran"))


class RoundForm(forms.Form):
    """A round of the locus selection."""

    nama = forms.CharField(label=gettext_lazy("Nama putaran"), max_length=120)
    set = forms.ChoiceField(label=gettext_lazy("Peringkat menurut set kriteria"))
    syarat = forms.MultipleChoiceField(
        label=gettext_lazy("Syarat mutlak"), choices=LocusGate.choices, widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    kuota = forms.IntegerField(label=gettext_lazy("Kuota setiap kabupaten/kota"), min_value=1, max_value=500)
    sumber = forms.CharField(label=gettext_lazy("Dasar kuota"), max_length=300)
    kuota_beda = forms.CharField(
        label=gettext_lazy("Kuota yang berbeda"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Satu kabupaten/kota per baris, misalnya: Sumba Timur = 3. Boleh kode; 0 berarti tidak ikut."),
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None, *, sets: Sequence[tuple[str, str]], initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["set"].choices = sets  # type: ignore[attr-defined]  # a ChoiceField

    def clean_kuota_beda(self) -> dict[str, int]:
        """Quotas by the code of the kabupaten/kota."""
        rows = Region.objects.regencies().filter(valid_until__isnull=True).values_list("code", "name")
        try:
            return rules.read_quotas(self.cleaned_data["kuota_beda"], dict(rows))
        except rules.QuotaUnclear as problem:
            raise forms.ValidationError(problem.reason) from problem


class ProposalFilter(forms.Form):
    """Filters of the list of proposals."""

    q = forms.CharField(label=gettext_lazy("Produk atau desa"), required=False, max_length=80)
    keadaan = forms.ChoiceField(label=gettext_lazy("Keadaan"), required=False)
    jenis = forms.ChoiceField(label=gettext_lazy("Jenis unit"), required=False)
    wilayah = forms.ChoiceField(label=gettext_lazy("Kabupaten/kota"), required=False)

    def __init__(self, data: Mapping[str, Any], *, within: str) -> None:
        super().__init__(data)
        states = [(one.value, one.label) for one in ProposalState]
        self.fields["keadaan"].choices = [("", _("Semua")), *states]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["jenis"].choices = [("", _("Semua")), *UnitKind.choices]  # type: ignore[attr-defined]  # as above
        regencies = Region.objects.regencies().within(within).order_by("code").values_list("code", "name")
        self.fields["wilayah"].choices = [("", _("Semua")), *regencies]  # type: ignore[attr-defined]  # as above
        if len(within) > 2:
            del self.fields["wilayah"]

    def value(self, name: str) -> str:
        """What is filtered by; "" for nothing, and for what the form does not offer."""
        return str(self.cleaned_data.get(name, "")) if self.is_valid() or self.cleaned_data else ""


def today_as_initial(day: date) -> str:
    """A day as the date input wants it."""
    return day.isoformat()
