"""`lontar choose …`: rank candidates, choose priorities, for operators and scripts."""

from __future__ import annotations

import click

from lontar.cli.choose.priority import priority
from lontar.cli.choose.rank import rank


@click.group()
def choose() -> None:
    """Choose: rankings of candidates, and the plan of the next ninety days."""


choose.add_command(rank)
choose.add_command(priority)
