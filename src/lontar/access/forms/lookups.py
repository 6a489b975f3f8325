"""Fields that take what a person writes and give the record that is meant: a person, an agency, a post, a region.

Four thousand people do not fit a list to choose from; a word that fits nobody is answered with the nearest names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lontar.access import queries
from lontar.access.models import Agency, Post, User
from lontar.engines.regions import InvalidRegionCode, normalise_code

_PLAIN = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}


def _nobody(text: str, near: Iterable[str]) -> ValidationError:
    names = "; ".join(near)
    if names:
        return ValidationError(
            _("“%(text)s” tidak ditemukan. Maksud Anda: %(names)s?") % {"text": text, "names": names}
        )
    return ValidationError(_("“%(text)s” tidak ditemukan. Periksa penulisannya.") % {"text": text})


class _LookupField(forms.CharField):
    """Text that names one record. `find` gives the record or None, `suggest` the nearest ones as text."""

    find: Callable[[str], Any]
    suggest: Callable[[str], list[str]]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
        self.widget.attrs.update(_PLAIN)

    def clean(self, value: Any) -> Any:
        """The record; None for an empty optional field."""
        text = str(super().clean(value) or "")
        if not text:
            return None
        found = self.find(text)
        if found is None:
            raise _nobody(text[:60], self.suggest(text))
        return found


class PersonField(_LookupField):
    """A person by user name or e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Nama pengguna atau alamat surel."))
        super().__init__(**kwargs)

    @staticmethod
    def find(text: str) -> User | None:
        """The person, whether the account is open or not."""
        return queries.person_named(text)

    @staticmethod
    def suggest(text: str) -> list[str]:
        """Up to five people whose names hold the text."""
        return [f"{one.username} ({one.full_name})" for one in queries.people_like(text)]


class AgencyField(_LookupField):
    """An agency by code or short name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Kode atau nama singkat instansi."))
        super().__init__(**kwargs)

    @staticmethod
    def find(text: str) -> Agency | None:
        """The agency."""
        return queries.agency_named(text)

    @staticmethod
    def suggest(text: str) -> list[str]:
        """Up to five agencies whose names hold the text."""
        return [f"{one.code} ({one.name})" for one in queries.agencies_like(text)]


class PostField(_LookupField):
    """A post by code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Kode jabatan; lihat daftar jabatan."))
        super().__init__(**kwargs)

    @staticmethod
    def find(text: str) -> Post | None:
        """The post."""
        return Post.objects.filter(code__iexact=text).select_related("agency").first()

    @staticmethod
    def suggest(text: str) -> list[str]:
        """Up to five posts whose titles hold the text."""
        return [f"{one.code} ({one.title})" for one in queries.posts_like(text)]


class RegionField(forms.CharField):
    """A Kemendagri code, in any of the ways that people write it; gives the dotted one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Kode Kemendagri, misalnya 53, 53.09 atau 53.09.01.2001."))
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        """The dotted code; refuses what is no code and, where the registry tells, a code that nobody has."""
        text = str(super().clean(value) or "")
        if not text:
            return ""
        try:
            code = normalise_code(text)
        except InvalidRegionCode as problem:
            raise ValidationError(str(problem)) from problem
        if not queries.is_known_region(code):
            raise ValidationError(_("Kode wilayah %(code)s tidak ada dalam daftar wilayah.") % {"code": code})
        return code
