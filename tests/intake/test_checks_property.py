"""Whatever stands in the cells: the checks never break, and no cell is lost in silence."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.checking import context, verdict

from lontar.engines.identifiers.checked import BLANK_IDENTIFIERS, is_blank, plain
from lontar.intake.datasets import DATASETS, Dataset, Kind
from lontar.intake.rules.rows import _RULES

CONTEXT = context()
_DAMAGED = st.sampled_from(
    ("", " ", "-", "n/a", "tidak ada", "5309014101909001", "5,309E+15", "0812-3456-7001", "1.500.000", "1,5 juta", "-7", "0",
     "31/02/2024", "45321", "2024-01-01", "NaN", "inf", "１２３", "=1+1", "'0812", "\x00\x07", "٣", "1e400", "9" * 40, "½",
     "53.09.01.2001", "5309012001", "Waesae Uji", "Mei–September", "Aktif", "P", "SMK", "Kopi arabika", "Kemasan", "L/P")
)  # fmt: skip
CELLS = st.none() | _DAMAGED | st.text(max_size=30) | st.integers() | st.floats(allow_nan=True).map(str)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
# Cells that are judged together with others: the place, the point, and what only a row of another kind uses.
_TOGETHER = {Kind.PLACE, Kind.VILLAGE_CODE, Kind.COORDINATE}
_OTHERWISE_USED = {"community_kind", "monthly_turnover", "workers", "workers_male", "workers_female"}


def rows_of(dataset: Dataset) -> st.SearchStrategy[list[dict[str, object]]]:
    """One to four rows that give any of the dataset's columns anything."""
    return st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(dataset.keys, CELLS)), min_size=1, max_size=4)


@pytest.mark.parametrize("key", list(DATASETS))
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_cell_becomes_a_value_or_a_finding_and_nothing_breaks(key: str, data: st.DataObject) -> None:
    dataset = DATASETS[key]
    rows = data.draw(rows_of(dataset))

    checked = verdict(key, *rows, given=CONTEXT)

    assert (checked.values.height, checked.is_waiting.len()) == (len(rows), len(rows))
    errors = checked.findings.filter(pl.col("severity") == "error")["index"].unique().to_list()
    assert [at for at, waits in enumerate(checked.is_waiting.to_list()) if waits] == sorted(errors)
    told = set(checked.findings.select("index", "field").iter_rows())
    for at, row in enumerate(rows):
        for column in dataset.columns:
            if column.kind in _TOGETHER or column.key in _OTHERWISE_USED or column.key not in checked.values.columns:
                continue
            written = row.get(column.key)
            text = plain(_CONTROL.sub("", str(written)))
            blank = written is None or is_blank(text, words=BLANK_IDENTIFIERS) or not text.strip()
            lost = checked.values[column.key][at] is None and (at, column.key) not in told
            assert blank or not lost, (column.key, written)


@pytest.mark.parametrize("key", list(DATASETS))
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_finding_is_whole_and_shows_no_number_of_a_person(key: str, data: st.DataObject) -> None:
    dataset = DATASETS[key]
    nik = st.just("5309014101909001")
    row = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(dataset.keys, nik | CELLS)))

    found = verdict(key, row, given=CONTEXT).findings

    for one in found.iter_rows(named=True):
        assert one["field"] in dataset.keys
        assert one["message"]
        assert one["rule"]
        assert one["severity"] in ("error", "warning")
        if dataset.column(one["field"]).kind is not Kind.LICENCE:
            shown = f"{one['value']} {one['message']} {one['words']}"
            assert not _NIK.search(shown), shown


def test_every_dataset_has_rules_of_its_own() -> None:
    assert set(_RULES) == set(DATASETS)
