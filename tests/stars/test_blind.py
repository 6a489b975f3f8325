"""Nobody sees another's scores before all are handed in: neither by a query, nor by SQL, nor on a page, nor in the history."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import connection
from tests.factories import MORNING, Member
from tests.stars.world import Scene, fill, hand_in, make_score, sheet_of

from lontar.access import scope
from lontar.stars import actions
from lontar.stars.models import Score
from lontar.stars.queries.assessing import Given, open_sheets_of, own_sheet
from lontar.stars.sealing import scoring_as
from lontar.stars.states import AssessmentState


def seen(table: str = "stars_score") -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        row = cursor.fetchone()
    return int(row[0]) if row else -1


def test_while_others_score_the_database_shows_nobody_a_score(scene: Scene) -> None:
    hand_in(scene, 0, missing=5)
    fill(scene, 1, missing=40)

    assert (seen(), seen("stars_scoreevent")) == (0, 0)
    assert open_sheets_of(scene.found, scene.content) == []


def test_an_assessor_sees_the_own_sheet_and_no_other(scene: Scene) -> None:
    first = hand_in(scene, 0, missing=5) and sheet_of(scene.found, scene.assessors[0])
    second = fill(scene, 1, missing=40)

    with scoring_as(scene.assessors[1].held):
        assert set(Score.objects.values_list("assessor_id", flat=True)) == {second.pk}
        assert seen() == 22
    assert len(own_sheet(second, scene.assessors[1].held)) == 22
    assert own_sheet(first, scene.assessors[1].held) == {}
    assert seen() == 0, "the seal closes behind the block"


def test_nobody_writes_into_the_sheet_of_another(scene: Scene) -> None:
    sheet = sheet_of(scene.found, scene.assessors[0])
    other = scene.assessors[1]

    with pytest.raises(Exception, match="Lembar nilai ini milik Penilai Satu"):
        actions.save_scores(
            assessor_id=sheet.pk, given={"B.1": Given(Decimal(1), "")}, by=other.user, post=other.held, at=MORNING
        )
    with pytest.raises(Exception, match="row-level security"), scoring_as(other.held):
        make_score(sheet)
    with scoring_as(scene.assessors[0].held):
        assert seen() == 0


def test_the_last_sheet_opens_all(scene: Scene) -> None:
    hand_in(scene, 0, missing=5)

    found = hand_in(scene, 1, missing=10)

    assert (found.state, found.points_sum, found.sheets) == (AssessmentState.READY, Decimal(185), 2)
    assert seen() == 44
    assert [sheet.total for sheet in open_sheets_of(found, scene.content)] == [95, 90]


def test_open_scores_stay_within_the_region(scene: Scene) -> None:
    hand_in(scene, 0, missing=5)
    hand_in(scene, 1, missing=10)

    scope.enter("53.10")

    assert (seen(), seen("stars_assessment"), seen("stars_assessor"), seen("stars_scoreevent")) == (0, 0, 0, 0)


def test_a_third_assessor_scores_blind_again(scene: Scene) -> None:
    hand_in(scene, 0, missing=5)
    assert hand_in(scene, 1, missing=40).state == AssessmentState.SECOND_LOOK

    actions.appoint_assessor(
        assessment_id=scene.found.pk, assessor=scene.assessors[2].held, by=scene.officer.user, post=scene.officer.held,
        at=MORNING,
    )  # fmt: skip
    scene.found.refresh_from_db()

    assert (scene.found.state, scene.found.revealed_at, scene.found.points_sum) == (AssessmentState.SCORING, None, None)
    assert seen() == 0
    assert hand_in(scene, 2, missing=10).sheets == 3


def test_a_page_shows_no_total_before_all_are_in(scene: Scene) -> None:
    hand_in(scene, 0, missing=7)
    url = f"/kantor/bintang/{scene.found.pk}/"

    for member in (scene.officer, scene.regency, scene.assessors[0], scene.assessors[1]):
        text = member.client().get(url).content.decode()
        assert "Nilai masih tertutup" in text
        shown = re.sub(
            r"<[^>]*>", " ", text.partition("<main")[2].partition("</main")[0]
        )  # not the microseconds of a moment
        assert "93" not in shown.replace(str(scene.found.pk), "")


def test_a_stranger_to_the_sheet_finds_none(scene: Scene, agency_officer: Member) -> None:
    answer = agency_officer.client().get(f"/kantor/bintang/{scene.found.pk}/nilai/")

    assert answer.status_code == 404
