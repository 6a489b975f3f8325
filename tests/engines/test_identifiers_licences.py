"""Licence numbers: examples of DOMAIN §3, and invented ones around their rules."""

from __future__ import annotations

from datetime import date

import pytest

from lontar.engines.identifiers import (
    HERBAL_PREFIXES,
    LicenceKind,
    check_bpom,
    check_halal,
    check_indication,
    check_licence,
    check_pirt,
    check_standard,
    check_trademark,
    format_bpom,
    format_indication,
    format_pirt,
    guess_licence_kind,
)

TODAY = date(2026, 8, 1)


@pytest.mark.parametrize(
    "written",
    [
        "P-IRT 2105312010001-29",
        "PIRT 210531201000129",
        "SPP-IRT No. 2105312010001-29",
        "P.IRT.2105312010001-29",
        "Dinkes P-IRT: 2105312010001 - 29",
        "210531201000129",
    ],
)
def test_a_pirt_number_is_read_and_decoded(written: str) -> None:
    checked = check_pirt(written, today=TODAY)

    assert (checked.value, checked.rule) == ("210531201000129", "ok")
    assert dict(checked.parts) == {
        "form": "15",
        "package": "plastik",
        "food_type": "kopi dan teh kering",
        "region": "5312",
        "product": "01",
        "producer": "0001",
        "expiry_year": "2029",
    }


@pytest.mark.parametrize(
    ("written", "rule", "severity"),
    [
        ("910531201000129", "pirt.package", "error"),
        ("010531201000129", "pirt.package", "error"),
        ("216531201000129", "pirt.food_type", "error"),
        ("200531201000129", "pirt.food_type", "error"),
        ("210991201000129", "pirt.province", "error"),
        ("21053120100012", "pirt.length", "error"),
        ("MD 240935001200027", "pirt.characters", "error"),
        ("2,10531E+14", "pirt.scientific", "error"),
        ("210531201000125", "pirt.expired", "warning"),
        ("210531201000126", "pirt.expires_this_year", "warning"),
        ("210531201000132", "pirt.far_expiry", "warning"),
        ("210531200123", "pirt.old", "warning"),
    ],
)
def test_a_doubtful_pirt_number_names_its_rule(written: str, rule: str, severity: str) -> None:
    checked = check_pirt(written, today=TODAY)

    assert (checked.rule, checked.severity) == (rule, severity)


def test_five_years_ahead_is_the_furthest_that_a_pirt_reaches() -> None:
    assert check_pirt("210531201000131", today=TODAY).rule == "ok"


def test_a_risk_based_md_number_is_split_into_its_parts() -> None:
    checked = check_bpom("BPOM RI MD 240935001200027")

    assert (checked.value, checked.rule) == ("MD240935001200027", "ok")
    assert checked.parts["form"] == "15"
    assert checked.parts["risk"] == "tinggi"
    assert checked.parts["serial"] == "0012"
    assert checked.parts["company"] == "00027"


def test_an_old_md_number_is_split_into_its_parts() -> None:
    checked = check_bpom("MD 224510107115")

    assert dict(checked.parts) == {
        "prefix": "MD",
        "kind": "pangan olahan dalam negeri",
        "form": "12",
        "package": "2",
        "food_type": "245",
        "bpom_province": "10",
        "company": "107",
        "product": "115",
    }


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("TR092699241", "obat tradisional dalam negeri"),
        ("POM TR 203612345", "obat tradisional dalam negeri"),
        ("FF182600791", "fitofarmaka"),
        ("NC14191300159", "kosmetik"),
        ("DBL9624502804A1", "obat"),
        ("SD171234567", "suplemen kesehatan dalam negeri"),
    ],
)
def test_other_marketing_numbers_name_what_they_are_for(written: str, kind: str) -> None:
    checked = check_bpom(written)

    assert (checked.rule, checked.parts["kind"]) == ("ok", kind)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("MD2409350012000", "bpom.length"),
        ("MD240935001", "bpom.length"),
        ("240935001200027", "bpom.prefix"),
        ("TR09269924", "bpom.length"),
        ("QQ092699241", "bpom.unknown_prefix"),
    ],
)
def test_a_doubtful_marketing_number_names_its_rule(written: str, rule: str) -> None:
    assert check_bpom(written).rule == rule


def test_a_column_for_herbal_products_refuses_food() -> None:
    checked = check_bpom("MD240935001200027", prefixes=HERBAL_PREFIXES)

    assert (checked.value, checked.rule) == (None, "bpom.other_kind")
    assert "MD" in checked.message


