"""One enterprise: facts with their source, masks and reveals, changing, conflicts, closing and opening again."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from tests.factories import MORNING, Member
from tests.office.world import NIK, World

from lontar.access import scope
from lontar.audit.models import Reveal
from lontar.registry import actions as registry
from lontar.registry.models import Enterprise


def path(world: World, tail: str = "") -> str:
    return f"/kantor/usaha/{world.tenun.pk}/{tail}"


def fresh(world: World) -> Enterprise:
    scope.enter("53")
    return Enterprise.objects.get(pk=world.tenun.pk)


def test_facts_stand_with_agency_file_and_row_and_both_classes_side_by_side(
    agency_officer: Member, world: World
) -> None:
    text = agency_officer.client().get(path(world)).content.decode()
    assert "BPS Contoh, kiriman 7, baris 214" in text
    assert "13121 (KBLI 2020) · Industri tekstil" in text
    assert "3 tenaga kerja: 1 dibayar, 2 tidak dibayar (termasuk pemilik)" in text
    assert "Penjualan setahun Rp48.000.000" in text
    for words in (
        "Selendang Contoh",
        "IDM000000001",
        "Segera habis",
        "Koperasi Contoh",
        "5309********0001",
        "0812*****890",
    ):
        assert words in text, words
    assert "menambahkan catatan ini" in text


def test_a_reveal_needs_a_reason_and_is_logged_once(agency_officer: Member, world: World) -> None:
    browser = agency_officer.client()
    address = path(world, "tampilkan/nik/")
    assert NIK not in browser.get(address).content.decode()
    short = browser.post(address, {"reason": "lihat"})
    assert (short.status_code, Reveal.objects.count()) == (422, 0)
    assert NIK not in short.content.decode()

    shown = browser.post(address, {"reason": "Mencocokkan KTP pemilik"})
    assert NIK in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    one = Reveal.objects.get()
    assert (one.user, one.kind, one.subject, one.subject_id, one.region_code, one.reason) == (
        agency_officer.user, "nik", "registry.person", world.tenun.owner_id, "53.09.01.2001", "Mencocokkan KTP pemilik",
    )  # fmt: skip


def test_a_reveal_works_as_a_part_of_the_page_too(agency_officer: Member, world: World) -> None:
    part = agency_officer.client().post(
        path(world, "tampilkan/phone/"), {"reason": "Menelepon pemilik usaha"}, headers={"HX-Request": "true"}
    )
    assert "0812-3456-7890" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_who_may_not_reveal_sees_the_mask_without_a_way(viewer: Member, world: World) -> None:
    text = viewer.client().get(path(world)).content.decode()
    assert "5309********0001" in text
    assert "tampilkan/nik" not in text
    answer = viewer.client().post(path(world, "tampilkan/nik/"), {"reason": "Ingin tahu saja"})
    assert (answer.status_code, Reveal.objects.count()) == (403, 0)
    assert "Hanya Administrator provinsi" in answer.content.decode()


def form_of(member: Member, world: World) -> dict[str, str]:
    """What a browser would send back unchanged."""
    text = member.client().get(path(world, "ubah/")).content.decode()
    body = text[text.index('<form method="post" novalidate>') :]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", body):
        found = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        sent[found.get("name", "")] = found.get("value", "")
    for name, options in re.findall(r'<select name="([^"]+)"(.*?)</select>', body, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return {name: value for name, value in sent.items() if name and name != "csrfmiddlewaretoken"}


def test_only_what_a_person_changed_is_changed(agency_officer: Member, world: World) -> None:
    sent = form_of(agency_officer, world)
    assert sent["annual_turnover"] == "48.000.000"
    answer = agency_officer.client().post(
        path(world, "ubah/"), {**sent, "annual_turnover": "3.000.000.000", "name": "Tenun Contoh Baru"}
    )
    assert answer["Location"] == path(world)
    one = fresh(world)
    assert (one.name, one.annual_turnover, one.umkm_class, one.nib) == (
        "Tenun Contoh Baru", Decimal(3_000_000_000), "kecil", "1234567890123",
    )  # fmt: skip
    said = one.claims.order_by("pk").values_list("agency__code", "annual_turnover")
    assert list(said) == [("bps-contoh", 48_000_000), (agency_officer.held.agency.code, 3_000_000_000)]
    history = agency_officer.client().get(path(world)).content.decode()
    assert "<del>Rp48.000.000</del> <ins>Rp3.000.000.000</ins>" in history


def test_nothing_changed_writes_nothing(agency_officer: Member, world: World) -> None:
    before = fresh(world).recorded_at
    agency_officer.client().post(path(world, "ubah/"), form_of(agency_officer, world))
    assert fresh(world).recorded_at == before


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Nama usaha"),
        ("nib", "123", "NIB"),
        ("kbli", "99", "KBLI"),
        ("workers_paid", "banyak", "Masukkan keseluruhan angka bilangan"),
        ("start_year", "1850", "1900"),
    ],
)
def test_a_wrong_value_is_shown_at_its_field_and_nothing_changes(
    agency_officer: Member, world: World, field: str, value: str, words: str
) -> None:
    answer = agency_officer.client().post(
        path(world, "ubah/"), {**form_of(agency_officer, world), field: value, "main_product": "Lain"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in text
    assert f'href="#id_{field}"' in text
    assert words in text
    assert fresh(world).main_product == "Kain tenun"


def test_what_somebody_else_changed_meanwhile_is_never_overwritten(
    agency_officer: Member, regency_officer: Member, world: World
) -> None:
    sent = form_of(agency_officer, world)
    scope.enter("53")
    registry.change_enterprise(
        enterprise_id=world.tenun.pk,
        values={"main_product": "Kain songke", "workers_paid": 5},
        by=regency_officer.user,
        post=regency_officer.held,
        at=MORNING.replace(hour=5),
    )
    answer = agency_officer.client().post(path(world, "ubah/"), {**sent, "workers_paid": "4", "start_year": "2015"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "orang lain mengubah data ini" in text
    assert (fresh(world).main_product, fresh(world).workers_paid, fresh(world).start_year) == ("Kain songke", 5, None)
    rows = re.findall(r'<th scope="row">([^<]+)</th><td>([^<]+)</td><td>([^<]+)</td>', text)
    assert rows == [("Produk utama", "Kain songke", "Kain songke"), ("Tenaga kerja dibayar", "5", "4")]

    again = dict(re.findall(r'<input type="(?:hidden|text)" name="([^"]+)" value="([^"]*)"', text))
    again.pop("csrfmiddlewaretoken", None)
    again |= {"commodity": "", "initial-commodity": "", "kbli_version": "2020", "initial-kbli_version": "2020"}
    assert agency_officer.client().post(path(world, "ubah/"), again).status_code == 302
    one = fresh(world)
    assert (one.main_product, one.workers_paid, one.start_year) == ("Kain songke", 4, 2015)


def test_closing_asks_first_and_opening_again_brings_it_back(agency_officer: Member, world: World) -> None:
    browser = agency_officer.client()
    asked = browser.get(path(world, "tutup/")).content.decode()
    assert "Tutup usaha “Tenun Ikat Contoh”?" in asked
    assert "tidak lagi dihitung dalam cakupan" in asked
    assert fresh(world).status == "active"
    browser.post(path(world, "tutup/"))
    assert fresh(world).status == "closed"
    assert "tercatat tutup" in browser.get(path(world)).content.decode()
    browser.post(path(world, "buka/"))
    assert fresh(world).status == "active"
    browser.post(path(world, "buka/"))
    assert "tidak dapat menjadi" in browser.get(path(world)).content.decode()


def test_a_mentor_changes_nothing(mentor: Member, world: World) -> None:
    for tail in ("ubah/", "tutup/"):
        assert mentor.client().post(path(world, tail), {"name": "Lain"}).status_code == 403
    one = fresh(world)
    assert (one.name, one.status) == ("Tenun Ikat Contoh", "active")
