"""Answers kept for strangers: the same until the data changes, never shared with or from an office."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.api.data import Asker
from tests.factories import Member

from lontar.access import scope
from lontar.registry.models import Enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
LIST = "/api/v1/enterprises"


def test_the_same_question_is_answered_from_memory() -> None:
    first = Client().get(LIST)

    with CaptureQueriesContext(connection) as queries:
        again = Client().get(LIST)

    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    assert [query["sql"] for query in queries if "registry_" in query["sql"]] == []


def test_a_change_is_seen_at_once(province: dict[str, Enterprise]) -> None:
    before = Client().get(LIST)

    with scope.acting_in("53"), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lontar.change_counted', '', true)")  # as another transaction would find it
        Enterprise.objects.filter(pk=province["kopi"].pk).update(name="Kopi Contoh Baru")
    after = Client().get(LIST)

    assert "Kopi Contoh Baru" in {item["name"] for item in after.json()["items"]}
    assert after["ETag"] != before["ETag"]


def test_who_has_the_answer_already_is_told_so() -> None:
    mark = Client().get(LIST)["ETag"]

    told = Client().get(LIST, headers={"If-None-Match": mark})
    other = Client().get(f"{LIST}?limit=1", headers={"If-None-Match": mark})

    assert (told.status_code, told.content) == (304, b"")
    assert other.status_code == 200


def test_an_office_neither_gets_nor_leaves_a_kept_answer(agency_officer: Member, with_key: Asker) -> None:
    Client().get(LIST)
    office = with_key(agency_officer).get(LIST).json()
    session = agency_officer.client().get(LIST).json()
    anyone = Client().get(LIST).json()

    assert "owner_name" in office["items"][0]
    assert "owner_name" in session["items"][0]
    assert "owner_name" not in anyone["items"][0]


def test_a_licence_that_runs_out_overnight_is_not_remembered_as_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Client().get("/api/v1/licences?kind=pirt").json()["items"][0]["state"]
    past = timezone.localdate() - timedelta(days=365 * 8)
    for module in ("lontar.registry.api.goods", "lontar.api.keeping"):
        monkeypatch.setattr(f"{module}.timezone.localdate", lambda *_given: past)

    after: dict[str, Any] = Client().get("/api/v1/licences?kind=pirt").json()["items"][0]

    assert (before, after["state"]) == ("expired", "in_force")
