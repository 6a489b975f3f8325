"""Points become stars: band edges, gates, sums and completeness, by property and by worked example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lontar.engines.rubrics import (
    Band,
    Gate,
    Item,
    ItemKind,
    NotScorable,
    Option,
    Rubric,
    as_json,
    as_rows,
    as_workbook,
    band_of,
    faults_of,
    mean_of,
    outcome,
    progress,
    read_json,
    read_workbook,
    shipped,
    shown,
    spread_of,
    total_of,
)
from lontar.engines.rubrics.scoring import Scores

ALL = {(one.key, one.version): one for one in shipped()}
NTT, OCOP = ALL["ntt", 1], ALL["ocop-vn", 2]
SCORABLE = [one for one in ALL.values() if one.is_scorable]


def options_of(item: Item) -> list[Decimal]:
    if item.options:
        return [option.points for option in item.options]
    return [item.low + item.step * n for n in range(int((item.high - item.low) / item.step) + 1)]


def sheets(rubric: Rubric) -> st.SearchStrategy[dict[str, Decimal]]:
    return st.fixed_dictionaries({item.code: st.sampled_from(options_of(item)) for item in rubric.criteria()})


def best(rubric: Rubric) -> dict[str, Decimal]:
    return {item.code: item.high for item in rubric.criteria()}


def test_every_shipped_rubric_holds_together_and_the_best_sheet_reaches_its_declared_maximum() -> None:
    assert sorted(ALL) == [("kemenperin-ovop", 1), ("ntt", 1), ("ocop-vn", 1), ("ocop-vn", 2), ("opc-th", 1)]
    assert [faults_of(one) for one in ALL.values()] == [[]] * 5
    assert [total_of(one, best(one)) for one in SCORABLE] == [Decimal(100)] * 4
    assert not ALL["kemenperin-ovop", 1].is_scorable


@pytest.mark.parametrize(
    ("mean", "stars"),
    [("0", 1), ("29.99", 1), ("30", 2), ("49.99", 2), ("50", 3), ("69.99", 3), ("70", 4), ("89.99", 4), ("90", 5), ("100", 5)],
)  # fmt: skip
def test_bands_are_half_open(mean: str, stars: int) -> None:
    assert band_of(OCOP, Fraction(Decimal(mean))).stars == stars


def test_a_mean_just_beneath_a_band_is_neither_rounded_into_it_nor_shown_in_it() -> None:
    mean = mean_of([Decimal(90), Decimal(90), Decimal("89.99")])

    assert band_of(NTT, mean).stars == 4
    assert shown(mean) == Decimal("89.99")


@given(sheet=sheets(NTT), code=st.sampled_from([item.code for item in NTT.criteria()]))
def test_more_points_never_lower_total_or_star(sheet: dict[str, Decimal], code: str) -> None:
    item = next(one for one in NTT.criteria() if one.code == code)
    higher = {**sheet, code: item.high}

    assert total_of(NTT, higher) >= total_of(NTT, sheet)
    assert outcome(NTT, Fraction(total_of(NTT, higher))).stars >= outcome(NTT, Fraction(total_of(NTT, sheet))).stars


@given(
    mean=st.fractions(min_value=0, max_value=100),
    holding=st.sets(st.sampled_from([gate.condition for gate in NTT.gates])),
)
def test_a_gate_never_raises_a_star_and_the_lowest_cap_holds(mean: Fraction, holding: set[str]) -> None:
    free, capped = outcome(NTT, mean), outcome(NTT, mean, holding=holding)

    assert capped.stars <= free.stars == capped.band
    assert capped.stars == min([free.stars, *(gate.cap for gate in NTT.gates if gate.condition in holding)])
    assert bool(capped.capped_by) == (capped.stars < free.stars)


@given(sheet=sheets(NTT), left=st.data())
def test_an_unfinished_sheet_says_what_it_can_still_reach(sheet: dict[str, Decimal], left: st.DataObject) -> None:
    kept = left.draw(st.sets(st.sampled_from(sorted(sheet))))
    found = progress(NTT, {code: points for code, points in sheet.items() if code in kept})

    assert found.least <= total_of(NTT, sheet) <= found.most
    assert found.is_complete == (kept == set(sheet))
    assert found.answered + len(found.missing) == found.criteria == 22


@given(sheet=sheets(NTT))
def test_the_parts_sum_to_the_whole(sheet: dict[str, Decimal]) -> None:
    parts = [progress(NTT, sheet, part=part.code).points for part in NTT.children()]

    assert sum(parts) == total_of(NTT, sheet)


@given(totals=st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=9))
def test_a_mean_lies_between_and_is_shown_rounded_down(totals: list[Decimal]) -> None:
    mean = mean_of(totals)

    assert Fraction(min(totals)) <= mean <= Fraction(max(totals))
    assert 0 <= mean - Fraction(shown(mean)) < Fraction(1, 100)


def test_points_that_a_criterion_does_not_give_are_refused_by_name() -> None:
    with pytest.raises(NotScorable, match=r"kriteria A\.I\.1 tidak memberi nilai 4"):
        progress(NTT, {"A.I.1": Decimal(4)})
    with pytest.raises(NotScorable, match=r"kriteria B\.1 tidak memberi nilai 2\.5"):
        progress(NTT, {"B.1": Decimal("2.5")})
    with pytest.raises(NotScorable, match="tidak mempunyai kriteria 'Z'"):
        progress(NTT, {"Z": Decimal(1)})
    with pytest.raises(NotScorable, match="belum dinilai"):
        total_of(NTT, {"A.I.1": Decimal(1)})


def test_the_spread_names_the_criterion_that_divides_most() -> None:
    first: Scores = best(NTT)
    second = {**first, "C.1": Decimal(2), "B.1": Decimal(4)}

    found = spread_of(NTT, [first, second])

    assert (found.low, found.high, found.range) == (91, 100, 9)
    assert found.by_criterion[0] == ("C.1", 2, 10)
    assert [found.is_wide(Decimal(limit)) for limit in (9, 10)] == [True, False]


# --- workbook and JSON ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rubric", ALL.values(), ids=lambda one: f"{one.key}-{one.version}")
def test_json_and_workbook_come_back_unchanged(rubric: Rubric, tmp_path: object) -> None:
    path = tmp_path / "rubrik.xlsx"  # type: ignore[operator]  # pytest's path
    path.write_bytes(as_workbook(rubric))

    assert read_json(as_json(rubric)).rubric == rubric
    assert read_workbook(path, "rubrik.xlsx").rubric == rubric


def test_a_broken_line_is_told_with_row_column_value_and_cure() -> None:
    rows = as_rows(OCOP)
    at = next(number for number, row in enumerate(rows) if row.get("kode") == "B")
    rows[at]["tertinggi"] = "dua puluh"

    found = read_json(str(rows).replace("'", '"').encode())

    assert found.rubric is None
    assert str(found.faults[0]) == (
        f"Baris {at + 1} (kriteria B), kolom tertinggi: “dua puluh”. "
        "Tulis bilangan dengan paling banyak dua angka di belakang koma, misalnya 5 atau 2,5."
    )


def one(**over: object) -> Rubric:
    values: dict[str, object] = {
        "key": "uji", "version": 1, "name": "Uji", "standing": "usulan", "maximum": Decimal(10), "source": "uji",
        "valid_from": date(2026, 1, 1), "items": (Item("A", ItemKind.CRITERION, "A", Decimal(10)),),
        "bands": (Band(1, Decimal(0)), Band(2, Decimal(5))),
    }  # fmt: skip
    return Rubric(**(values | over))  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (one(maximum=Decimal(11)), "berjumlah 10"),
        (one(items=()), "paling sedikit satu kriteria"),
        (one(bands=(Band(1, Decimal(1)),)), "harus 0"),
        (one(bands=(Band(2, Decimal(0)), Band(1, Decimal(5)))), "harus naik"),
        (one(bands=(Band(1, Decimal(0)), Band(2, Decimal(10)))), "di bawah 10"),
        (one(gates=(Gate("x", 6, "a"),)), "dari 1 sampai 5"),
        (one(gates=(Gate("x", 2, ""),)), "Isilah alasan"),
        (one(valid_until=date(2026, 1, 1)), "sesudah berlaku mulai"),
        (one(items=(Item("A", ItemKind.CRITERION, "A", Decimal(10), step=Decimal(3)),)), "membagi habis"),
        (one(items=(Item("A", ItemKind.CRITERION, "A", Decimal(10), parent="Z"),)), "ditulis di atasnya"),
        (
            one(items=(Item("A", ItemKind.CRITERION, "A", Decimal(10), options=(Option(Decimal(3), "x"),)),)),
            "dari 0 sampai 10",
        ),
        (one(items=(Item("A", ItemKind.PART, "A", Decimal(10)),)), "berjumlah 0, seharusnya 10"),
    ],
)
def test_a_rubric_that_does_not_hold_together_says_where(broken: Rubric, said: str) -> None:
    assert any(said in fault.cure for fault in faults_of(broken)), faults_of(broken)


def test_a_whole_rubric_has_no_fault() -> None:
    assert faults_of(one()) == []
    assert faults_of(replace(NTT, version=2)) == []


def worked() -> list[list[str]]:
    """The rows of the table in the explanation."""
    text = (Path(__file__).parents[3] / "docs" / "explanation" / "stars.md").read_text()
    lines = [line for line in text.splitlines() if line.startswith("| ") and ";" in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("row", worked())
def test_the_worked_table_of_the_explanation_holds(row: list[str]) -> None:
    totals = [Decimal(total) for total in row[0].split(";")]
    gates = [] if row[5] == "–" else row[5].split(", ")

    found = outcome(NTT, mean_of(totals), holding=gates)

    assert len(worked()) == 6
    assert shown(mean_of(totals)) == Decimal(row[1])
    assert max(totals) - min(totals) == Decimal(row[2])
    assert (max(totals) - min(totals) >= 10) == (row[3] == "yes")
    assert (found.band, found.stars) == (int(row[4]), int(row[6]))
