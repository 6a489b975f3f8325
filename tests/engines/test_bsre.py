"""The e-sign service of BSrE, spoken to over HTTP on this machine: what it signs, what it refuses, what may not leak."""

from __future__ import annotations

import base64
import json
import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.engines.test_signing import AT, PAGE, keyed

from lontar.engines.papers.pdf import compile_pdf
from lontar.engines.papers.signing import Bsre, BsreSigner, LocalSigner, SigningProblem

NIK, PASSPHRASE = "5300000000000001", "frasa sandi contoh"
LOGIN = "Basic " + base64.b64encode(b"aplikasi:rahasia").decode()


@dataclass
class Service:
    """A service that speaks the protocol; `mood` says how it answers."""

    mood: str = "good"
    status: str = "ISSUE"
    seen: list[dict[str, bytes]] = field(default_factory=list)
    url: str = ""


def parts(content_type: str, body: bytes) -> dict[str, bytes]:
    """The fields of a multipart body, read by the standard library, not by our own writer's rules."""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    found = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        found[str(name)] = part.get_payload(decode=True)
    return found  # type: ignore[return-value]  # payloads of leaves are bytes


class Handler(BaseHTTPRequestHandler):
    """Answers as its service is minded."""

    service: Service

    def log_message(self, *_args: object) -> None:
        pass

    def answer(self, status: int, content: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        if self.headers["Authorization"] != LOGIN:
            return self.answer(401, b"")
        assert self.path == f"/api/user/status/{NIK}"
        self.answer(200, json.dumps({"status": self.service.status, "message": "-"}).encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Authorization"] != LOGIN:
            return self.answer(401, b"")
        fields = parts(self.headers["Content-Type"], body)
        self.service.seen.append(fields)
        if self.path == "/api/sign/verify":
            return self.answer(200, json.dumps({"jumlah_signature": 1, "summary": "VALID"}).encode())
        assert self.path == "/api/sign/pdf"
        self.sign(fields)

    def sign(self, fields: dict[str, bytes]) -> None:
        if self.service.mood == "slow":
            time.sleep(1.5)
        if self.service.mood == "broken":
            return self.answer(500, b"<html>galat</html>", "text/html")
        if self.service.mood == "expired":
            said = {"status_code": 2999, "error": f"Sertifikat {fields['nik'].decode()} kedaluwarsa."}
            return self.answer(400, json.dumps(said).encode())
        if fields["passphrase"].decode() != PASSPHRASE:
            said = {"status_code": 2031, "error": f"Passphrase {fields['passphrase'].decode()} salah"}
            return self.answer(400, json.dumps(said).encode())
        if self.service.mood == "unsigned":
            return self.answer(200, fields["file"], "application/pdf")
        made = LocalSigner(keyed(), means="bsre").sign(fields["file"], reason="x", place="x", at=AT)
        self.answer(200, made.pdf, "application/pdf")


@pytest.fixture
def service() -> Iterator[Service]:
    """A running service on a free port of this machine."""
    held = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"service": held}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    held.url = f"http://127.0.0.1:{server.server_port}"
    yield held
    server.shutdown()
    server.server_close()
    thread.join()


def client(service: Service, **over: object) -> Bsre:
    values: dict[str, object] = {"user": "aplikasi", "password": "rahasia", "timeout": 10.0}
    return Bsre(service.url, **(values | over))  # type: ignore[arg-type]  # values by name


def sign(service: Service, *, passphrase: str = PASSPHRASE, **over: object) -> object:
    signer = BsreSigner(client(service, **over), nik=NIK, passphrase=passphrase)
    return signer.sign(compile_pdf(PAGE, {}, at=AT), reason="Penetapan – 1/2026", place="Kupang", at=datetime.now(UTC))


def test_a_paper_is_sent_as_the_service_wants_it_and_comes_back_signed(service: Service) -> None:
    made = sign(service)

    assert (made.means, made.name, made.signed_at) == ("bsre", "Penanda Tangan Contoh", AT)  # type: ignore[attr-defined]
    (seen,) = service.seen
    assert seen["file"] == compile_pdf(PAGE, {}, at=AT)
    assert {key: value.decode() for key, value in seen.items() if key != "file"} == {
        "nik": NIK, "passphrase": PASSPHRASE, "tampilan": "invisible", "image": "false",
        "reason": "Penetapan – 1/2026", "location": "Kupang",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mood", "passphrase", "said"),
    [
        ("good", "salah ketik", r"^Passphrase salah\. Ketik ulang"),
        ("expired", PASSPHRASE, r"^BSrE menolak: Sertifikat ••• kedaluwarsa\. Tidak ada surat yang terbit\.$"),
        ("broken", PASSPHRASE, r"bermasalah \(jawaban 500, text/html\)"),
        ("slow", PASSPHRASE, "tidak menjawab"),
        ("unsigned", PASSPHRASE, "tanpa tanda tangan yang utuh"),
    ],
)
def test_refusals_say_what_to_do_and_hide_who_and_with_what(
    service: Service, caplog: pytest.LogCaptureFixture, mood: str, passphrase: str, said: str
) -> None:
    service.mood = mood
    caplog.set_level(logging.DEBUG)

    with pytest.raises(SigningProblem, match=said) as told:
        sign(service, passphrase=passphrase, timeout=0.5 if mood == "slow" else 10.0)

    everything = f"{told.value!r} {told.value.__cause__!r} {told.value.__context__!r} {caplog.text}"
    assert NIK not in everything
    assert passphrase not in everything


def test_a_service_that_is_not_there_and_one_that_does_not_know_us(service: Service) -> None:
    with pytest.raises(SigningProblem, match="LONTAR_BSRE_USER"):
        sign(service, password="lain")
    service.url = "http://127.0.0.1:9"
    with pytest.raises(SigningProblem, match="tidak menjawab"):
        sign(service)


@pytest.mark.parametrize(
    ("status", "said"),
    [("EXPIRED", "habis masa berlakunya"), ("REVOKE", "sudah dicabut"), ("LAIN", "tidak dikenal: LAIN")],
)
def test_a_person_who_cannot_sign_is_told_why(service: Service, status: str, said: str) -> None:
    client(service).check_user(NIK)
    service.status = status

    with pytest.raises(SigningProblem, match=said):
        client(service).check_user(NIK)


def test_the_service_checks_a_signed_paper(service: Service) -> None:
    assert client(service).verify(b"%PDF-")["jumlah_signature"] == 1
    assert service.seen[0]["signed_file"] == b"%PDF-"


def test_secrets_do_not_show(service: Service) -> None:
    signer = BsreSigner(client(service), nik=NIK, passphrase=PASSPHRASE)

    assert NIK not in repr(signer)
    assert PASSPHRASE not in repr(signer)
    assert "rahasia" not in repr(client(service))