def test_a_halal_certificate_is_read_with_its_month() -> None:
    checked = check_halal("ID 35110000145391021", today=TODAY)

    assert (checked.value, checked.rule) == ("ID35110000145391021", "ok")
    assert dict(checked.parts) == {"province": "35", "applied": "2021-10"}


@pytest.mark.parametrize(
    ("written", "rule", "value"),
    [
        ("35110000214820323", "halal.id_restored", "ID35110000214820323"),
        ("ID3511000014539", "halal.format", None),
        ("ID351100001453910", "halal.length", "ID351100001453910"),
        ("ID99110000145391021", "halal.province", "ID99110000145391021"),
        ("ID35110000145391321", "halal.period", "ID35110000145391321"),
        ("ID35110000145390926", "halal.period", "ID35110000145390926"),  # September 2026 is still to come
        ("KH.01.12.345.10.2023", "halal.ruling", None),
        ("No. KH-00123456", "halal.ruling", None),
        ("LPPOM-12345", "halal.format", None),
    ],
)
def test_a_doubtful_halal_number_names_its_rule(written: str, rule: str, value: str | None) -> None:
    checked = check_halal(written, today=TODAY)

    assert (checked.rule, checked.value) == (rule, value)


def test_trademarks_are_registered_or_applied_for() -> None:
    assert dict(check_trademark("IDM 000 123 456", today=TODAY).parts) == {"stage": "registered"}
    assert dict(check_trademark("DID2023012345", today=TODAY).parts) == {
        "stage": "applied",
        "kind": "barang",
        "year": "2023",
    }
    assert check_trademark("JID2023012345", today=TODAY).parts["kind"] == "jasa"
    assert check_trademark("D00.2010.001234", today=TODAY).rule == "merek.old"
    assert check_trademark("DID2027012345", today=TODAY).rule == "merek.year"
    assert check_trademark("IDM12345", today=TODAY).rule == "merek.format"


def test_a_geographical_indication_has_nine_digits() -> None:
    assert check_indication("ID G 000 000 014").value == "IDG000000014"
    assert format_indication("IDG000000014") == "ID G 000000014"
    assert check_indication("IG.00.2012.000003").rule == "ig.application"
    assert check_indication("IDG 14").rule == "ig.format"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("SNI 8964:2021", "SNI 8964:2021"),
        ("sni 8964-2021", "SNI 8964:2021"),
        ("SNI 01-3542-2004", "SNI 01-3542-2004"),
        ("SNI 01-3542:2004", "SNI 01-3542-2004"),
        ("SNI 3556.1 : 2016", "SNI 3556.1:2016"),
        ("SNI ISO 22000:2018", "SNI ISO 22000:2018"),
        ("SNI ISO/IEC 17065:2012", "SNI ISO/IEC 17065:2012"),
    ],
)
def test_a_standard_is_brought_to_its_printed_form(written: str, value: str) -> None:
    assert check_standard(written, today=TODAY).value == value


def test_a_standard_needs_a_year_that_has_come() -> None:
    assert check_standard("SNI 3556", today=TODAY).rule == "sni.year_missing"
    assert check_standard("SNI 8964:2027", today=TODAY).rule == "sni.year"
    assert check_standard("SPPT 8964:2021", today=TODAY).rule == "sni.format"


def test_numbers_are_displayed_as_labels_show_them() -> None:
    assert format_pirt("210531201000129") == "P-IRT 2105312010001-29"
    assert format_bpom("MD240935001200027") == "BPOM RI MD 240935001200027"


def test_a_number_in_the_wrong_column_is_told_where_it_belongs() -> None:
    checked = check_licence("MD240935001200027", kind=LicenceKind.PIRT, today=TODAY)

    assert (checked.value, checked.rule) == (None, "licence.other_kind")
    assert "MD/ML" in checked.message
    assert "P-IRT" in checked.message


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("0220100512345", LicenceKind.NIB),
        ("P-IRT 2105312010001-29", LicenceKind.PIRT),
        ("MD240935001200027", LicenceKind.MD),
        ("TR092699241", LicenceKind.TR),
        ("NC14191300159", LicenceKind.BPOM),
        ("ID35110000145391021", LicenceKind.HALAL),
        ("IDM000123456", LicenceKind.TRADEMARK),
        ("ID G 000000014", LicenceKind.INDICATION),
        ("SNI 8964:2021", LicenceKind.STANDARD),
        ("kopi", None),
        ("", None),
    ],
)
def test_the_kind_of_a_licence_is_guessed_only_where_one_fits(written: str, kind: LicenceKind | None) -> None:
    assert guess_licence_kind(written, today=TODAY) is kind
