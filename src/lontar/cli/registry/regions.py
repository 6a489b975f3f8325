"""`lontar regions`: load, import, show, find, succeed. The work is done by the registry's actions and queries."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lontar.cli.registry.telling import DryRun, Refusal, listed, prepare, shown, stages, table

if TYPE_CHECKING:
    from lontar.engines.regions import RegionRow
    from lontar.registry.actions import RegionsChanged

PACKAGES = ("idn-area-data", "geografis")
LEVEL_WORDS = {
    "province": "provinsi",
    "regency": "kabupaten/kota",
    "district": "kecamatan",
    "village": "desa/kelurahan",
}


@click.group()
def regions() -> None:
    """Provinces, kabupaten/kota, kecamatan and desa/kelurahan: load, import, look up, record successions."""


@regions.command()
@click.option("--rebuild", is_flag=True, help="Build the compact table anew even when it stands already.")
def load(rebuild: bool) -> None:
    """Load the regions of the programme from the packages idn-area-data (ODbL) and geografis (MIT).

    The compact table is built once into LONTAR_DATA/regions; the packages are sought in frontend/node_modules or
    LONTAR_NODE_MODULES. Refuses anything but 22/315/3,442 with the counts per kabupaten/kota of Table 1. Safe to repeat.
    """
    prepare()
    from django.conf import settings
    from django.utils import timezone

    from lontar.registry.actions import RegionsRefused, load_official_totals, load_regions

    with stages() as say:
        say("membaca tabel wilayah")
        rows, source = _compact_table(settings.PROGRAMME_ROOT, rebuild=rebuild)
        say(f"memuat {shown(len(rows))} wilayah")
        try:
            now = timezone.now()
            changed = load_regions(rows, province=settings.PROGRAMME_ROOT, source=source, by=None, at=now)
            totals = load_official_totals(by=None, at=now)
        except RegionsRefused as refused:
            raise Refusal(refused.problems) from refused
    _tell(changed)
    if totals:
        click.echo(f"\nAngka resmi Tabel 1 ditambahkan: {shown(totals)} angka.")


def _node_modules() -> Path:
    given = os.environ.get("LONTAR_NODE_MODULES")
    from lontar.host import places

    return Path(given).expanduser() if given else places.CHECKOUT / "frontend" / "node_modules"


def _compact_table(province: str, *, rebuild: bool) -> tuple[list[RegionRow], str]:
    """Rows and their source, from the kept table, or from the packages when there is none or they are newer ones."""
    from lontar.engines.regions import UnreadableRegions, from_packages, read_table, write_table
    from lontar.host import places

    folder = places.inside("regions")
    kept, stamp = folder / f"{province}.csv", folder / f"{province}.source"
    source = _versions(_node_modules())
    try:
        if not rebuild and kept.exists() and stamp.exists() and source in ("", stamp.read_text().strip()):
            return read_table(kept), stamp.read_text().strip()
        if not source:
            raise Refusal(
                [
                    f"Paket {' dan '.join(PACKAGES)} tidak ditemukan di {_node_modules()}. "
                    "Jalankan `npm ci` di folder frontend, atau isi LONTAR_NODE_MODULES."
                ]
            )
        rows = from_packages(_node_modules() / PACKAGES[0], _node_modules() / PACKAGES[1], province=province)
    except UnreadableRegions as unreadable:
        raise Refusal(unreadable.problems) from unreadable
    draft = kept.with_suffix(f".{os.getpid()}")
    write_table(rows, draft)
    draft.replace(kept)
    stamp.write_text(source + "\n")
    return rows, source


def _versions(modules: Path) -> str:
    """`idn-area-data 4.0.1 (ODbL); geografis 1.3.2 (MIT)` after the packages' own words; "" when one is missing."""
    parts = []
    for name in PACKAGES:
        try:
            about = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ""
        parts.append(f"{name} {about.get('version', '?')}")
    return "; ".join(parts)


@regions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change, change nothing.")
@click.option("--source", default="", help="Where the list comes from; the file's name when not given.")
def import_(file: Path, dry_run: bool, source: str) -> None:
    """Import a whole region list (CSV): names, BPS codes and points replace ours, blanks keep ours.

    Columns kemendagri_code and name, and where known bps_code, lat, lon, level, kind, parent_code. Refuses anything but
    22/315/3,442 with the counts per kabupaten/kota of Table 1.
    """
    prepare()
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from lontar.engines.regions import UnreadableRegions, read_csv
    from lontar.registry.actions import RegionsRefused, import_regions

    changed: RegionsChanged | None = None
    try:
        with stages() as say, transaction.atomic():
            say(f"membaca {file.name}")
            rows = read_csv(file)
            say(f"membandingkan {shown(len(rows))} wilayah")
            name = (source or file.name)[:200]
            changed = import_regions(rows, province=settings.PROGRAMME_ROOT, source=name, by=None, at=timezone.now())
            if dry_run:
                raise DryRun
    except DryRun:
        click.echo("Uji coba: tidak ada yang diubah.")
    except (UnreadableRegions, RegionsRefused) as refused:
        raise Refusal(refused.problems) from refused
    if changed is not None:
        _tell(changed)


