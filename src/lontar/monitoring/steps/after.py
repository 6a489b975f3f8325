"""What apps above do once the figures of a quarter stand, or stand anew. They register here when they start.

So nothing here imports upward. What is registered should only queue work: it runs right after the closing was committed.
"""

from __future__ import annotations

from collections.abc import Callable

After = Callable[[str], None]
_after: dict[str, After] = {}


def register_after_closing(key: str, act: After) -> None:
    """Have `act` called with the label of every quarter that was closed or restated; one per `key` (the app's label)."""
    _after[key] = act


def tell_all(quarter: str) -> None:
    """Call everything that is registered, in the order of registration."""
    for act in _after.values():
        act(quarter)
