"""Parameters: in force on a day, never overwritten, seeded with sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from pghistory.models import Context
from tests.factories import MORNING, Member, make_parameter

from lontar.audit import actions, queries
from lontar.audit.models import Parameter
from lontar.engines.sizes import DEFAULT_CAPITAL_BANDS, DEFAULT_SALES_BANDS, DEFAULT_WORKER_BANDS, SizeBands

TODAY = date(2026, 1, 15)
pytestmark = pytest.mark.django_db


def put(member: Member, **over: object) -> Parameter:
    values = {"key": "contoh.batas", "number": Decimal(12), "source": "SK Contoh 2/2026", "valid_from": TODAY}
    return actions.set_parameter(**(values | over), by=member.user, at=MORNING)


def test_a_new_value_ends_the_old_one_on_its_first_day(province_admin: Member) -> None:
    make_parameter(unit="orang")
    put(province_admin, valid_from=date(2026, 2, 1))
    periods = list(
        Parameter.objects.filter(key="contoh.batas").order_by("valid_from").values_list("valid_from", "valid_until")
    )
    assert periods == [(date(2021, 2, 2), date(2026, 2, 1)), (date(2026, 2, 1), None)]
    assert queries.parameter_as_at("contoh.batas", date(2026, 1, 31)).number == Decimal(10)
    after = queries.parameter_as_at("contoh.batas", date(2026, 2, 1))
    assert (after.number, after.unit, after.source) == (Decimal(12), "orang", "SK Contoh 2/2026")
    assert Context.objects.get(metadata__action="audit.parameter.set").metadata["key"] == "contoh.batas"


def test_a_first_value_opens_a_parameter(province_admin: Member) -> None:
    put(province_admin, key="contoh.baru", unit="%")
    assert queries.parameter_as_at("contoh.baru", TODAY).unit == "%"
    with pytest.raises(queries.NoParameter, match=r"contoh\.baru: tidak ada nilai yang berlaku pada 14-01-2026"):
        queries.parameter_as_at("contoh.baru", date(2026, 1, 14))


def test_a_value_that_reaches_into_another_is_refused_and_nothing_changes(province_admin: Member) -> None:
    make_parameter(valid_from=date(2026, 3, 1))
    for day in (TODAY, date(2026, 3, 1)):
        with pytest.raises(actions.ParameterOverlaps, match="berlaku mulai 01-03-2026"):
            put(province_admin, valid_from=day)
    assert Parameter.objects.get(key="contoh.batas").valid_until is None


def test_a_past_day_needs_a_reason_and_keeps_it(province_admin: Member) -> None:
    make_parameter()
    day = date(2025, 12, 1)
    for reason in ("", "  lupa  "):
        with pytest.raises(actions.ParameterInPast):
            put(province_admin, valid_from=day, backdated_because=reason)
    put(province_admin, valid_from=day, backdated_because="SK terbit Desember, diterima Januari")
    assert queries.parameter_as_at("contoh.batas", day).number == Decimal(12)
    event = Context.objects.get(metadata__action="audit.parameter.set")
    assert event.metadata["because"] == "SK terbit Desember, diterima Januari"


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"key": "Batas"}, "Kunci parameter"),
        ({"number": 12.5}, "bilangan desimal"),
        ({"number": Decimal("NaN")}, "bilangan desimal"),
        ({"source": "  "}, "sumber nilai"),
        ({"unit": "rumah"}, "Satuan parameter ini orang"),
    ],
)
def test_an_unclear_value_is_refused(province_admin: Member, over: dict[str, object], message: str) -> None:
    make_parameter(unit="orang")
    with pytest.raises(actions.ParameterUnclear, match=message):
        put(province_admin, **over)
    assert Parameter.objects.filter(key="contoh.batas").count() == 1


def test_a_prefix_gives_its_own_branch_only() -> None:
    found = queries.parameters_with_prefix("umkm.sales", TODAY)
    assert list(found) == ["umkm.sales.medium", "umkm.sales.micro", "umkm.sales.small"]
    assert found["umkm.sales.micro"].number == Decimal(2_000_000_000)
    assert queries.parameters_with_prefix("umkm.sal", TODAY) == {}


@pytest.mark.parametrize(
    ("prefix", "bands"),
    [
        ("umkm.sales", DEFAULT_SALES_BANDS),
        ("umkm.capital", DEFAULT_CAPITAL_BANDS),
        ("imk.workers", DEFAULT_WORKER_BANDS),
    ],
)
def test_the_seeded_bands_are_those_that_the_engine_documents(prefix: str, bands: SizeBands) -> None:
    seeded = sorted(value.number for value in queries.parameters_with_prefix(prefix, TODAY).values())
    assert seeded == [band.upper for band in bands.bands if band.upper is not None]


def test_the_halal_ceiling_rose_in_2025() -> None:
    before = queries.parameter_as_at("halal.self_declare.sales", date(2025, 7, 28))
    after = queries.parameter_as_at("halal.self_declare.sales", date(2025, 7, 29))
    assert (before.number, after.number) == (Decimal(500_000_000), Decimal(15_000_000_000))
    assert "perlu konfirmasi" in after.source


def test_every_seeded_value_names_its_source_and_has_a_label() -> None:
    for value in queries.parameters_in_force(TODAY):
        assert value.source
        assert value.label != value.key, value.key


def test_the_seed_can_be_taken_back_and_leaves_what_people_set(province_admin: Member) -> None:
    put(province_admin, key="star.validity", number=Decimal(24))
    migration = import_module("lontar.audit.migrations.0003_parameters")
    editor = type("Editor", (), {"connection": connection})
    migration.unseed(apps, editor)
    own = {row[0] for row in migration.ROWS}
    left = Parameter.objects.filter(key__in=own).values_list("key", "number")
    assert list(left) == [("star.validity", Decimal(24))]


def test_the_database_refuses_two_open_values() -> None:
    make_parameter()
    with pytest.raises(Exception, match="parameter_one_open_per_key"):
        make_parameter(valid_from=date(2026, 1, 1))
