"""What a village's public page says of the candidates for its flagship: who stands, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lontar.selection.queries import PublicCandidates
from lontar.ui import formats


@dataclass(frozen=True, slots=True)
class Candidates:
    """Lines of candidates in order, and where they come from."""

    lines: list[tuple[str, str]]
    source: str


def candidates(found: PublicCandidates | None) -> Candidates | None:
    """The first candidates in words; None where none is ranked."""
    if found is None:
        return None
    lines = [
        (one.label, _("pertama pada %(n)s dari 100 hitungan") % {"n": formats.number(round(100 * one.first_share))})
        for one in found.candidates
    ]
    words = {"number": found.set_version, "day": formats.long_date(found.day)}
    return Candidates(lines, _("Hitungan Lontar menurut ukuran wilayah versi %(number)s, keadaan %(day)s.") % words)
