"""Measuring: elapsed time and peak memory of process trees, rates and latencies over HTTP, and the table of results."""

from __future__ import annotations

import http.client
import json
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlsplit

import psutil


@dataclass(frozen=True)
class Figure:
    """One measured figure with its target and, where there is one, the reference measured in the same run."""

    name: str
    value: float
    unit: str
    target: str = ""
    met: bool | None = None
    reference: str = ""


class PeakMemory(threading.Thread):
    """Samples the resident memory of processes and their children every 50 ms; `peak` in MiB, shared pages counted once."""

    def __init__(self, chosen: Callable[[], Iterable[psutil.Process]]) -> None:
        super().__init__(daemon=True)
        self.chosen, self.peak, self.stopping = chosen, 0.0, threading.Event()

    def run(self) -> None:
        while not self.stopping.wait(0.05):
            total = 0
            for process in self.chosen():
                try:
                    total += process.memory_full_info().pss
                except (psutil.NoSuchProcess, psutil.AccessDenied, OSError):
                    continue
            self.peak = max(self.peak, total / 1_048_576)

    def stop(self) -> float:
        """End sampling; the peak in MiB."""
        self.stopping.set()
        self.join()
        return self.peak


def tree(pid: int) -> list[psutil.Process]:
    """A process and everything beneath it."""
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def latencies(address: str, paths: list[str], *, rounds: int, headers: dict[str, str] | None = None) -> list[float]:
    """Milliseconds of each request over one kept connection; an answer other than 200 ends the measurement."""
    host = urlsplit(address).netloc
    connection = http.client.HTTPConnection(host, timeout=60)
    taken = []
    for number in range(rounds):
        path = paths[number % len(paths)]
        begun = time.perf_counter()
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
    connection.close()
    return taken


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[18]


def _hammer(address: str, path: str, seconds: float, found: object) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    end, number = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        number += answer.status == 200
    found.put(number)  # type: ignore[attr-defined]  # a multiprocessing queue


def rate(address: str, path: str, *, seconds: float = 6.0, clients: int = 4) -> float:
    """Answers a second over kept connections of client processes on the same machine (they share its cores)."""
    context = get_context("spawn")
    found = context.Queue()
    processes = [context.Process(target=_hammer, args=(address, path, seconds, found)) for _ in range(clients)]
    for process in processes:
        process.start()
    total = sum(found.get() for _ in processes)
    for process in processes:
        process.join()
    return total / seconds


def table(figures: list[Figure]) -> None:
    """Print the table."""
    width = max(len(figure.name) for figure in figures)
    for figure in figures:
        mark = {True: "met", False: "MISSED", None: ""}[figure.met]
        print(
            f"{figure.name:<{width}}  {figure.value:>12,.2f} {figure.unit:<10} {figure.target:<14} {mark:<7} {figure.reference}"
        )


def report(figures: list[Figure], path: Path) -> None:
    """Print the table and write the results."""
    table(figures)
    path.write_text(json.dumps([asdict(figure) for figure in figures], indent=1, ensure_ascii=False) + "\n")
