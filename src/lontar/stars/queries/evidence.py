"""The evidence of an assessment: by criterion and gate, with who attached it and when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from lontar.audit.queries import parameter_as_at
from lontar.stars.models import Assessment, Evidence
from lontar.stars.states import EvidenceFor

MEGA = 1_000_000

Place = tuple[EvidenceFor, str]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file: for what, its caption, what it is (bytes), who attached it (agency and post) and when, or removed it."""

    pk: int
    about: EvidenceFor
    code: str
    caption: str
    media_type: str
    size: int
    sha256: str
    attached_at: datetime
    attached_by: str
    removed_at: datetime | None
    removed_by: str


def evidence_of(found: Assessment) -> list[Attached]:
    """Every file of the assessment, removed ones too, in the order in which they came."""
    rows = Evidence.objects.filter(assessment=found).select_related("post__agency", "removed_post__agency")
    return [_attached(row) for row in rows.order_by("attached_at", "pk")]


def _attached(row: Evidence) -> Attached:
    remover = row.removed_post
    return Attached(
        pk=row.pk, about=EvidenceFor(row.about), code=row.code, caption=row.caption, media_type=row.media_type,
        size=row.size, sha256=row.sha256, attached_at=row.attached_at,
        attached_by=f"{row.post.agency.short_name} – {row.post.title}", removed_at=row.removed_at,
        removed_by=f"{remover.agency.short_name} – {remover.title}" if remover else "",
    )  # fmt: skip


def standing_by_place(rows: list[Attached]) -> dict[Place, list[Attached]]:
    """What was not removed, by criterion and gate."""
    found: dict[Place, list[Attached]] = defaultdict(list)
    for row in rows:
        if row.removed_at is None:
            found[row.about, row.code].append(row)
    return found


def largest_file(day: date) -> int:
    """How large a file may be, in bytes."""
    return int(parameter_as_at("star.evidence.largest", day).number * MEGA)
