"""One field goes back to its keeper with a reason; answered, accepted, returned again or withdrawn; only it is reviewed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pghistory.models import Context
from tests.factories import MORNING, Member, make_agency, make_enterprise, make_region
from tests.verification.keeping import check_kept
from tests.verification.test_signing import as_, standing, verified_at

from lontar.access import scope
from lontar.access.policies import Refused
from lontar.registry.actions import ChangedMeanwhile, EnterpriseInvalid
from lontar.registry.models import Commodity, Enterprise, VillagePotential
from lontar.verification.actions import (
    NoSuchStep,
    NothingCorrected,
    accept_return,
    answer_return,
    return_again,
    return_enterprise_field,
    return_potential_field,
    sign_enterprises,
    sign_villages,
    undo_act,
    undo_returns,
    withdraw_return,
)
from lontar.verification.models import FieldReturn, SignOff
from lontar.verification.queries.choosing import Choice, VillageChoice
from lontar.verification.queries.returns import for_keeper, for_reviewer, held_of, waiting
from lontar.verification.rules import ReasonTooShort, UnknownField
from lontar.verification.states import TRANSITIONS, AnswerKind, ReturnState

VILLAGE = "53.09.01.2001"
LATER, LAST = MORNING + timedelta(days=1), MORNING + timedelta(days=2)
REASON = "Tenaga kerja tidak cocok dengan kunjungan lapangan."


@pytest.fixture
def signed(agency_officer: Member) -> Enterprise:
    """An enterprise of the village, signed by Dinas Koperasi."""
    agency_officer.enter()
    one = make_enterprise(VILLAGE, workers_paid=40, annual_turnover=5_000_000)
    sign_enterprises(choice=Choice(ids=[one.pk]), **as_(agency_officer))
    return one


def returned(one: Enterprise, by: Member, field: str = "workers_paid") -> FieldReturn:
    """The field, returned."""
    return_enterprise_field(choice=Choice(ids=[one.pk]), field=field, reason=REASON, **as_(by, LATER))
    return FieldReturn.objects.live().get(enterprise_id=one.pk, field=field)


def corrected(found: FieldReturn, by: Member, **values: Any) -> FieldReturn:
    return answer_return(return_id=found.pk, answer=AnswerKind.CORRECTED, values=values, **as_(by, LAST))


def test_a_returned_field_unmakes_the_verification_until_its_correction_is_accepted(
    signed: Enterprise, agency_officer: Member, regency_officer: Member, village_officer: Member
) -> None:
    found = returned(signed, regency_officer)
    assert verified_at(signed) is None
    check_kept()
    assert [one.pk for one in for_keeper(village_officer.held)] == [found.pk]

    corrected(found, village_officer, workers_paid=4)
    assert Enterprise.objects.get(pk=signed.pk).workers_paid == 4
    assert (list(for_keeper(village_officer.held)), [one.pk for one in for_reviewer(regency_officer.held)]) == (
        [],
        [found.pk],
    )
    assert standing(signed)["ukuran"] == ["workers_paid"]
    check_kept()

    accept_return(return_id=found.pk, **as_(regency_officer, LAST))
    assert standing(signed) == {"identitas": [], "usaha": [], "ukuran": []}, (
        "the one field was reviewed, the rest stood"
    )
    assert verified_at(signed) == MORNING
    check_kept()
    told = Context.objects.order_by("created_at").values_list("metadata__action", flat=True)
    assert list(told)[-3:] == [
        "verification.fields.returned", "verification.field.answered", "verification.field.accepted",
    ]  # fmt: skip


def test_a_correction_against_the_authority_is_a_claim_that_holds_once_it_is_accepted(
    agency_officer: Member, regency_officer: Member, village_officer: Member
) -> None:
    """Dinas Koperasi brought the enterprise and is the authority for its workers; the village says otherwise."""
    agency_officer.enter()
    one = make_enterprise(VILLAGE, workers_paid=40, annual_turnover=5_000_000, source_agency=agency_officer.held.agency)
    sign_enterprises(choice=Choice(ids=[one.pk]), **as_(agency_officer))
    found = returned(one, regency_officer)

    corrected(found, village_officer, workers_paid=4)

    assert Enterprise.objects.get(pk=one.pk).workers_paid == 40
    page = regency_officer.client().get(f"/kantor/pengesahan/isian/{found.pk}/").content.decode()
    assert "Perbaikan yang diusulkan:</p>" not in page
    assert "Perbaikan yang diusulkan:" in page
    scope.enter("53")
    with pytest.raises(NothingCorrected):  # what is in force already is no correction
        corrected(returned(one, regency_officer, "annual_turnover"), village_officer, annual_turnover=5_000_000)

    accept_return(return_id=found.pk, **as_(regency_officer, LAST))
    assert Enterprise.objects.get(pk=one.pk).workers_paid == 4
    assert standing(one)["ukuran"] == []
    check_kept()


def test_only_the_returned_field_is_corrected(
    signed: Enterprise, regency_officer: Member, village_officer: Member
) -> None:
    found = returned(signed, regency_officer)
    corrected(found, village_officer, workers_paid=4, name="Nama Selundupan")
    assert Enterprise.objects.get(pk=signed.pk).name == "Usaha Contoh Uji"


def test_it_stands_as_it_is_needs_a_reason_and_changes_nothing(
    signed: Enterprise, regency_officer: Member, village_officer: Member
) -> None:
    found = returned(signed, regency_officer)
    stands = {"return_id": found.pk, "answer": AnswerKind.STANDS}
    with pytest.raises(ReasonTooShort):
        answer_return(**stands, words="benar", **as_(village_officer, LAST))
    answer_return(**stands, words="Sudah dihitung ulang bersama pemilik.", **as_(village_officer, LAST))
    accept_return(return_id=found.pk, **as_(regency_officer, LAST))
    assert standing(signed)["ukuran"] == []
    assert verified_at(signed) == MORNING


def test_a_correction_that_is_wrong_or_none_is_refused_and_nothing_moves(
    signed: Enterprise, regency_officer: Member, village_officer: Member
) -> None:
    found = returned(signed, regency_officer)
    with pytest.raises(EnterpriseInvalid):
        corrected(found, village_officer, workers_paid=-1)
    with pytest.raises(NothingCorrected, match="masih sama"):
        corrected(found, village_officer, workers_paid=40)
    with pytest.raises(ChangedMeanwhile):
        answer_return(
            return_id=found.pk,
            answer=AnswerKind.CORRECTED,
            values={"workers_paid": 3},
            read_at=LAST,
            **as_(village_officer),
        )
    assert FieldReturn.objects.get(pk=found.pk).state == ReturnState.OPEN
    assert Enterprise.objects.get(pk=signed.pk).workers_paid == 40


def test_returned_again_goes_round_once_more_with_the_new_reason(
    signed: Enterprise, regency_officer: Member, village_officer: Member
) -> None:
    found = returned(signed, regency_officer)
    corrected(found, village_officer, workers_paid=30)
    again = "Masih terlalu banyak; hitung yang dibayar saja."
    return_again(return_id=found.pk, reason=again, **as_(regency_officer, LAST))
    assert waiting(for_keeper(village_officer.held)).number == 1
    held = held_of(FieldReturn.objects.get(pk=found.pk))
    assert held is not None
    assert (held.then, held.now) == ({"workers_paid": 40}, {"workers_paid": 30})
    corrected(found, village_officer, workers_paid=4)
    accept_return(return_id=found.pk, **as_(regency_officer, LAST))
    kept = FieldReturn.objects.get(pk=found.pk)
    assert (kept.state, kept.reason) == (ReturnState.ACCEPTED, again)
    assert standing(signed)["ukuran"] == []


def test_a_withdrawn_return_gives_the_sign_off_back_and_keeps_the_mark_of_a_change(
    signed: Enterprise, regency_officer: Member, village_officer: Member
) -> None:
    found = returned(signed, regency_officer)
    corrected(found, village_officer, workers_paid=4)
    withdraw_return(return_id=found.pk, **as_(regency_officer, LAST))
    assert (verified_at(signed), standing(signed)["ukuran"]) == (MORNING, ["workers_paid"])
    check_kept()


@pytest.mark.parametrize("state", ReturnState)
def test_no_step_is_taken_that_the_table_does_not_know(
    state: ReturnState, signed: Enterprise, regency_officer: Member, village_officer: Member
) -> None:
    found = returned(signed, regency_officer)
    if state is not ReturnState.OPEN:
        answered = {"answered_at": LATER, "answered_by": village_officer.user, "answer": "stands"}
        ended = {"closed_at": LATER} if not TRANSITIONS[state] else {}
        FieldReturn.objects.filter(pk=found.pk).update(state=state, **answered, **ended)
    steps: dict[ReturnState, Any] = {
        ReturnState.ANSWERED: lambda: answer_return(
            return_id=found.pk, answer=AnswerKind.STANDS, words=REASON, **as_(village_officer, LAST)
        ),
        ReturnState.ACCEPTED: lambda: accept_return(return_id=found.pk, **as_(regency_officer, LAST)),
        ReturnState.AGAIN: lambda: return_again(return_id=found.pk, reason=REASON, **as_(regency_officer, LAST)),
        ReturnState.WITHDRAWN: lambda: withdraw_return(return_id=found.pk, **as_(regency_officer, LAST)),
    }
    for to, step in steps.items():
        if to in TRANSITIONS[state]:
            continue
        with pytest.raises(NoSuchStep, match="Muat ulang"):
            step()
    assert FieldReturn.objects.get(pk=found.pk).state == state


def test_while_a_field_is_returned_its_section_is_not_signed_and_the_others_are(
    agency_officer: Member, regency_officer: Member
) -> None:
    agency_officer.enter()
    one = make_enterprise(VILLAGE, workers_paid=40)
    returned(one, regency_officer)
    sign_enterprises(choice=Choice(), **as_(agency_officer, LAST))
    assert set(standing(one)) == {"identitas", "usaha"}
    assert verified_at(one) is None


def test_undoing_does_not_bring_a_sign_off_over_a_returned_field(
    signed: Enterprise, agency_officer: Member, regency_officer: Member
) -> None:
    from lontar.verification.actions import withdraw_enterprises

    gone = withdraw_enterprises(choice=Choice(ids=[signed.pk]), **as_(agency_officer, LATER))
    returned(signed, regency_officer)
    undo_act(act_id=gone.event, **as_(agency_officer, LAST))
    assert set(standing(signed)) == {"identitas", "usaha"}
    check_kept()


def test_one_field_of_a_filtered_list_goes_back_once_with_one_reason(regency_officer: Member) -> None:
    regency_officer.enter()
    bare = [make_enterprise(VILLAGE, name=f"Tanpa KBLI {number}") for number in range(3)]
    make_enterprise(VILLAGE, kbli="13121", kbli_version=2020)
    choice = Choice(missing="kbli")
    done = return_enterprise_field(choice=choice, field="kbli", reason=REASON, **as_(regency_officer))
    assert done.rows == 3
    assert return_enterprise_field(choice=choice, field="kbli", reason=REASON, **as_(regency_officer)).rows == 0
    assert set(FieldReturn.objects.live().values_list("enterprise_id", flat=True)) == {one.pk for one in bare}
    assert undo_returns(act_id=done.event, **as_(regency_officer, LATER)).rows == 3
    assert not FieldReturn.objects.live().exists()
    check_kept()


def test_the_keeper_is_the_village_or_where_it_has_no_officer_the_agency_that_brought_the_value(
    regency_officer: Member, village_officer: Member
) -> None:
    regency_officer.enter()
    sender = make_agency("pengirim-contoh")
    home = make_enterprise(VILLAGE, source_agency=sender)
    away = make_enterprise("53.09.01.2002", source_agency=sender)
    assert returned(home, regency_officer, "name").keeper is None
    assert returned(away, regency_officer, "name").keeper == sender
    assert waiting(for_keeper(village_officer.held)).number == 1


def test_who_may_return_answer_and_review(
    signed: Enterprise, farming: Member, mentor: Member, village_officer: Member, agency_officer: Member,
    regency_officer: Member, province_admin: Member,
) -> None:  # fmt: skip
    for member in (farming, mentor, village_officer):
        with pytest.raises(Refused):
            returned(signed, member)
    found = returned(signed, agency_officer)
    with pytest.raises(Refused, match="penanggung jawab"):
        corrected(found, regency_officer, workers_paid=4)
    corrected(found, village_officer, workers_paid=4)
    with pytest.raises(Refused, match="yang mengembalikan"):
        accept_return(return_id=found.pk, **as_(regency_officer, LAST))
    accept_return(return_id=found.pk, **as_(province_admin, LAST))


def test_a_reason_and_a_field_are_needed(signed: Enterprise, regency_officer: Member) -> None:
    with pytest.raises(ReasonTooShort):
        return_enterprise_field(choice=Choice(), field="kbli", reason="salah", **as_(regency_officer))
    with pytest.raises(UnknownField):
        return_enterprise_field(choice=Choice(), field="verified_at", reason=REASON, **as_(regency_officer))


def test_a_field_of_a_villages_potential_goes_back_and_comes_corrected(
    bps: Member, dpmd: Member, village_officer: Member
) -> None:
    scope.enter("53")
    make_region(VILLAGE)
    coffee = Commodity.objects.create(code="kopi", name="Kopi Contoh", unit="kg", source="contoh")
    grown = VillagePotential.objects.create(
        village_id=VILLAGE, commodity=coffee, year=2025, area_ha=3, production=900, unit="kg", recorded_at=MORNING
    )
    for member in (bps, dpmd):
        sign_villages(choice=VillageChoice(), section="potensi", **as_(member))
    found = return_potential_field(potential_id=grown.pk, field="production", reason=REASON, **as_(dpmd, LATER))
    assert SignOff.objects.standing().filter(returns=1).count() == 2
    answer_return(
        return_id=found.pk, answer=AnswerKind.CORRECTED, values={"production": 90}, **as_(village_officer, LAST)
    )
    grown.refresh_from_db()
    assert (grown.production, grown.area_ha) == (90, 3)
    accept_return(return_id=found.pk, **as_(dpmd, LAST))
    assert {tuple(row.changed_fields) for row in SignOff.objects.standing()} == {()}
    check_kept()
