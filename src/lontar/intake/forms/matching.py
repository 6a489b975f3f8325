"""Forms on which a person says what something means: which column is which, which village a spelling is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from lontar.engines.places import Candidate, Gazetteer
from lontar.engines.places import search as search_places
from lontar.intake.datasets import Dataset
from lontar.intake.queries import UnknownPlace

OTHER = "lain"
_MOST = 100  # spellings in one form


class MappingForm(forms.Form):
    """One choice for each column of the file, in its order: which column of the dataset it is, or none."""

    def __init__(self, *args: Any, dataset: Dataset, columns: Sequence[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = list(columns)
        choices = [("", _("– tidak dipakai –")), *((column.key, _(column.label)) for column in dataset.columns)]
        for index, column in enumerate(self.columns):
            label = _("Kolom %(letter)s “%(header)s”") % {
                "letter": column["letter"],
                "header": str(column["header"])[:60] or _("tanpa judul"),
            }
            self.fields[f"kolom-{index}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    def chosen(self) -> dict[str, str]:
        """File column name → key, of the columns that are used; of an invalid form what can be read."""
        answers = getattr(self, "cleaned_data", {})
        pairs = ((column["name"], answers.get(f"kolom-{index}")) for index, column in enumerate(self.columns))
        return {str(name): str(key) for name, key in pairs if key}

    def clean(self) -> dict[str, Any]:
        """Name every column that is matched twice, at the later one."""
        answers = super().clean() or {}
        taken: dict[str, str] = {}
        for index, column in enumerate(self.columns):
            name = f"kolom-{index}"
            key = answers.get(name)
            if key and key in taken:
                label = dict(self.fields[name].choices)[key]  # type: ignore[attr-defined]  # a ChoiceField
                self.add_error(
                    name,
                    _("“%(label)s” sudah dipakai oleh kolom %(letter)s. Pilih yang lain untuk salah satunya.")
                    % {"label": label, "letter": taken[key]},
                )
            elif key:
                taken[key] = str(column["letter"])
        return answers


class PlacesForm(forms.Form):
    """For each unknown spelling of a page: one of its candidates, another village in words, or no decision yet.

    Each spelling comes back in a hidden field (`written_words`), so that a decision never lands on another one. `suggest`
    ticks the first candidate of each, for a person to look through.
    """

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[UnknownPlace, Sequence[Candidate]]],
        gazetteer: Gazetteer,
        within: str,
        suggest: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = list(places)
        self._gazetteer, self._within = gazetteer, within
        for index, (place, candidates) in enumerate(self.places):
            choices = [(one.code, one.path_text) for one in candidates]
            self.fields[f"desa-{index}"] = forms.ChoiceField(
                label=place.written,
                initial=place.decided or (choices[0][0] if suggest and choices else ""),
                choices=[*choices, (OTHER, _("Desa lain"))],
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"lain-{index}"] = forms.CharField(
                label=_("Kode atau nama desa lain untuk “%(written)s”") % {"written": place.written},
                required=False,
                max_length=120,
            )
            self.fields[f"kata-{index}"] = forms.CharField(
                initial=place.words, max_length=300, required=False, strip=False, widget=forms.HiddenInput
            )

    @staticmethod
    def written_words(data: Mapping[str, str]) -> list[str]:
        """The spellings that a sent form speaks of, in its order."""
        return list(_numbers(data))

    @staticmethod
    def renumbered(data: Mapping[str, str], words: Sequence[str]) -> dict[str, str]:
        """What a sent form says, by the position of each spelling in `words`; spellings no longer there are dropped."""
        numbers = _numbers(data)
        return {
            f"{name}-{index}": data.get(f"{name}-{numbers[word]}", "")
            for index, word in enumerate(words)
            for name in ("desa", "lain", "kata")
        }

    def clean(self) -> dict[str, Any]:
        """Find the other villages that were named in words."""
        answers = super().clean() or {}
        self.decisions: list[tuple[str, str]] = []
        for index, (place, _candidates) in enumerate(self.places):
            code = str(answers.get(f"desa-{index}") or "")
            written = str(answers.get(f"lain-{index}") or "").strip()
            if code == OTHER or (written and not code):
                code = self._other(index, written)
            if code:
                self.decisions.append((place.words, code))
        return answers

    def _other(self, index: int, written: str) -> str:
        """The code of the one village that `written` names; else an error on the field that names the nearest."""
        if not written:
            self.add_error(f"lain-{index}", _("Tulis kode atau nama desanya."))
            return ""
        found = search_places(self._gazetteer, written, limit=5, level="village", within=self._within)
        exact = [one for one in found if one.code == written]
        if len(found) == 1 or exact:
            return (exact or found)[0].code
        names = "; ".join(f"{one.name} ({one.path_text}) {one.code}" for one in found)
        text = _("Lebih dari satu desa cocok dengan “%(text)s”: %(names)s. Tulis kodenya.")
        if not found:
            text = _("Tidak ada desa “%(text)s” di wilayah pengirim. Periksa penulisannya, atau tulis kodenya.")
        self.add_error(f"lain-{index}", text % {"text": written[:60], "names": names})
        return ""


def _numbers(data: Mapping[str, str]) -> dict[str, int]:
    """The number under which a sent form speaks of each spelling."""
    numbers = sorted(
        int(name[5:]) for name in data if name.startswith("kata-") and name[5:].isdecimal() and len(name) < 9
    )
    return {data[f"kata-{number}"]: number for number in numbers[:_MOST]}
