"""Reads of issued papers."""

from lontar.documents.queries.marks import has_demo_data, register_demo_data
from lontar.documents.queries.papers import Fate, IssuedPaper, kind_label, paper, paper_row, papers, read_file

__all__ = [
    "Fate",
    "IssuedPaper",
    "has_demo_data",
    "kind_label",
    "paper",
    "paper_row",
    "papers",
    "read_file",
    "register_demo_data",
]
