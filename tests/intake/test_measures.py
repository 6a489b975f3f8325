"""Figures whose unit or multiplier stands in the cell or the header, from the file to the verdict."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
from tests.intake.checking import COMMODITIES, GAZETTEER, NAMES, TODAY, VILLAGE

from lontar.engines.measures import header_measure
from lontar.intake.datasets import DATASETS
from lontar.intake.rules import Context, Verdict, check_rows
from lontar.intake.rules.kinds import Settings


def judged(dataset: str, headers: dict[str, str], *rows: dict[str, object]) -> Verdict:
    """Check rows whose columns stand under these headers (key → header)."""
    given = Context(
        settings=Settings(today=TODAY),
        gazetteer=GAZETTEER,
        scope="53",
        region_names=NAMES,
        commodities=COMMODITIES,
        headers={key: header_measure(text) for key, text in headers.items()},
    )
    keys = list(dict.fromkeys(key for row in rows for key in row))
    texts = {key: [None if row.get(key) is None else str(row[key]) for row in rows] for key in keys}
    frame = pl.DataFrame({"row_no": range(2, len(rows) + 2)}, schema={"row_no": pl.Int32()})
    frame = frame.with_columns(pl.Series(key, cells, dtype=pl.String) for key, cells in texts.items())
    numbers = {key: [isinstance(row.get(key), int | float) for row in rows] for key in keys}
    return check_rows(DATASETS[dataset], frame, pl.DataFrame(numbers), given)


def potential(**over: object) -> dict[str, object]:
    """A row of potential that passes."""
    return {"village_code": VILLAGE, "year": 2025, "commodity": "Kopi arabika", **over}


def rules(verdict: Verdict) -> list[tuple[int, str, str]]:
    """(row, rule, severity) of the findings."""
    return [
        (row + 2, rule, severity) for row, rule, severity in verdict.findings.select("index", "rule", "severity").rows()
    ]


def test_amounts_under_a_header_of_millions_are_rupiah_and_told_once() -> None:
    village = {"name": "Kopi Contoh Uji", "village_code": VILLAGE}
    found = judged(
        "enterprises",
        {"annual_turnover": "Omzet (juta Rp)"},
        {**village, "annual_turnover": 48},
        {**village, "annual_turnover": "12,5"},
        {**village, "annual_turnover": 0.75},
        {**village, "annual_turnover": "800 ribu"},
    )

    assert found.values["annual_turnover"].to_list() == [
        Decimal(48_000_000), Decimal(12_500_000), Decimal(750_000), Decimal(800_000),
    ]  # fmt: skip
    assert rules(found) == [(2, "header.scale", "warning")]


def test_a_cell_that_is_whole_rupiah_already_under_a_header_of_millions_is_asked_about() -> None:
    found = judged(
        "enterprises",
        {"annual_turnover": "Omzet (juta Rp)"},
        {"name": "Kopi Contoh Uji", "village_code": VILLAGE, "annual_turnover": "1.200.000"},
    )

    assert (2, "header.scale_doubt", "error") in rules(found)
    assert found.is_waiting.to_list() == [True]


def test_the_unit_of_a_quantity_comes_from_the_cell_the_column_or_the_header() -> None:
    found = judged(
        "potential",
        {"production": "Produksi (Kg)"},
        potential(production=8000),
        potential(production="1,5 ton", year=2024),
        potential(production="80", unit="Kwintal", year=2023),
        potential(year=2022),
    )

    assert found.values["unit"].to_list() == ["kg", "ton", "kuintal", None]
    assert rules(found) == [(3, "unit.other", "warning"), (4, "unit.other", "warning")]


def test_a_unit_in_the_cell_that_differs_from_the_unit_column_waits() -> None:
    found = judged("potential", {}, potential(production="8 ton", unit="kg"))

    assert rules(found) == [(2, "unit.differs", "error")]


def test_a_header_with_two_units_asks_for_the_unit() -> None:
    found = judged(
        "potential",
        {"production": "Produksi (kg/ton)"},
        potential(production=8),
        potential(production="8 kg", year=2024),
    )

    assert rules(found) == [(2, "unit.header", "error")]


def test_areas_become_hectares() -> None:
    found = judged(
        "potential",
        {"area_ha": "Luas (m2)"},
        potential(area_ha=2500),
        potential(area_ha="12,5 Ha", year=2024),
        potential(area_ha="30 are", year=2023),
    )

    assert found.values["area_ha"].to_list() == [Decimal("0.25"), Decimal("12.5"), Decimal("0.3")]
    assert rules(found) == [(4, "area_ha.converted", "warning")]


def test_a_share_between_nought_and_one_is_asked_about_unless_it_bears_its_sign() -> None:
    found = judged(
        "potential", {}, potential(sold_raw_share="80%"), potential(sold_raw_share=0.8, year=2024),
        potential(sold_raw_share="0,5 %", year=2023), potential(sold_raw_share=60, year=2022),
    )  # fmt: skip

    assert found.values["sold_raw_share"].to_list() == [Decimal(80), None, Decimal("0.5"), Decimal(60)]
    assert rules(found) == [(3, "sold_raw_share.share", "error")]
