"""`lontar intake …` and `lontar template`: send a file, follow it, move it. Everything happens in `intake.actions`."""

from __future__ import annotations

import json
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from lontar.cli import database

if TYPE_CHECKING:
    from lontar.access.models import Agency, Post
    from lontar.intake.models import Batch

_DATASETS = ("enterprises", "potential", "products", "licences", "schools", "communities")


def _stop(message: str) -> NoReturn:
    click.echo(f"lontar: {message}", err=True)
    sys.exit(1)


@click.group()
def intake() -> None:
    """Lists of the agencies: send, follow, cancel, resume."""


@intake.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dataset", required=True, type=click.Choice(_DATASETS), help="What the rows are.")
@click.option("--agency", required=True, help="Code of the agency that sends the list (see: lontar intake agencies).")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON: header → key.")
@click.option("--wait", is_flag=True, help="Stay until the batch is finished; without a worker, do the work here.")
def submit(file: Path, dataset: str, agency: str, mapping: Path | None, *, wait: bool) -> None:
    """Send FILE (XLSX, XLS, ODS, CSV) as a batch of DATASET."""
    database.ready(lambda _line: None)
    from django.utils import timezone

    from lontar.access.policies import Refused
    from lontar.access.scope import acting_in
    from lontar.intake import actions
    from lontar.intake.states import BatchState, Channel

    sender, post = _sender(agency)
    chosen = _mapping(mapping)
    with acting_in(post.region_code):
        try:
            with file.open("rb") as source:
                batch = actions.submit_file(
                    dataset=dataset, agency=sender, post=post, by=actions.operator(), source=source, file_name=file.name,
                    channel=Channel.COMMAND, at=timezone.now(), mapping=chosen,
                )  # fmt: skip
        except actions.SameFile as same:
            click.echo(str(same.reason))
            batch = same.batch
            if not chosen or batch.state != BatchState.NEEDS_MAPPING:
                _print(batch)
                return
            _confirm(batch, chosen)
            click.echo(f"Kolom kiriman #{batch.pk} dicocokkan dengan {mapping}.")
        except Refused as refused:
            _stop(refused.reason)
        else:
            click.echo(f"Kiriman #{batch.pk} diterima: {batch.file_name} ({batch.size / 1_048_576:.1f} MiB)")
        if wait:
            _wait(batch)


def _confirm(batch: Batch, mapping: dict[str, str]) -> None:
    """Say which column is which, for a batch that waits for it; what cannot be used is told."""
    from django.utils import timezone

    from lontar.access.policies import Refused
    from lontar.intake import actions

    try:
        actions.confirm_mapping(batch=batch, mapping=mapping, by=actions.operator(), at=timezone.now())
    except Refused as refused:
        _stop(refused.reason)


