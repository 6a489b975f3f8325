"""The parts of readiness as intervals from 0 to 1: what is missing is unknown, from the least to the most it can be, never 0.

Each rule takes facts that were read for all units at once (`queries.facts`) and gives its interval with the facts that it
was made of; `said` puts them into words only where somebody reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from lontar.priority.states import Part
from lontar.registry.states import FacilityKind, LicenceKind
from lontar.ui import formats

FACILITIES: Final = (FacilityKind.ROAD, FacilityKind.MARKET, FacilityKind.PORT, FacilityKind.SIGNAL)
# A licence that also does for another: industrial food has MD, home-made food PIRT.
STANDS_FOR: Final = {"md": "pirt"}


@dataclass(frozen=True, slots=True)
class Value:
    """A part's interval, a key for its sentence, and the figures in it."""

    low: float
    high: float
    said: str
    facts: tuple[object, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether nothing of it is unknown."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Good:
    """One product: worth of a month's capacity in rupiah (None: not stated) and kinds of licence held on the day."""

    name: str
    category: str
    worth: float | None
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Weighing:
    """A part's rule: weight, what is full, what is none, levels, the cost of closing the whole gap."""

    part: Part
    weight: float
    full: float = 0.0
    reach: float = 0.0
    levels: tuple[float, ...] = ()
    gap_cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Site:
    """What a village offers: straight kilometres to the seat of its kabupaten, facilities recorded, mentor's level, outlet."""

    distance_km: float | None = None
    facilities: Mapping[str, int] = field(default_factory=dict)
    mentor_level: int | None = None
    has_outlet: bool = False


UNKNOWN: Final = Value(0.0, 1.0, "unknown")


def legality(goods: Iterable[Good], needs: frozenset[str], *, makers: int, with_nib: int, is_listed: bool) -> Value:
    """The share of the licences needed that the best product holds.

    `is_listed`: lists of licences were received for the kabupaten/kota, so that a licence not found is not there. Without a
    recorded product only the NIB of the makers is known.
    """
    if not needs:
        return Value(1.0, 1.0, "no_need")
    best = max((_held(one.kinds) & needs for one in goods), key=lambda held: (len(held), sorted(held)), default=None)
    if best is None:
        if not makers:
            return UNKNOWN
        low = 1 / len(needs) if with_nib and "nib" in needs else 0.0
        return Value(low, 1.0, "nib_only", (with_nib, makers))
    low = len(best) / len(needs)
    lacking = tuple(sorted(needs - best))
    return Value(low, low if is_listed else 1.0, "licences", (tuple(sorted(best)), lacking, is_listed))


def _held(kinds: frozenset[str]) -> frozenset[str]:
    return kinds | {STANDS_FOR[one] for one in kinds if one in STANDS_FOR}


def capacity(goods: Iterable[Good], full: float) -> Value:
    """A month's capacity at its price against the full one; products that do not state theirs leave it open upwards."""
    found = list(goods)
    known = [one.worth for one in found if one.worth is not None]
    if not known or full <= 0:
        return UNKNOWN
    low = min(sum(known) / full, 1.0)
    silent = len(found) - len(known)
    return Value(low, 1.0 if silent else low, "capacity", (round(sum(known)), round(full), len(known), silent))


def material(share: float, months: frozenset[int], *, is_recorded: bool, production: float | None) -> Value:
    """The share of the plan's days within the harvest; a recorded failure is none, a season by catalogue only is uncertain."""
    if not months:
        return UNKNOWN
    if is_recorded and production == 0:
        return Value(0.0, 0.0, "failed")
    said = tuple(sorted(months))
    if is_recorded:
        return Value(share, share, "season", said)
    return Value(0.0, share, "catalogue", said)


def mentor(site: Site, levels: tuple[float, ...]) -> Value:
    """A mentor in office, by how near the region in charge is (0 province … 3 village)."""
    if site.mentor_level is None or site.mentor_level >= len(levels):
        return Value(0.0, 0.0, "no_mentor")
    value = levels[site.mentor_level]
    return Value(value, value, "mentor", (site.mentor_level,))


def buyer(site: Site, levels: tuple[float, ...]) -> Value:
    """An outlet of the programme in the kabupaten/kota is the least; orders are known only when they are stated."""
    low = levels[0] if site.has_outlet and levels else 0.0
    return Value(low, 1.0, "outlet" if site.has_outlet else "no_outlet")


def finance(site: Site) -> Value:
    """A bank or its agent in the village."""
    number = site.facilities.get(FacilityKind.BANK)
    if number is None:
        return UNKNOWN
    value = 1.0 if number else 0.0
    return Value(value, value, "bank", (number,))


def access(site: Site, *, full: float, reach: float) -> Value:
    """Half the way to the seat of the kabupaten (straight), half the facilities for selling that the village has."""
    low = high = 0.0
    if site.distance_km is None or reach <= full:
        high += 0.5
    else:
        near = min(max((reach - site.distance_km) / (reach - full), 0.0), 1.0)
        low, high = near / 2, near / 2
    there = sum(site.facilities.get(kind, 0) > 0 for kind in FACILITIES)
    silent = sum(kind not in site.facilities for kind in FACILITIES)
    low += there / len(FACILITIES) / 2
    high += (there + silent) / len(FACILITIES) / 2
    km = None if site.distance_km is None else round(site.distance_km)
    return Value(low, min(high, 1.0), "access", (km, there, len(FACILITIES) - silent))


def index(values: Mapping[Part, Value], rules: Iterable[Weighing]) -> tuple[float, float, float]:
    """Least and most of the whole, and the cost of closing what is lacking in the middle, in rupiah."""
    low = high = cost = 0.0
    for rule in rules:
        value = values[rule.part]
        low += rule.weight * value.low
        high += rule.weight * value.high
        cost += rule.gap_cost * (1 - (value.low + value.high) / 2)
    return min(low, 1.0), min(high, 1.0), cost


# --- in words ---------------------------------------------------------------------------------------------------------


def words(value: Value) -> str:
    """What the part was computed from, in one sentence."""
    return _SENTENCES[value.said](*value.facts)


def _licences(held: tuple[str, ...], lacking: tuple[str, ...], is_listed: bool) -> str:
    has = ", ".join(_kind(one) for one in held) or _("belum ada")
    if not lacking:
        return _("Lengkap: %(held)s.") % {"held": has}
    tail = "" if is_listed else " " + _("Daftar izin kabupaten ini belum diterima.")
    return (
        _("Ada: %(held)s; belum: %(lacking)s.")
        % {
            "held": has,
            "lacking": ", ".join(_kind(one) for one in lacking),
        }
        + tail
    )


def _kind(key: str) -> str:
    return str(LicenceKind(key).label)


def _capacity(worth: int, full: int, known: int, silent: int) -> str:
    text = _("%(worth)s sebulan dari %(known)s produk; penuh pada %(full)s.") % {
        "worth": formats.rupiah_short(worth),
        "known": formats.number(known),
        "full": formats.rupiah_short(full),
    }
    more = _("%(silent)s produk belum menyebut kapasitas.") % {"silent": formats.number(silent)}
    return f"{text} {more}" if silent else text


def _access(km: int | None, there: int, recorded: int) -> str:
    way = _("jarak belum diketahui") if km is None else _("%(km)s km lurus dari pusat kabupaten") % {"km": km}
    return _("%(way)s; %(there)s dari %(recorded)s sarana yang tercatat (jalan, pasar, dermaga, sinyal).") % {
        "way": way.capitalize(),
        "there": there,
        "recorded": recorded,
    }


def _mentor(level: int) -> str:
    told = (_("provinsi"), _("kabupaten/kota"), _("kecamatan"), _("desa"))
    return _("Ada pendamping bertugas di tingkat %(level)s.") % {"level": told[level]}


_SENTENCES: Mapping[str, Callable[..., str]] = {
    "unknown": lambda: _("Belum ada data; bisa berapa saja."),
    "no_need": lambda: _("Tidak memerlukan izin."),
    "nib_only": lambda nib, makers: (
        _("Produk belum tercatat; %(nib)s dari %(makers)s pelaku usaha ber-NIB.") % {"nib": nib, "makers": makers}
    ),
    "licences": _licences,
    "capacity": _capacity,
    "failed": lambda: _("Produksi tahun terakhir tercatat nol."),
    "season": lambda *months: _("Panen menurut data desa: %(months)s.") % {"months": formats.months(months)},
    "catalogue": lambda *months: (
        _("Belum tercatat di desa; musim menurut katalog: %(months)s.") % {"months": formats.months(months)}
    ),
    "no_mentor": lambda: _("Belum ada pendamping yang bertugas."),
    "mentor": _mentor,
    "outlet": lambda: _("Ada gerai NTT Mart di kabupaten ini; pesanan tertulis belum dinyatakan."),
    "no_outlet": lambda: _("Belum ada gerai dan belum ada pesanan tertulis."),
    "bank": lambda number: _("Bank atau agen bank di desa: %(number)s.") % {"number": number},
    "access": _access,
    "stated": lambda text, source, day: (
        _("%(text)s (%(source)s, %(day)s)") % {"text": text, "source": source, "day": formats.long_date(day)}
    ),
}
