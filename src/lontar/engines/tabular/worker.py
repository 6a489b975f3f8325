"""The child process of `isolation`: takes one request on standard input, reads one file, answers, ends.

It bounds its own memory before it opens anything.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path


def main() -> None:
    """Answer the request on standard input; any death of this process is a refusal for the parent."""
    request = json.load(sys.stdin)
    bound = request["limits"]["memory_bytes"]
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    from lontar.engines.tabular.isolation import send
    from lontar.engines.tabular.reading import parse_table
    from lontar.engines.tabular.table import Limits, UnreadableFile

    with os.fdopen(request["answer"], "wb") as answer:
        try:
            outcome = parse_table(
                Path(request["path"]),
                filename=request["filename"],
                limits=Limits(**request["limits"]),
                sheet=request["sheet"],
                known_headers=request["known_headers"],
            )
        except UnreadableFile as refusal:
            send(refusal, answer)
        else:
            send(outcome, answer)
        answer.flush()
        os._exit(0)  # readers that a refusal left behind must not keep this process


if __name__ == "__main__":
    main()
