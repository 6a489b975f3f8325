"""`make run`: database, web server and worker as one. A process that dies is started again; Ctrl-C ends them all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

_GRACE = 12.0  # seconds that a process has to end before it is killed
_FASTEST_RESTART = 2.0


@dataclass
class Process:
    """A child process and when it was last started (monotonic seconds)."""

    name: str
    arguments: list[str]
    child: subprocess.Popen[bytes] | None = field(default=None)
    started: float = 0.0

    def start(self) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches us first and we end it in order."""
        command = [sys.executable, "-c", "from lontar.cli import main; main()", *self.arguments]
        self.child = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own interpreter and arguments
        self.started = time.monotonic()

    def is_dead(self) -> bool:
        """Whether it ended by itself."""
        return self.child is not None and self.child.poll() is not None

    def end(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic), then kill the whole group."""
        if self.child is None:
            return
        try:
            self.child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()

    def ask_to_end(self) -> None:
        """Send SIGTERM to its group."""
        if self.child is not None and self.child.poll() is None:
            os.killpg(self.child.pid, signal.SIGTERM)


def keep_alive(processes: list[Process], *, is_stopping: Callable[[], bool], mend: Callable[[], None]) -> None:
    """Start again whatever died, not faster than every two seconds; before that, `mend` what they need."""
    while not is_stopping():
        for process in processes:
            if process.is_dead() and time.monotonic() - process.started > _FASTEST_RESTART:
                print(f"lontar: {process.name} ended, starting it again", file=sys.stderr)  # noqa: T201 - the terminal
                mend()
                process.start()
        time.sleep(0.5)


def is_answering(port: int) -> bool:
    """Whether the web server answers its health check."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def run(
    processes: list[Process], *, is_ready: Callable[[], bool], tell: Callable[[], None], mend: Callable[[], None]
) -> int:
    """Run `processes` until SIGINT or SIGTERM; `tell` is called once when `is_ready`. Returns the exit status.

    The first is what people wait for: it starts alone, the others once it is ready.
    """
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    first, *others = processes
    first.start()
    try:
        while not stopping and not is_ready():
            if first.is_dead():
                return 1
            time.sleep(0.1)
        if not stopping:
            for process in others:
                process.start()
            tell()
        keep_alive(processes, is_stopping=lambda: bool(stopping), mend=mend)
    finally:
        for process in processes:
            process.ask_to_end()
        deadline = time.monotonic() + _GRACE
        for process in processes:
            process.end(deadline)
    return 0
