"""How these commands speak: stages of long work on standard error, a table at the end, refusals with status 1."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

_MOST_LINES = 20


class Refusal(click.ClickException):
    """What was asked for is not done; each problem on its own line, exit status 1."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)

    def show(self, file: Any = None) -> None:
        """Print the problems, the first twenty of them, on standard error."""
        click.echo("Ditolak; tidak ada yang diubah.", err=True)
        for line in self.problems[:_MOST_LINES]:
            click.echo(f"  • {line}", err=True)
        if len(self.problems) > _MOST_LINES:
            click.echo(f"  • … dan {len(self.problems) - _MOST_LINES} masalah lain.", err=True)


class DryRun(Exception):
    """Ends a transaction whose result was only to be seen."""


def prepare() -> None:
    """Start the embedded database where it is used and bring it up to date; refuse an outdated one that is not ours."""
    from lontar.cli import database

    database.ready(lambda line: click.echo(line, err=True))
    from django.conf import settings

    if settings.EMBEDDED:
        database.migrate_if_needed(lambda line: click.echo(line, err=True))
    elif database.pending():
        raise Refusal(["Basis data belum siap. Jalankan `lontar db migrate`, lalu ulangi."])


@contextmanager
def stages() -> Iterator[Callable[[str], None]]:
    """Gives `say(stage)`: shown with the seconds that the stage took once the next begins, on standard error."""
    began = time.monotonic()
    current: list[str] = []

    def end() -> None:
        if current and sys.stderr.isatty():
            click.echo(f"\r{current[-1]} … {time.monotonic() - began:.1f} s", err=True)

    def say(stage: str) -> None:
        end()
        current.append(stage)
        click.echo(f"{stage} …", err=True, nl=not sys.stderr.isatty())

    yield say
    end()


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a plain table; numbers to the right, with Indonesian thousands."""
    cells = [list(headers), *[[shown(value) for value in row] for row in rows]]
    numeric = [all(isinstance(row[at], int | float) for row in rows) for at in range(len(headers))] if rows else []
    widths = [max(len(line[at]) for line in cells) for at in range(len(headers))]
    for number, line in enumerate(cells):
        parts = [
            part.rjust(width) if numeric and numeric[at] else part.ljust(width)
            for at, (part, width) in enumerate(zip(line, widths, strict=True))
        ]
        click.echo("  ".join(parts).rstrip())
        if number == 0:
            click.echo("  ".join("─" * width for width in widths))


def shown(value: object) -> str:
    """A value as people here write it: 168.002, empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return str(value)


def listed(title: str, lines: Sequence[str]) -> None:
    """A titled list, the first twenty lines of it; nothing for an empty one."""
    if not lines:
        return
    click.echo(f"\n{title} ({shown(len(lines))})")
    for line in lines[:_MOST_LINES]:
        click.echo(f"  {line}")
    if len(lines) > _MOST_LINES:
        click.echo(f"  … dan {shown(len(lines) - _MOST_LINES)} lagi")
