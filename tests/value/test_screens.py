"""Every address against every role, the public pages with their walls, the API, and the commands."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from tests.factories import Member
from tests.value.factories import COFFEE, World, first_figure, make_load

from lontar.access import doors
from lontar.cli import database
from lontar.value.models import Reckoning, TradeFigure
from lontar.value.rules.trade import COLUMNS

KEPT, TRADE = "/kantor/nilai-tambah/", "/kantor/neraca/"
READERS = {
    "province_admin", "province_officer", "agency_officer", "regency_officer", "village_officer", "mentor", "viewer",
}  # fmt: skip


def pages() -> dict[str, tuple[str, set[str], int]]:
    """Name of an address → path, who passes its door, the answer to a GET inside."""
    loaders = {"province_officer"}  # an agency's officer too, where the agency is the province's
    return {
        "kept": (KEPT, READERS, 200),
        "kept_sheet": (f"{KEPT}lembar.xlsx", READERS, 200),
        "chains": (f"{KEPT}harga/", READERS, 200),
        "chain_sheet": (f"{KEPT}harga/lembar.xlsx", READERS, 200),
        "count": (f"{KEPT}hitung/", {"province_officer"}, 302),
        "trade": (TRADE, READERS, 200),
        "trade_sheet": (f"{TRADE}lembar.xlsx", READERS, 200),
        "example": (f"{TRADE}contoh.csv", loaders, 200),
        "load": (f"{TRADE}unggah/", loaders, 200),
        "findings": (f"{TRADE}temuan/", loaders, 302),
        "history": (f"{TRADE}angka/{first_figure().pk}/", READERS, 200),
    }


@pytest.fixture
def lontar(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command, on the database of the test."""
    monkeypatch.setattr(database, "ready", lambda *_args, **_kwargs: None)
    return CliRunner()


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_every_address_answers_every_role(reckoning: Reckoning, cast: dict[str, Member]) -> None:
    make_load()
    table = pages()

    assert set(table) == {pattern.name for pattern in get_resolver("lontar.value.urls").url_patterns}
    for path, inside, answer in table.values():
        found = {name: member.client().get(path).status_code for name, member in cast.items()}
        assert found == {name: answer if name in inside else 403 for name in cast}, path
        assert Client().get(path).status_code == 302


def test_an_address_is_guarded_by_a_policy(db: None) -> None:
    guards = {
        door.route: door.guard for door in doors.doors() if "neraca" in door.route or "nilai-tambah" in door.route
    }

    assert None not in guards.values()
    assert len(guards) >= 14


def test_the_office_counts_a_quarter_and_says_so(world: World, province_officer: Member) -> None:
    client = province_officer.client()

    done = client.post(f"{KEPT}hitung/", {"triwulan": "2026-T2"}, follow=True)
    refused = client.post(f"{KEPT}hitung/", {"triwulan": "2025-T1"}, follow=True)

    assert "Triwulan 2026-T2 dihitung." in done.content.decode()
    assert "Belum ada laporan diterima untuk triwulan 2025-T1" in refused.content.decode()
    assert Reckoning.objects.count() == 1


def test_a_faulty_list_is_answered_with_a_marked_list_and_nothing_is_loaded(
    world: World, province_officer: Member
) -> None:
    body = "\n".join([";".join(COLUMNS), "masuk;2025;emas;lima;triliun;BI;2025-12-01;ya;"])

    answer = province_officer.client().post(f"{TRADE}unggah/", {"file": SimpleUploadedFile("n.csv", body.encode())})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 isian perlu diperbaiki" in page
    assert "Pakai kode komoditas katalog" in page
    assert "lima" in page
    assert TradeFigure.objects.count() == 0


