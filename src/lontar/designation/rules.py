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
from lontar.engines.scans import media_type_of
from lontar.ui import formats

REASON_SHORTEST = 10
REASON_LONGEST = 2_000
MINUTES_LARGEST = 10_000_000
"""Bytes: a photographed page is 2–5 MB, a scanned set of pages below 10; more does not pass a village's signal."""
QUOTA_MOST = 500
EFFECTIVE_AHEAD = timedelta(days=366)


class ReasonTooShort(Refused):
    """A reason that the next person understands is missing."""


class MinutesUnreadable(Refused):
    """The minutes are neither PDF nor photo, empty, or too large."""


class MeetingUnclear(Refused):
    """The meeting lies ahead, or nobody came."""


class EffectiveDateUnclear(Refused):
    """The day from which a decree holds lies outside what a decree may say."""


class BasisUnclear(Refused):
    """A decree without a legal basis, or without the place where it is given."""


class QuotaUnclear(Refused):
    """A line of the quotas that differ cannot be read."""


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
    found = media_type_of(head)
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


def read_recalling(text: str) -> tuple[str, ...]:
    """The legal basis of a decree, an entry per line, each closed by a semicolon as in a decree. Raises `BasisUnclear`."""
    lines = [" ".join(line.split()).rstrip(";.") for line in text.splitlines()]
    found = tuple(f"{line};" for line in lines if line)
    if not found:
        raise BasisUnclear(_("Isi dasar hukum keputusan, satu peraturan per baris."))
    return found


# --- the locus list (DOMAIN: the strict selection that gave 44) -----------------------------------------------------------


def read_quotas(text: str, regencies: Mapping[str, str]) -> dict[str, int]:
    """Quotas that differ from the round's, by code, out of lines such as `Sumba Timur = 3` or `53.11 = 3`.

    `regencies` are the names by code. Raises `QuotaUnclear` naming the line.
    """
    known = {_plain(name): code for code, name in regencies.items()} | {code: code for code in regencies}
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        left, sign, right = line.rpartition("=")
        code, figure = known.get(_plain(left), ""), right.strip()
        if not sign or not code or not figure.isdecimal() or int(figure) > QUOTA_MOST:
            raise QuotaUnclear(
                _("Baris %(number)d (“%(line)s”): tulis nama atau kode kabupaten/kota, tanda =, lalu angka 0–%(most)d.")
                % {"number": number, "line": line.strip()[:60], "most": QUOTA_MOST}
            )
        if code in found:
            raise QuotaUnclear(_("%(name)s disebut dua kali. Sisakan satu baris.") % {"name": regencies[code]})
        found[code] = int(figure)
    return found


def _plain(name: str) -> str:
    """A name as people type it: without case, and without the word Kabupaten or Kab. (a kota keeps its word)."""
    words = name.casefold().replace(".", " ").split() if not name.strip()[:1].isdigit() else [name.strip()]
    return " ".join(words[1:] if words[:1] in (["kabupaten"], ["kab"]) else words)


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
