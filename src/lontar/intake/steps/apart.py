"""Linkage in a process of its own, bounded in memory and time, that gives all it took back when it is done.

The lists go there and the pairs come back through files that exist in memory only. The caller is asked between whiles whether
to go on; when it raises, or dies, the child ends.
"""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

import lontar

#: The bounds of one linkage: address space in bytes, and seconds. Ten times the province needs about half of either.
MEMORY: Final = 8 << 30
SECONDS: Final = 3600.0
_ASKED_EVERY: Final = 0.2
_QUIET: Final = 15  # added to the niceness
SCHEMA = pl.Schema({"left_id": pl.Int64(), "right_id": pl.Int64(), "probability": pl.Float64()})
_log = logging.getLogger(__name__)

Tick = Callable[[], None]


class LinkageStopped(Exception):
    """The child ended without an answer: out of memory or time, or a fault that the log names."""


@dataclass(frozen=True, slots=True)
class Linker:
    """A child that has been started and waits for its lists."""

    child: subprocess.Popen[bytes]
    left: int
    right: int
    answer: int

    def pairs(self, left: pl.DataFrame, right: pl.DataFrame | None, *, tick: Tick) -> pl.DataFrame:
        """Pairs of ids with their probability: `left_id`, `right_id` (Int64), `probability`.

        Both lists have the columns of `linkage.COLUMNS`; without `right`, `left` is searched for duplicates. `tick` is called
        a few times a second. Raises LinkageStopped.
        """
        if left.height < (1 if right is not None else 2) or (right is not None and not right.height):
            return pl.DataFrame(schema=SCHEMA)
        _put(self.left, left)
        if right is not None:
            _put(self.right, right)
        stdin = self.child.stdin
        if stdin is None:
            raise LinkageStopped("the child has no standard input")
        try:
            stdin.write(b"go\n")
            stdin.flush()
        except BrokenPipeError:
            raise LinkageStopped("the child ended before it began") from None
        self._wait(tick)
        with os.fdopen(os.dup(self.answer), "rb") as source:
            source.seek(0)
            return pl.read_ipc(io.BytesIO(source.read()))

    def _wait(self, tick: Tick) -> None:
        until = time.monotonic() + SECONDS
        while True:
            try:
                code = self.child.wait(_ASKED_EVERY)
                break
            except subprocess.TimeoutExpired:
                tick()
                if time.monotonic() > until:
                    raise LinkageStopped(f"not done after {SECONDS:.0f} seconds") from None
        if code != 0:
            _log.error("linkage ended without an answer", extra={"exit": code, "at": self._places()})
            raise LinkageStopped(f"the child ended with {code}")

    def _places(self) -> list[str]:
        """Where the child failed. Its last words may quote a value, so only places are kept."""
        if self.child.stderr is None:
            return []
        lines = self.child.stderr.read().decode(errors="replace").splitlines()
        return [line.strip() for line in lines if line.lstrip().startswith('File "')][-3:]


def _put(number: int, frame: pl.DataFrame) -> None:
    with os.fdopen(os.dup(number), "wb") as target:
        frame.write_ipc(target)
        target.flush()
        target.seek(0)  # the child reads through the same open file


@contextmanager
def linker(*, least: float, quietly: bool = False) -> Iterator[Linker]:
    """Start a child that keeps pairs of at least the probability `least`; it is gone when the block ends.

    It loads its libraries at once, beside whatever the caller does before it has its lists. `quietly`: only on time that
    nobody else wants.
    """
    files = [os.memfd_create(name) for name in ("left", "right", "answer")]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(
            filter(None, (str(Path(lontar.__file__).parent.parent), os.environ.get("PYTHONPATH")))
        ),
        "MALLOC_ARENA_MAX": "4",
    }
    command = [sys.executable, "-P", "-W", "ignore", "-m", "lontar.intake.steps.linker"]
    command += [*map(str, files), str(MEMORY), repr(least), str(_QUIET if quietly else 0)]
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
        pass_fds=files,
    )
    try:
        yield Linker(child, *files)
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stderr):
            with suppress(BrokenPipeError):  # what it had not read yet is of no use any more
                if pipe is not None:
                    pipe.close()
        for number in files:
            os.close(number)