def _tell(changed: RegionsChanged) -> None:
    from django.conf import settings

    from lontar.registry.queries import region_totals

    totals = region_totals(settings.PROGRAMME_ROOT)
    table(
        ["Tingkat", "Jumlah", "Berkode BPS", "Titik tepat", "Titik perkiraan", "Tanpa titik"],
        [
            [LEVEL_WORDS[row.level], row.number, row.bps_coded, row.exact, row.approximate, row.pointless]
            for row in totals
        ],
    )
    if changed.is_nothing:
        click.echo(f"\nTidak ada perubahan: {shown(changed.total)} wilayah sudah sama.")
    listed("Ditambahkan", changed.added)
    listed("Berganti nama", [f"{code}  {old} → {new}" for code, old, new in changed.renamed])
    listed("Kode BPS", [f"{code}  {old or '—'} → {new}" for code, old, new in changed.bps_coded])
    listed("Titik berubah", changed.moved)
    listed("Berakhir (tidak ada lagi dalam daftar)", changed.ended)
    listed("Berlaku lagi", changed.reinstated)


@regions.command()
@click.argument("code")
def show(code: str) -> None:
    """Show one region: its path, codes, point, what lies beneath, whom it followed."""
    prepare()
    from lontar.engines.regions import InvalidRegionCode, normalise_code
    from lontar.registry.queries import counts_within, region_card

    try:
        card = region_card(normalise_code(code))
    except InvalidRegionCode as invalid:
        raise Refusal([str(invalid)]) from invalid
    if card is None:
        raise Refusal([f"Kode {code} tidak ada dalam daftar wilayah. Cari dengan `lontar regions find`."])
    counts = counts_within(card.code)
    click.echo(f"{card.name} ({card.code})")
    point = "tidak ada" if card.lat is None else f"{card.lat}, {card.lon} ({card.point_quality})"
    lines = [
        ("Jalur", " › ".join(name for _code, name in card.path)),
        ("Jenis", card.kind.replace("_", " ")),
        ("Kode BPS", card.bps_code or "belum ada"),
        ("Titik", point),
        ("Berlaku", _period(card.valid_from, card.valid_until)),
        ("Wilayah di bawahnya", f"{shown(card.children)} langsung, {shown(card.villages)} desa/kelurahan"),
        ("Usaha", f"{shown(counts.registered)} terdaftar, {shown(counts.verified)} terverifikasi"),
        ("Sumber", card.source),
        *[
            ("Menggantikan", f"{old} ({kind}, {day.isoformat()}) {decree}")
            for old, kind, day, decree in card.predecessors
        ],
        *[("Digantikan", f"{new} ({kind}, {day.isoformat()}) {decree}") for new, kind, day, decree in card.successors],
    ]
    for title, words in lines:
        click.echo(f"  {title:<20} {words}".rstrip())


def _period(begins: object, ends: object) -> str:
    if begins is None and ends is None:
        return "ya"
    return " ".join(part for part in (f"mulai {begins}" if begins else "", f"sampai {ends}" if ends else "") if part)


@regions.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 50))
def find(text: tuple[str, ...], limit: int) -> None:
    """Find the region that a free text means, for example: lontar regions find desa obe kec fafinesu.

    Ends with status 1 when the text does not settle on one region; the candidates are printed then too.
    """
    prepare()
    from lontar.engines.places import PlaceQuery, resolve
    from lontar.registry.queries import gazetteer

    answer = resolve(gazetteer(), PlaceQuery(text=" ".join(text)), limit=limit)
    if answer.candidates:
        table(
            ["Kode", "Wilayah", "Jalur", "Skor", "Alasan"],
            [
                [found.code, found.name, found.path_text, f"{found.score:.0f}", found.reason]
                for found in answer.candidates
            ],
        )
    click.echo(answer.message or (f"Yang dimaksud: {answer.code}" if answer.code else ""))
    if answer.code is None:
        raise SystemExit(1)


@regions.command()
@click.argument("old")
@click.argument("new")
@click.option("--kind", required=True, type=click.Choice(["split", "merge", "rename"]), help="How NEW follows OLD.")
@click.option("--date", "on_date", required=True, type=click.DateTime(["%Y-%m-%d"]), help="From which day on.")
@click.option("--decree", default="", help="The decree that says so.")
def succeed(old: str, new: str, *, kind: str, on_date: datetime, decree: str) -> None:
    """Record that region NEW follows region OLD (split, merged, or given a new code)."""
    prepare()
    from django.utils import timezone

    from lontar.engines.regions import InvalidRegionCode, normalise_code
    from lontar.registry.actions import RegionsRefused, succeed_region
    from lontar.registry.states import SuccessionKind

    try:
        made = succeed_region(
            normalise_code(old),
            normalise_code(new),
            kind=SuccessionKind(kind),
            on_date=on_date.date(),
            decree=decree,
            by=None,
            at=timezone.now(),
        )
    except InvalidRegionCode as invalid:
        raise Refusal([str(invalid)]) from invalid
    except RegionsRefused as refused:
        raise Refusal(refused.problems) from refused
    click.echo(f"Dicatat: {made.old_id} → {made.new_id} ({made.get_kind_display()}), mulai {made.on_date.isoformat()}.")
