"""`lontar choose rank`: compute the ranking of all units by a criteria set and write it to a file, by the same action as the
screen."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from lontar.cli import database

if TYPE_CHECKING:
    import polars as pl

    from lontar.selection.models import CandidateRun, SetVersion

SUFFIXES = (".csv", ".xlsx", ".parquet")
_PATIENCE, _POLL = 600, 0.5  # seconds that a run in a worker's hands is waited for, and between two looks


def _stop(message: str) -> NoReturn:
    click.echo(f"lontar: {message}", err=True)
    sys.exit(1)


@click.command()
@click.option("--villages", "region", default="all", help="all, or the code of a region whose units are written.")
@click.option(
    "--criteria", "set_key", default="wilayah", help="Key of the criteria set: wilayah, kpju, kpju-saringan, pasar."
)
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File: .csv, .xlsx, .parquet."
)
@click.option("--draws", default=2000, type=click.IntRange(1, 100_000), help="How many sets of weights are drawn.")
def rank(region: str, set_key: str, out: Path, draws: int) -> None:
    """Rank the candidates of every village, school and community, put the ranking into force, and write it to OUT."""
    if out.suffix.lower() not in SUFFIXES:
        _stop(f"“{out.name}”: akhiran berkas harus {', '.join(SUFFIXES)}.")
    if not out.absolute().parent.is_dir():
        _stop(f"“{out.absolute().parent}”: folder tidak ada; buat dahulu.")
    database.ready(lambda _line: None)
    version = _version(set_key)
    code = _region(region)
    started = time.monotonic()
    run = _ranked(version, draws)
    rows = write(run, code, out)
    click.echo(
        f"{run.units} unit, {run.candidates} calon dihitung dengan {version.criteria_set.name} versi {version.number}; "
        f"{rows} baris ditulis ke {out} ({time.monotonic() - started:.1f} s)"
    )


def _version(set_key: str) -> SetVersion:
    from django.utils import timezone

    from lontar.selection.actions import ship_sets
    from lontar.selection.models import CriteriaSet, SetVersion

    ship_sets(by=None, at=timezone.now())
    found = SetVersion.objects.of(set_key).as_at(timezone.localdate()).select_related("criteria_set").first()
    if found is None:
        known = ", ".join(CriteriaSet.objects.order_by("position").values_list("key", flat=True))
        _stop(f"“{set_key}” bukan set kriteria yang berlaku; yang ada: {known}.")
    return found


def _region(written: str) -> str:
    from django.conf import settings

    from lontar.registry.models import Region

    if written == "all":
        return str(settings.PROGRAMME_ROOT)
    if not Region.objects.filter(code=written).exists():
        _stop(f"“{written}” bukan kode wilayah; tulis all, 53, 53.09, 53.09.02 atau kode desa.")
    return written


def _ranked(version: SetVersion, draws: int) -> CandidateRun:
    from django.utils import timezone

    from lontar.access.policies import Refused
    from lontar.selection.actions import request_ranking
    from lontar.selection.states import RunState
    from lontar.selection.steps.run import carry

    try:
        now = timezone.now()
        asked = request_ranking(
            version=version, post=None, by=None, at=now, day=timezone.localdate(now), draws=draws
        )  # fmt: skip
    except Refused as refused:
        _stop(refused.reason)
    done = carry(asked.pk) or of_worker(asked)
    if done.state != RunState.DONE:
        _stop(done.problem or "Peringkat masih dihitung oleh pekerja; jalankan lagi sebentar lagi.")
    return done


def of_worker(asked: CandidateRun) -> CandidateRun:
    """The run as it ends where a worker was quicker to take it up; as it stands when that lasts too long."""
    from lontar.selection.states import OPEN

    until = time.monotonic() + _PATIENCE
    asked.refresh_from_db()
    while asked.state in OPEN and time.monotonic() < until:
        time.sleep(_POLL)
        asked.refresh_from_db()
    return asked


def write(run: CandidateRun, code: str, out: Path) -> int:
    """Write every candidate of the units at or beneath `code`, one row each, by unit and place; how many rows."""
    frame = _frame(run, code)
    if out.suffix.lower() == ".csv":
        frame.write_csv(out)
    elif out.suffix.lower() == ".parquet":
        frame.write_parquet(out)
    else:
        frame.write_excel(out, worksheet="peringkat", autofit=False, header_format={"bold": True})
    return len(frame)


_COLUMNS = {
    "unit": "ranking__unit_key", "jenis": "ranking__kind", "kode_desa": "ranking__village_id", "nama": "ranking__name",
    "urutan": "place", "calon": "label", "komoditas": "commodity__code", "peringkat": "rank", "nilai": "score",
    "nilai_terendah": "score_low", "nilai_tertinggi": "score_high", "bagian_pertama": "first_share",
    "bagian_tiga_pertama": "three_share", "kompromi_vikor": "is_compromise",
}  # fmt: skip


def _frame(run: CandidateRun, code: str) -> pl.DataFrame:
    import polars as pl
    from django.conf import settings

    from lontar.access.scope import acting_in, bounds
    from lontar.selection.models import Candidate
    from lontar.selection.rules.gates import gate_named
    from lontar.selection.steps.ways import WAYS

    low, high = bounds(code)
    with acting_in(settings.PROGRAMME_ROOT):
        found = (
            Candidate.objects.filter(ranking__run=run, ranking__village_id__gte=low, ranking__village_id__lt=high)
            .order_by("ranking__village_id", "ranking__unit_key", "place")
            .values_list(*_COLUMNS.values(), "method_ranks", "passed")
        )
        rows = list(found)
    gates = [gate_named(one).key for one in run.version.gates.order_by("position").values_list("rule", flat=True)]
    frame = pl.DataFrame(rows, schema=[*_COLUMNS, "ranks", "passed"], orient="row", infer_schema_length=None)
    kept = [pl.col("ranks").list.get(at, null_on_oob=True) for at in range(len(WAYS))]
    ways = [one.fill_nan(None).alias(f"peringkat_{way}") for way, one in zip(WAYS, kept, strict=True)]
    told = [pl.col("passed").list.get(at).alias(f"syarat_{key}") for at, key in enumerate(gates)]
    return frame.with_columns(*ways, *told).drop("ranks", "passed") if rows else frame.drop("ranks", "passed")
