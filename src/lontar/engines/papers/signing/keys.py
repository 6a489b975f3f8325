"""Keys and certificates: read from the operator's files, or made for a demonstration. Nothing is kept here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lontar.engines.papers.signing.interface import SigningProblem

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, Name

DEMO_MARK = "CONTOH – bukan sertifikat BSrE"
DEMO_SIGNER = "Penanda Tangan Contoh"
_BEGIN, _END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2055, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Keyed:
    """A private key with its certificate and the chain above it. The key is never shown."""

    key: Any = field(repr=False)
    certificate: Certificate
    chain: tuple[Certificate, ...] = ()

    @property
    def name(self) -> str:
        """Who the certificate says it is: its common name."""
        from cryptography.x509.oid import NameOID

        found = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(found[0].value) if found else self.certificate.subject.rfc4514_string()

    @property
    def sha256(self) -> str:
        """The certificate's fingerprint, hexadecimal."""
        from cryptography.hazmat.primitives.serialization import Encoding

        return hashlib.sha256(self.certificate.public_bytes(Encoding.DER)).hexdigest()


def read_keyed(content: bytes, *, password: str, name: str) -> Keyed:
    """The key in a PKCS#12 file, or in a PEM file that holds key and certificate (and those above it).

    `name` is the file's, for the message. Raises `SigningProblem` for a wrong password and for anything else.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    secret = password.encode() or None
    try:
        if b"-----BEGIN" in content:
            key: Any = load_pem_private_key(content, secret)
            first, *rest = x509.load_pem_x509_certificates(content)
        else:
            found = load_pkcs12(content, secret)
            if found.cert is None or found.key is None:
                raise SigningProblem(f"{name}: berkas ini tidak memuat kunci dan sertifikat sekaligus.")
            key, first = found.key, found.cert.certificate
            rest = [one.certificate for one in found.additional_certs]
    except (ValueError, TypeError) as problem:
        raise SigningProblem(
            f"{name}: kunci tidak dapat dibuka. Periksa kata sandinya (LONTAR_SIGN_PASSWORD) dan bahwa berkasnya PKCS#12 "
            "(.p12, .pfx) atau PEM yang memuat kunci dan sertifikat."
        ) from problem
    if first.public_key() != key.public_key():
        raise SigningProblem(f"{name}: sertifikat pertama bukan milik kunci di berkas itu.")
    return Keyed(key, first, tuple(rest))


def make_demo() -> bytes:
    """A PEM file with a fresh key, its certificate and the root that issued it. The root's key is thrown away.

    Both certificates name themselves as samples, so that no reader of a paper takes them for those of BSrE.
    """
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    root_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _one in range(2))
    root_name, name = _named("Otoritas Sertifikat Contoh Lontar"), _named(DEMO_SIGNER)
    root = _certificate(root_name, root_name, public=root_key.public_key(), signed_by=root_key, is_root=True)
    leaf = _certificate(name, root_name, public=key.public_key(), signed_by=root_key, is_root=False)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + leaf.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM)


def _named(name: str) -> Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, DEMO_MARK),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _certificate(subject: Name, issuer: Name, *, public: Any, signed_by: Any, is_root: bool) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    usage = x509.KeyUsage(
        digital_signature=not is_root, content_commitment=not is_root, key_cert_sign=is_root, crl_sign=is_root,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_BEGIN)
        .not_valid_after(_END)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key()), critical=False)
        .sign(signed_by, SHA256())
    )
