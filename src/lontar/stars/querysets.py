"""Chainable reads of rubrics, assessments, assessors and stars."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from lontar.access.scope import bounds
from lontar.stars.states import UNDER_WAY, AssessmentState, RubricState

if TYPE_CHECKING:
    from lontar.access.models import Post
    from lontar.stars.models import Assessment, Assessor, Evidence, Rubric, Star
else:  # the models import these classes, so the names exist only for the type checker
    Assessment = Assessor = Evidence = Rubric = Star = models.Model


class RubricQuerySet(models.QuerySet["Rubric"]):
    """Reads of rubrics."""

    def as_at(self, day: date) -> Self:
        """In force on `day`."""
        open_end = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
        return self.filter(open_end, valid_from__lte=day).exclude(state=RubricState.DRAFT)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Reads of assessments."""

    def within(self, region_code: str) -> Self:
        """Of products of villages at or beneath `region_code`."""
        low, high = bounds(region_code)
        return self.filter(village_id__gte=low, village_id__lt=high)

    def under_way(self) -> Self:
        """Neither decided nor ended otherwise."""
        return self.filter(state__in=UNDER_WAY)

    def awaiting_assessors(self) -> Self:
        """Submitted, and nobody appointed yet."""
        return self.filter(state=AssessmentState.SUBMITTED)

    def awaiting_second_look(self) -> Self:
        """Assessors differ widely."""
        return self.filter(state=AssessmentState.SECOND_LOOK)

    def awaiting_decision(self) -> Self:
        """Scored, and the star not yet decided."""
        return self.filter(state=AssessmentState.READY)


class AssessorQuerySet(models.QuerySet["Assessor"]):
    """Reads of assessors."""

    def counted(self) -> Self:
        """Not dropped."""
        return self.filter(dropped_at__isnull=True)

    def awaiting(self, post: Post) -> Self:
        """Sheets that this post still has to hand in."""
        return self.counted().filter(post=post, handed_in_at__isnull=True, assessment__state=AssessmentState.SCORING)


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Reads of evidence."""

    def standing(self) -> Self:
        """Not removed."""
        return self.filter(removed_at__isnull=True)


class StarQuerySet(models.QuerySet["Star"]):
    """Reads of stars; a day belongs to a star from `valid_from` on and no longer on `valid_until`."""

    def as_at(self, day: date) -> Self:
        """In force on `day`."""
        not_ended = Q(ended_date__isnull=True) | Q(ended_date__gt=day)
        return self.filter(not_ended, valid_from__lte=day, valid_until__gt=day)

    def expiring(self, day: date, *, within: int) -> Self:
        """In force on `day` and over within that many days."""
        return self.as_at(day).filter(ended_date__isnull=True, valid_until__lte=day + timedelta(days=within))

    def lapsed(self, day: date) -> Self:
        """Over by `day` and neither renewed nor withdrawn."""
        return self.filter(ended_date__isnull=True, valid_until__lte=day)

    def within(self, region_code: str) -> Self:
        """Of products of villages at or beneath `region_code`."""
        low, high = bounds(region_code)
        return self.filter(village_id__gte=low, village_id__lt=high)
