"""Runs the tests in two lanes side by side: the house with its database; what needs none of it. Loud about what was skipped.

Playwright keeps an event loop running in its process, in which Django rightly refuses to touch the database; therefore the
browser's tests never share a process with the others. The engines know no database and fill the second lane.
`make test ARGS="tests/intake -k nib"` runs just that.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
APART = ("tests/journeys", "tests/ui", "tests/engines")
NOTHING_RAN = 5  # pytest's status when its selection is empty


def main(arguments: list[str]) -> int:
    """Exit status of the tests: the first that is not zero."""
    has_browser = any(os.path.exists(path) for path in BROWSERS)
    if not has_browser:
        say("NO BROWSER: no Chromium on this machine; the journeys are skipped (Debian: apt-get install chromium)")
    if arguments:
        status = lane([arguments])
    else:
        with ThreadPoolExecutor() as side:  # the browser waits a lot, and has an installation of its own
            apart = side.submit(lane, [[path] for path in APART], quiet=True)
            status = lane([["tests", *(f"--ignore={path}" for path in APART)]])
            status = status or apart.result()
    if not has_browser:
        say("The journeys in the real browser were SKIPPED.")
    return status


def lane(runs: list[list[str]], *, quiet: bool = False) -> int:
    """Run pytest once per list of arguments, one after another; what a quiet lane prints is shown when each ends."""
    status = 0
    for chosen in runs:
        begun = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-rs", "--durations=5", *chosen]
        place = beside() if quiet else None
        ended = subprocess.run(command, check=False, capture_output=quiet, text=True, env=place)  # noqa: S603 - our own interpreter
        took = f"{' '.join(chosen)}: {time.monotonic() - begun:.0f} s"
        print(f"{ended.stdout or ''}{ended.stderr or ''}{took}\n", flush=True)  # noqa: T201 - the terminal
        status = status or (0 if ended.returncode == NOTHING_RAN else ended.returncode)
    return status


def beside() -> dict[str, str]:
    """The environment of the lane beside: a few of the browser's tests have a database too, which must not be the house's."""
    base = os.environ.get("LONTAR_TEST_DATA") or "var/test"
    folder = os.path.abspath(f"{base}-beside")
    return {**os.environ, "LONTAR_TEST_DATA": folder, "LONTAR_TEST_DATABASE": "lontar_test_beside"}


def say(line: str) -> None:
    """A line that cannot be overlooked."""
    print(f"\n*** {line} ***\n", flush=True)  # noqa: T201 - a tool speaks to the terminal


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
