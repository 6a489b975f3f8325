"""Screens: answering with and without an account, lists and their steps, the grid, the workbook, the API."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import Member
from tests.returns.factories import World, make_return

from lontar.access.actions import issue_token
from lontar.access.scope import acting_in
from lontar.engines.periods import Month
from lontar.portal.views import reporting
from lontar.returns import actions
from lontar.returns.models import Return, ReturnedValue

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(world: World) -> Month:
    """The month that is reported now, open whenever the tests run."""
    found = Month.from_date(timezone.localdate()).shift(-1)
    actions.open_periods(found.shift(-1), found, by=None, at=timezone.now())
    reporting.misses.clear()
    reporting.sendings.clear()
    return found


def given(world: World, member: Member) -> str:
    """The address of a personal link of the coffee enterprise."""
    with acting_in("53"):
        made = actions.give_link(producer_id=world.coffee, by=member.user, post=member.held, at=timezone.now())
    return f"/lapor/{made.code}"


def stored() -> list[tuple[Any, ...]]:
    """Every return: producer, state, turnover, way in."""
    with acting_in("53"):
        rows = Return.objects.order_by("producer_id", "month")
        return list(rows.values_list("producer_id", "state", "turnover", "channel"))


def test_a_producer_without_an_account_reports_by_its_link(
    world: World, month: Month, village_officer: Member, client: Client
) -> None:
    with acting_in("53"):
        make_return(world.coffee, month.shift(-1), turnover=900_000, price_packed=80_000, paid_women=2)
    address = given(world, village_officer)

    page = client.get(address).content.decode()
    answer = client.post(address, {"turnover": "1.250.000", "paid_women": "3", "versi": "0"})
    after = client.get(answer["Location"]).content.decode()

    assert "Kopi Contoh" in page
    assert 'value="80.000"' in page
    assert "Bulan lalu: 900.000." in page
    assert "Mama Contoh" not in page
    assert (answer.status_code, answer["Location"]) == (302, f"{address}?terkirim=1")
    assert "sudah terkirim" in after
    assert stored()[-1] == (world.coffee, "submitted", 1_250_000, "link")


def test_the_link_asks_for_a_justification_and_keeps_what_was_written(
    world: World, month: Month, village_officer: Member, client: Client
) -> None:
    with acting_in("53"):
        make_return(world.coffee, month.shift(-1))
    address = given(world, village_officer)

    asked = client.post(address, {"turnover": "9000000", "problems": "Jalan putus"})
    text = asked.content.decode()
    version = re.search(r'name="versi" value="(\d+)"', text)
    assert version is not None
    told = client.post(
        address,
        {"turnover": "9000000", "problems": "Jalan putus", "alasan-turnover": "Pesanan hotel", "versi": version[1]},
    )

    assert asked.status_code == 422
    assert "jauh dari bulan lalu (Rp1.000.000). Jelaskan sebabnya." in text
    assert 'name="alasan-turnover"' in text
    assert "Jalan putus" in text
    assert told.status_code == 302
    assert stored()[-1] == (world.coffee, "submitted", 9_000_000, "link")


@pytest.mark.parametrize("text", ["", "abc", "-5", "12 ribu ekor", "9" * 30])
def test_what_cannot_be_read_is_refused_in_words(
    text: str, world: World, month: Month, village_officer: Member, client: Client
) -> None:
    answer = client.post(given(world, village_officer), {"turnover": text})

    assert answer.status_code == 422
    assert "l-field-error" in answer.content.decode()
    assert stored() == []


def test_what_was_typed_for_a_month_that_is_over_is_not_taken_for_another(
    world: World, month: Month, village_officer: Member, client: Client
) -> None:
    address = given(world, village_officer)

    late = client.post(address, {"turnover": "1250000", "bulan": month.shift(-1).label})
    assert late.status_code == 409
    assert "Bulan yang Anda isi sudah lewat" in late.content.decode()
    assert stored() == []
    assert client.post(address, {"turnover": "1250000", "bulan": month.label}).status_code == 302
    assert [row[1] for row in stored()] == ["submitted"]


def test_only_the_page_of_a_link_that_works_says_until_when_it_may_be_kept(
    world: World, month: Month, village_officer: Member, client: Client
) -> None:
    address = given(world, village_officer)

    kept, wrong, worker = client.get(address), client.get(f"/lapor/{'x' * 32}"), client.get("/lapor/penjaga.js")

    assert "T" in kept["Lontar-Keep-Until"]
    assert "Lontar-Keep-Until" not in wrong
    assert "Lontar-Keep-Until" not in client.get("/tentang")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "const ASSETS = '/static/';" in worker.content.decode()


def test_wrong_codes_tell_nothing_and_are_counted(world: World, month: Month, client: Client) -> None:
    answers = [client.get(f"/lapor/{'x' * 32}").status_code for _ in range(reporting.MISSES + 1)]

    assert answers == [404] * reporting.MISSES + [429]


def test_a_revoked_link_shows_nothing_of_the_producer(
    world: World, month: Month, village_officer: Member, client: Client
) -> None:
    address = given(world, village_officer)
    with acting_in("53"):
        actions.revoke_links(
            producer_id=world.coffee, by=village_officer.user, post=village_officer.held, at=timezone.now()
        )

    page, sent = client.get(address), client.post(address, {"turnover": "1"})

    assert (page.status_code, sent.status_code) == (404, 404)
    assert "Kopi Contoh" not in page.content.decode()
    assert stored() == []


def test_a_returned_value_is_corrected_behind_the_link_and_nothing_else(
    world: World, month: Month, village_officer: Member, regency_officer: Member, client: Client
) -> None:
    address = given(world, village_officer)
    with acting_in("53"):
        filing = make_return(world.coffee, month, paid_women=2)
        back = actions.return_value(
            return_id=filing.pk, field="turnover", reason="Nota mana?", by=regency_officer.user,
            post=regency_officer.held, at=timezone.now(),
        )  # fmt: skip

    page = client.get(address).content.decode()
    answer = client.post(address, {"perbaiki": str(back.pk), "nilai": "1.100.000", "penjelasan": "Nota 1–9"})

    assert "Nota mana?" in page
    assert answer.status_code == 302
    with acting_in("53"):
        held = Return.objects.get()
        assert (held.turnover, held.paid_women, held.justifications) == (1_100_000, 2, {"turnover": "Nota 1–9"})
        assert ReturnedValue.objects.get().state == "corrected"


def test_an_officer_answers_verifies_and_sends_one_value_back(
    world: World, month: Month, village_officer: Member, regency_officer: Member, province_officer: Member
) -> None:
    village, regency, province = (one.client() for one in (village_officer, regency_officer, province_officer))
    here = f"/kantor/laporan-bulanan/isi/{world.coffee}/{month.label}/"

    assert village.get(here).status_code == 200
    assert village.post(here, {"turnover": "1000000", "versi": "0"}).status_code == 302
    with acting_in("53"):
        number = Return.objects.get().pk
    detail = f"/kantor/laporan-bulanan/{number}/"
    sent_back = regency.post(detail, {"isian": "turnover", "alasan": "Periksa nota"})
    held = regency.post(f"/kantor/laporan-bulanan/{number}/verifikasi/", follow=True).content.decode()
    corrected = village.post(here, {"perbaiki": str(_returned()), "nilai": "900000"})
    regency.post(f"/kantor/laporan-bulanan/nilai/{_returned()}/selesai/")
    regency.post(f"/kantor/laporan-bulanan/banyak/verifikasi/?bulan={month.label}", {"semua": "1", "yakin": "1"})
    province.post(f"/kantor/laporan-bulanan/banyak/terima/?bulan={month.label}", {"semua": "1", "yakin": "1"})

    assert (sent_back.status_code, corrected.status_code) == (302, 302)
    assert "Tetap: ada nilai yang dikembalikan" in held
    assert stored() == [(world.coffee, "accepted", 900_000, "form")]
    assert province.get(detail).status_code == 200


def _returned() -> int:
    with acting_in("53"):
        return int(ReturnedValue.objects.get().pk)


def test_nobody_verifies_outside_the_region_or_the_role(
    world: World, month: Month, village_officer: Member, viewer: Member, regency_officer: Member
) -> None:
    with acting_in("53"):
        far = make_return(world.comparison, month)
        near = make_return(world.coffee, month)

    answers = [
        regency_officer.client().post(f"/kantor/laporan-bulanan/{far.pk}/verifikasi/").status_code,
        village_officer.client().post(f"/kantor/laporan-bulanan/{near.pk}/verifikasi/").status_code,
        viewer.client().get(f"/kantor/laporan-bulanan/isi/{world.coffee}/{month.label}/").status_code,
        regency_officer.client().get(f"/kantor/laporan-bulanan/{far.pk}/").status_code,
    ]

    assert answers == [404, 403, 403, 404]
    assert [row[1] for row in stored()] == ["submitted", "submitted"]


def test_the_grid_keeps_each_row_by_itself(world: World, month: Month, mentor: Member) -> None:
    browser = mentor.client()
    page = browser.get(f"/kantor/laporan-bulanan/tabel/{month.label}/").content.decode()
    good = browser.post(
        f"/kantor/laporan-bulanan/tabel/{month.label}/{world.coffee}/", {"turnover": "750.000", "versi": "0"},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    bad = browser.post(
        f"/kantor/laporan-bulanan/tabel/{month.label}/{world.weaving}/", {"turnover": "10", "channel_mart": "11"},
        headers={"HX-Request": "true"},
    )  # fmt: skip

    assert page.count("<tr id=") == 4
    assert "Tersimpan" in good.content.decode()
    assert "melebihi omzet Rp10" in bad.content.decode()
    assert 'value="11"' in bad.content.decode()
    assert stored() == [(world.coffee, "submitted", 750_000, "grid")]


def test_the_workbook_goes_out_filled_and_comes_back_with_its_errors_named(
    world: World, month: Month, mentor: Member
) -> None:
    browser = mentor.client()
    out = browser.get(f"/kantor/laporan-bulanan/buku-kerja/{month.label}/unduh/")
    sheet = pl.read_excel(io.BytesIO(out.content), sheet_name="Data", infer_schema_length=0)
    filled = sheet.with_columns(pl.Series("Omzet (Rp)", ["100000", "-7", "300000", "400000"]))
    text = filled.write_csv(separator=";").encode()
    address = f"/kantor/laporan-bulanan/buku-kerja/{month.label}/"

    marked = browser.post(address, {"berkas": _file(text), "tanda": "1"})
    nothing = stored()
    page = browser.post(address, {"berkas": _file(text)}).content.decode()

    assert sheet["Nama"].to_list() == ["Kopi Contoh", "SMK Contoh", "Karang Taruna Contoh", "Tenun Contoh"]
    assert marked["Content-Type"].endswith("sheet")
    assert nothing == []
    assert "<td>Omzet (Rp)</td>" in page
    assert [(row[1], row[2]) for row in stored()] == [
        ("submitted", 100_000),
        ("submitted", 400_000),
        ("submitted", 300_000),
    ]


def _file(content: bytes) -> io.BytesIO:
    made = io.BytesIO(content)
    made.name = "laporan.csv"
    return made


def test_the_api_takes_one_and_many_and_tells_each_result(world: World, month: Month, regency_officer: Member) -> None:
    client, day = Client(), month.start.isoformat()
    headers = {"Authorization": f"Bearer {_key(regency_officer)}"}

    def post(path: str, content: object) -> Any:
        return client.post(path, json.dumps(content), content_type="application/json", headers=headers)

    first = post("/api/v1/returns", {"producer_id": world.coffee, "month": day, "turnover": 5})
    again = post("/api/v1/returns", {"producer_id": world.coffee, "month": day, "turnover": 5})
    wrong = post("/api/v1/returns", {"producer_id": world.coffee, "month": day, "turnover": "lima"})
    many = post(
        "/api/v1/returns/batch",
        {
            "items": [
                {"producer_id": world.weaving, "month": day, "turnover": 7},
                {"producer_id": world.comparison, "month": day, "turnover": 7},
            ]
        },
    )
    listed = client.get(f"/api/v1/returns?month={day}", headers=headers)
    stranger = client.post("/api/v1/returns", "{}", content_type="application/json")

    assert [one.status_code for one in (first, again, wrong, many, stranger)] == [201, 200, 422, 200, 401]
    assert [one["result"] for one in many.json()["items"]] == ["stored", "refused"]
    assert listed.json()["count"] == 2
    assert [(row[0], row[2]) for row in stored()] == [(world.coffee, 5), (world.weaving, 7)]


def _key(member: Member) -> str:
    now = timezone.now()
    made = issue_token(
        post=member.held,
        name="uji",
        scopes=["read", "submit"],
        expires_at=now + timedelta(days=1),
        by=member.user,
        at=now,
    )
    return made.secret


def test_the_work_list_reminds_who_reports_and_who_verifies(
    world: World, month: Month, village_officer: Member, regency_officer: Member
) -> None:
    with acting_in("53"):
        make_return(world.coffee, month)

    village = village_officer.client().get("/kantor/").content.decode()
    regency = regency_officer.client().get("/kantor/").content.decode()

    assert f"Produsen belum melapor untuk {month}" in village
    assert "Laporan bulanan menunggu verifikasi" in regency
