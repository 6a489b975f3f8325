"""Writing a report's folder: tables in three formats, fingerprints, descriptions for people and machines, the manifest last.

A folder without manifest is one that was never finished. Nothing here decides what may be published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from lontar.engines.reporting import manifest, metadata
from lontar.engines.reporting.tables import Filled, Table, row_prints
from lontar.engines.reporting.workbook import write_workbook

DATA, PRINTS, WORKBOOK, README = "data", "fingerprints", "laporan.xlsx", "BACA-SAYA.md"
SDMX, DCAT, DEFINITIONS = "sdmx/figures.csv", "metadata/dcat.jsonld", "metadata/definitions.json"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a report holds. `tables` are the declared tables with their frames; `definitions` the Satu Data metadata.

    `previous` is (label, SHA-256 of the manifest) of the report before, None for the first; `basis` says what the figures were
    taken from (hashes of the closed snapshot); `address` is where the package is served; `made_at` an ISO instant.
    """

    quarter: str
    number: int
    previous: tuple[str, str] | None
    made_at: str
    code_version: str
    address: str
    publisher: str
    tables: Sequence[tuple[Table, pl.DataFrame]]
    definitions: Sequence[Mapping[str, Any]]
    basis: Mapping[str, Any] = field(default_factory=dict)
    notice: str = ""


def write_package(folder: Path, contents: Contents) -> str:
    """Write the files into an empty folder; the SHA-256 of the manifest. Raises `TableProblem`, and FileExistsError."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    for name in (DATA, PRINTS, "sdmx", "metadata"):
        (folder / name).mkdir()
    filled = [Filled.of(table, frame) for table, frame in contents.tables]
    with ThreadPoolExecutor(1) as beside:  # packing the workbook leaves the other cores to the tables
        book = beside.submit(write_workbook, folder / WORKBOOK, filled)
        for one in filled:
            _write_table(folder, one)
        book.result()
    figures = next(one.frame for one in filled if one.table.name == "figures")
    (folder / SDMX).write_text(metadata.sdmx_csv(figures), encoding="utf-8")
    (folder / DEFINITIONS).write_bytes(manifest.written({"definitions": [dict(one) for one in contents.definitions]}))
    (folder / README).write_text(metadata.readme(contents, filled), encoding="utf-8")
    data = {name: manifest.file_entry(folder / name) for name in _files(folder)}
    dcat = metadata.dcat(contents, filled, data)
    (folder / DCAT).write_text(json.dumps(dcat, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    made = _manifest(contents, filled, {**data, DCAT: manifest.file_entry(folder / DCAT)})
    (folder / manifest.NAME).write_bytes(manifest.written(made))
    return chain_end(folder)


def chain_end(folder: Path) -> str:
    """The SHA-256 of a folder's manifest, to which the next report is chained. Raises `ManifestUnreadable`."""
    return manifest.read(folder)[1]


def _write_table(folder: Path, one: Filled) -> None:
    name = one.table.name
    one.frame.write_parquet(folder / DATA / f"{name}.parquet", compression="zstd", row_group_size=16_384)
    one.canonical.write_csv(folder / DATA / f"{name}.csv", line_terminator="\n")
    (folder / PRINTS / f"{name}.txt").write_text("".join(f"{line}\n" for line in row_prints(one.canonical)), "ascii")


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _manifest(contents: Contents, filled: Sequence[Filled], files: Mapping[str, Any]) -> dict[str, Any]:
    before = contents.previous
    return {
        "format": manifest.FORMAT,
        "quarter": contents.quarter,
        "number": contents.number,
        "previous": {"quarter": before[0], "manifest_sha256": before[1]} if before else None,
        "made_at": contents.made_at,
        "code_version": contents.code_version,
        "publisher": contents.publisher,
        "notice": contents.notice,
        "basis": dict(contents.basis),
        "files": dict(files),
        "tables": {one.table.name: manifest.table_entry(one) for one in filled},
    }
