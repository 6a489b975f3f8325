"""Verification of a report's folder: files against the manifest, formats against each other, figures against the statistics,
the chain against the report before. Needs nothing but the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from lontar.engines.reporting import manifest, metadata
from lontar.engines.reporting.chaining import CHAINS, chain_problems
from lontar.engines.reporting.locating import MOST, differences
from lontar.engines.reporting.package import DATA, PRINTS, SDMX, WORKBOOK
from lontar.engines.reporting.recomputing import KEYS, differing
from lontar.engines.reporting.tables import TYPES, Table, number_text, texts
from lontar.engines.reporting.workbook import read_sheet

FORMATS = ("parquet", "csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as published: `what` in words; file, row and column as far as they are known."""

    what: str
    file: str
    row: str = ""
    column: str = ""
    found: str = ""
    expected: str = ""

    def __str__(self) -> str:
        """`data/figures.csv: sel berubah; baris indicator=O1, …; kolom value; ditemukan 7; seharusnya 5`."""
        said = [f"{self.file}: {self.what}"]
        said += [f"baris {self.row}"] if self.row else []
        said += [f"kolom {self.column}"] if self.column else []
        said += [f"ditemukan “{self.found}”"] if self.found or self.column else []
        return "; ".join(said + ([f"seharusnya “{self.expected}”"] if self.expected else []))


