"""Signing sections: who signs what, what verification follows, what a change leaves behind, withdrawing, undoing exactly."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.factories import MORNING, Member, make_enterprise, make_region
from tests.verification.keeping import check_kept

from lontar.access import scope
from lontar.access.policies import Refused
from lontar.registry.models import Commodity, Enterprise, VillagePotential, VillageTally
from lontar.registry.queries import EnterpriseFilter
from lontar.verification.actions import (
    NothingToUndo,
    SeenOtherwise,
    sign_enterprises,
    sign_villages,
    undo_act,
    withdraw_enterprises,
    withdraw_villages,
)
from lontar.verification.models import SignOff
from lontar.verification.queries.choosing import Choice, VillageChoice

VILLAGE, OTHER, AWAY = "53.09.01.2001", "53.09.01.2002", "53.10.01.2001"
LATER, LAST = MORNING + timedelta(days=1), MORNING + timedelta(days=2)


def as_(member: Member, at: Any = MORNING) -> dict[str, Any]:
    return {"by": member.user, "post": member.held, "at": at}


def standing(enterprise: Enterprise) -> dict[str, list[str]]:
    """The sections signed for the enterprise, each with the fields that changed since."""
    rows = SignOff.objects.standing().filter(enterprise_id=enterprise.pk).select_related("section")
    return {row.section.key: row.changed_fields for row in rows}


def verified_at(enterprise: Enterprise) -> object:
    return Enterprise.objects.values_list("verified_at", flat=True).get(pk=enterprise.pk)


@pytest.fixture
def coffee(db: None) -> Commodity:
    return Commodity.objects.create(code="kopi", name="Kopi Contoh", sector="perkebunan", unit="kg", source="contoh")


def test_the_cooperatives_agency_signs_three_sections_and_the_enterprise_is_verified(agency_officer: Member) -> None:
    agency_officer.enter()
    one, closed = make_enterprise(VILLAGE), make_enterprise(VILLAGE, status="closed")

    done = sign_enterprises(choice=Choice(), **as_(agency_officer))

    assert (done.subjects, done.rows) == (1, 3)
    assert standing(one) == {"identitas": [], "usaha": [], "ukuran": []}
    assert (verified_at(one), verified_at(closed)) == (MORNING, None)
    assert VillageTally.objects.get(village_id=VILLAGE).verified == 1
    check_kept()


def test_with_one_deciding_section_missing_nothing_is_verified(agency_officer: Member) -> None:
    agency_officer.enter()
    one = make_enterprise(VILLAGE)
    sign_enterprises(choice=Choice(), sections=["identitas", "usaha"], **as_(agency_officer))
    assert verified_at(one) is None
    sign_enterprises(choice=Choice(), sections=["ukuran"], **as_(agency_officer, LATER))
    assert verified_at(one) == LATER
    check_kept()


def test_sector_agencies_sign_products_of_their_sector_only(
    agency_officer: Member, farming: Member, coffee: Commodity
) -> None:
    farming.enter()
    grown, plain = make_enterprise(VILLAGE, commodity=coffee), make_enterprise(VILLAGE)
    assert sign_enterprises(choice=Choice(), **as_(farming)).subjects == 1
    assert (standing(grown), standing(plain)) == ({"produk": []}, {})
    assert verified_at(grown) is None, "a product signed is not an enterprise verified"
    with pytest.raises(Refused, match="tidak bertugas mengesahkan"):
        sign_enterprises(choice=Choice(), sections=["identitas"], **as_(farming))
    with pytest.raises(Refused, match="tidak bertugas mengesahkan"):
        sign_enterprises(choice=Choice(), sections=["produk"], **as_(agency_officer))
    check_kept()


def test_others_sign_nothing(regency_officer: Member, village_officer: Member) -> None:
    regency_officer.enter()
    one = make_enterprise(VILLAGE)
    for member in (regency_officer, village_officer):
        with pytest.raises(Refused):
            sign_enterprises(choice=Choice(), **as_(member))
    assert standing(one) == {}


def test_the_filter_is_signed_within_the_region_only(agency_officer: Member) -> None:
    scope.enter("53")
    here, there, away = (make_enterprise(code) for code in (VILLAGE, OTHER, AWAY))
    asked = EnterpriseFilter(region=VILLAGE)
    assert sign_enterprises(choice=Choice(asked), **as_(agency_officer)).subjects == 1
    assert sign_enterprises(choice=Choice(ids=[there.pk, away.pk]), **as_(agency_officer)).subjects == 1
    assert [verified_at(one) for one in (here, there, away)] == [MORNING, MORNING, None]


def test_a_change_after_the_sign_off_is_marked_and_only_that_section_waits(agency_officer: Member) -> None:
    agency_officer.enter()
    one = make_enterprise(VILLAGE, workers_paid=1)
    sign_enterprises(choice=Choice(), **as_(agency_officer))
    Enterprise.objects.filter(pk=one.pk).update(workers_paid=4, recorded_at=LATER)
    assert standing(one) == {"identitas": [], "usaha": [], "ukuran": ["workers_paid"]}
    assert verified_at(one) == MORNING, "a change waits for the signer and does not unmake the verification"
    check_kept()

    again = sign_enterprises(choice=Choice(), **as_(agency_officer, LAST))
    assert (again.subjects, again.rows) == (1, 1), "the two other sections stand as they were"
    assert standing(one)["ukuran"] == []
    assert verified_at(one) == LAST
    check_kept()


def test_what_touches_no_section_marks_nothing(agency_officer: Member) -> None:
    agency_officer.enter()
    one = make_enterprise(VILLAGE)
    sign_enterprises(choice=Choice(), **as_(agency_officer))
    Enterprise.objects.filter(pk=one.pk).update(recorded_at=LATER, source_row=5, main_product="Kopi")
    assert standing(one) == {"identitas": [], "usaha": [], "ukuran": []}


def test_an_enterprise_that_moves_closes_and_opens_takes_its_sign_offs_along(agency_officer: Member) -> None:
    agency_officer.enter()
    make_region(OTHER)
    one = make_enterprise(VILLAGE)
    sign_enterprises(choice=Choice(), **as_(agency_officer))
    Enterprise.objects.filter(pk=one.pk).update(village_id=OTHER)
    assert standing(one)["identitas"] == ["village_id"]
    check_kept()
    Enterprise.objects.filter(pk=one.pk).update(status="closed")
    check_kept()
    Enterprise.objects.filter(pk=one.pk).update(status="active")
    assert standing(one)["usaha"] == ["status"]
    check_kept()


def test_withdrawing_unverifies_and_undoing_brings_back_exactly(agency_officer: Member) -> None:
    agency_officer.enter()
    one, two = make_enterprise(VILLAGE), make_enterprise(VILLAGE)
    sign_enterprises(choice=Choice(), **as_(agency_officer))
    gone = withdraw_enterprises(choice=Choice(ids=[one.pk]), sections=["usaha"], **as_(agency_officer, LATER))
    assert (gone.subjects, gone.rows) == (1, 1)
    assert (verified_at(one), verified_at(two)) == (None, MORNING)
    check_kept()
    back = undo_act(act_id=gone.event, **as_(agency_officer, LAST))
    assert (back.subjects, back.rows, verified_at(one)) == (1, 1, LAST)
    check_kept()
    undo_act(act_id=back.event, **as_(agency_officer, LAST))
    assert verified_at(one) is None, "an undoing can be undone"
    check_kept()


def test_undoing_leaves_what_somebody_signed_or_withdrew_since(agency_officer: Member) -> None:
    agency_officer.enter()
    one, two = make_enterprise(VILLAGE), make_enterprise(VILLAGE)
    done = sign_enterprises(choice=Choice(), **as_(agency_officer))
    withdraw_enterprises(choice=Choice(ids=[one.pk]), **as_(agency_officer, LATER))
    sign_enterprises(choice=Choice(ids=[one.pk]), **as_(agency_officer, LATER))
    assert undo_act(act_id=done.event, **as_(agency_officer, LAST)).subjects == 1
    assert (verified_at(one), verified_at(two)) == (LATER, None)
    with pytest.raises(NothingToUndo, match="sudah berubah sesudahnya"):
        undo_act(act_id=done.event, **as_(agency_officer, LAST))
    check_kept()


def test_undoing_a_second_sign_off_shows_the_change_again(agency_officer: Member) -> None:
    agency_officer.enter()
    one = make_enterprise(VILLAGE, capital=1)
    sign_enterprises(choice=Choice(), **as_(agency_officer))
    Enterprise.objects.filter(pk=one.pk).update(capital=2)
    again = sign_enterprises(choice=Choice(), **as_(agency_officer, LATER))
    undo_act(act_id=again.event, **as_(agency_officer, LAST))
    assert standing(one)["ukuran"] == ["capital"]
    check_kept()


def test_what_changed_while_withdrawn_is_marked_when_the_sign_off_comes_back(agency_officer: Member) -> None:
    agency_officer.enter()
    one = make_enterprise(VILLAGE, kbli="13121", kbli_version=2020)
    sign_enterprises(choice=Choice(), **as_(agency_officer))
    gone = withdraw_enterprises(choice=Choice(), **as_(agency_officer, LATER))
    Enterprise.objects.filter(pk=one.pk).update(kbli="10761")
    undo_act(act_id=gone.event, **as_(agency_officer, LAST))
    assert standing(one) == {"identitas": [], "usaha": ["kbli"], "ukuran": []}
    check_kept()


def test_who_saw_an_older_state_does_not_sign_the_newer_one(agency_officer: Member) -> None:
    agency_officer.enter()
    one = make_enterprise(VILLAGE)
    seen = one.events.latest("pgh_id").pgh_id  # type: ignore[attr-defined]  # made by pghistory
    Enterprise.objects.filter(pk=one.pk).update(name="Lain Contoh")
    with pytest.raises(SeenOtherwise, match="Muat ulang"):
        sign_enterprises(choice=Choice(ids=[one.pk]), seen=seen, **as_(agency_officer))
    assert standing(one) == {}


# --- villages ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def potential(coffee: Commodity) -> VillagePotential:
    scope.enter("53")
    make_region(VILLAGE)
    return VillagePotential.objects.create(
        village_id=VILLAGE, commodity=coffee, year=2025, production=900, unit="kg", recorded_at=MORNING
    )


def village_signs() -> dict[int, list[str]]:
    rows = SignOff.objects.standing().filter(village_id=VILLAGE, enterprise_id__isnull=True)
    return {row.step: row.changed_fields for row in rows}


def test_dpmd_verifies_what_bps_prepared_and_not_before(bps: Member, dpmd: Member, potential: VillagePotential) -> None:
    choice = VillageChoice()
    assert sign_villages(choice=choice, section="potensi", **as_(dpmd)).subjects == 0
    assert sign_villages(choice=choice, section="potensi", **as_(bps)).subjects == 1
    assert sign_villages(choice=choice, section="potensi", **as_(dpmd)).subjects == 1
    assert village_signs() == {1: [], 2: []}
    assert withdraw_villages(choice=choice, section="potensi", **as_(bps)).subjects == 0, "DPMD's sign-off stands on it"
    check_kept()


def test_changed_potential_is_prepared_and_verified_again_in_order(
    bps: Member, dpmd: Member, potential: VillagePotential
) -> None:
    choice, ref = VillageChoice(), f"potential/{potential.pk}/production"
    for member in (bps, dpmd):
        sign_villages(choice=choice, section="potensi", **as_(member))
    VillagePotential.objects.filter(pk=potential.pk).update(production=950)
    assert village_signs() == {1: [ref], 2: [ref]}
    check_kept()
    assert sign_villages(choice=choice, section="potensi", **as_(dpmd, LATER)).subjects == 0
    assert sign_villages(choice=choice, section="potensi", **as_(bps, LATER)).subjects == 1
    assert sign_villages(choice=choice, section="potensi", **as_(dpmd, LATER)).subjects == 1
    assert village_signs() == {1: [], 2: []}
    check_kept()


def test_potential_added_or_removed_is_a_change_of_the_village(bps: Member, potential: VillagePotential) -> None:
    done = sign_villages(choice=VillageChoice(), section="potensi", **as_(bps))
    potential.delete()
    assert list(village_signs().values()) == [[f"potential/{SignOff.objects.get().changed_fields[0].split('/')[1]}"]]
    undo_act(act_id=done.event, **as_(bps, LATER))
    assert village_signs() == {}
    check_kept()
