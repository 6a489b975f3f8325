"""Sheets, results and spread of an assessment. The scores of others are there only once the assessment is open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lontar.access.models import Post
from lontar.engines.rubrics import Rubric as Content
from lontar.engines.rubrics import Spread, spread_of, total_of
from lontar.stars.models import Assessment, Assessor, Score
from lontar.stars.sealing import scoring_as


@dataclass(frozen=True, slots=True)
class Given:
    """Points (None while open) and ground for one criterion."""

    points: Decimal | None
    note: str


Sheet = dict[str, Given]


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet that everybody of the region may read: who, its total, its points."""

    assessor: Assessor
    total: Decimal
    given: Sheet


def own_sheet(assessor: Assessor, post: Post) -> Sheet:
    """What the assessor has saved so far."""
    with scoring_as(post):
        return {row.criterion_code: Given(row.points, row.note) for row in Score.objects.filter(assessor=assessor)}


def points_of(sheet: Sheet) -> dict[str, Decimal]:
    """Criterion → points, without those still open."""
    return {code: given.points for code, given in sheet.items() if given.points is not None}


def open_sheets_of(found: Assessment, content: Content) -> list[OpenSheet]:
    """The counted sheets with their totals; empty while the assessment is sealed, whoever asks."""
    if found.revealed_at is None:
        return []
    counted = found.assessors.counted().filter(handed_in_at__isnull=False).select_related("post__agency")
    by_assessor: dict[int, Sheet] = defaultdict(dict)
    for row in Score.objects.filter(assessor__in=counted):
        by_assessor[row.assessor_id][row.criterion_code] = Given(row.points, row.note)
    return [
        OpenSheet(one, total_of(content, points_of(by_assessor[one.pk])), by_assessor[one.pk])
        for one in counted.order_by("appointed_at", "pk")
    ]


def spread_among(sheets: list[OpenSheet], content: Content) -> Spread | None:
    """How far the sheets lie apart; None with fewer than two."""
    return spread_of(content, [points_of(one.given) for one in sheets]) if len(sheets) > 1 else None


def mean_points(found: Assessment) -> Fraction | None:
    """The exact mean, once there is one."""
    if found.points_sum is None or not found.sheets:
        return None
    return Fraction(found.points_sum) / found.sheets
