"""NIB, KBLI, NPSN and NPWP. Tax numbers are those of published examples or invented around their check digit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.identifiers import (
    KBLI_DIVISIONS,
    KbliVersion,
    check_kbli,
    check_nib,
    check_npsn,
    check_npwp,
    format_npwp,
)

TODAY = date(2026, 8, 1)


def test_a_nib_is_thirteen_digits() -> None:
    assert check_nib("0220 1005 12345").value == "0220100512345"


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("022010051234", "nib.length"),
        ("02201005123456", "nib.length"),
        ("5312044107850001", "nib.is_nik"),
        ("0000000000000", "nib.filler"),
        ("9999999999999", "nib.filler"),
        ("2,20101E+11", "nib.scientific"),
        ("NIB0220100512345", "nib.characters"),
    ],
)
def test_a_wrong_nib_is_refused(written: str, rule: str) -> None:
    checked = check_nib(written)

    assert (checked.value, checked.severity, checked.rule) == (None, "error", rule)


def test_a_nib_that_lost_its_zero_in_a_number_cell_is_restored_and_flagged() -> None:
    checked = check_nib("220100512345", was_number=True)

    assert (checked.value, checked.severity, checked.rule) == ("0220100512345", "warning", "nib.zero_restored")
    assert check_nib("220100512345.0") == check_nib("220100512345.0", was_number=True)


@pytest.mark.parametrize("written", ["10761", "C10761", "10.761", "10761 - Industri Pengolahan Kopi", "10761.0"])
def test_a_kbli_code_is_found_in_what_surrounds_it(written: str) -> None:
    checked = check_kbli(written, version=KbliVersion.V2020)

    assert (checked.value, checked.rule) == ("10761", "ok")
    assert dict(checked.parts) == {"version": "2020", "division": "10", "category": "C"}


def test_a_kbli_code_belongs_to_a_version() -> None:
    assert check_kbli("45407", version=KbliVersion.V2020).rule == "ok"
    assert check_kbli("45407", version=KbliVersion.V2025).rule == "kbli.version"
    assert check_kbli("61100", version=KbliVersion.V2020).parts["category"] == "J"
    assert check_kbli("61100", version=KbliVersion.V2025).parts["category"] == "K"


def test_the_versions_have_the_categories_of_their_isic() -> None:
    assert sorted(set(KBLI_DIVISIONS[KbliVersion.V2020].values())) == list("ABCDEFGHIJKLMNOPQRSTU")
    assert sorted(set(KBLI_DIVISIONS[KbliVersion.V2025].values())) == list("ABCDEFGHIJKLMNOPQRSTUV")
    assert len(KBLI_DIVISIONS[KbliVersion.V2020]) == 88
    assert len(KBLI_DIVISIONS[KbliVersion.V2025]) == 87


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("1076", "kbli.length"),
        ("107611", "kbli.length"),
        ("34111", "kbli.division"),
        ("10761, 10762", "kbli.several"),
        ("kopi", "kbli.characters"),
    ],
)
def test_a_wrong_kbli_code_is_refused(written: str, rule: str) -> None:
    assert check_kbli(written, version=KbliVersion.V2025).rule == rule


def test_a_farming_code_that_lost_its_zero_is_restored() -> None:
    checked = check_kbli("1271", version=KbliVersion.V2020, was_number=True)

    assert (checked.value, checked.rule) == ("01271", "kbli.zero_restored")
    assert check_kbli("1271", version=KbliVersion.V2020).rule == "kbli.length"


def test_an_npsn_is_eight_digits_and_rarely_has_letters() -> None:
    assert check_npsn("50304512").value == "50304512"
    assert check_npsn("50304512.0").value == "50304512"
    assert check_npsn("k5667890").rule == "npsn.letters"
    assert check_npsn("k5667890").value == "K5667890"
    assert check_npsn("5030451").rule == "npsn.format"
    assert check_npsn("SEKOLAHX").rule == "npsn.format"
    assert check_npsn("00000000").rule == "npsn.filler"


@pytest.mark.parametrize(
    "written",
    [
        "02.183.241.5-000.000",
        "02.061.179.4-000.000",
        "01.957.716.2-000.000",
        "01.749.700.9-000.000",
        "01.000.724.3.000.000",
    ],
)
def test_published_tax_numbers_pass_their_check_digit(written: str) -> None:
    checked = check_npwp(written, today=TODAY)

    assert checked.rule == "ok"
    assert checked.value is not None
    assert format_npwp(checked.value) == written.replace("3.000.000", "3-000.000")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("021832415000", "021832415000000"),  # twelve digits: no branch
        ("0021832415000000", "0021832415000000"),  # sixteen, an entity
        ("5312044107850001", "5312044107850001"),  # sixteen, a person
    ],
)
def test_the_other_forms_of_a_tax_number_are_taken(written: str, value: str) -> None:
    checked = check_npwp(written, today=TODAY)

    assert (checked.value, checked.rule) == (value, "ok")


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("000000000000000", "npwp.zero"),
        ("0000000000000000", "npwp.zero"),
        ("00.000.000.0-922.000", "npwp.zero"),
        ("02.183.241.6-000.000", "npwp.checksum"),
        ("0021832416000000", "npwp.checksum"),
        ("5312043207850001", "npwp.person"),
        ("0218324150000", "npwp.length"),
        ("2,18324E+12", "npwp.scientific"),
    ],
)
def test_a_wrong_tax_number_is_refused(written: str, rule: str) -> None:
    checked = check_npwp(written, today=TODAY)

    assert (checked.value, checked.severity, checked.rule) == (None, "error", rule)


def test_a_tax_number_that_lost_its_zero_is_restored() -> None:
    for checked in (
        check_npwp("21832415000000", today=TODAY, was_number=True),
        check_npwp("2.183.241.5-000.000", today=TODAY),
    ):
        assert (checked.value, checked.rule) == ("021832415000000", "npwp.zero_restored")
    assert check_npwp("21832415000000", today=TODAY).rule == "npwp.length"


def test_the_number_of_a_branch_is_cut_to_its_taxpayer() -> None:
    checked = check_npwp("0021832415000000000001", today=TODAY)

    assert (checked.value, checked.rule, checked.parts["place"]) == ("0021832415000000", "npwp.branch", "000001")


@given(st.integers(1, 999_999), st.integers(0, 99), st.integers(0, 8))
def test_one_wrong_digit_never_passes_the_check_of_a_tax_number(serial: int, head: int, place: int) -> None:
    body = f"{head:02d}{serial:06d}"
    number = next(
        f"{body}{check}922000" for check in range(10) if check_npwp(f"{body}{check}922000", today=TODAY).rule == "ok"
    )
    wrong = f"{number[:place]}{(int(number[place]) + 1) % 10}{number[place + 1 :]}"

    assert check_npwp(wrong, today=TODAY).rule in {"npwp.checksum", "npwp.zero"}
