"""A unit is a village, a school or a community, exactly, and the database names it in one word."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.selection.factories import (
    VILLAGE,
    make_community,
    make_ranking,
    make_run,
    make_school,
    make_set,
    make_version,
)

from lontar.access import scope
from lontar.selection.models import CandidateRun, Ranking


@pytest.fixture
def run(db: None) -> CandidateRun:
    scope.enter("53")
    return make_run(make_version(make_set("wilayah")))


def key_of(row: Ranking) -> str:
    return str(Ranking.objects.values_list("unit_key", flat=True).get(pk=row.pk))


def test_the_key_of_a_unit_names_its_kind_and_what_it_is(run: CandidateRun) -> None:
    school, community = make_school(), make_community()

    village_row = make_ranking(run)
    school_row = make_ranking(run, kind="school", school=school)
    community_row = make_ranking(run, kind="community", community=community)

    assert key_of(village_row) == f"village:{VILLAGE}"
    assert key_of(school_row) == f"school:{school.pk}"
    assert key_of(community_row) == f"community:{community.pk}"


@pytest.mark.parametrize(
    ("kind", "has_school", "has_community"),
    [("village", True, False), ("village", False, True), ("school", False, False), ("school", True, True),
     ("community", False, False), ("community", True, True), ("shop", False, False)],
)  # fmt: skip
def test_a_unit_that_is_two_things_or_none_is_refused(
    run: CandidateRun, kind: str, has_school: bool, has_community: bool
) -> None:
    parts = {"school": make_school() if has_school else None, "community": make_community() if has_community else None}

    with pytest.raises(IntegrityError, match="selection_ranking_unit"), transaction.atomic():
        make_ranking(run, kind=kind, **parts)

    assert Ranking.objects.count() == 0


def test_a_unit_is_ranked_once_in_a_run(run: CandidateRun) -> None:
    make_ranking(run)

    with pytest.raises(IntegrityError, match="selection_unit_once_a_run"), transaction.atomic():
        make_ranking(run)

    assert Ranking.objects.count() == 1
