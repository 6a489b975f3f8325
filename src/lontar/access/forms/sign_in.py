"""Forms of sign-in, in our own words and without placeholders that vanish while one types. Leaves checks to allauth."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lontar.access.adapter import count_failure, is_locked

PASSWORD_HINT = _(
    "Paling sedikit 10 karakter, bukan kata sandi yang umum, bukan angka saja, dan tidak mirip nama Anda."
)


def _say(form: forms.BaseForm, name: str, label: Any, hint: Any = "", **attrs: str) -> None:
    field = form.fields.get(name)
    if field is None:
        return
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class LoginForm(account.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """User name or e-mail address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quiet = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "username webauthn"}
        _say(self, "login", _("Nama pengguna atau surel"), **quiet)
        _say(self, "password", _("Kata sandi"), autocomplete="current-password")


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]  # as above
    """The address that the link goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "email", _("Alamat surel akun Anda"), inputmode="email")


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):  # type: ignore[misc]  # as above
    """A new password, twice, behind the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password1", _("Kata sandi baru"), PASSWORD_HINT)
        _say(self, "password2", _("Ulangi kata sandi baru"))


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]  # as above
    """The present password and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", _("Kata sandi sekarang"))
        _say(self, "password1", _("Kata sandi baru"), PASSWORD_HINT)
        _say(self, "password2", _("Ulangi kata sandi baru"))


class SetPasswordForm(account.SetPasswordForm):  # type: ignore[misc]  # as above
    """A first password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password1", _("Kata sandi baru"), PASSWORD_HINT)
        _say(self, "password2", _("Ulangi kata sandi baru"))


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]  # as above
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", _("Kata sandi Anda"))


class _CodeForm(forms.Form):
    """What both code forms share: the label, and failures that count towards the lock."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("Enam angka dari aplikasi autentikator, atau satu kode pemulihan.")
        _say(self, "code", _("Kode"), hint, inputmode="numeric", autocomplete="one-time-code")

    def clean_code(self) -> str:
        """The code when it is right; a wrong one counts like a wrong password, a locked account is not tried."""
        if is_locked(self.user):
            count_failure(self.user)
            raise ValidationError(_("Akun terkunci sementara."))
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # the second parent's, an allauth form
        except ValidationError:
            count_failure(self.user)
            raise
        return code


class AuthenticateForm(_CodeForm, mfa.AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The second factor at sign-in."""


class ReauthenticateCodeForm(_CodeForm, mfa.ReauthenticateForm):  # type: ignore[misc]  # as above
    """The second factor once more."""


class ActivateTOTPForm(totp.ActivateTOTPForm):  # type: ignore[misc]  # as above
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("Enam angka yang sekarang tampil di aplikasi.")
        _say(self, "code", _("Kode dari aplikasi"), hint, inputmode="numeric", autocomplete="one-time-code")


class AddWebAuthnForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]  # as above
    """A new passkey with a name to know it by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", _("Nama"), _("Misalnya: ponsel kantor."))
        hint = _(
            "Perangkat akan meminta sidik jari, wajah, atau PIN; nama pengguna dan kata sandi tidak perlu diketik."
        )
        _say(self, "passwordless", _("Untuk masuk tanpa kata sandi"), hint)


class EditWebAuthnForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]  # as above
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", _("Nama"))
