"""`lontar report verify`: a report's files against manifest, prints, statistics and chain; on the server also the snapshot."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from lontar.engines.reporting import Verification

_QUARTER = re.compile(r"\d{4}-T[1-4]")


@click.command()
@click.argument("what", metavar="FOLDER|QUARTER")
@click.option("--previous", default="", help="Folder of the report before, or the SHA-256 of its manifest.")
@click.option("--manifest", default="", help="SHA-256 of the manifest as printed on the signed paper.")
def verify(what: str, previous: str, manifest: str) -> None:
    """Verify a downloaded report, or on the server a published quarter (for example 2026-T3).

    Ends with status 1 when anything differs; every difference is named with file, row, column and the value found.
    """
    started = time.monotonic()
    folder = Path(what)
    if _QUARTER.fullmatch(what) and not folder.exists():
        done = _on_the_server(what)
    else:
        from lontar.engines.reporting import verify as checked

        before: Path | str | None = Path(previous) if previous and Path(previous).exists() else previous or None
        done = checked(folder, before, manifest_sha256=manifest)
    _tell(done, time.monotonic() - started)
    if not done.is_sound:
        sys.exit(1)


def _tell(done: Verification, seconds: float) -> None:
    for finding in done.findings:
        click.echo(f"TIDAK COCOK  {finding}", err=True)
    if done.manifest_sha256:
        click.echo(f"SHA-256 manifes {done.manifest_sha256}")
    word = "utuh" if done.is_sound else f"{len(done.findings)} hal tidak cocok"
    click.echo(
        f"Laporan {done.quarter or '–'} nomor {done.number}: {word}; {done.files} berkas, {done.figures} angka dihitung ulang"
        f" ({seconds:.1f} s). Rantai: {done.chain or 'tidak dapat diperiksa'}."
    )


def _on_the_server(quarter: str) -> Verification:
    from lontar.cli import database

    database.ready(lambda _line: None)
    from django.conf import settings

    from lontar.access.policies import Refused
    from lontar.access.scope import acting_in
    from lontar.reports.steps.folders import FolderLost
    from lontar.reports.steps.proving import verify_published

    with acting_in(settings.PROGRAMME_ROOT):
        try:
            return verify_published(quarter)
        except (Refused, FolderLost) as problem:
            click.echo(f"lontar: {problem}", err=True)
            sys.exit(1)
