"""Whether invented data of the demonstration is in the registry. Only an app above knows; it registers the question here."""

from __future__ import annotations

from collections.abc import Callable

_asked: list[Callable[[], bool]] = []


def register_demo_data(ask: Callable[[], bool]) -> None:
    """Let `ask` answer whether demo data was taken in; registering anew replaces."""
    _asked[:] = [ask]


def has_demo_data() -> bool:
    """Whether any demo data was taken in; documents then say so."""
    return any(ask() for ask in _asked)
