"""Generated papers under docs/reference: states, datasets, permissions, commands, OpenAPI. `--check` only compares."""

from __future__ import annotations

import difflib
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lontar.settings")
os.environ.setdefault("LONTAR_DATA", str(ROOT / "build" / "docs"))
NOTICE = "<!-- Made by `make docs`; do not edit. -->\n"


def states() -> str:
    """State diagrams from the TRANSITIONS tables."""
    from lontar.designation import states as designation
    from lontar.intake import states as intake
    from lontar.mapping import states as mapping
    from lontar.verification import states as verification

    lines = [NOTICE, "# States\n"]
    lines += _diagram("Batch (kiriman)", intake.TRANSITIONS, intake.BatchState)
    lines += ["", *_diagram("Request for a mapping document (dokumen pemetaan)", mapping.TRANSITIONS, mapping.RunState)]
    lines += ["", *_diagram("Returned field (isian dikembalikan)", verification.TRANSITIONS, verification.ReturnState)]
    lines += ["", *_diagram("Proposal (usulan)", designation.TRANSITIONS, designation.ProposalState)]
    lines += ["", *_diagram("Locus round (putaran lokus)", designation.ROUND_TRANSITIONS, designation.RoundState)]
    return "\n".join(lines) + "\n"


def _diagram(title: str, transitions: Mapping[Any, Iterable[Any]], kinds: Any) -> list[str]:
    """The diagram of one TRANSITIONS table, which begins with the first state, and the words of its states."""
    lines = [f"## {title}\n", "```mermaid", "stateDiagram-v2", f"    [*] --> {next(iter(transitions)).value}"]
    for start, ends in transitions.items():
        lines += [f"    {start.value} --> {end.value}" for end in sorted(ends)] or [f"    {start.value} --> [*]"]
    lines += ["```\n", "| State | Indonesian |", "|---|---|"]
    return lines + [f"| `{state.value}` | {state.label} |" for state in kinds]


def datasets() -> str:
    """Every dataset with its columns, from the declarations."""
    from lontar.intake.datasets import DATASETS

    lines = [NOTICE, "# Datasets\n"]
    for dataset in DATASETS.values():
        lines += [f"## `{dataset.key}` – {dataset.title}\n", dataset.description + "\n"]
        for group in dataset.one_of:
            lines.append("Each row needs at least one of " + ", ".join(f"`{key}`" for key in group) + ".\n")
        lines += ["| Key | Header | Kind | Required | Meaning | Also recognised |", "|---|---|---|---|---|---|"]
        for column in dataset.columns:
            words = [*column.synonyms[:6], *(["…"] if len(column.synonyms) > 6 else [])]
            lines.append(
                f"| `{column.key}` | {column.label} | {column.kind.value} | {'yes' if column.required else ''} "
                f"| {column.explanation} | {'; '.join(words)} |"
            )
        lines.append("")
    return "\n".join(lines) + "\n"


def permissions() -> str:
    """Every address with what each role meets there."""
    from lontar.access.doors import permission_table

    table = permission_table()
    roles = list(table[0][1])
    lines = [
        NOTICE,
        "# Who may enter where\n",
        "● opens · ○ refused · → sign-in. Region scope is checked beyond the door.\n",
    ]
    lines += ["| Address | Guard | " + " | ".join(roles) + " |", "|---|---|" + "---|" * len(roles)]
    marks = {"open": "●", "refused": "○", "sign-in": "→"}
    for door, answers in table:
        guard = door.guard.name if door.guard else "?"
        lines.append(f"| `{door.route}` | {guard} | " + " | ".join(marks[answers[role]] for role in roles) + " |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """The manual of the command line."""
    import click

    from lontar.cli import cli

    lines = [NOTICE, "# Commands\n"]

    def walk(command: click.Command, path: str) -> None:
        context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
        lines.extend([f"## `{path}`\n", "```", command.get_help(context), "```\n"])
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                if inner is not None:
                    walk(inner, f"{path} {name}")

    walk(cli, "lontar")
    return "\n".join(lines) + "\n"


def openapi() -> str:
    """The OpenAPI document of API v1."""
    from lontar.api.api import api

    def plain(value: Any) -> Any:
        return value.value if isinstance(value, Enum) else str(value)

    schema = json.loads(json.dumps(api.get_openapi_schema(), default=plain))  # status codes become text, as in JSON
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


PAPERS: dict[str, Callable[[], str]] = {
    "states.md": states,
    "datasets.md": datasets,
    "permissions.md": permissions,
    "commands.md": commands,
    "openapi.json": openapi,
}


def main(arguments: list[str]) -> int:
    """Write the papers, or with --check tell which are stale (status 1)."""
    import django

    django.setup()
    stale = 0
    for name, make in PAPERS.items():
        path, text = FOLDER / name, make()
        now = path.read_text(encoding="utf-8") if path.exists() else ""
        if now == text:
            continue
        if "--check" in arguments:
            stale = 1
            difference = difflib.unified_diff(now.splitlines(), text.splitlines(), name, "made now", lineterm="", n=0)
            print("\n".join(list(difference)[:12]))  # noqa: T201 - a tool speaks to the terminal
            print(f"docs/reference/{name} is stale: run make docs")  # noqa: T201
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")  # noqa: T201
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
