"""Telephone numbers as people write them; all invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.identifiers import check_phone, format_phone, mask_phone


@pytest.mark.parametrize(
    "written",
    [
        "081234567890",
        "+6281234567890",
        "6281234567890",
        "0062 812 3456 7890",
        "+62 (0)812-3456-7890",
        "0812.3456.7890",
        "(0812) 3456 7890",
        "81234567890",
        "81234567890.0",
        "HP: 0812 3456 7890",
        "No. WA 081234567890",
        "０８１２３４５６７８９０",
    ],
)
def test_every_spelling_of_a_mobile_number_gives_one_value(written: str) -> None:
    checked = check_phone(written)

    assert (checked.value, checked.rule) == ("+6281234567890", "ok")
    assert checked.parts["kind"] == "mobile"


def test_a_short_number_that_lost_its_zero_is_taken() -> None:
    assert check_phone("812345678").value == "+62812345678"


def test_a_landline_of_the_province_names_its_area() -> None:
    checked = check_phone("(0380) 831234")

    assert (checked.value, checked.rule) == ("+62380831234", "ok")
    assert dict(checked.parts) == {"kind": "landline", "area": "Kupang"}
    assert check_phone("380831234").value == "+62380831234"


@pytest.mark.parametrize(
    ("written", "rule", "value"),
    [
        ("0213456789", "phone.area", "+62213456789"),
        ("+670 7712 3456", "phone.foreign", "+67077123456"),
        ("0060123456789", "phone.foreign", "+60123456789"),
    ],
)
def test_numbers_from_elsewhere_are_taken_and_flagged(written: str, rule: str, value: str) -> None:
    checked = check_phone(written)

    assert (checked.severity, checked.rule, checked.value) == ("warning", rule, value)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("0812345678/081398765432", "phone.several"),
        ("0812345678 atau 0813987654", "phone.several"),
        ("8,12346E+11", "phone.scientific"),
        ("0812345", "phone.length"),
        ("08123456789012345", "phone.length"),
        ("0812-3456-78xx", "phone.characters"),
        ("0801234567", "phone.prefix"),
        ("1234567890", "phone.prefix"),
        ("+62", "phone.prefix"),
    ],
)
def test_an_unusable_number_is_refused_with_its_rule(written: str, rule: str) -> None:
    checked = check_phone(written)

    assert (checked.value, checked.severity, checked.rule) == (None, "error", rule)


def test_screens_show_numbers_dialled_or_masked() -> None:
    assert format_phone("+6281234567890") == "0812-3456-7890"
    assert format_phone("+67077123456") == "+67077123456"
    assert mask_phone("+6281234567890") == "0812*****890"
    assert "81234567890" not in check_phone("+60812345678901").message


@given(st.from_regex(r"\A8[1-9][0-9]{6,10}\Z"))
def test_formatting_and_reading_again_gives_the_same_number(national: str) -> None:
    value = check_phone(f"0{national}").value

    assert value == f"+62{national}"
    assert check_phone(format_phone(value)).value == value


def test_direction_marks_that_come_with_a_copied_number_are_left_out() -> None:
    assert check_phone("\u202a+62 812-0000-0001\u202c").value == "+6281200000001"
