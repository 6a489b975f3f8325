"""`lontar boundaries`: outlines of regions from GeoJSON, GeoPackage or shapefile, with either code system."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lontar.cli.registry.regions import LEVEL_WORDS
from lontar.cli.registry.telling import DryRun, Refusal, listed, prepare, shown, stages, table

if TYPE_CHECKING:
    from lontar.engines.boundaries import BoundaryFile, MatchReport
    from lontar.registry.actions import BoundariesChanged


@click.group()
def boundaries() -> None:
    """Outlines of kabupaten/kota, kecamatan and desa/kelurahan for the maps."""


@boundaries.command("import")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--level", type=click.Choice(["regency", "district", "village"]), help="Told by the codes when not given."
)
@click.option(
    "--system", type=click.Choice(["kemendagri", "bps"]), help="Code system; told by the file when not given."
)
@click.option("--code-column", default=None, help="Header of the column with codes, when several could be meant.")
@click.option("--crs", default=None, help="Coordinate system, when the file does not say it: EPSG:32751, for example.")
@click.option("--source", default="", help="Who published the outlines; the file's name when not given.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day the outlines stand for.")
@click.option("--dry-run", is_flag=True, help="Show what would change, change nothing.")
def import_(
    file: Path,
    *,
    level: str | None,
    system: str | None,
    code_column: str | None,
    crs: str | None,
    source: str,
    as_of: datetime | None,
    dry_run: bool,
) -> None:
    """Import outlines: GeoJSON, GeoPackage, or a shapefile (bare or zipped), with Kemendagri or BPS codes.

    Shapes are repaired and simplified for display. Villages without an outline show their kecamatan's. Regions that the
    file does not name keep the outline they have.
    """
    prepare()
    from django.db import transaction
    from django.utils import timezone

    from lontar.engines.boundaries import UnreadableBoundaries, match, read_boundaries
    from lontar.registry.actions import import_boundaries
    from lontar.registry.queries import gazetteer

    places, changed = gazetteer(), None
    if not len(places):
        raise Refusal(["Daftar wilayah masih kosong. Jalankan `lontar regions load` lebih dahulu."])
    try:
        with stages() as say, transaction.atomic():
            say(f"membaca {file.name}")
            found = read_boundaries(file, level=level, gazetteer=places, crs=crs, code_column=code_column)  # type: ignore[arg-type]  # click checked the choices
            say(f"mencocokkan {shown(len(found.features))} poligon")
            report = match(found.features, places, level=found.level, system=system)  # type: ignore[arg-type]  # as above
            if not report.matched:
                raise Refusal(["Tidak ada poligon yang cocok dengan wilayah di sini.", *_unmatched(report)])
            say(f"menyederhanakan dan menyimpan {shown(len(report.matched))} batas")
            changed = import_boundaries(
                report,
                source=(source or file.name)[:200],
                as_of=as_of.date() if as_of else None,
                by=None,
                at=timezone.now(),
            )
            if dry_run:
                raise DryRun
    except DryRun:
        click.echo("Uji coba: tidak ada yang diubah.")
    except UnreadableBoundaries as unreadable:
        raise Refusal([str(unreadable)]) from unreadable
    if changed is not None:
        _tell(found, report, changed=changed)


def _tell(found: BoundaryFile, report: MatchReport, *, changed: BoundariesChanged) -> None:
    system = "Kemendagri" if report.system == "kemendagri" else "BPS"
    click.echo(
        f"Lapisan {found.layer}, tingkat {LEVEL_WORDS[report.level]}, kode {system}"
        f" (kolom {found.code_column or 'tidak ada; memakai nama'}), koordinat {found.crs}.\n"
    )
    rows: list[tuple[str, int]] = [
        ("poligon dalam berkas", len(found.features)),
        ("cocok", len(report.matched)),
        ("  baru", changed.added),
        ("  menggantikan", changed.replaced),
        ("  sama", changed.unchanged),
        ("tidak cocok", len(report.unmatched)),
        ("provinsi lain", report.outside),
        ("wilayah tanpa poligon", len(report.missing)),
        ("desa memakai bentuk kecamatan", changed.lent),
        ("ukuran tersimpan (kB)", round(changed.size / 1000)),
    ]
    table(["Batas wilayah", "Jumlah"], rows)
    listed("Tidak cocok", _unmatched(report))
    listed("Wilayah tanpa poligon", list(report.missing))
    listed("Nama berbeda dari kode; periksa", [f"{one.code}  {one.doubt}" for one in report.matched if one.doubt])
    for note in (*found.notes, *report.notes):
        click.echo(note)


def _unmatched(report: MatchReport) -> list[str]:
    return [
        f"{one.code_raw or '—'} {one.name}: {one.message}"
        + (f" Mungkin {one.suggestion} ({one.suggestion_code})." if one.suggestion else "")
        for one in report.unmatched
    ]
