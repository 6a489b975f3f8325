"""A made-up quarter: figures of 22 regencies and their villages, some of them hidden, and the tables beside them."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl

from lontar.engines.reporting import CELLS, FIGURES, RECORDS, Column, Contents, Table, cells_of, write_package

QUARTER = "2026-T3"
RESTATEMENTS = Table(
    "restatements",
    "Angka yang diperbarui",
    (Column("quarter", "text"), Column("indicator", "text"), Column("old", "number"), Column("new", "number")),
    ("quarter", "indicator"),
)
REGENCIES = [f"53.{number:02d}" for number in [*range(1, 22), 71]]


def figures(quarter: str = QUARTER, *, villages: int = 3, seed: int = 7) -> pl.DataFrame:
    """Growth with an interval, a total and a median for every region; some cells hidden, one empty."""
    draw = random.Random(seed)  # noqa: S311 - invented figures, not a secret
    places = [("province", "53"), *(("regency", code) for code in REGENCIES)]
    places += [("village", f"{code}.01.{2001 + at}") for code in REGENCIES for at in range(villages)]
    rows = []
    for level, region in places:
        parts = [("", ""), ("category", "food"), ("category", "weaving")] if level != "village" else [("", "")]
        for by, part in parts:
            rows += _rows(draw, (quarter, level, region, by, part))
    return pl.DataFrame(rows, schema=list(FIGURES.names), orient="row", infer_schema_length=None)


def _rows(draw: random.Random, cell: tuple[str, ...]) -> list[tuple[object, ...]]:
    quarter, level, region, by, part = cell
    now, before, n = draw.randrange(10**8, 10**9), draw.randrange(10**8, 10**9), draw.randrange(3, 90)
    growth, half = now / before - 1, draw.random() / 10
    key = (level, region, by, part)
    hidden = (None,) * 5
    status = "S" if draw.random() < 0.1 else "A"
    numbers = (growth, growth - half, growth + half, now, before) if status == "A" else hidden
    return [
        (quarter, "O1", *key, *numbers, n if status == "A" else None, 0.08, status, "rasio"),
        (quarter, "O2", *key, n * 2, None, None, n * 2, None, n, 0.0, "A", "orang"),
        (quarter, "P2", *key, draw.randrange(2, 60) + 0.5, None, None, None, None, n, 0.1, "A", "hari"),
        (quarter, "O3", *key, *hidden, 0, 0.0, "M", "satuan"),
    ]


def records(rows: int = 40, seed: int = 3) -> pl.DataFrame:
    """Records as `anonymised` gives them."""
    draw = random.Random(seed)  # noqa: S311 - invented figures, not a secret
    return pl.DataFrame(
        [
            (at + 1, "regency", draw.choice(REGENCIES), "food", draw.randrange(1, 99) * 1e5, None, "3-4", 3)
            for at in range(rows)
        ],
        schema=RECORDS.names,
        orient="row",
    )


def contents(quarter: str = QUARTER, *, number: int = 1, previous: tuple[str, str] | None = None) -> Contents:
    """A report of four tables."""
    made = figures(quarter)
    restated = pl.DataFrame({"quarter": ["2026-T1"], "indicator": ["O1"], "old": [0.1], "new": [0.12]})
    return Contents(
        quarter=quarter, number=number, previous=previous, made_at="2026-10-20T09:00:00+08:00", code_version="contoh",
        address=f"https://contoh.example/laporan/{quarter}", publisher="Pemerintah Provinsi Contoh",
        tables=[(FIGURES, made), (CELLS, cells_of(made)), (RECORDS, records()), (RESTATEMENTS, restated)],
        definitions=[{"code": "O1", "name": "Pertumbuhan omzet"}],
    )  # fmt: skip


def write(folder: Path, quarter: str = QUARTER, **more: object) -> str:
    """Write the report into `folder/<quarter>`; the SHA-256 of its manifest."""
    return write_package(folder / quarter, contents(quarter, **more))  # type: ignore[arg-type]  # values by name
