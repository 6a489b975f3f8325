"""Which signer this installation uses, and which roots its check trusts.

`demo` and `certificate` hold a key on this machine; `bsre` asks a service for each paper with the NIK and passphrase of the
person who signs, which are given with the act and never kept. The libraries are loaded when a paper is signed.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lontar.access.policies import Refused
from lontar.engines.papers.signing import (
    DEMO_MARK,
    Bsre,
    BsreSigner,
    Keyed,
    LocalSigner,
    Signer,
    SigningProblem,
    TimeAuthority,
    make_demo,
    read_keyed,
)
from lontar.engines.papers.words import moment
from lontar.host import places, secrets


class NotSigned(Refused, SigningProblem):
    """A paper could not be signed; nothing was issued. The reason says what to do, and holds no secret."""


_DEMO = "penanda-contoh.pem"


def asks_passphrase() -> bool:
    """Whether whoever signs gives NIK and passphrase with the act."""
    return bool(settings.SIGNER == "bsre")


def signer_for(*, nik: str = "", passphrase: str = "") -> Signer | None:
    """The signer of this installation; None where papers are signed by hand.

    Raises `NotSigned` when the certificate cannot be opened, or NIK and passphrase are missing where they are asked.
    """
    try:
        return _signer(nik, passphrase)
    except SigningProblem as problem:
        raise NotSigned(str(problem)) from problem


def _signer(nik: str, passphrase: str) -> Signer | None:
    if settings.SIGNER == "none":
        return None
    if settings.SIGNER == "bsre":
        if not nik or not passphrase:
            raise SigningProblem(_("Isi NIK dan passphrase penanda tangan BSrE."))
        return BsreSigner(service(), nik=nik, passphrase=passphrase)
    if settings.SIGNER == "demo":
        return _demo_signer(str(places.data()))
    return _certificate_signer(settings.SIGN_CERTIFICATE, _stamp_of(settings.SIGN_CERTIFICATE))


def signature_sentence(signer: Signer | None, *, at: datetime) -> str:
    """What a paper says of its electronic signature; in Indonesian, as papers are. "" when it is signed by hand."""
    if signer is None:
        return ""
    if signer.means == "demo":
        return f"Ditandatangani secara elektronik sebagai {DEMO_MARK}, {moment(at)}."
    if signer.means == "bsre":
        return (
            "Ditandatangani secara elektronik menggunakan sertifikat elektronik yang diterbitkan Balai Besar Sertifikasi "
            f"Elektronik (BSrE), Badan Siber dan Sandi Negara, {moment(at)}."
        )
    return f"Ditandatangani secara elektronik oleh {signer.name}, {moment(at)}."


def service() -> Bsre:
    """The e-sign service that is configured."""
    return Bsre(
        settings.BSRE_URL, user=settings.BSRE_USER, password=settings.BSRE_PASSWORD, timeout=settings.BSRE_TIMEOUT
    )


def trusted_roots() -> list[bytes]:
    """Roots (DER) that the check trusts: those of LONTAR_SIGN_TRUST."""
    return _roots(settings.SIGN_TRUST, _stamp_of(settings.SIGN_TRUST)) if settings.SIGN_TRUST else []


def demo_roots() -> list[bytes]:
    """The root (DER) of this installation's sample key, when it has one."""
    if not (places.data() / "secrets" / _DEMO).exists():
        return []
    from cryptography.hazmat.primitives.serialization import Encoding

    return [one.public_bytes(Encoding.DER) for one in _demo_key(str(places.data())).chain]


@lru_cache(maxsize=2)
def _demo_key(_folder: str) -> Keyed:
    return read_keyed(secrets.made_once(_DEMO, make_demo), password="", name=_DEMO)


@lru_cache(maxsize=2)
def _demo_signer(folder: str) -> LocalSigner:
    return LocalSigner(_demo_key(folder), means="demo")


@lru_cache(maxsize=2)
def _certificate_signer(path: str, _stamp: float) -> LocalSigner:
    try:
        content = Path(path).read_bytes()
    except OSError as problem:
        raise SigningProblem(
            _("Berkas sertifikat %(path)s tidak dapat dibaca. Periksa LONTAR_SIGN_CERTIFICATE dan hak bacanya.")
            % {"path": path or "–"}
        ) from problem
    stamping = (
        TimeAuthority(settings.TSA_URL, user=settings.TSA_USER, password=settings.TSA_PASSWORD)
        if settings.TSA_URL
        else None
    )
    keyed = read_keyed(content, password=settings.SIGN_PASSWORD, name=Path(path).name)
    return LocalSigner(keyed, means="certificate", stamping=stamping)


@lru_cache(maxsize=2)
def _roots(path: str, _stamp: float) -> list[bytes]:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        found = x509.load_pem_x509_certificates(Path(path).read_bytes())
    except (OSError, ValueError) as problem:
        raise SigningProblem(
            _("Berkas akar sertifikat %(path)s tidak dapat dibaca: perlu PEM. Periksa LONTAR_SIGN_TRUST.")
            % {"path": path}
        ) from problem
    return [one.public_bytes(Encoding.DER) for one in found]


def _stamp_of(path: str) -> float:
    """When the file was written last, so that a renewed certificate is taken up without a restart."""
    try:
        return Path(path).stat().st_mtime if path else 0.0
    except OSError:
        return 0.0
