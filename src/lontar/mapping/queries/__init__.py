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

__all__ = [
    "KindOfMatch",
    "Listed",
    "Verified",
    "document_for",
    "listed",
    "open_run",
    "run_region",
    "verify",
    "versions_of",
]
