"""Every address against every role, the check-list on the page, refusal and override, figures as files, prices, the API."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from tests.factories import Member
from tests.monitoring.factories import NOW, QUARTER, World, close, make_figure, make_restated_figure

from lontar.access import doors
from lontar.access.scope import acting_in
from lontar.engines.periods import Month, Quarter
from lontar.monitoring.models import PriceIndex, QuarterRun
from lontar.returns.actions import move_periods
from lontar.returns.models import Return
from lontar.returns.states import PeriodState

HOME = "/kantor/pemantauan/"
ONE = f"{HOME}{QUARTER.label}/"
READERS = {
    "province_admin", "province_officer", "agency_officer", "regency_officer", "village_officer", "mentor", "viewer",
}  # fmt: skip
CLOSERS = {"province_officer"}
# Name of an address → path, who passes its door, the answer to a GET inside.
PAGES = {
    "quarters": (HOME, READERS, 200),
    "indicators": (f"{HOME}indikator/", READERS, 200),
    "indicator": (f"{HOME}indikator/O1/", READERS, 200),
    "define": (f"{HOME}indikator/O1/versi-baru/", {"province_officer"}, 200),
    "prices": (f"{HOME}harga/", READERS, 200),
    "quarter": (ONE, READERS, 200),
    "close": (f"{ONE}tutup/", CLOSERS, 405),
    "restate": (f"{ONE}nyatakan-ulang/", CLOSERS, 405),
    "progress": (f"{ONE}kemajuan/", READERS, 200),
    "figures": (f"{ONE}angka/", READERS, 200),
    "restatement": (f"{ONE}perubahan/1/", READERS, 200),
}


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_every_address_of_the_app_is_walked_here() -> None:
    assert set(PAGES) == {pattern.name for pattern in get_resolver("lontar.monitoring.urls").url_patterns}


def test_every_address_answers_every_role_as_the_table_says(world: World, cast: dict[str, Member]) -> None:
    close("Tanpa indeks harga")
    figure = make_restated_figure()
    QuarterRun.objects.filter(pk=figure.run_id).update(state="done", finished_at=NOW)
    table = {door.name: answers for door, answers in doors.permission_table()}
    for name, (path, allowed, inside) in PAGES.items():
        for role, member in cast.items():
            status = member.client().get(path).status_code
            assert (table[f"monitoring:{name}"][role] == "open") == (role in allowed), (name, role)
            assert status in ({inside} if role in allowed else {403, 405}), (name, role, status)


def test_a_closing_without_reason_is_refused_on_the_page_and_nothing_changes(
    world: World, cast: dict[str, Member]
) -> None:
    officer = cast["province_officer"].client()

    answer = officer.post(f"{ONE}tutup/", {"alasan": ""})

    assert answer.status_code == 422
    assert "Belum terpenuhi: indeks harga konsumen 0,0 % (batas 100 %)" in answer.content.decode()
    assert not QuarterRun.objects.exists()


def test_a_kabupaten_sees_the_check_list_of_its_own_producers_and_no_button(
    world: World, cast: dict[str, Member]
) -> None:
    page = text(cast["regency_officer"].client(), ONE)

    assert "27 dari 27 bulan-produsen" in page
    assert "Tutup dengan alasan" not in page


def test_the_check_list_goes_down_to_the_producers_of_a_village(world: World, cast: dict[str, Member]) -> None:
    with acting_in("53"):
        Return.objects.filter(producer_id=world.producers[0], month=QUARTER.start).delete()
        Return.objects.filter(producer_id=world.producers[1], month=QUARTER.start).update(state="submitted")
        Return.objects.filter(producer_id=world.producers[2], month=QUARTER.start).update(turnover=900_000_000)
        kept = dict(Return.objects.filter(month=QUARTER.start).values_list("producer_id", "pk"))
    officer = cast["province_officer"].client()

    assert f'href="{ONE}?wilayah=53.09#tempat"' in text(officer, ONE)
    assert f'href="{ONE}?wilayah=53.09.01#tempat"' in text(officer, f"{ONE}?wilayah=53.09")
    assert f'href="{ONE}?wilayah=53.09.01.2001#tempat"' in text(officer, f"{ONE}?wilayah=53.09.01")
    village = text(officer, f"{ONE}?wilayah=53.09.01.2001")
    assert [name in village for name in ("Usaha Contoh 1<", "Usaha Contoh 2<", "Usaha Contoh 3<", "Usaha Contoh 4<")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert f'href="/kantor/laporan-bulanan/isi/{world.producers[0]}/2026-07/"' in village
    for place in (1, 2):
        assert f'href="/kantor/laporan-bulanan/{kept[world.producers[place]]}/"' in village
    assert "/kantor/laporan-bulanan/belum/?bulan=2026-07&amp;wilayah=53.09.01.2001" in village
    assert officer.get(f"{ONE}?wilayah=99.99").status_code == 404


def test_the_lists_that_the_check_list_leads_to_are_of_that_place_alone(world: World, cast: dict[str, Member]) -> None:
    with acting_in("53"):
        Return.objects.filter(producer_id__in=[world.producers[0], world.producers[11]], month=QUARTER.start).delete()
    officer = cast["province_officer"].client()
    list_of = "/kantor/laporan-bulanan/belum/?bulan=2026-07"

    assert "Usaha Contoh 12<" in text(officer, list_of)
    here = text(officer, f"{list_of}&wilayah=53.09.01")
    assert "Usaha Contoh 1<" in here
    assert "Usaha Contoh 12<" not in here
    found = text(officer, "/kantor/laporan-bulanan/?bulan=2026-07&wilayah=53.12.01.2001")
    assert "Usaha Contoh 10<" in found
    assert "Usaha Contoh 2<" not in found


def test_a_kabupaten_does_not_look_into_another(world: World, cast: dict[str, Member]) -> None:
    with acting_in("53"):
        Return.objects.filter(producer_id=world.producers[11], month=QUARTER.start).delete()
    regency = cast["regency_officer"].client()

    assert "Usaha Contoh 12" not in text(regency, f"{ONE}?wilayah=53.12.01.2001")
    assert "Usaha Contoh 12" not in text(regency, "/kantor/laporan-bulanan/belum/?bulan=2026-07&wilayah=53.12.01.2001")


def test_an_override_is_queued_and_printed_on_the_page(world: World, cast: dict[str, Member]) -> None:
    officer = cast["province_officer"].client()

    answer = officer.post(f"{ONE}tutup/", {"alasan": "Deret harga terlambat terbit"})
    assert answer.status_code == 302
    run = QuarterRun.objects.get()
    assert (run.state, run.is_override, run.asked_by_id) == ("queued", True, cast["province_officer"].user.pk)
    assert "Menunggu giliran" in text(officer, f"{ONE}kemajuan/")

    from lontar.monitoring.steps.run import carry

    carry(run.pk)

    page = text(officer, ONE)
    assert "Alasan: Deret harga terlambat terbit" in page
    assert officer.get(f"{ONE}kemajuan/").headers["HX-Redirect"] == ONE


def test_figures_are_shown_with_interval_and_exported_whole(world: World, cast: dict[str, Member]) -> None:
    run = close("Tanpa indeks harga")
    viewer = cast["viewer"].client()

    page = text(viewer, f"{ONE}angka/?indikator=O1&tingkat=regency")
    assert "+20" in page
    assert re.search(r"\+20(,00)?\s?% sampai \+20(,00)?\s?%", page)
    book = b"".join(viewer.get(f"{ONE}angka/?format=xlsx").streaming_content)
    assert pl.read_excel(io.BytesIO(book)).height == run.figures


def test_a_hidden_figure_says_so_and_shows_no_number(world: World, cast: dict[str, Member]) -> None:
    close("Tanpa indeks harga")
    make_figure(indicator="O1T", region="53.71", status="S", value=None, n=None, missing=None, unit="Rp")

    assert "dirahasiakan" in text(cast["viewer"].client(), f"{ONE}angka/?indikator=O1T")


def test_a_series_of_prices_is_imported_from_a_file(world: World, cast: dict[str, Member]) -> None:
    officer = cast["province_officer"].client()
    sent = {"nama": "IHK contoh", "sumber": "Berita resmi contoh", "terbit": "2026-10-01"}
    good = SimpleUploadedFile("harga.csv", b"Bulan;Indeks\n2026-07;108,42\nAgustus 2026;108,90\n")
    bad = SimpleUploadedFile("harga.csv", b"Bulan;Indeks\n2026-07;108,42\nTriwulan III 2026;108,90\n")

    assert officer.post(f"{HOME}harga/", {**sent, "berkas": good}).status_code == 302
    answer = officer.post(f"{HOME}harga/", {**sent, "berkas": bad})

    assert answer.status_code == 422
    assert "Baris 2: “Triwulan III 2026” bukan bulan" in answer.content.decode()
    found = {(one.month, str(one.index)) for one in PriceIndex.objects.all()}
    assert found == {(date(2026, 7, 1), "108.4200"), (date(2026, 8, 1), "108.9000")}


@pytest.mark.parametrize("role", ["regency_officer", "viewer"])
def test_others_import_no_prices(world: World, cast: dict[str, Member], role: str) -> None:
    answer = cast[role].client().post(f"{HOME}harga/", {"nama": "x"})

    assert answer.status_code == 403
    assert not PriceIndex.objects.exists()


def test_the_api_gives_figures_to_anyone_once_they_are_published(world: World, cast: dict[str, Member]) -> None:
    close("Tanpa indeks harga")
    path = f"/api/v1/figures?quarter={QUARTER.label}&indicator=O1&level=province"
    assert Client().get(path).status_code == 403
    assert cast["viewer"].client().get(path).json()["count"] == 1

    spans: list[Month | Quarter] = [QUARTER, *QUARTER.months()]
    move_periods(spans, to=PeriodState.PUBLISHED, by=None, post=None, at=NOW)

    found = json.loads(Client().get(path).content)["items"][0]
    assert (found["value"], found["low"], found["n"], found["status"], found["region"]) == (0.2, 0.2, 12, "A", "53")


def test_the_api_tells_what_indicators_mean(db: None) -> None:
    found = json.loads(Client().get("/api/v1/indicators").content)

    assert found["count"] == 43
    assert found["items"][0]["code"] == "O1"
    assert found["items"][0]["formula"].startswith("Σ omzet(t)")
