"""Forms of the screens of access: agencies, posts, people, tokens, and the filters of their lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lontar.access.forms.lookups import AgencyField, PersonField, PostField, RegionField
from lontar.access.models import Post
from lontar.access.states import AgencyKind, Role, TokenScope

_EVERY = [("", _("Semua"))]
_SLUG_HINT = _("Huruf kecil, angka dan tanda hubung. Kosongkan agar dibuat otomatis.")


class AgencyListFilter(forms.Form):
    """Filters of the list of agencies."""

    q = forms.CharField(label=_("Nama atau kode"), required=False, max_length=80)
    bidang = forms.ChoiceField(label=_("Bidang"), required=False, choices=[*_EVERY, *AgencyKind.choices])


class PostListFilter(forms.Form):
    """Filters of the list of posts."""

    q = forms.CharField(label=_("Jabatan, instansi, atau pemegang"), required=False, max_length=80)
    peran = forms.ChoiceField(label=_("Peran"), required=False, choices=[*_EVERY, *Role.choices])
    wilayah = RegionField(label=_("Wilayah"), required=False, help_text="")
    kosong = forms.BooleanField(label=_("Hanya yang kosong"), required=False)


class PeopleFilter(forms.Form):
    """Filters of the list of people."""

    q = forms.CharField(label=_("Nama, nama pengguna, atau surel"), required=False, max_length=80)
    tanpa = forms.BooleanField(label=_("Hanya yang tanpa jabatan"), required=False)


class AgencyChangeForm(forms.Form):
    """Everything of an agency but its code."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=160)
    short_name = forms.CharField(label=_("Nama singkat"), max_length=60)
    kind = forms.ChoiceField(label=_("Bidang"), choices=AgencyKind.choices)
    region_code = RegionField(label=_("Wilayah"))
    is_active = forms.BooleanField(
        label=_("Aktif"), required=False, help_text=_("Jabatan pada instansi yang tidak aktif tidak dapat bekerja.")
    )


class AgencyForm(AgencyChangeForm):
    """A new agency."""

    code = forms.SlugField(label=_("Kode"), max_length=40, help_text=_("Huruf kecil, angka dan tanda hubung; tetap."))
    field_order = ("code", "name", "short_name", "kind", "region_code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_active"]


class PostForm(forms.Form):
    """A new post."""

    title = forms.CharField(label=_("Nama jabatan"), max_length=160)
    agency = AgencyField(label=_("Instansi"))
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices)
    region_code = RegionField(label=_("Wilayah tugas"))
    code = forms.SlugField(label=_("Kode"), max_length=60, required=False, help_text=_SLUG_HINT)

    def __init__(self, *args: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [pair for pair in Role.choices if pair[0] in roles]  # type: ignore[attr-defined]


class PostChangeForm(forms.Form):
    """What may change of a post."""

    title = forms.CharField(label=_("Nama jabatan"), max_length=160)
    is_active = forms.BooleanField(label=_("Aktif"), required=False)


class GiveForm(forms.Form):
    """Who gets a vacant post, from when, by which decree."""

    person = PersonField(label=_("Orang"))
    start = forms.DateField(label=_("Mulai"), widget=forms.DateInput)
    decree = forms.CharField(label=_("Nomor keputusan"), max_length=120, required=False)


class HandoverForm(forms.Form):
    """Who takes over, by which decree, and what the next holder must know."""

    person = PersonField(label=_("Pemegang berikutnya"))
    decree = forms.CharField(label=_("Nomor keputusan"), max_length=120, required=False)
    note = forms.CharField(
        label=_("Catatan serah terima"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Yang perlu diketahui pemegang berikutnya. Jangan menulis data pribadi."),
    )


class UserForm(forms.Form):
    """A new account, and the post that its person gets at once."""

    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Huruf kecil dan titik, misalnya maria.goreti."),
    )
    full_name = forms.CharField(label=_("Nama lengkap"), max_length=120)
    email = forms.EmailField(
        label=_("Alamat surel"),
        required=False,
        help_text=_("Tautan untuk membuat kata sandi dikirim ke sini. Tanpa surel, tautan ditampilkan satu kali."),
    )
    post = PostField(label=_("Jabatan yang langsung dipegang"), required=False)

    def __init__(self, *args: Any, needs_post: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].required = needs_post


class UserChangeForm(forms.Form):
    """Name and address of an account."""

    full_name = forms.CharField(label=_("Nama lengkap"), max_length=120)
    email = forms.EmailField(label=_("Alamat surel"), required=False)


class ChoosePostForm(forms.Form):
    """Which of one's own posts to act as."""

    post = forms.TypedChoiceField(label=_("Bertugas sebagai"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [(one.pk, f"{one.title} – {one.agency}") for one in posts]  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """A new key for a program."""

    name = forms.CharField(
        label=_("Nama"), max_length=80, help_text=_("Program yang memakainya, misalnya: aplikasi stok.")
    )
    scopes = forms.MultipleChoiceField(
        label=pgettext_lazy("kunci API", "Izin"),
        choices=TokenScope.choices,
        initial=[TokenScope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    expires = forms.DateField(label=_("Berlaku sampai"), widget=forms.DateInput, help_text=_("Paling lama satu tahun."))
