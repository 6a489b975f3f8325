"""What the API says when something is wrong: problem documents, keys, methods, odd parameters, too much at once."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from tests.api.data import Asker
from tests.factories import Member

from lontar.access.actions import revoke_token
from lontar.access.models import ApiToken
from lontar.api import dispatch
from lontar.registry.api import answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]


def problem(path: str, status: int, client: Client | None = None, **more: Any) -> dict[str, Any]:
    answer = (client or Client(raise_request_exception=False)).get(f"/api/v1/{path}", **more)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    told: dict[str, Any] = answer.json()
    assert (told["type"], told["status"]) == ("about:blank", status)
    assert told["title"]
    assert told["detail"]
    return told


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("enterprises?limit=0", "limit"),
        ("enterprises?limit=1001", "limit"),
        ("enterprises?limit=lima", "limit"),
        ("enterprises?offset=-1", "offset"),
        ("enterprises?sort=owner_name", "sort"),
        ("enterprises?kbli=1", "kbli"),
        ("enterprises?kbli=%D9%A1%D9%A1", "kbli"),
        ("enterprises?imk_class=raksasa", "imk_class"),
        ("enterprises?region=5301", ""),
        ("enterprises?regoin=53.09", "regoin"),
        ("enterprises?format=xml", "format"),
        ("regions?region=abc", "region"),
        ("regions?bps_code=1", "bps_code"),
        ("products?enterprise=99999999999999999999", "enterprise"),
        ("products?commodity=%00", "commodity"),
        ("enterprises/0", "number"),
        ("search", "q"),
        ("coverage?level=desa", "level"),
    ],
)
def test_a_parameter_that_cannot_be_is_named(path: str, name: str) -> None:
    if not name:  # four digits are a Kemendagri code without its dot: accepted
        assert Client().get(f"/api/v1/{path}").status_code == 200
        return

    told = problem(path, 422)

    assert [fault["name"] for fault in told["errors"]] == [name]


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE registry_enterprise; --",
        "%",
        "_",
        "\\",
        "kopi' OR '1'='1",
        "a & b | !c:*",
        "(((",
        "\x00",
        "💥",
        "' UNION SELECT",
    ],
)
def test_words_are_only_words(words: str) -> None:
    for path in ("enterprises", "products", "regions", "villages", "search"):
        answer = Client(raise_request_exception=False).get(f"/api/v1/{path}?q={quote(words)}")
        assert answer.status_code in (200, 422), (path, answer.content)
    assert Client().get("/api/v1/enterprises").json()["count"] == 3


def test_what_is_not_there_is_a_problem_document() -> None:
    problem("tidak-ada", 404)
    problem("regions/53.99", 404)
    problem("regions/apa", 404)
    problem("enterprises/4611686018427387904", 404)
    problem("villages/53.09.01.2999", 404)
    answer = Client().get("/api/v2/regions")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_wrong_method_says_which_is_right() -> None:
    answer = Client().post("/api/v1/coverage")

    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (405, "GET", "application/problem+json")


def test_head_answers_like_get_without_a_body() -> None:
    for path in ("coverage", "enterprises?format=csv"):
        got, headed = Client().get(f"/api/v1/{path}"), Client().head(f"/api/v1/{path}")
        got.close()
        assert (headed.status_code, headed.content) == (200, b"")
        assert headed["Content-Type"] == got["Content-Type"]
    assert Client().get("/api/v1/enterprises?format=csv").status_code == 200


def test_office_filters_need_a_key() -> None:
    for path in (
        "enterprises?nib=ada",
        "enterprises?umkm_class=mikro",
        "enterprises?status=active",
        "enterprises?sort=turnover",
    ):
        problem(path, 401)


def test_a_key_that_is_no_good_is_told_so(agency_officer: Member, with_key: Asker) -> None:
    client = with_key(agency_officer)
    assert client.get("/api/v1/enterprises").status_code == 200
    token = ApiToken.objects.get()

    revoke_token(token=token, by=agency_officer.user, at=timezone.now())
    told = client.get("/api/v1/enterprises")

    assert (told.status_code, told["WWW-Authenticate"]) == (401, "Bearer")
    for value in ("Bearer salah", "Basic YTpi", "Bearer", "ltr_x"):
        problem("enterprises", 401, headers={"Authorization": value})


def test_an_expired_key_and_one_not_made_for_reading_are_refused(agency_officer: Member, with_key: Asker) -> None:
    problem("enterprises", 403, with_key(agency_officer, "submit"))
    client = with_key(agency_officer)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    problem("enterprises", 401, client)


def test_whoever_keeps_trying_keys_waits_and_others_do_not() -> None:
    trying = Client(headers={"Authorization": "Bearer salah"}, REMOTE_ADDR="192.0.2.7", raise_request_exception=False)
    for _number in range(dispatch.TRIES):
        assert trying.get("/api/v1/enterprises").status_code == 401

    told = trying.get("/api/v1/enterprises")

    assert told.status_code == 429
    assert 1 <= int(told["Retry-After"]) <= 60
    assert Client(REMOTE_ADDR="192.0.2.7").get("/api/v1/enterprises").status_code == 200
    other = Client(headers={"Authorization": "Bearer salah"}, REMOTE_ADDR="192.0.2.8", raise_request_exception=False)
    assert other.get("/api/v1/enterprises").status_code == 401


def test_only_so_many_streams_at_once_and_each_gives_its_place_back() -> None:
    open_streams = [Client().get("/api/v1/commodities?format=csv") for _number in range(answers.STREAMS)]
    busy = Client().get("/api/v1/commodities?format=csv")
    assert (busy.status_code, busy["Retry-After"]) == (429, "5")

    for stream in open_streams:
        stream.close()

    for _number in range(answers.STREAMS + 2):
        assert Client().get("/api/v1/commodities?format=csv").getvalue().startswith(b"code,name")


def test_a_fault_of_our_own_is_logged_and_tells_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise RuntimeError("rahasia 5309010101900001")

    monkeypatch.setattr("lontar.registry.api.regions.coverage_of", broken)
    logging.disable(logging.NOTSET)

    told = problem("coverage", 500)

    assert "rahasia" not in str(told)


def test_what_an_office_reads_is_kept_by_no_cache(agency_officer: Member, with_key: Asker) -> None:
    office = with_key(agency_officer).get("/api/v1/enterprises")
    anyone = Client().get("/api/v1/enterprises")

    assert office["Cache-Control"] == "private, no-store"
    assert anyone["Cache-Control"] == "no-cache"
    assert {"Accept", "Authorization", "Cookie"} <= {word.strip() for word in anyone["Vary"].split(",")}


def test_csv_is_chosen_by_accept_too() -> None:
    for accept, kind in (
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/csv;q=0.9, application/json;q=0.5", "text/csv; charset=utf-8"),
        ("application/json, text/csv;q=0.5", "application/json"),
        ("*/*", "application/json"),
    ):
        answer = Client().get("/api/v1/commodities", headers={"Accept": accept})
        answer.close()
        assert answer["Content-Type"] == kind
