"""Runs the tests: in parallel where the machine has cores, browser journeys apart, loud about what was skipped.

`make test ARGS="tests/intake -k nib"` passes arguments on. Without arguments everything runs.
"""

from __future__ import annotations

import os
import subprocess
import sys

BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


def main(arguments: list[str]) -> int:
    """Exit status of the tests."""
    has_browser = any(os.path.exists(path) for path in BROWSERS)
    command = [sys.executable, "-m", "pytest", "-rs", "--durations=10", *(arguments or ["tests"])]
    if not has_browser:
        say("NO BROWSER: no Chromium on this machine; the journeys are skipped (Debian: apt-get install chromium)")
    status = subprocess.run(command, check=False).returncode  # noqa: S603 - our own interpreter and arguments
    if not has_browser:
        say("The journeys in the real browser were SKIPPED.")
    return status


def say(line: str) -> None:
    """A line that cannot be overlooked."""
    print(f"\n*** {line} ***\n", flush=True)  # noqa: T201 - a tool speaks to the terminal


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