def test_the_findings_of_a_faulty_list_are_taken_as_workbook_and_csv(
    world: World, province_officer: Member, viewer: Member
) -> None:
    body = "\n".join([";".join(COLUMNS), "masuk;2025;emas;=lima;triliun;BI;2025-12-01;ya;"])
    client = province_officer.client()
    page = client.post(f"{TRADE}unggah/", {"file": SimpleUploadedFile("n.csv", body.encode())}).content.decode()
    sealed = page.split('name="temuan" value="')[1].split('"')[0]

    book = client.post(f"{TRADE}temuan/", {"temuan": sealed, "bentuk": "xlsx"})
    plain = client.post(f"{TRADE}temuan/", {"temuan": sealed, "bentuk": "csv"})

    rows = pl.read_excel(io.BytesIO(book.content)).rows()
    assert [(row[0], row[1], row[2]) for row in rows] == [(2, "nilai", "'=lima"), (2, "komoditas", "emas")]
    written = b"".join(plain.streaming_content).decode("utf-8-sig")
    assert written.splitlines()[0].split(";" if ";" in written.splitlines()[0] else ",") == [
        "Baris", "Kolom", "Isi", "Cara memperbaiki",
    ]  # fmt: skip
    assert "'=lima" in written
    assert viewer.client().post(f"{TRADE}temuan/", {"temuan": sealed}).status_code == 403
    changed = client.post(f"{TRADE}temuan/", {"temuan": sealed[:-2] + "xx", "bentuk": "csv"}, follow=True)
    assert "Kirim daftarnya sekali lagi" in changed.content.decode()


def test_a_good_list_is_loaded_and_shown_with_its_source(world: World, province_officer: Member) -> None:
    client = province_officer.client()
    example = client.get(f"{TRADE}contoh.csv").content

    answer = client.post(f"{TRADE}unggah/", {"file": SimpleUploadedFile("n.csv", example)}, follow=True)

    page = answer.content.decode()
    assert "2 angka dimuat." in page
    assert "Bank Indonesia, dikutip Koran NTT pada Desember 2025" in page
    assert "Kutipan" in page


def test_the_workbook_holds_every_line(reckoning: Reckoning, viewer: Member) -> None:
    book = openpyxl.load_workbook(io.BytesIO(viewer.client().get(f"{KEPT}lembar.xlsx").content))

    rows = list(book.worksheets[0].iter_rows(values_only=True))

    assert rows[0][:3] == ("quarter", "level", "region")
    assert len(rows) == 9
    assert rows[1][:9] == ("2026-T2", "province", "53", "Contoh 53", "Semua komoditas", "A", 9, 9, 90_000_000)


def test_a_villager_reckons_without_script_and_every_number_is_in_the_address(reckoning: Reckoning) -> None:
    begun = text(Client(), f"/nilai-tambah?desa=53.09.01.2001&komoditas={COFFEE}")
    own = text(
        Client(),
        f"/nilai-tambah?komoditas={COFFEE}&mentah=40000&olahan=120000&kemasan=200000&jadi=0,8&panen=500&biaya_olah=10000"
        "&biaya_kemas=16000&hari=6&upah=75000&bahan=90&pekerja=100",
    )

    assert "harga tengah laporan 3 pelaku usaha, desa ini, triwulan 2026-T2" in begun
    assert 'name="mentah" value="40.000"' in begun
    assert 'name="jadi" value="0,84"' in begun
    assert "Rp130.000" in own
    assert (
        "Dari satu kg kopi arabika, Rp130.000 tinggal di desa bila diolah dan dikemas; dijual mentah hanya Rp36.000."
        in own
    )
    assert "Rp47.000.000" in own
    assert "Rp94.000" in own


def test_a_wrong_number_is_named_and_an_unknown_village_is_not_found(reckoning: Reckoning) -> None:
    wrong = text(Client(), f"/nilai-tambah?komoditas={COFFEE}&mentah=mahal&olahan=1&kemasan=1")

    assert "Harga dijual mentah" in wrong
    assert "l-field-error" in wrong
    assert Client().get("/nilai-tambah?desa=53.99.99.9999").status_code == 404
    assert Client().get("/nilai-tambah?desa=x").status_code == 404


