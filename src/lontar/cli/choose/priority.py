"""`lontar choose priority`: the picks of a plan of ninety days, or what clashes, as JSON; nothing is saved."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any, NoReturn

import click

from lontar.cli import database

EXAMPLE = """region = "53"
start = 2026-12-01
size = 10
per_regency_most = 1
per_island_least = 1
budget = 200000000
flagships_least = 2
pillars = { osop = 1 }
categories = { weaving = { least = 1, most = 3 }, fresh = { most = 0 } }
must = ["53.09.02.2010"]
must_not = []
"""


def _stop(message: str) -> NoReturn:
    click.echo(f"lontar: {message}", err=True)
    sys.exit(1)


@click.command()
@click.option(
    "--constraints", type=click.Path(dir_okay=False, path_type=Path), help="TOML or JSON file with the limits."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="JSON file for the answer.")
@click.option("--example", is_flag=True, help="Print an example of the limits and end.")
def priority(constraints: Path | None, out: Path | None, *, example: bool) -> None:
    """Pick the units that are most ready under the limits of a file, to the proven optimum.

    Ends with status 2, and writes what clashes and the cheapest relaxation, when no choice meets all limits.
    """
    if example:
        click.echo(EXAMPLE, nl=False)
        return
    if constraints is None or out is None:
        _stop("--constraints FILE dan --out FILE wajib diisi; contoh isi: lontar choose priority --example.")
    given = _read(constraints)
    database.ready(lambda _line: None)
    answer = _solved(given)
    out.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if answer["clash"]:
        for line in answer["clash"]["clashing"]:
            click.echo(f"bertabrakan: {line}", err=True)
        for line in answer["clash"]["changes"]:
            click.echo(f"pelonggaran termurah: {line}", err=True)
        sys.exit(2)
    proof = "optimum terbukti" if answer["is_proven"] else f"selisih {answer['gap']:.4%}"
    click.echo(f"{len(answer['picks'])} dari {answer['offers']} calon, {proof}, {answer['seconds']} s: {out}")


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
    except OSError as problem:
        _stop(f"{path} tidak dapat dibaca ({problem.strerror}). Periksa letak berkasnya.")
    except UnicodeDecodeError:
        _stop(f"{path} bukan teks UTF-8. Simpan ulang sebagai UTF-8.")
    try:
        found = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as problem:
        _stop(f"{path} tidak terbaca: {problem}. Contoh isi: lontar choose priority --example.")
    if not isinstance(found, dict):
        _stop(f"{path}: isinya bukan tabel. Contoh isi: lontar choose priority --example.")
    return found


def _solved(given: dict[str, Any]) -> dict[str, Any]:
    from django.conf import settings
    from django.utils import timezone

    from lontar.access.scope import acting_in
    from lontar.priority.api import answer
    from lontar.priority.queries.plans import names_for
    from lontar.priority.queries.readiness import NoRules, readiness, rules_on
    from lontar.priority.queries.solving import solve
    from lontar.priority.rules.wanted import WantedInvalid, read_wanted

    with acting_in(settings.PROGRAMME_ROOT):
        try:
            wanted = read_wanted(given, today=timezone.localdate())
            rules = rules_on(wanted.start)
            units = readiness(wanted.region, wanted.start, rules)
            return answer(solve(wanted, units, names_for(units)))
        except (WantedInvalid, NoRules) as problem:
            _stop(str(problem))
