"""States of periods, returns and returned values, kinds of makers, ways in, and the audit events of this app."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PeriodKind(TextChoices):
    """Returns belong to months; figures to quarters."""

    MONTH = "month", _("Bulan")
    QUARTER = "quarter", _("Triwulan")


class PeriodState(TextChoices):
    """A period takes returns, takes late ones or is open again, is closed for good, and its figures are published."""

    OPEN = "open", pgettext_lazy("masa lapor", "Terbuka")
    GRACE = "grace", pgettext_lazy("masa lapor", "Masa tenggang")
    CLOSED = "closed", pgettext_lazy("masa lapor", "Ditutup")
    PUBLISHED = "published", pgettext_lazy("masa lapor", "Diterbitkan")


PERIOD_TRANSITIONS: dict[PeriodState, frozenset[PeriodState]] = {
    PeriodState.OPEN: frozenset({PeriodState.GRACE, PeriodState.CLOSED}),
    PeriodState.GRACE: frozenset({PeriodState.OPEN, PeriodState.CLOSED}),
    PeriodState.CLOSED: frozenset({PeriodState.PUBLISHED}),
    PeriodState.PUBLISHED: frozenset(),
}
TAKING = (PeriodState.OPEN, PeriodState.GRACE)
"""Periods that take returns; the database refuses them in all others."""


class Maker(TextChoices):
    """What kind of record of the registry a producer is."""

    ENTERPRISE = "enterprise", _("Usaha")
    ORGANIZATION = "organization", _("Kelompok atau komunitas")
    SCHOOL = "school", _("Sekolah")


class Pillar(TextChoices):
    """The kind of unit that a producer is counted for; none for the comparison group."""

    VILLAGE = "village", _("OVOP (desa)")
    SCHOOL = "school", _("OSOP (sekolah)")
    COMMUNITY = "community", _("OCOP (komunitas)")


class ReturnState(TextChoices):
    """A return is drafted, submitted, verified by the regency, accepted by the province, and locked with its month.

    Locked is never written: what was accepted is locked for as long as its month takes no returns (`queries.standing`).
    """

    DRAFT = "draft", pgettext_lazy("laporan", "Rancangan")
    SUBMITTED = "submitted", pgettext_lazy("laporan", "Dikirim")
    VERIFIED = "verified", pgettext_lazy("laporan", "Diverifikasi kabupaten/kota")
    ACCEPTED = "accepted", pgettext_lazy("laporan", "Diterima provinsi")
    LOCKED = "locked", pgettext_lazy("laporan", "Terkunci")


TRANSITIONS: dict[ReturnState, frozenset[ReturnState]] = {
    ReturnState.DRAFT: frozenset({ReturnState.SUBMITTED}),
    ReturnState.SUBMITTED: frozenset({ReturnState.VERIFIED}),
    ReturnState.VERIFIED: frozenset({ReturnState.ACCEPTED}),
    ReturnState.ACCEPTED: frozenset({ReturnState.LOCKED}),
    ReturnState.LOCKED: frozenset(),
}
WRITTEN = (ReturnState.DRAFT, ReturnState.SUBMITTED, ReturnState.VERIFIED, ReturnState.ACCEPTED)
ANSWERED = (ReturnState.SUBMITTED, ReturnState.VERIFIED, ReturnState.ACCEPTED)
WRITABLE = (ReturnState.DRAFT, ReturnState.SUBMITTED)
"""Returns that who reports may still send anew; afterwards only a returned value is corrected."""


class ReturnedState(TextChoices):
    """A value is returned with a reason, corrected by who reports, and settled by who returned it, or returned again."""

    OPEN = "open", pgettext_lazy("nilai", "Menunggu perbaikan")
    CORRECTED = "corrected", pgettext_lazy("nilai", "Menunggu peninjauan")
    SETTLED = "settled", pgettext_lazy("nilai", "Selesai")


RETURNED_TRANSITIONS: dict[ReturnedState, frozenset[ReturnedState]] = {
    ReturnedState.OPEN: frozenset({ReturnedState.CORRECTED, ReturnedState.SETTLED}),
    ReturnedState.CORRECTED: frozenset({ReturnedState.SETTLED, ReturnedState.OPEN}),
    ReturnedState.SETTLED: frozenset(),
}


class Channel(TextChoices):
    """By which way a return came."""

    FORM = "form", _("Formulir petugas")
    LINK = "link", _("Tautan pribadi")
    GRID = "grid", _("Tabel pendamping")
    WORKBOOK = "workbook", _("Buku kerja")
    API = "api", _("API")
    BULK = "bulk", _("Pemuatan massal")


ASKED_AT_ONCE = (Channel.FORM, Channel.LINK, Channel.GRID)
"""Ways in where a person sits: a flagged value is justified before the return is sent, elsewhere before it is verified."""


class Act(TextChoices):
    """The audit events of this app: stable names, and the words in which a history tells them."""

    PERIOD_OPENED = "returns.period.opened", _("Masa lapor dibuka")
    PERIOD_MOVED = "returns.period.moved", _("Masa lapor berubah keadaan")
    PRODUCERS_ENROLLED = "returns.producers.enrolled", _("Produsen didaftarkan untuk melapor")
    PRODUCER_ENDED = "returns.producer.ended", _("Produsen berhenti melapor")
    RECEIVED = "returns.return.received", _("Laporan bulanan diterima")
    VERIFIED = "returns.return.verified", _("Laporan bulanan diverifikasi")
    ACCEPTED = "returns.return.accepted", _("Laporan bulanan diterima provinsi")
    RESTATED = "returns.return.restated", _("Laporan bulan yang ditutup diperbaiki")
    LOADED = "returns.return.loaded", _("Laporan bulanan dimuat")
    VALUE_RETURNED = "returns.value.returned", _("Satu nilai laporan dikembalikan")
    VALUE_CORRECTED = "returns.value.corrected", _("Nilai laporan diperbaiki")
    VALUE_SETTLED = "returns.value.settled", _("Perbaikan nilai diterima")
    VALUE_AGAIN = "returns.value.again", _("Nilai laporan dikembalikan lagi")
    LINK_GIVEN = "returns.link.given", _("Tautan lapor pribadi dibuat")
    LINK_REVOKED = "returns.link.revoked", _("Tautan lapor pribadi dicabut")
