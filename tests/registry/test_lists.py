"""The enterprise lists: every filter, sort, place and plan against plain Python over the same rows; the wall; CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import MORNING, make_person, make_region

from lontar.access import scope
from lontar.registry.models import Enterprise, OfficeEnterprise, Person
from lontar.registry.queries import (
    BadCursor,
    EnterpriseFilter,
    count_office,
    count_public,
    csv_office,
    csv_public,
    facets_office,
    list_office,
    list_public,
)
from lontar.registry.queries.enterprise_filter import OFFICE, office_where
from lontar.registry.queries.enterprises import plan_for
from lontar.registry.queries.listing import Plan, select_after, select_counted, select_page

pytestmark = pytest.mark.django_db
VILLAGES = ("53.09.01.2001", "53.09.01.2002", "53.09.02.2001", "53.10.01.2001")
NAMES = ("Tenun Contoh", "Kopi Contoh", "Anyaman Contoh", "=1+1", "Kopi Ke Dua")
PRODUCTS = ("kain tenun ikat", "kopi bubuk", "", "@SUM(A1)")
OWNERS = ("Contoh Maria", "Contoh Yohanes", "")
TODAY = MORNING


@pytest.fixture
def rows(db: None) -> list[dict[str, Any]]:
    """Forty enterprises in four villages whose values go through every combination in turn, as plain dictionaries."""
    for code in VILLAGES:
        make_region(code)
    with scope.acting_in("53"):
        owners = {name: make_person(VILLAGES[0], name=name) for name in OWNERS if name}
        Enterprise.objects.bulk_create(_enterprise(number, owners) for number in range(40))
        return [dict(row) for row in OfficeEnterprise.objects.order_by("pk").values()]


def _enterprise(number: int, owners: dict[str, Person]) -> Enterprise:
    return Enterprise(
        village_id=VILLAGES[number % 4],
        owner=owners.get(OWNERS[number % 3]),
        name=NAMES[number % 5],
        main_product=PRODUCTS[(number // 2) % 4],
        kbli=("10130", "13121", "")[number % 3],
        kbli_version=(2020, 2020, None)[number % 3],
        nib=f"{number:013d}" if number % 4 == 0 else None,
        imk_class=("mikro", "kecil", "")[(number // 3) % 3],
        umkm_class=("mikro", "")[number % 2],
        annual_turnover=None if number % 6 == 0 else Decimal((number * 7) % 13 * 1_000_000),
        workers_paid=None if number % 5 == 0 else number % 4,
        status=("active", "active", "dormant", "closed")[(number // 4) % 4],
        verified_at=MORNING if number % 3 == 0 else None,
        recorded_at=MORNING + timedelta(minutes=(number * 11) % 17),
    )


def _words(row: dict[str, Any]) -> list[str]:
    text = f"{row['name']} {row['main_product']} {row['owner_name']}".lower()
    return "".join(letter if letter.isalnum() else " " for letter in text).split()


def fits(row: dict[str, Any], asked: EnterpriseFilter) -> bool:
    """What a filter means, said plainly."""
    nib = {"": True, "ada": row["nib"] is not None, "tidak": row["nib"] is None}.get(asked.nib, row["nib"] == asked.nib)
    text = all(
        any(word == part if len(part) < 3 else word.startswith(part) for word in _words(row))
        for part in asked.text.lower().split()
    )
    return (
        (not asked.region or row["village_id"] == asked.region or row["village_id"].startswith(f"{asked.region}."))
        and (not asked.imk_class or row["imk_class"] == asked.imk_class)
        and (not asked.umkm_class or row["umkm_class"] == asked.umkm_class)
        and row["kbli"].startswith(asked.kbli)
        and nib
        and (asked.is_verified is None or (row["verified_at"] is not None) == asked.is_verified)
        and (not asked.status or row["status"] == asked.status)
        and text
    )


KEYS: dict[str, Callable[[dict[str, Any]], tuple[Any, int]]] = {
    "village": lambda row: (row["village_id"], row["id"]),
    "name": lambda row: (row["name"], row["id"]),
    "id": lambda row: (row["id"], row["id"]),
    "turnover": lambda row: (-1 if row["annual_turnover"] is None else row["annual_turnover"], row["id"]),
    "workers": lambda row: (-1 if row["workers"] is None else row["workers"], row["id"]),
    "recorded": lambda row: (row["recorded_at"], row["id"]),
}
filters = st.builds(
    EnterpriseFilter,
    region=st.sampled_from(["", "53.09", "53.09.01", "53.10", "53.09.02.2001", "53.99"]),
    imk_class=st.sampled_from(["", "mikro", "kecil", "besar"]),
    umkm_class=st.sampled_from(["", "mikro"]),
    kbli=st.sampled_from(["", "10", "13", "101", "13121"]),
    nib=st.sampled_from(["", "", "ada", "tidak", "0000000000008"]),
    is_verified=st.sampled_from([None, None, True, False]),
    status=st.sampled_from(["", "", "active", "closed"]),
    text=st.sampled_from(["", "", "kopi", "tenun maria", "ke", "k", "kop contoh", "yohanes", "tidakada"]),
)
sorts = st.sampled_from([sign + name for name in KEYS for sign in ("", "-")])
plain = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@plain
@given(asked=filters, sort=sorts, offset=st.integers(0, 12), within=st.sampled_from(["53", "53.09"]))
def test_a_page_its_count_and_its_order_are_as_said(
    rows: list[dict[str, Any]], asked: EnterpriseFilter, sort: str, offset: int, within: str
) -> None:
    scope.enter(within)
    wanted = [row for row in rows if fits(row, asked) and fits(row, EnterpriseFilter(region=within))]
    wanted.sort(key=KEYS[sort.removeprefix("-")], reverse=sort.startswith("-"))

    page = list_office(asked, within=within, sort=sort, limit=5, offset=offset)

    assert page.count == len(wanted) == count_office(asked, within=within)
    assert [row["id"] for row in page.items] == [row["id"] for row in wanted[offset : offset + 5]]


@plain
@given(asked=filters, sort=sorts)
def test_every_way_of_reading_gives_the_same_rows(
    rows: list[dict[str, Any]], asked: EnterpriseFilter, sort: str
) -> None:
    scope.enter("53")
    where = office_where(asked, within="53")

    walked = select_page(OFFICE, where, sort=sort, limit=50, plan=Plan.WALK)

    assert select_page(OFFICE, where, sort=sort, limit=50, plan=Plan.GATHER) == walked
    assert select_counted(OFFICE, where, sort=sort, limit=50) == (walked, len(walked))
    assert select_counted(OFFICE, where, sort=sort, limit=50, offset=90) == ([], len(walked))
    assert select_after(OFFICE, where, sort=sort, limit=50, plan=Plan.GATHER) == walked


@plain
@given(asked=filters, sort=sorts, size=st.integers(1, 7))
def test_pages_by_place_go_through_the_whole_list_and_back(
    rows: list[dict[str, Any]], asked: EnterpriseFilter, sort: str, size: int
) -> None:
    scope.enter("53")
    whole = [row["id"] for row in list_office(asked, within="53", sort=sort, limit=50).items]

    pages, after = [], ""
    while True:
        page = list_office(asked, within="53", sort=sort, limit=size, after=after)
        pages.append([row["id"] for row in page.items])
        if len(page.items) < size:
            break
        after = page.after
    back = list_office(asked, within="53", sort=sort, limit=size, before=page.before) if page.before else None

    assert [number for page_ids in pages for number in page_ids] == whole
    if back is not None and len(pages) > 1:
        assert [row["id"] for row in back.items] == pages[-2]


def test_a_foreign_place_is_refused(rows: list[dict[str, Any]]) -> None:
    scope.enter("53")
    for word in ("x", "W10", "bnVsbA", "WyJhIixudWxsXQ", "'; DROP TABLE"):
        with pytest.raises(BadCursor):
            list_office(EnterpriseFilter(), within="53", after=word)
    by_name = list_office(EnterpriseFilter(), within="53", sort="name").after
    with pytest.raises(BadCursor), transaction.atomic():
        list_office(EnterpriseFilter(), within="53", sort="turnover", after=by_name)


def test_the_view_holds_the_wall_whatever_is_asked(rows: list[dict[str, Any]]) -> None:
    scope.enter("53.10")
    assert {row["village_code"] for row in list_office(EnterpriseFilter(), within="53", limit=100).items} == {
        VILLAGES[3]
    }
    assert OfficeEnterprise.objects.count() == 10

    scope.enter("")
    assert list_office(EnterpriseFilter(), within="53").items == []
    assert list_office(EnterpriseFilter(text="kopi"), within="53").items == []
    assert b"".join(csv_office(EnterpriseFilter(), within="53")).count(b"\n") == 1
    assert OfficeEnterprise.objects.count() == 0


def test_a_remembered_count_follows_every_change(rows: list[dict[str, Any]]) -> None:
    scope.enter("53")
    asked = EnterpriseFilter(text="kopi bubuk")
    before = count_office(asked, within="53")

    Enterprise.objects.filter(pk=rows[0]["id"]).update(name="Kopi Bubuk Contoh")
    more = count_office(asked, within="53")
    Enterprise.objects.filter(pk=rows[0]["id"]).delete()

    assert before > 0
    assert more == before + 1
    assert count_office(asked, within="53") == before


def test_anyone_reads_open_enterprises_without_owner_money_or_numbers(rows: list[dict[str, Any]]) -> None:
    scope.enter("")
    page = list_public(EnterpriseFilter(), limit=100)

    assert page.count == len(page.items) == sum(row["status"] != "closed" for row in rows)
    assert set(page.items[0]) == {
        "id", "name", "village_code", "village_name", "district_name", "regency_name", "main_product", "kbli",
        "kbli_version", "imk_class", "commodity", "is_verified",
    }  # fmt: skip
    assert list_public(EnterpriseFilter(text="maria")).count == 0
    for asked in (EnterpriseFilter(is_verified=True), EnterpriseFilter(region="53.09"), EnterpriseFilter(kbli="13")):
        assert count_public(asked) == list_public(asked, limit=100).count == len(list_public(asked, limit=100).items)


def test_facets_count_each_class_under_the_filters(rows: list[dict[str, Any]]) -> None:
    scope.enter("53")
    asked = EnterpriseFilter(region="53.09", status="active")
    wanted = [row for row in rows if fits(row, asked)]

    found = facets_office(asked, within="53")

    assert found["imk_class"] == {
        name: number for name in ("mikro", "kecil", "") if (number := sum(row["imk_class"] == name for row in wanted))
    }
    assert found["is_verified"]["true"] == sum(row["verified_at"] is not None for row in wanted)
    assert facets_office(asked, within="53.10")["status"] == {}


@pytest.mark.parametrize("sort", ["village", "-turnover", "name"])
def test_csv_holds_the_same_rows_as_the_list(rows: list[dict[str, Any]], sort: str) -> None:
    scope.enter("53.09")
    asked = EnterpriseFilter(is_verified=False)

    read = list(
        csv.DictReader(io.StringIO(b"".join(csv_office(asked, within="53.09", sort=sort)).decode(), newline=""))
    )
    listed = list_office(asked, within="53.09", sort=sort, limit=100).items

    assert [int(row["id"]) for row in read] == [row["id"] for row in listed]
    assert list(read[0]) == list(listed[0])
    for line, row in zip(read, listed, strict=True):
        assert line["annual_turnover"] == ("" if row["annual_turnover"] is None else str(row["annual_turnover"]))
        assert line["name"].removeprefix("'") == row["name"]


def test_no_cell_of_the_csv_begins_a_formula(rows: list[dict[str, Any]]) -> None:
    scope.enter("53")
    for blocks in (csv_office(EnterpriseFilter(), within="53"), csv_public(EnterpriseFilter())):
        cells = [cell for line in csv.reader(io.StringIO(b"".join(blocks).decode(), newline="")) for cell in line]
        assert "'=1+1" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]


def test_a_csv_that_is_not_read_to_its_end_leaves_the_connection_usable(rows: list[dict[str, Any]]) -> None:
    scope.enter("53")
    blocks = csv_office(EnterpriseFilter(), within="53")

    assert next(iter(blocks)).startswith(b"id,name,village_code")
    blocks.close()  # type: ignore[attr-defined]  # a generator

    assert count_office(EnterpriseFilter(), within="53") == 40


def test_few_rows_are_gathered_and_many_are_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lontar.registry.queries.enterprises.estimated_rows", lambda _table: 168_002.0)

    assert plan_for(500, reach=50) is Plan.GATHER
    assert plan_for(50_000, reach=50) is Plan.WALK
    assert plan_for(30_000, reach=5_050) is Plan.GATHER
    assert plan_for(112_000, reach=5_050) is Plan.WALK
