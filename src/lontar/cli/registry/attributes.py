"""`lontar attributes`: figures and words about regions, such as a village index, from a wide CSV or workbook."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lontar.cli.registry.telling import DryRun, Refusal, listed, prepare, shown, stages, table

if TYPE_CHECKING:
    from lontar.registry.actions import AttributesChanged, AttributeSheet


@click.group()
def attributes() -> None:
    """Attributes of regions: a figure or word per region and day, each with its source."""


@attributes.command("seats")
def seats() -> None:
    """Bring the capitals of the kabupaten/kota that come with the system, where the registry has none of that day yet."""
    prepare()
    click.echo(f"{shown(bring_seats())} ibu kota kabupaten/kota dicatat")


def bring_seats() -> int:
    """Record the shipped capitals of regions that are in the registry and have none; how many."""
    from django.utils import timezone

    from lontar.engines.regions.seats import AS_OF, SEAT, SEATS, SOURCE
    from lontar.registry.actions import AttributeSheet, import_attributes
    from lontar.registry.models import Region, RegionAttribute

    known = set(Region.objects.filter(code__in=[*SEATS, *SEATS.values()]).values_list("code", flat=True))
    held = set(RegionAttribute.objects.filter(key=SEAT).values_list("region_id", flat=True))
    new = {code: seat for code, seat in SEATS.items() if code not in held and {code, seat} <= known}
    if new:
        sheet = AttributeSheet({SEAT: new}, key_column="kode", system=None, foreign=0, skipped=(), notes=())
        import_attributes(sheet, as_of=AS_OF, source=SOURCE, by=None, at=timezone.now())
    return len(new)


@attributes.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--date", "as_of", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day the figures stand for."
)
@click.option("--source", required=True, help="Who published them, and where.")
@click.option("--key-column", default="", help="Header of the column with region codes (either code system).")
@click.option("--columns", default="", help="Headers of the columns to take, with commas; all others when not given.")
@click.option("--unit", "units", multiple=True, metavar="KEY=UNIT", help="Unit of a column; may be repeated.")
@click.option("--skip-unknown", is_flag=True, help="Leave out rows whose code is no region here, and list them.")
@click.option("--dry-run", is_flag=True, help="Show what would change, change nothing.")
def import_(
    file: Path,
    *,
    as_of: datetime,
    source: str,
    key_column: str,
    columns: str,
    units: tuple[str, ...],
    skip_unknown: bool,
    dry_run: bool,
) -> None:
    """Import a sheet (CSV, XLSX, XLS, ODS): one row per region, one column per attribute, a number or a word each.

    Example: lontar attributes import idm.csv --date 2024-12-31 --source "Kemendesa, IDM 2024"
    """
    prepare()
    from django.db import transaction
    from django.utils import timezone

    from lontar.engines.tabular import UnreadableFile, read_table
    from lontar.registry.actions import AttributesRefused, import_attributes, read_attributes
    from lontar.registry.queries import gazetteer

    named = _units(units)
    changed: AttributesChanged | None = None
    try:
        with stages() as say, transaction.atomic():
            say(f"membaca {file.name}")
            sheet = read_attributes(
                read_table(file, filename=file.name),
                gazetteer(),
                key_column=key_column,
                columns=[word.strip() for word in columns.split(",") if word.strip()],
                skip_unknown=skip_unknown,
            )
            if strange := sorted(named.keys() - sheet.values.keys()):
                raise Refusal(
                    [f"--unit {key}: tidak ada atribut itu; yang ada: {', '.join(sheet.values)}." for key in strange]
                )
            say(f"menyimpan {shown(sum(map(len, sheet.values.values())))} nilai")
            changed = import_attributes(
                sheet, as_of=as_of.date(), source=source[:200], units=named, by=None, at=timezone.now()
            )
            if dry_run:
                raise DryRun
    except DryRun:
        click.echo("Uji coba: tidak ada yang diubah.")
    except UnreadableFile as unreadable:
        raise Refusal([unreadable.message]) from unreadable
    except AttributesRefused as refused:
        raise Refusal(refused.problems) from refused
    if changed is not None:
        _tell(sheet, changed)


def _units(written: tuple[str, ...]) -> dict[str, str]:
    """The units by key; refuses what is not KEY=UNIT."""
    wrong = [unit for unit in written if not all(part.strip() for part in unit.partition("="))]
    if wrong:
        raise Refusal([f"--unit {unit}: tulis KUNCI=SATUAN, contohnya luas=ha." for unit in wrong])
    return {key.strip(): unit.strip()[:20] for key, _, unit in (text.partition("=") for text in written)}


def _tell(sheet: AttributeSheet, changed: AttributesChanged) -> None:
    from decimal import Decimal

    rows = []
    for key, held in sheet.values.items():
        kind = "angka" if isinstance(next(iter(held.values())), Decimal) else "kata"
        rows.append([key, kind, len(held), changed.added[key], changed.changed[key], changed.unchanged[key]])
    table(["Atribut", "Isi", "Wilayah", "Baru", "Berubah", "Sama"], rows)
    if sheet.foreign:
        click.echo(f"\n{shown(sheet.foreign)} baris milik provinsi lain dilewati.")
    listed("Baris dilewati", list(sheet.skipped))
    for note in sheet.notes:
        click.echo(note)
