"""`lontar choose …`: rank candidates, choose priorities, for operators and scripts."""

from __future__ import annotations

import click


@click.group()
def choose() -> None:
    """Choose: rankings of candidates, and the plan of the next ninety days."""
