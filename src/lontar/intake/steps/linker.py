"""The child process of `apart`: it loads the linkage, waits for the lists, links them, answers, ends.

It bounds its own memory before it loads anything, needs no database, and ends as soon as its parent does. The lists hold
personal values in clear, so they come and go through memory only, and nothing that it says quotes them.
"""

from __future__ import annotations

import io
import os
import resource
import sys
from threading import Thread


def main(arguments: list[str]) -> None:
    """`left right answer memory threshold niceness`: three open files, bytes, the least probability that counts, and how nice.

    The right file is empty where one list is searched for duplicates. Starts when a line arrives on standard input.
    """
    left, right, answer, memory = (int(text) for text in arguments[:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(int(arguments[5]))

    import duckdb  # noqa: F401 - loaded while the parent still prepares the lists
    import polars as pl
    import splink  # noqa: F401 - as above

    from lontar.engines import linkage

    if not sys.stdin.buffer.readline():
        os._exit(1)
    Thread(target=_end_with_parent, daemon=True).start()
    with os.fdopen(left, "rb") as source:
        one = _frame(source.read())
    with os.fdopen(right, "rb") as source:
        content = source.read()
    least = float(arguments[4])
    if content:
        found = linkage.link(one, _frame(content), threshold=least)
    else:
        found = linkage.dedupe(one, threshold=least)
    found = found.with_columns(pl.col("left_id", "right_id").cast(pl.Int64))
    with os.fdopen(answer, "wb") as target:
        found.write_ipc(target)
        target.flush()
        os._exit(0)


def _frame(content: bytes):  # type: ignore[no-untyped-def]  # a polars frame, which is loaded after the bound is set
    import polars as pl

    return pl.read_ipc(io.BytesIO(content))


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
