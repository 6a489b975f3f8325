"""Lists of two agencies about the same businesses: claims, the authority, numbers that differ, no copies, the wall."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.factories import Member, make_agency, make_post, make_user
from tests.intake.making import NEIGHBOUR, NIB, NIK, VILLAGE, csv_file, done, enterprise, outcomes

from lontar.access import scope
from lontar.access.states import AgencyKind, Role
from lontar.registry.models import Disagreement, Enterprise, EnterpriseClaim, Person, PersonClaim

OTHER_NIB = "9120000000025"


@pytest.fixture
def village_agency(officer: Member) -> Member:
    """DPMD of the same region: the authority for the place, not for money or licences."""
    return sender("dpmd-contoh-dua", AgencyKind.DPMD)


@pytest.fixture
def cooperatives(officer: Member) -> Member:
    """Dinas Koperasi of the same region."""
    return sender("koperasi-contoh-dua", AgencyKind.COOPERATIVES)


def sender(code: str, kind: AgencyKind) -> Member:
    agency = make_agency(code, kind=kind, region_code="53.09")
    post = make_post(f"petugas-{code}", agency=agency, role=Role.AGENCY_OFFICER, region_code="53.09")
    return Member(make_user(f"orang.{code}"), post)


def test_a_first_list_and_its_next_versions_make_no_claims(village_agency: Member) -> None:
    done(village_agency, csv_file([enterprise(nib=NIB)]))

    batch = done(village_agency, csv_file([enterprise(nib=NIB, annual_turnover="13000000")]))

    assert outcomes(batch) == ["UPDATED"]
    assert (EnterpriseClaim.objects.count(), PersonClaim.objects.count()) == (0, 0)


def test_each_field_holds_what_its_authority_says_and_nothing_is_lost(
    village_agency: Member, cooperatives: Member
) -> None:
    first = done(village_agency, csv_file([enterprise(nib=NIB, start_year="2015")]))
    rows = [enterprise(nib=NIB, annual_turnover="48000000", village_code=NEIGHBOUR, owner_name="Contoh Lain Pemilik")]

    second = done(cooperatives, csv_file(rows))

    assert outcomes(second) == ["UPDATED"]
    found = Enterprise.objects.get()
    assert (found.annual_turnover, found.village_id, found.start_year) == (Decimal(48_000_000), VILLAGE, 2015)
    assert (found.umkm_class, found.owner_name) == ("mikro", "Contoh Lain Pemilik")
    claims = list(EnterpriseClaim.objects.order_by("pk").values_list("batch", "row", "annual_turnover", "village_id"))
    assert claims == [(first.pk, 2, Decimal(12_000_000), VILLAGE), (second.pk, 2, Decimal(48_000_000), NEIGHBOUR)]
    told = {one.enterprise_id is None: sorted(one.fields) for one in Disagreement.objects.all()}
    assert told == {False: ["annual_turnover", "village"], True: ["owner_name"]}


def test_two_agencies_with_two_numbers_differ_and_neither_list_makes_a_copy(
    village_agency: Member, cooperatives: Member
) -> None:
    done(village_agency, csv_file([enterprise(nib=NIB)]))
    changed = done(cooperatives, csv_file([enterprise(nib=OTHER_NIB)]))
    again = done(village_agency, csv_file([enterprise(nib=NIB, main_product="Kopi bubuk")]))

    assert (outcomes(changed), outcomes(again)) == (["NEW"], ["UPDATED"])
    assert Enterprise.objects.filter(nib=NIB).count() == Enterprise.objects.filter(nib=OTHER_NIB).count() == 1


def test_a_number_that_was_outvoted_still_finds_its_enterprise(village_agency: Member, cooperatives: Member) -> None:
    done(village_agency, csv_file([enterprise()]))
    done(cooperatives, csv_file([enterprise(nib=OTHER_NIB)]))
    found = Enterprise.objects.get()
    EnterpriseClaim.objects.create(
        enterprise=found,
        agency=village_agency.held.agency,
        recorded_at=found.recorded_at,
        home_id=found.village_id,
        nib=NIB,
    )

    batch = done(village_agency, csv_file([enterprise(nib=NIB, nik=None, owner_name=None, name="Nama Lain Contoh")]))

    assert outcomes(batch) == ["UPDATED"]
    kept = Enterprise.objects.get()
    assert (kept.pk, kept.nib) == (found.pk, OTHER_NIB)


def test_the_same_row_of_the_second_agency_again_changes_nothing(village_agency: Member, cooperatives: Member) -> None:
    done(village_agency, csv_file([enterprise(nib=NIB)]))
    row = enterprise(nib=NIB, annual_turnover="48000000")
    done(cooperatives, csv_file([row]))
    before = EnterpriseClaim.objects.count(), PersonClaim.objects.count()

    batch = done(cooperatives, csv_file([row, enterprise(nik="5309014101909002", name="Baru Contoh Uji")]))

    assert outcomes(batch) == ["UNCHANGED", "NEW"]
    assert (EnterpriseClaim.objects.count(), PersonClaim.objects.count()) == before


def test_personal_values_of_claims_are_sealed(village_agency: Member, cooperatives: Member) -> None:
    done(village_agency, csv_file([enterprise(phone="081234567890")]))
    done(cooperatives, csv_file([enterprise(phone="081234567891")]))

    claims = PersonClaim.objects.order_by("pk")
    assert [one.phone_index is not None for one in claims] == [True, True]
    assert all(b"8123456789" not in bytes(one.phone_sealed or b"") for one in claims)
    assert all(NIK.encode() not in bytes(one.nik_sealed or b"") for one in claims)
    assert Person.objects.get().phone_index == claims[1].phone_index


def test_claims_stand_behind_the_wall(village_agency: Member, cooperatives: Member) -> None:
    done(village_agency, csv_file([enterprise(nib=NIB)]))
    done(cooperatives, csv_file([enterprise(nib=NIB, annual_turnover="48000000", owner_name="Contoh Lain Pemilik")]))

    seen = {}
    for region in ("53.09", "53.10", ""):
        scope.enter(region)
        seen[region] = (EnterpriseClaim.objects.count(), PersonClaim.objects.count(), Disagreement.objects.count())

    assert seen == {"53.09": (2, 2, 2), "53.10": (0, 0, 0), "": (0, 0, 0)}
