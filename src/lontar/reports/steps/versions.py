"""Which code made a report: the package's version, and the commit where the code lies in a repository."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from lontar.host.places import CHECKOUT


@lru_cache(maxsize=1)
def code_version() -> str:
    """`0.1.0` or `0.1.0+3f2a9c1b7d20`."""
    commit = _commit(CHECKOUT / ".git")
    return version("lontar") + (f"+{commit[:12]}" if commit else "")


def _commit(git: Path) -> str:
    """The commit that is checked out, read from the files of git; "" where there are none."""
    try:
        if git.is_file():  # a worktree names the place of its own files
            git = Path(git.read_text("utf-8").removeprefix("gitdir:").strip())
        head = (git / "HEAD").read_text("utf-8").strip()
        if not head.startswith("ref:"):
            return head
        name = head.removeprefix("ref:").strip()
        shared = git / "commondir"
        root = (git / shared.read_text("utf-8").strip()).resolve() if shared.is_file() else git
        if (root / name).is_file():
            return (root / name).read_text("utf-8").strip()
        packed = (root / "packed-refs").read_text("utf-8").splitlines()
        return next((line.split()[0] for line in packed if line.endswith(f" {name}")), "")
    except OSError:
        return ""
