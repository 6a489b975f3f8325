"""An installation of its own for measuring, beneath build/bench: database, regions, people, server, worker."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "build" / "bench"
PORT = 8765
WAITING = 180  # seconds that a server may take to answer on a busy machine
os.environ["LONTAR_DATA"] = str(DATA)
os.environ["PORT"] = str(PORT)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lontar.settings")


def lontar(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a `lontar` command; its output is kept, a failure ends the measurement."""
    command = [str(Path(sys.executable).with_name("lontar")), *arguments]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return done


def fresh() -> None:
    """Begin with nothing: stop what runs, remove what lies there, make database, regions and people."""
    from lontar.cli import database, demo
    from lontar.host import embedded

    if (DATA / "postgres").exists():
        embedded.stop()
        shutil.rmtree(DATA)
    database.ready(lambda _line: None)
    database.migrate()
    lontar("regions", "load")
    demo.ensure_people(lambda _line: None)


@contextmanager
def served(workers: int = 2) -> Iterator[str]:
    """The web server on loopback; gives its address and ends it afterwards."""
    command = [str(Path(sys.executable).with_name("lontar")), "serve", "--workers", str(workers)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{PORT}"
    try:
        for _ in range(WAITING * 5):
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=1):
                    break
            except OSError:
                time.sleep(0.2)
        else:
            raise SystemExit(f"the server did not answer within {WAITING} seconds")
        yield address
    finally:
        server.terminate()
        server.wait(20)
