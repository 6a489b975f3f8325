"""Tables of a report: their columns, the text in which every value is fingerprinted, and the fingerprints by row and column.

The text of a value does not depend on the format of the file it was read from: a whole number is written in digits, any other
number as the shortest decimal that gives the same binary number (IEEE 754), nothing as the empty text. A row's fingerprint is
the first 16 hexadecimal digits of SHA-256 over its texts joined by U+001F, a column's the whole SHA-256 over its texts joined
by U+001E.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from lontar.engines.tabular.neutral import RISKY

Kind = Literal["text", "integer", "number"]
TYPES: dict[Kind, pl.DataType] = {"text": pl.String(), "integer": pl.Int64(), "number": pl.Float64()}
CELL, ROW = "\x1f", "\x1e"
DIGITS = 12  # significant digits of a published number: fewer than any format of the package loses


class TableProblem(ValueError):
    """A frame that cannot be a table of a report; the message names what and where."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the files, its kind, what it means, and its unit."""

    name: str
    kind: Kind
    meaning: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A declared table: name of its files, what a row is, the columns, and those that name a row."""

    name: str
    title: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    note: str = ""

    @property
    def names(self) -> list[str]:
        """Names of the columns in order."""
        return [one.name for one in self.columns]

    def shaped(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with exactly these columns, kinds and roundings, ordered by its keys.

        Raises `TableProblem` for a missing column, a value of another kind, or two rows of one key.
        """
        missing = [name for name in self.names if name not in frame.columns]
        if missing:
            raise TableProblem(f"{self.name}: kolom {', '.join(missing)} tidak ada.")
        try:
            made = frame.select(_published(one) for one in self.columns)
        except pl.exceptions.PolarsError as problem:
            raise TableProblem(f"{self.name}: {str(problem).splitlines()[0]}") from problem
        twice = made.select(self.keys).is_duplicated()
        if twice.any():
            raise TableProblem(f"{self.name}: baris ganda {self.label(made, int(twice.arg_true()[0]))}.")
        return made.sort(self.keys)

    def label(self, frame: pl.DataFrame, place: int) -> str:
        """A row in words, by its keys: `indicator=O1, level=regency, …`; empty keys are left out."""
        said = [(name, frame[name][place]) for name in self.keys if name in frame.columns]
        return ", ".join(f"{name}={value}" for name, value in said if value not in (None, "")) or f"baris {place + 1}"


