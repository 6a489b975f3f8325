"""What a version of the readiness rules may say: its numbers, and which of them cannot stand together.

Which parts there are, and which of them have a full mark, a far end or levels, is fixed; only the numbers are data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from lontar.access.policies import Refused
from lontar.priority.states import Part

LEAST_DAYS, MOST_DAYS = 7, 366
WEEK: Final = 7


class RulesUnclear(Refused):
    """Numbers that cannot stand together, a day that is past, or no reason."""


@dataclass(frozen=True, slots=True)
class PartNumbers:
    """A part: weight (0 to 1), what closing its whole gap costs (Rp), by which day its action is due.

    `full` and `reach` (rupiah a month; kilometres) and `levels` (0 to 1) stay as they were where None.
    """

    weight: Decimal
    gap_cost: Decimal
    full: Decimal | None = None
    reach: Decimal | None = None
    levels: tuple[Decimal, ...] | None = None
    due_day: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers of the ninety days: length, last day for targets, shares of the target, weeks with evidence at least."""

    days: int
    target_days: int
    reached_share: Decimal
    partly_share: Decimal
    least_weeks: int


def level_names(part: Part) -> tuple[str, ...]:
    """What each level of a part stands for; empty for a part without levels."""
    if part is Part.MENTOR:
        return (
            _("bertugas se-provinsi"), _("bertugas se-kabupaten/kota"), _("bertugas se-kecamatan"), _("bertugas di desa"),
        )  # fmt: skip
    return (_("ada gerai di kabupaten/kota"),) if part is Part.BUYER else ()


def check_parts(parts: Mapping[Part, PartNumbers], *, days: int) -> None:
    """Every part is there, weights sum to one, marks are in order. Raises `RulesUnclear` naming part and cure."""
    if set(parts) != set(Part) or sum(one.weight for one in parts.values()) != 1:
        raise RulesUnclear(_("Jumlah bobot semua bagian harus 100."))
    for part, one in parts.items():
        problem = _fault(one, days=days)
        if problem:
            raise RulesUnclear(f"{part.label}: {problem}")


def _fault(one: PartNumbers, *, days: int) -> str:
    if one.full is not None and one.full <= 0:
        return _("nilai penuh harus lebih dari 0.")
    if one.full is not None and one.reach is not None and one.reach <= one.full:
        return _("batas nol harus lebih besar daripada batas penuh.")
    levels = one.levels or ()
    if any(not 0 <= level <= 1 for level in levels):
        return _("setiap tingkat bernilai 0 sampai 100.")
    if list(levels) != sorted(levels):
        return _("tingkat yang lebih dekat ke desa tidak boleh bernilai lebih kecil.")
    if one.due_day is not None and not 1 <= one.due_day <= days:
        return _("tindakan paling lambat hari ke-1 sampai ke-%(days)d.") % {"days": days}
    return ""


def check_terms(terms: Terms) -> None:
    """The numbers of the days are in order. Raises `RulesUnclear` with the cure."""
    if not LEAST_DAYS <= terms.days <= MOST_DAYS:
        raise RulesUnclear(_("Lama rencana %(least)d sampai %(most)d hari.") % {"least": LEAST_DAYS, "most": MOST_DAYS})
    if not 1 <= terms.target_days <= terms.days:
        raise RulesUnclear(_("Sasaran ditetapkan paling lambat pada hari ke-1 sampai hari terakhir rencana."))
    if not 0 < terms.partly_share < terms.reached_share <= 1:
        raise RulesUnclear(
            _("“Tercapai sebagian” harus lebih dari 0 dan kurang dari “tercapai”, dan “tercapai” paling banyak 100.")
        )
    if not 1 <= terms.least_weeks <= terms.days // WEEK:
        raise RulesUnclear(
            _("Minggu berbukti 1 sampai %(weeks)d, sebanyak minggu penuh dalam rencana.")
            % {"weeks": terms.days // WEEK}
        )
