"""The lists of the API: what is sent to whom, filters, paging, CSV beside JSON, counts that agree with coverage."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests.api.data import NGADA, Asker
from tests.factories import Member

from lontar.access import scope
from lontar.api.api import api
from lontar.registry.api import shapes
from lontar.registry.models import Enterprise, Person
from lontar.registry.queries import open_lists
from lontar.registry.queries.enterprise_filter import OFFICE, PUBLIC

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
LISTS = (
    "coverage", "regions", "villages", "enterprises", "products", "licences", "potential", "organizations", "schools",
    "commodities",
)  # fmt: skip


def get(path: str, client: Client | None = None) -> Any:
    answer = (client or Client()).get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def read_csv(path: str, client: Client | None = None) -> list[dict[str, str]]:
    answer = (client or Client()).get(f"/api/v1/{path}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode(), newline="")))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_answers_items_and_count_and_the_same_as_csv(name: str) -> None:
    listed = get(f"{name}?limit=1000")

    rows = read_csv(f"{name}?format=csv")

    assert set(listed) == {"items", "count"}
    assert listed["count"] == len(listed["items"]) == len(rows)
    for item, row in zip(listed["items"], rows, strict=True):
        assert list(row) == list(item)
        for key, value in item.items():
            assert _same(row[key], value), key


def _same(written: str, value: object) -> bool:
    if value is None or isinstance(value, bool):
        return written == {None: "", True: "t", False: "f"}[value]
    if isinstance(value, int | float):
        return Decimal(written) == Decimal(str(value))
    return written.removeprefix("'") == value


@pytest.mark.parametrize("name", LISTS)
def test_limit_and_offset_cut_the_list_and_leave_the_count(name: str) -> None:
    whole = get(f"{name}?limit=1000")

    cut = get(f"{name}?limit=1&offset=1")

    assert cut == {"items": whole["items"][1:2], "count": whole["count"]}


def test_coverage_has_exactly_its_fields_and_the_published_total() -> None:
    items = get("coverage")["items"]

    assert items == [
        {
            "code": "53.09", "name": "Contoh 53.09", "villages": 1, "enterprises_official": 3024,
            "enterprises_registered": 2, "enterprises_verified": 1,
        },
        {
            "code": "53.10", "name": "Contoh 53.10", "villages": 1, "enterprises_official": None,
            "enterprises_registered": 1, "enterprises_verified": 0,
        },
    ]  # fmt: skip
    assert get("coverage?level=village&region=53.09")["items"][0]["code"] == NGADA


def test_a_stranger_reads_open_fields_of_open_enterprises_only(province: dict[str, Enterprise]) -> None:
    listed = get("enterprises")

    assert {item["name"] for item in listed["items"]} == {"Kopi Contoh", "=1+1", "Tenun Contoh"}
    assert all(set(item) == set(PUBLIC.names) for item in listed["items"])
    assert Client().get(f"/api/v1/enterprises/{province['closed'].pk}").status_code == 404
    assert set(get(f"enterprises/{province['kopi'].pk}")) == set(PUBLIC.names)
    for path in ("products", "licences"):
        assert province["closed"].pk not in {item["enterprise_id"] for item in get(path)["items"]}
    assert [item["number"] for item in get("licences?kind=nib")["items"]] == [None]


def test_a_key_opens_the_fields_of_its_region_and_no_other(
    agency_officer: Member, province: dict[str, Enterprise], with_key: Asker
) -> None:
    client = with_key(agency_officer)

    listed = get("enterprises", client)

    assert listed["count"] == 3
    assert {item["village_code"] for item in listed["items"]} == {NGADA}
    kopi = next(item for item in listed["items"] if item["name"] == "Kopi Contoh")
    assert set(kopi) == set(OFFICE.names)
    assert (kopi["owner_name"], kopi["nib"], kopi["annual_turnover"]) == (
        "Contoh Uji Pemilik",
        "1234567890123",
        25_000_000,
    )
    assert get("enterprises?region=53.10", client) == {"items": [], "count": 0}
    assert set(get(f"enterprises/{province['beyond'].pk}", client)) == set(PUBLIC.names)
    assert get("enterprises?status=closed&nib=tidak&sort=-turnover&q=tutup", client)["count"] == 1
    assert {row["village_code"] for row in read_csv("enterprises?format=csv", client)} == {NGADA}


def test_a_session_reads_as_its_post(agency_officer: Member) -> None:
    assert get("enterprises", agency_officer.client())["count"] == 3


@pytest.mark.parametrize("name", ["cashier", "lender", "stranger"])
def test_a_duty_that_does_not_need_owners_reads_what_anyone_reads(name: str, cast: dict[str, Member]) -> None:
    items = get("enterprises", cast[name].client())["items"]

    assert items
    assert all(set(item) == set(PUBLIC.names) for item in items)


def test_no_answer_ever_holds_a_personal_value(province_admin: Member, with_key: Asker) -> None:
    from django.conf import settings

    from lontar.engines.sealing import Sealer

    sealer = Sealer(field_key=settings.FIELD_KEY, index_key=settings.INDEX_KEY)
    values = {"nik": "5309010101900001", "phone": "+6281200000000", "address": "Jalan Contoh 1"}
    with scope.acting_in("53"):
        sealed = {f"{name}_sealed": sealer.seal(value, context=f"person.{name}") for name, value in values.items()}
        index = {f"{name}_index": sealer.index(values[name], context=f"person.{name}") for name in ("nik", "phone")}
        Person.objects.update(**sealed, **index)
    client = with_key(province_admin)

    for path in (*LISTS, "search?q=contoh", f"villages/{NGADA}", "enterprises?format=csv"):
        answer = client.get(f"/api/v1/{path}").getvalue().decode()
        assert not [value for value in values.values() if value in answer]
        assert "nik" not in answer
        assert "sealed" not in answer


def test_the_village_profile_tells_everything_open() -> None:
    profile = get(f"villages/{NGADA}")

    assert profile["enterprises"] == {"registered": 2, "verified": 1, "women_owned": 1, "with_nib": 1, "workers": 2}
    assert [(row["commodity"], row["production"], row["harvest_months"]) for row in profile["potential"]] == [
        ("kopi", 12.5, [5, 6])
    ]
    assert [row["name"] for row in profile["products"]] == ["Produk kopi"]
    assert profile["licences"] == [
        {"kind": "nib", "state": "endless", "number": 1}, {"kind": "pirt", "state": "expired", "number": 1}
    ]  # fmt: skip
    assert Client().get("/api/v1/villages/53.09").status_code == 404


def test_licences_are_found_by_how_far_they_are_in_force() -> None:
    assert [item["kind"] for item in get("licences?state=expired")["items"]] == ["pirt"]
    assert [item["state"] for item in get("licences?kind=nib")["items"]] == ["endless"]


def test_search_finds_regions_enterprises_and_products_in_one_call() -> None:
    found = get("search?q=kopi")

    assert {(item["kind"], item["name"]) for item in found["items"]} == {
        ("enterprise", "Kopi Contoh"), ("product", "Produk kopi")
    }  # fmt: skip
    assert found["count"] == 2
    regions = get("search?q=contoh%20satu&kind=region")["items"]
    assert {item["kind"] for item in regions} == {"region"}
    assert regions[0]["code"] == NGADA


@pytest.mark.parametrize(
    ("shape", "names"),
    [
        (shapes.OpenEnterprise, PUBLIC.names),
        (shapes.Enterprise, OFFICE.names),
        (shapes.Region, open_lists.REGIONS.names),
        (shapes.Village, open_lists.VILLAGES.names),
        (shapes.Product, open_lists.PRODUCTS.names),
        (shapes.Licence, [*open_lists.LICENCES.names, "state"]),
        (shapes.Potential, open_lists.POTENTIAL.names),
        (shapes.Organization, open_lists.ORGANIZATIONS.names),
        (shapes.School, open_lists.SCHOOLS.names),
        (shapes.Commodity, open_lists.COMMODITIES.names),
    ],
)
def test_the_document_names_every_field_that_is_sent(shape: Any, names: list[str]) -> None:
    assert set(shape.model_fields) == set(names)


def test_the_manual_shows_every_operation() -> None:
    page = Client().get("/api/v1/docs").content.decode()

    for path in api.get_openapi_schema()["paths"]:
        assert path in page
    assert "<script" not in page.replace('<script type="module" src="/static', "")
