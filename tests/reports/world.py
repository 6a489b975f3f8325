"""A closed quarter without monitoring: figures of eight quarters of an invented province, told to `gathering` in its place."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import polars as pl
import pytest
from tests.factories import MORNING, Member

from lontar.engines.periods import Quarter, parse_quarter
from lontar.engines.reporting import ASSUMPTIONS, CELLS, CHAINS, FIGURES, RECORDS, cells_of, valued
from lontar.engines.reporting.chaining import numbers_of
from lontar.reports import actions
from lontar.reports.models import Draft, Report
from lontar.reports.steps import gathering, tables

LAST = parse_quarter("2026-T3")
PLACES = [
    ("53", "Nusa Tenggara Timur", "province", None, None),
    ("53.09", "Kabupaten Ngada", "regency", -8.8, 120.9),
    ("53.12", "Kabupaten Sumba Barat", "regency", -9.6, 119.4),
    ("53.13", "Kabupaten Lembata", "regency", -8.4, 123.5),
    ("53.09.01", "Aimere", "district", -8.83, 120.86),
    ("53.09.01.2001", "Aimere Contoh", "village", -8.84, 120.87),
    ("53.12.01.2001", "Tana Contoh", "village", -9.61, 119.42),
    ("53.13.01.2001", "Lewo Contoh", "village", -8.41, 123.52),
]
GROWTH = {"53": 0.11, "53.09": 0.2, "53.12": -0.08, "53.13": 0.03, "53.09.01": 0.2, "53.09.01.2001": 0.18,
          "53.12.01.2001": -0.1, "53.13.01.2001": 0.02}  # fmt: skip
UNITS = {"O1": "rasio", "O1R": "rasio", "O1T": "Rp", "O2": "orang", "O2G": "rasio", "O3.pp": "rasio", "R1": "rasio",
         "R2": "rasio", "C1": "rasio", "O4": "kali", "M1.direct": "rasio", "M1.mart": "rasio", "P1": "rasio"}  # fmt: skip


def figures(quarter: Quarter) -> pl.DataFrame:
    """Figures of every place; growth differs by place and a little by quarter, one category of one regency is hidden."""
    drift = (quarter.ordinal - LAST.ordinal) / 200
    rows = []
    for code, _name, level, _lat, _lon in PLACES:
        growth = GROWTH[code] + drift + random.Random(f"{code}{quarter.label}").uniform(-0.02, 0.02)  # noqa: S311 - invented
        values = {
            "O1": (growth, 0.03), "O1R": (growth - 0.02, 0.03), "O2G": (0.01, 0.04), "O3.pp": (-0.01, 0.005),
            "O1T": (9e9 if code == "53" else 3e8, None), "O2": (4000 if code == "53" else 800, None), "R1": (0.92, None),
            "R2": (0.03, None), "C1": (0.4, None), "O4": (3.2, 0.2), "M1.direct": (0.7, 0.01), "M1.mart": (0.2, 0.01),
            "P1": (0.35, None),
        }  # fmt: skip
        for indicator, (value, half) in values.items():
            key = (quarter.label, indicator, level, code)
            low, high = (None, None) if half is None else (value - half, value + half)
            rows.append((*key, "", "", value, low, high, None, None, 300, 0.08, "A", UNITS[indicator]))
        if level in ("province", "regency"):
            for part, more in (("food", 0.05), ("weaving", -0.06)):
                status = "S" if (code, part) == ("53.12", "weaving") else "A"
                value = growth + more if status == "A" else None
                numbers = (value, None if value is None else value - 0.04, None if value is None else value + 0.04)
                n = 40 if status == "A" else None
                rows.append(
                    (quarter.label, "O1", level, code, "category", part, *numbers, None, None, n, 0.1, status, "rasio")
                )
    return pl.DataFrame(rows, schema=FIGURES.names, orient="row", infer_schema_length=None)


def records() -> pl.DataFrame:
    """Twenty records of two regencies."""
    rows = [(at, "regency", "53.09" if at % 2 else "53.13", "food", at * 1e5, None, "3-4", 3) for at in range(1, 21)]
    return pl.DataFrame(rows, schema=RECORDS.names, orient="row")


DEFINITIONS = [
    {"code": code, "name": name, "unit": UNITS[code], "definition": f"Definisi {name}.", "formula": "Σ"}
    for code, name in {
        "O1": "Pertumbuhan omzet", "O1R": "Pertumbuhan omzet riil", "O1T": "Omzet dilaporkan", "O2": "Tenaga kerja",
        "O2G": "Pertumbuhan tenaga kerja", "O3.pp": "Naik kelas bersih", "R1": "Tingkat jawaban", "R2": "Jawaban kosong",
        "C1": "Cakupan produk unggulan", "O4": "Nilai olahan terhadap nilai mentah", "M1.direct": "Bagian penjualan: langsung",
        "M1.mart": "Bagian penjualan: NTT Mart", "P1": "Produk berizin",
    }.items()
]  # fmt: skip


ASSUMED = {
    "disclosure.min_producers": 3, "value.conversion": 1, "value.conversion.kopi_arabika": 0.84, "value.days": 5,
    "value.labour.regency": 1, "value.labour.village": 0.9, "value.margin.village": 1, "value.material.regency": 0.9,
    "value.material.village": 0.7, "value.others.ntt": 0.6, "value.others.packing": 0.05,
    "value.others.processing": 0.05, "value.others.regency": 0.5, "value.wage": 75_000,
}  # fmt: skip


def assumed() -> pl.DataFrame:
    """What the chains assume, as the migrations propose it."""
    rows = [(key, key, float(number), "", "2024-01-01", "Usulan contoh") for key, number in ASSUMED.items()]
    return pl.DataFrame(rows, schema=ASSUMPTIONS.names, orient="row")


def chains() -> pl.DataFrame:
    """Arabica of the province, and cassava, of which two producers told a price."""
    shown = {"level": "province", "region": "53", "commodity": "kopi-arabika", "name": "Kopi arabika", "unit": "kg",
             "raw_status": "A", "raw_n": 8, "raw_low": 48e3, "raw": 50e3, "raw_high": 52e3,
             "processed_status": "A", "processed_n": 8, "processed_low": 11e4, "processed": 12e4, "processed_high": 13e4,
             "packed_status": "A", "packed_n": 7, "packed_low": 15e4, "packed": 16e4, "packed_high": 17e4}  # fmt: skip
    closed = {name: None for name in shown if name not in ("level", "region", "unit")} | {
        "level": "province", "region": "53", "commodity": "ubi-kayu", "name": "Ubi kayu", "unit": "kg",
        "raw_status": "S", "processed_status": "S", "packed_status": "S",
    }  # fmt: skip
    return valued(pl.DataFrame([shown, closed], infer_schema_length=None), numbers_of(assumed()))


class Closed:
    """What monitoring would say: which quarters are closed, and how often each was restated."""

    def __init__(self) -> None:
        self.restated: dict[str, int] = {}

    def stamp_of(self, quarter: Quarter, *, at: datetime | None = None) -> str:
        return f"{quarter.label}-{self.restated.get(quarter.label, 0)}"

    def restated_since(self, quarter: str, _instant: datetime) -> list[tuple[object, ...]]:
        if not self.restated.get(quarter):
            return []
        return [(quarter, "O1", "regency", "53.09", "", "", 0.1, 0.12, "Nota baru ditemukan", "2026-08-01")]

    def gather(self, quarter: Quarter, *, at: datetime) -> gathering.Gathered:
        made = figures(quarter)
        quality = pl.DataFrame(
            [("coverage", "Tingkat jawaban", 0.92, 0.8, "ya", ""),
             ("outliers", "Nilai menonjol belum ditinjau", 4.0, 0.0, "tidak", "Ditinjau sesudah panen.")],
            schema=tables.QUALITY.names, orient="row",
        )  # fmt: skip
        rows = [("2026-T1", "O1", "province", "53", "", "", 0.1, 0.12, "Data terlambat dari Ngada", "2026-08-01")]
        restated = pl.DataFrame(rows if quarter == LAST else [], schema=tables.RESTATEMENTS.names, orient="row")
        regions = pl.DataFrame(PLACES, schema=tables.REGIONS.names, orient="row", infer_schema_length=None)
        return gathering.Gathered(
            [(FIGURES, made), (CELLS, cells_of(made)), (RECORDS, records()), (tables.REGIONS, regions),
             (tables.DEFINITIONS, gathering.definitions_frame(DEFINITIONS)), (tables.RESTATEMENTS, restated),
             (tables.QUALITY, quality), (CHAINS, chains()), (ASSUMPTIONS, assumed())],
            DEFINITIONS,
            {"snapshot": "contoh"},
        )  # fmt: skip


def close_quarters(monkeypatch: pytest.MonkeyPatch) -> Closed:
    """Every quarter is closed from here on."""
    told = Closed()
    monkeypatch.setattr(gathering, "stamp_of", told.stamp_of)
    monkeypatch.setattr(gathering, "gather", told.gather)
    monkeypatch.setattr(gathering, "restated_since", told.restated_since)
    monkeypatch.setattr(gathering, "waiting", lambda: [LAST])
    monkeypatch.setattr(gathering, "mark_published", lambda *_args, **_more: None)
    return told


def build(officer: Member, quarter: Quarter = LAST, *, days: int = 0) -> Draft:
    at = MORNING + timedelta(days=days)
    return actions.build_report(quarter=quarter, post=officer.held, by=officer.user, at=at)


def publish(officer: Member, draft: Draft, *, days: int = 0) -> Report:
    at = MORNING + timedelta(days=days)
    return actions.publish_report(draft=draft, post=officer.held, by=officer.user, at=at)


def publish_quarters(officer: Member, count: int = 2) -> list[Report]:
    """The newest `count` quarters, oldest first."""
    return [publish(officer, build(officer, LAST.shift(step))) for step in range(1 - count, 1)]
