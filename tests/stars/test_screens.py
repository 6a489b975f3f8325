"""Every address of the app for every role; the public list, the page of a product, CSV and the API."""

from __future__ import annotations

import csv
import io

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import Member
from tests.stars.world import Scene, hand_in, make_evidence, make_star

from lontar.access import scope
from lontar.access.doors import Answer, permission_table
from lontar.stars import actions
from lontar.stars.models import Rubric, Star

# Behind these doors the record itself is asked too: assessing somewhere is not assessing this product.
FOR_THE_RECORD = {"evidence", "evidence_file", "evidence_remove"}


def met(client: Client, url: str) -> Answer:
    answer = client.get(url)
    if answer.status_code == 302 and answer["Location"].startswith("/kantor/masuk/?next="):
        return "sign-in"
    assert answer.status_code in {200, 302, 403, 404, 405}, (url, answer.status_code)
    return "refused" if answer.status_code == 403 else "open"


def test_every_address_answers_every_role_as_the_table_says(scene: Scene, cast: dict[str, Member]) -> None:
    star = make_star(scene.product, by=scene.officer.user, post=scene.officer.held)
    evidence = make_evidence(scene.found, by=scene.regency.user, post=scene.regency.held)
    numbers = {
        "star": star.pk, "star_withdraw": star.pk, "round": scene.round.pk, "round_close": scene.round.pk,
        "evidence_file": evidence.pk, "evidence_remove": evidence.pk,
        "rubric": scene.round.rubric_id, "rubric_file": scene.round.rubric_id, "rubric_act": scene.round.rubric_id,
    }  # fmt: skip
    words = {"act": {"act": "putuskan"}, "rubric_act": {"act": "hapus"}, "rubric_file": {"kind": "json"}}
    clients = {name: member.client() for name, member in cast.items()} | {"visitor": Client()}
    rows = [(door, answers) for door, answers in permission_table() if door.name.startswith("stars:")]
    assert len(rows) == 25
    wrong = []
    for door, answers in rows:
        name = door.name.removeprefix("stars:")
        filled: dict[str, object] = {"pk": numbers.get(name, scene.found.pk)} if "pk" in door.route else {}
        url = reverse(door.name, kwargs=filled | words.get(name, {}))
        for person, expected in answers.items():
            found = met(clients[person], url)
            stricter = expected == "open" and found == "refused" and name in FOR_THE_RECORD
            if found != expected and not stricter:
                wrong.append((door.name, person, expected, found))
    assert wrong == []


def test_a_refused_act_changes_nothing(scene: Scene, viewer: Member, village_officer: Member) -> None:
    url = f"/kantor/bintang/{scene.found.pk}"

    for member in (viewer, village_officer):
        for act in ("tunjuk", "putuskan", "bahas", "tarik"):
            words = {"bahas-reason": "Alasan yang cukup panjang.", "tarik-reason": "Alasan yang cukup panjang."}
            assert member.client().post(f"{url}/{act}/", words).status_code in (403, 422)
    scope.enter("53")
    scene.found.refresh_from_db()
    assert (scene.found.state, scene.found.assessors.count()) == ("scoring", 2)


def decided(scene: Scene) -> Star:
    hand_in(scene, 0, missing=5)
    hand_in(scene, 1, missing=8)
    common = {"by": scene.officer.user, "post": scene.officer.held, "at": timezone.now()}
    star = actions.decide(assessment_id=scene.found.pk, **common)  # type: ignore[arg-type]  # by, post and at
    actions.certify(star_ids=[star.pk], **common)  # type: ignore[arg-type]  # the same
    return Star.objects.select_related("paper").get(pk=star.pk)


def test_the_public_reads_star_rubric_year_and_the_check_page(scene: Scene) -> None:
    star = decided(scene)
    assert star.paper is not None

    listed = Client().get("/bintang").content.decode()
    product = Client().get(f"/produk/{scene.product.pk}").content.decode()

    for text in (listed, product):
        assert "★★★★★\xa05" in text
        assert f"/periksa/{star.paper.code}" in text
        assert "Penilaian produk OVOP NTT v1" in text
    assert "Selendang Contoh" not in Client().get("/bintang?bintang=3").content.decode()


