"""What a verdict is computed from, and what comes out: plain rows that are stored as they are and hashed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import polars as pl

from lontar.engines import sizes
from lontar.engines.impact import Rule
from lontar.engines.periods import Quarter

#: What a verdict reads: one row per accepted return, the facts of producer and village repeated (`steps.villages`).
INPUT_SCHEMA: dict[str, pl.DataType] = {
    "producer_id": pl.Int64(),
    "month": pl.Date(),
    "turnover": pl.Int64(),
    "workers": pl.Int32(),
    "village": pl.String(),
    "unit_key": pl.String(),
    "is_comparison": pl.Boolean(),
    "category": pl.String(),
    "designated_from": pl.Date(),
    "lat": pl.Float64(),
    "lon": pl.Float64(),
    "firms": pl.Int64(),
    "kind": pl.String(),
    "index": pl.Float64(),
    "index_status": pl.String(),
    "services": pl.Int64(),
    "seat_km": pl.Float64(),
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers in force at the end of the quarter: by which words are given, cells hidden, classes told, a ring left out."""

    rule: Rule
    cell: int
    dominance: float
    ring: float
    sales: sizes.SizeBands[sizes.UmkmClass]
    workers: sizes.SizeBands[sizes.WorkerClass]
    rungs: sizes.SizeBands[sizes.MicroRung]


@dataclass(frozen=True, slots=True)
class Inputs:
    """A frame of `INPUT_SCHEMA` up to the end of a quarter, and the numbers in force."""

    frame: pl.DataFrame
    quarter: Quarter
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Found:
    """A finding to be; fields as in `models.Finding`."""

    unit_key: str
    village: str
    since: date | None
    months: int
    outcome: str
    said: str
    because: str
    called: str
    producers: int
    controls: int
    villages: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    growth: float | None = None
    beside: float | None = None
    baseline: float | None = None
    now: float | None = None
    p: float | None = None
    permutation_p: float | None = None
    detectable: float | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Changes of class to be; fields as in `models.ClassMove`."""

    unit_key: str
    village: str
    group: str
    ladder: str
    up: int
    down: int
    same: int


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that a verdict says."""

    findings: tuple[Found, ...]
    moves: tuple[Moved, ...]
    evidence: dict[str, Any]
    producers: int
    units: int
    returns: int = field(default=0)

    @property
    def sha256(self) -> str:
        """A digest of all that is said: numbers to six significant digits, so that it does not hang on the last bit."""
        said = {"findings": [asdict(one) for one in self.findings], "moves": [asdict(one) for one in self.moves],
                "evidence": self.evidence}  # fmt: skip
        return hashlib.sha256(json.dumps(_plain(said), sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return f"{value:.6g}"
    return value.isoformat() if isinstance(value, date) else value
