"""How far a licence is in force, once in Python and once in SQL; size classes by the parameters of a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lontar.audit.models import Parameter
from lontar.registry.rules import Expiry, bands_as_at, classes_of, expiry_of, expiry_sql
from lontar.registry.states import LicenceKind

DAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("kind", "number", "issued", "expires", "state"),
    [
        ("pirt", "206530901234528", None, None, Expiry.IN_FORCE),
        ("pirt", "206530901234525", None, None, Expiry.EXPIRED),
        ("pirt", "206530901234526", None, None, Expiry.UNKNOWN),
        ("pirt", "206530901234526", None, date(2026, 3, 1), Expiry.IN_FORCE),
        ("pirt", "P-IRT 2065309012345-28", None, None, Expiry.IN_FORCE),
        ("pirt", "206530901234", None, None, Expiry.UNKNOWN),
        ("halal", "ID53110000145391021", None, None, Expiry.ENDLESS),
        ("halal", "ID53110000145391021", date(2023, 2, 1), None, Expiry.ENDLESS),
        ("halal", "ID53110000145391021", date(2021, 11, 19), None, Expiry.EXPIRED),
        ("halal", "ID53110000145391021", date(2022, 2, 1), None, Expiry.IN_FORCE),
        ("merek", "IDM000123456", date(2016, 1, 15), None, Expiry.IN_FORCE),
        ("merek", "IDM000123456", date(2016, 1, 14), None, Expiry.EXPIRED),
        ("merek", "IDM000123456", None, None, Expiry.UNKNOWN),
        ("nib", "1234567890123", None, None, Expiry.ENDLESS),
        ("ig", "IDG000000014", None, None, Expiry.ENDLESS),
        ("md", "MD240935001200027", None, date(2026, 1, 15), Expiry.IN_FORCE),
        ("md", "MD240935001200027", None, date(2026, 1, 14), Expiry.EXPIRED),
        ("md", "MD240935001200027", None, None, Expiry.UNKNOWN),
    ],
)
def test_a_licence_is_in_force_as_its_kind_says(
    kind: str, number: str, issued: date | None, expires: date | None, state: Expiry
) -> None:
    assert expiry_of(kind, number, issued=issued, expires=expires, day=DAY) == state


days = st.none() | st.dates(date(2010, 1, 1), date(2040, 12, 31))
numbers = st.text("0123456789", min_size=15, max_size=15) | st.text("0123456789- PIRT", max_size=20)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(LicenceKind.values), numbers, days, days), min_size=1, max_size=40),
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
)
def test_the_rule_says_the_same_in_sql(rows: list[tuple[str, str, date | None, date | None]], day: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {expiry_sql(day)} FROM unnest(%s::text[], %s::text[], %s::date[], %s::date[])"
            " WITH ORDINALITY AS r (kind, number, issued_date, expires_date, place) ORDER BY place",
            [list(column) for column in zip(*rows, strict=True)],
        )
        told = [row[0] for row in cursor.fetchall()]

    assert told == [
        expiry_of(kind, number, issued=issued, expires=expires, day=day).value for kind, number, issued, expires in rows
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("workers", "sales", "capital", "classes"),
    [
        (None, None, None, ("", "")),
        (0, None, None, ("", "")),
        (4, Decimal(2_000_000_000), None, ("mikro", "mikro")),
        (5, Decimal(2_000_000_001), Decimal(1), ("kecil", "kecil")),
        (19, None, Decimal(1_000_000_000), ("kecil", "mikro")),
        (20, None, Decimal(1_000_000_001), ("sedang", "kecil")),
        (100, Decimal(50_000_000_001), None, ("besar", "besar")),
    ],
)
def test_classes_follow_workers_and_rupiah_apart(
    workers: int | None, sales: Decimal | None, capital: Decimal | None, classes: tuple[str, str]
) -> None:
    assert classes_of(workers=workers, sales=sales, capital=capital, bands=bands_as_at(DAY)) == classes


@pytest.mark.django_db
def test_a_new_threshold_counts_from_its_day_on() -> None:
    Parameter.objects.filter(key="imk.workers.micro").update(valid_until=date(2026, 1, 1))
    Parameter.objects.create(
        key="imk.workers.micro", number=9, valid_from=date(2026, 1, 1), source="Peraturan Contoh 1/2026"
    )

    before, after = (
        classes_of(workers=7, sales=None, capital=None, bands=bands_as_at(day)) for day in (date(2025, 12, 31), DAY)
    )

    assert (before, after) == (("kecil", ""), ("mikro", ""))
