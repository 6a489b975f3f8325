"""A real server and uploads that break off: nothing stays, nothing is taken for whole, and memory stays small."""

from __future__ import annotations

import socket
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
from tests.factories import Member, make_member
from tests.intake.making import csv_file, enterprise, make_places
from tests.intake.processes import kill, peak_memory, wait_for, web_server

from lontar.access.scope import acting_in
from lontar.intake.models import Batch

pytestmark = pytest.mark.usefixtures("committed_db")
MB = 1_000_000
_MARK = "batas-contoh-uji"


@pytest.fixture
def sender(committed_db: None) -> Member:
    """The officer of Ngada, really stored."""
    make_places()
    return make_member("agency_officer")


def cookies(member: Member) -> tuple[str, str]:
    """The Cookie header of the member's browser, and the token of its forms."""
    client = member.client()
    client.get("/kantor/kiriman/baru/")
    token = client.cookies["csrftoken"].value
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}", token


def form(token: str, content: bytes) -> tuple[bytes, bytes]:
    """The body of the upload form: what stands before the file's last byte, and what closes it."""
    fields = {"csrfmiddlewaretoken": token, "jenis": "enterprises"}
    head = "".join(
        f'--{_MARK}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    head += f'--{_MARK}\r\nContent-Disposition: form-data; name="berkas"; filename="daftar.csv"\r\n'
    return head.encode() + b"Content-Type: text/csv\r\n\r\n" + content, f"\r\n--{_MARK}--\r\n".encode()


def begin(port: int, member: Member, content: bytes) -> tuple[socket.socket, bytes]:
    """Open a connection and send the upload up to, not including, its closing line; gives that line too."""
    cookie, token = cookies(member)
    body, end = form(token, content)
    head = (
        f"POST /kantor/kiriman/baru/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
        f"Origin: http://127.0.0.1:{port}\r\nContent-Type: multipart/form-data; boundary={_MARK}\r\n"
        f"Content-Length: {len(body) + len(end)}\r\nConnection: close\r\n\r\n"
    )
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    connection.sendall(head.encode() + body)
    return connection, end


def finish(connection: socket.socket, end: bytes) -> tuple[int, str]:
    """Send the closing line; the status and the address that the server sends the browser to."""
    connection.sendall(end)
    reply = b""
    while piece := connection.recv(65_536):
        reply += piece
    connection.close()
    head = reply.decode(errors="replace").split("\r\n\r\n")[0]
    place = next((line[10:] for line in head.splitlines() if line.lower().startswith("location:")), "")
    return int(head.split()[1]), place


def kept(folder: Path) -> list[str]:
    """Every file that lies in the store of uploads or among the temporary ones of an installation."""
    found = [path for part in ("kiriman", "tmp") for path in (folder / part).rglob("*")]
    return sorted(path.name for path in found if path.is_file())


def batches() -> int:
    with acting_in("53"):
        return Batch.objects.count()


def test_uploads_that_break_off_leave_nothing_and_a_large_one_stays_out_of_memory(
    sender: Member, tmp_path: Path
) -> None:
    content = csv_file([enterprise(name=f"Usaha Contoh {number}") for number in range(20_000)])
    with web_server(LONTAR_DATA=str(tmp_path)) as (process, port):
        assert visitor(port, b"x" * 2 * MB) == 302  # to the page for signing in
        wait_for(lambda: kept(tmp_path) == [], what="an empty store", seconds=5)

        connection, _end = begin(port, sender, content[: len(content) // 2])
        time.sleep(0.3)
        connection.close()
        time.sleep(0.5)
        assert (kept(tmp_path), batches()) == ([], 0)

        status, place = finish(*begin(port, sender, content))
        assert (status, place.startswith("/kantor/kiriman/"), batches()) == (302, True, 1)
        assert len(kept(tmp_path)) == 1

        held = peak_memory(process)
        assert finish(*begin(port, sender, b"Nama Usaha,Desa\r\n" + b"x" * 60 * MB))[0] == 302
        grown = peak_memory(process) - held
        assert grown < 40 * MB, f"grew by {grown / MB:.0f} MB for a file of 60 MB"


def test_a_file_beyond_the_limit_gets_its_answer_and_a_server_killed_in_the_middle_leaves_nothing(
    sender: Member,
    tmp_path: Path,
) -> None:
    with web_server(LONTAR_DATA=str(tmp_path), LONTAR_UPLOAD_LIMIT_MIB="2") as (process, port):
        assert finish(*begin(port, sender, b"x" * 3 * MB))[0] == 422
        assert (kept(tmp_path), batches()) == ([], 0)

        connection, _end = begin(port, sender, b"x" * MB)
        time.sleep(0.3)
        kill(process)
        connection.close()
        assert (kept(tmp_path), batches()) == ([], 0)


def visitor(port: int, content: bytes) -> int:
    """Send the form without a session; the status of the answer."""
    body, end = form("tanpa-tanda", content)
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(
        "POST", "/kantor/kiriman/baru/", body + end, {"Content-Type": f"multipart/form-data; boundary={_MARK}"}
    )
    status = connection.getresponse().status
    connection.close()
    return status
