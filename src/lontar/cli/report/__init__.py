"""`lontar report …`: build, publish and verify the open quarterly report, for operators and for anybody with its files.

`verify` of a folder needs neither server nor database: only this package and the downloaded files.
"""

from __future__ import annotations

import click

from lontar.cli.report.checking import verify
from lontar.cli.report.making import build, publish, sheets


@click.group()
def report() -> None:
    """Report: the open quarterly report, built, published and verified."""


for _command in (build, publish, sheets, verify):
    report.add_command(_command)
