"""The screens and the API: every address against every role, what they say, and what stays behind the wall."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import get_resolver
from tests.factories import MORNING, Member
from tests.selection.factories import make_trait
from tests.selection.world import BARE, ONE, ranked

from lontar.access import doors, scope
from lontar.selection import actions
from lontar.selection.models import CandidateRun, Panel, SetVersion

HOME = "/kantor/unggulan/"
READERS = {
    "province_admin", "province_officer", "agency_officer", "regency_officer", "village_officer", "mentor", "viewer",
}  # fmt: skip
PROVINCE = {"province_admin", "province_officer"}
GET, POST = "get", "post"
ADDRESSES = {
    "rankings": (HOME, GET, READERS),
    "unit": (f"{HOME}unit/village:{ONE}/", GET, READERS),
    "numbers": (f"{HOME}unit/village:{ONE}/angka/", GET, READERS),
    "numbers_pdf": (f"{HOME}unit/village:{ONE}/angka.pdf", GET, READERS),
    "traits": (f"{HOME}komoditas/", GET, READERS),
    "end_trait": (HOME + "komoditas/{trait}/akhiri/", GET, PROVINCE),
    "sets": (f"{HOME}kriteria/", GET, READERS),
    "set": (f"{HOME}kriteria/kpju/", GET, READERS),
    "run": (f"{HOME}kriteria/kpju/hitung/", POST, PROVINCE),
    "progress": (f"{HOME}kriteria/kpju/kemajuan/", GET, READERS),
    "enter": (f"{HOME}kriteria/kpju/bobot/", POST, PROVINCE),
    "open_panel": (f"{HOME}kriteria/kpju/penilaian/", POST, PROVINCE),
    "panel": (HOME + "penilaian/{panel}/", GET, READERS),
    "new_expert": (HOME + "penilaian/{panel}/ahli/", GET, PROVINCE),
    "expert": (HOME + "penilaian/{panel}/ahli/{expert}/", GET, PROVINCE),
    "force": (HOME + "penilaian/{panel}/berlakukan/", POST, PROVINCE),
    "drop": (HOME + "penilaian/{panel}/hentikan/", POST, PROVINCE),
}


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_every_address_of_the_app_is_walked_here() -> None:
    assert set(ADDRESSES) == {pattern.name for pattern in get_resolver("lontar.selection.urls").url_patterns}


def test_every_address_answers_every_role_as_the_table_says(province: None, cast: dict[str, Member]) -> None:
    ranked()
    officer = cast["province_officer"]
    version = SetVersion.objects.get(criteria_set__key="kpju")
    panel = actions.open_panel(version=version, title="Uji", post=officer.held, by=officer.user, at=MORNING)
    expert = panel.panelists.create(name="Ahli Contoh")
    trait = make_trait()
    table = {door.name: answers for door, answers in doors.permission_table()}
    for name, (path, method, allowed) in ADDRESSES.items():
        address = path.format(panel=panel.pk, expert=expert.pk, trait=trait.pk)
        for role, member in cast.items():
            assert (table[f"selection:{name}"][role] == "open") == (role in allowed), (name, role)
            status = getattr(member.client(), method)(address).status_code
            assert (status != 403) == (role in allowed), (name, role, status)
            assert status in (200, 302, 403, 422), (name, role, status)
        assert getattr(Client(), method)(address).status_code == 302, name


def test_the_list_shows_the_units_of_the_posts_region_only(
    province: None, province_officer: Member, regency_officer: Member
) -> None:
    ranked()

    whole, own = text(province_officer.client(), HOME), text(regency_officer.client(), f"{HOME}?wilayah=53.12")

    assert "<strong>3</strong> unit" in whole.replace("\n", "") or "3</strong>" in whole
    assert BARE in whole
    assert BARE not in own
    assert f"unit/village:{ONE}/?set=wilayah" in own


def test_the_page_of_a_unit_says_why_in_words_and_the_numbers_follow(province: None, village_officer: Member) -> None:
    ranked()

    page = text(village_officer.client(), f"{HOME}unit/village:{ONE}/")
    numbers = text(village_officer.client(), f"{HOME}unit/village:{ONE}/angka/")

    assert "Kopi berdiri pertama, disusul Tenun." in page
    assert "Mengapa ia berdiri pertama" in page
    assert "Peringkat ini hanya memberi saran." in page
    assert "6 pelaku usaha tercatat (syarat: 3)." in page
    assert "Jumlah berbobot (SAW)" in numbers
    assert "PROMETHEE II" in numbers


def test_a_unit_beyond_the_region_is_not_there(province: None, village_officer: Member) -> None:
    ranked()

    assert village_officer.client().get(f"{HOME}unit/village:{BARE}/").status_code == 404


def test_the_list_is_taken_away_as_a_file(province: None, province_officer: Member) -> None:
    ranked()

    answer = province_officer.client().get(f"{HOME}?format=csv&urut=desa")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]  # a stream

    assert len(lines) == 4
    assert lines[0].startswith("unit,jenis,kode_desa")
    assert lines[1].startswith(f"village:{ONE},village,{ONE}")


def test_the_province_asks_for_a_ranking_and_sees_its_progress(province: None, province_officer: Member) -> None:
    ranked("kpju")
    client = province_officer.client()

    answer = client.post(f"{HOME}kriteria/kpju/hitung/")

    assert answer.status_code == 302
    run = CandidateRun.objects.get(state="queued")
    assert (run.post_id, run.version.criteria_set.key) == (province_officer.held.pk, "kpju")
    assert "Menunggu giliran" in text(client, f"{HOME}kriteria/kpju/")


def test_weights_that_cannot_be_are_refused_and_change_nothing(province: None, province_officer: Member) -> None:
    actions.ship_sets(by=None, at=MORNING)
    client, path = province_officer.client(), f"{HOME}kriteria/kpju-saringan/bobot/"
    given = {f"w-{key}": "0" for key in ("producers", "reach", "production", "turnover")}

    answer = client.post(path, {**given, "source": "Berita acara contoh"})

    assert answer.status_code == 422
    assert "paling sedikit satu di atas 0" in answer.content.decode()
    assert SetVersion.objects.filter(criteria_set__key="kpju-saringan").count() == 1
    client.post(path, {**given, "w-reach": "3", "w-producers": "1", "source": "Berita acara contoh"})
    made = SetVersion.objects.get(criteria_set__key="kpju-saringan", number=2)
    assert dict(made.criteria.values_list("measure", "weight"))["reach"] == pytest.approx(0.75)


def test_an_expert_who_contradicts_reads_which_pair_to_mend(province: None, province_officer: Member) -> None:
    actions.ship_sets(by=None, at=MORNING)
    client = province_officer.client()
    client.post(f"{HOME}kriteria/kpju-saringan/penilaian/", {"title": "FGD contoh"})
    panel = Panel.objects.get()
    circle = {"name": "Ahli Contoh", "p0": "-4", "p1": "4", "p2": "0", "p3": "-4", "p4": "0", "p5": "0"}

    answer = client.post(f"{HOME}penilaian/{panel.pk}/ahli/", circle, follow=True).content.decode()
    refused = client.post(f"{HOME}penilaian/{panel.pk}/berlakukan/", follow=True).content.decode()

    assert "Periksa lagi" in answer
    assert "harus di bawah 0,10" in refused
    assert SetVersion.objects.filter(criteria_set__key="kpju-saringan").count() == 1


def test_the_api_gives_sets_to_all_and_rankings_to_posts_within_their_region(
    province: None, regency_officer: Member
) -> None:
    ranked()
    scope.enter("")

    sets = json.loads(Client().get("/api/v1/criteria-sets").content)
    closed = Client().get("/api/v1/rankings")
    found = json.loads(regency_officer.client().get("/api/v1/rankings?sort=desa").content)
    one = json.loads(regency_officer.client().get(f"/api/v1/rankings/village:{ONE}").content)
    beyond = regency_officer.client().get(f"/api/v1/rankings/village:{BARE}")

    assert [(item["key"], item["version"], len(item["criteria"])) for item in sets["items"]] == [
        ("wilayah", 1, 17), ("kpju", 1, 11), ("kpju-saringan", 1, 4), ("pasar", 1, 6),
    ]  # fmt: skip
    assert closed.status_code == 401
    assert (found["count"], [item["first"] for item in found["items"]]) == (2, ["Kopi", ""])
    assert [(c["label"], c["rank"]) for c in one["candidates"]] == [("Kopi", 1.0), ("Tenun", 2.0)]
    assert one["candidates"][0]["values"]["value_added"] == [None, None]
    assert one["candidates"][0]["counts"]["producers"] == 6
    assert one["candidates"][0]["ranks"]["mpe"] == 1.0
    assert beyond.status_code == 404


def test_the_public_page_of_a_village_says_who_stands_and_that_numbers_advise(province: None) -> None:
    ranked()
    scope.enter("")

    page = Client().get(f"/desa/{ONE}").content.decode()

    assert "Calon produk unggulan" in page
    assert "Angka ini hanya memberi saran" in page
    assert "<strong>Kopi</strong>" in page


def test_an_english_screen_names_sets_and_goals_in_english(province: None, province_officer: Member) -> None:
    ranked()
    client = province_officer.client()

    client.cookies["django_language"] = "en"
    page, unit = text(client, f"{HOME}kriteria/wilayah/"), text(client, f"{HOME}unit/village:{ONE}/")

    assert "Regional measures" in page
    assert "Present strength" in page
    assert "Regional measures" in unit
    assert "Ukuran wilayah" not in unit
