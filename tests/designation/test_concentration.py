"""Concentration: who is around, from how many units on a sentra is offered, and forming one."""

from __future__ import annotations

import pytest
from tests.designation.factories import REASON, make_commodity, make_proposal, make_village
from tests.factories import MORNING, Member, make_agency, make_holding, make_parameter, make_post, make_user

from lontar.access.states import AgencyKind, Role
from lontar.audit.models import Parameter
from lontar.designation import actions
from lontar.designation.models import Cluster, ClusterMember, Proposal
from lontar.designation.queries.concentration import concentration_of
from lontar.registry.models import Region

NEAR, SAME_DISTRICT, FAR = "53.09.02.2001", "53.09.01.2009", "53.09.03.2001"


def officer_of(code: str) -> Member:
    number = code.replace(".", "")
    agency = make_agency(f"desa-{number}", kind=AgencyKind.VILLAGE, region_code=code)
    post = make_post(f"desa-{number}", agency=agency, role=Role.VILLAGE_OFFICER, region_code=code)
    user = make_user(f"desa.{number}")
    make_holding(post, user)
    return Member(user, post)


@pytest.fixture
def coffee(village_officer: Member) -> Proposal:
    """Coffee proposed by a village, a near one, one of the kecamatan without a point, and a far one; tenun by nobody."""
    commodity = make_commodity()
    points = {"53.09.01.2001": (-8.8, 121.0), NEAR: (-8.85, 121.02), FAR: (-8.8, 121.5)}
    for code in (NEAR, SAME_DISTRICT, FAR, "53.09.01.2001"):
        make_village(code)
        if code in points:
            lat, lon = points[code]
            Region.objects.filter(code=code).update(lat=lat, lon=lon, point_quality="exact")
    for code in (NEAR, SAME_DISTRICT, FAR):
        make_proposal(officer_of(code), unit=make_village(code), commodity=commodity)
    return make_proposal(village_officer, commodity=commodity)


def test_near_ones_and_those_of_the_kecamatan_are_around(coffee: Proposal, province_officer: Member) -> None:
    province_officer.enter()

    found = concentration_of(coffee.pk, day=MORNING.date())

    assert [(one.village_code, one.is_flagship) for one in found.neighbours] == [(NEAR, False), (SAME_DISTRICT, False)]
    assert found.neighbours[0].km == pytest.approx(5.98, abs=0.05)
    assert found.neighbours[1].km is None
    assert (found.number, found.is_dense) == (3, True)


def test_the_limit_is_a_parameter_with_its_source(coffee: Proposal, province_officer: Member) -> None:
    Parameter.objects.filter(key="designation.cluster.units").delete()
    make_parameter("designation.cluster.units", number=4)
    province_officer.enter()

    found = concentration_of(coffee.pk, day=MORNING.date())

    assert (found.number, found.threshold.least, found.is_dense) == (3, 4, False)
    assert found.threshold.units.source == "Peraturan Contoh 1/2021"


def test_the_province_forms_a_sentra_of_neighbours_only(coffee: Proposal, province_officer: Member) -> None:
    province_officer.enter()
    made = actions.form_cluster(
        proposal_id=coffee.pk, name="Sentra Kopi Contoh", members=[f"village:{NEAR}", f"village:{FAR}"], reason=REASON,
        by=province_officer.user, post=province_officer.held, at=MORNING,
    )  # fmt: skip

    assert sorted(ClusterMember.objects.values_list("unit_key", flat=True)) == [
        "village:53.09.01.2001",
        f"village:{NEAR}",
    ]
    assert made.region_id == "53.09"
    with pytest.raises(actions.ClusterUnclear, match="sudah menjadi anggota"):
        actions.form_cluster(
            proposal_id=coffee.pk, name="Sentra Lain", members=[f"village:{NEAR}"], reason=REASON,
            by=province_officer.user, post=province_officer.held, at=MORNING,
        )  # fmt: skip
    assert Cluster.objects.count() == 1
