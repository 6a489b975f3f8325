"""House rules that the linter cannot say: sizes, module papers, suppressed checks with a reason, no foreign paths.

Part of `make check`. Prints each breach as `file:line: what` and ends with status 1 when there is one.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE_LINES, FUNCTION_LINES, CLASS_LINES = 500, 60, 300
FORBIDDEN_NAMES = {"core", "common", "base", "utils", "helpers", "services"}
_SUPPRESSED = re.compile(r"#\s*(?:noqa(?!: )|type: ignore(?!\[))")
_FOREIGN = re.compile(r"(?<![\w.])/(?:work|farm)/|registry\.npmjs|pypi\.org|files\.pythonhosted")
_TEXT = {".py", ".md", ".toml", ".txt", ".js", ".mjs", ".scss", ".html", ".sh", ".json", ".cfg", ".in", ""}


def tracked() -> list[Path]:
    """The files under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)  # noqa: S607 - git
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def breaches(path: Path) -> Iterator[str]:
    """What is wrong with one file."""
    name = path.relative_to(ROOT)
    if path.suffix not in _TEXT:
        return
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    if name.as_posix() != "tools/house.py":
        for number, line in enumerate(text.splitlines(), start=1):
            if _FOREIGN.search(line):
                yield f"{name}:{number}: names a place outside the project"
    if path.suffix == ".py" and "migrations" not in path.parts:
        yield from _python(path, name, text)


def _python(path: Path, name: Path, text: str) -> Iterator[str]:
    lines = text.splitlines()
    if len(lines) > FILE_LINES:
        yield f"{name}:1: {len(lines)} lines, at most {FILE_LINES}"
    if path.stem in FORBIDDEN_NAMES:
        yield f"{name}:1: no module is called {path.stem}"
    for number, line in enumerate(lines, start=1):
        if _SUPPRESSED.search(line) and name.as_posix() != "tools/house.py":
            yield f"{name}:{number}: a suppressed check carries its code"
    tree = ast.parse(text)
    if "src" in path.parts and lines and ast.get_docstring(tree) is None:
        yield f"{name}:1: a module opens with a paragraph about what it is for"
    for node in ast.walk(tree):
        limit = CLASS_LINES if isinstance(node, ast.ClassDef) else FUNCTION_LINES
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > limit:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines, at most {limit}"


def main() -> int:
    """Exit status: 1 when a rule is broken."""
    found = [breach for path in tracked() for breach in breaches(path)]
    for breach in found:
        print(breach)  # noqa: T201 - a tool speaks to the terminal
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
