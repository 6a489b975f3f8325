"""An installation of its own for journeys: database, regions, demo people, web server and worker, as an operator starts it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.ui.conftest import CHROMIUM, FLAGS

ROOT = Path(__file__).parents[2]
LONTAR = Path(sys.executable).with_name("lontar")


@dataclass(frozen=True)
class Installation:
    """Where the installation answers, its environment, and the password of every demo account."""

    address: str
    environment: dict[str, str]
    password: str

    def lontar(self, *arguments: str) -> str:
        """Run a command of the operator; its output."""
        done = subprocess.run(
            [str(LONTAR), *arguments], env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


PATIENCE = 300  # seconds: the longest journey takes a tenth of it on a quiet machine


@pytest.fixture(autouse=True)
def _not_for_ever() -> Iterator[None]:
    """A browser that never answers fails its journey: closing a page and running a script in it know no limit of time."""

    def late(_number: int, _frame: object) -> None:
        raise TimeoutError(f"the journey took more than {PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_answering(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not answer within 60 seconds")


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Started once for all journeys, ended and removed afterwards."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the journeys were not walked")
    data = ROOT / "var" / "journeys"
    shutil.rmtree(data, ignore_errors=True)
    port = _free_port()
    environment = {
        **os.environ,
        "LONTAR_DATA": str(data),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "lontar.settings",
    }
    environment.pop("DATABASE_URL", None)
    people = (
        "from lontar.cli import database, demo; database.ready(); demo.ensure_people(print); print(demo.password())"
    )
    here = Installation(f"http://127.0.0.1:{port}", environment, "")
    here.lontar("db", "migrate")
    here.lontar("regions", "load")
    made = subprocess.run([sys.executable, "-c", people], env=environment, capture_output=True, text=True, check=True)
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [
        subprocess.Popen([str(LONTAR), "serve", "--workers", "1"], **quiet),  # type: ignore[call-overload]
        subprocess.Popen([str(LONTAR), "worker"], **quiet),  # type: ignore[call-overload]
    ]
    try:
        _until_answering(here.address)
        yield Installation(here.address, environment, made.stdout.split()[-1])
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)
        here.lontar("db", "stop")
        shutil.rmtree(data, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, or the test is skipped with the reason."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the journeys were not walked")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()
