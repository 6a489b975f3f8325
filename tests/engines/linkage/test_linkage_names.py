"""Names of owners and businesses, and numbers, as they are made ready; the tables of docs/explanation/matching.md."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lontar.engines.linkage import numbers
from lontar.engines.linkage.alignment import ALIKE, APART, CLOSE, INITIAL, SAME, SHORT, classes
from lontar.engines.linkage.people import plain_names, words_of_names
from lontar.engines.linkage.spelling import heard
from lontar.engines.linkage.trades import plain_trades

PAPER = Path(__file__).resolve().parents[3] / "docs" / "explanation" / "matching.md"
CLASSES = {"same": SAME, "close": CLOSE, "short": SHORT, "alike": ALIKE, "initial": INITIAL, "apart": APART}


def table(header: str) -> list[list[str]]:
    lines = PAPER.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {header} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


@pytest.mark.parametrize(("written", "words", "sound"), table("Written"))
def test_names_read_as_the_paper_says(written: str, words: str, sound: str) -> None:
    plain = plain_names(pl.Series([written]))

    assert plain.to_list() == [words]
    assert heard(words_of_names(pl.Series([written]))).texts().to_list() == [sound]


@pytest.mark.parametrize(("one", "other", "name"), table("One"))
def test_words_are_as_alike_as_the_paper_says_in_either_order(one: str, other: str, name: str) -> None:
    assert classes(pl.Series([one, other]), pl.Series([other, one])).tolist() == [CLASSES[name]] * 2


def test_a_name_that_is_only_a_form_of_address_says_nothing() -> None:
    assert plain_names(pl.Series(["Ibu", "", "Bpk.", None, "123"])).to_list() == [None] * 5


def test_a_degree_is_taken_off_but_never_the_only_word() -> None:
    written = ["Contoh Uji, S.E.", "Uji S.Sos. M.Si", "Se Contoh", "H. Achmad Contoh", "H Contoh"]

    assert plain_names(pl.Series(written)).to_list() == ["contoh uji", "uji", "se contoh", "achmad contoh", "contoh"]


TEXTS = st.text(alphabet=st.sampled_from("abcdehijkmnopqrstuvyz .,'()SEHBPI01345-/@É"), max_size=30)


@given(st.lists(TEXTS, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_making_names_plain_twice_changes_nothing(names: list[str]) -> None:
    once = plain_names(pl.Series(names))

    assert plain_names(once).to_list() == once.to_list()


@given(st.lists(TEXTS, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_making_businesses_plain_twice_changes_nothing(names: list[str]) -> None:
    once = plain_trades(pl.Series(names))["plain"]

    assert plain_trades(once)["plain"].to_list() == once.to_list()


def test_legal_forms_and_filler_leave_the_same_words() -> None:
    written = ["UD. Kopi Mama Contoh", "KOPI MAMA CONTOH", "usaha kopi mama contoh", "U.D. Kopi Mama Contoh"]

    assert set(plain_trades(pl.Series(written))["plain"]) == {"kopi mama contoh"}


def test_a_group_is_marked_and_its_members_business_is_not() -> None:
    told = plain_trades(pl.Series(["Kelompok Tenun Rekaan", "KWT Contoh", "Tenun Rekaan", None]))

    assert told["is_group"].to_list() == [True, True, False, None]


@pytest.mark.parametrize(
    "written", ["0812-3456-7890", "+62 812 3456 7890", "6281234567890", "81234567890.0", "081234567890 / 0813"]
)
def test_a_telephone_number_is_the_same_however_it_is_written(written: str) -> None:
    assert numbers.phone(pl.Series([written])).to_list() == ["81234567890"]


def test_fillers_and_torn_numbers_say_nothing() -> None:
    cells = ["0000000000000000", "5.30309E+15", "5.30902010180001E+17", "-", "5399999999999999", None]

    assert numbers.nik(pl.Series(cells)).to_list() == [None] * 6


def test_a_number_that_a_spreadsheet_wrote_with_an_exponent_is_read_while_it_tells_nearly_all_digits() -> None:
    cells = ["5.30902010180001E+15", "5,30902010180001e+15", "8.1234567890E+10", "5.309E+15"]

    assert numbers.digits(pl.Series(cells)).to_list() == ["5309020101800010", "5309020101800010", "81234567890", None]


def test_a_nik_tells_year_of_birth_and_sex() -> None:
    frame = pl.DataFrame({"nik": ["5303094107850001", "5303090101020001", "530309"]})

    told = frame.select(born=numbers.birth_of_nik(pl.col("nik")), woman=numbers.woman_of_nik(pl.col("nik")))

    assert told.rows() == [(1985, True), (2002, False), (None, None)]


def test_sex_is_read_from_what_clerks_write() -> None:
    frame = pl.DataFrame({"cell": ["L", "Perempuan", "lk.", "P", "?", None]})

    assert frame.select(numbers.woman(pl.col("cell"))).to_series().to_list() == [False, True, False, True, None, None]
