"""Merging on the screen: finding the other record, both side by side, choosing, the way back, and who may."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from tests.factories import Member
from tests.office.world import SECRETS, World
from tests.portal.reading import Page

from lontar.access import scope
from lontar.registry.models import Enterprise, Merge


def path(world: World, tail: str = "gabungkan/") -> str:
    return f"/kantor/usaha/{world.tenun.pk}/{tail}"


def page_of(member: Member, address: str) -> str:
    return member.client().get(address).content.decode()


def merged(member: Member, world: World, **choices: str) -> Merge:
    """Merge the coffee into the weaving, as a browser sends it."""
    text = page_of(member, path(world, f"gabungkan/{world.kopi.pk}/"))
    seen = text.split('name="seen" value="')[1].split('"')[0]
    sent = {f"pilih.{key}": side for key, side in choices.items()} | {"seen": seen}
    answer = member.client().post(path(world, f"gabungkan/{world.kopi.pk}/"), sent)
    assert (answer.status_code, answer["Location"]) == (302, path(world, ""))
    return Merge.objects.get()


@pytest.mark.parametrize("words", ["kopi contoh", "{number}"])
def test_the_other_record_is_found_by_name_and_by_number(regency_officer: Member, world: World, words: str) -> None:
    text = page_of(regency_officer, path(world) + "?cari=" + words.format(number=world.kopi.pk))

    assert f'href="{path(world, f"gabungkan/{world.kopi.pk}/")}"' in text
    assert path(world, f"gabungkan/{world.tenun.pk}/") not in text


def test_the_other_record_is_found_by_its_nib(regency_officer: Member, world: World) -> None:
    text = page_of(regency_officer, f"/kantor/usaha/{world.kopi.pk}/gabungkan/?cari=1234567890123")

    assert "Tenun Ikat Contoh" in text
    assert "NIB 1234567890123" in text


def test_both_stand_side_by_side_with_a_choice_where_they_differ(regency_officer: Member, world: World) -> None:
    text = page_of(regency_officer, path(world, f"gabungkan/{world.kopi.pk}/"))

    for words in ("Kain tenun", "Kopi bubuk", "13121 (KBLI 2020)", "Bena Contoh", "Langa Contoh"):
        assert words in text, words
    assert 'name="pilih.main_product" value="absorb"' in text
    assert 'name="pilih.nib"' not in text
    assert f'href="/kantor/usaha/{world.kopi.pk}/gabungkan/{world.tenun.pk}/"' in text
    for secret in SECRETS:
        assert secret not in text


@pytest.mark.parametrize("sent", [None, {"seen": ""}])
def test_a_record_is_not_merged_with_itself(regency_officer: Member, world: World, sent: dict[str, str] | None) -> None:
    client, address = regency_officer.client(), path(world, f"gabungkan/{world.tenun.pk}/")
    answer = client.get(address) if sent is None else client.post(address, sent)

    assert answer.status_code == (200 if sent is None else 409)
    assert "Pilih dua catatan yang berbeda." in answer.content.decode()
    assert Merge.objects.count() == 0


def test_a_merge_and_its_undo_from_the_record(regency_officer: Member, world: World) -> None:
    done = merged(regency_officer, world, main_product="absorb", name="keep")
    scope.enter("53")
    assert Enterprise.objects.get(pk=world.tenun.pk).main_product == "Kopi bubuk"

    text = page_of(regency_officer, path(world, ""))
    assert '<h2 id="gabungan">Gabungan</h2>' in text
    assert f'href="/kantor/usaha/gabungan/{done.pk}/batalkan/"' in text
    old = regency_officer.client().get(f"/kantor/usaha/{world.kopi.pk}/")
    assert (old.status_code, old["Location"]) == (302, path(world, ""))

    undo = f"/kantor/usaha/gabungan/{done.pk}/batalkan/"
    assert "kembali menjadi catatan sendiri" in page_of(regency_officer, undo)
    assert regency_officer.client().post(undo)["Location"] == path(world, "")
    scope.enter("53")
    assert Enterprise.objects.get(pk=world.tenun.pk).main_product == "Kain tenun"
    assert Enterprise.objects.get(pk=world.kopi.pk).main_product == "Kopi bubuk"
    assert regency_officer.client().post(undo).status_code == 404


def test_what_has_changed_since_the_look_is_shown_again_and_nothing_merged(
    regency_officer: Member, world: World
) -> None:
    answer = regency_officer.client().post(path(world, f"gabungkan/{world.kopi.pk}/"), {"seen": "1.1.2.1"})

    assert answer.status_code == 409
    assert "baru saja diubah orang lain" in answer.content.decode()
    assert Merge.objects.count() == 0


def test_two_numbers_are_refused_with_the_reason_and_no_button(regency_officer: Member, world: World) -> None:
    scope.enter("53")
    Enterprise.objects.filter(pk=world.kopi.pk).update(nib="1234567890124")
    text = page_of(regency_officer, path(world, f"gabungkan/{world.kopi.pk}/"))

    assert "NIB keduanya berbeda" in text
    assert '<button class="btn btn-primary" type="submit">' not in text.split("<main")[1]
    answer = regency_officer.client().post(path(world, f"gabungkan/{world.kopi.pk}/"), {})
    assert (answer.status_code, Merge.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    "name", ["agency_officer", "village_officer", "mentor", "viewer", "lender", "cashier", "stranger"]
)
def test_who_may_not_merge_meets_the_reason_and_changes_nothing(
    request: pytest.FixtureRequest, regency_officer: Member, world: World, name: str
) -> None:
    other: Member = request.getfixturevalue(name)
    for address in (path(world), path(world, f"gabungkan/{world.kopi.pk}/")):
        assert other.client().get(address).status_code == 403
        assert other.client().post(address, {}).status_code == 403
    assert Merge.objects.count() == 0
    done = merged(regency_officer, world)
    undo = f"/kantor/usaha/gabungan/{done.pk}/batalkan/"
    assert (other.client().get(undo).status_code, other.client().post(undo).status_code) == (403, 403)
    assert Merge.objects.get().undone_at is None


def test_a_visitor_is_sent_to_sign_in_and_an_unknown_merge_is_not_found(regency_officer: Member, world: World) -> None:
    undo = "/kantor/usaha/gabungan/999999/batalkan/"
    assert Client().get(undo)["Location"].startswith("/kantor/masuk/")
    assert regency_officer.client().get(undo).status_code == 404


def test_the_public_page_and_the_api_lead_to_the_kept_record(regency_officer: Member, world: World) -> None:
    merged(regency_officer, world)
    old = Client().get(f"/usaha/{world.kopi.pk}")
    assert (old.status_code, old["Location"]) == (302, f"/usaha/{world.tenun.pk}")
    found = Client().get(f"/api/v1/enterprises/{world.kopi.pk}").json()
    assert (found["id"], found["name"]) == (world.tenun.pk, "Tenun Ikat Contoh")
    listed = Client().get("/api/v1/enterprises").json()
    assert world.kopi.pk not in [one["id"] for one in listed["items"]]


def test_merging_reads_in_english(regency_officer: Member, world: World) -> None:
    browser = regency_officer.client()
    browser.cookies["django_language"] = "en"

    words = Page(browser.get(path(world, f"gabungkan/{world.kopi.pk}/"))).words

    assert "Different: choose the right one" in words
    assert "Isian lain" not in words


def test_the_choices_are_radio_buttons_with_a_label_each() -> None:
    template = Path(__file__).parents[2] / "src/lontar/office/templates/office/parts/merge_choice.html"
    text = template.read_text("utf-8")
    assert text.count('type="radio"') == text.count("<label") == 2
    assert "<legend" in text
