"""`lontar report …`: build, publish and verify the open quarterly report, for operators and for anybody with its files."""

from __future__ import annotations

import click


@click.group()
def report() -> None:
    """Report: the open quarterly report, built, published and verified."""
