"""Checks the signatures inside a PDF: whole, by whom, over the whole file, by an authority that is trusted.

What comes in may be hostile: a file that cannot be read is `SignaturesUnread`, never a fault. Whether the file is one that
was issued here is another question, answered by its SHA-256.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asn1crypto import x509

# An unknown signer is an answer here, not a fault worth a traceback in the log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
LARGEST = 20 * 1024 * 1024
_MOST = 20


class SignaturesUnread(Exception):
    """The file is no PDF that can be read."""


class Trust(StrEnum):
    """Where the signer's certificate leads."""

    TRUSTED = "trusted"
    DEMO = "demo"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """One signature: its signer, when it says it was made (UTC, None: not said), and what holds of it.

    `is_intact`: the bytes that it covers are unchanged and the signature is the certificate's; `is_whole`: it covers the
    file to its end; `is_stamped`: an authority vouches for the time.
    """

    signer: str
    issuer: str
    certificate_sha256: str
    signed_at: datetime | None
    reason: str
    is_intact: bool
    is_whole: bool
    is_stamped: bool
    trust: Trust

    @property
    def is_good(self) -> bool:
        """Nothing was changed, from the first byte to the last."""
        return self.is_intact and self.is_whole


def check_signatures(pdf: bytes, *, trusted: Iterable[bytes] = (), demo: Iterable[bytes] = ()) -> list[FoundSignature]:
    """Every signature of the file, in order; none for a PDF without.

    `trusted` and `demo` are roots as DER. A certificate is judged at the moment of signing, because papers outlive
    certificates. Raises `SignaturesUnread`.
    """
    if len(pdf) > LARGEST or not pdf[:1024].lstrip().startswith(b"%PDF-"):
        raise SignaturesUnread
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures[:_MOST]
        return [_told(one, trusted=list(trusted), demo=list(demo)) for one in found]
    except Exception as problem:
        raise SignaturesUnread from problem


def _told(one: Any, *, trusted: Sequence[bytes], demo: Sequence[bytes]) -> FoundSignature:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    one.compute_integrity_info(skip_diff=True)
    signed_at = one.self_reported_timestamp
    signed_at = signed_at.astimezone(UTC) if signed_at else None
    trust = Trust.UNKNOWN
    for kind, roots in ((Trust.TRUSTED, trusted), (Trust.DEMO, demo)):
        status = _status(one, roots, signed_at)
        if status.trusted:
            trust = kind
            break
    certificate = one.signer_cert
    return FoundSignature(
        signer=_common_name(certificate.subject), issuer=_common_name(certificate.issuer),
        certificate_sha256=hashlib.sha256(certificate.dump()).hexdigest(), signed_at=signed_at,
        reason=str(one.sig_object.get("/Reason", "")), is_intact=bool(status.intact and status.valid),
        is_whole=one.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        is_stamped=status.timestamp_validity is not None, trust=trust,
    )  # fmt: skip


def _status(one: Any, roots: Sequence[bytes], moment: datetime | None) -> Any:
    from asn1crypto import x509
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots], allow_fetching=False, moment=moment,
        best_signature_time=moment,
    )  # fmt: skip
    return validate_pdf_signature(one, context, skip_diff=True)


def _common_name(name: x509.Name) -> str:
    found = name.native.get("common_name") or name.human_friendly
    return str(found[-1] if isinstance(found, list) else found)
