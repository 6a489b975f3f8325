"""`lontar value …`: count a quarter, load figures of trade, by the same actions as the screens."""

from __future__ import annotations

import hashlib
import sys
import time
from pathlib import Path
from typing import NoReturn

import click

from lontar.cli import database


def _stop(message: str) -> NoReturn:
    click.echo(f"lontar: {message}", err=True)
    sys.exit(1)


@click.group()
def value() -> None:
    """Measure: value kept of a quarter, and the trade balance."""


@value.command()
@click.argument("quarter")
def count(quarter: str) -> None:
    """Count prices and value kept of QUARTER (2026-T3) anew from what is accepted now."""
    database.ready(lambda _line: None)
    from django.utils import timezone

    from lontar.engines.periods import PeriodError, parse_quarter
    from lontar.value.actions import NothingToCount, count_quarter
    from lontar.value.rules.assumptions import AssumptionMissing

    started = time.monotonic()
    try:
        made = count_quarter(quarter=parse_quarter(quarter), by=None, at=timezone.now())
    except (PeriodError, AssumptionMissing) as problem:
        _stop(str(problem))
    except NothingToCount as refused:
        _stop(refused.reason)
    click.echo(
        f"{made.quarter}: {made.returns} laporan, {made.producers} pelaku usaha, {made.prices.count()} harga, "
        f"{made.lines.count()} baris nilai ({time.monotonic() - started:.1f} s)"
    )


@value.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def trade(file: Path) -> None:
    """Load a list of goods in and out from FILE (CSV or workbook): whole, or not at all."""
    database.ready(lambda _line: None)
    from django.conf import settings
    from django.utils import timezone

    from lontar.access.scope import acting_in
    from lontar.engines.tabular import UnreadableFile
    from lontar.registry.models import Commodity
    from lontar.value.actions import FaultyList, SameList, load_trade
    from lontar.value.rules.trade import read_file

    with acting_in(settings.PROGRAMME_ROOT):
        codes = list(Commodity.objects.values_list("code", flat=True))
        try:
            reading = read_file(file, file_name=file.name, commodities=codes, today=timezone.localdate())
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            load_trade(reading=reading, file_name=file.name, sha256=digest, by=None, at=timezone.now())
        except UnreadableFile as problem:
            _stop(problem.message)
        except SameList as refused:
            _stop(refused.reason)
        except FaultyList as refused:
            for fault in refused.faults:
                click.echo(f"  baris {fault.row}, {fault.column}: “{fault.value}” – {fault.cure}", err=True)
            _stop(refused.reason)
    click.echo(f"{len(reading.lines)} angka dimuat dari {file.name}")
