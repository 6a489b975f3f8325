"""The office reads in English to who chose it; that every sentence has an English one is tested in tests/structure."""

from __future__ import annotations

import pytest
from tests.factories import Member
from tests.office.world import BENA, World
from tests.portal.reading import Page


def read(member: Member, address: str) -> Page:
    """The page at `address` as an English reader gets it."""
    browser = member.client()
    browser.cookies["django_language"] = "en"
    return Page(browser.get(address))


def test_the_rail_and_the_work_list_read_in_english(province_admin: Member, world: World) -> None:
    words = read(province_admin, "/kantor/").words

    for said in ("Work list", "Enterprises", "Villages", "Incoming data", "Posts", "People", "Agencies", "API keys"):
        assert said in words
    assert "Reveals of personal data" in words
    assert "Waiting for you" in words
    assert "Where does verification lag most?" in words
    assert "Daftar kerja" not in words


def test_an_enterprise_reads_in_english(province_admin: Member, world: World) -> None:
    page = read(province_admin, f"/kantor/usaha/{world.tenun.pk}/")

    assert "Not verified yet" in page.words
    assert "3 workers: 1 paid, 2 unpaid (the owner included)" in page.words
    assert "Counts people: micro up to 4; small up to 19; medium up to 99; large above that." in page.words
    assert "Products of this enterprise" in page.words
    assert ["Product", "Group", "Stage", "Capacity per month", "Price"] in page.rows
    assert "Tenaga kerja" not in page.words


def test_the_filter_of_divisions_reads_in_english(province_admin: Member, world: World) -> None:
    browser = province_admin.client()
    browser.cookies["django_language"] = "en"

    assert "10 · Food industry" in browser.get("/kantor/usaha/").content.decode()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/kantor/desa/", "Villages"),
        (f"/kantor/desa/{BENA}/", "Potential of 2025"),
        ("/kantor/cakupan/", "How many enterprises are registered and verified, beside the official total."),
        ("/kantor/kiriman/", "Every file that was sent, what happened to its rows, and what still waits."),
        (
            "/kantor/akses/jabatan/",
            "A duty belongs to a post, not to a person: the work stays when the holder changes.",
        ),
        ("/kantor/akses/orang/", "Accounts of the people who hold posts in your region."),
        ("/kantor/akses/parameter/", "Limits, rates and thresholds that the programme uses"),
    ],
)
def test_each_page_says_in_english_what_it_is(province_admin: Member, world: World, address: str, said: str) -> None:
    assert said in read(province_admin, address).words


def test_sending_a_list_reads_in_english(agency_officer: Member, world: World) -> None:
    words = read(agency_officer, "/kantor/kiriman/baru/").words

    assert "What does your file contain?" in words
    assert "Small and medium industry, micro and small enterprises: one row per enterprise, with its owner." in words
    assert "Template for Enterprises (IKM/UMK)" in words
