"""Reads of mapping documents; the figures of a new one are `figures`."""

from lontar.mapping.queries.documents import (
    KindOfMatch,
    Listed,
    Verified,
    document_for,
    listed,
    open_run,
    run_region,
    verify,
    versions_of,
)
from lontar.mapping.queries.marks import has_demo_data, register_demo_data

__all__ = [
    "KindOfMatch",
    "Listed",
    "Verified",
    "document_for",
    "has_demo_data",
    "listed",
    "open_run",
    "register_demo_data",
    "run_region",
    "verify",
    "versions_of",
]
