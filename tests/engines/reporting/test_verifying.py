"""A package that was touched says so: any cell, row, file, swap, cut, and a broken chain, each named."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.reporting import sample

from lontar.engines.reporting import CELLS, FIGURES, RECORDS, Table, cells_of, verify, write_package
from lontar.engines.reporting.tables import Filled
from lontar.engines.reporting.workbook import write_workbook

TABLES = {one.name: one for one in (FIGURES, CELLS, RECORDS, sample.RESTATEMENTS)}
FORMATS = ("csv", "parquet", "xlsx")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laporan")
    sample.write(folder)
    return folder / sample.QUARTER


def copied(whole: Path, tmp: Path) -> Path:
    target = tmp / whole.name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(whole, target)
    return target


def changed(folder: Path, table: Table, kind: str, frame: pl.DataFrame) -> None:
    """Write a table again in one format; of a workbook all sheets are written, the others as they are."""
    path = folder / "data" / f"{table.name}.{kind}"
    if kind == "csv":
        frame.write_csv(path, line_terminator="\n")
    elif kind == "parquet":
        frame.write_parquet(path)
    else:
        frames = {name: pl.read_parquet(folder / "data" / f"{name}.parquet") for name in TABLES}
        frames[table.name] = frame
        filled = [Filled(TABLES[name], one, one) for name, one in frames.items()]
        write_workbook(folder / "laporan.xlsx", filled)


def test_an_untouched_package_is_sound(whole: Path) -> None:
    done = verify(whole)
    assert done.findings == []
    assert (done.quarter, done.number, done.chain) == ("2026-T3", 1, "laporan pertama")
    assert done.figures == pl.read_parquet(whole / "data/figures.parquet").filter(pl.col("status") == "A").height > 300


@settings(max_examples=60)
@given(data=st.data())
def test_any_single_changed_cell_is_found_and_named(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    table = TABLES[data.draw(st.sampled_from(sorted(TABLES)))]
    kind = data.draw(st.sampled_from(FORMATS))
    frame = pl.read_parquet(whole / f"data/{table.name}.parquet")
    at = data.draw(st.integers(0, frame.height - 1))
    column = data.draw(st.sampled_from(table.columns))
    old = frame[column.name][at]
    new = data.draw(
        st.text("abcxyz019", min_size=1, max_size=5)
        if column.kind == "text"
        else st.integers(-(10**9), 10**9) | st.none()
    )
    if new == old or (new is None and old is None):
        return
    values = frame[column.name].to_list()
    values[at] = new if new is None or column.kind != "number" else float(new)
    folder = copied(whole, tmp_path_factory.getbasetemp() / "ubah")
    changed(folder, table, kind, frame.with_columns(pl.Series(column.name, values, dtype=frame.schema[column.name])))

    findings = verify(folder).findings

    file = f"laporan.xlsx#{table.name}" if kind == "xlsx" else f"data/{table.name}.{kind}"
    named = [one for one in findings if one.what == "sel berubah"]
    assert [(one.file, one.row, one.column) for one in named] == [(file, table.label(frame, at), column.name)]
    assert named[0].found == ("" if new is None else str(new))
    assert named[0].expected != named[0].found


def test_a_cell_changed_alike_in_every_format_is_still_named(whole: Path, tmp_path: Path) -> None:
    folder = copied(whole, tmp_path)
    frame = pl.read_parquet(whole / "data/figures.parquet")
    place = next(at for at in range(frame.height) if frame["indicator"][at] == "O2")
    values = frame["value"].to_list()
    values[place] += 1
    for kind in FORMATS:
        changed(folder, FIGURES, kind, frame.with_columns(pl.Series("value", values)))

    findings = verify(folder).findings

    cells = {(one.file, one.row, one.column) for one in findings if one.what == "sel berubah"}
    label = FIGURES.label(frame, place)
    assert cells == {(f, label, "value") for f in ("data/figures.csv", "data/figures.parquet", "laporan.xlsx#figures")}
    again = [one for one in findings if one.what == "angka tidak mengikuti statistiknya"]
    assert [(one.row, one.column) for one in again] == [(label, "value")]


@pytest.mark.parametrize("kind", FORMATS)
def test_rows_gone_and_rows_added_are_named(whole: Path, tmp_path: Path, kind: str) -> None:
    frame = pl.read_parquet(whole / "data/restatements.parquet")
    table, folder = sample.RESTATEMENTS, copied(whole, tmp_path)
    more = pl.DataFrame({"quarter": ["2026-T2"], "indicator": ["O2"], "old": [1.0], "new": [2.0]})
    changed(folder, table, kind, pl.concat([frame, more]))
    added = [(one.what, one.row) for one in verify(folder).findings if one.row]
    changed(folder, table, kind, frame.clear())
    gone = [(one.what, one.row) for one in verify(folder).findings if one.row]
    assert added == [("baris tambahan", "quarter=2026-T2, indicator=O2")]
    assert gone == [("baris hilang", "quarter=2026-T1, indicator=O1")]


@pytest.mark.parametrize("share", [0, 0.5, 0.97])
@pytest.mark.parametrize("name", ["data/figures.csv", "data/cells.parquet", "laporan.xlsx", "fingerprints/figures.txt",
                                  "metadata/dcat.jsonld", "sdmx/figures.csv", "BACA-SAYA.md"])  # fmt: skip
def test_a_truncated_file_is_named(whole: Path, tmp_path: Path, name: str, share: float) -> None:
    folder = copied(whole, tmp_path)
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: int(len(content) * share)])
    assert any(one.file == name and one.what.startswith("berkas berubah") for one in verify(folder).findings)


def test_swapped_missing_and_added_files_are_named(whole: Path, tmp_path: Path) -> None:
    folder = copied(whole, tmp_path)
    a, b = folder / "data/figures.csv", folder / "data/cells.csv"
    held = a.read_bytes()
    a.write_bytes(b.read_bytes())
    b.write_bytes(held)
    (folder / "metadata/definitions.json").unlink()
    (folder / "data/lagi.csv").write_text("a\n1\n")
    told = {(one.file, one.what.split(";")[0]) for one in verify(folder).findings}
    assert {
        ("data/figures.csv", "berkas berubah"),
        ("data/cells.csv", "berkas berubah"),
        ("metadata/definitions.json", "berkas hilang"),
        ("data/lagi.csv", "berkas tidak tercatat dalam manifes"),
    } <= told
    assert ("data/figures.csv", "kolom hilang") in told


def test_a_figure_published_with_wrong_statistics_is_found_though_all_prints_agree(tmp_path: Path) -> None:
    made = sample.contents()
    tables = dict((table.name, (table, frame)) for table, frame in made.tables)
    off = tables["figures"][1].with_columns(
        pl.when((pl.col("indicator") == "O2") & (pl.col("region") == "53") & (pl.col("by") == ""))
        .then(pl.col("value") + 1)
        .otherwise(pl.col("value"))
        .alias("value")
    )
    cells = cells_of(tables["figures"][1])
    write_package(tmp_path / "x", replace(made, tables=[(FIGURES, off), (CELLS, cells)]))
    findings = verify(tmp_path / "x").findings
    assert [(one.what, one.column) for one in findings] == [("angka tidak mengikuti statistiknya", "value")]
    assert "indicator=O2" in findings[0].row


def test_a_hidden_cell_that_holds_a_number_is_found(tmp_path: Path) -> None:
    made = sample.contents()
    frame = sample.figures().with_columns(
        pl.when(pl.col("status") == "S").then(5.0).otherwise(pl.col("numerator")).alias("numerator")
    )
    hidden = frame.filter(pl.col("status") == "S").height
    write_package(tmp_path / "x", replace(made, tables=[(FIGURES, frame), (CELLS, cells_of(frame))]))
    assert hidden > 1
    assert {one.column for one in verify(tmp_path / "x").findings} == {"numerator", ""}


def test_the_chain_holds_and_a_rewritten_report_breaks_it(tmp_path: Path) -> None:
    first = sample.write(tmp_path, "2026-T2")
    sample.write(tmp_path, "2026-T3", number=2, previous=("2026-T2", first))
    assert verify(tmp_path / "2026-T3").chain == "tersambung ke laporan 2026-T2"
    assert verify(tmp_path / "2026-T3", tmp_path / "2026-T2").is_sound
    shutil.rmtree(tmp_path / "2026-T2")
    assert "tidak diperiksa" in verify(tmp_path / "2026-T3").chain
    assert verify(tmp_path / "2026-T3", first).is_sound
    rewritten = sample.write(tmp_path, "2026-T2", number=1, previous=None)
    assert rewritten == first, "equal contents give equal bytes"
    path = tmp_path / "2026-T2/manifest.json"
    path.write_text(path.read_text().replace('"contoh"', '"lain"'))
    (broken,) = verify(tmp_path / "2026-T3").findings
    assert broken.what == "rantai putus: manifes laporan 2026-T2 bukan yang disebut"
    assert verify(tmp_path / "2026-T2", manifest_sha256=first).findings[0].expected == first


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"format": "lain"}', None])
def test_no_manifest_no_verification(whole: Path, tmp_path: Path, content: bytes | None) -> None:
    folder = copied(whole, tmp_path)
    (folder / "manifest.json").unlink()
    if content is not None:
        (folder / "manifest.json").write_bytes(content)
    assert [one.file for one in verify(folder).findings] == ["manifest.json"]
