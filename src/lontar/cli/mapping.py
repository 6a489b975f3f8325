"""`lontar mapping …`: issue the mapping document of a region and put its files into a folder, for operators and scripts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from lontar.cli import database

if TYPE_CHECKING:
    from lontar.access.models import Post
    from lontar.mapping.models import MappingDocument

_LOCAL = "http://localhost:8000"


def _stop(message: str) -> NoReturn:
    click.echo(f"lontar: {message}", err=True)
    sys.exit(1)


@click.group()
def mapping() -> None:
    """The decreed mapping document: PDF/A and Word per region."""


@mapping.command()
@click.option("--region", "code", required=True, help="Code of the province or kabupaten/kota, for example 53.09.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the files.")
@click.option("--post", "post_code", default="", help="Code of the post that issues; else the first that may.")
def issue(code: str, out: Path, post_code: str) -> None:
    """Issue the next version, or take the present one where no figure has changed, and write both files to OUT.

    The QR code leads to LONTAR_PUBLIC_ADDRESS.
    """
    database.ready(lambda _line: None)
    from django.utils import timezone

    from lontar.access.policies import Refused
    from lontar.access.scope import acting_in
    from lontar.mapping import actions
    from lontar.mapping.steps.run import run
    from lontar.registry.models import Region

    region = Region.objects.filter(code=code, level__in=("province", "regency")).first()
    if region is None:
        _stop(f"“{code}” bukan kode provinsi atau kabupaten/kota; tulis misalnya 53 atau 53.09.")
    post = _post(code, post_code)
    with acting_in(post.region_code):
        try:
            asked = actions.request_document(region=region, base=_base(), post=post, by=None, at=timezone.now())
        except Refused as refused:
            _stop(refused.reason)
        run(asked.pk)
        asked.refresh_from_db()
    if asked.document is None:
        _stop(asked.problem or "Dokumen sedang disusun oleh pekerja; jalankan lagi sebentar lagi.")
    if asked.state == "unchanged":
        click.echo(f"Tidak ada angka yang berubah sejak versi {asked.document.version}; versi itu yang ditulis.")
    _write(asked.document, out)


def _base() -> str:
    from django.conf import settings

    if not settings.PUBLIC_ADDRESS:
        click.echo(f"lontar: LONTAR_PUBLIC_ADDRESS belum diisi; kode QR menuju {_LOCAL}.", err=True)
    return settings.PUBLIC_ADDRESS or _LOCAL


def _post(code: str, post_code: str) -> Post:
    """The post named, else the first active one that may issue for the region, nearest to it first."""
    from django.db.models.functions import Length

    from lontar.access.models import Post
    from lontar.mapping.policies import ISSUERS, check_issue_document

    found = Post.objects.filter(is_active=True).select_related("agency")
    if post_code:
        post = found.filter(code=post_code).first()
        if post is None:
            _stop(f"jabatan “{post_code}” tidak ada atau tidak aktif.")
        return post
    for post in found.filter(role__in=ISSUERS).order_by(Length("region_code").desc(), "pk"):
        if check_issue_document.can(post, code):
            return post
    _stop("belum ada jabatan yang boleh menerbitkan dokumen wilayah ini. Buat dahulu di /kantor/akses/jabatan/.")


def _write(document: MappingDocument, out: Path) -> None:
    from lontar.mapping.steps import keeping

    out.mkdir(parents=True, exist_ok=True)
    for kind, sha256 in (("pdf", document.pdf_sha256), ("docx", document.docx_sha256)):
        path = out / f"pemetaan-{document.region_id}-versi-{document.version}.{kind}"
        path.write_bytes(keeping.read(sha256))
        click.echo(f"{path}  SHA-256 {sha256}")
    click.echo(f"{document.number}, kode periksa {document.code}: {document.address}")
