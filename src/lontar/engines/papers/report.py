"""The open quarterly report on paper: the whole province on a few A4 pages, and one page for a kabupaten or a village.

Words and figures arrive as they are to be printed; which they are is left to the caller. Equal content gives equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from lontar.engines.papers.marks import Drawn, Marks
from lontar.engines.papers.pdf import HERE, compile_pdf, qr_svg


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the three questions: its answer in a word, the sentence, and the values of the quarters up to now.

    `answer` is rose, fell or unknown. `trend` are (label, value, low, high) with None where there is none; all of one unit.
    """

    question: str
    answer: str
    word: str
    sentence: str
    trend: Sequence[tuple[str, float | None, float | None, float | None]] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its title, headings, rows of texts, a note beneath; all columns but the first stand to the right."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """What is printed. `facts` are (label, value) of the box of proof; `notice` says that data are invented, or is empty."""

    title: str
    place: str
    period: str
    lead: str
    headlines: Sequence[Headline]
    grids: Sequence[Grid]
    facts: Sequence[tuple[str, str]]
    source: str
    issued: str
    issued_at: datetime
    notice: str = ""


def draw_report(content: ReportPaper, marks: Marks) -> Drawn:
    """The report as PDF/A-2b with number, check code and QR. Raises `PaperProblem` when it cannot be laid out."""
    words = {"number": marks.number, "code": marks.code, "address": marks.address, "signature": marks.signature}
    return Drawn(_made(content, words, marks.qr))


def draw_sheet(content: ReportPaper, *, address: str) -> bytes:
    """The page of one kabupaten or village as PDF/A-2b; its QR code leads to `address`, where the report can be checked."""
    return _made(content, {"number": "", "code": "", "address": address, "signature": ""}, qr_svg(address))


def _made(content: ReportPaper, words: dict[str, str], qr: str) -> bytes:
    said = {key: value for key, value in asdict(content).items() if key != "issued_at"}
    inputs = {"paper": json.dumps({**said, **words}, ensure_ascii=False, sort_keys=True), "qr": qr}
    return compile_pdf((HERE / "report.typ").read_bytes(), inputs, at=content.issued_at)
