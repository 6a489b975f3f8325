"""Codes of goods and of places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.identifiers import (
    check_bps_code,
    check_gtin,
    check_hs,
    check_postal_code,
    check_region_code,
    check_village_code,
    format_hs,
    gs1_check_digit,
)


def test_an_indonesian_gtin_is_taken() -> None:
    checked = check_gtin("8991234567890"[:12] + gs1_check_digit("899123456789"))

    assert checked.rule == "ok"
    assert checked.parts["origin"] == "ID"
    assert checked.parts["prefix"] == "899"
    assert checked.parts["gtin14"] == "0" + checked.raw


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("4006381333931", "ok"),  # GS1's own example
        ("036000291452", "ok"),  # UPC-A
        ("96385074", "ok"),  # GTIN-8
        ("4006381333932", "gtin.checksum"),
        ("2012345678903", "gtin.internal"),
        ("0000000000000", "gtin.zero"),
        ("400638133393", "gtin.checksum"),
        ("40063813339", "gtin.length"),
        ("4,00638E+12", "gtin.scientific"),
        ("ABC", "gtin.characters"),
    ],
)
def test_a_gtin_is_judged_by_check_digit_and_circulation(written: str, rule: str) -> None:
    assert check_gtin(written).rule == rule


def test_a_upc_that_lost_its_zero_in_a_number_cell_is_restored() -> None:
    checked = check_gtin("36000291452.0")

    assert (checked.value, checked.rule) == ("036000291452", "gtin.zero_restored")


@given(st.from_regex(r"\A[1-9][0-9]{11}\Z"), st.integers(0, 12))
def test_one_wrong_digit_never_passes_the_check_of_a_gtin(body: str, place: int) -> None:
    number = body + gs1_check_digit(body)
    wrong = f"{number[:place]}{(int(number[place]) + 1) % 10}{number[place + 1 :]}"

    assert check_gtin(number).rule in {"ok", "gtin.internal"}
    assert check_gtin(wrong).rule == "gtin.checksum"


def test_a_tariff_code_is_four_six_or_eight_digits() -> None:
    assert check_hs("0901.21.10").value == "09012110"
    assert dict(check_hs("0901.21").parts) == {"chapter": "09", "heading": "0901", "level": "6"}
    assert format_hs("09012110") == "0901.21.10"
    assert check_hs("09012").rule == "hs.length"
    assert check_hs("7701").rule == "hs.chapter"
    assert check_hs("kopi").rule == "hs.characters"


def test_a_tariff_code_in_a_number_cell_may_have_lost_zeros() -> None:
    assert check_hs("90121", was_number=True).value == "090121"
    assert check_hs("90121", was_number=True).rule == "hs.zero_restored"
    assert check_hs("901.2", was_number=True).rule == "hs.damaged"


@pytest.mark.parametrize("written", ["53.12.04.2003", "5312042003", "53 12 04 2003", "5312042003.0", "53-12-04-2003"])
def test_a_village_code_is_brought_to_its_dotted_form(written: str) -> None:
    checked = check_village_code(written)

    assert (checked.value, checked.rule) == ("53.12.04.2003", "ok")
    assert dict(checked.parts) == {
        "level": "village",
        "province": "53",
        "regency": "53.12",
        "district": "53.12.04",
        "kind": "desa",
    }


@pytest.mark.parametrize(
    ("written", "rule", "value"),
    [
        ("53.12.04.1003", "ok", "53.12.04.1003"),
        ("53.12.4.2003", "village.zero_restored", "53.12.04.2003"),
        ("5303100005", "village.bps", None),  # kecamatan 100, desa 005: the other system
        ("53.03.100.005", "village.bps", None),
        ("53.12.04", "village.level", None),
        ("33.12.04.2003", "village.outside", None),
        ("54.12.04.2003", "village.province", None),
        ("53.70.04.2003", "village.regency", None),
        ("53.12.00.2003", "village.district", None),
        ("53.12.04.2000", "village.kind", None),
        ("53.12.04.203", "village.groups", None),
        ("53.2003", "village.groups", None),
        ("53.1", "village.groups", None),
        ("531204203", "village.length", None),
        ("5,31204E+09", "village.scientific", None),
        ("Desa Contoh Uji", "village.characters", None),
    ],
)
def test_a_doubtful_village_code_names_its_rule(written: str, rule: str, value: str | None) -> None:
    checked = check_village_code(written)

    assert (checked.rule, checked.value) == (rule, value)


def test_a_village_must_be_among_the_known_ones_where_those_are_given() -> None:
    known = frozenset({"53.12.04.2003"})

    assert check_village_code("5312042003", known=known).rule == "ok"
    assert check_village_code("53.12.04.2099", known=known).rule == "village.unknown"
    assert check_village_code("33.12.04.2003", province=None).rule == "ok"


def test_a_region_code_of_any_level_is_taken_but_not_a_damaged_number() -> None:
    assert [check_region_code(code).value for code in ("53", "5312", "53.12.04")] == ["53", "53.12", "53.12.04"]
    assert check_region_code("53.1", was_number=True).rule == "region.damaged"  # 53.10 typed into a number cell


def test_a_bps_code_has_its_own_levels() -> None:
    assert check_bps_code("5303100005").parts["level"] == "village"
    assert check_bps_code("5303100").parts["level"] == "district"
    assert check_bps_code("530310").rule == "bps.length"


def test_a_postal_code_outside_the_province_is_flagged() -> None:
    assert [check_postal_code(code).rule for code in ("85111", "87284", "85110", "87285", "08511", "8511")] == [
        "ok",
        "ok",
        "postal.outside",
        "postal.outside",
        "postal.zero",
        "postal.length",
    ]