def test_the_public_csv_and_the_api_tell_the_same(scene: Scene) -> None:
    star = decided(scene)

    rows = list(csv.DictReader(io.StringIO(Client().get("/bintang.csv").content.decode("utf-8-sig"))))
    answer = Client().get("/api/v1/stars?standing=berlaku").json()

    assert [(row["product"], row["stars"], row["standing"]) for row in rows] == [("Selendang Contoh", "5", "berlaku")]
    assert answer["count"] == 1
    assert (answer["items"][0]["id"], answer["items"][0]["valid_until"]) == (star.pk, star.valid_until.isoformat())
    assert Client().get("/api/v1/stars?format=csv").status_code == 200


def test_the_api_gives_assessments_to_the_office_and_no_sealed_points(scene: Scene) -> None:
    hand_in(scene, 0, missing=5)

    assert Client().get("/api/v1/stars/assessments").status_code == 403
    (row,) = scene.officer.client().get("/api/v1/stars/assessments").json()["items"]

    assert (row["id"], row["state"], row["mean"], row["highest"]) == (scene.found.pk, "scoring", None, None)
    lines = Client().get(f"/api/v1/stars/rubrics/{Rubric.objects.get(key='ocop-vn', version=2).pk}").json()["lines"]
    assert [line["tertinggi"] for line in lines if line["jenis"] == "kriteria"] == ["40", "25", "35"]


def test_an_unfinished_sum_says_that_it_is_none(scene: Scene) -> None:
    member = scene.assessors[0]
    url = f"/kantor/bintang/{scene.found.pk}/nilai/"
    given = {"nilai-0": "5", "dasar-0": "Terjual di tiga kabupaten"}

    answer = member.client().post(f"{url}?bagian=B", given, headers={"HX-Request": "true"})

    text = answer.content.decode()
    assert "Jumlah sementara" in text
    assert "1 dari 22 kriteria terisi" in text
    assert "Belum jumlah akhir: masih mungkin antara 15 dan 100." in text
    assert "Terjual di tiga kabupaten" in member.client().get(f"{url}?bagian=B").content.decode()


def test_a_wrong_point_is_told_and_the_right_ones_are_kept(scene: Scene) -> None:
    member = scene.assessors[0]
    url = f"/kantor/bintang/{scene.found.pk}/nilai/?bagian=B"

    answer = member.client().post(url, {"nilai-0": "6", "nilai-1": "4"})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Tulis 0 sampai 5 dengan langkah 1." in text
    assert "4 dari 25" in text


def test_the_work_list_names_what_waits(scene: Scene) -> None:
    make_star(scene.product, by=scene.officer.user, post=scene.officer.held, rubric_key="lama")

    officer = scene.officer.client().get("/kantor/").content.decode()
    assessor = scene.assessors[0].client().get("/kantor/").content.decode()

    assert "Bintang yang lewat masa berlakunya" in officer
    assert "Lembar nilai bintang yang belum diserahkan" in assessor


def test_a_star_of_an_earlier_round_is_recorded_on_the_screen(scene: Scene, regency_officer: Member) -> None:
    address, browser = "/kantor/bintang/daftar/catat/", scene.officer.client()
    given = {
        "rubric": Rubric.objects.get(key="kemenperin-ovop").pk, "round_name": "OVOP 2024", "year": "2024", "stars": "3",
        "valid_from": "2024-10-01", "valid_until": "2024-09-01", "source": "Pengumuman contoh",
    }  # fmt: skip

    hits = browser.get(address, {"q": "selendang"}).content.decode()
    wrong = browser.post(f"{address}?produk={scene.product.pk}", given)
    right = browser.post(f"{address}?produk={scene.product.pk}", given | {"valid_until": "2026-10-01"})

    assert f'href="{address}?produk={scene.product.pk}"' in hits
    assert (wrong.status_code, "Berlaku sampai harus sesudah" in wrong.content.decode()) == (422, True)
    assert right.status_code == 302
    scope.enter("53")
    star = Star.objects.get(product=scene.product)
    assert (star.stars, star.round_name, star.source, star.assessment_id) == (3, "OVOP 2024", "Pengumuman contoh", None)
    refused = regency_officer.client().post(f"{address}?produk={scene.product.pk}", given)
    assert refused.status_code == 403
