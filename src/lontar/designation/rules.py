"""Rules of proposals, decrees and loci that need no other row; each refusal is the sentence that a person reads.

Limits that a decision sets (what concentration is, how many loci a kabupaten/kota has) are parameters, not constants.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from lontar.access.policies import Refused
from lontar.designation.states import LocusGate
from lontar.ui import formats

REASON_SHORTEST = 10
REASON_LONGEST = 2_000
MINUTES_LARGEST = 10_000_000
"""Bytes: a photographed page is 2–5 MB, a scanned set of pages below 10; more does not pass a village's signal."""
_MAGIC = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
EFFECTIVE_AHEAD = timedelta(days=366)


class ReasonTooShort(Refused):
    """A reason that the next person understands is missing."""


class MinutesUnreadable(Refused):
    """The minutes are neither PDF nor photo, empty, or too large."""


class MeetingUnclear(Refused):
    """The meeting lies ahead, or nobody came."""


class EffectiveDateUnclear(Refused):
    """The day from which a decree holds lies outside what a decree may say."""


def read_reason(words: str) -> str:
    """The reason without idle blanks; raises `ReasonTooShort` below ten characters."""
    reason = " ".join(words.split())
    if len(reason) < REASON_SHORTEST:
        raise ReasonTooShort(_("Tuliskan alasannya, paling sedikit %(count)d huruf.") % {"count": REASON_SHORTEST})
    return reason[:REASON_LONGEST]


def read_minutes_type(head: bytes, size: int) -> str:
    """The media type by the first bytes; raises `MinutesUnreadable`, naming what is wrong and the cure."""
    if size > MINUTES_LARGEST:
        raise MinutesUnreadable(
            _("Berkas berita acara %(size)s; paling besar %(limit)s. Foto ulang dengan mutu lebih rendah.")
            % {"size": formats.size(size), "limit": formats.size(MINUTES_LARGEST)}
        )
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
    if not found:
        raise MinutesUnreadable(_("Berita acara harus berupa PDF atau foto (JPEG, PNG). Pilih berkas yang lain."))
    return found


def check_meeting(*, day: date, women: int, men: int, today: date) -> None:
    """Musyawarah desa has been held and somebody came. Raises `MeetingUnclear`."""
    if day > today:
        raise MeetingUnclear(_("Tanggal musyawarah belum lewat. Ajukan usulan sesudah musyawarah diadakan."))
    if women < 0 or men < 0 or women + men == 0:
        raise MeetingUnclear(_("Isi jumlah peserta perempuan dan laki-laki menurut daftar hadir."))


def check_effective(day: date, *, today: date) -> None:
    """A decree holds from the day it is signed, or from a day of the coming year. Raises `EffectiveDateUnclear`."""
    if not today <= day <= today + EFFECTIVE_AHEAD:
        raise EffectiveDateUnclear(
            _("Keputusan berlaku mulai hari ini (%(today)s) atau paling lambat setahun kemudian.")
            % {"today": formats.long_date(today)}
        )


# --- the locus list (DOMAIN: the strict selection that gave 44) -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LocusFacts:
    """What gates ask of a village: a candidate that passes all hard gates, enterprises, bodies, being a locus already."""

    has_candidate: bool
    producers: int
    bodies: int
    is_locus: bool


GATES: Mapping[LocusGate, Callable[[LocusFacts], bool]] = {
    LocusGate.CANDIDATE: lambda facts: facts.has_candidate,
    LocusGate.PRODUCERS: lambda facts: facts.producers > 0,
    LocusGate.BODY: lambda facts: facts.bodies > 0,
    LocusGate.NO_LOCUS: lambda facts: not facts.is_locus,
}


def failed_gates(facts: LocusFacts, gates: list[LocusGate]) -> list[LocusGate]:
    """The gates that the village does not pass, in their order."""
    return [gate for gate in gates if not GATES[gate](facts)]
