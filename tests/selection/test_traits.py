"""What is laid down about commodities: recorded by the province, ended on a day, never overwritten, read by anyone."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.factories import MORNING, Member
from tests.selection.factories import make_commodity, make_trait

from lontar.access.policies import Refused
from lontar.selection import actions
from lontar.selection.models import CommodityTrait, CriteriaSet, SetVersion
from lontar.selection.queries.traits import traits_as_at
from lontar.selection.rules.shipped import SETS
from lontar.selection.states import TraitKind

TODAY = date(2026, 1, 15)
PATH = "/kantor/unggulan/komoditas/"


def lay_down(member: Member, **over: Any) -> CommodityTrait:
    given: dict[str, Any] = {
        "kind": TraitKind.UNLAWFUL, "code": "kopi", "sector": "", "region_code": "", "reason": "Contoh larangan",
        "source": "Peraturan Contoh 1/2026", "valid_from": TODAY, "post": member.held, "by": member.user, "at": MORNING,
    }  # fmt: skip
    return actions.set_trait(**(given | over))


def test_a_trait_holds_from_its_day_until_it_is_ended(province: None, province_officer: Member) -> None:
    make_commodity("kopi")
    made = lay_down(province_officer)

    actions.end_trait(
        trait=made, day=date(2026, 3, 1), post=province_officer.held, by=province_officer.user, at=MORNING
    )

    def held(day: date) -> bool:
        return any(one.pk == made.pk for one in traits_as_at(day))

    assert [held(day) for day in (date(2026, 1, 14), TODAY, date(2026, 2, 28), date(2026, 3, 1))] == [
        False,
        True,
        True,
        False,
    ]
    with pytest.raises(actions.TraitMoved):
        actions.end_trait(trait=made, day=TODAY, post=province_officer.held, by=province_officer.user, at=MORNING)


@pytest.mark.parametrize(
    ("over", "said"),
    [({"code": "naga"}, "naga"), ({"sector": "pangan"}, "satu komoditas atau satu sektor"), ({"code": ""}, "satu sektor"),
     ({"code": "", "sector": "tambang"}, "tambang"), ({"region_code": "99"}, "99"), ({"source": " "}, "sumber")],
)  # fmt: skip
def test_what_cannot_be_laid_down_is_refused(
    province: None, province_officer: Member, over: dict[str, str], said: str
) -> None:
    make_commodity("kopi")
    before = CommodityTrait.objects.count()

    with pytest.raises(actions.TraitInvalid) as refused:
        lay_down(province_officer, **over)

    assert said in refused.value.reason
    assert CommodityTrait.objects.count() == before


def test_the_same_trait_is_in_force_once(province: None, province_officer: Member) -> None:
    make_commodity("kopi")
    lay_down(province_officer)

    with pytest.raises(actions.TraitInvalid, match="sudah berlaku"):
        lay_down(province_officer)
    with pytest.raises(IntegrityError, match="selection_trait_open_once"), transaction.atomic():
        make_trait("kopi")


@pytest.mark.parametrize(
    ("over", "name"),
    [({"kind": "mahal"}, "selection_trait_kind_known"), ({"sector": "pangan"}, "selection_trait_of_one"),
     ({"source": ""}, "selection_trait_source_given"), ({"valid_until": date(2025, 1, 1)}, "selection_trait_ends_after_start")],
)  # fmt: skip
def test_the_database_keeps_what_a_trait_is(province: None, over: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_trait("kopi", **over)


def test_only_the_province_lays_down(province: None, regency_officer: Member) -> None:
    make_commodity("kopi")
    with pytest.raises(Refused):
        lay_down(regency_officer)

    answer = regency_officer.client().post(PATH, {"kind": "unlawful"})

    assert answer.status_code == 403
    assert not CommodityTrait.objects.filter(kind="unlawful").exists()


def test_the_screen_shows_sources_and_takes_a_new_one(province: None, province_officer: Member) -> None:
    make_commodity("kopi")
    client = province_officer.client()
    given = {
        "kind": "unlawful", "code": "kopi", "sector": "", "region_code": "", "reason": "Contoh larangan",
        "source": "Peraturan Contoh 1/2026", "valid_from": "2026-01-15",
    }  # fmt: skip

    refused = client.post(PATH, {**given, "source": ""})
    done = client.post(PATH, given, follow=True).content.decode()

    assert refused.status_code == 422
    assert "Peraturan Contoh 1/2026" in done
    assert "DJKI: ID G 000000014" in done
    made = CommodityTrait.objects.get(kind="unlawful")
    client.post(f"{PATH}{made.pk}/akhiri/", {"day": "2026-02-01"})
    made.refresh_from_db()
    assert made.valid_until == date(2026, 2, 1)


def test_anyone_reads_them_by_the_api(province: None) -> None:
    found = json.loads(Client().get("/api/v1/commodity-traits").content)

    assert found["count"] == len(found["items"]) > 10
    assert {one["kind"] for one in found["items"]} == {"storable", "culture", "ig"}


def test_a_shipped_set_that_nobody_weighed_takes_the_criteria_shipped_today(province: None) -> None:
    actions.ship_sets(by=None, at=MORNING)
    old = SetVersion.objects.get(criteria_set__key="wilayah")
    other = SetVersion.objects.get(criteria_set__key="kpju")
    SetVersion.objects.filter(pk=other.pk).update(weights_from="entered")
    CriteriaSet.objects.filter(key="kpju").update(key="dulu")
    CriteriaSet.objects.filter(key="wilayah").update(key="kpju")

    made = actions.ship_sets(by=None, at=MORNING)

    renewed = SetVersion.objects.get(criteria_set__key="kpju", valid_until__isnull=True)
    assert made == 2  # kpju anew, and wilayah that is there no longer
    assert (renewed.number, renewed.criteria_set_id) == (2, old.criteria_set_id)
    assert list(renewed.criteria.order_by("position").values_list("measure", "goal")) == list(SETS[1].criteria)
    assert actions.ship_sets(by=None, at=MORNING) == 0
    assert SetVersion.objects.filter(criteria_set__key="dulu").count() == 1
