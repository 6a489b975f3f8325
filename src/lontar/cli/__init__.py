"""The command `lontar`: what operators and scripts do. Each command parses, calls one action or query, and prints.

`lontar --help` is the manual. Commands that need the database start the embedded one when `DATABASE_URL` is not given.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

GROUPS = {
    "run": "host",
    "serve": "host",
    "worker": "host",
    "db": "host",
    "env": "host",
    "account": "access",
    "regions": "registry",
    "boundaries": "registry",
    "attributes": "registry",
    "template": "intake",
    "intake": "intake",
    "link": "link",
    "mapping": "mapping",
    "choose": "choose",
    "monitor": "monitor",
    "verdict": "verdict",
    "papers": "papers",
    "report": "report",
    "value": "value",
    "demo": "demo",
}


class _Lazy(click.Group):
    """Loads a command's module when it is asked for, so that `lontar db stop` does not import the whole house."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = GROUPS.get(cmd_name)
        if module is None:
            return None
        found = getattr(import_module(f"lontar.cli.{module}"), cmd_name)
        return found if isinstance(found, click.Command) else None


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="lontar")
def cli() -> None:
    """Runs a One Village One Product programme: map, choose, make, sell, measure."""


def main() -> None:
    """Entry point: refusals that the programme foresees end with one line and status 1, never with a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lontar.settings")
    from lontar.environment import EnvironmentProblem
    from lontar.host import logs
    from lontar.host.embedded import EmbeddedProblem

    logs.configure_for_commands()
    try:
        cli(prog_name="lontar")
    except (EnvironmentProblem, EmbeddedProblem) as problem:
        click.echo(f"lontar: {problem}", err=True)
        sys.exit(1)
