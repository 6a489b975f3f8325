"""`lontar report build|publish|sheets`: the same actions as in the office, for operators and scripts."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from lontar.cli import database

if TYPE_CHECKING:
    from lontar.access.models import Post
    from lontar.engines.periods import Quarter


def _stop(message: str) -> NoReturn:
    click.echo(f"lontar: {message}", err=True)
    sys.exit(1)


@contextmanager
def _acting(quarter: str) -> Iterator[Quarter]:
    """The whole programme in sight, and refusals told in one line."""
    database.ready(lambda _line: None)
    from django.conf import settings

    from lontar.access.policies import Refused
    from lontar.access.scope import acting_in
    from lontar.engines.periods import PeriodError, parse_quarter

    try:
        asked = parse_quarter(quarter)
        with acting_in(settings.PROGRAMME_ROOT):
            yield asked
    except (PeriodError, Refused) as problem:
        _stop(str(problem))


def _post(code: str) -> Post:
    """The post named, else the first active one that may publish."""
    from lontar.access.models import Post
    from lontar.reports.policies import check_publish_report

    found = Post.objects.filter(is_active=True).select_related("agency").order_by("pk")
    if code:
        found = found.filter(code=code)
    post = next((one for one in found if check_publish_report.can(one)), None)
    if post is None:
        _stop("tidak ada jabatan aktif yang boleh menerbitkan laporan. Buat dahulu di /kantor/akses/jabatan/.")
    return post


@click.command()
@click.argument("quarter")
@click.option("--post", "post_code", default="", help="Code of the post that builds; else the first that may.")
def build(quarter: str, post_code: str) -> None:
    """Build the draft of a closed quarter, for example 2026-T3; it can then be looked at in the office."""
    started = time.monotonic()
    with _acting(quarter) as asked:
        from django.utils import timezone

        from lontar.reports.actions import build_report
        from lontar.reports.steps.folders import draft_folder

        draft = build_report(quarter=asked, post=_post(post_code), by=None, at=timezone.now())
        click.echo(f"Rancangan laporan {draft.quarter}, {draft.figures} angka ({time.monotonic() - started:.1f} s)")
        click.echo(f"  {draft_folder(draft.manifest_sha256)}")
        click.echo(f"  SHA-256 manifes {draft.manifest_sha256}; lihat di /kantor/laporan/rancangan/{draft.pk}/")


@click.command()
@click.argument("quarter")
@click.option("--post", "post_code", default="", help="Code of the post that publishes; else the first that may.")
@click.confirmation_option(prompt="Laporan yang terbit tidak dapat diubah atau ditarik. Terbitkan?")
def publish(quarter: str, post_code: str) -> None:
    """Publish the newest draft of a quarter for good, with number, signature and QR code."""
    with _acting(quarter) as asked:
        from django.utils import timezone

        from lontar.reports.actions import publish_report
        from lontar.reports.models import Draft

        draft = Draft.objects.newest_of(asked.label).first()
        if draft is None:
            _stop(f"{asked} belum punya rancangan. Jalankan: lontar report build {asked.label}")
        report = publish_report(draft=draft, post=_post(post_code), by=None, at=timezone.now())
        click.echo(f"Laporan nomor {report.number}, {report.quarter}: surat {report.paper.number}")
        click.echo(f"  {report.paper.address}  SHA-256 manifes {report.manifest_sha256}")


@click.command()
@click.argument("quarter")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the pages.")
def sheets(quarter: str, out: Path) -> None:
    """Write the one-page reports (PDF) of every kabupaten and every designated village of a published quarter."""
    started = time.monotonic()
    with _acting(quarter) as asked:
        from lontar.reports.steps.sheets import write_sheets

        count = write_sheets(asked.label, out)
        click.echo(f"{count} halaman ditulis ke {out} ({time.monotonic() - started:.1f} s)")
