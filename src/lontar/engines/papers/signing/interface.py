"""What a signer takes and gives, and the one exception for everything that can stop it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

Means: TypeAlias = Literal["demo", "certificate", "bsre"]


class SigningProblem(Exception):
    """A paper could not be signed. The message is Indonesian, for the person who asked: what, and the cure.

    It never holds a passphrase, a password or a NIK.
    """


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed PDF: by whom, with which certificate (SHA-256 of its DER, hexadecimal; "" when not known), when (UTC)."""

    pdf: bytes
    means: Means
    name: str
    certificate_sha256: str
    signed_at: datetime


class Signer(Protocol):
    """Signs one PDF after the other; may be called from several threads at once."""

    def sign(self, pdf: bytes, *, reason: str, place: str, at: datetime) -> Signed:
        """The PDF with a signature over all of it. Raises `SigningProblem`."""
        ...
