"""`lontar verdict …`: make the verdict of a quarter, show it, and compute it again, for operators and scripts."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from lontar.cli import database


def _stop(message: str) -> NoReturn:
    click.echo(f"lontar: {message}", err=True)
    sys.exit(1)


@click.group()
def verdict() -> None:
    """Verdicts: did turnover rise, did jobs grow, did enterprises move up a class."""


@verdict.command()
@click.argument("quarter")
def make(quarter: str) -> None:
    """Compute the verdict as at the end of QUARTER (2026-T3) from the accepted returns, and keep it."""
    database.ready(lambda _line: None)
    from django.utils import timezone

    from lontar.access.policies import Refused
    from lontar.engines.periods import PeriodError, parse_quarter
    from lontar.verdicts import actions

    try:
        made = actions.make_verdict(quarter=parse_quarter(quarter), by=None, post=None, at=timezone.now())
    except PeriodError as refused:
        _stop(str(refused))
    except Refused as refused:
        _stop(refused.reason)
    _show(made.pk)


@verdict.command()
@click.argument("quarter")
def check(quarter: str) -> None:
    """Compute the newest verdict of QUARTER again from what it was made of; status 1 where anything differs."""
    database.ready(lambda _line: None)
    from lontar.verdicts import queries

    found = queries.newest(quarter)
    if found is None:
        _stop(f"belum ada putusan atas triwulan “{quarter[:20]}”. Tulis misalnya 2026-T3.")
    try:
        again = queries.checked(found)
    except FileNotFoundError:
        _stop(f"masukan putusan {found} (SHA-256 {found.inputs_sha256}) tidak ada lagi di instalasi ini.")
    code = "versi program sama" if again.same_code else f"dibuat dengan versi program lain ({found.code_version})"
    if not again.is_same:
        _stop(f"putusan {found} tidak terhitung sama: {again.sha256} ≠ {found.result_sha256}; {code}.")
    click.echo(f"Putusan {found} terhitung sama: {again.sha256}; {code}.")


def _show(pk: int) -> None:
    from lontar.verdicts import queries
    from lontar.verdicts.models import Verdict
    from lontar.verdicts.presenters.words import sentence_of

    found = Verdict.objects.get(pk=pk)
    told = queries.told(found)
    click.echo(f"Putusan {found}: {found.returns} laporan, {found.producers} produsen, {found.units} unit")
    for one in told.programme.values():
        said = sentence_of(one)
        click.echo(f"  {said.text} {said.sure} {said.why}".rstrip())
    click.echo(f"  SHA-256 masukan {found.inputs_sha256}")
    click.echo(f"  SHA-256 hasil   {found.result_sha256}")
