"""The screens: every page against every role, the village's form that keeps what was typed, bulk acts, public list and API."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.designation.factories import (
    REASON,
    make_entry,
    make_proposal,
    make_ready,
    make_round,
    make_school,
    open_decree,
)
from tests.factories import Member, make_token

from lontar.access.scope import acting_in
from lontar.access.states import AgencyKind
from lontar.designation.models import Decree, Flagship, Proposal
from lontar.designation.queries.decrees import wording_as_at
from lontar.designation.queries.preview import preview_opening
from lontar.intake.steps import storage

READERS = {
    "province_admin", "province_officer", "agency_officer", "regency_officer", "village_officer", "mentor", "viewer",
}  # fmt: skip
EVERYBODY = READERS | {"lender", "cashier"}
CHECKERS = {"province_officer", "regency_officer", "village_officer", "agency_officer"}
PAGES: dict[str, tuple[str, set[str]]] = {
    "proposals": ("/kantor/usulan/", READERS),
    "proposals as csv": ("/kantor/usulan/?format=csv", READERS),
    "proposal": ("/kantor/usulan/{proposal}/", READERS),
    "spread": ("/kantor/usulan/{proposal}/sebaran/", READERS),
    "units": ("/kantor/usulan/baru/", {"village_officer"}),
    "form": ("/kantor/usulan/baru/village-53.09.01.2001/", {"village_officer"}),
    "minutes": ("/kantor/usulan/{proposal}/berita-acara/", CHECKERS),
    "decrees": ("/kantor/penetapan/", EVERYBODY),
    "decree": ("/kantor/penetapan/{decree}/", EVERYBODY),
    "preview": ("/kantor/penetapan/pratinjau/?usulan={proposal}", {"province_officer"}),
    "ending": ("/kantor/penetapan/akhiri/", {"province_officer"}),
    "rounds": ("/kantor/lokus/", READERS),
    "round": ("/kantor/lokus/{round}/", READERS),
    "round as csv": ("/kantor/lokus/{round}/?format=csv", READERS),
    "round new": ("/kantor/lokus/baru/", {"province_officer"}),
    "round decree": ("/kantor/lokus/{round}/tetapkan/", {"province_officer"}),
    "round move": ("/kantor/lokus/desa/{entry}/pindahkan/", {"province_officer"}),
}


@pytest.fixture
def numbers(cast: dict[str, Member]) -> dict[str, int]:
    """A decreed proposal, a round with one village: what the addresses name."""
    village, regency, province = (cast[name] for name in ("village_officer", "regency_officer", "province_officer"))
    proposal = make_ready(make_proposal(village), regency, province)
    decree = open_decree(province, proposal.pk)
    locus_round = make_round(province)
    entry = make_entry(locus_round)
    return {"proposal": proposal.pk, "decree": decree.pk, "round": locus_round.pk, "entry": entry.pk}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_its_readers_only(cast: dict[str, Member], numbers: dict[str, int], page: str) -> None:
    address, readers = PAGES[page]
    url = address.format(**numbers)
    opened = {name for name, member in cast.items() if member.client().get(url).status_code in (200, 302)}
    if page == "minutes":
        opened = {name for name, one in cast.items() if "lewat" not in str(one.client().get(url).status_code)} & opened
    assert opened == readers
    assert Client().get(url).status_code == 302


def form(**over: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "pilihan": "lain", "nama_lain": "Kopi Bubuk Contoh", "komoditas_lain": "", "alasan": "", "tanggal": "2026-01-10",
        "tempat": "Balai Desa Contoh", "perempuan": "23", "laki_laki": "18",
    }  # fmt: skip
    return values | over


def minutes(content: bytes = b"%PDF-1.7 contoh") -> SimpleUploadedFile:
    return SimpleUploadedFile("berita.pdf", content, "application/pdf")


NEW = "/kantor/usulan/baru/village-53.09.01.2001/"


def test_a_refused_form_keeps_what_was_typed_and_the_minutes(village_officer: Member, make_home: None) -> None:
    client = village_officer.client()
    answer = client.post(NEW, form(tempat="", berkas=minutes()))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kopi Bubuk Contoh" in page
    assert "Berita acara sudah diterima: berita.pdf" in page
    assert Proposal.objects.count() == 0
    word = page.split('name="tersimpan" value="')[1].split('"')[0]

    answer = client.post(NEW, form(tersimpan=word))

    assert answer.status_code == 302
    with acting_in("53"):
        found = Proposal.objects.get()
        assert (found.name, found.meeting_date, found.minutes_type) == (
            "Kopi Bubuk Contoh",
            date(2026, 1, 10),
            "application/pdf",
        )
        with storage.opened(found.minutes_sha256) as plain:
            assert plain.read_bytes() == b"%PDF-1.7 contoh"


def test_a_word_of_another_user_brings_no_minutes(village_officer: Member, make_home: None) -> None:
    from lontar.designation.forms import KeptMinutes

    word = KeptMinutes("a" * 64, "application/pdf", 1, "x.pdf").word(village_officer.user.pk + 1)
    answer = village_officer.client().post(NEW, form(tersimpan=word))
    assert answer.status_code == 422
    assert "Unggah berita acara" in answer.content.decode()


@pytest.fixture
def make_home(village_officer: Member) -> None:
    """The village of the officer."""
    from tests.designation.factories import make_village

    make_village()


def test_a_wrong_file_is_refused_with_the_cure(village_officer: Member, make_home: None) -> None:
    answer = village_officer.client().post(NEW, form(berkas=minutes(b"PK\x03\x04")))
    assert answer.status_code == 422
    assert "PDF atau foto (JPEG, PNG)" in answer.content.decode()


def test_a_return_without_reason_comes_back_with_the_form(village_officer: Member, regency_officer: Member) -> None:
    proposal = make_proposal(village_officer)
    answer = regency_officer.client().post(f"/kantor/usulan/{proposal.pk}/returned/", {"alasan": ""})
    assert answer.status_code == 422
    proposal.refresh_from_db()
    assert proposal.state == "regency"


def test_picked_proposals_are_accepted_together(village_officer: Member, regency_officer: Member) -> None:
    proposal = make_proposal(village_officer)
    answer = regency_officer.client().post("/kantor/usulan/terima/", {"pilih": [str(proposal.pk), "x"]}, follow=True)
    assert "1 usulan diterima." in answer.content.decode()
    with acting_in("53"):
        proposal.refresh_from_db()
    assert proposal.state == "province"


def test_the_province_decrees_from_the_list_and_the_public_reads_it(
    village_officer: Member, regency_officer: Member, province_officer: Member
) -> None:
    proposal = make_ready(make_proposal(village_officer), regency_officer, province_officer)
    client = province_officer.client()
    page = client.post("/kantor/penetapan/kumpulkan/", {"pilih": [str(proposal.pk)]}).content.decode()
    assert "Kopi Bubuk Contoh" in page
    assert 'value="Kupang"' in page
    assert "Peraturan Menteri Perindustrian Nomor 14 Tahun 2021" in page
    with acting_in("53"):
        (row,) = preview_opening([proposal.pk], day=date(2026, 1, 15), today=date(2026, 1, 15)).rows
    assert f'value="{proposal.pk}.{row.digest}"' in page
    from django.utils import timezone

    today = timezone.localdate().isoformat()
    posted = {
        "tentang": "Penetapan contoh", "berlaku": today, "ada": str(proposal.pk), "tempat": "Kefamenanu",
        "mengingat": "Peraturan Contoh Nomor 1.\nPeraturan Contoh Nomor 2", "jadi_bawaan": "on",
    }  # fmt: skip
    stale = client.post("/kantor/penetapan/pratinjau/", posted | {"baris": f"{proposal.pk}.{'0' * 32}"})
    assert stale.status_code == 409
    assert Decree.objects.count() == 0

    answer = client.post("/kantor/penetapan/pratinjau/", posted | {"baris": f"{proposal.pk}.{row.digest}"})

    assert answer.status_code == 302
    decree = Decree.objects.get()
    kept = wording_as_at(timezone.localdate())
    assert kept is not None
    assert (kept.place, kept.source) == ("Kefamenanu", f"Keputusan nomor {decree.paper.number}")
    assert kept.recalling == "Peraturan Contoh Nomor 1;\nPeraturan Contoh Nomor 2;"
    public = Client()
    for address in ("/unggulan", "/desa/53.09.01.2001", "/unggulan.csv", "/api/v1/flagships"):
        text = public.get(address).content.decode()
        assert "Kopi Bubuk Contoh" in text, address
        assert decree.paper.number.replace("/", "") in text.replace("/", "").replace("\\", ""), address
    assert f"/periksa/{decree.paper.code}" in public.get("/unggulan").content.decode()
    assert Flagship.objects.get().name == "Kopi Bubuk Contoh"


def test_proposals_are_told_to_keys_within_their_region_only(
    village_officer: Member, agency_officer: Member, province_officer: Member
) -> None:
    make_proposal(village_officer)
    assert Client().get("/api/v1/proposals").status_code == 401
    answer = agency_officer.client().get("/api/v1/proposals")
    assert answer.json()["count"] == 1
    told = answer.json()["items"][0]
    assert (told["product"], told["state"], told["holder"]) == ("Kopi Bubuk Contoh", "regency", "regency")
    assert "minutes_sha256" not in told
    assert make_token(province_officer.held, created_by=province_officer.user)


def test_open_lists_of_the_api_need_no_key(cast: dict[str, Member], numbers: dict[str, int]) -> None:
    for name in ("flagships", "loci"):
        assert Client().get(f"/api/v1/{name}").status_code == 200
        assert Client().get(f"/api/v1/{name}?format=csv").status_code == 200
    assert Client().get("/api/v1/flagships?region=53.01").json()["count"] == 0
    assert Client().get("/api/v1/flagships?kind=village").json()["count"] == 1


def test_the_work_list_names_what_waits(village_officer: Member, regency_officer: Member) -> None:
    make_proposal(village_officer)
    page = regency_officer.client().get("/kantor/").content.decode()
    assert "Usulan produk unggulan yang menunggu pemeriksaan kabupaten/kota" in page
    assert "Usulan produk unggulan" not in village_officer.client().get("/kantor/").content.decode()


def test_another_regency_meets_no_proposal(village_officer: Member, province_officer: Member) -> None:
    from tests.factories import make_holding, make_post, make_user

    from lontar.access.states import Role

    proposal = make_proposal(village_officer, reason=REASON)
    post = make_post("kabupaten-lain", role=Role.REGENCY_OFFICER, region_code="53.01")
    user = make_user("lain.contoh")
    make_holding(post, user)
    assert Member(user, post).client().get(f"/kantor/usulan/{proposal.pk}/").status_code == 404


ACTS: dict[str, tuple[str, set[str]]] = {
    "designation:proposals_move": ("/kantor/usulan/terima/", CHECKERS),
    "designation:move": ("/kantor/usulan/{proposal}/coached/", CHECKERS),
    "designation:correct": ("/kantor/usulan/{proposal}/perbaiki/", set()),
    "designation:decree_collect": ("/kantor/penetapan/kumpulkan/", {"province_officer"}),
    "designation:decree_end_collect": ("/kantor/penetapan/akhiri/kumpulkan/", {"province_officer"}),
    "designation:round_act": ("/kantor/lokus/{round}/tutup/", {"province_officer"}),
    "designation:locus_replace": ("/kantor/lokus/{round}/ganti/1/", {"province_officer"}),
}
SHOWN = {
    "proposals", "proposal", "spread", "propose", "propose_for", "minutes", "decrees", "decree", "decree_preview",
    "decree_end", "rounds", "round", "round_new", "round_decree", "round_move",
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_refused_to_everybody_else(cast: dict[str, Member], numbers: dict[str, int], name: str) -> None:
    address, actors = ACTS[name]
    url = address.format(**numbers)
    let_in = {one for one, member in cast.items() if member.client().post(url).status_code != 403}
    assert let_in == actors
    assert Client().post(url).status_code == 302


def test_every_address_of_this_app_stands_in_a_table_above() -> None:
    from lontar.access.doors import doors

    found = {door.name for door in doors() if door.name.startswith("designation:")}
    assert found == {f"designation:{name}" for name in SHOWN} | set(ACTS)


def test_the_education_agency_searches_all_schools_of_its_region(agency_officer: Member, make_home: None) -> None:
    agency_officer.held.agency.kind = AgencyKind.EDUCATION
    agency_officer.held.agency.save(update_fields=["kind"])
    for number in range(60):
        make_school(f"{40000000 + number}")
    browser = agency_officer.client()

    everything, later = browser.get("/kantor/usulan/baru/"), browser.get("/kantor/usulan/baru/?hal=2")
    found = browser.get("/kantor/usulan/baru/", {"q": "40000057"}).content.decode()
    nothing = browser.get("/kantor/usulan/baru/", {"q": "tidak ada"}).content.decode()

    assert "SMK Contoh 40000000" in everything.content.decode()
    assert "SMK Contoh 40000059" in later.content.decode()
    assert "SMK Contoh 40000057" in found
    assert "SMK Contoh 40000000" not in found
    assert "Tidak ada sekolah yang cocok." in nothing
