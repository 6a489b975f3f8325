"""The form that sends a file, and the filters of the history and of the findings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.access.forms import AgencyField
from lontar.intake.datasets import DATASETS
from lontar.intake.queries.showing import REST
from lontar.intake.states import BatchState, Severity
from lontar.ui import formats

ENDINGS = ".xlsx,.xls,.ods,.csv,.tsv,.txt,.xlsm"


class UploadForm(forms.Form):
    """A file and what its rows are. `is_too_large`: the upload handler threw the file away because of its size."""

    jenis = forms.ChoiceField(
        label=gettext_lazy("Isi berkas"),
        widget=forms.RadioSelect,
        choices=[(dataset.key, gettext_lazy(dataset.title)) for dataset in DATASETS.values()],
        error_messages={"required": gettext_lazy("Pilih apa isi berkas Anda.")},
    )
    berkas = forms.FileField(
        label=gettext_lazy("Berkas"),
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        help_text=gettext_lazy("Excel (.xlsx, .xls), ODS, atau CSV."),
        max_length=255,
        error_messages={
            "required": gettext_lazy("Pilih berkas yang akan dikirim."),
            "empty": gettext_lazy("Berkas ini kosong (0 bita). Periksa apakah berkas tersimpan, lalu pilih lagi."),
            "max_length": gettext_lazy("Nama berkas terlalu panjang. Singkat namanya, lalu kirim lagi."),
        },
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_too_large:
            self.fields["berkas"].error_messages["required"] = _(
                "Berkas lebih besar dari %(limit)s dan tidak diterima. Bagi menjadi beberapa berkas, lalu kirim satu per satu."
            ) % {"limit": formats.size(settings.UPLOAD_LIMIT)}


class HistoryFilter(forms.Form):
    """Filters of the history of batches."""

    jenis = forms.ChoiceField(label=gettext_lazy("Isi"), required=False)
    instansi = AgencyField(label=gettext_lazy("Instansi"), required=False, help_text="")
    keadaan = forms.ChoiceField(label=gettext_lazy("Keadaan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        datasets = [(dataset.key, _(dataset.title)) for dataset in DATASETS.values()]
        states = [(state.value, state.label) for state in BatchState]
        self.fields["jenis"].choices = [("", _("Semua")), *datasets]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["keadaan"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("Semua")),
            (REST, _("Selesai, ada baris yang menunggu")),
            *states,
        ]


class FindingFilter(forms.Form):
    """Filters of the findings of one batch; the rule arrives in the address, by links from its page."""

    derajat = forms.ChoiceField(label=gettext_lazy("Derajat"), required=False)
    isian = forms.ChoiceField(label=gettext_lazy("Kolom"), required=False)

    def __init__(self, *args: Any, fields: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        severities = [(one.value, one.label) for one in Severity]
        self.fields["derajat"].choices = [("", _("Semua")), *severities]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["isian"].choices = [("", _("Semua")), *fields]  # type: ignore[attr-defined]  # a ChoiceField
