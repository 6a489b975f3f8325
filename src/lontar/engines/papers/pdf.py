"""Lays the mapping document out as PDF/A-2b with typst and the shipped fonts; nothing is read from the machine or the net.

Equal content gives equal bytes: the instant of issue is the document's only date. Words come from `words`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lontar.engines.papers.model import MappingPaper
from lontar.engines.papers.picture import draw
from lontar.engines.papers.words import texts

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"
STANDARD: Literal["a-2b"] = "a-2b"
_PICTURE = b"#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.map), width: 500pt)"


class PaperProblem(Exception):
    """The paper could not be laid out; the message is typst's own."""


def qr_svg(address: str) -> str:
    """The QR code of an address as SVG, error correction M, a quiet zone of four modules."""
    import segno

    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="svg", border=4, xmldecl=False, svgns=True, nl=False)
    return target.getvalue().decode()


def qr_png(address: str, *, scale: int = 8) -> bytes:
    """The same as a picture for Word."""
    import segno

    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="png", border=4, scale=scale)
    return target.getvalue()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def compile_pdf(source: bytes, inputs: Mapping[str, str], *, at: datetime) -> bytes:
    """A typst document as PDF/A-2b with the shipped fonts. Raises `PaperProblem` when it cannot be laid out."""
    return _compile(source, inputs, at=at)


def _compile(
    source: bytes, inputs: Mapping[str, str], *, at: datetime | None = None, ppi: float | None = None
) -> bytes:
    import typst

    compiler = typst.Compiler(root=str(HERE), font_paths=_fonts(), sys_inputs=dict(inputs))
    try:
        if ppi is not None:
            made = compiler.compile(source, format="png", ppi=ppi)
        else:
            made = compiler.compile(
                source, format="pdf", pdf_standards=STANDARD, timestamp=int(at.timestamp()) if at else 0
            )
    except typst.TypstError as problem:
        raise PaperProblem(str(problem)) from problem
    if not isinstance(made, bytes):
        raise PaperProblem("one file was asked for")
    return made


def make_pdf(paper: MappingPaper) -> bytes:
    """The document as PDF/A-2b. Raises `PaperProblem` when it cannot be laid out."""
    inputs = {
        "paper": json.dumps(texts(paper), ensure_ascii=False, sort_keys=True),
        "qr": qr_svg(paper.address),
        "map": draw(paper.picture) if paper.picture else "",
        "stamp": paper.issued_at.strftime("%Y-%m-%d"),
    }
    return _compile((HERE / "mapping.typ").read_bytes(), inputs, at=paper.issued_at)


def map_png(paper: MappingPaper) -> bytes | None:
    """The map as a picture 1,400 pixels wide, for Word; None where the document has none."""
    if paper.picture is None:
        return None
    return _compile(_PICTURE, {"map": draw(paper.picture)}, ppi=200)