def test_a_loss_is_told_as_a_loss(reckoning: Reckoning) -> None:
    page = text(
        Client(),
        f"/nilai-tambah?komoditas={COFFEE}&mentah=100000&olahan=50000&kemasan=60000&jadi=0,5&panen=10&biaya_olah=1000"
        "&biaya_kemas=1000&hari=1&upah=75000&bahan=90&pekerja=100",
    )

    assert "tidak lebih dari" in page
    assert "−Rp72.000" in page


def test_public_pages_say_where_figures_come_from_and_hide_what_must_be(reckoning: Reckoning) -> None:
    make_load()

    kept, balance = text(Client(), "/nilai-tambah/program"), text(Client(), "/neraca")

    assert "86,0" in kept
    assert "Usulan awal Lontar" in kept
    assert "setara 0,000" in balance
    assert "−Rp51" in balance
    assert "kutipan, bukan dari sumbernya langsung" in balance
    assert "<svg" in balance


def test_pages_without_anything_say_so(db: None) -> None:
    assert "Belum ada triwulan yang dihitung" in text(Client(), "/nilai-tambah/program")
    assert "Belum ada angka perdagangan" in text(Client(), "/neraca")
    assert Client().get("/nilai-tambah").status_code == 200
    assert Client().get("/neraca.csv").status_code == 200
    assert Client().get("/nilai-tambah/program.xlsx").status_code == 200


def test_the_api_tells_kept_value_chains_and_trade(reckoning: Reckoning) -> None:
    make_load()
    client = Client()

    kept = json.loads(client.get("/api/v1/value/2026-T2/kept?region=53&commodity=").content)
    chains = json.loads(client.get("/api/v1/value/2026-T2/chains").content)
    trade = json.loads(client.get("/api/v1/trade").content)

    assert (kept["count"], kept["items"][0]["turnover"], kept["items"][0]["village"]) == (1, 90_000_000, 62_550_000)
    assert [step["price"] for step in chains["items"][0]["steps"]] == [40_000, 120_000, 200_000]
    assert {one["direction"]: one["rupiah"] for one in trade["items"]} == {"in": 59e12, "out": 8e12}
    assert client.get("/api/v1/value/2020-T1/kept").status_code == 404


def test_the_commands_count_and_load_and_refuse(world: World, lontar: CliRunner, tmp_path: Path) -> None:
    from lontar.cli import cli

    good, bad = tmp_path / "n.csv", tmp_path / "s.csv"
    good.write_text("\n".join([";".join(COLUMNS), "keluar;2025;;8;triliun;BI;2025-12-01;ya;"]))
    bad.write_text("\n".join([";".join(COLUMNS), "naik;2025;;8;triliun;BI;2025-12-01;ya;"]))

    counted = lontar.invoke(cli, ["value", "count", "2026-T2"])
    empty = lontar.invoke(cli, ["value", "count", "2025-T1"])
    loaded = lontar.invoke(cli, ["value", "trade", str(good)])
    refused = lontar.invoke(cli, ["value", "trade", str(bad)])

    assert counted.output.startswith("2026-T2: 9 laporan, 9 pelaku usaha, 21 harga, 8 baris nilai")
    assert (empty.exit_code, loaded.exit_code, refused.exit_code) == (1, 0, 1)
    assert "1 angka dimuat dari n.csv" in loaded.output
    assert "baris 2, arah: “naik” – Tulis masuk atau keluar." in refused.output


def test_the_demo_quotes_the_balance_and_counts_once(world: World) -> None:
    from lontar.cli.demo_value import value_some

    said: list[str] = []
    value_some(said.append)
    value_some(said.append)

    assert TradeFigure.objects.count() == 2
    assert Reckoning.objects.count() == len(said)


@pytest.mark.parametrize("path", ["/nilai-tambah/", "/nilai-tambah/program/", "/neraca/"])
def test_a_slash_too_many_leads_to_the_page(db: None, path: str) -> None:
    answer = Client().get(path)

    assert (answer.status_code, answer["Location"]) == (301, path.rstrip("/"))
