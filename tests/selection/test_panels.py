"""Weights: shipped equal, entered, or elicited from experts whose answers must be consistent; every change is a version."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import MORNING, Member
from tests.selection.factories import make_criterion, make_panel, make_set, make_version

from lontar.access.policies import Refused
from lontar.selection import actions
from lontar.selection.actions.sets import shares
from lontar.selection.models import Judgement, Panel, SetVersion
from lontar.selection.queries.panels import levels_of, panel_result, ratio_of, steps_of, verdict_on
from lontar.selection.states import WeightSource

DAY = date(2026, 1, 15)
PAIRS = [("", "producers", "months"), ("", "producers", "lq"), ("", "months", "lq")]


@pytest.fixture
def version(db: None) -> SetVersion:
    made = make_version(make_set())
    for place, measure in enumerate(("producers", "months", "lq")):
        make_criterion(made, measure, position=place, weight=Decimal("0.33333333"))
    return made


def answer(panel: Panel, member: Member, steps: tuple[int, int, int], name: str = "Ahli Contoh") -> None:
    actions.answer_panel(
        panel=panel, name=name, affiliation="", steps=dict(zip(PAIRS, steps, strict=True)), post=member.held, by=member.user,
        at=MORNING,
    )  # fmt: skip


def test_the_slider_is_the_scale_of_saaty() -> None:
    assert [ratio_of(steps) for steps in (-8, -2, 0, 2, 8)] == [1 / 9, 1 / 3, 1, 3, 9]
    assert [steps_of(ratio) for ratio in (1 / 9, 1 / 3, 1, 3, 9)] == [-8, -2, 0, 2, 8]


def test_consistent_answers_become_the_next_version_with_their_weights(
    version: SetVersion, province_officer: Member
) -> None:
    panel = actions.open_panel(
        version=version, title="FGD contoh", post=province_officer.held, by=province_officer.user, at=MORNING
    )
    answer(panel, province_officer, (1, 3, 1))  # 2, 4, 2: the ratios of 4 : 2 : 1

    made = actions.bring_into_force(
        panel=panel, post=province_officer.held, by=province_officer.user, at=MORNING, day=DAY
    )

    weights = dict(made.criteria.values_list("measure", "weight"))
    assert (made.number, made.weights_from, made.consistency) == (2, WeightSource.AHP, Decimal("0.0000"))
    assert [round(float(weights[key]), 4) for key in ("producers", "months", "lq")] == [0.5714, 0.2857, 0.1429]
    assert sum(weights.values()) == 1
    version.refresh_from_db()
    panel.refresh_from_db()
    assert version.valid_until == DAY
    assert (panel.state, panel.made_id) == ("in_force", made.pk)


def test_answers_that_contradict_are_kept_as_a_draft_but_never_come_into_force(
    version: SetVersion, province_officer: Member
) -> None:
    panel = make_panel(version, province_officer)
    answer(panel, province_officer, (4, -4, 4))  # 5, 1/5, 5: a circle

    found = panel_result(panel)

    assert found.experts[0].verdict is not None
    assert not found.is_ready
    mend = found.experts[0].verdict.mend
    assert mend is not None
    assert mend.ratio < found.experts[0].verdict.ratio
    with pytest.raises(actions.PanelNotReady):
        actions.bring_into_force(panel=panel, post=province_officer.held, by=province_officer.user, at=MORNING, day=DAY)
    assert SetVersion.objects.count() == 1
    assert Judgement.objects.count() == 3


def test_what_is_said_to_mend_really_mends(version: SetVersion) -> None:
    levels = levels_of(list(version.criteria.order_by("position")))
    said = dict(zip(PAIRS, (2, -5, 2), strict=True))

    verdict = verdict_on(said, levels)

    assert verdict.mend is not None
    better = {**said, (verdict.mend.level, verdict.mend.one, verdict.mend.other): verdict.mend.better}
    assert verdict_on(better, levels).ratio == pytest.approx(verdict.mend.ratio)
    assert verdict_on(better, levels).is_consistent


def test_several_experts_are_one_group_by_the_geometric_mean(version: SetVersion, province_officer: Member) -> None:
    panel = make_panel(version, province_officer)
    answer(panel, province_officer, (1, 3, 1), "Ahli Contoh Satu")
    answer(panel, province_officer, (-1, -3, -1), "Ahli Contoh Dua")

    found = panel_result(panel)

    assert [round(found.weights[key], 6) for key in ("producers", "months", "lq")] == [0.333333] * 3


def test_answering_again_under_the_same_name_replaces(version: SetVersion, province_officer: Member) -> None:
    panel = make_panel(version, province_officer)
    answer(panel, province_officer, (1, 3, 1))
    answer(panel, province_officer, (0, 0, 0))

    assert (panel.panelists.count(), set(Judgement.objects.values_list("steps", flat=True))) == (1, {0})


def test_goals_weigh_first_and_share_with_their_criteria(province_officer: Member) -> None:
    version = make_version(make_set("bertingkat"))
    for place, (measure, goal) in enumerate((("producers", "A"), ("months", "A"), ("lq", "B"))):
        make_criterion(version, measure, position=place, goal=goal, weight=Decimal("0.3"))
    panel = make_panel(version, province_officer)
    actions.answer_panel(
        panel=panel, name="Ahli", affiliation="", steps={("", "A", "B"): 2, ("A", "producers", "months"): 1},
        post=province_officer.held, by=province_officer.user, at=MORNING,
    )  # fmt: skip

    found = panel_result(panel)

    assert {key: round(weight, 4) for key, weight in found.weights.items()} == {
        "producers": 0.5,
        "months": 0.25,
        "lq": 0.25,
    }


def test_a_closed_panel_and_half_an_answer_are_refused(version: SetVersion, province_officer: Member) -> None:
    panel = make_panel(version, province_officer)
    with pytest.raises(actions.AnswerInvalid):
        actions.answer_panel(
            panel=panel, name="Ahli", affiliation="", steps={PAIRS[0]: 1}, post=province_officer.held,
            by=province_officer.user, at=MORNING,
        )  # fmt: skip
    actions.drop_panel(panel=panel, post=province_officer.held, by=province_officer.user, at=MORNING)
    panel.refresh_from_db()
    with pytest.raises(actions.PanelClosed):
        answer(panel, province_officer, (0, 0, 0))
    assert Judgement.objects.count() == 0


def test_entered_weights_are_the_next_version_and_only_proportions_count(
    version: SetVersion, province_admin: Member
) -> None:
    made = actions.set_weights(
        version=version, weights={"producers": 2, "months": 1, "lq": 1}, weights_from=WeightSource.ENTERED,
        source="Berita acara contoh", post=province_admin.held, by=province_admin.user, at=MORNING, day=DAY,
    )  # fmt: skip

    assert list(made.criteria.order_by("position").values_list("weight", flat=True)) == [
        Decimal("0.5"), Decimal("0.25"), Decimal("0.25"),
    ]  # fmt: skip
    with pytest.raises(actions.SetMoved):
        actions.set_weights(
            version=version, weights={"producers": 1, "months": 1, "lq": 1}, weights_from=WeightSource.ENTERED,
            source="Lagi", post=province_admin.held, by=province_admin.user, at=MORNING, day=DAY,
        )  # fmt: skip


def test_a_regency_does_not_weigh_for_the_province(version: SetVersion, regency_officer: Member) -> None:
    with pytest.raises(Refused):
        actions.open_panel(
            version=version, title="Coba", post=regency_officer.held, by=regency_officer.user, at=MORNING
        )

    assert Panel.objects.count() == 0


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=14).filter(lambda given: sum(given) > 0.001))
def test_shares_sum_to_one_exactly(given: list[float]) -> None:
    found = shares({str(place): value for place, value in enumerate(given)})

    assert sum(found.values()) == 1
    assert min(found.values()) >= 0
