"""A village's potential changed by hand: once a year per commodity, within bounds, never over somebody else's change."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pghistory.models import Context
from tests.factories import MORNING, Member, make_region

from lontar.access.policies import Refused
from lontar.registry import actions, policies
from lontar.registry.models import Commodity, Region, VillagePotential

VILLAGE = "53.09.01.2001"
LATER = MORNING.replace(hour=2)


@pytest.fixture
def village(regency_officer: Member) -> Region:
    regency_officer.enter()
    return make_region(VILLAGE)


@pytest.fixture
def coffee(db: None) -> Commodity:
    return Commodity.objects.create(code="kopi", name="Kopi Contoh", unit="kg", source="daftar contoh")


def add(member: Member, village: Region, coffee: Commodity, **values: object) -> VillagePotential:
    return actions.add_potential(
        village=village, commodity=coffee, year=2025, values=values, by=member.user, post=member.held, at=MORNING
    )


def test_a_commodity_is_recorded_with_its_usual_unit_and_the_agency_as_source(
    regency_officer: Member, village: Region, coffee: Commodity
) -> None:
    one = add(regency_officer, village, coffee, production=Decimal(900), harvest_months=[7, 5, 7])
    assert (one.production, one.unit, one.harvest_months, one.area_ha) == (Decimal(900), "kg", [5, 7], None)
    assert one.source_agency == regency_officer.held.agency
    assert Context.objects.get(metadata__action="registry.potential.changed").metadata["village"] == VILLAGE


def test_the_same_commodity_is_not_recorded_twice_in_a_year(
    regency_officer: Member, village: Region, coffee: Commodity
) -> None:
    add(regency_officer, village, coffee)
    with pytest.raises(actions.PotentialExists, match="Kopi Contoh tahun 2025 sudah tercatat"):
        add(regency_officer, village, coffee)
    assert VillagePotential.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"sold_raw_share": Decimal(101)},
        {"area_ha": Decimal(-1)},
        {"production": 1.5},
        {"harvest_months": [13]},
        {"x": 1},
    ],
)
def test_values_out_of_bounds_are_refused_and_nothing_is_written(
    regency_officer: Member, village: Region, coffee: Commodity, values: dict[str, object]
) -> None:
    with pytest.raises(actions.PotentialInvalid):
        add(regency_officer, village, coffee, **values)
    assert VillagePotential.objects.count() == 0


def test_a_change_over_somebody_elses_is_refused(regency_officer: Member, village: Region, coffee: Commodity) -> None:
    one = add(regency_officer, village, coffee, production=Decimal(900))
    told = {"potential_id": one.pk, "by": regency_officer.user, "post": regency_officer.held}
    actions.change_potential(values={"production": Decimal(950)}, read_at=MORNING, at=LATER, **told)
    with pytest.raises(actions.ChangedMeanwhile, match="diubah orang lain"):
        actions.change_potential(values={"production": Decimal(1)}, read_at=MORNING, at=LATER, **told)
    one.refresh_from_db()
    assert one.production == Decimal(950)


def test_what_is_taken_away_stays_in_the_history(regency_officer: Member, village: Region, coffee: Commodity) -> None:
    one = add(regency_officer, village, coffee, production=Decimal(900))
    events = type(one)._meta.get_field("events").related_model
    actions.remove_potential(potential_id=one.pk, by=regency_officer.user, post=regency_officer.held, at=LATER)
    assert VillagePotential.objects.count() == 0
    last = events.objects.order_by("-pgh_id").first()
    assert (last.pgh_label, last.production) == ("delete", Decimal(900))


def test_only_who_keeps_the_records_of_the_village_may(cast: dict[str, Member]) -> None:
    may = {name for name, one in cast.items() if policies.check_edit_potential.can(one.post, VILLAGE)}
    assert may == {"province_admin", "agency_officer", "regency_officer", "village_officer"}
    with pytest.raises(Refused, match="di luar wilayah tugas Anda"):
        policies.check_edit_potential(cast["village_officer"].post, "53.09.01.2002")
