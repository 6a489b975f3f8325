"""The Esign Client Service of BSrE (Balai Besar Sertifikasi Elektronik, BSSN) as a signer, version 1 of its interface.

What is used, as the service's users publish it: HTTP Basic; `POST /api/sign/pdf` (multipart: file, nik, passphrase, tampilan,
reason, location), which answers the signed PDF and its `id_dokumen` in a header; `GET /api/user/status/{nik}`;
`POST /api/sign/verify` (multipart: signed_file). Errors are JSON with `error` (or `message`) and `status_code`, of which 2011
(not registered) and 2031 (wrong passphrase) are known. BSrE's own technical guide is not public: paths can be set, and a
status code that is not known is told in the service's own words, with NIK and passphrase struck out.

NIK and passphrase live in the signer for the length of one act. They appear in no message, no log and no `repr`.
"""

from __future__ import annotations

import base64
import json
import secrets
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote

from lontar.engines.papers.signing.checking import SignaturesUnread, check_signatures
from lontar.engines.papers.signing.interface import Means, Signed, SigningProblem

_LARGEST = 64 * 1024 * 1024
_KNOWN: Final = {
    2011: "NIK ini belum terdaftar di BSrE. Daftarkan lewat instansi Anda, lalu coba lagi.",
    2031: "Passphrase salah. Ketik ulang; setelah beberapa kali salah BSrE mengunci akun.",
}
#: What `GET /api/user/status/{nik}` may say besides ISSUE, and the cure.
STATUSES: Final = {
    "EXPIRED": "Sertifikat BSrE sudah habis masa berlakunya. Perpanjang lewat instansi Anda.",
    "RENEW": "Sertifikat BSrE sedang diperpanjang. Selesaikan perpanjangannya dahulu.",
    "REVOKE": "Sertifikat BSrE sudah dicabut. Ajukan sertifikat baru.",
    "SUSPEND": "Sertifikat BSrE sedang ditangguhkan. Hubungi verifikator instansi Anda.",
    "NEW": "Akun BSrE belum diaktifkan. Selesaikan aktivasinya dahulu.",
    "WAITING_FOR_VERIFICATION": "Akun BSrE masih menunggu verifikasi.",
    "NO_CERTIFICATE": "Akun BSrE ini belum memiliki sertifikat.",
    "NOT_REGISTERED": "NIK ini belum terdaftar di BSrE. Daftarkan lewat instansi Anda, lalu coba lagi.",
}
_SILENT = "Layanan tanda tangan BSrE tidak menjawab. Tidak ada surat yang terbit; coba lagi beberapa saat lagi."


@dataclass(frozen=True)
class Bsre:
    """A service at an address, with the login of this application. `timeout` in seconds, for one request."""

    url: str
    user: str = field(repr=False)
    password: str = field(repr=False)
    timeout: float = 60.0
    sign_path: str = "/api/sign/pdf"
    status_path: str = "/api/user/status/{nik}"
    verify_path: str = "/api/sign/verify"

    def sign(self, pdf: bytes, *, nik: str, passphrase: str, reason: str, place: str) -> bytes:
        """The signed PDF. Raises `SigningProblem`."""
        fields = {
            "nik": nik, "passphrase": passphrase, "tampilan": "invisible", "image": "false", "reason": reason,
            "location": place,
        }  # fmt: skip
        body, kind = _multipart(fields, name="file", content=pdf)
        content, answer_kind = self._ask(self.sign_path, body, kind, hidden=(nik, passphrase))
        if not content.startswith(b"%PDF-"):
            raise SigningProblem(_told(content, status=200, hidden=(nik, passphrase), kind=answer_kind))
        return content

    def check_user(self, nik: str) -> None:
        """Return when the person can sign; raise `SigningProblem` with the cure when not."""
        content, _kind = self._ask(self.status_path.replace("{nik}", quote(nik, safe="")), None, "", hidden=(nik,))
        status = str(_json(content).get("status", "")).upper()
        if status != "ISSUE":
            raise SigningProblem(STATUSES.get(status, f"Keadaan sertifikat BSrE tidak dikenal: {status[:40] or '–'}."))

    def verify(self, pdf: bytes) -> Mapping[str, Any]:
        """What the service says of a signed PDF: `jumlah_signature`, `notes`, `summary`, `details`."""
        body, kind = _multipart({}, name="signed_file", content=pdf)
        content, _kind = self._ask(self.verify_path, body, kind)
        return _json(content)

    def _ask(self, path: str, body: bytes | None, kind: str, *, hidden: tuple[str, ...] = ()) -> tuple[bytes, str]:
        login = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        headers = {"Authorization": f"Basic {login}", "Accept": "application/pdf, application/json"}
        if kind:
            headers["Content-Type"] = kind
        request = urllib.request.Request(self.url.rstrip("/") + path, body, headers)  # noqa: S310 - the operator's address
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310 - as above
                return answer.read(_LARGEST), _kind_of(answer.headers)
        except HTTPError as problem:
            said = _told(problem.read(65_536), status=problem.code, hidden=hidden, kind=_kind_of(problem.headers))
        except (URLError, OSError, HTTPException):
            said = _SILENT
        raise SigningProblem(said)  # from None in effect: what failed may hold the address with the NIK


class BsreSigner:
    """A signer for one act of one person. Papers go to the service one after the other, each with its own request."""

    def __init__(self, service: Bsre, *, nik: str, passphrase: str) -> None:
        self._service, self._nik, self._passphrase = service, nik, passphrase

    @property
    def name(self) -> str:
        """Known only from the signed file."""
        return ""

    @property
    def means(self) -> Means:
        """With the service of BSrE."""
        return "bsre"

    def sign(self, pdf: bytes, *, reason: str, place: str, at: datetime) -> Signed:
        """The PDF as the service signed it; what it signed is looked at before it is believed."""
        made = self._service.sign(pdf, nik=self._nik, passphrase=self._passphrase, reason=reason, place=place)
        try:
            found = check_signatures(made)
        except SignaturesUnread:
            found = []
        if not found or not found[-1].is_good:
            raise SigningProblem(
                "Layanan BSrE mengirim berkas tanpa tanda tangan yang utuh. Tidak ada surat yang terbit; hubungi operator."
            )
        last = found[-1]
        return Signed(made, "bsre", last.signer, last.certificate_sha256, (last.signed_at or at).astimezone(UTC))


def _multipart(fields: Mapping[str, str], *, name: str, content: bytes) -> tuple[bytes, str]:
    mark = secrets.token_hex(16)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="surat.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    return b"".join(
        [*parts, head.encode(), content, f"\r\n--{mark}--\r\n".encode()]
    ), f"multipart/form-data; boundary={mark}"


def _kind_of(headers: Message) -> str:
    return str(headers.get_content_type())


def _json(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _told(content: bytes, *, status: int, hidden: tuple[str, ...], kind: str) -> str:
    """What an answer that is no PDF means for the person who signs."""
    found = _json(content)
    code = found.get("status_code")
    if isinstance(code, int) and code in _KNOWN:
        return _KNOWN[code]
    if status in {401, 403} and not found:
        return "BSrE menolak aplikasi ini. Operator memeriksa LONTAR_BSRE_USER dan LONTAR_BSRE_PASSWORD."
    said = str(found.get("error") or found.get("message") or "")[:200]
    for secret in hidden:
        said = said.replace(secret, "•••") if secret else said
    if said:
        return f"BSrE menolak: {said} Tidak ada surat yang terbit."
    return f"Layanan BSrE bermasalah (jawaban {status}, {kind}). Tidak ada surat yang terbit; coba lagi nanti."
