"""Proposals from the village to the province: who may, what is refused, what each step leaves behind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.designation.factories import (
    REASON,
    a_meeting,
    make_community,
    make_proposal,
    make_ready,
    make_school,
    make_village,
    move,
)
from tests.factories import MORNING, Member, make_agency, make_holding, make_post, make_user

from lontar.access.policies import Refused
from lontar.access.scope import acting_in
from lontar.access.states import AgencyKind, Role
from lontar.designation import actions, policies
from lontar.designation.actions import Choice
from lontar.designation.actions import proposing as proposing_module
from lontar.designation.models import Proposal, ProposalAdvice, ProposalStep
from lontar.designation.queries.advice import Advice, AdviceLine
from lontar.designation.rules import MeetingUnclear, ReasonTooShort, read_minutes_type
from lontar.designation.states import HOLDERS, MOVES, TRANSITIONS, Move, ProposalState


def line(name: str, score: float | None, commodity: int | None = None) -> AdviceLine:
    return AdviceLine(name, commodity, None, score, score, score, 0.5 if score else None, is_open=score is not None)


@pytest.fixture
def advised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ranking: kopi first, tenun second, moke closed by a gate."""
    found = Advice(
        "wilayah", "Set contoh v1", date(2026, 1, 1), (line("Kopi", 0.8), line("Tenun", 0.6), line("Moke", None))
    )
    monkeypatch.setattr(proposing_module, "advice_for", lambda _key: found)


def test_a_village_proposes_and_the_regency_holds_it(village_officer: Member) -> None:
    proposal = make_proposal(village_officer)

    assert (proposal.state, proposal.moved_at, proposal.unit_key) == ("regency", MORNING, "village:53.09.01.2001")
    assert (proposal.women, proposal.men, proposal.differs) == (23, 18, False)
    (step,) = ProposalStep.objects.filter(proposal=proposal)
    assert (step.move, step.from_state, step.to_state, step.by) == ("sent", "", "regency", village_officer.user)


def test_the_first_of_the_ranking_needs_no_reason(village_officer: Member, advised: None) -> None:
    proposal = make_proposal(village_officer, name="Kopi")

    assert not proposal.differs
    told = ProposalAdvice.objects.filter(proposal=proposal).order_by("position")
    assert [(one.position, one.name, one.is_choice) for one in told] == [
        (1, "Kopi", True),
        (2, "Tenun", False),
        (3, "Moke", False),
    ]
    assert proposal.set_name == "Set contoh v1"
    assert proposal.ranked_on == date(2026, 1, 1)


def test_another_choice_needs_a_reason_and_keeps_it(village_officer: Member, advised: None) -> None:
    with pytest.raises(ReasonTooShort):
        make_proposal(village_officer, name="Tenun", reason="mau saja")
    assert Proposal.objects.count() == 0

    proposal = make_proposal(village_officer, name="Tenun", reason=REASON)

    assert (proposal.differs, proposal.reason) == (True, REASON)


