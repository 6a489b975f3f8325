"""Reads of the merging screens: which records may be the same enterprise, and the villages that a merge touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lontar.registry.models import Merge
from lontar.registry.queries import EnterpriseFilter
from lontar.registry.queries.enterprises import OFFICE, office_row, office_where
from lontar.registry.queries.listing import select_page
from lontar.registry.queries.merging import MergeLine, merges_into

NIB_DIGITS = 13


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the same enterprise."""

    pk: int
    name: str
    owner: str
    village: str
    nib: str


def candidates(words: str, *, of: int, within: str, limit: int = 20) -> list[Candidate]:
    """Enterprises of the region by name, NIB or the number of the record, without `of` itself."""
    words = words.strip()
    if not words:
        return []
    found: list[dict[str, Any]] = []
    if words.isdecimal() and len(words) < NIB_DIGITS:
        row = office_row(int(words))
        found = [row] if row else []
    if not found:
        is_nib = words.isdecimal() and len(words) == NIB_DIGITS
        asked = EnterpriseFilter(nib=words) if is_nib else EnterpriseFilter(text=words)
        found = select_page(OFFICE, office_where(asked, within=within), sort="village", limit=limit + 1)
    return [_candidate(row) for row in found if row["id"] != of][:limit]


def _candidate(row: dict[str, Any]) -> Candidate:
    return Candidate(row["id"], row["name"], row["owner_name"], row["village_name"], row["nib"] or "")


def merges_of(pk: int) -> list[MergeLine]:
    """What an enterprise has absorbed and still holds, newest first."""
    return [one for one in merges_into(pk) if one.undone_at is None]


def merge_named(pk: int) -> Merge | None:
    """A standing merge of enterprises."""
    return Merge.objects.standing().filter(pk=pk, kind="enterprise", part_of=None).first()
