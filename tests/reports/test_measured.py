"""What the page of a report says of verdicts and value kept, from the frozen files alone."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from tests.reports.world import PLACES

from lontar.portal.presenters.reports.measured import measured
from lontar.reports.queries.reading import Package
from lontar.reports.steps import tables

JUDGED = {
    "unit": "", "name": "", "region": "53", "months": 0, "outcome": "turnover", "said": "rose", "because": "clear",
    "called": "impact", "value": 0.133, "low": 0.096, "high": 0.171, "growth": None, "beside": None, "p": 0.001,
    "detectable": 0.05, "producers": 718, "controls": 615,
}  # fmt: skip
UNIT = JUDGED | {"unit": "village:53.09.01.2001", "name": "Kopi Contoh", "region": "53.09", "months": 6}
KEPT = {
    "region": "53", "commodity": "", "status": "A", "n": 9, "turnover": 10e6, "counted": 10e6, "material": 4e6,
    "material_outside": 1e6, "others": 1e6, "labour": 2e6, "margin": 3e6, "village": 6e6, "regency": 2e6, "ntt": 1e6,
    "outside": 1e6, "sold_known": 10e6, "sold_outside": 2e6,
}  # fmt: skip
HIDDEN = dict.fromkeys(KEPT) | {"region": "53.09", "commodity": "", "status": "S"}


def package(folder: Path, key: str, **rows: list[dict[str, object]]) -> Package:
    (folder / "data").mkdir()
    regions = pl.DataFrame(PLACES, schema=tables.REGIONS.names, orient="row", infer_schema_length=None)
    regions.write_parquet(folder / "data/regions.parquet")
    pl.DataFrame({"quarter": ["2026-T3"]}).write_parquet(folder / "data/figures.parquet")
    for name, held in rows.items():
        pl.DataFrame(held, infer_schema_length=None).write_parquet(folder / f"data/{name}.parquet")
    return Package(folder, key)


def test_the_sentence_and_the_interval_are_those_of_the_frozen_verdict(tmp_path: Path) -> None:
    told = measured(package(tmp_path, "ukur-1", verdicts=[JUDGED, UNIT], value=[KEPT]))
    (said,) = told.sentences
    assert said.text == "Omzet naik dibandingkan dengan produsen serupa di luar program."
    assert "+13,3" in said.sure
    assert "antara +9,6" in said.sure
    assert told.units is not None
    assert [row.cells[:4] for row in told.units.rows] == [["Kopi Contoh", "Kabupaten Ngada", "Omzet", "naik"]]


def test_of_two_spans_of_a_unit_the_longer_is_told(tmp_path: Path) -> None:
    later = UNIT | {"months": 12, "said": "cannot_tell", "because": "wide"}
    told = measured(package(tmp_path, "ukur-2", verdicts=[later, UNIT]))
    assert told.units is not None
    assert [(row.cells[3], row.cells[6]) for row in told.units.rows] == [("belum dapat disimpulkan", 12)]


def test_value_kept_is_told_and_what_is_hidden_stays_hidden(tmp_path: Path) -> None:
    told = measured(package(tmp_path, "ukur-3", value=[KEPT, HIDDEN]))
    assert [one.value for one in told.figures][2:] == ["90,0\xa0%", "75,0\xa0%"]
    assert "Pembeli luar NTT" in told.flow
    assert told.regencies is not None
    (row,) = told.regencies.rows
    assert row.cells[0] == "Kabupaten Ngada"
    assert set(row.cells[1:]) == {"disembunyikan"}


def test_a_package_without_either_says_nothing_of_them(tmp_path: Path) -> None:
    told = measured(package(tmp_path, "ukur-4"))
    assert told.sentences == ()
    assert told.units is None
    assert told.figures == ()
    assert told.flow == ""
    assert told.regencies is None
