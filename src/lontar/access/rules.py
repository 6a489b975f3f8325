"""What must be true of codes, periods and tokens, whoever asks. Leaves who may ask to `policies`, and changes to `actions`.

The first paragraph of each docstring is the sentence that the person reads when the rule stops them.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from lontar.access.policies import Refused

TOKEN_LONGEST = timedelta(days=366)
"""A key of a program is renewed at least once a year: a technical limit, not one of the programme."""


class TokenTooLong(Refused):
    """Masa berlaku kunci API paling lama satu tahun."""


class TokenAlreadyExpired(Refused):
    """Tanggal akhir kunci API harus sesudah hari ini."""


class TokenWithoutScope(Refused):
    """Pilih paling sedikit satu izin untuk kunci API."""


class EndsBeforeStart(Refused):
    """Tanggal berakhir tidak boleh sebelum tanggal mulai."""


class StartsTooFarAhead(Refused):
    """Tanggal mulai paling lambat hari ini; catat jabatan pada hari mulai dipegang."""


def check_token_terms(*, scopes: list[str], expires_at: datetime, at: datetime) -> None:
    """A token carries at least one scope and ends within a year of `at`."""
    if not scopes:
        raise TokenWithoutScope(_("Pilih paling sedikit satu izin untuk kunci API."))
    if expires_at <= at:
        raise TokenAlreadyExpired(_("Tanggal akhir kunci API harus sesudah hari ini."))
    if expires_at - at > TOKEN_LONGEST:
        raise TokenTooLong(_("Masa berlaku kunci API paling lama satu tahun."))


def check_period(*, start: date, end: date) -> None:
    """A holding is half-open and may be empty (taken back on the day that it began), never negative."""
    if end < start:
        raise EndsBeforeStart(_("Tanggal berakhir tidak boleh sebelum tanggal mulai."))


def check_not_ahead(*, start: date, today: date) -> None:
    """A holding that is recorded has begun: a future one would block the post for its present holder."""
    if start > today:
        raise StartsTooFarAhead(_("Tanggal mulai paling lambat hari ini; catat jabatan pada hari mulai dipegang."))
