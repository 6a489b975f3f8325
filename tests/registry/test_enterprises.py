"""Changing and closing enterprises, and looking at sealed values: what is stored, refused, logged."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from pghistory.models import Context
from tests.factories import MORNING, Member, make_enterprise, make_person, make_region

from lontar.access.policies import Refused
from lontar.audit.actions import ReasonTooShort
from lontar.audit.models import Reveal
from lontar.audit.states import RevealKind
from lontar.engines.sealing import Sealer
from lontar.registry import policies
from lontar.registry.actions import (
    ChangedMeanwhile,
    EnterpriseInvalid,
    NoSuchTransition,
    NothingSealed,
    change_enterprise,
    change_status,
    reveal_value,
)
from lontar.registry.models import Enterprise, Person, VillageTally
from lontar.registry.states import EnterpriseStatus

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)
VILLAGE, BEYOND = "53.09.01.2001", "53.10.01.2001"


def make_beyond(**over: object) -> Enterprise:
    """An enterprise in a kabupaten that the cast of Ngada does not see."""
    from lontar.access import scope

    with scope.acting_in("53"):
        return make_enterprise(BEYOND, **over)


def test_new_values_are_stored_with_classes_source_and_one_event(agency_officer: Member) -> None:
    agency_officer.enter()
    one = make_enterprise(workers_unpaid=2, imk_class="mikro")

    change_enterprise(
        enterprise_id=one.pk,
        values={
            "name": "  Usaha  Contoh Baru ",
            "nib": "1234567890123",
            "workers_paid": "4",
            "annual_turnover": "2000000001",
        },
        read_at=one.recorded_at,
        by=agency_officer.user,
        post=agency_officer.held,
        at=LATER,
    )

    kept = Enterprise.objects.get(pk=one.pk)
    assert (kept.name, kept.nib, kept.workers) == ("Usaha Contoh Baru", "1234567890123", 6)
    assert (kept.imk_class, kept.umkm_class) == ("kecil", "kecil")
    assert (kept.source_agency, kept.recorded_at) == (agency_officer.held.agency, LATER)
    event = Enterprise.pgh_event_model.objects.filter(pgh_obj_id=one.pk).latest("pgh_id")  # type: ignore[attr-defined]  # made by pghistory
    context = Context.objects.get(pk=event.pgh_context_id)
    assert context.metadata["action"] == "registry.enterprise.changed"
    assert context.metadata["user"] == agency_officer.user.pk


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "  ", "tidak boleh kosong"),
        ("name", "x" * 201, "Paling banyak 200"),
        ("nib", "12345", "13"),
        ("nib", "5309010101900001", "NIK"),
        ("kbli", "99", "KBLI"),
        ("kbli_version", 2015, "2020 atau 2025"),
        ("start_year", "2031", "sampai 2026"),
        ("workers_paid", "-1", "Isi angka dari 0"),
        ("workers_paid", "dua", "bilangan bulat"),
        ("annual_turnover", 1.5, "bilangan bulat"),
        ("annual_turnover", "NaN", "bilangan bulat"),
        ("annual_turnover", Decimal(10) ** 16, "Isi angka dari 0"),
        ("lat", "51", "koordinat|provinsi|luar"),
        ("commodity", "tidak-ada", "tidak ada dalam daftar"),
        ("status", "closed", "tidak dapat diubah di sini"),
        ("owner_id", 1, "tidak dapat diubah di sini"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_field_and_nothing_changes(
    agency_officer: Member, field: str, value: object, words: str
) -> None:
    agency_officer.enter()
    one = make_enterprise(lat=-8.8, lon=121.0)

    with pytest.raises(EnterpriseInvalid) as refused:
        change_enterprise(
            enterprise_id=one.pk,
            values={field: value, "main_product": "kopi"},
            by=agency_officer.user,
            post=agency_officer.held,
            at=LATER,
        )

    assert list(refused.value.faults) == [field]
    assert any(word in refused.value.faults[field] for word in words.split("|"))
    kept = Enterprise.objects.get(pk=one.pk)
    assert (kept.main_product, kept.recorded_at) == ("", MORNING)


def test_a_nib_that_another_has_is_refused_even_beyond_the_scope(agency_officer: Member) -> None:
    make_beyond(nib="1234567890123")
    agency_officer.enter()
    one = make_enterprise()

    with pytest.raises(EnterpriseInvalid, match="sudah dipakai"):
        change_enterprise(
            enterprise_id=one.pk,
            values={"nib": "1234567890123"},
            by=agency_officer.user,
            post=agency_officer.held,
            at=LATER,
        )


def test_a_change_made_meanwhile_is_not_overwritten(agency_officer: Member) -> None:
    agency_officer.enter()
    one = make_enterprise()
    Enterprise.objects.filter(pk=one.pk).update(recorded_at=LATER)

    with pytest.raises(ChangedMeanwhile):
        change_enterprise(
            enterprise_id=one.pk,
            values={"name": "Usaha Contoh Lama"},
            read_at=MORNING,
            by=agency_officer.user,
            post=agency_officer.held,
            at=LATER,
        )

    assert Enterprise.objects.get(pk=one.pk).name == "Usaha Contoh Uji"


def test_an_enterprise_beyond_the_scope_cannot_be_changed(agency_officer: Member) -> None:
    one = make_beyond()
    agency_officer.enter()

    with pytest.raises(Enterprise.DoesNotExist):
        change_enterprise(
            enterprise_id=one.pk, values={"name": "Contoh"}, by=agency_officer.user, post=agency_officer.held, at=LATER
        )


def test_status_moves_only_along_the_table(agency_officer: Member) -> None:
    agency_officer.enter()
    one = make_enterprise()

    def move(status: EnterpriseStatus) -> None:
        change_status(enterprise_id=one.pk, status=status, by=agency_officer.user, post=agency_officer.held, at=LATER)

    move(EnterpriseStatus.CLOSED)
    assert VillageTally.objects.get(village_id=VILLAGE).registered == 0
    with pytest.raises(NoSuchTransition):
        move(EnterpriseStatus.DORMANT)
    assert Enterprise.objects.get(pk=one.pk).status == "closed"
    move(EnterpriseStatus.ACTIVE)
    assert VillageTally.objects.get(village_id=VILLAGE).registered == 1


def test_a_sealed_value_is_shown_and_the_look_is_logged(agency_officer: Member) -> None:
    agency_officer.enter()
    sealer = Sealer(field_key=settings.FIELD_KEY, index_key=settings.INDEX_KEY)
    person = make_person(
        nik_sealed=sealer.seal("5309010101900001", context="person.nik"),
        nik_index=sealer.index("5309010101900001", context="person.nik"),
    )

    shown = reveal_value(
        person_id=person.pk,
        kind=RevealKind.NIK,
        reason="Mencocokkan berkas contoh",
        by=agency_officer.user,
        post=agency_officer.held,
        at=LATER,
    )

    assert shown == "5309010101900001"
    logged = Reveal.objects.get()
    assert (logged.user, logged.kind, logged.subject_id) == (agency_officer.user, "nik", person.pk)
    assert "5309010101900001" not in str(Context.objects.latest("created_at").metadata)


def test_no_value_is_shown_without_a_reason_or_beyond_the_scope(agency_officer: Member) -> None:
    from lontar.access import scope

    with scope.acting_in("53"):
        outside = make_person(BEYOND)
    agency_officer.enter()
    person = make_person()

    def look(pk: int, reason: str = "Mencocokkan berkas contoh") -> str:
        return reveal_value(
            person_id=pk,
            kind=RevealKind.PHONE,
            reason=reason,
            by=agency_officer.user,
            post=agency_officer.held,
            at=LATER,
        )

    with pytest.raises(NothingSealed):
        look(person.pk)
    with pytest.raises(Person.DoesNotExist):
        look(outside.pk)
    person.phone_sealed = Sealer(field_key=settings.FIELD_KEY, index_key=settings.INDEX_KEY).seal(
        "+6281200000000", context="person.phone"
    )
    person.save(update_fields=["phone_sealed"])
    with pytest.raises(ReasonTooShort):
        look(person.pk, "ingin")
    assert Reveal.objects.count() == 0


# --- who may ----------------------------------------------------------------------------------------------------------

_MAY = {
    "province_admin": "read edit verify reveal",
    "province_officer": "read",
    "agency_officer": "read edit verify reveal",
    "regency_officer": "read edit reveal",
    "village_officer": "read edit reveal",
    "mentor": "read",
    "viewer": "read",
    "lender": "",
    "cashier": "",
    "stranger": "",
}


def test_each_role_may_what_the_table_says(cast: dict[str, Member]) -> None:
    checks = {
        "read": lambda post: policies.check_read_enterprises.can(post),
        "edit": lambda post: policies.check_edit_enterprise.can(post, VILLAGE),
        "verify": lambda post: policies.check_verify_within.can(post, VILLAGE),
        "reveal": lambda post: policies.check_reveal_value.can(post, VILLAGE),
    }
    found = {
        name: " ".join(act for act, check in checks.items() if check(member.post)) for name, member in cast.items()
    }

    assert found == _MAY


def test_nobody_acts_beyond_the_own_region(agency_officer: Member, village_officer: Member) -> None:
    with pytest.raises(Refused, match="di luar wilayah tugas"):
        policies.check_edit_enterprise(agency_officer.post, BEYOND)
    with pytest.raises(Refused, match="di luar wilayah tugas"):
        policies.check_verify_within(agency_officer.post, "53")
    with pytest.raises(Refused, match="di luar wilayah tugas"):
        policies.check_reveal_value(village_officer.post, "53.09.01.2002")


# --- what triggers keep -----------------------------------------------------------------------------------------------


def test_the_owners_name_is_kept_for_the_search_and_follows_the_person(province_admin: Member) -> None:
    province_admin.enter()
    owner = make_person(name="Contoh Uji Satu")
    one = make_enterprise(owner=owner)
    one.refresh_from_db()
    assert one.owner_name == "Contoh Uji Satu"

    Person.objects.filter(pk=owner.pk).update(name="Contoh Uji Dua")
    one.refresh_from_db()
    assert one.owner_name == "Contoh Uji Dua"

    Enterprise.objects.filter(pk=one.pk).update(owner=None)
    one.refresh_from_db()
    assert one.owner_name == ""


def test_an_owner_beyond_the_scope_is_named_too(agency_officer: Member) -> None:
    from lontar.access import scope

    with scope.acting_in("53"):
        owner = make_person(BEYOND, name="Contoh Uji Jauh")
    agency_officer.enter()
    make_region(VILLAGE)

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_enterprise (village_id, owner_id, name, npwp, kbli, main_product, imk_class, umkm_class,"
            " status, source_key, recorded_at) VALUES (%s, %s, 'Usaha Contoh', '', '', '', '', '', 'active', '', now())",
            [VILLAGE, owner.pk],
        )

    assert Enterprise.objects.get().owner_name == "Contoh Uji Jauh"


def test_the_cells_always_add_up_to_the_rows(province_admin: Member) -> None:
    province_admin.enter()
    rows = [
        make_enterprise(imk_class="mikro", kbli="13121", kbli_version=2020),
        make_enterprise(imk_class="kecil", nib="1234567890123"),
        make_enterprise("53.10.01.2001", status="dormant", verified_at=MORNING),
    ]
    Enterprise.objects.filter(pk=rows[0].pk).update(imk_class="kecil", verified_at=LATER)
    Enterprise.objects.filter(pk=rows[2].pk).update(village_id=VILLAGE, status="closed")
    rows[1].delete()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT village_id, kbli_group, imk_class, umkm_class, status, is_verified, has_nib, number"
            " FROM registry_enterprisecell WHERE number <> 0 ORDER BY 1, 2, 3"
        )
        kept = cursor.fetchall()
    assert kept == [
        (VILLAGE, "", "", "", "closed", True, False, 1),
        (VILLAGE, "13", "kecil", "", "active", True, False, 1),
    ]
