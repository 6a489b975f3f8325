"""The certificate of a star: one A4 page across, with ikat band, stars, product, maker, validity, number and QR code."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from lontar.engines.papers.marks import Drawn, Marks
from lontar.engines.papers.pdf import compile_pdf

LAYOUT = Path(__file__).with_name("certificate.typ")


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands on it, already in words; `stars` of five. `notice` is empty or says that the data are invented."""

    stars: int
    product: str
    maker: str
    place: str
    rubric: str
    round: str
    valid_from: str
    valid_until: str
    issuer: str
    issued: str
    issued_at: datetime
    notice: str = ""


def draw_certificate(content: Certificate, marks: Marks) -> Drawn:
    """The certificate as PDF/A-2b. Raises `PaperProblem` when it cannot be laid out."""
    words = {key: value for key, value in asdict(content).items() if key != "issued_at"}
    words |= {"number": marks.number, "code": marks.code, "address": marks.address}
    inputs = {"paper": json.dumps(words, ensure_ascii=False, sort_keys=True), "qr": marks.qr}
    return Drawn(compile_pdf(LAYOUT.read_bytes(), inputs, at=content.issued_at))
