"""A column check must say of every cell what the single check says of it, whatever people and Excel put there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import product
from random import Random
from typing import NamedTuple

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lontar.engines.identifiers import (
    BLANK_IDENTIFIERS,
    Checked,
    ColumnCheck,
    KbliVersion,
    LicenceKind,
    check_gtin,
    check_kbli,
    check_licence,
    check_nib,
    check_nik,
    check_npsn,
    check_npwp,
    check_phone,
    check_village_code,
    gs1_check_digit,
    gtin_column,
    kbli_column,
    licence_column,
    licence_columns,
    nib_column,
    nik_column,
    npsn_column,
    npwp_column,
    phone_column,
    village_column,
)

TODAY = date(2026, 8, 1)
KNOWN_REGENCIES = frozenset({"53.01", "53.12", "53.21"})
KNOWN_VILLAGES = frozenset({"53.12.04.2003", "53.01.10.1001"})


def _joined(*choices: Iterable[str]) -> list[str]:
    """Return every way of writing one choice after another."""
    return ["".join(parts) for parts in product(*choices)]


def _grid(*, seed: int, count: int, choices: list[list[str]]) -> list[str]:
    """Return a fixed sample of all the ways; the whole product would be too many."""
    draw = Random(seed)  # noqa: S311 - a fixed sample, nothing secret
    return sorted({"".join(draw.choice(some) for some in choices) for _ in range(count)})


# Values at the edges of the rules: sound ones, and ones that are wrong in a single place.
NIKS = [
    *_joined(
        ["53", "32", "91", "10"], ["12", "21", "13", "99", "70", "00"], ["04", "00"], ["150785"], ["0001", "0000"]
    ),
    *_joined(
        ["531204"],
        ["00", "01", "28", "29", "30", "31", "32", "40", "41", "68", "69", "70", "71", "72", "81"],
        ["00", "01", "02", "04", "07", "08", "09", "12", "13"],
        ["85", "99", "00", "08", "09", "10", "25", "26", "27"],
        ["0001"],
    ),
    *_joined(["5312", "9112"], ["04150785"], ["0010", "9999", "0120", "1110"]),
    "1" * 16,
    "3" * 16,
    "531204150785000",
    "53120415078500011",
]
NIBS = ["0220100512345", "220100512345", "02201005123456", "0" * 13, "1" * 13, "9" * 13, "5312041507850001"]
NPWPS = [
    *_joined(["0", ""], ["021832415", "021832416", "120000013", "000000000", "010000009"], ["922000", "000000"]),
    *("02.183.241.5-000.000", "021832415000", "2.183.241.5-000.000", "21832415000000", "0021832415000000000001"),
    *("5312041507850001", "5312043207850001", "5312041507150001", "1" * 16, "0" * 15, "0" * 16),
]
GTINS = [
    f"{body}{check}"
    for body in [
        *_joined(["899", "400", "020", "030", "040", "050", "190", "200", "290", "300"], ["123456789"]),
        *_joined(["0", "1", "2", "3", "9"], ["899123456789", "201234567890", "021234567890"]),
        *("03600029145", "20012345678", "2012345", "0012345", "9638507", "3012345", "0000000", "0" * 12, "0" * 13),
    ]
    for check in (gs1_check_digit(body), "7")
]
PHONES = [
    f"{lead}{national}"
    for lead in ("0", "62", "+62", "+620", "0062", "", "+")
    for national in (
        *("81234567890", "8123456", "81234567", "8123456789012", "812345678901", "8012345678", "380831234", "389123"),
        *("21345678", "6281234567890", "70771234567"),
    )
]
VILLAGES = [
    mark.join(groups)
    for mark in (".", "")
    for groups in product(
        ("53", "33", "10"),
        ("12", "01", "70", "71", "00"),
        ("04", "10", "00"),
        ("2003", "1001", "3001", "2000", "0003", "4003", "2999"),
    )
]
LICENCES = [
    *_grid(
        seed=7,
        count=400,
        choices=[
            ["P-IRT ", "PIRT", "SPP-IRT ", "", "p-irt "],
            ["1", "2", "8", "9", "0"],
            ["01", "10", "15", "00", "16"],
            ["53", "53", "99"],
            ["1201000101", "12010001-"],
            ["25", "26", "27", "31", "32"],
        ],
    ),
    *_joined(["P-IRT 2105312010001-"], ["25", "26", "27", "31", "32"]),
    *_joined(
        ["BPOM RI ", "BPOM", "bpom ri", "BPOM RI", ""],
        ["MD", "TR", "NA", "md ", "QQ"],
        ["123456789", "12345678901", "123456789012", "123456789012345", "1234567"],
    ),
    *_joined(["ID"], ["53", "99"], ["11", " 11"], ["000145391", "00014539"], ["1021", "0826", "0926", "1326", "0025"]),
    *_joined(["D", "J", "DID", "JID", "D00", "X"], ["1960", "1961", "2026", "2027"], ["012345", "01234"]),
    *_joined(["IDM", "IDG", "ID G ", "id-g "], ["000000014", "00000014"]),
    *_joined(["SNI ", "SNI", "sni "], ["8964", "8964.1", "01-8964", "ISO 22000"], [":", "-"], ["2026", "2027"]),
    *("DBL9624502804A1", "KH-0012", "SNI 3556", "LPPOM"),
    *NIBS,
]
KBLIS = ["10761", "45407", "61100", "01271", "1271", "34111", "C10761", "10761 - kopi", "10.761", "00111", "107611"]
NPSNS = ["50304512", "K5667890", "5030451", "11111111", "00000000", "503045120"]

ODD = st.sampled_from(
    [
        *sorted(BLANK_IDENTIFIERS),
        *("5,30312E+15", "5.303E+15", "1e16", "1E+16", "NaN", "inf", "TRUE", "#REF!", "0.0", "00", "00000000.0"),
        *("٥٣١٢٠٤٤١٠٧٨٥٠٠٠١", "５３１２０４４１０７８５０００１", "\x1c5312044107850001", "5312044107850001\n", "²³"),
        *("'5312044107850001", "\ufeff0220100512345", "0220100512345\u00a0", "1" * 16, "1" * 13, "9" * 40, "-" * 9),
    ]
)


def _damage(text: str, how: str) -> str:
    """Do to a sound text what people and programs do."""
    middle = len(text) // 2
    return {
        "none": text,
        "spaces": f" {text[:middle]} {text[middle:]} ",
        "dashes": f"{text[:middle]}-{text[middle:]}",
        "dots": f"{text[:middle]}.{text[middle:]}",
        "odd space": f"{text[:middle]}\u00a0{text[middle:]}",
        "long dash": f"{text[:middle]}–{text[middle:]}",
        "apostrophe": f"'{text}",
        "float": f"{text}.0",
        "comma float": f"{text},0",
        "short": text[:-1],
        "long": f"{text}0",
        "tab": f"\t{text}",
        "letter": f"{text[:middle]}O{text[middle:]}",
        "small": text.lower(),
        "wide": "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text),
    }[how]


DAMAGES = st.sampled_from(
    ["none"] * 8
    + ["spaces", "dashes", "dots", "odd space", "long dash", "apostrophe", "float", "comma float"]
    + ["short", "long", "tab", "letter", "small", "wide"]
)


class Case(NamedTuple):
    """A column check, its single twin, and the values that it is about."""

    column: Callable[..., ColumnCheck]
    single: Callable[..., Checked]
    values: list[str]


CASES = {
    "nik": Case(partial(nik_column, today=TODAY), partial(check_nik, today=TODAY), NIKS),
    "nik among known regencies": Case(
        partial(nik_column, today=TODAY, known_regencies=KNOWN_REGENCIES, minimum_age=0),
        partial(check_nik, today=TODAY, known_regencies=KNOWN_REGENCIES, minimum_age=0),
        NIKS,
    ),
    "nik at the turn of a century": Case(
        partial(nik_column, today=date(2000, 2, 29)), partial(check_nik, today=date(2000, 2, 29)), NIKS
    ),
    "phone": Case(phone_column, check_phone, PHONES),
    "nib": Case(nib_column, check_nib, NIBS),
    "npwp": Case(partial(npwp_column, today=TODAY), partial(check_npwp, today=TODAY), NPWPS),
    "kbli 2020": Case(
        partial(kbli_column, version=KbliVersion.V2020), partial(check_kbli, version=KbliVersion.V2020), KBLIS
    ),
    "kbli 2025": Case(
        partial(kbli_column, version=KbliVersion.V2025), partial(check_kbli, version=KbliVersion.V2025), KBLIS
    ),
    "npsn": Case(npsn_column, check_npsn, NPSNS),
    "village": Case(village_column, check_village_code, VILLAGES),
    "village among known ones": Case(
        partial(village_column, known=KNOWN_VILLAGES), partial(check_village_code, known=KNOWN_VILLAGES), VILLAGES
    ),
    "village anywhere": Case(
        partial(village_column, province=None), partial(check_village_code, province=None), VILLAGES
    ),
    "gtin": Case(gtin_column, check_gtin, GTINS),
    **{
        f"licence {kind}": Case(
            partial(licence_column, kind=kind, today=TODAY), partial(check_licence, kind=kind, today=TODAY), LICENCES
        )
        for kind in LicenceKind
    },
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("number", [False, True])
def test_a_column_says_of_every_edge_what_the_single_check_says(name: str, number: bool) -> None:
    case = CASES[name]
    numbers = pl.Series([number] * len(case.values))

    checked = case.column(pl.Series(case.values), was_number=numbers)

    _assert_same(checked, [case.single(text, was_number=number) for text in case.values])


def _cells(values: list[str]) -> st.SearchStrategy[list[tuple[str | None, bool]]]:
    cell = st.builds(_damage, st.sampled_from(values), DAMAGES) | ODD | st.text(max_size=20) | st.none()
    return st.lists(st.tuples(cell, st.booleans()), max_size=30)


@pytest.mark.parametrize("name", CASES)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_column_says_of_damaged_cells_what_the_single_check_says(name: str, data: st.DataObject) -> None:
    case = CASES[name]
    cells = data.draw(_cells(case.values))
    texts = pl.Series([text for text, _ in cells], dtype=pl.String)
    numbers = pl.Series([number for _, number in cells], dtype=pl.Boolean)

    checked = case.column(texts, was_number=numbers)

    _assert_same(checked, [None if text is None else case.single(text, was_number=number) for text, number in cells])


def _assert_same(checked: ColumnCheck, singles: Sequence[Checked | None]) -> None:
    assert checked.value.to_list() == [None if single is None else single.value for single in singles]
    told = [None if single is None or single.severity == "ok" else single for single in singles]
    assert checked.severity.to_list() == ["ok" if single is None else single.severity.value for single in told]
    assert checked.rule.to_list() == [None if single is None else single.rule for single in told]
    assert checked.message.to_list() == [None if single is None else single.message for single in told]


SOUND = {
    "nik": "5312044107850001",
    "nik among known regencies": "5312044107850001",
    "nik at the turn of a century": "5312044107650001",
    "phone": "081234567890",
    "nib": "0220100512345",
    "npwp": "02.183.241.5-000.000",
    "kbli 2020": "10761",
    "kbli 2025": "10761",
    "npsn": "50304512",
    "village": "53.12.04.2003",
    "village among known ones": "5312042003",
    "village anywhere": "33.12.04.2003",
    "gtin": "8991234567891",
    "licence nib": "0220100512345",
    "licence pirt": "P-IRT 2105312010001-29",
    "licence md": "BPOM RI MD 240935001200027",
    "licence tr": "TR092699241",
    "licence bpom": "NA18171234567",
    "licence halal": "ID35110000145391021",
    "licence merek": "IDM000123456",
    "licence ig": "ID G 000000014",
    "licence sni": "SNI 8964:2021",
}


@pytest.mark.parametrize("name", CASES)
def test_sound_values_never_reach_the_slow_way(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []

    def watch(raws: list[str], numbers: list[bool], *, scalar: Callable[..., Checked]) -> list[Checked]:
        sent.extend(raws)
        return [scalar(raw, was_number=number) for raw, number in zip(raws, numbers, strict=True)]

    monkeypatch.setattr("lontar.engines.identifiers.columns._judge", watch)

    checked = CASES[name].column(pl.Series([SOUND[name], "!"]))

    assert sent == ["!"]
    assert checked.value.to_list() == [CASES[name].single(SOUND[name]).value, None]


def test_a_column_of_floats_counts_as_number_cells() -> None:
    checked = nik_column(pl.Series([5312044107850010.0, 5312044107850011.0, None]), today=TODAY)

    assert checked.value.to_list() == [None, "5312044107850011", None]
    assert checked.rule.to_list() == ["nik.rounded", None, None]


def test_a_column_of_many_kinds_is_checked_row_by_row_in_its_order() -> None:
    numbers = pl.Series(["SNI 8964:2021", "2105312010001-29", None, "x1", "IDM000123456", "MD1", ""])
    kinds = pl.Series(["sni", "pirt", "nib", "lain", "pirt", "md", None])

    checked = licence_columns(numbers, kinds, today=TODAY)

    assert checked.value.to_list() == ["SNI 8964:2021", "210531201000129", None, None, None, None, None]
    assert checked.rule.to_list() == [None, None, None, "licence.kind", "licence.other_kind", "bpom.length", None]


def test_an_empty_column_gives_empty_verdicts() -> None:
    checked = nik_column(pl.Series([], dtype=pl.String), today=TODAY)

    assert [len(series) for series in (checked.value, checked.severity, checked.rule, checked.message)] == [0, 0, 0, 0]
