"""Signs with a key that lies on this machine: PAdES B-B, with a time stamp (B-T) where an authority is named.

Key and certificate are loaded once. The signature is an incremental update over the whole file with an unseen field, which
keeps PDF/A-2; who signed and when is said by the paper itself, because a picture of a signature proves nothing.
"""

from __future__ import annotations

import base64
import io
import urllib.request
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

from lontar.engines.papers.signing.interface import Means, Signed, SigningProblem
from lontar.engines.papers.signing.keys import Keyed

if TYPE_CHECKING:
    from pyhanko.sign.signers import PdfSigner, SimpleSigner
    from pyhanko.sign.timestamps import TimeStamper

FIELD = "Tanda tangan"
_RESERVED = 16_384


class LocalSigner:
    """A signer with a key in memory; safe to use from several threads."""

    def __init__(self, keyed: Keyed, *, means: Means, stamping: TimeAuthority | None = None) -> None:
        self._keyed, self._means, self._stamping = keyed, means, stamping

    @property
    def name(self) -> str:
        """Who signs."""
        return self._keyed.name

    @property
    def means(self) -> Means:
        """A demonstration's key or an operator's."""
        return self._means

    def sign(self, pdf: bytes, *, reason: str, place: str, at: datetime) -> Signed:
        """The PDF, signed. Raises `SigningProblem` for a certificate out of its time and an authority that is silent."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign.general import SigningError

        self._check_time(at)
        try:
            made = self._pdf_signer(reason=reason, place=place, at=at).sign_pdf(
                IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=_RESERVED
            )
        except (PdfError, SigningError, OSError, ValueError) as problem:
            raise SigningProblem(f"Surat tidak dapat ditandatangani: {problem}") from problem
        return Signed(
            pdf=made.getvalue(), means=self._means, name=self.name, certificate_sha256=self._keyed.sha256,
            signed_at=at.astimezone(UTC),
        )  # fmt: skip

    def _check_time(self, at: datetime) -> None:
        one = self._keyed.certificate
        if not one.not_valid_before_utc <= at <= one.not_valid_after_utc:
            raise SigningProblem(
                f"Sertifikat {self.name} berlaku {one.not_valid_before_utc:%d-%m-%Y} sampai "
                f"{one.not_valid_after_utc:%d-%m-%Y}. Pasang sertifikat baru (LONTAR_SIGN_CERTIFICATE)."
            )

    @cached_property
    def _signer(self) -> SimpleSigner:
        from asn1crypto import keys, x509
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
        from pyhanko.sign.signers import SimpleSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        held = self._keyed

        def der(certificate: Any) -> x509.Certificate:
            return x509.Certificate.load(certificate.public_bytes(Encoding.DER))

        private = held.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

        class Loaded(SimpleSigner):
            """Keeps the key loaded, which otherwise is read and checked anew for every paper."""

            def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
                return _sign_raw(held.key, data) or super().sign_raw(data, digest_algorithm)

        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # the library leaves it out
        store.register_multiple(der(one) for one in held.chain)
        return Loaded(der(held.certificate), keys.PrivateKeyInfo.load(private), store)

    def _pdf_signer(self, *, reason: str, place: str, at: datetime) -> PdfSigner:
        from pyhanko.sign.fields import SigSeedSubFilter
        from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
        from pyhanko.sign.signers.pdf_signer import PdfSigningSession

        class AtItsTime(PdfSigner):
            """Writes the instant of the act, not the one at which the machine came to this page."""

            def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> PdfSigningSession:
                session = super().init_signing_session(pdf_out, existing_fields_only)
                session.system_time = at
                return session

        about = PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", reason=reason, location=place, name=self.name,
            subfilter=SigSeedSubFilter.PADES,
        )  # fmt: skip
        stamper = self._stamping.stamper if self._stamping else None
        return AtItsTime(about, self._signer, timestamper=stamper)


def _sign_raw(key: Any, data: bytes) -> bytes | None:
    """A raw signature over SHA-256 by the two usual sorts of keys; None for any other."""
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.hashes import SHA256

    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(SHA256()))
    return None


class TimeAuthority:
    """A time stamping authority (RFC 3161) over HTTP, with a name and password where it asks for them."""

    def __init__(self, url: str, *, user: str = "", password: str = "", timeout: float = 15.0) -> None:
        self._url, self._timeout = url, timeout
        self._login = base64.b64encode(f"{user}:{password}".encode()).decode() if user else ""

    @cached_property
    def stamper(self) -> TimeStamper:
        """The authority as the signing library wants it."""
        from asn1crypto import tsp
        from pyhanko.sign.timestamps import TimeStamper

        ask = self._ask

        class Stamper(TimeStamper):
            async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
                return tsp.TimeStampResp.load(ask(req.dump()))

        return Stamper()  # type: ignore[no-untyped-call]  # the library leaves it out

    def _ask(self, wanted: bytes) -> bytes:
        headers = {"Content-Type": "application/timestamp-query"}
        if self._login:
            headers["Authorization"] = f"Basic {self._login}"
        request = urllib.request.Request(self._url, wanted, headers)  # noqa: S310 - the operator's own address
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:  # noqa: S310 - as above
                content: bytes = answer.read(1 << 20)
        except (URLError, OSError) as problem:
            raise SigningProblem(
                "Layanan cap waktu (LONTAR_TSA_URL) tidak menjawab. Coba lagi, atau kosongkan alamatnya."
            ) from problem
        return content
