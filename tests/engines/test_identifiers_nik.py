"""NIK and KK against DOMAIN §3: every number here is invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.identifiers import PROVINCES, Severity, check_kk, check_nik, mask_nik

TODAY = date(2026, 8, 1)


def test_a_sound_nik_is_taken_and_decoded() -> None:
    checked = check_nik("5312044107850001", today=TODAY)

    assert (checked.value, checked.severity, checked.rule, checked.message) == ("5312044107850001", "ok", "ok", "")
    assert dict(checked.parts) == {
        "province": "53",
        "regency": "53.12",
        "district": "53.12.04",
        "sex": "P",
        "birth_date": "1985-07-01",
        "age": "41",
        "serial": "0001",
    }


@pytest.mark.parametrize(
    "written",
    [
        "5312.0441.0785.0001",
        " 5312 0441 0785 0001 ",
        "531204-410785-0001",
        "'5312044107850001",
        "\u200b5312044107850001\u00a0",
        "５３１２０４４１０７８５０００１",
        "5312044107850001.0",
    ],
)
def test_separators_and_invisible_signs_do_not_matter(written: str) -> None:
    assert check_nik(written, today=TODAY).value == "5312044107850001"


@pytest.mark.parametrize("written", ["", "  ", "-", "–", "Tidak  Ada", "belum ada", "N/A", "null", "0", "NIHIL"])
def test_words_for_nothing_are_blank_and_no_fault(written: str) -> None:
    checked = check_nik(written, today=TODAY)

    assert (checked.value, checked.severity, checked.rule) == (None, "ok", "blank")


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("531204410785001", "nik.length"),
        ("53120441078500011", "nik.length"),
        ("53120441o7850001", "nik.characters"),
        ("5,30312E+15", "nik.scientific"),
        ("5.303E+15", "nik.scientific"),
        ("5.31204410785e+15", "nik.scientific"),
        ("5412044107850001", "nik.province"),
        ("0012044107850001", "nik.province"),
        ("5312043207850001", "nik.birth"),  # day 32
        ("5312048107850001", "nik.birth"),  # day 81: forty more than 41, which other validators let through
        ("5312049907850001", "nik.birth"),
        ("5312044007850001", "nik.birth"),  # day 40 is neither man nor woman
        ("5312043102850001", "nik.birth"),  # 31 February
        ("5312042902850001", "nik.birth"),  # 29 February of a common year
        ("5312044113850001", "nik.birth"),  # month 13
        ("5312044107850000", "nik.serial"),
        ("1111111111111111", "nik.filler"),
    ],
)
def test_a_broken_nik_is_refused_with_its_rule(written: str, rule: str) -> None:
    checked = check_nik(written, today=TODAY)

    assert (checked.value, checked.severity, checked.rule) == (None, "error", rule)
    assert checked.message.endswith(".")


def test_a_nik_from_a_number_cell_that_ends_in_zero_was_rounded_by_excel() -> None:
    checked = check_nik("5312044107850010", today=TODAY, was_number=True)

    assert (checked.value, checked.rule) == (None, "nik.rounded")
    assert "Teks (Text)" in checked.message
    assert check_nik("5312044107850010", today=TODAY).value == "5312044107850010"


def test_a_nik_that_went_through_a_float_keeps_its_tail_and_is_judged_as_a_number() -> None:
    assert check_nik("5312044107850010.0", today=TODAY).rule == "nik.rounded"
    assert check_nik("5312044107850011.0", today=TODAY).value == "5312044107850011"


def test_a_number_cell_above_two_to_the_53_cannot_be_trusted_in_its_last_digit() -> None:
    assert check_nik("9104014107850002", today=TODAY, was_number=True).rule == "nik.rounded"
    assert check_nik("9104014107850002", today=TODAY).value == "9104014107850002"


def test_a_leap_day_is_read_in_the_century_that_has_it() -> None:
    assert check_nik("5312042902000001", today=TODAY).parts["birth_date"] == "2000-02-29"
    assert check_nik("5312042902960001", today=TODAY).parts["birth_date"] == "1996-02-29"


def test_a_child_is_flagged_against_the_age_that_the_column_asks_for() -> None:
    seventeen_today = "5312040108090001"
    seventeen_tomorrow = "5312040208090001"

    assert check_nik(seventeen_today, today=TODAY).rule == "ok"
    assert check_nik(seventeen_tomorrow, today=TODAY).rule == "nik.minor"
    assert check_nik(seventeen_tomorrow, today=TODAY).value == seventeen_tomorrow
    assert check_nik(seventeen_tomorrow, today=TODAY, minimum_age=0).rule == "ok"


def test_a_date_still_to_come_this_century_is_one_of_the_last() -> None:
    assert check_nik("5312040208260001", today=TODAY).parts["birth_date"] == "1926-08-02"
    assert check_nik("5312040108260001", today=TODAY).parts["birth_date"] == "2026-08-01"


def test_an_unknown_old_regency_is_flagged_and_never_refused() -> None:
    known = {"53.12", "53.01"}

    assert check_nik("5399044107850001", today=TODAY, known_regencies=known).rule == "nik.regency"
    assert check_nik("5399044107850001", today=TODAY, known_regencies=known).value == "5399044107850001"
    assert check_nik("5399044107850001", today=TODAY).rule == "ok"
    assert check_nik("3299044107850001", today=TODAY, known_regencies=known).rule == "ok"
    assert check_nik("5370044107850001", today=TODAY).rule == "nik.regency"
    assert check_nik("5312004107850001", today=TODAY).rule == "nik.district"


def test_no_message_and_no_representation_shows_a_nik() -> None:
    for written in ("5312044107850000", "531204410785001", "53120441078500x1", "5399044107850001"):
        checked = check_nik(written, today=TODAY, known_regencies={"53.12"})

        assert written not in checked.message
        assert written not in repr(checked)
    assert mask_nik("5303124101900001") == "5303********0001"
    assert mask_nik("53031") == "*****"


def test_a_kk_carries_its_date_of_issue() -> None:
    checked = check_kk("5312041507190002", today=TODAY)

    assert (checked.value, checked.rule) == ("5312041507190002", "ok")
    assert checked.parts["issue_date"] == "2019-07-15"


@pytest.mark.parametrize(
    ("written", "rule", "severity"),
    [
        ("5312044107850001", "kk.date", "warning"),  # day 41: the NIK of a woman
        ("5312043202190001", "kk.date", "warning"),
        ("5312041507190000", "kk.serial", "error"),
        ("9912041507190001", "kk.province", "error"),
        ("531204150719000", "kk.length", "error"),
        ("5,31204E+15", "kk.scientific", "error"),
    ],
)
def test_a_doubtful_kk_names_its_rule(written: str, rule: str, severity: str) -> None:
    checked = check_kk(written, today=TODAY)

    assert (checked.rule, checked.severity) == (rule, severity)


@given(
    province=st.sampled_from(sorted(PROVINCES)),
    regency=st.integers(1, 69) | st.integers(71, 99),
    district=st.integers(1, 99),
    born=st.dates(date(1930, 1, 1), TODAY),
    female=st.booleans(),
    serial=st.integers(1, 9999),
)
def test_what_a_nik_is_made_of_can_be_read_back(
    *, province: str, regency: int, district: int, born: date, female: bool, serial: int
) -> None:
    day = born.day + (40 if female else 0)
    number = f"{province}{regency:02d}{district:02d}{day:02d}{born:%m%y}{serial:04d}"

    checked = check_nik(number, today=TODAY, minimum_age=0)

    if number == "1" * 16:
        assert checked.rule == "nik.filler"
        return
    assert checked.severity is Severity.OK
    assert checked.value == number
    assert checked.parts["sex"] == ("P" if female else "L")
    assert checked.parts["regency"] == f"{province}.{regency:02d}"
    assert checked.parts["birth_date"][5:] == born.isoformat()[5:]
    assert 0 <= int(checked.parts["age"]) <= 110
