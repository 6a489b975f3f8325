"""Work in portions on all cores: polars, numpy and rapidfuzz let other threads run while they count."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_portions(work: Callable[[slice], Part], count: int, *, size: int) -> list[Part]:
    """What `work` gives for every portion of `count` things, in their order; one portion at least."""
    return at_once(*[_bound(work, slice(at, min(at + size, count))) for at in range(0, max(count, 1), size)])


def at_once(*works: Callable[[], Part]) -> list[Part]:
    """What each piece of work gives, in their order."""
    if len(works) == 1:
        return [works[0]()]
    with ThreadPoolExecutor(cores()) as pool:
        return [future.result() for future in [pool.submit(work) for work in works]]


def _bound(work: Callable[[slice], Part], portion: slice) -> Callable[[], Part]:
    return lambda: work(portion)
