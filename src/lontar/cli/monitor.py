"""`lontar monitor …`: how quarters stand, closing and restating them, importing consumer prices; for operators and scripts."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from lontar.cli import database


def _stop(message: str) -> NoReturn:
    click.echo(f"lontar: {message}", err=True)
    sys.exit(1)


@click.group()
def monitor() -> None:
    """Measure: quarters, their check-list, closing, restatements, consumer prices."""


@monitor.command("list")
def list_quarters() -> None:
    """Print every quarter with its state, coverage and how often it was restated."""
    database.ready()
    from lontar.monitoring.queries import quarters

    for one in quarters():
        closing = f"{one.closing.figures} figures" if one.closing else "not closed"
        click.echo(f"{one.quarter.label}  {one.state.value:9}  {closing}  {one.restatements} restated")


@monitor.command()
@click.argument("quarter")
@click.option("--reason", default="", help="Close although a check is missed; the reason is printed in the report.")
@click.option("--check", is_flag=True, help="Print the check-list and end; status 2 when a check is missed.")
def close(quarter: str, reason: str, *, check: bool) -> None:
    """Close a quarter (2026-T3): lock its months, freeze the input, compute and store every figure."""
    database.ready()
    from django.conf import settings
    from django.utils import timezone

    from lontar.access.policies import Refused
    from lontar.access.scope import acting_in
    from lontar.engines.periods import PeriodError, parse_quarter
    from lontar.monitoring import actions
    from lontar.monitoring.queries.checks import check_list
    from lontar.monitoring.steps.run import carry

    try:
        span = parse_quarter(quarter)
    except PeriodError as problem:
        _stop(str(problem))
    with acting_in(settings.PROGRAMME_ROOT):
        checks = check_list(span)
        for one in checks:
            mark = "ok  " if one.is_met else "MISS"
            click.echo(f"{mark} {one.check:9} {one.found}/{one.among} = {one.share} % (limit {one.limit} %)")
        if check:
            sys.exit(0 if all(one.is_met for one in checks) else 2)
        started = time.monotonic()
        try:
            run = actions.request_closing(span, words=reason, by=None, post=None, at=timezone.now(), queued=False)
        except Refused as refused:
            _stop(refused.reason)
        carry(run.pk)
    run.refresh_from_db()
    if run.state != "done":
        _stop(run.problem or "another worker carries this quarter")
    click.echo(f"{span.label}: {run.returns} returns, {run.figures} figures in {time.monotonic() - started:.1f} s")


@monitor.command()
@click.argument("quarter")
@click.option("--reason", required=True, help="What was corrected, and why.")
def restate(quarter: str, reason: str) -> None:
    """Compute a closed quarter again from the returns as corrected; old and new figures are listed with the reason."""
    database.ready()
    from django.conf import settings
    from django.utils import timezone

    from lontar.access.policies import Refused
    from lontar.access.scope import acting_in
    from lontar.engines.periods import PeriodError, parse_quarter
    from lontar.monitoring import actions
    from lontar.monitoring.steps.run import carry

    try:
        with acting_in(settings.PROGRAMME_ROOT):
            run = actions.request_restatement(
                parse_quarter(quarter), words=reason, by=None, post=None, at=timezone.now(), queued=False
            )
            carry(run.pk)
    except PeriodError as problem:
        _stop(str(problem))
    except Refused as refused:
        _stop(refused.reason)
    run.refresh_from_db()
    if run.state != "done":
        _stop(run.problem or "another worker carries this quarter")
    click.echo(f"{run.quarter}.{run.number}: {run.figures} figures changed, {run.held_back} cells held back")


@monitor.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", required=True, help="Name of the series.")
@click.option("--source", required=True, help="Where it was issued.")
@click.option("--issued", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day on which it was issued.")
def prices(path: Path, name: str, source: str, issued: datetime) -> None:
    """Import consumer prices from a CSV or a workbook with the columns Bulan and Indeks."""
    database.ready()
    from django.utils import timezone

    from lontar.access.policies import Refused
    from lontar.monitoring import actions

    try:
        months = actions.read_prices(actions.cells_of(path, filename=path.name))
        series = actions.import_prices(
            months, name=name, source=source, issued_date=issued.date(), by=None, post=None, at=timezone.now()
        )
    except Refused as refused:
        _stop(refused.reason)
    click.echo(f"{series.name}: {len(months)} months, {months[0][0]:%Y-%m} to {months[-1][0]:%Y-%m}")