def _published(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    if column.kind == "text":
        return _harmless(value.cast(pl.String).fill_null("")).alias(column.name)
    if column.kind == "integer":
        return value.cast(pl.Int64)
    number = value.cast(pl.Float64)
    whole = pl.when(number.is_finite()).then(number.round_sig_figs(DIGITS) + 0.0)
    return whole.alias(column.name)


def _harmless(text: pl.Expr) -> pl.Expr:
    """Without control characters, and with an apostrophe where a spreadsheet would run it."""
    plain = text.str.replace_all(r"[\x00-\x1f]+", " ")
    return pl.when(plain.str.contains(RISKY)).then("'" + plain).otherwise(plain)


def texts(frame: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Every value as its canonical text; a value that its column's kind does not allow stays as it was written."""
    return pl.DataFrame({one.name: _texts(frame[one.name], one.kind) for one in columns})


def _texts(values: pl.Series, kind: Kind) -> pl.Series:
    written = values.cast(pl.String, strict=False) if values.dtype != pl.String else values
    if kind == "text":
        return written.fill_null("").alias(values.name)
    numbers = values if values.dtype.is_numeric() else written.cast(pl.Float64, strict=False)
    distinct = numbers.unique()
    said = {one: number_text(one) for one in distinct.to_list() if one is not None}
    shown = numbers.replace_strict(list(said), list(said.values()), return_dtype=pl.String) if said else None
    if shown is None:
        return written.fill_null("").alias(values.name)
    return shown.zip_with(shown.is_not_null(), written).fill_null("").alias(values.name)


def number_text(value: float) -> str:
    """`12` for 12.0, `0.1` for 0.1, `-1.5e-07` for -0.00000015."""
    if isinstance(value, int) or (value == value and abs(value) < 2**53 and value == int(value)):
        return str(int(value))
    return repr(value)


def row_prints(canonical: pl.DataFrame) -> list[str]:
    """A fingerprint per row, of the frame of texts."""
    joined = canonical.select(pl.concat_str(pl.all(), separator=CELL)).to_series().to_list()
    return [hashlib.sha256(one.encode()).hexdigest()[:16] for one in joined]


def column_prints(canonical: pl.DataFrame) -> dict[str, str]:
    """A fingerprint per column, of the frame of texts."""
    return {
        name: hashlib.sha256(ROW.join(canonical[name].to_list()).encode()).hexdigest() for name in canonical.columns
    }


KEYS = (
    Column("quarter", "text", "Triwulan, misalnya 2026-T3"),
    Column("indicator", "text", "Kode indikator; artinya dalam tabel definitions"),
    Column("level", "text", "Tingkat: province, regency, district, village"),
    Column("region", "text", "Kode wilayah Kemendagri"),
    Column("by", "text", "Rincian menurut: kosong (semua), pillar, category, sex, star"),
    Column("part", "text", "Nilai rincian itu"),
)
FIGURES = Table(
    "figures",
    "Angka indikator",
    (
        *KEYS,
        Column("value", "number", "Nilai; kosong bila status M atau S"),
        Column("low", "number", "Batas bawah selang kepercayaan 95 persen"),
        Column("high", "number", "Batas atas selang kepercayaan 95 persen"),
        Column("numerator", "number", "Pembilang"),
        Column("denominator", "number", "Penyebut"),
        Column("n", "integer", "Banyak produsen atau satuan yang dihitung"),
        Column("missing", "number", "Bagian yang tidak menjawab"),
        Column("status", "text", "A: angka; M: tidak ada yang dihitung; S: ditutup demi kerahasiaan"),
        Column("unit", "text", "Satuan"),
    ),
    ("quarter", "indicator", "level", "region", "by", "part"),
    "Satu baris satu angka: indikator, wilayah, dan rinciannya.",
)
CELLS = Table(
    "cells",
    "Statistik pembentuk angka",
    (
        *KEYS,
        Column("formula", "text", "Cara nilai dihitung dari pembilang (a) dan penyebut (b); lihat BACA-SAYA"),
        Column("interval", "text", "Cara selang dihitung; lihat BACA-SAYA"),
        Column("a", "number", "Pembilang"),
        Column("b", "number", "Penyebut"),
        Column("below", "number", "Jarak nilai ke batas bawah"),
        Column("above", "number", "Jarak nilai ke batas atas"),
    ),
    ("quarter", "indicator", "level", "region", "by", "part"),
    "Statistik yang cukup untuk menghitung ulang setiap angka yang terbit.",
)
RECORDS = Table(
    "records",
    "Catatan produsen tanpa identitas",
    (
        Column("record", "integer", "Nomor acak; tidak merujuk siapa pun"),
        Column("level", "text", "Tingkat wilayah yang aman disebut"),
        Column("region", "text", "Kode wilayah pada tingkat itu"),
        Column("category", "text", "Kelompok produk"),
        Column("turnover", "number", "Omzet triwulan, dibulatkan dua angka penting", "Rp"),
        Column(
            "turnover_before", "number", "Omzet triwulan yang sama setahun lalu, dibulatkan dua angka penting", "Rp"
        ),
        Column("workers", "text", "Pekerja: 0, 1, 2, 3-4, 5-9, 10+"),
        Column("months", "integer", "Bulan yang dijawab, 1 sampai 3"),
    ),
    ("record",),
    "Cuplikan acak, bukan seluruh catatan; tidak dapat dijumlahkan menjadi angka laporan.",
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A declared table with its rows, shaped; `canonical` are its texts."""

    table: Table
    frame: pl.DataFrame
    canonical: pl.DataFrame = field(repr=False)

    @classmethod
    def of(cls, table: Table, frame: pl.DataFrame) -> Filled:
        """Shape and write out the frame. Raises `TableProblem`."""
        shaped = table.shaped(frame)
        return cls(table, shaped, texts(shaped, table.columns))
