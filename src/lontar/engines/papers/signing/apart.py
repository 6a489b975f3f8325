"""Checks the signatures of a file that strangers send, in a process of its own that is bounded in memory and time.

`python -m lontar.engines.papers.signing.apart` reads from its standard input what `check_apart` writes there: one line of JSON
with the roots, then the file.
"""

from __future__ import annotations

import base64
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final

import lontar
from lontar.engines.papers.signing.checking import FoundSignature, SignaturesUnread, Trust, check_signatures

#: The bounds of one check: address space in bytes, seconds of computing, seconds in all.
MEMORY: Final = 1 << 30
SECONDS: Final = 10
PATIENCE: Final = 30.0


def check_apart(pdf: bytes, *, trusted: Iterable[bytes] = (), demo: Iterable[bytes] = ()) -> list[FoundSignature]:
    """As `check_signatures`, for a file that nobody vouches for. Raises `SignaturesUnread`, also when a bound is met."""
    head = {
        name: [base64.b64encode(one).decode() for one in roots]
        for name, roots in (("trusted", trusted), ("demo", demo))
    }
    package = str(Path(lontar.__file__).parent.parent)
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-W", "ignore", "-m", "lontar.engines.papers.signing.apart"],
            input=json.dumps(head).encode() + b"\n" + pdf,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": paths},
            capture_output=True, timeout=PATIENCE, check=True,
        )  # fmt: skip
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as problem:
        raise SignaturesUnread from problem
    if not isinstance(found, list):
        raise SignaturesUnread
    return [_read(one) for one in found]


def _read(one: dict[str, str]) -> FoundSignature:
    moment = datetime.fromisoformat(one["signed_at"]) if one["signed_at"] else None
    return FoundSignature(**{**one, "signed_at": moment, "trust": Trust(one["trust"])})  # type: ignore[arg-type]  # as written below


def main() -> int:
    """The child: bounds itself, checks, answers with JSON; `null` for what cannot be read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    head, _newline, pdf = sys.stdin.buffer.read().partition(b"\n")
    roots = {name: [base64.b64decode(one) for one in held] for name, held in json.loads(head).items()}
    try:
        found = check_signatures(pdf, trusted=roots["trusted"], demo=roots["demo"])
    except SignaturesUnread:
        sys.stdout.write("null")
        return 0
    told = [{**asdict(one), "signed_at": one.signed_at.isoformat() if one.signed_at else ""} for one in found]
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
