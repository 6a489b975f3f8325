"""What is read of villages for the matching: as it stood before the programme, one edition for all, nothing filled in."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest
from tests.factories import make_region
from tests.verdicts.factories import NOW, QUARTER, UNITS, village

from lontar.access.scope import acting_in
from lontar.registry.models import Region, RegionAttribute, VillageFacility
from lontar.verdicts.presenters import pages
from lontar.verdicts.steps import reading
from lontar.verdicts.steps.villages import villages

DAY = date(2025, 10, 1)
FIRST, SECOND, THIRD = "53.09.01.2001", "53.09.01.2002", "53.09.01.1003"


@pytest.fixture
def places(db: None) -> None:
    with acting_in("53"):
        for code in (FIRST, SECOND, THIRD):
            make_region(code)
        Region.objects.filter(code="53.09").update(lat=-8.8, lon=121.0, point_quality="approximate")
        Region.objects.filter(code=FIRST).update(lat=-8.8, lon=121.1, point_quality="exact", kind="desa")
        Region.objects.filter(code=THIRD).update(lat=None, lon=None, point_quality="none", kind="kelurahan")


def attribute(code: str, key: str, as_of: date, *, number: str | None = None, word: str = "") -> None:
    RegionAttribute.objects.create(region_id=code, key=key, as_of=as_of, number=number, word=word, source="contoh")


def read(before: date | None = DAY) -> dict[str, dict[str, object]]:
    with acting_in("53"):
        rows = villages([FIRST, SECOND, THIRD], before=before)
    return {row["village"]: row for row in rows.to_dicts()}


def test_the_newest_edition_before_the_programme_counts_for_all_and_what_came_later_does_not(places: None) -> None:
    for code, day, number, word in (
        (FIRST, date(2023, 12, 31), "0.5100", "TERTINGGAL"), (SECOND, date(2023, 12, 31), "0.5200", "TERTINGGAL"),
        (FIRST, date(2024, 12, 31), "0.6644", "BERKEMBANG"), (FIRST, date(2025, 10, 1), "0.9000", "MANDIRI"),
    ):  # fmt: skip
        attribute(code, "idm", day, number=number)
        attribute(code, "status", day, word=word)

    found = read()

    assert (found[FIRST]["index"], found[FIRST]["index_status"]) == (0.6644, "BERKEMBANG")
    assert (found[SECOND]["index"], found[SECOND]["index_status"]) == (None, None)
    assert read(before=None)[FIRST]["index_status"] == "MANDIRI"


def test_facilities_are_kinds_of_the_newest_year_that_was_over(places: None) -> None:
    with acting_in("53"):
        for code, year, kind, number in (
            (FIRST, 2023, "market", 1), (FIRST, 2024, "market", 2), (FIRST, 2024, "road", 1), (FIRST, 2024, "bank", 0),
            (FIRST, 2025, "port", 1), (SECOND, 2024, "market", 0),
        ):  # fmt: skip
            VillageFacility.objects.create(village_id=code, year=year, kind=kind, number=number, recorded_at=NOW)

    found = read()

    assert [found[code]["services"] for code in (FIRST, SECOND, THIRD)] == [2, 0, None]


def test_the_distance_is_that_on_the_ground_and_unknown_without_a_point(places: None) -> None:
    found = read()

    # A tenth of a degree of longitude at 8.8 degrees south: 111.195 km x cos 8.8 / 10.
    assert found[FIRST]["seat_km"] == pytest.approx(10.988, abs=0.005)
    assert (found[THIRD]["seat_km"], found[THIRD]["kind"], found[FIRST]["kind"]) == (None, "kelurahan", "desa")


def test_attributes_are_frozen_with_the_returns_and_told_on_the_page(programme: None) -> None:
    from tests.verdicts.test_verdicts import made

    from lontar.verdicts import queries

    with acting_in("53"):
        for place in range(2 * UNITS):
            attribute(village(place), "idm", date(2024, 12, 31), number=f"0.{6000 + place}", word="BERKEMBANG")
    first = made()
    with acting_in("53"):
        RegionAttribute.objects.filter(region_id=village(0)).update(number="0.7000")
    second = made()

    assert (second.number, first.inputs_sha256 != second.inputs_sha256) == (2, True)
    assert queries.checked(first).is_same
    page = pages.page_of(queries.told(second), unit_url="/unit/{key}/", others=())
    assert page.balance is not None
    assert "Indeks desa sebelum program (IDM)" in json.dumps([row.cells for row in page.balance.rows], default=str)
    assert "tidak dicocokkan: Jenis sarana di desa;" in page.unknown
    assert "IDM" not in page.unknown


def test_a_verdict_made_before_villages_were_read_can_still_be_computed_again(programme: None) -> None:
    from lontar.verdicts.rules.judging import judge
    from lontar.verdicts.rules.results import INPUT_SCHEMA

    new = ["kind", "index", "index_status", "services", "seat_km"]
    with acting_in("53"):
        inputs = reading.read(QUARTER)
        held = reading.keep(type(inputs)(inputs.frame.drop(new), inputs.quarter, inputs.numbers))
        again = reading.kept(held, QUARTER)
        told = judge(again, region="53")

    assert sorted(again.frame.columns) == sorted(INPUT_SCHEMA)
    assert again.frame.select(pl.col(new).is_null().all()).row(0) == (True,) * 5
    assert told.evidence["turnover"]["unknown"] == ["index", "services", "seat"]
