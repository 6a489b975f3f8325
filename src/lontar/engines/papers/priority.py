"""The 90-day priority map as one A3 sheet for the wall: the map, the picks numbered, product, readiness and target, source, QR.

Everything is handed in as plain values and words; equal content gives equal bytes.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from lontar.engines.papers.marks import Marks
from lontar.engines.papers.model import Picture
from lontar.engines.papers.pdf import HERE, compile_pdf
from lontar.engines.papers.picture import draw


@dataclass(frozen=True, slots=True)
class PickLine:
    """One pick: its number on the map, product, where, readiness in words and as shares (least and most), target in words."""

    number: str
    product: str
    place: str
    pillar: str
    readiness: str
    low: float
    high: float
    target: str


@dataclass(frozen=True, slots=True)
class PrioritySheet:
    """What the sheet says. `rules` are the limits of the choice, `sources` where it comes from; `demo` is the notice or ""."""

    title: str
    region: str
    period: str
    issuer: str
    issued: str
    lead: str
    picks: tuple[PickLine, ...]
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    demo: str
    picture: Picture


def make_priority_pdf(sheet: PrioritySheet, marks: Marks, *, at: datetime) -> bytes:
    """The sheet as PDF/A-2b, A3 landscape. Raises `PaperProblem` when it cannot be laid out."""
    texts = {key: value for key, value in asdict(sheet).items() if key != "picture"}
    inputs = {
        "paper": json.dumps(
            {**texts, "number": marks.number, "code": marks.code, "address": marks.address},
            ensure_ascii=False,
            sort_keys=True,
        ),
        "qr": marks.qr,
        "map": draw(sheet.picture),
    }
    return compile_pdf((HERE / "priority.typ").read_bytes(), inputs, at=at)
