"""What every issued paper bears, and what drawing one gives back; each kind of paper has its own layout.

Allotting numbers and codes, signing and keeping are left to `lontar.documents`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """Number, check code, the address that the QR code leads to, and that QR code as SVG (`qr_png(address)` for Word)."""

    number: str
    code: str
    address: str
    qr: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The files of one paper: the PDF (PDF/A, unsigned), and a Word file where the paper has one."""

    pdf: bytes
    docx: bytes | None = None
