"""`lontar papers`: the papers that were issued, one of them, and whether a file is one of them byte for byte."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import click

from lontar.cli import database

LARGEST = 20_000_000


@click.group()
def papers() -> None:
    """Issued papers: list them, show one, verify a file."""


@papers.command("list")
@click.option("--kind", default="", help="Slug of a kind, such as flagship.")
@click.option("--region", default="", help="Code of a region; papers of it and beneath.")
@click.option("--in-force", is_flag=True, help="Only papers that were neither replaced nor revoked.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
def list_papers(kind: str, region: str, limit: int, *, in_force: bool) -> None:
    """Code, number, day, state and title of papers, newest first; columns are parted by tabs."""
    database.ready(lambda _line: None)
    from django.conf import settings
    from django.utils import timezone

    from lontar.documents.queries import Asked

    asked = Asked(region or settings.PROGRAMME_ROOT, kind=kind, state="in_force" if in_force else "")
    for one in islice(asked.rows()[:limit].iterator(chunk_size=2_000), limit):
        state = getattr(one, "fate", None)
        day = timezone.localtime(one.issued_at).date().isoformat()
        click.echo("\t".join((one.code, one.number, day, state.kind if state else "in_force", one.title)))


@papers.command()
@click.argument("code")
def show(code: str) -> None:
    """The public facts of a paper as JSON; status 1 when no paper bears the code."""
    database.ready(lambda _line: None)
    from lontar.documents.api import told
    from lontar.documents.queries import paper

    found = paper(code)
    if found is None:
        click.echo(f"lontar: tidak ada surat berkode {code}. Periksa penulisannya.", err=True)
        sys.exit(1)
    click.echo(told(found).model_dump_json(indent=1))


@papers.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Whether FILE is an issued paper, byte for byte, in force, and whether its signatures hold.

    Status 0: issued and in force; 1: not an issued file, or changed; 2: issued, but no longer in force.
    """
    if file.stat().st_size > LARGEST:
        click.echo(f"lontar: {file} lebih besar dari 20 MB; surat Lontar tidak sebesar itu.", err=True)
        sys.exit(1)
    database.ready(lambda _line: None)
    from lontar.documents.queries import check_file

    found = check_file(file.read_bytes())
    click.echo(f"sha256: {found.sha256}")
    for one in found.signatures or ():
        state = "utuh" if one.is_good else "BERUBAH sesudah ditandatangani"
        click.echo(f"tanda tangan: {one.signer} ({one.trust.value}), {state}")
    if found.paper is None:
        click.echo("Bukan berkas yang diterbitkan: tidak ada surat dengan isi ini.")
        sys.exit(1)
    paper = found.paper
    click.echo(f"surat: {paper.number} – {paper.title} ({paper.code})")
    if paper.fate is None:
        click.echo("Asli dan masih berlaku.")
        return
    successor = f", diganti {paper.fate.successor[0]}" if paper.fate.successor[0] else ""
    click.echo(f"Asli, tetapi tidak berlaku lagi: {paper.fate.kind.label}{successor}. {paper.fate.reason}")
    sys.exit(2)
