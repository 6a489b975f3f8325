"""How a section of a record stands, what an act did to it, how a returned field moves, and the audit events of this app."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SubjectKind(TextChoices):
    """What a section is a part of."""

    ENTERPRISE = "enterprise", pgettext_lazy("satu", "Usaha")
    VILLAGE = "village", _("Desa/kelurahan")


class Standing(TextChoices):
    """How a section stands, the gravest first: a returned field outweighs a change, a change outweighs the sign-off."""

    RETURNED = "dikembalikan", _("Dikembalikan")
    CHANGED = "berubah", _("Berubah sejak disahkan")
    UNSIGNED = "belum", _("Belum disahkan")
    PREPARED = "disiapkan", _("Disiapkan")
    SIGNED = "disahkan", _("Disahkan")


class ActKind(TextChoices):
    """What an act did to many sign-offs at once."""

    SIGNED = "signed", _("Disahkan")
    WITHDRAWN = "withdrawn", _("Pengesahan ditarik")
    UNDONE = "undone", _("Diurungkan")
    RETURNED = "returned", _("Isian dikembalikan")
    CARRIED = "carried", _("Verifikasi lama diteruskan")


class ReturnState(TextChoices):
    """Where the return of a field stands: with its keeper, with the one who returned it, or ended."""

    OPEN = "open", _("Menunggu perbaikan")
    ANSWERED = "answered", _("Menunggu pemeriksaan")
    AGAIN = "again", _("Dikembalikan lagi")
    ACCEPTED = "accepted", _("Diterima")
    WITHDRAWN = "withdrawn", _("Ditarik")


TRANSITIONS: dict[ReturnState, frozenset[ReturnState]] = {
    ReturnState.OPEN: frozenset({ReturnState.ANSWERED, ReturnState.WITHDRAWN}),
    ReturnState.ANSWERED: frozenset({ReturnState.ACCEPTED, ReturnState.AGAIN, ReturnState.WITHDRAWN}),
    ReturnState.AGAIN: frozenset({ReturnState.ANSWERED, ReturnState.WITHDRAWN}),
    ReturnState.ACCEPTED: frozenset(),
    ReturnState.WITHDRAWN: frozenset(),
}
WITH_KEEPER = (ReturnState.OPEN, ReturnState.AGAIN)
LIVE = (ReturnState.OPEN, ReturnState.ANSWERED, ReturnState.AGAIN)


class AnswerKind(TextChoices):
    """What the keeper of a record says of a returned field."""

    CORRECTED = "corrected", _("Diperbaiki")
    STANDS = "stands", _("Sudah benar")


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    SIGNED = "verification.sections.signed", _("Bagian disahkan")
    WITHDRAWN = "verification.sections.withdrawn", _("Pengesahan ditarik")
    UNDONE = "verification.act.undone", _("Tindakan pengesahan diurungkan")
    RETURNED = "verification.fields.returned", _("Isian dikembalikan")
    ANSWERED = "verification.field.answered", _("Isian yang dikembalikan dijawab")
    ACCEPTED = "verification.field.accepted", _("Jawaban diterima")
    RETURNED_AGAIN = "verification.field.returned_again", _("Isian dikembalikan lagi")
    RETURN_WITHDRAWN = "verification.field.withdrawn", _("Pengembalian isian ditarik")