def _mapping(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        content = json.loads(path.read_text())
    except (UnicodeDecodeError, json.JSONDecodeError) as problem:
        _stop(f'{path}: bukan JSON ({problem}). Tulis misalnya {{"Nama Usaha": "name", "Kode Desa": "village_code"}}')
    if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
        _stop(f'{path}: tulis satu objek JSON, misalnya {{"Nama Usaha": "name", "Kode Desa": "village_code"}}')
    return {str(header): value for header, value in content.items()}


def _sender(code: str) -> tuple[Agency, Post]:
    from lontar.access.models import Agency
    from lontar.intake.actions import sending_post

    agency = Agency.objects.filter(code=code, is_active=True).first()
    if agency is None:
        codes = ", ".join(Agency.objects.filter(is_active=True).order_by("code").values_list("code", flat=True)[:60])
        _stop(f"instansi “{code}” tidak ada. Kode yang ada: {codes or '– (jalankan: lontar demo load)'}")
    post = sending_post(agency)
    if post is None:
        _stop(
            f"instansi “{code}” belum punya jabatan yang boleh mengirim data. Buat dahulu di /kantor/akses/instansi/."
        )
    return agency, post


def _wait(batch: Batch) -> None:
    """Show progress until the batch rests. With a living worker only watch; without one, carry it here."""
    from lontar.intake import queries

    if queries.is_worker_alive():
        _watch(batch)
    else:
        click.echo("Tidak ada pekerja (lontar worker) yang hidup; dikerjakan di sini.")
        _carry(batch)
    batch.refresh_from_db()
    _print(batch)
    if batch.state != "done":
        sys.exit(1)


def _carry(batch: Batch) -> None:
    from django.utils import timezone

    from lontar.intake.steps.moving import FAILED_MESSAGE
    from lontar.intake.steps.run import run

    def tell(done: int, total: int | None) -> None:
        click.echo(f"  {done:,} dari {total or 0:,} baris".replace(",", "."))

    try:
        run(batch.pk, clock=timezone.now, tell=tell)
    except Exception as fault:  # told in the log by `run`; here a person reads on
        raise click.ClickException(f"{FAILED_MESSAGE} (lontar intake resume {batch.pk})") from fault


def _watch(batch: Batch) -> None:
    shown = ""
    while True:
        batch.refresh_from_db()
        line = f"  {batch.get_stage_display()}: {batch.rows_done:,} dari {batch.rows_total or 0:,} baris".replace(
            ",", "."
        )
        if line != shown:
            click.echo(line)
            shown = line
        if batch.state not in {"received", "queued", "running"}:
            return
        time.sleep(0.25)


def _print(batch: Batch) -> None:
    from lontar.intake import queries

    def count(number: int | None) -> str:
        return f"{number or 0:,}".replace(",", ".")

    click.echo(f"Kiriman #{batch.pk} · {batch.dataset} · {batch.file_name} · {batch.get_state_display()}")
    if batch.problem:
        click.echo(f"  {batch.problem}")
    for note in batch.notes:
        click.echo(f"  Catatan: {note}")
    click.echo(
        f"  baris {count(batch.rows_total)} · baru {count(batch.rows_new)} · diperbarui {count(batch.rows_updated)} · "
        f"sama {count(batch.rows_unchanged)} · menunggu perbaikan {count(batch.rows_waiting)} · "
        f"sudah diterima {count(batch.rows_already)}"
    )
    if batch.started_at and batch.finished_at:
        click.echo(f"  {(batch.finished_at - batch.started_at).total_seconds():.1f} detik")
    for group in queries.issue_groups(batch)[:15]:
        click.echo(f"  [{group.severity}] {count(group.number)} × {group.rule} ({group.field}): {group.example}")
    if batch.state == "needs_mapping":
        _print_columns(batch)


def _print_columns(batch: Batch) -> None:
    click.echo(
        "  Kolom berkas dan usul pencocokannya (kirim ulang dengan --mapping BERKAS.json, atau cocokkan di layar):"
    )
    for column in batch.columns:
        target = column.get("suggested_target") or "?"
        score = column.get("suggested_score")
        click.echo(f"    {column['letter']:>3} {column['header']!r} → {target}{f' ({score:.2f})' if score else ''}")


def _found(number: int) -> Batch:
    from lontar.intake.models import Batch

    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        _stop(f"kiriman #{number} tidak ada")
    return batch


@intake.command()
@click.argument("batch", type=int)
def show(batch: int) -> None:
    """Show what became of BATCH: state, rows, findings by rule."""
    with _as_operator():
        _print(_found(batch))


@intake.command(name="list")
@click.option("--limit", default=20, show_default=True, help="How many, newest first.")
def list_batches(limit: int) -> None:
    """The latest batches."""
    with _as_operator():
        from lontar.intake.models import Batch

        for batch in Batch.objects.select_related("agency").order_by("-pk")[:limit]:
            click.echo(
                f"#{batch.pk:<5} {batch.created_at:%Y-%m-%d %H:%M} {batch.agency.code:<24} {batch.dataset:<12} "
                f"{batch.get_state_display():<24} {batch.rows_done:>9}/{batch.rows_total or 0:<9} {batch.file_name}"
            )


@intake.command()
def agencies() -> None:
    """Codes of the agencies that may send lists."""
    with _as_operator():
        from lontar.access.models import Agency
        from lontar.intake.policies import SENDERS

        senders = Agency.objects.filter(is_active=True, posts__role__in=SENDERS, posts__is_active=True).distinct()
        for agency in senders.order_by("code"):
            click.echo(f"{agency.code:<28} {agency.region_code:<14} {agency.name}")


@intake.command()
@click.argument("batch", type=int)
def cancel(batch: int) -> None:
    """Stop BATCH; rows that are in stay in."""
    _act(batch, "cancel_batch")


@intake.command()
@click.argument("batch", type=int)
def resume(batch: int) -> None:
    """Go on with a failed or cancelled BATCH after its last committed row."""
    _act(batch, "resume_batch")


@intake.command()
@click.argument("batch", type=int)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where to write the XLSX.")
@click.option("--all-rows", is_flag=True, help="All rows instead of only those that wait.")
def marked(batch: int, out: Path, *, all_rows: bool) -> None:
    """Write the workbook of BATCH with the findings marked, to correct and send again."""
    with _as_operator():
        from lontar.intake.steps.marking import write_marked_workbook

        write_marked_workbook(_found(batch), out, only_problem_rows=not all_rows)
        click.echo(f"Ditulis: {out}")


@intake.command()
@click.option("--region", default="", help="Code of the region to search; the whole programme when not given.")
def duplicates(region: str) -> None:
    """Search the registry for enterprises that stand twice; what is found waits for people in the review queue."""
    database.ready(lambda _line: None)
    from django.conf import settings
    from django.utils import timezone

    from lontar.intake import actions
    from lontar.intake.steps.duplicates import search_region
    from lontar.registry.models import Region

    code = region or settings.PROGRAMME_ROOT
    if not Region.objects.filter(code=code).exists():
        _stop(f"--region {code}: wilayah ini tidak ada. Tulis kode Kemendagri, misalnya 53.09.")
    begun = time.monotonic()
    records, pairs = search_region(code, by=actions.operator(), at=timezone.now())
    click.echo(
        f"{_dotted(records)} usaha diperiksa, {_dotted(pairs)} pasangan baru menunggu ditinjau "
        f"({time.monotonic() - begun:.1f} detik)"
    )


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _act(number: int, verb: str) -> None:
    with _as_operator():
        from django.utils import timezone

        from lontar.access.policies import Refused
        from lontar.intake import actions

        batch = _found(number)
        try:
            getattr(actions, verb)(batch=batch, by=actions.operator(), at=timezone.now())
        except Refused as refused:
            _stop(refused.reason)
        batch.refresh_from_db()
        _print(batch)


def _as_operator() -> AbstractContextManager[None]:
    database.ready(lambda _line: None)
    from django.conf import settings

    from lontar.access.scope import acting_in

    return acting_in(settings.PROGRAMME_ROOT)


@click.command()
@click.argument("dataset", type=click.Choice(_DATASETS))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where to write the XLSX.")
def template(dataset: str, out: Path) -> None:
    """Write an empty workbook for DATASET: drop-downs, examples, every column explained."""
    database.ready(lambda _line: None)
    from lontar.intake.steps.marking import write_template_workbook

    write_template_workbook(dataset, out)
    click.echo(f"Ditulis: {out}")
