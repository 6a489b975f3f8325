"""Papers of the programme: the mapping document as PDF/A-2b and as Word, from plain values, with shipped fonts.

Usable without a database. typst, python-docx and segno are imported only when a paper is made. What a document says of which
region, who may issue it and where it is kept is left to `lontar.mapping`.
"""

from lontar.engines.papers.model import (
    ClassLine,
    Counted,
    Dot,
    Group,
    Leading,
    MappingPaper,
    Name,
    Papers,
    Picture,
    Polygons,
    SourceLine,
    VillageLine,
)
from lontar.engines.papers.pdf import PaperProblem, make_pdf, map_png, qr_png, qr_svg
from lontar.engines.papers.priority import PickLine, PrioritySheet, make_priority_pdf
from lontar.engines.papers.word import make_docx
from lontar.engines.papers.worked import WorkedGrid, WorkedSheet, make_worked_pdf

__all__ = [
    "ClassLine",
    "Counted",
    "Dot",
    "Group",
    "Leading",
    "MappingPaper",
    "Name",
    "PaperProblem",
    "Papers",
    "PickLine",
    "Picture",
    "Polygons",
    "PrioritySheet",
    "SourceLine",
    "VillageLine",
    "WorkedGrid",
    "WorkedSheet",
    "make_docx",
    "make_papers",
    "make_pdf",
    "make_priority_pdf",
    "make_worked_pdf",
    "map_png",
    "qr_png",
    "qr_svg",
]


def make_papers(paper: MappingPaper) -> Papers:
    """Both files of a document. Raises `PaperProblem` when the PDF cannot be laid out."""
    return Papers(pdf=make_pdf(paper), docx=make_docx(paper))