def test_the_database_too_wants_a_reason_for_another_choice(village_officer: Member) -> None:
    proposal = make_proposal(village_officer)
    with pytest.raises(IntegrityError, match="proposal_difference_explained"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(differs=True, reason="")


@pytest.mark.parametrize(
    ("meeting", "words"),
    [
        ({"day": date(2026, 1, 16)}, "belum lewat"),
        ({"women": 0, "men": 0}, "jumlah peserta"),
        ({"place": "  "}, "tempat musyawarah"),
    ],
)
def test_a_meeting_that_cannot_have_been_is_refused(
    village_officer: Member, meeting: dict[str, object], words: str
) -> None:
    with pytest.raises(MeetingUnclear, match=words):
        make_proposal(village_officer, meeting=a_meeting(**meeting))
    assert Proposal.objects.count() == 0


def test_a_unit_has_one_open_proposal(village_officer: Member) -> None:
    make_proposal(village_officer)
    with pytest.raises(actions.AlreadyProposed, match="sudah mempunyai usulan"):
        make_proposal(village_officer, name="Tenun")
    assert Proposal.objects.count() == 1
    assert make_proposal(village_officer, unit=make_school()).unit_key.startswith("school:")
    assert make_proposal(village_officer, unit=make_community()).unit_key.startswith("community:")


def test_after_a_refusal_the_village_may_propose_again(village_officer: Member, regency_officer: Member) -> None:
    move(make_proposal(village_officer), regency_officer, Move.REFUSED)

    assert make_proposal(village_officer, name="Tenun").state == "regency"


def test_only_the_village_proposes_for_itself(regency_officer: Member, agency_officer: Member, viewer: Member) -> None:
    unit = make_village()
    for member in (regency_officer, agency_officer, viewer):
        with pytest.raises(Refused):
            make_proposal(member, unit=unit)
    assert Proposal.objects.count() == 0


def education() -> Member:
    agency = make_agency("pk-contoh", kind=AgencyKind.EDUCATION, region_code="53")
    post = make_post("pk-data", agency=agency, role=Role.AGENCY_OFFICER, region_code="53")
    user = make_user("pendidikan.contoh")
    make_holding(post, user)
    return Member(user, post)


def test_the_education_agency_proposes_for_schools_only(db: None) -> None:
    officer = education()

    assert make_proposal(officer, unit=make_school()).kind == "school"
    with pytest.raises(Refused, match="mengusulkan untuk sekolah"):
        make_proposal(officer, unit=make_community())


def test_a_village_of_another_region_is_not_proposed_for(village_officer: Member) -> None:
    with pytest.raises(Refused, match="di luar wilayah tugas"):
        make_proposal(village_officer, unit=make_village("53.09.01.2002"))


def test_returned_corrected_and_accepted_up_to_the_province(
    village_officer: Member, regency_officer: Member, province_officer: Member
) -> None:
    proposal = make_proposal(village_officer)
    move(proposal, regency_officer, Move.RETURNED, reason="Daftar hadir belum ditandatangani.")
    village_officer.enter()
    actions.resend(
        proposal_id=proposal.pk, choice=Choice("Kopi Sangrai Contoh"), meeting=a_meeting(women=24), reason="",
        by=village_officer.user, post=village_officer.held, at=MORNING + timedelta(days=1),
    )  # fmt: skip
    found = make_ready(proposal, regency_officer, province_officer)

    assert (found.state, found.name, found.women) == ("ready", "Kopi Sangrai Contoh", 24)
    steps = ProposalStep.objects.filter(proposal=proposal).order_by("pk")
    assert [(one.move, one.to_state) for one in steps] == [
        ("sent", "regency"),
        ("returned", "village"),
        ("resent", "regency"),
        ("accepted", "province"),
        ("accepted", "ready"),
    ]
    assert steps[1].reason == "Daftar hadir belum ditandatangani."


def test_a_return_without_a_reason_moves_nothing(village_officer: Member, regency_officer: Member) -> None:
    proposal = make_proposal(village_officer)
    with pytest.raises(ReasonTooShort):
        move(proposal, regency_officer, Move.RETURNED, reason="kurang")
    proposal.refresh_from_db()
    assert proposal.state == "regency"
    assert ProposalStep.objects.count() == 1


def test_each_stage_is_moved_by_its_holder_only(
    village_officer: Member, regency_officer: Member, province_officer: Member
) -> None:
    proposal = make_proposal(village_officer)
    for member in (village_officer, province_officer):
        with pytest.raises(Refused):
            move(proposal, member, Move.ACCEPTED)
    move(proposal, regency_officer, Move.ACCEPTED)
    with pytest.raises(Refused):
        move(proposal, regency_officer, Move.ACCEPTED)
    proposal.refresh_from_db()
    assert proposal.state == "province"


def test_nobody_checks_what_the_same_person_proposed(village_officer: Member, regency_officer: Member) -> None:
    proposal = make_proposal(village_officer)
    with pytest.raises(Refused, match="orang yang mengajukannya"):
        policies.check_move_proposal(regency_officer.held, proposal, Move.ACCEPTED, by=village_officer.user)


@pytest.mark.parametrize("state", ProposalState.values)
def test_what_is_not_a_move_of_the_state_is_refused(
    village_officer: Member, province_officer: Member, regency_officer: Member, state: str
) -> None:
    proposal = make_proposal(village_officer)
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    proposal.refresh_from_db()
    for what in set(Move) - set(MOVES[ProposalState(state)]):
        for member in (village_officer, regency_officer, province_officer):
            assert not policies.check_move_proposal.can(member.held, proposal, what, by=member.user)


def test_the_tables_of_states_are_whole() -> None:
    assert set(TRANSITIONS) == set(HOLDERS) == set(ProposalState)
    assert {state for state, ends in TRANSITIONS.items() if not ends} == {
        ProposalState.REPLACED,
        ProposalState.REFUSED,
        ProposalState.WITHDRAWN,
    }


def test_many_are_accepted_at_once_and_those_left_out_say_why(village_officer: Member, regency_officer: Member) -> None:
    first = make_proposal(village_officer)
    second = make_proposal(village_officer, unit=make_school())
    move(second, regency_officer, Move.RETURNED)

    done = actions.move_proposals(
        ids=[first.pk, second.pk], move=Move.ACCEPTED, by=regency_officer.user, post=regency_officer.held, at=MORNING
    )

    assert done.number == 1
    ((unit, why),) = done.left_out
    assert "dikembalikan kepada pengusul" in why
    assert unit == "Contoh 53.09.01.2001: Kopi Bubuk Contoh"


def test_steps_and_advice_cannot_be_rewritten(village_officer: Member, advised: None) -> None:
    make_proposal(village_officer, name="Kopi")
    for model in (ProposalStep, ProposalAdvice):
        with pytest.raises(Exception, match="append_only"), transaction.atomic():
            model.objects.update(proposal_id=None)
        with pytest.raises(Exception, match="append_only"), transaction.atomic():
            model.objects.all().delete()


def test_another_regency_sees_no_proposal(village_officer: Member) -> None:
    make_proposal(village_officer)
    with acting_in("53.01"):
        assert (Proposal.objects.count(), ProposalStep.objects.count()) == (0, 0)
    with acting_in("53.09"):
        assert (Proposal.objects.count(), ProposalStep.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("head", "kind"),
    [(b"%PDF-1.7", "application/pdf"), (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png")],
)
def test_minutes_are_told_by_their_first_bytes(head: bytes, kind: str) -> None:
    assert read_minutes_type(head, 10) == kind


@pytest.mark.parametrize(
    ("head", "size", "words"), [(b"PK\x03\x04", 10, "PDF atau foto"), (b"%PDF-", 10_000_001, "paling besar 10,0")]
)
def test_other_files_and_too_large_ones_are_refused(head: bytes, size: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_minutes_type(head, size)
