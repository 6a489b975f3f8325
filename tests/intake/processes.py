"""Real processes on the test's own copy of the database: the web server and the job worker, started, watched and killed.

Each runs in a process group of its own, which is ended with the test whatever happens.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from django.conf import settings
from django.db import connections

ROOT = Path(__file__).parents[2]


def environment(**more: str) -> dict[str, str]:
    """The environment in which a process works on the database and the folder of this test, with its secrets."""
    given = connections["owner"].settings_dict
    host = str(given["HOST"])
    where = f"?host={quote(host)}" if host.startswith("/") else ""
    name = f"{given['USER']}:{quote(str(given['PASSWORD']))}@{'' if where else host}"
    port = f":{given['PORT']}" if given["PORT"] and not where else ""
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://{name}{port}/{given['NAME']}{where}",
        "LONTAR_SECRET_KEY": settings.SECRET_KEY,
        "LONTAR_FIELD_KEY": settings.FIELD_KEY,
        "LONTAR_INDEX_KEY": settings.INDEX_KEY,
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONWARNINGS": "ignore",
        **more,
    }


@contextmanager
def running(*command: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process and its children, killed at the end of the block."""
    process = subprocess.Popen(
        command, env=environment(**more), cwd=ROOT, start_new_session=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield process
    finally:
        kill(process)
        if process.stdout is not None:
            process.stdout.close()


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children at once, without a chance to tidy up."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait(timeout=10)


@contextmanager
def web_server(**more: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The web server as an installation runs it, answering on a port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = (
        sys.executable, "-m", "granian", "lontar.wsgi:application", "--interface", "wsgi", "--host", "127.0.0.1", "--port",
        str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
    )  # fmt: skip
    with running(*command, **more) as process:
        wait_for(lambda: answers(port), what="the web server", alive=process)
        yield process, port


def answers(port: int) -> bool:
    """Whether the web server answers its health check."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def wait_for(
    happens: Callable[[], bool], *, what: str, seconds: float = 30, alive: subprocess.Popen[bytes] | None = None
) -> None:
    """Wait until something is so; fails when it takes too long or the process that should bring it about has ended."""
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until, f"{what}: not within {seconds} seconds"
        if alive is not None and alive.poll() is not None:
            said = alive.stdout.read().decode(errors="replace")[-2000:] if alive.stdout else ""
            raise AssertionError(f"{what}: the process ended with {alive.returncode}: {said}")
        time.sleep(0.05)


def family(process: subprocess.Popen[bytes]) -> list[int]:
    """The process and everything in its group."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                group = os.getpgid(int(entry.name))
            except ProcessLookupError:
                continue
            if group == process.pid:
                found.append(int(entry.name))
    return found


def peak_memory(process: subprocess.Popen[bytes]) -> int:
    """The most memory, in bytes, that any process of the group has ever held."""
    peaks = []
    for number in family(process):
        for line in (Path("/proc") / str(number) / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                peaks.append(int(line.split()[1]) * 1024)
    return max(peaks)