@dataclass(slots=True)
class Verification:
    """The outcome: what was checked, and every finding. `chain` says in words how far the chain was followed."""

    quarter: str = ""
    number: int = 0
    manifest_sha256: str = ""
    files: int = 0
    figures: int = 0
    chain: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Nothing differs."""
        return not self.findings


def verify(
    folder: Path,
    previous: Path | str | None = None,
    *,
    manifest_sha256: str = "",
    formats: Sequence[str] = FORMATS,
) -> Verification:
    """Check a report's folder.

    `previous` is the folder of the report before, or the SHA-256 of its manifest; None looks for a sibling folder of its
    label. `manifest_sha256` is the hash printed on the signed paper, where the caller has it; `formats` are the copies of
    each table that are read. Never raises for damaged files:
    each becomes a finding.
    """
    done = Verification()
    try:
        held, done.manifest_sha256 = manifest.read(folder)
    except manifest.ManifestUnreadable as problem:
        done.findings.append(Finding(str(problem), manifest.NAME))
        return done
    done.quarter, done.number = str(held["quarter"]), int(held["number"])
    if manifest_sha256 and manifest_sha256.lower() != done.manifest_sha256:
        told = "SHA-256 manifes bukan yang ditandatangani"
        done.findings.append(Finding(told, manifest.NAME, found=done.manifest_sha256, expected=manifest_sha256.lower()))
    broken = _check_files(folder, held, done)
    whole = _check_tables(folder, held, done, broken=broken, formats=formats)
    _check_figures(folder, whole, done)
    _check_prices(whole, done)
    _check_chain(folder, held, previous, done)
    return done


def _check_files(folder: Path, held: dict[str, Any], done: Verification) -> set[str]:
    """Files that are missing, changed or not in the manifest; the changed ones."""
    broken = set()
    for name, entry in held["files"].items():
        path = folder / name
        done.files += 1
        if not path.is_file():
            done.findings.append(Finding("berkas hilang", name))
            broken.add(name)
            continue
        have = manifest.file_entry(path)
        if have != entry:
            broken.add(name)
            size = f"; {entry['bytes']} bita menjadi {have['bytes']}" if have["bytes"] != entry["bytes"] else ""
            done.findings.append(
                Finding(f"berkas berubah{size}", name, found=have["sha256"][:16], expected=entry["sha256"][:16])
            )
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != manifest.NAME and name not in held["files"]:
            done.findings.append(Finding("berkas tidak tercatat dalam manifes", name))
    return broken


def _check_tables(
    folder: Path, held: dict[str, Any], done: Verification, *, broken: set[str], formats: Sequence[str]
) -> dict[str, tuple[Table, pl.DataFrame]]:
    """Every table in every format against its fingerprints; the whole copy of each (or the damaged one, if none is)."""
    best = {}
    for name, entry in held["tables"].items():
        table = manifest.table_of(name, entry)
        rows, columns = _prints(folder, name, done), {c["name"]: c["sha256"] for c in entry["columns"]}
        copies = {kind: _read(folder, table, kind, done) for kind in formats}
        read = {kind: copy for kind, copy in copies.items() if copy is not None}
        sound = [k for k, copy in read.items() if not differences(table, copy, rows=rows, columns=columns)]
        twin = read[sound[0]] if sound else None
        for kind in read:
            if kind not in sound:
                _tell(
                    table,
                    _file(name, kind),
                    differences(table, read[kind], rows=rows, columns=columns, twin=twin),
                    done,
                )
            elif (file := _file(name, kind)) in broken and kind != "xlsx":
                done.findings.append(Finding("bita berkas berubah, nilai selnya tetap", file))
        chosen = twin if twin is not None else next(iter(read.values()), None)
        if chosen is not None:
            best[name] = (table, chosen)
    return best


def _file(name: str, kind: str) -> str:
    return f"{WORKBOOK}#{name}" if kind == "xlsx" else f"{DATA}/{name}.{kind}"


def _prints(folder: Path, name: str, done: Verification) -> list[str]:
    try:
        return (folder / PRINTS / f"{name}.txt").read_text("ascii").split()
    except (OSError, UnicodeDecodeError) as problem:
        done.findings.append(Finding(f"sidik tidak terbaca: {problem}", f"{PRINTS}/{name}.txt"))
        return []


def _read(folder: Path, table: Table, kind: str, done: Verification) -> pl.DataFrame | None:
    """A copy of a table as canonical texts; None, and a finding, when the file cannot be read as a table."""
    try:
        return _canonical(table, _raw(folder, table, kind))
    except Exception as problem:  # noqa: BLE001 - a damaged file may break any reader in any way; it becomes a finding
        reason = (str(problem).splitlines() or [type(problem).__name__])[0]
        done.findings.append(Finding(f"tidak terbaca sebagai tabel: {reason[:200]}", _file(table.name, kind)))
        return None


def _raw(folder: Path, table: Table, kind: str) -> pl.DataFrame:
    if kind == "parquet":
        return pl.read_parquet(folder / DATA / f"{table.name}.parquet")
    if kind == "csv":
        return pl.read_csv(folder / DATA / f"{table.name}.csv", infer_schema=False)
    return read_sheet(folder / WORKBOOK, table)


def _canonical(table: Table, raw: pl.DataFrame) -> pl.DataFrame:
    known = {one.name: one for one in table.columns}
    held = [known[name] for name in raw.columns if name in known]
    other = raw.select(pl.col(name).cast(pl.String) for name in raw.columns if name not in known)
    return texts(raw, held).hstack(other).select(raw.columns)


def _tell(table: Table, file: str, found: list[Any], done: Verification) -> None:
    for one in found[:MOST]:
        done.findings.append(Finding(one.what, file, one.row, one.column, one.found, one.expected))
    if len(found) > MOST:
        done.findings.append(Finding(f"dan {len(found) - MOST} perbedaan lain dalam {table.name}", file))


def _check_figures(folder: Path, whole: dict[str, tuple[Table, pl.DataFrame]], done: Verification) -> None:
    """Every figure from its statistics, and the SDMX file from the figures."""
    if not {"figures", "cells"} <= whole.keys():
        return
    figures, cells = (_typed(*whole[name]) for name in ("figures", "cells"))
    if figures is None or cells is None:
        return
    done.figures = figures.filter(pl.col("status") == "A").height
    table = whole["figures"][0]
    wrong = differing(figures, cells)
    for row in wrong.head(MOST).iter_rows(named=True):
        label = ", ".join(f"{key}={row[key]}" for key in KEYS if row[key])
        found, expected = ("" if row[k] is None else number_text(row[k]) for k in ("found", "expected"))
        file = f"{DATA}/{table.name}"
        done.findings.append(Finding("angka tidak mengikuti statistiknya", file, label, row["column"], found, expected))
    if wrong.height > MOST:
        done.findings.append(Finding(f"dan {wrong.height - MOST} angka lain", f"{DATA}/{table.name}"))
    sdmx = folder / SDMX
    if sdmx.is_file() and sdmx.read_bytes() != metadata.sdmx_csv(figures).encode():
        done.findings.append(Finding("tidak sama dengan tabel figures", SDMX))


def _check_prices(whole: dict[str, tuple[Table, pl.DataFrame]], done: Verification) -> None:
    """Value added and value kept of every chain, from its prices and the assumptions. Older packages hold neither table."""
    if not {"chains", "assumptions"} <= whole.keys():
        return
    chains, assumptions = (_typed(*whole[name]) for name in ("chains", "assumptions"))
    if chains is None or assumptions is None or chains.columns != CHAINS.names:
        return
    wrong = chain_problems(chains, assumptions)
    for row in wrong.head(MOST).iter_rows(named=True):
        label = ", ".join(f"{key}={row[key]}" for key in CHAINS.keys)
        found, expected = ("" if row[k] is None else number_text(row[k]) for k in ("found", "expected"))
        told = "tidak mengikuti harga, anggapan, atau batas kerahasiaan"
        done.findings.append(Finding(told, f"{DATA}/chains", label, row["column"], found, expected))
    if wrong.height > MOST:
        done.findings.append(Finding(f"dan {wrong.height - MOST} angka lain", f"{DATA}/chains"))


def _typed(table: Table, canonical: pl.DataFrame) -> pl.DataFrame | None:
    """The values of the texts; None when a table has lost its shape, which is told already."""
    if canonical.columns != table.names:
        return None
    empty = [
        pl.when(pl.col(c.name) != "").then(pl.col(c.name)).alias(c.name) for c in table.columns if c.kind != "text"
    ]
    casts = [pl.col(c.name).cast(TYPES[c.kind], strict=False) for c in table.columns]
    return canonical.with_columns(empty).select(casts)


def _check_chain(folder: Path, held: dict[str, Any], previous: Path | str | None, done: Verification) -> None:
    """The manifest of the report before must have the hash that this one names."""
    named = held["previous"]
    if named is None:
        done.chain = "laporan pertama" if held["number"] == 1 else ""
        if held["number"] != 1:
            done.findings.append(
                Finding(f"laporan nomor {held['number']} tidak menyebut laporan sebelumnya", manifest.NAME)
            )
        return
    given = previous if previous is not None else folder.resolve().parent / str(named["quarter"])
    if isinstance(given, Path):
        if previous is None and not (given / manifest.NAME).is_file():
            done.chain = f"laporan {named['quarter']} tidak ada di sebelah folder ini; rantai tidak diperiksa"
            return
        try:
            given = manifest.read(given)[1]
        except manifest.ManifestUnreadable as problem:
            done.findings.append(Finding(str(problem), manifest.NAME))
            return
    if given.lower() != named["manifest_sha256"]:
        told = f"rantai putus: manifes laporan {named['quarter']} bukan yang disebut"
        done.findings.append(
            Finding(told, manifest.NAME, column="previous", found=given, expected=named["manifest_sha256"])
        )
        return
    done.chain = f"tersambung ke laporan {named['quarter']}"
