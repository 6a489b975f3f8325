"""Reads of issued papers."""

from lontar.documents.queries.checking import CheckedFile, check_file, signature_of
from lontar.documents.queries.listing import Asked
from lontar.documents.queries.marks import has_demo_data, register_demo_data
from lontar.documents.queries.papers import Fate, IssuedPaper, kind_label, paper, paper_row, papers, read_file
from lontar.documents.queries.templates import template_in_force, term_on

__all__ = [
    "Asked",
    "CheckedFile",
    "Fate",
    "IssuedPaper",
    "check_file",
    "has_demo_data",
    "kind_label",
    "paper",
    "paper_row",
    "papers",
    "read_file",
    "register_demo_data",
    "signature_of",
    "template_in_force",
    "term_on",
]
